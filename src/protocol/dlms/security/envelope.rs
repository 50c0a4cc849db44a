//! What goes around a protected APDU: service-specific or general tag, title, security control, counter.

use super::super::apdu::tag;
use super::super::cursor::{Cursor, put_octets};
use super::super::decode_error::DecodeError;
use super::keys::SystemTitle;

/// Which tag a protected APDU goes under.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Wrapping {
    /// A tag of its own for each service (glo-get-request and the like).
    ServiceSpecific,
    /// general-glo-ciphering or general-ded-ciphering, with the sender's system title.
    General,
}

/// Which encryption key a protected APDU is under.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum KeyKind {
    /// The global unicast key of the meter.
    Global,
    /// The key of this association alone.
    Dedicated,
}

/// A protected APDU, taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Envelope<'a> {
    /// Its first octet.
    pub tag: u8,
    /// The sender's title, where the envelope carries one.
    pub title: Option<SystemTitle>,
    /// Security control octet.
    pub security_control: u8,
    /// The sender's invocation counter.
    pub counter: u32,
    /// What follows: content, and the tag if there is one.
    pub content: &'a [u8],
}

/// The tag of a ciphered service for the tag of the plain one.
fn service_tag(plain: u8, key: KeyKind) -> Option<u8> {
    Some(match (plain, key) {
        (tag::INITIATE_REQUEST, _) => tag::GLO_INITIATE_REQUEST,
        (tag::INITIATE_RESPONSE, _) => tag::GLO_INITIATE_RESPONSE,
        // With short names the global key is used throughout.
        (tag::READ_REQUEST | tag::WRITE_REQUEST | tag::READ_RESPONSE | tag::WRITE_RESPONSE, _) => plain | 0x20,
        (tag::GET_REQUEST..=tag::ACTION_RESPONSE, KeyKind::Global) => plain.checked_add(8)?,
        (tag::GET_REQUEST..=tag::ACTION_RESPONSE, KeyKind::Dedicated) => plain.checked_add(16)?,
        _ => return None,
    })
}

impl<'a> Envelope<'a> {
    /// Whether an APDU with this first octet is a protected one.
    pub const fn is_protected(first: u8) -> bool {
        matches!(first, tag::GLO_INITIATE_REQUEST | tag::GLO_INITIATE_RESPONSE | 0xC8..=0xD7)
            || matches!(first, 0x25 | 0x26 | 0x2C | 0x2D)
            || matches!(first, tag::GENERAL_GLO | tag::GENERAL_DED)
    }

    /// Takes a protected APDU apart.
    ///
    /// # Errors
    /// [`DecodeError`].
    pub fn from_bytes(bytes: &'a [u8]) -> Result<Self, DecodeError> {
        let mut cursor = Cursor::new(bytes);
        let first = cursor.u8()?;
        let mut title = None;
        if matches!(first, tag::GENERAL_GLO | tag::GENERAL_DED) {
            title = match cursor.octets()? {
                [] => None,
                octets => {
                    Some(SystemTitle::from_octets(octets).ok_or(DecodeError::Field { what: "the system title" })?)
                }
            };
        } else if !Envelope::is_protected(first) {
            return Err(DecodeError::Unknown { what: "APDU tag", value: first, offset: 0 });
        }
        let mut inner = Cursor::new(cursor.octets()?);
        cursor.finish()?;
        Ok(Envelope { tag: first, title, security_control: inner.u8()?, counter: inner.u32()?, content: inner.rest() })
    }

    /// The first octet of an envelope around an APDU that begins with `plain`; services without a tag of their own go
    /// into a general one.
    pub fn tag_for(wrapping: Wrapping, key: KeyKind, plain: u8) -> u8 {
        let general = match key {
            KeyKind::Global => tag::GENERAL_GLO,
            KeyKind::Dedicated => tag::GENERAL_DED,
        };
        service_tag(plain, key).filter(|_| wrapping == Wrapping::ServiceSpecific).unwrap_or(general)
    }

    /// Which key the content is under, by the first octet.
    pub const fn key(&self) -> KeyKind {
        if matches!(self.tag, 0xD0..=0xD7 | tag::GENERAL_DED) { KeyKind::Dedicated } else { KeyKind::Global }
    }

    /// Whether the envelope is a general one, which names its sender.
    pub const fn is_general(&self) -> bool {
        matches!(self.tag, tag::GENERAL_GLO | tag::GENERAL_DED)
    }

    /// The APDU. The title goes out in general envelopes only.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut inner = vec![self.security_control];
        inner.extend_from_slice(&self.counter.to_be_bytes());
        inner.extend_from_slice(self.content);
        let mut out = Vec::with_capacity(inner.len().saturating_add(14));
        out.push(self.tag);
        if self.is_general() {
            put_octets(&mut out, self.title.as_ref().map_or(&[], |title| &title.0));
        }
        put_octets(&mut out, &inner);
        out
    }

    /// Octets an envelope adds to a plain APDU at most, tag included.
    pub const OVERHEAD: usize = 1 + 9 + 5 + 5 + 12;
}
