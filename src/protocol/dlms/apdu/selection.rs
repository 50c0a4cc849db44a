//! Selective access: which part of an attribute is wanted.

use super::super::cursor::Cursor;
use super::super::data::Data;
use super::super::date_time::DateTime;
use super::super::decode_error::DecodeError;
use super::super::identifiers::{AttributeDescriptor, ClassId, ObisCode};

const RANGE: u8 = 1;
const ENTRY: u8 = 2;

/// A selection by its number and parameters.
#[derive(Debug, Clone, PartialEq)]
pub struct SelectiveAccess {
    /// The class's number of the selection; for a profile's buffer 1 is by range and 2 by entry.
    pub selector: u8,
    /// Its parameters.
    pub parameters: Data,
}

impl SelectiveAccess {
    /// Rows of a profile whose clock lies between `from` and `to`, both included; of the columns those that hold these
    /// attributes, each with the number of the element captured (0: the whole); all when there are none.
    pub fn by_clock(from: DateTime, to: DateTime, columns: &[(AttributeDescriptor, u16)]) -> Self {
        let clock = Data::Structure(vec![
            Data::UInt16(ClassId::CLOCK.0),
            Data::OctetString(ObisCode::CLOCK.0.to_vec()),
            Data::Int8(2),
            Data::UInt16(0),
        ]);
        let moment = |time: DateTime| Data::OctetString(time.0.to_vec());
        let column = |(column, index): &(AttributeDescriptor, u16)| {
            Data::Structure(vec![
                Data::UInt16(column.class.0),
                Data::OctetString(column.instance.0.to_vec()),
                Data::Int8(column.attribute),
                Data::UInt16(*index),
            ])
        };
        let columns = columns.iter().map(column).collect();
        let parameters = Data::Structure(vec![clock, moment(from), moment(to), Data::Array(columns)]);
        SelectiveAccess { selector: RANGE, parameters }
    }

    /// Rows `from` to `to` of a profile, counted from 1, 0 for `to` meaning the last; columns `first` to `last` likewise.
    pub fn by_entry((from, to): (u32, u32), (first, last): (u16, u16)) -> Self {
        let parameters =
            Data::Structure(vec![Data::UInt32(from), Data::UInt32(to), Data::UInt16(first), Data::UInt16(last)]);
        SelectiveAccess { selector: ENTRY, parameters }
    }

    /// The attributes of the columns a selection by clock names; all when empty.
    pub fn clock_columns(&self) -> Vec<AttributeDescriptor> {
        let columns = match (self.selector, self.parameters.as_elements()) {
            (RANGE, Some([_, _, _, columns])) => columns.as_elements().unwrap_or_default(),
            _ => &[],
        };
        let column = |data: &Data| {
            let [class, name, attribute, ..] = data.as_elements()? else { return None };
            let attribute = i8::try_from(attribute.as_i128()?).ok()?;
            let class = u16::try_from(class.as_u64()?).ok()?;
            Some(AttributeDescriptor::new(ClassId(class), ObisCode::from_data(name)?, attribute))
        };
        columns.iter().filter_map(column).collect()
    }

    /// The bounds of a selection by clock, as [`SelectiveAccess::by_clock`] makes it.
    pub fn clock_bounds(&self) -> Option<(DateTime, DateTime)> {
        match (self.selector, self.parameters.as_elements()?) {
            (RANGE, [_, from, to, ..]) => Some((DateTime::from_data(from)?, DateTime::from_data(to)?)),
            _ => None,
        }
    }

    /// The rows of a selection by entry: first row, last row (0: to the end), first column, last column.
    pub fn entry_bounds(&self) -> Option<(u32, u32, u16, u16)> {
        let number = |data: &Data| data.as_u64();
        match (self.selector, self.parameters.as_elements()?) {
            (ENTRY, [from, to, first, last]) => Some((
                u32::try_from(number(from)?).ok()?,
                u32::try_from(number(to)?).ok()?,
                u16::try_from(number(first)?).ok()?,
                u16::try_from(number(last)?).ok()?,
            )),
            _ => None,
        }
    }

    /// Reads an optional selection: presence flag, then number and parameters.
    pub(super) fn decode_optional(cursor: &mut Cursor<'_>) -> Result<Option<Self>, DecodeError> {
        if !cursor.bool()? {
            return Ok(None);
        }
        Ok(Some(SelectiveAccess { selector: cursor.u8()?, parameters: Data::decode(cursor)? }))
    }

    pub(super) fn encode_optional(access: Option<&Self>, out: &mut Vec<u8>) {
        match access {
            None => out.push(0),
            Some(access) => {
                out.extend_from_slice(&[1, access.selector]);
                access.parameters.encode(out);
            }
        }
    }
}
