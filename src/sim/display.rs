//! What the display shows, in the style of one maker.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::sts::TokenResult;

/// Texts of one model. In a text `{wrong}` stands for wrong entries in a row, `{lockout_s}` for seconds until tokens
/// are taken again, `{number}` for the result's number, `{credit}` for the credit in kWh.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DisplayRule {
    /// The maker whose displays these are, as the knowledge base names it.
    pub vendor: String,
    /// What is shown when nothing was entered.
    pub idle: String,
    /// What is shown for a result that has no text of its own.
    pub refused: String,
    /// Texts of results.
    pub results: BTreeMap<TokenResult, String>,
}

/// Values a text may call for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DisplayValues {
    /// Wrong entries in a row.
    pub wrong_entries: u32,
    /// Seconds until tokens are taken again.
    pub lockout_s: u32,
    /// Credit in hundredths of a kWh.
    pub credit_hundredths: i64,
}

impl DisplayRule {
    /// The text for a result.
    pub fn result(&self, result: TokenResult, values: DisplayValues) -> String {
        let text = self.results.get(&result).unwrap_or(&self.refused);
        fill(text, values).replace("{number}", &result_number(result).to_string())
    }

    /// The text at rest.
    pub fn idle(&self, values: DisplayValues) -> String {
        fill(&self.idle, values)
    }
}

/// The number of a result on displays and on the line. Numbers of the third and fourth section were never published;
/// 17 and 18 are a choice made here.
pub fn result_number(result: TokenResult) -> u8 {
    result.number().unwrap_or(match result {
        TokenResult::ThirdKct => 17,
        TokenResult::FourthKct => 18,
        _ => 0,
    })
}

fn fill(text: &str, values: DisplayValues) -> String {
    let credit = values.credit_hundredths;
    let sign = if credit < 0 { "-" } else { "" };
    let credit = credit.unsigned_abs();
    text.replace("{wrong}", &values.wrong_entries.to_string())
        .replace("{lockout_s}", &values.lockout_s.to_string())
        .replace("{credit}", &format!("{sign}{}.{:02}", credit / 100, credit % 100))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_filled_in() {
        let rule = DisplayRule {
            vendor: "CLOU".to_owned(),
            idle: "{credit}".to_owned(),
            refused: "Reject-{wrong}".to_owned(),
            results: BTreeMap::from([(TokenResult::FirstKct, "PLS_2nd {number}".to_owned())]),
        };
        let values = DisplayValues { wrong_entries: 3, lockout_s: 0, credit_hundredths: -1205 };
        assert_eq!(rule.result(TokenResult::CrcError, values), "Reject-3");
        assert_eq!(rule.result(TokenResult::FirstKct, values), "PLS_2nd 2");
        assert_eq!(rule.idle(values), "-12.05");
    }
}
