//! Why a head-end gave no verdict.

use std::path::PathBuf;

use crate::error::Code;
use crate::keys::KeyError;

/// What kept an answer away.
#[derive(Debug, thiserror::Error)]
pub enum HeadEndError {
    /// The section of the configuration cannot be used.
    #[error("head-end {name:?}: {problem}")]
    Setup {
        /// The section, or the file given in its place.
        name: String,
        /// What is wrong with it.
        problem: String,
    },
    /// A file cannot be read or written.
    #[error("{}: {source}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The pack is not what it should be, or its signature does not hold.
    #[error("pack {}: {problem}", path.display())]
    Pack {
        /// The file.
        path: PathBuf,
        /// What is wrong, and where.
        problem: String,
    },
    /// The register of certificates does not read.
    #[error("register {}: {problem}", path.display())]
    Register {
        /// The file.
        path: PathBuf,
        /// What is wrong, and where.
        problem: String,
    },
    /// A file of secrets cannot be used.
    #[error(transparent)]
    Secret(#[from] KeyError),
    /// A certificate or key cannot be used for TLS; nothing was sent.
    #[error("{problem}")]
    Certificate {
        /// One sentence: which file, what is wrong, what to do.
        problem: String,
    },
    /// Nobody answered, and nothing was sent.
    #[error("{name} is not reached: {problem}; nothing was sent")]
    Unreachable {
        /// The server's address.
        name: String,
        /// What happened.
        problem: String,
    },
    /// A question that makes nothing was not answered; it may be asked again.
    #[error("{name} gave no answer: {problem}")]
    NoAnswer {
        /// The server's address.
        name: String,
        /// What happened.
        problem: String,
    },
    /// What came back is no answer to the question.
    #[error("{name} answered with something else: {problem}")]
    Garbled {
        /// The server's address.
        name: String,
        /// What is wrong with it.
        problem: String,
    },
    /// A token may have been made, and it cannot be had now.
    #[error("{name}: it cannot be told whether a token was made: {problem}")]
    OutcomeUnknown {
        /// The server's address.
        name: String,
        /// What happened, and the message that is to be asked about.
        problem: String,
    },
    /// The state folder's database failed: nothing is sent without it.
    #[error("the outbox {} cannot be used: {problem}", path.display())]
    Outbox {
        /// The database.
        path: PathBuf,
        /// What SQLite said.
        problem: String,
    },
    /// The question cannot be put without more of the meter.
    #[error("the head-end wants all of the meter's key, and {missing} is not known; read the meter, or give it")]
    Incomplete {
        /// The fields that are missing.
        missing: String,
    },
    /// The head-end has no way to say this.
    #[error("{name}: {problem}")]
    NotSupported {
        /// Who cannot.
        name: String,
        /// What, and what does instead.
        problem: String,
    },
}

impl HeadEndError {
    /// The stable code word.
    pub fn code(&self) -> Code {
        match self {
            HeadEndError::Setup { .. } => Code::Config,
            HeadEndError::File { .. } => Code::File,
            HeadEndError::Pack { .. } => Code::Pack,
            HeadEndError::Secret(error) => error.code(),
            HeadEndError::Certificate { .. } => Code::Certificate,
            HeadEndError::Unreachable { .. } | HeadEndError::NoAnswer { .. } => Code::HeadEndSilent,
            HeadEndError::Garbled { .. } => Code::HeadEndGarbled,
            HeadEndError::OutcomeUnknown { .. } => Code::OutcomeUnknown,
            HeadEndError::Outbox { .. } => Code::Outbox,
            HeadEndError::Register { .. } | HeadEndError::Incomplete { .. } => Code::BadValue,
            HeadEndError::NotSupported { .. } => Code::NotSupported,
        }
    }
}
