//! AARQ, the request for an association.

use std::ops::Range;

use super::{
    CONTEXT_NAME, ContextName, MECHANISM_NAME, Mechanism, ber, body, contents, last_number, object_identifier,
    put_authentication, put_wrapped, tag,
};
use crate::protocol::dlms::cursor::Cursor;
use crate::protocol::dlms::decode_error::DecodeError;

/// AARQ: the client asks for an association.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AarqApdu {
    /// Naming and ciphering.
    pub context: ContextName,
    /// The client's system title.
    pub calling_title: Option<Vec<u8>>,
    /// How the client proves itself.
    pub mechanism: Mechanism,
    /// Password or challenge.
    pub authentication_value: Option<Vec<u8>>,
    /// InitiateRequest, plain or ciphered.
    pub user_information: Vec<u8>,
}

impl AarqApdu {
    /// Reads the APDU; elements this program does not use are passed over.
    ///
    /// # Errors
    /// [`DecodeError`].
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, DecodeError> {
        let mut context = None;
        let mut aarq = AarqApdu {
            context: ContextName::LogicalName,
            calling_title: None,
            mechanism: Mechanism::None,
            authentication_value: None,
            user_information: Vec::new(),
        };
        for (tag, value) in body(bytes, tag::AARQ, "the AARQ")? {
            match tag {
                0xA1 => {
                    let identifier = contents(&value, 0x06, "the application context name")?;
                    let number = last_number(&identifier, CONTEXT_NAME, "the application context name")?;
                    context = Some(ContextName::from_number(number));
                }
                0xA6 => aarq.calling_title = Some(contents(&value, 0x04, "the calling AP title")?),
                0x8B => {
                    aarq.mechanism = Mechanism::from_number(last_number(&value, MECHANISM_NAME, "the mechanism name")?);
                }
                0xAC => aarq.authentication_value = Some(contents(&value, 0x80, "the authentication value")?),
                0xBE => aarq.user_information = contents(&value, 0x04, "the user information")?,
                _ => {}
            }
        }
        aarq.context = context.ok_or(DecodeError::Field { what: "the application context name" })?;
        Ok(aarq)
    }

    /// The APDU.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut body = Vec::new();
        put_wrapped(&mut body, 0xA1, 0x06, &object_identifier(CONTEXT_NAME, self.context.number()));
        if let Some(title) = &self.calling_title {
            put_wrapped(&mut body, 0xA6, 0x04, title);
        }
        put_authentication(&mut body, [0x8A, 0x8B, 0xAC], self.mechanism, self.authentication_value.as_deref());
        put_wrapped(&mut body, 0xBE, 0x04, &self.user_information);
        let mut out = Vec::new();
        ber::put(&mut out, tag::AARQ, &body);
        out
    }

    /// Where the password stands in an AARQ; `None` when there is none (a challenge is no secret).
    pub fn password_range(bytes: &[u8]) -> Option<Range<usize>> {
        let mut cursor = Cursor::new(bytes);
        (cursor.u8().ok()? == tag::AARQ).then_some(())?;
        cursor.length().ok()?;
        let mut password = None;
        let mut challenge = false;
        while let Ok((tag, value)) = ber::take(&mut cursor) {
            match tag {
                0x8B => challenge = value.last().is_some_and(|&number| number > Mechanism::Lls.number()),
                0xAC => {
                    let inner = ber::inner(value, 0x80, "").unwrap_or(value);
                    let end = cursor.position();
                    password = Some(end.saturating_sub(inner.len())..end);
                }
                _ => {}
            }
        }
        password.filter(|_| !challenge)
    }
}
