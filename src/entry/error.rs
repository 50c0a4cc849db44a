//! Why tokens did not go in, or why it ended without a document.

use crate::error::Code;
use crate::ledger::LedgerError;
use crate::meter::MeterError;
use crate::sts::Drn;

/// Why nothing was entered.
#[derive(Debug, thiserror::Error)]
pub enum EntryError {
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
    /// The sections do not make a key.
    #[error("{problem}; nothing was sent")]
    NoKey {
        /// What is wrong.
        problem: String,
    },
    /// Line or meter.
    #[error(transparent)]
    Meter(#[from] MeterError),
    /// The ledger.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
}

impl EntryError {
    /// The stable code word.
    pub fn code(&self) -> Code {
        match self {
            EntryError::OtherMeter { .. } | EntryError::Nameless { .. } | EntryError::SetForAnother { .. } => {
                Code::WrongMeter
            }
            EntryError::OtherKey { .. }
            | EntryError::Unreadable { .. }
            | EntryError::CannotTell
            | EntryError::SectionMissing { .. }
            | EntryError::Stray { .. }
            | EntryError::NoKey { .. } => Code::Unsafe,
            EntryError::Meter(error) => error.code(),
            EntryError::Ledger(error) => error.code(),
        }
    }
}
