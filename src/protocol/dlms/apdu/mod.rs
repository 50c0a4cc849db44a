//! Application protocol data units: what client and meter say to each other, before any ciphering.

mod access;
mod acse;
mod action;
mod ber;
mod exception;
mod get;
mod initiate;
mod notification;
mod selection;
mod set;
mod short_names;
#[cfg(test)]
mod tests;

pub use access::{AccessItem, AccessRequest, AccessResponse, AccessResult, LongInvokeId};
pub use acse::{
    AareApdu, AarqApdu, AssociationDiagnostic, AssociationResult, ContextName, Mechanism, ReleaseRequest,
    ReleaseResponse,
};
pub use action::{ActionItem, ActionOutcome, ActionRequest, ActionResponse};
pub use exception::{ExceptionResponse, ServiceError};
pub use get::{GetItem, GetRequest, GetResponse, GetResult};
pub use initiate::{InitiateRequest, InitiateResponse};
pub use notification::{DataNotification, EventNotification, GeneralBlock, InformationReport};
pub use selection::SelectiveAccess;
pub use set::{SetItem, SetRequest, SetResponse};
pub use short_names::{
    ReadRequest, ReadResponse, ReadResult, VariableAccess, WriteRequest, WriteResponse, WriteResult,
};

use super::cursor::{Cursor, put_octets};
use super::decode_error::DecodeError;

/// First octets of APDUs.
pub mod tag {
    /// InitiateRequest, within AARQ.
    pub const INITIATE_REQUEST: u8 = 0x01;
    /// READ request, by short names.
    pub const READ_REQUEST: u8 = 0x05;
    /// WRITE request, by short names.
    pub const WRITE_REQUEST: u8 = 0x06;
    /// READ response.
    pub const READ_RESPONSE: u8 = 0x0C;
    /// WRITE response.
    pub const WRITE_RESPONSE: u8 = 0x0D;
    /// InitiateResponse, within AARE.
    pub const INITIATE_RESPONSE: u8 = 0x08;
    /// ConfirmedServiceError.
    pub const CONFIRMED_SERVICE_ERROR: u8 = 0x0E;
    /// General-Block-Transfer.
    pub const GENERAL_BLOCK_TRANSFER: u8 = 0xE0;
    /// DataNotification.
    pub const DATA_NOTIFICATION: u8 = 0x0F;
    /// Ciphered InitiateRequest.
    pub const GLO_INITIATE_REQUEST: u8 = 0x21;
    /// Ciphered InitiateResponse.
    pub const GLO_INITIATE_RESPONSE: u8 = 0x28;
    /// Association request.
    pub const AARQ: u8 = 0x60;
    /// Association response.
    pub const AARE: u8 = 0x61;
    /// Release request.
    pub const RLRQ: u8 = 0x62;
    /// Release response.
    pub const RLRE: u8 = 0x63;
    /// GET request.
    pub const GET_REQUEST: u8 = 0xC0;
    /// SET request.
    pub const SET_REQUEST: u8 = 0xC1;
    /// Event notification.
    pub const EVENT_NOTIFICATION: u8 = 0xC2;
    /// ACTION request.
    pub const ACTION_REQUEST: u8 = 0xC3;
    /// GET response.
    pub const GET_RESPONSE: u8 = 0xC4;
    /// SET response.
    pub const SET_RESPONSE: u8 = 0xC5;
    /// ACTION response.
    pub const ACTION_RESPONSE: u8 = 0xC7;
    /// WRITE that is not answered.
    pub const UNCONFIRMED_WRITE: u8 = 0x16;
    /// Report by short names.
    pub const INFORMATION_REPORT: u8 = 0x18;
    /// ACCESS request.
    pub const ACCESS_REQUEST: u8 = 0xD9;
    /// ACCESS response.
    pub const ACCESS_RESPONSE: u8 = 0xDA;
    /// Exception response.
    pub const EXCEPTION_RESPONSE: u8 = 0xD8;
    /// Ciphered under the global key, any service.
    pub const GENERAL_GLO: u8 = 0xDB;
    /// Ciphered under a key that is identified, wrapped or agreed, any service.
    pub const GENERAL_CIPHERING: u8 = 0xDD;
    /// Signed, any service.
    pub const GENERAL_SIGNING: u8 = 0xDF;
    /// Ciphered under the dedicated key, any service.
    pub const GENERAL_DED: u8 = 0xDC;
}

