//! Compact arrays: the type of the rows once, then their contents without tags.

use super::super::cursor::{Cursor, put_length};
use super::super::decode_error::DecodeError;
use super::decode::{Budget, untagged};
use super::{Data, MAX_DEPTH, MAX_VALUES};

/// The type of a compact array's rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TypeDescription {
    /// A simple type, by its tag.
    Simple(u8),
    /// So many elements of one type.
    Array(u16, Box<TypeDescription>),
    /// Elements of the types given.
    Structure(Vec<TypeDescription>),
}

impl TypeDescription {
    fn decode(cursor: &mut Cursor<'_>, depth: usize, budget: &mut Budget) -> Result<Self, DecodeError> {
        if depth > MAX_DEPTH {
            return Err(DecodeError::TooDeep { limit: MAX_DEPTH });
        }
        budget.spend()?;
        let deeper = depth.saturating_add(1);
        let offset = cursor.position();
        match cursor.u8()? {
            1 => {
                let count = cursor.u16()?;
                Ok(TypeDescription::Array(count, Box::new(TypeDescription::decode(cursor, deeper, budget)?)))
            }
            2 => {
                let count = cursor.length()?;
                if count > cursor.remaining() {
                    return Err(DecodeError::Truncated { offset: cursor.position() });
                }
                let types = (0..count).map(|_| TypeDescription::decode(cursor, deeper, budget));
                Ok(TypeDescription::Structure(types.collect::<Result<_, _>>()?))
            }
            19 => Err(DecodeError::Unknown { what: "compact array row type", value: 19, offset }),
            tag => Ok(TypeDescription::Simple(tag)),
        }
    }

    pub(super) fn encode(&self, out: &mut Vec<u8>) {
        match self {
            TypeDescription::Simple(tag) => out.push(*tag),
            TypeDescription::Array(count, element) => {
                out.push(1);
                out.extend_from_slice(&count.to_be_bytes());
                element.encode(out);
            }
            TypeDescription::Structure(types) => {
                out.push(2);
                put_length(out, types.len());
                types.iter().for_each(|one| one.encode(out));
            }
        }
    }

    fn contents(&self, cursor: &mut Cursor<'_>, budget: &mut Budget) -> Result<Data, DecodeError> {
        budget.spend()?;
        let offset = cursor.position();
        match self {
            TypeDescription::Simple(tag) => untagged(*tag, cursor, offset),
            TypeDescription::Array(count, element) => {
                Ok(Data::Array((0..*count).map(|_| element.contents(cursor, budget)).collect::<Result<_, _>>()?))
            }
            TypeDescription::Structure(types) => {
                Ok(Data::Structure(types.iter().map(|one| one.contents(cursor, budget)).collect::<Result<_, _>>()?))
            }
        }
    }
}

/// Reads what follows the tag of a compact array.
pub(super) fn decode(cursor: &mut Cursor<'_>, depth: usize, budget: &mut Budget) -> Result<Data, DecodeError> {
    let description = TypeDescription::decode(cursor, depth, budget)?;
    let mut contents = Cursor::new(cursor.octets()?);
    let mut rows = Vec::new();
    while contents.remaining() > 0 {
        let before = contents.remaining();
        rows.push(description.contents(&mut contents, budget)?);
        if contents.remaining() == before {
            // Rows of no octets would never use up the contents.
            return Err(DecodeError::TooMany { limit: MAX_VALUES });
        }
    }
    Ok(Data::CompactArray { description, rows })
}
