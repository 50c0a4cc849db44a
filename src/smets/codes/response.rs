//! Response codes of the DCC user interface.

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

const TEXT: &str = include_str!("../../../data/smets/response_codes.json");

static CODES: LazyLock<File> = LazyLock::new(|| serde_json::from_str(TEXT).unwrap_or_default());

#[derive(Debug, Default, Deserialize)]
struct File {
    records: Vec<ResponseCode>,
}

/// One response code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResponseCode {
    /// The code, such as `I99`, `E19` or `E120201`.
    pub code: String,
    /// `information`, `warning` or `error`.
    pub kind: String,
    /// Finer class, where known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub class: Option<String>,
    /// What it means; absent where no public text was read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub meaning: Option<String>,
    /// The one service reference it belongs to, read off its shape.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service_reference: Option<String>,
    /// What an installer does about it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub installer: Option<String>,
}

/// Every code.
pub fn all() -> &'static [ResponseCode] {
    &CODES.records
}

/// The record of a code.
pub fn find(code: &str) -> Option<&'static ResponseCode> {
    let wanted = code.trim();
    all().iter().find(|record| record.code.eq_ignore_ascii_case(wanted))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::smets::catalogue::Catalogue;

    #[test]
    fn file_holds_every_code_and_its_reference_exists() {
        let file: File = serde_json::from_str(TEXT).expect("the data file parses");
        assert_eq!(file.records.len(), 194);
        assert_eq!(file.records.iter().filter(|record| record.meaning.is_some()).count(), 15);
        for record in &file.records {
            if let Some(reference) = &record.service_reference {
                assert!(Catalogue::shipped().variants(reference).next().is_some(), "{}", record.code);
                let number =
                    |range: std::ops::Range<usize>| record.code.get(range).and_then(|digits| digits.parse::<u8>().ok());
                assert_eq!(number(1..3).zip(number(3..5)).map(|(x, y)| format!("{x}.{y}")).as_ref(), Some(reference));
            }
        }
    }
}
