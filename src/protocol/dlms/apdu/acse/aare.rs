//! AARE, the answer to it.

use super::{
    AssociationDiagnostic, AssociationResult, CONTEXT_NAME, ContextName, MECHANISM_NAME, Mechanism, ber, body,
    contents, last_number, object_identifier, put_authentication, put_wrapped, tag,
};
use crate::protocol::dlms::decode_error::DecodeError;

/// AARE: the meter's answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AareApdu {
    /// Naming and ciphering.
    pub context: ContextName,
    /// The verdict.
    pub result: AssociationResult,
    /// The reason or the next step.
    pub diagnostic: AssociationDiagnostic,
    /// The meter's system title.
    pub responding_title: Option<Vec<u8>>,
    /// The mechanism in use.
    pub mechanism: Mechanism,
    /// The meter's challenge.
    pub authentication_value: Option<Vec<u8>>,
    /// InitiateResponse, plain or ciphered, or a confirmed service error. Absent in some refusals.
    pub user_information: Option<Vec<u8>>,
}

impl AareApdu {
    /// Reads the APDU; elements this program does not use are passed over, and user information may be missing.
    ///
    /// # Errors
    /// [`DecodeError`].
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, DecodeError> {
        let number = |value: &[u8]| ber::inner(value, 0x02, "the result").map(|n| n.last().copied().unwrap_or(0));
        let mut result = None;
        let mut aare = AareApdu {
            context: ContextName::LogicalName,
            result: AssociationResult::Accepted,
            diagnostic: AssociationDiagnostic::NONE,
            responding_title: None,
            mechanism: Mechanism::None,
            authentication_value: None,
            user_information: None,
        };
        for (tag, value) in body(bytes, tag::AARE, "the AARE")? {
            match tag {
                0xA1 => {
                    let identifier = contents(&value, 0x06, "the application context name")?;
                    let last = last_number(&identifier, CONTEXT_NAME, "the application context name")?;
                    aare.context = ContextName::from_number(last);
                }
                0xA2 => result = Some(AssociationResult::from_number(number(&value)?)),
                0xA3 => {
                    let provider = value.first() == Some(&0xA2);
                    let source = if provider { 0xA2 } else { 0xA1 };
                    let inner = ber::inner(&value, source, "the diagnostic")?;
                    aare.diagnostic = AssociationDiagnostic { provider, number: number(inner)? };
                }
                0xA4 => aare.responding_title = Some(contents(&value, 0x04, "the responding AP title")?),
                0x89 => {
                    aare.mechanism = Mechanism::from_number(last_number(&value, MECHANISM_NAME, "the mechanism name")?);
                }
                0xAA => aare.authentication_value = Some(contents(&value, 0x80, "the authentication value")?),
                0xBE => aare.user_information = Some(contents(&value, 0x04, "the user information")?),
                _ => {}
            }
        }
        aare.result = result.ok_or(DecodeError::Field { what: "the result" })?;
        Ok(aare)
    }

    /// The APDU.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut body = Vec::new();
        put_wrapped(&mut body, 0xA1, 0x06, &object_identifier(CONTEXT_NAME, self.context.number()));
        put_wrapped(&mut body, 0xA2, 0x02, &[self.result.number()]);
        let source = if self.diagnostic.provider { 0xA2 } else { 0xA1 };
        let mut diagnostic = Vec::new();
        put_wrapped(&mut diagnostic, source, 0x02, &[self.diagnostic.number]);
        ber::put(&mut body, 0xA3, &diagnostic);
        if let Some(title) = &self.responding_title {
            put_wrapped(&mut body, 0xA4, 0x04, title);
        }
        put_authentication(&mut body, [0x88, 0x89, 0xAA], self.mechanism, self.authentication_value.as_deref());
        if let Some(information) = &self.user_information {
            put_wrapped(&mut body, 0xBE, 0x04, information);
        }
        let mut out = Vec::new();
        ber::put(&mut out, tag::AARE, &body);
        out
    }
}
