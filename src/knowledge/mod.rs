//! What displays, short codes and result words mean.
//!
//! The facts are records in files under `data/`, embedded in the program and parsed only when something is looked
//! up; a user's own file of the same form adds to them. Other tables of codes join by giving [`KnowledgeEntry`]s.

pub mod glossary;
mod lookup;
mod records;
pub mod refusals;
mod text;

use serde::{Deserialize, Serialize, Serializer};

use crate::sts::TokenResult;

pub use lookup::{Fit, Knowledge, Lookup, Query};
pub use records::{DisplayRecord, Records, RecordsError, ShortCode};

/// What kind of thing a text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Shown by a meter.
    Display,
    /// Typed at a meter's keypad.
    ShortCode,
    /// A result word or number of a token.
    TokenResult,
    /// A cause that `diagnose` names.
    Cause,
    /// A code word of this program's errors.
    ErrorCode,
    /// A number this program ends with.
    ExitCode,
    /// What a DLMS meter answers instead of a value.
    MeterRefusal,
    /// A response code of the DCC (GB smart metering).
    ResponseCode,
    /// An alert the DCC raises.
    DccAlert,
    /// An alert a GB smart meter raises.
    DeviceAlert,
    /// A term of the trade, or what is seen on site.
    Term,
    /// A head-end's verdict.
    Verdict,
    /// A GB service request or role.
    Request,
}

impl Kind {
    /// Whether it is a code of the DCC or of GB meters.
    pub const fn is_gb_code(self) -> bool {
        matches!(self, Kind::ResponseCode | Kind::DccAlert | Kind::DeviceAlert)
    }

    /// The kind in words.
    pub const fn title(self) -> &'static str {
        match self {
            Kind::Display => "on the display",
            Kind::ShortCode => "short code",
            Kind::TokenResult => "token result",
            Kind::Cause => "cause in a diagnosis",
            Kind::ErrorCode => "error code of wattkey",
            Kind::ExitCode => "exit code of wattkey",
            Kind::MeterRefusal => "a DLMS meter's refusal",
            Kind::ResponseCode => "response code of the DCC",
            Kind::DccAlert => "DCC alert",
            Kind::DeviceAlert => "alert of a GB smart meter",
            Kind::Term => "term",
            Kind::Verdict => "verdict of a head-end",
            Kind::Request => "GB service request or role",
        }
    }
}

/// What a display stands for, in terms other parts of the program work with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MapsTo {
    /// An answer to a token.
    Result(TokenResult),
    /// The load switch is open.
    RelayOpen,
    /// A tamper event.
    Tamper,
    /// Credit is low or gone.
    LowCredit,
    /// The display unit and the meter do not talk.
    CommError,
    /// None of these.
    Other,
}

impl MapsTo {
    /// The word records use.
    pub const fn word(self) -> &'static str {
        match self {
            MapsTo::Result(result) => result.word(),
            MapsTo::RelayOpen => "relay-open",
            MapsTo::Tamper => "tamper",
            MapsTo::LowCredit => "low-credit",
            MapsTo::CommError => "comm-error",
            MapsTo::Other => "other",
        }
    }

    /// The token result, where it is one.
    pub const fn result(self) -> Option<TokenResult> {
        if let MapsTo::Result(result) = self { Some(result) } else { None }
    }
}

impl Serialize for MapsTo {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.word())
    }
}

impl<'de> Deserialize<'de> for MapsTo {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let word = String::deserialize(deserializer)?;
        [MapsTo::RelayOpen, MapsTo::Tamper, MapsTo::LowCredit, MapsTo::CommError, MapsTo::Other]
            .into_iter()
            .find(|known| known.word() == word)
            .or_else(|| word.parse().ok().map(MapsTo::Result))
            .ok_or_else(|| {
                serde::de::Error::custom(format!(
                    "{word:?} is neither a token result nor relay-open, tamper, low-credit, comm-error or other"
                ))
            })
    }
}

/// How well a record is supported by its source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Confidence {
    /// Hearsay, or a page that contradicts others.
    Low,
    /// One page that reads well.
    Medium,
    /// The maker's own manual, or checked by arithmetic.
    High,
}

/// One thing that a text may mean.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct KnowledgeEntry {
    /// What kind of thing it is.
    pub kind: Kind,
    /// Maker or fleet, where it holds for one only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub vendor: Option<String>,
    /// Models it was seen on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub models: Option<String>,
    /// The text, code or number itself.
    pub text: String,
    /// Other texts it is found under; `?` is any digit, `17..255` a range of whole numbers.
    #[serde(skip)]
    pub also: Vec<String>,
    /// 16 where the meter counts in hexadecimal, else 10.
    #[serde(skip)]
    pub radix: u32,
    /// What it means, in one clause.
    pub meaning: String,
    /// The same in terms of the program, where it has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub maps_to: Option<MapsTo>,
    /// Class of an alert or code, such as `critical`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub class: Option<String>,
    /// Who is sent an alert, where that is public; empty where it is only logged.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recipients: Option<Vec<String>>,
    /// Whether the meaning is recalled, not read in any document.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub unverified: bool,
    /// What may be behind it, most likely first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub likely_causes: Vec<String>,
    /// What to do, in order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub next_steps: Vec<String>,
    /// Where it is written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// How well the source supports it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub confidence: Option<Confidence>,
}

impl KnowledgeEntry {
    /// A reading that holds for all meters, with nothing but its meaning.
    pub fn new(kind: Kind, text: impl Into<String>, meaning: impl Into<String>) -> Self {
        KnowledgeEntry {
            kind,
            vendor: None,
            models: None,
            text: text.into(),
            also: Vec::new(),
            radix: 10,
            meaning: meaning.into(),
            maps_to: None,
            class: None,
            recipients: None,
            unverified: false,
            likely_causes: Vec::new(),
            next_steps: Vec::new(),
            source: None,
            confidence: None,
        }
    }

    /// The same reading with a next step.
    #[must_use]
    pub fn step(mut self, step: impl Into<String>) -> Self {
        self.next_steps.push(step.into());
        self
    }

    /// The same reading, found under another text too.
    #[must_use]
    pub fn also(mut self, text: impl Into<String>) -> Self {
        self.also.push(text.into());
        self
    }
}
