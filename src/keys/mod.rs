//! The key file, its encrypted form, and the credentials of a meter's interface.
//!
//! Nothing here asks, prints or looks at the environment: the caller says how to get at a passphrase. Secrets are
//! wiped from memory when they are dropped, print as `[redacted]`, and never stand in an error.

mod age;
mod check;
pub mod counters;
mod credentials;
mod file;
pub mod issued_tids;
mod pending_secrets;
mod private;
mod reader;
mod ring;
mod sealed;
mod signing;

use std::path::PathBuf;

use crate::error::Code;

pub use check::{KeyFinding, Severity, check, expiry};
pub use counters::{CounterError, CounterOwner, CounterRange, CounterStore};
pub use credentials::{
    Credentials, DerivedKeys, DlmsAuthentication, DlmsCredentials, DlmsKey, DlmsPassword, DlmsSecurity,
    Dlt645Credentials, Fleet, Iec62056_21Credentials, MeterSecrets,
};
pub use file::{KeyFile, MeterKey, Problem, SCHEMA, VendingKeySelector};
pub use pending_secrets::PendingSecrets;
pub use private::{Exposure, Secret, first_line, read_private, write_private};
pub use sealed::{Identities, Opener, Recipient, is_sealed, new_identity, seal, unseal};
pub use signing::{SigningKey, VerifyingKey, pem};

/// Why a file of secrets cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// The file cannot be read or written.
    #[error("{}: {source}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// A file of that name is there and is not to be replaced.
    #[error("{} is there already; give another name, or remove it first", path.display())]
    Exists {
        /// The file.
        path: PathBuf,
    },
    /// Group or others may read or write the file.
    #[error("{} may be {} by others than its owner (mode {mode:03o})", path.display(), private::open_to(*mode))]
    Exposed {
        /// The file.
        path: PathBuf,
        /// Permission bits.
        mode: u32,
    },
    /// The access list lets others read or change the file (Windows).
    #[error("{} may be read or changed by {others}", path.display())]
    ExposedTo {
        /// The file.
        path: PathBuf,
        /// Who, as names or identifiers of accounts.
        others: String,
        /// The command that takes the file away from them.
        remedy: String,
    },
    /// The file as a whole is not what it should be.
    #[error("{}: {problem}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What is wrong, without its content.
        problem: String,
    },
    /// One field of the file is wrong.
    #[error("{}: {field}: {problem}", path.display())]
    Field {
        /// The file.
        path: PathBuf,
        /// The field, as `vending_keys[2].krn`.
        field: String,
        /// What is wrong, without any secret.
        problem: String,
    },
    /// The encrypted file does not open.
    #[error("{}: {problem}", path.display())]
    Sealed {
        /// The file.
        path: PathBuf,
        /// Wrong passphrase, wrong identity, damage.
        problem: String,
    },
    /// The passphrase could not be had.
    #[error("{problem}")]
    NoPassphrase {
        /// Nobody to ask, or the question was broken off.
        code: Code,
        /// What happened.
        problem: String,
    },
}

impl KeyError {
    /// The stable code word.
    pub fn code(&self) -> Code {
        match self {
            KeyError::Io { .. } | KeyError::Exists { .. } => Code::File,
            KeyError::Exposed { .. } | KeyError::ExposedTo { .. } => Code::KeyFileExposed,
            KeyError::Unreadable { .. } | KeyError::Field { .. } => Code::KeyFile,
            KeyError::Sealed { .. } => Code::KeyFileSealed,
            KeyError::NoPassphrase { code, .. } => *code,
        }
    }
}
