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
    /// general-glo-ciphering, with the sender's system title.
    GeneralGlo,
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
fn glo_tag(plain: u8) -> Option<u8> {
    Some(match plain {
        tag::INITIATE_REQUEST => tag::GLO_INITIATE_REQUEST,
        tag::INITIATE_RESPONSE => tag::GLO_INITIATE_RESPONSE,
        tag::GET_REQUEST..=tag::ACTION_RESPONSE => plain.checked_add(8)?,
        _ => return None,
    })
}

impl<'a> Envelope<'a> {
    /// Whether an APDU with this first octet is a protected one.
    pub const fn is_protected(first: u8) -> bool {
        matches!(first, tag::GLO_INITIATE_REQUEST | tag::GLO_INITIATE_RESPONSE | 0xC8..=0xD7)
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

    /// Puts a protected APDU together. `plain_tag` is the first octet of what is inside; services without a tag of
    /// their own go into general-glo.
    pub fn build(
        wrapping: Wrapping,
        plain_tag: u8,
        title: SystemTitle,
        security_control: u8,
        counter: u32,
        content: &[u8],
    ) -> Vec<u8> {
        let mut inner = vec![security_control];
        inner.extend_from_slice(&counter.to_be_bytes());
        inner.extend_from_slice(content);
        let mut out = Vec::with_capacity(inner.len().saturating_add(14));
        match glo_tag(plain_tag).filter(|_| wrapping == Wrapping::ServiceSpecific) {
            Some(own) => out.push(own),
            None => {
                out.push(tag::GENERAL_GLO);
                put_octets(&mut out, &title.0);
            }
        }
        put_octets(&mut out, &inner);
        out
    }

    /// Octets an envelope adds to a plain APDU at most, tag included.
    pub const OVERHEAD: usize = 1 + 9 + 5 + 5 + 12;
}
