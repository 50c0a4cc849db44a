//! COSEM data: the values attributes hold, in A-XDR.

mod compact;
mod decode;
mod encode;
#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::fmt;

pub use compact::TypeDescription;

/// Levels of arrays and structures allowed.
pub const MAX_DEPTH: usize = 16;
/// Values allowed in one decoding, containers included.
pub const MAX_VALUES: usize = 1 << 18;

/// A value.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Data {
    /// Null (0). In the rows of a profile: the same as in the row before.
    #[default]
    Null,
    /// Array (1): elements of one type.
    Array(Vec<Data>),
    /// Structure (2).
    Structure(Vec<Data>),
    /// Boolean (3).
    Boolean(bool),
    /// Bit string (4).
    BitString(BitString),
    /// double-long (5).
    Int32(i32),
    /// double-long-unsigned (6).
    UInt32(u32),
    /// Octet string (9).
    OctetString(Vec<u8>),
    /// Visible string (10), as it came: makers put other octets than ASCII there.
    VisibleString(Vec<u8>),
    /// UTF-8 string (12), as it came.
    Utf8String(Vec<u8>),
    /// BCD (13).
    Bcd(u8),
    /// integer (15).
    Int8(i8),
    /// long (16).
    Int16(i16),
    /// unsigned (17).
    UInt8(u8),
    /// long-unsigned (18).
    UInt16(u16),
    /// Compact array (19): rows whose type is told once.
    CompactArray {
        /// The type of each row.
        description: TypeDescription,
        /// The rows.
        rows: Vec<Data>,
    },
    /// long64 (20).
    Int64(i64),
    /// long64-unsigned (21).
    UInt64(u64),
    /// enum (22).
    Enum(u8),
    /// float32 (23).
    Float32(f32),
    /// float64 (24).
    Float64(f64),
    /// date-time (25), 12 octets.
    DateTime([u8; 12]),
    /// date (26), 5 octets.
    Date([u8; 5]),
    /// time (27), 4 octets.
    Time([u8; 4]),
    /// don't-care (255), in the parameters of a selection.
    DontCare,
}

/// Bits in the order they stand on the line, first bit highest.
#[derive(Debug, Clone, PartialEq, Eq, Default, Hash)]
pub struct BitString {
    octets: Vec<u8>,
    bits: usize,
}

impl BitString {
    /// The first `bits` bits of `octets`; missing octets count as zeros, and bits beyond the end are cleared.
    pub fn new(mut octets: Vec<u8>, bits: usize) -> Self {
        octets.resize(bits.div_ceil(8), 0);
        let spare = bits.wrapping_neg() & 7;
        if let Some(last) = octets.last_mut() {
            *last &= 0xFFu8 << spare;
        }
        BitString { octets, bits }
    }

    /// From single bits.
    pub fn from_bits(bits: &[bool]) -> Self {
        let octet = |chunk: &[bool]| {
            chunk.iter().zip(0..8u32).fold(0u8, |sum, (&bit, at)| sum | u8::from(bit) << (7 & 7u32.wrapping_sub(at)))
        };
        BitString { octets: bits.chunks(8).map(octet).collect(), bits: bits.len() }
    }

    /// Number of bits.
    pub fn len(&self) -> usize {
        self.bits
    }

    /// Whether there is no bit.
    pub fn is_empty(&self) -> bool {
        self.bits == 0
    }

    /// The octets, the last one filled up with zeros.
    pub fn octets(&self) -> &[u8] {
        &self.octets
    }

    /// Bit `index`, counted from 0 at the first on the line.
    pub fn get(&self, index: usize) -> Option<bool> {
        if index >= self.bits {
            return None;
        }
        let octet = self.octets.get(index >> 3)?;
        Some(octet & (0x80u8 >> (index & 7)) != 0)
    }

    /// The bits in order.
    pub fn iter(&self) -> impl Iterator<Item = bool> + '_ {
        (0..self.bits).map_while(|index| self.get(index))
    }

    /// The bits as a number, the last bit being the lowest; `None` above 64 bits.
    pub fn to_u64(&self) -> Option<u64> {
        (self.bits <= 64).then(|| self.iter().fold(0, |sum, bit| sum << 1 | u64::from(bit)))
    }
}

impl fmt::Display for BitString {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.iter().try_for_each(|bit| f.write_str(if bit { "1" } else { "0" }))
    }
}