/// The name of an APDU by its first octet, for messages.
pub const fn apdu_name(first: u8) -> &'static str {
    match first {
        tag::INITIATE_REQUEST => "initiate request",
        tag::INITIATE_RESPONSE => "initiate response",
        tag::READ_REQUEST => "READ request",
        tag::WRITE_REQUEST => "WRITE request",
        tag::READ_RESPONSE => "READ response",
        tag::WRITE_RESPONSE => "WRITE response",
        0x25 => "glo READ request",
        0x26 => "glo WRITE request",
        0x2C => "glo READ response",
        0x2D => "glo WRITE response",
        tag::CONFIRMED_SERVICE_ERROR => "confirmed service error",
        tag::DATA_NOTIFICATION => "data notification",
        tag::GLO_INITIATE_REQUEST => "ciphered initiate request",
        tag::GLO_INITIATE_RESPONSE => "ciphered initiate response",
        tag::AARQ => "AARQ",
        tag::AARE => "AARE",
        tag::RLRQ => "RLRQ",
        tag::RLRE => "RLRE",
        tag::GET_REQUEST => "GET request",
        tag::SET_REQUEST => "SET request",
        tag::EVENT_NOTIFICATION => "event notification",
        tag::UNCONFIRMED_WRITE => "unconfirmed WRITE request",
        tag::INFORMATION_REPORT => "information report",
        tag::ACCESS_REQUEST => "ACCESS request",
        tag::ACCESS_RESPONSE => "ACCESS response",
        tag::ACTION_REQUEST => "ACTION request",
        tag::GET_RESPONSE => "GET response",
        tag::SET_RESPONSE => "SET response",
        tag::ACTION_RESPONSE => "ACTION response",
        0xC8 => "glo GET request",
        0xC9 => "glo SET request",
        0xCA => "glo event notification",
        0xCB => "glo ACTION request",
        0xCC => "glo GET response",
        0xCD => "glo SET response",
        0xCF => "glo ACTION response",
        0xD0 => "ded GET request",
        0xD1 => "ded SET request",
        0xD3 => "ded ACTION request",
        0xD4 => "ded GET response",
        0xD5 => "ded SET response",
        0xD7 => "ded ACTION response",
        tag::EXCEPTION_RESPONSE => "exception response",
        tag::GENERAL_GLO => "general-glo-ciphering",
        tag::GENERAL_DED => "general-ded-ciphering",
        tag::GENERAL_CIPHERING => "general-ciphering",
        tag::GENERAL_SIGNING => "general-signing",
        tag::GENERAL_BLOCK_TRANSFER => "general block transfer",
        _ => "an unknown APDU",
    }
}

/// Invoke id (0 to 15) with the confirmed and priority bits, as one octet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct InvokeId(pub u8);

impl InvokeId {
    /// Confirmed, high priority, number `id` modulo 16.
    pub const fn confirmed(id: u8) -> Self {
        InvokeId(0xC0 | id & 0x0F)
    }

    /// The number alone.
    pub const fn id(self) -> u8 {
        self.0 & 0x0F
    }
}

/// A part of a long value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// Whether it is the last.
    pub last: bool,
    /// Its number, from 1.
    pub number: u32,
    /// Its octets.
    pub octets: Vec<u8>,
}

impl Block {
    fn decode(cursor: &mut Cursor<'_>) -> Result<Self, DecodeError> {
        Ok(Block { last: cursor.bool()?, number: cursor.u32()?, octets: cursor.octets()?.to_vec() })
    }

    fn encode(&self, out: &mut Vec<u8>) {
        out.push(u8::from(self.last));
        out.extend_from_slice(&self.number.to_be_bytes());
        put_octets(out, &self.octets);
    }
}

/// Reads tag, choice and invoke id at the front of a service APDU.
fn service_header(cursor: &mut Cursor<'_>, expected: u8) -> Result<(u8, InvokeId), DecodeError> {
    cursor.expect_tag(expected)?;
    Ok((cursor.u8()?, InvokeId(cursor.u8()?)))
}

fn unknown_choice<T>(value: u8) -> Result<T, DecodeError> {
    Err(DecodeError::Unknown { what: "choice", value, offset: 1 })
}

/// Reads a count and as many items, each of which takes at least one octet.
fn list<T>(
    cursor: &mut Cursor<'_>,
    mut item: impl FnMut(&mut Cursor<'_>) -> Result<T, DecodeError>,
) -> Result<Vec<T>, DecodeError> {
    let count = cursor.length()?;
    if count > cursor.remaining() {
        return Err(DecodeError::Truncated { offset: cursor.position() });
    }
    (0..count).map(|_| item(cursor)).collect()
}
