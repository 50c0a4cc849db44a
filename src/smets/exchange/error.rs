//! Why a request did not come through.

use std::path::{Path, PathBuf};

use crate::error::Code;
use crate::smets::counters::CounterFileError;
use crate::smets::duis::build::BuildError;

/// Why a request did not come through.
#[derive(Debug, thiserror::Error)]
pub enum ExchangeError {
    /// The adaptor's address cannot be used.
    #[error("the adaptor {0:?} is no plain HTTP address")]
    Address(String),
    /// Nobody answers at the adaptor's address.
    #[error("{url} is not reached: {problem}; nothing was sent")]
    NotReached {
        /// Address of the service.
        url: String,
        /// What the system said.
        problem: String,
    },
    /// The adaptor took the request and gave no whole answer.
    #[error("{url} took the request and gave no whole answer: {problem}")]
    Unanswered {
        /// Address of the service.
        url: String,
        /// What went wrong.
        problem: String,
    },
    /// A signing program failed, or did something else than sign.
    #[error("{0}; nothing was sent")]
    Signing(String),
    /// Text that is not the one message it has to be.
    #[error("{what} {problem}")]
    Message {
        /// Where it is from.
        what: String,
        /// What is wrong with it.
        problem: String,
        /// Whether it is well formed, and only not what it has to be.
        is_readable: bool,
    },
    /// The check found an error.
    #[error("{0}; nothing was sent")]
    Check(String),
    /// The answer is none to this request.
    #[error("the adaptor answers {0}")]
    Reply(String),
    /// The pre-command, or what a signing program made of it, is not the command that was asked for.
    #[error("{0}")]
    Misfit(String),
    /// What was given as the signed command is none, or another one.
    #[error("{0}")]
    SignedCommand(String),
    /// What was given as the answer to a command that is out is the answer to something else.
    #[error("{0}")]
    ForeignResponse(String),
    /// A step that does not come next.
    #[error("{0}")]
    Stage(String),
    /// The counter was sent before, or its file cannot be kept.
    #[error(transparent)]
    Counter(#[from] CounterFileError),
    /// The request with the signed command cannot be built.
    #[error(transparent)]
    Build(#[from] BuildError),
    /// A file cannot be read or written.
    #[error("{path} cannot be kept: {source}", path = path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
}

impl ExchangeError {
    /// A file that cannot be read or written.
    pub(super) fn file(path: &Path, source: std::io::Error) -> Self {
        ExchangeError::File { path: path.to_owned(), source }
    }

    /// The stable code word.
    pub fn code(&self) -> Code {
        match self {
            ExchangeError::Address(_) | ExchangeError::Build(_) | ExchangeError::Message { is_readable: true, .. } => {
                Code::BadValue
            }
            ExchangeError::NotReached { .. } => Code::NoReply,
            ExchangeError::Unanswered { .. } => Code::OutcomeUnknown,
            ExchangeError::Signing(_) => Code::Authentication,
            ExchangeError::Message { is_readable: false, .. } => Code::Garbled,
            ExchangeError::Check(_)
            | ExchangeError::Misfit(_)
            | ExchangeError::SignedCommand(_)
            | ExchangeError::ForeignResponse(_)
            | ExchangeError::Stage(_) => Code::Unsafe,
            ExchangeError::Reply(_) => Code::Unexpected,
            ExchangeError::Counter(error) => error.code(),
            ExchangeError::File { .. } => Code::File,
        }
    }

    /// What to do about it.
    pub fn hint(&self) -> Option<&'static str> {
        Some(match self {
            ExchangeError::Address(_) => {
                "Write it as http://localhost:8079; in front of a TLS address put a local proxy such as stunnel."
            }
            ExchangeError::NotReached { .. } => "Check that the adaptor runs and the address is right.",
            ExchangeError::Unanswered { .. } => {
                "Look at what the adaptor received before sending anything again; the counter is used up."
            }
            ExchangeError::Signing(_) => {
                "A signing program reads on standard input what is to be signed, writes the signed form on standard output, and changes nothing else."
            }
            ExchangeError::Check(_) => "`wattkey smets request check` lists everything.",
            ExchangeError::Reply(_) => {
                "What became of the request is not known; the counter is used up. Read the adaptor's log before it is sent again."
            }
            ExchangeError::Misfit(_) => "Do not sign it. Run again to have the request transformed anew.",
            ExchangeError::SignedCommand(_) => "Have the pre-command signed again; nothing was sent.",
            ExchangeError::ForeignResponse(_) => {
                "The command is out: send nothing again, and give the answer to its own ID."
            }
            ExchangeError::Counter(CounterFileError::Damaged { .. }) => {
                "Restore it from a copy; without it counters could go back."
            }
            ExchangeError::Counter(CounterFileError::Used { .. }) => "Build the request again without --counter.",
            ExchangeError::Message { .. }
            | ExchangeError::Stage(_)
            | ExchangeError::Counter(CounterFileError::Io { .. })
            | ExchangeError::Build(_)
            | ExchangeError::File { .. } => return None,
        })
    }
}
