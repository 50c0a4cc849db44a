//! How a job ended.

use serde::Serialize;
use serde_json::Value;

use crate::ledger::Outcome;

/// The end of a job in one word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum JobOutcome {
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

impl JobOutcome {
    /// Every outcome, the good ones first.
    pub const ALL: [JobOutcome; 6] = [
        JobOutcome::Done,
        JobOutcome::Planned,
        JobOutcome::Failed,
        JobOutcome::Stopped,
        JobOutcome::Unknown,
        JobOutcome::Interrupted,
    ];

    /// The word in results.
    pub const fn word(self) -> &'static str {
        match self {
            JobOutcome::Done => "done",
            JobOutcome::Planned => "planned",
            JobOutcome::Failed => "failed",
            JobOutcome::Stopped => "stopped",
            JobOutcome::Unknown => "unknown",
            JobOutcome::Interrupted => "interrupted",
        }
    }

    /// The outcome of a word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|outcome| outcome.word() == word)
    }

    /// How the ledger has it.
    pub const fn ledger_outcome(self) -> Outcome {
        match self {
            JobOutcome::Done => Outcome::Accepted,
            JobOutcome::Stopped => Outcome::Refused,
            JobOutcome::Unknown => Outcome::Unknown,
            JobOutcome::Planned | JobOutcome::Failed | JobOutcome::Interrupted => Outcome::Failed,
        }
    }

    /// Whether the job may count as done.
    pub const fn is_good(self) -> bool {
        matches!(self, JobOutcome::Done | JobOutcome::Planned)
    }
}

impl Serialize for JobOutcome {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.word())
    }
}

/// What became of a job.
#[derive(Debug, Clone, PartialEq)]
pub struct JobEnd {
    /// In one word.
    pub outcome: JobOutcome,
    /// Done, and nothing had to be changed: the meter was so before.
    pub already: bool,
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
