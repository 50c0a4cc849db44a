//! The meter's own word about the token: a result, a remembered result, or a display with one meaning.

use super::evidence::Case;
use crate::sts::{Token, TokenResult};

/// Where an answer was seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// Told with the case, or read after entering the token.
    Result,
    /// The meter's last result, whose last token ends in this token's four digits.
    LastResult,
    /// A display text with one meaning for its vendor.
    Display,
}

/// What the meter said to this token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Answer {
    /// Its word.
    pub result: TokenResult,
    /// Where it was seen.
    pub source: Source,
}

/// The meter's answer to `token`, the most direct source first.
pub fn answer(case: &Case, token: Token) -> Option<Answer> {
    if let Some(result) = case.result {
        return Some(Answer { result, source: Source::Result });
    }
    if let Some(result) = case.display.as_ref().and_then(|display| display.meaning) {
        return Some(Answer { result, source: Source::Display });
    }
    let result = case.meter.as_ref()?.remembered_result(&token.last_four())?;
    Some(Answer { result, source: Source::LastResult })
}

/// The answer as evidence.
pub fn evidence(answer: Answer, case: &Case) -> String {
    let Answer { result, source } = answer;
    match (source, &case.display) {
        (Source::Display, Some(display)) => {
            let vendor = display.vendor.as_deref().unwrap_or_default();
            format!("the {vendor} display \"{}\" means {result}: {}", display.text, result.meaning())
        }
        (Source::LastResult, _) => format!(
            "the meter's last token ends in the same four digits, and its last result is {result}: {}",
            result.meaning()
        ),
        _ => format!("the meter answered {result}: {}", result.meaning()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnosis::display::Display;
    use crate::diagnosis::evidence::Readout;
    use crate::knowledge::Knowledge;
    use time::macros::datetime;

    fn case() -> Case {
        Case::of_token("51043465443420856213", datetime!(2026-11-21 00:00 UTC))
    }

    fn shown(vendor: &str, text: &str) -> Display {
        Display::look_up(&Knowledge::of_the_field().unwrap(), Some(vendor), text)
    }

    fn token() -> Token {
        "51043465443420856213".parse().unwrap()
    }

    #[test]
    fn only_a_check_sum_error_names_no_cause() {
        for result in TokenResult::ALL {
            assert_eq!(super::super::Cause::of_result(*result).is_none(), *result == TokenResult::CrcError, "{result}");
        }
    }

    #[test]
    fn the_result_goes_before_the_display_and_both_before_memory() {
        let mut case = case();
        assert_eq!(answer(&case, token()), None);
        case.meter = Some(Readout {
            last_result: Some(TokenResult::OldError),
            last_token: Some("6213".to_owned()),
            ..Readout::default()
        });
        assert_eq!(answer(&case, token()).map(|a| a.result), Some(TokenResult::OldError));
        case.display = Some(shown("Conlog", "10"));
        assert_eq!(answer(&case, token()).map(|a| a.result), Some(TokenResult::UsedError));
        case.result = Some(TokenResult::CrcError);
        assert_eq!(answer(&case, token()).map(|a| a.source), Some(Source::Result));
    }

    #[test]
    fn a_display_without_one_meaning_says_nothing() {
        let mut case = case();
        case.display = Some(shown("Itron", "EEEEE 02"));
        assert_eq!(answer(&case, token()), None);
    }
}
