//! Values into A-XDR.

use super::super::cursor::{put_length, put_octets};
use super::Data;

impl Data {
    /// The value on the line.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = Vec::new();
        self.encode(&mut out);
        out
    }

    /// Appends the value as it stands on the line.
    pub fn encode(&self, out: &mut Vec<u8>) {
        out.push(self.tag());
        match self {
            Data::Array(elements) | Data::Structure(elements) => {
                put_length(out, elements.len());
                elements.iter().for_each(|element| element.encode(out));
            }
            Data::CompactArray { description, rows } => {
                description.encode(out);
                let mut contents = Vec::new();
                rows.iter().for_each(|row| row.encode_contents(&mut contents));
                put_octets(out, &contents);
            }
            _ => self.encode_contents(out),
        }
    }

    /// Appends the contents without a tag, as in a compact array; containers there have no count either.
    fn encode_contents(&self, out: &mut Vec<u8>) {
        match self {
            Data::Null | Data::DontCare => {}
            Data::Array(elements) | Data::Structure(elements) | Data::CompactArray { rows: elements, .. } => {
                elements.iter().for_each(|element| element.encode_contents(out));
            }
            Data::Boolean(value) => out.push(u8::from(*value)),
            Data::BitString(bits) => {
                put_length(out, bits.len());
                out.extend_from_slice(bits.octets());
            }
            Data::Int8(value) => out.extend_from_slice(&value.to_be_bytes()),
            Data::Int16(value) => out.extend_from_slice(&value.to_be_bytes()),
            Data::Int32(value) => out.extend_from_slice(&value.to_be_bytes()),
            Data::Int64(value) => out.extend_from_slice(&value.to_be_bytes()),
            Data::UInt8(value) | Data::Enum(value) | Data::Bcd(value) => out.push(*value),
            Data::UInt16(value) => out.extend_from_slice(&value.to_be_bytes()),
            Data::UInt32(value) => out.extend_from_slice(&value.to_be_bytes()),
            Data::UInt64(value) => out.extend_from_slice(&value.to_be_bytes()),
            Data::OctetString(octets) | Data::VisibleString(octets) | Data::Utf8String(octets) => {
                put_octets(out, octets);
            }
            Data::Float32(value) => out.extend_from_slice(&value.to_be_bytes()),
            Data::Float64(value) => out.extend_from_slice(&value.to_be_bytes()),
            Data::DateTime(octets) => out.extend_from_slice(octets),
            Data::Date(octets) => out.extend_from_slice(octets),
            Data::Time(octets) => out.extend_from_slice(octets),
        }
    }
}
