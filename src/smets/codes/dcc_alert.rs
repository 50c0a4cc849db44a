//! Alerts the DCC raises itself. A message is known by its body: the schema ties no code to it.

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

const TEXT: &str = include_str!("../../../data/smets/dcc_alerts.json");

static ALERTS: LazyLock<File> = LazyLock::new(|| serde_json::from_str(TEXT).unwrap_or_default());

#[derive(Debug, Default, Deserialize)]
struct File {
    all_codes: Vec<String>,
    records: Vec<DccAlert>,
}

/// One message of the DCC.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DccAlert {
    /// Its name.
    pub message: String,
    /// Its body element.
    pub element: String,
    /// Fields of the body.
    pub fields: Vec<String>,
    /// What it says.
    pub meaning: String,
    /// Codes seen with it in a sample message.
    pub codes: Vec<String>,
    /// Codes recalled for it, not read in any document.
    pub codes_unverified: Vec<String>,
    /// Whether users listed it among what they need.
    pub named_by_users: bool,
}

/// How sure it is that a code belongs to a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum CodeStanding {
    /// Seen together in a sample message.
    Verified,
    /// Recalled, not read in a document.
    Unverified,
    /// Only known to exist.
    CodeOnly,
}

/// Every message.
pub fn all() -> &'static [DccAlert] {
    &ALERTS.records
}

/// Every code the interface allows.
pub fn codes() -> &'static [String] {
    &ALERTS.all_codes
}

/// The message with this body element.
pub fn by_element(element: &str) -> Option<&'static DccAlert> {
    all().iter().find(|alert| alert.element == element)
}

/// What is known of a code: the code as written in the interface, the message, and how sure that is.
pub fn by_code(code: &str) -> Option<(&'static str, Option<&'static DccAlert>, CodeStanding)> {
    let wanted = code.trim();
    let code = codes().iter().find(|known| known.eq_ignore_ascii_case(wanted))?;
    if let Some(alert) = all().iter().find(|alert| alert.codes.contains(code)) {
        return Some((code, Some(alert), CodeStanding::Verified));
    }
    match all().iter().find(|alert| alert.codes_unverified.contains(code)) {
        Some(alert) => Some((code, Some(alert), CodeStanding::Unverified)),
        None => Some((code, None, CodeStanding::CodeOnly)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn file_holds_every_message_and_code() {
        let file: File = serde_json::from_str(TEXT).expect("the data file parses");
        assert_eq!((file.records.len(), file.all_codes.len()), (24, 66));
        assert_eq!(file.records.iter().filter(|record| record.named_by_users).count(), 18);
        for code in file.records.iter().flat_map(|record| record.codes.iter().chain(&record.codes_unverified)) {
            assert!(file.all_codes.contains(code), "{code}");
        }
    }

    #[test]
    fn only_the_sampled_code_is_verified() {
        let standing = |code| by_code(code).map(|(_, _, standing)| standing);
        assert_eq!(standing("n24"), Some(CodeStanding::Verified));
        assert_eq!(standing("AD1"), Some(CodeStanding::Unverified));
        assert_eq!(standing("N65"), Some(CodeStanding::CodeOnly));
        assert_eq!(standing("N32"), None);
    }
}
