//! Why nothing was changed.

use crate::diagnosis::key_change_set::Contradiction;
use crate::error::Code;
use crate::ledger::LedgerError;
use crate::meter::MeterError;
use crate::sts::{BaseDate, Drn, Token};

/// Why a job is stopped for safety, in one word for counts: the code words `unsafe` and `wrong-meter` each stand for
/// several of these.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SafetyCause {
    /// Another meter than the one meant, or a set for another.
    WrongMeter,
    /// The sections do not belong together, or do not lead from this meter's key to the one wanted.
    SetMismatch,
    /// The meter's numbers or its code were met on another meter.
    Clone,
    /// Nothing at hand shows that the set is this meter's.
    Unproven,
    /// The set moves to a later base date without the roll-over bit.
    NoRollover,
}

impl SafetyCause {
    /// The word in results.
    pub const fn word(self) -> &'static str {
        match self {
            SafetyCause::WrongMeter => "wrong-meter",
            SafetyCause::SetMismatch => "set-mismatch",
            SafetyCause::Clone => "clone",
            SafetyCause::Unproven => "unproven",
            SafetyCause::NoRollover => "no-rollover",
        }
    }
}

/// Why nothing was changed: whatever is said here, nothing of it reached the meter.
#[derive(Debug, thiserror::Error)]
pub enum ChangeError {
    /// Another meter answers.
    #[error("this meter's {name} is {found}, and {wanted} is expected; nothing was sent")]
    OtherMeter {
        /// Which number differs.
        name: &'static str,
        /// The meter's.
        found: String,
        /// That of the meter that is meant.
        wanted: String,
    },
    /// The meter does not tell the number by which it is to be known.
    #[error("this meter does not tell its {name}, and {wanted} is expected; nothing was sent")]
    Nameless {
        /// Which number is not told.
        name: &'static str,
        /// That of the meter that is meant.
        wanted: String,
    },
    /// The set reads for another meter.
    #[error("the set is for meter {drn}, and this is another; nothing was sent")]
    SetForAnother {
        /// Whose it is.
        drn: Drn,
    },
    /// The set starts from another key.
    #[error("the set does not fit this meter's key: {why}")]
    OtherKey {
        /// Every difference.
        why: String,
        /// The key the meter is on.
        present: String,
    },
    /// The keys that read this meter's tokens do not read the set.
    #[error("the set does not read under this meter's key; nothing was sent")]
    Unreadable {
        /// The key the meter is on.
        present: String,
    },
    /// Neither a key nor an expected number says whose set it is.
    #[error("it cannot be told whether the set is for this meter; nothing was sent")]
    CannotTell,
    /// The set is not whole.
    #[error("section {sections} of the set is missing; nothing was sent")]
    SectionMissing {
        /// The numbers of those that are missing.
        sections: String,
    },
    /// A token that belongs to no set.
    #[error("the token ending {last4} is no section of this set; nothing was sent")]
    Stray {
        /// Its last four digits.
        last4: String,
    },
    /// A token of the set has a wrong digit.
    #[error("the token ending {last4} has a wrong digit: {change} it is section {section}; nothing was sent")]
    SectionMistyped {
        /// Its last four digits.
        last4: String,
        /// What to change.
        change: String,
        /// The section it then is.
        section: u8,
        /// The token as it should be.
        token: Token,
    },
    /// More sections than a set of this meter has.
    #[error("{given} tokens are given, and a set of this meter has {most} sections; nothing was sent")]
    TooManySections {
        /// Different tokens given.
        given: usize,
        /// Sections of a set.
        most: u8,
    },
    /// A key at hand, a record, a plan or a token of the set speaks against it.
    #[error("{0}; nothing was sent")]
    Contradicted(#[from] Contradiction),
    /// The new secrets of a meter could not be kept before they are sent.
    #[error("the new keys could not be kept sealed, so nothing was sent: {0}")]
    NotKept(String),
    /// An earlier run was about to give the meter other secrets, and it holds some of them.
    #[error("an earlier change to other keys is unfinished at this meter; nothing was sent")]
    SecretsUnfinished,
    /// No run was broken off at this meter.
    #[error("no change of this meter's keys is unfinished; nothing was sent")]
    NothingToResume,
    /// The old token identifiers would stay in the meter's memory.
    #[error(
        "the set moves the meter from base date {from} to {to} without the roll-over bit: its old token identifiers stay, \
         and it would call every new token old; nothing was sent"
    )]
    NoRollover {
        /// Base date of the present key.
        from: BaseDate,
        /// Base date of the new key.
        to: BaseDate,
    },
    /// The sections do not make a key.
    #[error("{problem}; nothing was sent")]
    NoKey {
        /// What is wrong.
        problem: String,
    },
    /// Line or meter, before anything was sent that changes it.
    #[error(transparent)]
    Meter(#[from] MeterError),
    /// The intent could not be recorded.
    #[error("{0}; what it could not record is not sent")]
    Ledger(#[from] LedgerError),
    /// The user asked to stop before it was sent.
    #[error("stopped before this was sent")]
    Interrupted,
}

impl ChangeError {
    /// The cause that counts are kept under, where the code word is too wide.
    pub fn safety_cause(&self) -> Option<SafetyCause> {
        match self {
            ChangeError::CannotTell => Some(SafetyCause::Unproven),
            ChangeError::NoRollover { .. } => Some(SafetyCause::NoRollover),
            ChangeError::OtherMeter { .. } | ChangeError::Nameless { .. } | ChangeError::SetForAnother { .. } => {
                Some(SafetyCause::WrongMeter)
            }
            ChangeError::OtherKey { .. }
            | ChangeError::Unreadable { .. }
            | ChangeError::SectionMissing { .. }
            | ChangeError::Stray { .. }
            | ChangeError::SectionMistyped { .. }
            | ChangeError::TooManySections { .. }
            | ChangeError::Contradicted(_)
            | ChangeError::NoKey { .. } => Some(SafetyCause::SetMismatch),
            ChangeError::Meter(_)
            | ChangeError::Ledger(_)
            | ChangeError::NotKept(_)
            | ChangeError::SecretsUnfinished
            | ChangeError::NothingToResume
            | ChangeError::Interrupted => None,
        }
    }

    /// The stable code word.
    pub fn code(&self) -> Code {
        match self {
            ChangeError::OtherMeter { .. } | ChangeError::Nameless { .. } | ChangeError::SetForAnother { .. } => {
                Code::WrongMeter
            }
            ChangeError::OtherKey { .. }
            | ChangeError::Unreadable { .. }
            | ChangeError::CannotTell
            | ChangeError::SectionMissing { .. }
            | ChangeError::Stray { .. }
            | ChangeError::SectionMistyped { .. }
            | ChangeError::TooManySections { .. }
            | ChangeError::Contradicted(_)
            | ChangeError::NoRollover { .. }
            | ChangeError::SecretsUnfinished
            | ChangeError::NothingToResume
            | ChangeError::NoKey { .. } => Code::Unsafe,
            ChangeError::NotKept(_) => Code::File,
            ChangeError::Meter(error) => error.code(),
            ChangeError::Ledger(error) => error.code(),
            ChangeError::Interrupted => Code::Interrupted,
        }
    }
}
