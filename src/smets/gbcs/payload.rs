//! What a device answers inside a GBCS response: done, refused, taken for later.
//!
//! The DCC answers I0 as soon as the device has answered, whatever it said; only the content tells whether the command
//! was carried out. Content comes in three forms: DLMS access responses (electricity, hub), ZigBee cluster frames (gas,
//! prepayment) and ASN.1 (security, firmware, joining).

use serde::Serialize;
use time::OffsetDateTime;

use super::{asn1, dlms, zigbee};

/// What became of a command, by the device's own word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// Every part was carried out.
    Done,
    /// The device refused a part, or failed at it.
    Refused,
    /// Nothing was refused, and the device has no such data.
    NotFound,
    /// Taken for a later time; an alert (8F66 or 8F67) tells how that went.
    FutureDated,
    /// The part that tells is encrypted for the other party.
    Encrypted,
    /// The form of the answer is not known here.
    NotRead,
}

impl Outcome {
    /// The outcome in a sentence for the installer.
    pub const fn in_words(self) -> &'static str {
        match self {
            Outcome::Done => "delivered, and the device did it",
            Outcome::Refused => "delivered, and the device refused",
            Outcome::NotFound => "delivered, and the device has no such data",
            Outcome::FutureDated => {
                "delivered, and the device took it; it takes effect later, and an alert (8F66 or 8F67) tells how that goes"
            }
            Outcome::Encrypted => "delivered; the device's answer is encrypted for the party that asked",
            Outcome::NotRead => "delivered; the form of the device's answer is not known here",
        }
    }
}

/// The answer to one part of a command.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ItemResult {
    /// Its place, from 1.
    pub item: usize,
    /// What was asked: `get`, `set`, `action`, or a ZigBee or ASN.1 part.
    pub part: String,
    /// The number the device gave, in hex.
    pub code: String,
    /// What it means, where that is public.
    pub meaning: String,
    /// Whether it is a refusal or fault.
    pub refused: bool,
}

/// A value in the clear.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NamedValue {
    /// What it is, such as `firmware_version`.
    pub name: &'static str,
    /// The value.
    pub value: String,
}

/// One entry of a device's log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LogEntry {
    /// When it was noted, UTC.
    #[serde(with = "time::serde::rfc3339::option", skip_serializing_if = "Option::is_none")]
    pub at: Option<OffsetDateTime>,
    /// Event or alert code, four hex digits.
    pub code: String,
    /// What it means, where that is public.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub event: Option<&'static str>,
}

/// What a device answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Payload {
    /// What became of the command.
    pub outcome: Outcome,
    /// Parts that were not plainly done, one by one.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub results: Vec<ItemResult>,
    /// Values in the clear.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub values: Vec<NamedValue>,
    /// Entries of a log in the clear.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub log: Vec<LogEntry>,
}

impl Payload {
    /// Reads the content of a response to a command with this message code.
    pub fn of_response(code: u16, content: &[u8]) -> Self {
        match content {
            [0xda, rest @ ..] => dlms::access_response(code, rest),
            [0x01, 0x09, rest @ ..] => zigbee::frames(code, rest),
            [0x02 | 0x05 | 0x30, ..] => asn1::answer(code, content),
            _ => Payload::only(Outcome::NotRead),
        }
    }

    /// An outcome and nothing else.
    pub(super) fn only(outcome: Outcome) -> Self {
        Payload { outcome, results: Vec::new(), values: Vec::new(), log: Vec::new() }
    }

    /// Values and log in one line: `supply state enabled; 32 entries of the log, the last 8F1F of 2014-12-31`.
    pub fn told(&self) -> Option<String> {
        let mut parts: Vec<String> = self
            .values
            .iter()
            .map(|NamedValue { name, value }| format!("{} {value}", name.replace('_', " ")))
            .collect();
        if let Some(last) = self.log.last() {
            let at = last.at.map(|at| format!(" of {}", at.date())).unwrap_or_default();
            let entries =
                if self.log.len() == 1 { "1 entry".to_owned() } else { format!("{} entries", self.log.len()) };
            parts.push(format!("{entries} of the log, the last {}{at}", last.code));
        }
        (!parts.is_empty()).then(|| parts.join("; "))
    }

    /// The refusals in one line: `item 5, action: other reason (FA)`.
    pub fn refusals(&self) -> String {
        let words = |result: &ItemResult| {
            format!("item {}, {}: {} ({})", result.item, result.part, result.meaning, result.code)
        };
        self.results.iter().filter(|result| result.refused).map(words).collect::<Vec<_>>().join("; ")
    }
}

/// An entry of a log.
pub(super) fn log_entry(seconds: u32, code: u16) -> LogEntry {
    let code = format!("{code:04X}");
    let event = crate::smets::codes::device_alert::find(&code).map(|alert| alert.name.as_str());
    LogEntry { at: super::zigbee_time(seconds), code, event }
}
