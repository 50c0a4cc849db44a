//! How a job ended.

use serde::Serialize;
use serde_json::Value;

use crate::ledger::Ending;

/// The end of a job in one word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Verdict {
    /// Every step that had to be is done.
    Done,
    /// A dry run: this is what would be done.
    Planned,
    /// A step is known not to be achieved.
    Failed,
    /// Stopped for safety: wrong meter, suspected clone, confirmation missing.
    Stopped,
    /// It cannot be told whether the meter acted: left for a person.
    Unknown,
    /// The user broke off after a step.
    Interrupted,
}

impl Verdict {
    /// Every verdict, the good ones first.
    pub const ALL: [Verdict; 6] =
        [Verdict::Done, Verdict::Planned, Verdict::Failed, Verdict::Stopped, Verdict::Unknown, Verdict::Interrupted];

    /// The word in results.
    pub const fn word(self) -> &'static str {
        match self {
            Verdict::Done => "done",
            Verdict::Planned => "planned",
            Verdict::Failed => "failed",
            Verdict::Stopped => "stopped",
            Verdict::Unknown => "unknown",
            Verdict::Interrupted => "interrupted",
        }
    }

    /// The verdict of a word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|verdict| verdict.word() == word)
    }

    /// How the ledger has it.
    pub const fn ending(self) -> Ending {
        match self {
            Verdict::Done => Ending::Accepted,
            Verdict::Stopped => Ending::Refused,
            Verdict::Unknown => Ending::Unknown,
            Verdict::Planned | Verdict::Failed | Verdict::Interrupted => Ending::Failed,
        }
    }

    /// Whether the job may count as done.
    pub const fn is_good(self) -> bool {
        matches!(self, Verdict::Done | Verdict::Planned)
    }
}

impl Serialize for Verdict {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.word())
    }
}

/// What became of a job.
#[derive(Debug, Clone, PartialEq)]
pub struct JobEnd {
    /// In one word.
    pub verdict: Verdict,
    /// What it is counted under when it is not done: a code word, or step and state.
    pub cause: Option<String>,
    /// In a sentence.
    pub message: Option<String>,
    /// Exit code the job alone would have given.
    pub exit: u8,
    /// The whole report, for the certificate.
    pub report: Value,
    /// Set when no further job may begin: the ledger cannot be written.
    pub fatal: bool,
}
