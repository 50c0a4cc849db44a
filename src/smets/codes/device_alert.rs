//! Alerts a device raises itself (GBCS): code, class, recipients, what an installer does.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

const TEXT: &str = include_str!("../../../data/smets/device_alerts.json");

static ALERTS: LazyLock<File> = LazyLock::new(|| serde_json::from_str(TEXT).unwrap_or_default());

const WORDS_TEXT: &str = include_str!("../../../data/smets/alert_words.json");

/// What people say on site, and the words of alert names that it stands for.
static WORDS: LazyLock<WordFile> = LazyLock::new(|| serde_json::from_str(WORDS_TEXT).unwrap_or_default());

#[derive(Debug, Default, Deserialize)]
struct WordFile {
    words: BTreeMap<String, Vec<Vec<String>>>,
}

#[derive(Debug, Default, Deserialize)]
struct File {
    records: Vec<DeviceAlert>,
}

/// One alert or event code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeviceAlert {
    /// Four hex digits, upper case.
    pub code: String,
    /// What happened.
    pub name: String,
    /// `critical` or `non-critical`, from the first byte of the code.
    pub class: String,
    /// Whether the meter must have it, where a manual says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub requirement: Option<String>,
    /// 1 is code and time, 2 has a payload as well.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alert_type: Option<u8>,
    /// Whether it also goes to devices in the home.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub han_alert: Option<bool>,
    /// Logs it is kept in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub logs: Option<Vec<String>>,
    /// Who is sent it; absent where no manual was read, empty where it is only logged.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recipients: Option<Vec<String>>,
    /// Whether it cannot be switched off.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub always_on: Option<bool>,
    /// Whether it carries personal data.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sensitive: Option<bool>,
    /// Meters and parties for whom request 6.22 switches it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub configurable_by_6_22: Vec<String>,
    /// Set where the name is not published.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub unverified: bool,
    /// A remark on the sources.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// What an installer does about it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub installer: Option<String>,
}

/// Every code.
pub fn all() -> &'static [DeviceAlert] {
    &ALERTS.records
}

/// The record of a code, written `8F12`, `0x8F12` or `8f12`.
pub fn find(code: &str) -> Option<&'static DeviceAlert> {
    let code = code.trim();
    let wanted = code.strip_prefix("0x").or_else(|| code.strip_prefix("0X")).unwrap_or(code);
    all().iter().find(|alert| alert.code.eq_ignore_ascii_case(wanted))
}

/// Alerts that go by these words: in code or name, or by what the words stand for on site. Best first: those whose name
/// holds the words themselves.
pub fn search(query: &str) -> Vec<&'static DeviceAlert> {
    let query = query.trim().to_lowercase();
    if query.is_empty() {
        return Vec::new();
    }
    if let Some(alert) = find(&query) {
        return vec![alert];
    }
    let holds = |alert: &DeviceAlert, words: &[&str]| {
        let text = format!("{} {}", alert.name, alert.installer.as_deref().unwrap_or_default()).to_lowercase();
        words.iter().all(|word| text.contains(word))
    };
    let asked: Vec<&str> = query.split_whitespace().collect();
    let mut found: Vec<&DeviceAlert> = all().iter().filter(|alert| holds(alert, &asked)).collect();
    for meaning in WORDS.words.get(&query).into_iter().flatten() {
        let words: Vec<&str> = meaning.iter().map(String::as_str).collect();
        for alert in all().iter().filter(|alert| holds(alert, &words)) {
            if found.iter().all(|known| known.code != alert.code) {
                found.push(alert);
            }
        }
    }
    found
}

/// The class a code has by its first byte, known or not.
pub fn class(code: u16) -> &'static str {
    match code >> 8 {
        0x8f => "critical",
        0x80 | 0x81 => "non-critical",
        _ => "unknown",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn file_holds_every_code_with_the_class_of_its_first_byte() {
        let file: File = serde_json::from_str(TEXT).expect("the data file parses");
        assert_eq!(file.records.len(), 189);
        for alert in &file.records {
            let number = u16::from_str_radix(&alert.code, 16).expect("four hex digits");
            assert_eq!(alert.class, class(number), "{}", alert.code);
        }
    }

    #[test]
    fn words_of_the_site_find_their_alerts() {
        let codes = |query: &str| search(query).iter().map(|alert| alert.code.as_str()).collect::<Vec<_>>();
        for (query, code) in [
            ("brownout", "8006"),
            ("theft", "8F76"),
            ("reverse flow", "81BB"),
            ("tamper", "8F3F"),
            ("power cut", "8F36"),
            ("emergency credit", "8119"),
            ("0x8f12", "8F12"),
        ] {
            assert!(codes(query).contains(&code), "{query}: {:?}", codes(query));
        }
        assert!(search("no such thing").is_empty() && search(" ").is_empty());
        let file: WordFile = serde_json::from_str(WORDS_TEXT).expect("the data file parses");
        for (word, meanings) in &file.words {
            assert!(!search(word).is_empty() && !meanings.is_empty(), "{word} finds nothing");
        }
    }

    #[test]
    fn codes_are_found_in_every_spelling() {
        for spelling in ["8F12", "0x8F12", "8f12", " 0X8f12 "] {
            assert_eq!(find(spelling).map(|alert| alert.code.as_str()), Some("8F12"), "{spelling}");
        }
        assert!(find("8FFF").is_none());
    }
}
