//! Exception response and confirmed service error.

use std::fmt;

use super::super::cursor::Cursor;
use super::super::decode_error::DecodeError;
use super::tag;

/// What a meter says when it cannot make anything of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ExceptionResponse {
    /// State error: 1 service not allowed, 2 service unknown.
    pub state: u8,
    /// Service error: 1 operation not possible, 2 service not supported, 3 other reason, 4 PDU too long,
    /// 5 deciphering error, 6 invocation counter error.
    pub service: u8,
    /// The invocation counter the meter wants to see, with service error 6.
    pub expected_counter: Option<u32>,
}

const COUNTER_ERROR: u8 = 6;

impl ExceptionResponse {
    /// Service not allowed, other reason.
    pub const NOT_ALLOWED: ExceptionResponse = ExceptionResponse { state: 1, service: 3, expected_counter: None };
    /// Service not allowed, not supported.
    pub const NOT_SUPPORTED: ExceptionResponse = ExceptionResponse { state: 1, service: 2, expected_counter: None };
    /// Service unknown, not supported.
    pub const UNKNOWN_SERVICE: ExceptionResponse = ExceptionResponse { state: 2, service: 2, expected_counter: None };
    /// Service not allowed, deciphering error.
    pub const DECIPHERING: ExceptionResponse = ExceptionResponse { state: 1, service: 5, expected_counter: None };

    /// Service not allowed, invocation counter error.
    pub const fn counter(expected: u32) -> Self {
        ExceptionResponse { state: 1, service: COUNTER_ERROR, expected_counter: Some(expected) }
    }

    /// Reads the APDU.
    ///
    /// # Errors
    /// [`DecodeError`].
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, DecodeError> {
        let mut cursor = Cursor::new(bytes);
        if cursor.u8()? != tag::EXCEPTION_RESPONSE {
            return Err(DecodeError::Field { what: "the exception response" });
        }
        let (state, service) = (cursor.u8()?, cursor.u8()?);
        let counts = service == COUNTER_ERROR && cursor.remaining() >= 4;
        let expected_counter = if counts { Some(cursor.u32()?) } else { None };
        Ok(ExceptionResponse { state, service, expected_counter })
    }

    /// The APDU.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = vec![tag::EXCEPTION_RESPONSE, self.state, self.service];
        if let Some(counter) = self.expected_counter {
            out.extend_from_slice(&counter.to_be_bytes());
        }
        out
    }
}

impl fmt::Display for ExceptionResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.state {
            1 => f.write_str("service not allowed")?,
            2 => f.write_str("service unknown")?,
            other => write!(f, "state error {other}")?,
        }
        match self.service {
            1 => f.write_str(", operation not possible")?,
            2 => f.write_str(", service not supported")?,
            3 => f.write_str(", other reason")?,
            4 => f.write_str(", PDU too long")?,
            5 => f.write_str(", deciphering error")?,
            COUNTER_ERROR => f.write_str(", invocation counter error")?,
            other => write!(f, ", service error {other}")?,
        }
        self.expected_counter.map_or(Ok(()), |counter| write!(f, " (it expects {counter})"))
    }
}

/// A confirmed service error: which service, which kind of error, which value of that kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ServiceError {
    /// Service: 1 initiate, 5 read, 6 write.
    pub service: u8,
    /// Kind: 0 application reference, 1 hardware, 2 VDE state, 3 service, 4 definition, 5 access, 6 initiate.
    pub kind: u8,
    /// Value within the kind.
    pub value: u8,
}

impl ServiceError {
    /// Reads the APDU.
    ///
    /// # Errors
    /// [`DecodeError`].
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, DecodeError> {
        match bytes {
            [tag::CONFIRMED_SERVICE_ERROR, service, kind, value, ..] => {
                Ok(ServiceError { service: *service, kind: *kind, value: *value })
            }
            _ => Err(DecodeError::Field { what: "the confirmed service error" }),
        }
    }
}

impl fmt::Display for ServiceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let service = match self.service {
            1 => "initiate",
            5 => "read",
            6 => "write",
            _ => "service",
        };
        let kind = match self.kind {
            0 => "application reference",
            1 => "hardware resource",
            2 => "VDE state",
            3 => "service",
            4 => "definition",
            5 => "access",
            6 => "initiate",
            _ => "unknown kind",
        };
        match (self.kind, self.value) {
            (6, 1) => write!(f, "{service} error, DLMS version too low"),
            (6, 2) => write!(f, "{service} error, incompatible conformance"),
            (6, 3) => write!(f, "{service} error, PDU size too short"),
            (6, 4) => write!(f, "{service} error, refused by the VDE handler"),
            _ => write!(f, "{service} error, {kind} {}", self.value),
        }
    }
}