impl Data {
    /// The tag on the line.
    pub const fn tag(&self) -> u8 {
        match self {
            Data::Null => 0,
            Data::Array(_) => 1,
            Data::Structure(_) => 2,
            Data::Boolean(_) => 3,
            Data::BitString(_) => 4,
            Data::Int32(_) => 5,
            Data::UInt32(_) => 6,
            Data::OctetString(_) => 9,
            Data::VisibleString(_) => 10,
            Data::Utf8String(_) => 12,
            Data::Bcd(_) => 13,
            Data::Int8(_) => 15,
            Data::Int16(_) => 16,
            Data::UInt8(_) => 17,
            Data::UInt16(_) => 18,
            Data::CompactArray { .. } => 19,
            Data::Int64(_) => 20,
            Data::UInt64(_) => 21,
            Data::Enum(_) => 22,
            Data::Float32(_) => 23,
            Data::Float64(_) => 24,
            Data::DateTime(_) => 25,
            Data::Date(_) => 26,
            Data::Time(_) => 27,
            Data::DontCare => 255,
        }
    }

    /// The standard's name of the type.
    pub const fn type_name(&self) -> &'static str {
        type_name(self.tag())
    }

    /// The value as a whole number, whatever its width, also from enum, boolean and BCD.
    pub fn as_i128(&self) -> Option<i128> {
        Some(match *self {
            Data::Boolean(value) => i128::from(value),
            Data::Int8(value) => value.into(),
            Data::Int16(value) => value.into(),
            Data::Int32(value) => value.into(),
            Data::Int64(value) => value.into(),
            Data::UInt8(value) | Data::Enum(value) | Data::Bcd(value) => value.into(),
            Data::UInt16(value) => value.into(),
            Data::UInt32(value) => value.into(),
            Data::UInt64(value) => value.into(),
            _ => return None,
        })
    }

    /// The value as an unsigned number, if it is one and not negative.
    pub fn as_u64(&self) -> Option<u64> {
        self.as_i128().and_then(|value| u64::try_from(value).ok())
    }

    /// The value as a floating number, from every numeric type.
    pub fn as_f64(&self) -> Option<f64> {
        match *self {
            Data::Float32(value) => Some(value.into()),
            Data::Float64(value) => Some(value),
            _ => self.as_i128().map(|value| value as f64),
        }
    }

    /// The octets of a string of any kind, or of a date or time.
    pub fn as_octets(&self) -> Option<&[u8]> {
        match self {
            Data::OctetString(octets) | Data::VisibleString(octets) | Data::Utf8String(octets) => Some(octets),
            Data::DateTime(octets) => Some(octets),
            Data::Date(octets) => Some(octets),
            Data::Time(octets) => Some(octets),
            _ => None,
        }
    }

    /// A string's text; octets that are no UTF-8 become U+FFFD. Control characters are left as they are.
    pub fn as_text(&self) -> Option<Cow<'_, str>> {
        match self {
            Data::OctetString(octets) | Data::VisibleString(octets) | Data::Utf8String(octets) => {
                Some(String::from_utf8_lossy(octets))
            }
            _ => None,
        }
    }

    /// The elements of an array, a structure or a compact array.
    pub fn as_elements(&self) -> Option<&[Data]> {
        match self {
            Data::Array(elements) | Data::Structure(elements) | Data::CompactArray { rows: elements, .. } => {
                Some(elements)
            }
            _ => None,
        }
    }
}

/// The standard's name of a type by its tag.
pub const fn type_name(tag: u8) -> &'static str {
    match tag {
        0 => "null-data",
        1 => "array",
        2 => "structure",
        3 => "boolean",
        4 => "bit-string",
        5 => "double-long",
        6 => "double-long-unsigned",
        9 => "octet-string",
        10 => "visible-string",
        12 => "utf8-string",
        13 => "bcd",
        15 => "integer",
        16 => "long",
        17 => "unsigned",
        18 => "long-unsigned",
        19 => "compact-array",
        20 => "long64",
        21 => "long64-unsigned",
        22 => "enum",
        23 => "float32",
        24 => "float64",
        25 => "date-time",
        26 => "date",
        27 => "time",
        255 => "dont-care",
        _ => "unknown",
    }
}

/// Fills the nulls of a profile's rows with the value of the same column in the row before, as a meter that saves
/// room means them. A null in the first row stays.
pub fn fill_repeated(rows: &mut [Data]) {
    let mut previous: Vec<Data> = Vec::new();
    for row in rows {
        let Data::Structure(columns) = row else { continue };
        for (column, before) in columns.iter_mut().zip(&previous) {
            if *column == Data::Null {
                *column = before.clone();
            }
        }
        previous.clone_from(columns);
    }
}
