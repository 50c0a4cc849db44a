//! What a meter sends unasked: the data notification, and the blocks of general block transfer it may come in
//! (Green Book, 9.4.6.10 and 9.4.6.13).

use super::{list, tag};
use crate::protocol::dlms::cursor::{Cursor, put_octets};
use crate::protocol::dlms::data::Data;
use crate::protocol::dlms::date_time::DateTime;
use crate::protocol::dlms::decode_error::DecodeError;
use crate::protocol::dlms::identifiers::{AttributeDescriptor, ClassId, ObisCode};

/// Octets of a COSEM date-time, as its length is written.
const TIME_LENGTH: u8 = 12;

/// Values a meter reports by itself.
#[derive(Debug, Clone, PartialEq)]
pub struct DataNotification {
    /// Its number (the low 24 bits) and how it is served.
    pub invoke: u32,
    /// The time it was made at, a COSEM date-time of 12 octets; empty when it is not told.
    pub time: Vec<u8>,
    /// The values.
    pub body: Data,
}

impl DataNotification {
    /// Reads the APDU, tag included.
    ///
    /// # Errors
    /// [`DecodeError`].
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, DecodeError> {
        let mut cursor = Cursor::new(bytes);
        cursor.expect_tag(tag::DATA_NOTIFICATION)?;
        let invoke = cursor.u32()?;
        let time = cursor.octets()?.to_vec();
        let body = Data::decode(&mut cursor)?;
        Ok(DataNotification { invoke, time, body })
    }
}

/// One attribute a meter reports because of an event (Green Book, 9.4.6.11).
#[derive(Debug, Clone, PartialEq)]
pub struct EventNotification {
    /// When, where it is told.
    pub time: Option<DateTime>,
    /// Which attribute.
    pub attribute: AttributeDescriptor,
    /// Its value.
    pub value: Data,
}

impl EventNotification {
    /// Reads the APDU, tag included. The time stands behind a flag, with its length or without.
    ///
    /// # Errors
    /// [`DecodeError`].
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, DecodeError> {
        let mut cursor = Cursor::new(bytes);
        cursor.expect_tag(tag::EVENT_NOTIFICATION)?;
        let time = if cursor.bool()? { Some(time(&mut cursor)?) } else { None };
        let (class, instance) = (ClassId(cursor.u16()?), ObisCode(cursor.array()?));
        let attribute = i8::from_be_bytes([cursor.u8()?]);
        let value = Data::decode(&mut cursor)?;
        Ok(EventNotification { time, attribute: AttributeDescriptor::new(class, instance, attribute), value })
    }
}

/// Values a meter reports by itself by their short names (Green Book, 9.5, information-report-request).
#[derive(Debug, Clone, PartialEq)]
pub struct InformationReport {
    /// When, where it is told.
    pub time: Option<DateTime>,
    /// Short name of each attribute, and its value.
    pub values: Vec<(u16, Data)>,
}

impl InformationReport {
    /// Reads the APDU, tag included. The time stands behind a flag, or without one.
    ///
    /// # Errors
    /// [`DecodeError`].
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, DecodeError> {
        const VARIABLE_NAME: u8 = 0x02;
        let mut cursor = Cursor::new(bytes);
        cursor.expect_tag(tag::INFORMATION_REPORT)?;
        let is_timed = cursor.peek() == Some(TIME_LENGTH) || cursor.bool()?;
        let time = if is_timed { Some(time(&mut cursor)?) } else { None };
        let names = list(&mut cursor, |cursor| match cursor.u8()? {
            VARIABLE_NAME => cursor.u16(),
            value => Err(DecodeError::Unknown { what: "variable access", value, offset: cursor.position() }),
        })?;
        let values = list(&mut cursor, Data::decode)?;
        cursor.finish()?;
        if names.len() != values.len() {
            return Err(DecodeError::Field { what: "the values of an information report" });
        }
        Ok(InformationReport { time, values: names.into_iter().zip(values).collect() })
    }
}

/// One block of general block transfer (Green Book, 9.4.6.13).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GeneralBlock {
    /// Whether it is the last.
    pub last: bool,
    /// Whether more follow without being asked for.
    pub streaming: bool,
    /// Blocks the sender takes in a row, 1 to 63.
    pub window: u8,
    /// Its number, from 1.
    pub number: u16,
    /// Number of the last block the sender has taken; 0 for none.
    pub acknowledged: u16,
    /// A part of the APDU that is transferred; empty when the block only acknowledges.
    pub octets: Vec<u8>,
}

impl GeneralBlock {
    /// Octets of a block beside the part it carries.
    pub const OVERHEAD: usize = 1 + 1 + 2 + 2 + 3;

    /// Reads the APDU, tag included: control (bit 7 last, bit 6 streaming, window), number, number acknowledged, octets.
    ///
    /// # Errors
    /// [`DecodeError`].
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, DecodeError> {
        let mut cursor = Cursor::new(bytes);
        cursor.expect_tag(tag::GENERAL_BLOCK_TRANSFER)?;
        let control = cursor.u8()?;
        let (number, acknowledged) = (cursor.u16()?, cursor.u16()?);
        let octets = cursor.octets()?.to_vec();
        let (last, streaming) = (control & 0x80 != 0, control & 0x40 != 0);
        Ok(GeneralBlock { last, streaming, window: control & 0x3F, number, acknowledged, octets })
    }

    /// The APDU.
    pub fn to_bytes(&self) -> Vec<u8> {
        let flags = if self.last { 0x80 } else { 0 } | if self.streaming { 0x40 } else { 0 };
        let mut out = vec![tag::GENERAL_BLOCK_TRANSFER, flags | self.window & 0x3F];
        out.extend_from_slice(&self.number.to_be_bytes());
        out.extend_from_slice(&self.acknowledged.to_be_bytes());
        put_octets(&mut out, &self.octets);
        out
    }
}

/// A time of 12 octets, with its length in front or without.
fn time(cursor: &mut Cursor<'_>) -> Result<DateTime, DecodeError> {
    if cursor.peek() == Some(TIME_LENGTH) {
        cursor.u8()?;
    }
    Ok(DateTime(cursor.array()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    const REPORT: [u8; 10] = [0x0F, 0x40, 0, 0, 7, 0, 0x12, 0x12, 0x67, 0xFF];

    #[test]
    fn a_report_and_its_blocks_are_read() {
        let report = DataNotification::from_bytes(&REPORT[..9]).unwrap();
        assert_eq!((report.invoke & 0xFF_FFFF, report.body), (7, Data::UInt16(0x1267)));
        let block = GeneralBlock::from_bytes(&[0xE0, 0xC0, 0, 3, 0, 0, 2, 9, 9]).unwrap();
        let expected =
            GeneralBlock { last: true, streaming: true, window: 0, number: 3, acknowledged: 0, octets: vec![9, 9] };
        assert_eq!(block, expected);
        assert_eq!(GeneralBlock::from_bytes(&block.to_bytes()), Ok(expected));
        for length in 0..9 {
            assert!(DataNotification::from_bytes(&REPORT[..length]).is_err(), "{length}");
            assert!(GeneralBlock::from_bytes(&[0xE0, 0xC0, 0, 3, 0, 0, 2, 9, 9][..length]).is_err(), "{length}");
        }
    }
}
