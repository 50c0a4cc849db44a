//! RLRQ and RLRE, the end of an association.

use super::{ber, body, contents, put_wrapped, tag};
use crate::protocol::dlms::decode_error::DecodeError;

/// RLRQ: the client ends the association.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ReleaseRequest {
    /// InitiateRequest again, ciphered, as some meters demand in a ciphered association.
    pub user_information: Option<Vec<u8>>,
}

/// RLRE: the meter's answer.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ReleaseResponse {
    /// Reason: 0 normal, 1 not finished, 30 user defined. Absent in some meters.
    pub reason: Option<u8>,
}

impl ReleaseRequest {
    /// Reads the APDU.
    ///
    /// # Errors
    /// [`DecodeError`].
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, DecodeError> {
        let mut request = ReleaseRequest::default();
        for (tag, value) in body(bytes, tag::RLRQ, "the RLRQ")? {
            if tag == 0xBE {
                request.user_information = Some(contents(&value, 0x04, "the user information")?);
            }
        }
        Ok(request)
    }

    /// The APDU, with the reason "normal".
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut body = vec![0x80, 0x01, 0x00];
        if let Some(information) = &self.user_information {
            put_wrapped(&mut body, 0xBE, 0x04, information);
        }
        let mut out = Vec::new();
        ber::put(&mut out, tag::RLRQ, &body);
        out
    }
}

impl ReleaseResponse {
    /// Reads the APDU.
    ///
    /// # Errors
    /// [`DecodeError`].
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, DecodeError> {
        let elements = body(bytes, tag::RLRE, "the RLRE")?;
        let reason = elements.iter().find(|(tag, _)| *tag == 0x80).and_then(|(_, value)| value.last().copied());
        Ok(ReleaseResponse { reason })
    }

    /// The APDU.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut body = Vec::new();
        if let Some(reason) = self.reason {
            ber::put(&mut body, 0x80, &[reason]);
        }
        let mut out = Vec::new();
        ber::put(&mut out, tag::RLRE, &body);
        out
    }
}
