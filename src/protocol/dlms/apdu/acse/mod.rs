//! Association: AARQ, AARE, RLRQ and RLRE.

mod aare;
mod aarq;
mod names;
mod release;
mod verdict;

use super::super::cursor::Cursor;
use super::super::decode_error::DecodeError;
use super::{ber, tag};

pub use aare::AareApdu;
pub use aarq::AarqApdu;
pub use names::{ContextName, Mechanism};
pub use release::{ReleaseRequest, ReleaseResponse};
pub use verdict::{AssociationDiagnostic, AssociationResult};

/// Arc of DLMS UA in object identifiers: joint-iso-ccitt 16, country 756, organisation 5, DLMS UA 8.
const DLMS_UA: [u8; 5] = [0x60, 0x85, 0x74, 0x05, 0x08];
const CONTEXT_NAME: u8 = 1;
const MECHANISM_NAME: u8 = 2;
/// ACSE requirements: authentication functional unit.
const AUTHENTICATION_UNIT: [u8; 2] = [0x07, 0x80];

fn object_identifier(kind: u8, number: u8) -> [u8; 7] {
    let [a, b, c, d, e] = DLMS_UA;
    [a, b, c, d, e, kind, number]
}

fn last_number(identifier: &[u8], kind: u8, what: &'static str) -> Result<u8, DecodeError> {
    match identifier.strip_prefix(&DLMS_UA) {
        Some([found, number]) if *found == kind => Ok(*number),
        _ => Err(DecodeError::Field { what }),
    }
}

fn put_authentication(out: &mut Vec<u8>, tags: [u8; 3], mechanism: Mechanism, value: Option<&[u8]>) {
    let [requirements, name, value_tag] = tags;
    if mechanism == Mechanism::None {
        return;
    }
    ber::put(out, requirements, &AUTHENTICATION_UNIT);
    ber::put(out, name, &object_identifier(MECHANISM_NAME, mechanism.number()));
    if let Some(value) = value {
        let mut wrapped = Vec::new();
        ber::put(&mut wrapped, 0x80, value);
        ber::put(out, value_tag, &wrapped);
    }
}

fn put_wrapped(out: &mut Vec<u8>, tag: u8, inner_tag: u8, contents: &[u8]) {
    let mut wrapped = Vec::new();
    ber::put(&mut wrapped, inner_tag, contents);
    ber::put(out, tag, &wrapped);
}

fn contents(bytes: &[u8], expected: u8, what: &'static str) -> Result<Vec<u8>, DecodeError> {
    ber::inner(bytes, expected, what).map(<[u8]>::to_vec)
}

fn body(bytes: &[u8], expected: u8, what: &'static str) -> Result<Vec<(u8, Vec<u8>)>, DecodeError> {
    let mut cursor = Cursor::new(ber::inner(bytes, expected, what)?);
    let mut elements = Vec::new();
    while cursor.remaining() > 0 {
        let (tag, contents) = ber::take(&mut cursor)?;
        elements.push((tag, contents.to_vec()));
    }
    Ok(elements)
}
