//! The rows of the ledger as types.

use serde::Serialize;

use crate::meter::MeterRef;
use crate::sts::Token;

/// Who acts, and with what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Author {
    /// Name of the person as the system or the configuration gives it.
    pub operator: String,
    /// Name of the machine.
    pub host: String,
    /// Program and version.
    pub tool: String,
}

macro_rules! words {
    ($(#[$meta:meta])* $name:ident { $($(#[$variant_meta:meta])* $variant:ident $word:literal,)* }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum $name { $($(#[$variant_meta])* $variant,)* }

        impl $name {
            /// Every value, in the order of the table.
            pub const ALL: &'static [$name] = &[$($name::$variant,)*];

            /// The word stored and shown.
            pub const fn word(self) -> &'static str {
                match self { $($name::$variant => $word,)* }
            }

            /// The value of a stored word.
            pub fn from_word(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|value| value.word() == word)
            }
        }

        impl Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.word())
            }
        }
    };
}

words! {
    /// What is done to a meter.
    Operation {
        /// A token goes in.
        EnterToken "token-enter",
        /// One section of a key-change set goes in.
        KeyChange "key-change",
        /// An object is written.
        WriteObject "write",
        /// The clock is set.
        SetClock "clock-set",
        /// The supply relay is switched.
        SwitchRelay "relay",
        /// A limit is set.
        SetLimit "limit-set",
        /// Keys or a password of the meter's interface are replaced.
        ChangeKeys "keys-change",
        /// A firmware image is transferred.
        TransferFirmware "firmware-transfer",
        /// The meter switches to a firmware image.
        ActivateFirmware "firmware-activate",
        /// A step of a commissioning plan.
        Commission "commission",
        /// A job of a bulk run, from its beginning to its end; its steps have rows of their own.
        BulkJob "bulk-job",
    }
}

words! {
    /// How an act ended.
    Outcome {
        /// The meter took it.
        Accepted "accepted",
        /// The meter said no, and nothing changed.
        Refused "refused",
        /// It never reached the meter, or surely had no effect.
        Failed "failed",
        /// It cannot be told whether the meter acted.
        Unknown "unknown",
    }
}

words! {
    /// The two kinds of row.
    EntryKind {
        /// Written before anything is sent.
        Intent "intent",
        /// Written when the end is known.
        Outcome "outcome",
    }
}

/// A token as the ledger keeps it: enough to recognise it again, not enough to read it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TokenMark {
    /// HMAC-SHA-256 of the twenty digits under this ledger's own salt, in lower-case hex.
    pub hash: String,
    /// The last four digits.
    pub last4: String,
}

/// What is about to be done: the content of an intent.
#[derive(Debug, Clone, PartialEq)]
pub struct Act<'a> {
    /// The meter it concerns.
    pub meter: &'a MeterRef,
    /// What is done.
    pub operation: Operation,
    /// The token, when one goes in. Only its mark is stored.
    pub token: Option<Token>,
    /// Job this act belongs to, for resuming a bulk run or a plan.
    pub job: Option<&'a str>,
    /// What it is about, without secrets: object, old and new value, section of a set.
    pub detail: serde_json::Value,
}

/// One row as stored.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Entry {
    /// Position in the ledger, from 1, without gaps.
    pub seq: i64,
    /// When the row was written, RFC 3339 UTC.
    pub at: String,
    /// Intent or outcome.
    pub kind: EntryKind,
    /// For an outcome, the row of its intent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub intent: Option<i64>,
    /// The meter.
    pub meter: MeterRef,
    /// The number as stored, when it is not a DRN: earlier versions kept what the meter reported. The hash covers it.
    #[serde(skip)]
    pub(super) stored_drn: Option<String>,
    /// What is done.
    pub operation: Operation,
    /// The token, as a mark.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub token: Option<TokenMark>,
    /// Job, when the act belongs to one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub job: Option<String>,
    /// What it is about.
    pub detail: serde_json::Value,
    /// For an outcome, how it ended.
    #[serde(rename = "ending", skip_serializing_if = "Option::is_none")]
    pub outcome: Option<Outcome>,
    /// Who acted.
    pub operator: String,
    /// On which machine.
    pub host: String,
    /// With which program and version.
    pub tool: String,
    /// SHA-256 over the row before and this row, lower-case hex.
    pub hash: String,
}

/// A row as texts, in the order of the chain's fields: what stores of another kind keep, and give back unchanged.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct EntryText {
    /// Position in the ledger, from 1.
    pub seq: i64,
    /// When it was written, RFC 3339 UTC.
    pub at: String,
    /// `intent` or `outcome`.
    pub kind: String,
    /// For an outcome, the row of its intent.
    pub intent: Option<i64>,
    /// Serial number of the meter.
    pub serial: Option<String>,
    /// STS meter number.
    pub drn: Option<String>,
    /// What is done.
    pub operation: String,
    /// Keyed hash of the token.
    pub token_hash: Option<String>,
    /// Last four digits of the token.
    pub token_last4: Option<String>,
    /// Job.
    pub job: Option<String>,
    /// What it is about, as JSON.
    pub detail: String,
    /// For an outcome, how it ended.
    pub ending: Option<String>,
    /// Who acted.
    pub operator: String,
    /// On which machine.
    pub host: String,
    /// With which program and version.
    pub tool: String,
    /// SHA-256 over the row before and this row, lower-case hex.
    pub hash: String,
}

impl From<&Entry> for EntryText {
    fn from(entry: &Entry) -> Self {
        let token = entry.token.as_ref();
        EntryText {
            seq: entry.seq,
            at: entry.at.clone(),
            kind: entry.kind.word().to_owned(),
            intent: entry.intent,
            serial: entry.meter.serial.clone(),
            drn: entry.meter.drn.map(|drn| drn.to_string()).or_else(|| entry.stored_drn.clone()),
            operation: entry.operation.word().to_owned(),
            token_hash: token.map(|token| token.hash.clone()),
            token_last4: token.map(|token| token.last4.clone()),
            job: entry.job.clone(),
            detail: entry.detail.to_string(),
            ending: entry.outcome.map(|outcome| outcome.word().to_owned()),
            operator: entry.operator.clone(),
            host: entry.host.clone(),
            tool: entry.tool.clone(),
            hash: entry.hash.clone(),
        }
    }
}
