//! The little of BER that association needs: elements of tag, length and contents.

use super::super::cursor::{Cursor, put_octets};
use super::super::decode_error::DecodeError;

/// Appends one element.
pub(super) fn put(out: &mut Vec<u8>, tag: u8, contents: &[u8]) {
    out.push(tag);
    put_octets(out, contents);
}

/// Reads one element: tag and contents.
pub(super) fn take<'a>(cursor: &mut Cursor<'a>) -> Result<(u8, &'a [u8]), DecodeError> {
    let tag = cursor.u8()?;
    Ok((tag, cursor.octets()?))
}

/// The contents of the only element in `bytes`, which must have the tag `expected`.
pub(super) fn inner<'a>(bytes: &'a [u8], expected: u8, what: &'static str) -> Result<&'a [u8], DecodeError> {
    let mut cursor = Cursor::new(bytes);
    match take(&mut cursor) {
        Ok((tag, contents)) if tag == expected => Ok(contents),
        _ => Err(DecodeError::Field { what }),
    }
}
