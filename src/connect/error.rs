//! Why a meter could not be opened.

use std::path::PathBuf;

use crate::error::Code;
use crate::keys::CounterError;
use crate::link::LinkError;
use crate::meter::MeterError;
use crate::meter::profile::{ProfileError, Protocol};

/// Why a meter could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum ConnectError {
    /// No link is named.
    #[error("no link to the meter is given")]
    NoLink,
    /// The link cannot be understood, opened or used.
    #[error(transparent)]
    Link(#[from] LinkError),
    /// A bulk run of another process works on the port.
    #[error("a bulk run is at work on {port} ({owner})")]
    PortInUse {
        /// The port.
        port: String,
        /// Who holds it.
        owner: String,
    },
    /// The trace cannot be written.
    #[error("cannot write the trace {path}: {reason}", path = path.display())]
    Trace {
        /// The file.
        path: PathBuf,
        /// What the system said.
        reason: String,
    },
    /// State has to be kept, and no state folder is known.
    #[error("no state folder is known")]
    NoStateFolder,
    /// The profile cannot be used.
    #[error(transparent)]
    Profile(#[from] ProfileError),
    /// The profile names no address, and neither does the user.
    #[error("the profile {profile} names no address")]
    NoAddress {
        /// The profile.
        profile: String,
    },
    /// The address is not one of the protocol.
    #[error("--address: {problem}")]
    BadAddress {
        /// Whose notation it should have.
        protocol: Protocol,
        /// What is wrong with it.
        problem: String,
    },
    /// The link's framing carries another protocol.
    #[error("{link} carries {} only, not {}", spoken.name(), asked.name())]
    OtherFraming {
        /// The link.
        link: String,
        /// What its framing carries.
        spoken: Protocol,
        /// What it is to carry.
        asked: Protocol,
    },
    /// More than one register map fits a unit equally well.
    #[error("unit {unit} could be {}: give the one on its label with --profile", maps.join(" or "))]
    SeveralMaps {
        /// The unit.
        unit: u8,
        /// The maps by name.
        maps: Vec<String>,
    },
    /// A field of the credentials is missing.
    #[error("{file}: [dlms] {field} is missing")]
    CredentialsField {
        /// The credentials file.
        file: String,
        /// The field.
        field: &'static str,
    },
    /// The meter lets nobody in without credentials.
    #[error("{profile} has no client that needs no password")]
    CredentialsMissing {
        /// The profile.
        profile: String,
        /// The clients it knows.
        clients: Vec<String>,
    },
    /// A field of the credentials does not have the form the protocol wants.
    #[error("{0}")]
    CredentialsForm(String),
    /// The invocation counters cannot be used.
    #[error(transparent)]
    Counters(#[from] CounterError),
    /// No protocol that was tried brought an answer.
    #[error("no meter answers at address {address}: tried {tried}")]
    NoAnswer {
        /// The address.
        address: String,
        /// The protocols tried, in words.
        tried: String,
    },
    /// Neither HDLC nor the IEC 62056-21 sign-on was answered.
    #[error("the meter answers neither HDLC nor the IEC 62056-21 sign-on: {reason}")]
    NoOpticalAnswer {
        /// Why the sign-on failed.
        reason: String,
    },
    /// The meter, met while the protocol or model was found out.
    #[error(transparent)]
    Meter(#[from] MeterError),
}

impl ConnectError {
    /// The stable code word.
    pub fn code(&self) -> Code {
        match self {
            ConnectError::NoLink | ConnectError::NoAddress { .. } | ConnectError::OtherFraming { .. } => Code::Usage,
            ConnectError::Link(error) => error.code(),
            ConnectError::PortInUse { .. } => Code::PortBusy,
            ConnectError::Trace { .. } => Code::File,
            ConnectError::NoStateFolder => Code::Config,
            ConnectError::Profile(error) => error.code(),
            ConnectError::SeveralMaps { .. } => Code::Profile,
            ConnectError::BadAddress { .. } => Code::BadValue,
            ConnectError::CredentialsField { .. } | ConnectError::CredentialsMissing { .. } => Code::CredentialsMissing,
            ConnectError::CredentialsForm(_) => Code::KeyFile,
            ConnectError::Counters(error) => error.code(),
            ConnectError::NoAnswer { .. } | ConnectError::NoOpticalAnswer { .. } => Code::NoReply,
            ConnectError::Meter(error) => error.code(),
        }
    }
}
