//! Faults of the protocol told in the meter's terms.

use crate::meter::MeterError;
use crate::meter::dlms::transport::Transport;
use crate::protocol::dlms::{DlmsError, GeneralFault};

/// A fault of the protocol in the meter's terms; replies that do not decrypt are counted.
pub(super) fn translate(error: DlmsError, transport: &mut Transport) -> MeterError {
    let text = error.to_string();
    match error {
        DlmsError::Decryption { .. } => {
            transport.count_undecipherable();
            MeterError::Undecipherable(text)
        }
        DlmsError::AssociationRefused { diagnostic, .. } if diagnostic.is_about_credentials() => {
            MeterError::Authentication(text)
        }
        DlmsError::ShortNames => MeterError::ShortNames(text),
        DlmsError::AssociationRefused { .. } => {
            MeterError::Refused { what: "the association".to_owned(), reason: text }
        }
        DlmsError::ServerNotAuthentic | DlmsError::HandshakeRejected(_) => MeterError::Authentication(text),
        DlmsError::Exception(exception) if exception.expected_counter.is_some() || exception.service == 5 => {
            MeterError::Authentication(text)
        }
        DlmsError::Exception(_) | DlmsError::Service(_) => {
            MeterError::Refused { what: "the request".to_owned(), reason: text }
        }
        DlmsError::General(GeneralFault::Cipher | GeneralFault::Signature) => {
            transport.count_undecipherable();
            MeterError::Undecipherable(text)
        }
        DlmsError::General(GeneralFault::Missing(_)) => MeterError::CredentialsMissing(text),
        DlmsError::Decode { .. } | DlmsError::Blocks(_) | DlmsError::General(GeneralFault::Decode(_)) => {
            MeterError::Garbled(text)
        }
        DlmsError::Unexpected { .. }
        | DlmsError::Replayed { .. }
        | DlmsError::Unprotected(_)
        | DlmsError::NoServerTitle
        | DlmsError::Challenge(_) => MeterError::Unexpected(text),
        DlmsError::Counter(_) | DlmsError::Request(_) => MeterError::BadValue(text),
    }
}

/// Whether a stale invocation counter may stand behind this: meters answer one with a refusal, an exception, or
/// silence.
pub(super) fn may_be_the_counter(error: &MeterError) -> bool {
    matches!(
        error,
        MeterError::Authentication(_)
            | MeterError::Refused { .. }
            | MeterError::NoReply { .. }
            | MeterError::Undecipherable(_)
    )
}

/// The same error once more, for when looking for its cause failed too.
pub(super) fn error_again(error: &MeterError) -> MeterError {
    match error {
        MeterError::Authentication(text) => MeterError::Authentication(text.clone()),
        MeterError::Undecipherable(text) => MeterError::Undecipherable(text.clone()),
        MeterError::NoReply { address, what, echo } => {
            MeterError::NoReply { address: address.clone(), what: what.clone(), echo: *echo }
        }
        other => MeterError::Authentication(other.to_string()),
    }
}
