//! What can be wrong with an APDU, and what a meter can answer instead of a result.

use super::apdu::{AssociationDiagnostic, AssociationResult, ExceptionResponse, Mechanism, ServiceError};
use super::decode_error::DecodeError;
use super::security::GeneralFault;
use crate::error::Code;

/// Why an exchange with a meter gave no result. A data-access result is not among these: that is an answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DlmsError {
    /// The APDU cannot be read.
    #[error("the reply cannot be read as {what}: {source}")]
    Decode {
        /// What was expected.
        what: &'static str,
        /// What is wrong with it.
        source: DecodeError,
    },
    /// The APDU is well formed but is not an answer to the request.
    #[error("the reply is {got}, expected {expected}")]
    Unexpected {
        /// What would have been right.
        expected: &'static str,
        /// What came.
        got: String,
    },
    /// The authentication tag does not fit: wrong key, wrong system title, or altered on the way.
    #[error("a ciphered reply came (title {title}, counter {counter}) but does not decrypt under the keys given")]
    Decryption {
        /// The sender's system title in hex.
        title: String,
        /// The sender's invocation counter.
        counter: u32,
    },
    /// The reply is protected less than the association demands.
    #[error("the reply is not protected as the association demands ({0})")]
    Unprotected(&'static str),
    /// A ciphered reply with a counter below one already seen.
    #[error("a ciphered reply repeats an old invocation counter ({counter}, last was {last})")]
    Replayed {
        /// What came.
        counter: u32,
        /// The highest seen before.
        last: u32,
    },
    /// The meter refused the association.
    #[error("the meter refused the association: {result}, {diagnostic}{}", refusal_note(*.ciphered, *.diagnostic))]
    AssociationRefused {
        /// For now or for good.
        result: AssociationResult,
        /// Why.
        diagnostic: AssociationDiagnostic,
        /// What the meter added in its InitiateResponse's place.
        service_error: Option<ServiceError>,
        /// Whether our request was ciphered: a meter that cannot decipher it often gives no reason.
        ciphered: bool,
    },
    /// The meter's objects have short names only.
    #[error("it knows its objects by short names only, and here they are asked for by logical names")]
    ShortNames,
    /// The meter's half of the HLS handshake is wrong: it does not hold the keys.
    #[error("the meter could not prove that it holds the keys")]
    ServerNotAuthentic,
    /// The mechanism hashes or signs the meter's system title, and the meter did not send it.
    #[error("the meter did not send its system title, which this mechanism of high level security needs")]
    NoServerTitle,
    /// An APDU of general-ciphering or general-signing cannot be made or opened.
    #[error("general ciphering or signing: {0}")]
    General(GeneralFault),
    /// The meter's challenge cannot be answered with the secret by this mechanism.
    #[error("the meter's challenge or the secret does not have the form that {0} needs")]
    Challenge(Mechanism),
    /// The meter did not accept our half of the HLS handshake.
    #[error("the meter rejected our proof of the keys ({0})")]
    HandshakeRejected(String),
    /// The meter answered with an exception.
    #[error("the meter answered with an exception: {0}")]
    Exception(ExceptionResponse),
    /// The meter answered with a confirmed service error.
    #[error("the meter answered with a service error: {0}")]
    Service(ServiceError),
    /// Blocks came out of order, or the transfer was broken off.
    #[error("block transfer failed: {0}")]
    Blocks(String),
    /// The invocation counter could not be taken.
    #[error("no invocation counter could be taken: {0}")]
    Counter(String),
    /// The request does not fit the association.
    #[error("{0}")]
    Request(&'static str),
}

impl DlmsError {
    /// The stable code word.
    pub fn code(&self) -> Code {
        match self {
            DlmsError::Decode { .. } | DlmsError::Blocks(_) => Code::Garbled,
            DlmsError::Unexpected { .. } | DlmsError::Replayed { .. } | DlmsError::Unprotected(_) => Code::Unexpected,
            DlmsError::Decryption { .. } => Code::Decryption,
            DlmsError::AssociationRefused { diagnostic, ciphered, .. }
                if diagnostic.is_about_credentials() || *ciphered && diagnostic.gives_no_reason() =>
            {
                Code::Authentication
            }
            DlmsError::AssociationRefused { .. } | DlmsError::ShortNames | DlmsError::Service(_) => Code::MeterRefused,
            DlmsError::ServerNotAuthentic | DlmsError::HandshakeRejected(_) => Code::Authentication,
            DlmsError::NoServerTitle | DlmsError::Challenge(_) => Code::Unexpected,
            DlmsError::General(GeneralFault::Cipher | GeneralFault::Signature) => Code::Decryption,
            DlmsError::General(GeneralFault::Missing(_)) => Code::Authentication,
            DlmsError::General(GeneralFault::Decode(_)) => Code::Garbled,
            DlmsError::Exception(exception) => {
                if exception.expected_counter.is_some() {
                    Code::Authentication
                } else {
                    Code::MeterRefused
                }
            }
            DlmsError::Counter(_) => Code::File,
            DlmsError::Request(_) => Code::Internal,
        }
    }

    /// Makes a decode error an error about `what`.
    pub(crate) fn decode(what: &'static str) -> impl FnOnce(DecodeError) -> DlmsError {
        move |source| DlmsError::Decode { what, source }
    }
}

fn refusal_note(ciphered: bool, diagnostic: AssociationDiagnostic) -> &'static str {
    if ciphered && diagnostic.gives_no_reason() {
        " (the request was ciphered; meters refuse one under a wrong key like this)"
    } else {
        ""
    }
}
