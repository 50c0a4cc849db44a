//! A-XDR into values, with limits on depth and number.

use super::super::cursor::Cursor;
use super::super::decode_error::DecodeError;
use super::compact;
use super::{BitString, Data, MAX_DEPTH, MAX_VALUES};

/// What may still be spent in one decoding.
#[derive(Debug)]
pub(super) struct Budget {
    values: usize,
}

impl Budget {
    pub(super) fn new() -> Self {
        Budget { values: MAX_VALUES }
    }

    pub(super) fn spend(&mut self) -> Result<(), DecodeError> {
        self.values = self.values.checked_sub(1).ok_or(DecodeError::TooMany { limit: MAX_VALUES })?;
        Ok(())
    }
}

impl Data {
    /// Reads one value; nothing may follow.
    ///
    /// # Errors
    /// [`DecodeError`].
    pub fn from_bytes(bytes: &[u8]) -> Result<Data, DecodeError> {
        let mut cursor = Cursor::new(bytes);
        let data = Data::decode(&mut cursor)?;
        cursor.finish()?;
        Ok(data)
    }

    /// Reads the front of an array: elements until their number reaches `most`, or what is left cannot be read. Whether
    /// that is the whole array. For lists whose length is the meter's affair.
    ///
    /// # Errors
    /// [`DecodeError`] when the octets begin no array, or its first element cannot be read.
    pub fn front_of_array(bytes: &[u8], most: usize) -> Result<(Vec<Data>, bool), DecodeError> {
        let mut cursor = Cursor::new(bytes);
        let offset = cursor.position();
        match cursor.u8()? {
            1 => {}
            tag => return Err(DecodeError::Unknown { what: "tag of an array", value: tag, offset }),
        }
        let count = cursor.length()?;
        let mut elements = Vec::new();
        while elements.len() < count.min(most) {
            match Data::decode(&mut cursor) {
                Ok(element) => elements.push(element),
                Err(problem) if elements.is_empty() => return Err(problem),
                Err(_) => break,
            }
        }
        let whole = elements.len() == count && cursor.remaining() == 0;
        Ok((elements, whole))
    }

    /// Reads one value and leaves the cursor behind it.
    ///
    /// # Errors
    /// [`DecodeError`].
    pub fn decode(cursor: &mut Cursor<'_>) -> Result<Data, DecodeError> {
        tagged(cursor, 0, &mut Budget::new())
    }
}

fn tagged(cursor: &mut Cursor<'_>, depth: usize, budget: &mut Budget) -> Result<Data, DecodeError> {
    if depth > MAX_DEPTH {
        return Err(DecodeError::TooDeep { limit: MAX_DEPTH });
    }
    budget.spend()?;
    let offset = cursor.position();
    match cursor.u8()? {
        1 => Ok(Data::Array(elements(cursor, depth, budget)?)),
        2 => Ok(Data::Structure(elements(cursor, depth, budget)?)),
        19 => compact::decode(cursor, depth, budget),
        tag => untagged(tag, cursor, offset),
    }
}

fn elements(cursor: &mut Cursor<'_>, depth: usize, budget: &mut Budget) -> Result<Vec<Data>, DecodeError> {
    let count = cursor.length()?;
    // Each element takes at least its tag: a count beyond what is left is known to be wrong before memory is spent.
    if count > cursor.remaining() {
        return Err(DecodeError::Truncated { offset: cursor.position() });
    }
    let mut elements = Vec::with_capacity(count.min(4096));
    for _ in 0..count {
        elements.push(tagged(cursor, depth.saturating_add(1), budget)?);
    }
    Ok(elements)
}

/// Reads the contents of a simple type whose tag is known.
pub(super) fn untagged(tag: u8, cursor: &mut Cursor<'_>, offset: usize) -> Result<Data, DecodeError> {
    Ok(match tag {
        0 => Data::Null,
        3 => Data::Boolean(cursor.bool()?),
        4 => {
            let bits = cursor.length()?;
            Data::BitString(BitString::new(cursor.take(bits.div_ceil(8))?.to_vec(), bits))
        }
        5 => Data::Int32(i32::from_be_bytes(cursor.array()?)),
        6 => Data::UInt32(u32::from_be_bytes(cursor.array()?)),
        9 => Data::OctetString(cursor.octets()?.to_vec()),
        10 => Data::VisibleString(cursor.octets()?.to_vec()),
        12 => Data::Utf8String(cursor.octets()?.to_vec()),
        13 => Data::Bcd(cursor.u8()?),
        15 => Data::Int8(i8::from_be_bytes(cursor.array()?)),
        16 => Data::Int16(i16::from_be_bytes(cursor.array()?)),
        17 => Data::UInt8(cursor.u8()?),
        18 => Data::UInt16(cursor.u16()?),
        20 => Data::Int64(i64::from_be_bytes(cursor.array()?)),
        21 => Data::UInt64(u64::from_be_bytes(cursor.array()?)),
        22 => Data::Enum(cursor.u8()?),
        23 => Data::Float32(f32::from_be_bytes(cursor.array()?)),
        24 => Data::Float64(f64::from_be_bytes(cursor.array()?)),
        25 => Data::DateTime(cursor.array()?),
        26 => Data::Date(cursor.array()?),
        27 => Data::Time(cursor.array()?),
        255 => Data::DontCare,
        value => return Err(DecodeError::Unknown { what: "data type", value, offset }),
    })
}
