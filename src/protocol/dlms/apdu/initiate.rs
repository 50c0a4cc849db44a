//! InitiateRequest and InitiateResponse, which AARQ and AARE carry.

use super::super::conformance::Conformance;
use super::super::cursor::{Cursor, put_octets};
use super::super::decode_error::DecodeError;
use super::tag;

const DLMS_VERSION: u8 = 6;
const CONFORMANCE_TAG: [u8; 2] = [0x5F, 0x1F];
const VAA_NAME_LN: u16 = 0x0007;
/// The same with short names: the base name of the association.
const VAA_NAME_SN: u16 = 0xFA00;

/// What the client offers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InitiateRequest {
    /// A key for this association alone.
    pub dedicated_key: Option<Vec<u8>>,
    /// Services offered.
    pub conformance: Conformance,
    /// Longest APDU the client takes, in octets; 0 for no limit.
    pub max_pdu: u16,
}

/// What the meter grants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InitiateResponse {
    /// Services granted.
    pub conformance: Conformance,
    /// Longest APDU the meter takes, in octets; 0 for no limit.
    pub max_pdu: u16,
}

fn conformance(cursor: &mut Cursor<'_>) -> Result<Conformance, DecodeError> {
    // Application tag 31 in one or two octets, length 4, no unused bits.
    let first = cursor.u8()?;
    if first != 0x5F {
        return Err(DecodeError::Field { what: "the conformance block" });
    }
    if cursor.peek() == Some(0x1F) {
        cursor.u8()?;
    }
    match cursor.array()? {
        [4, _, a, b, c] => Ok(Conformance::from_octets([a, b, c])),
        _ => Err(DecodeError::Field { what: "the conformance block" }),
    }
}

fn put_conformance(out: &mut Vec<u8>, conformance: Conformance) {
    out.extend_from_slice(&CONFORMANCE_TAG);
    out.extend_from_slice(&[4, 0]);
    out.extend_from_slice(&conformance.octets());
}

fn optional_u8(cursor: &mut Cursor<'_>) -> Result<Option<u8>, DecodeError> {
    if cursor.bool()? { cursor.u8().map(Some) } else { Ok(None) }
}

impl InitiateRequest {
    /// Reads the APDU.
    ///
    /// # Errors
    /// [`DecodeError`].
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, DecodeError> {
        let mut cursor = Cursor::new(bytes);
        if cursor.u8()? != tag::INITIATE_REQUEST {
            return Err(DecodeError::Field { what: "the initiate request" });
        }
        let dedicated_key = if cursor.bool()? { Some(cursor.octets()?.to_vec()) } else { None };
        let _response_allowed = optional_u8(&mut cursor)?;
        let _quality_of_service = optional_u8(&mut cursor)?;
        let _version = cursor.u8()?;
        let conformance = conformance(&mut cursor)?;
        let max_pdu = cursor.u16()?;
        cursor.finish()?;
        Ok(InitiateRequest { dedicated_key, conformance, max_pdu })
    }

    /// The APDU.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = vec![tag::INITIATE_REQUEST, u8::from(self.dedicated_key.is_some())];
        if let Some(key) = &self.dedicated_key {
            put_octets(&mut out, key);
        }
        out.extend_from_slice(&[0, 0, DLMS_VERSION]);
        put_conformance(&mut out, self.conformance);
        out.extend_from_slice(&self.max_pdu.to_be_bytes());
        out
    }
}

impl InitiateResponse {
    /// Reads the APDU.
    ///
    /// # Errors
    /// [`DecodeError`].
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, DecodeError> {
        let mut cursor = Cursor::new(bytes);
        if cursor.u8()? != tag::INITIATE_RESPONSE {
            return Err(DecodeError::Field { what: "the initiate response" });
        }
        let _quality_of_service = optional_u8(&mut cursor)?;
        let _version = cursor.u8()?;
        let conformance = conformance(&mut cursor)?;
        let max_pdu = cursor.u16()?;
        let _vaa_name = cursor.u16()?;
        cursor.finish()?;
        Ok(InitiateResponse { conformance, max_pdu })
    }

    /// The APDU.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = vec![tag::INITIATE_RESPONSE, 0, DLMS_VERSION];
        put_conformance(&mut out, self.conformance);
        out.extend_from_slice(&self.max_pdu.to_be_bytes());
        let by_short_names = self.conformance.contains(Conformance::READ);
        let name = if by_short_names { VAA_NAME_SN } else { VAA_NAME_LN };
        out.extend_from_slice(&name.to_be_bytes());
        out
    }
}
