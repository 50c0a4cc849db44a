//! Whether two names are of one maker: without legal form, by FLAG letters, by known variants.

use std::sync::LazyLock;

use serde::Deserialize;

const TEXT: &str = include_str!("../../data/makers.json");

static KNOWN: LazyLock<File> = LazyLock::new(|| serde_json::from_str(TEXT).unwrap_or_default());

#[derive(Debug, Default, Deserialize)]
struct File {
    legal_forms: Vec<String>,
    makers: Vec<Maker>,
}

#[derive(Debug, Deserialize)]
struct Maker {
    flag: Vec<String>,
    names: Vec<String>,
}

impl Maker {
    fn has(&self, name: &str) -> bool {
        self.flag.iter().any(|letters| letters.eq_ignore_ascii_case(name.trim()))
            || self.names.iter().any(|known| plain(known) == plain(name))
    }
}

/// A name in small letters, without punctuation, blanks and legal form: `Example Metering Co., Ltd.` is
/// `examplemetering`.
fn plain(name: &str) -> String {
    // S.A. and A/S are one word each.
    let joined: String = name.chars().filter(|c| !matches!(c, '.' | '/' | '\'' | '’')).collect();
    let lower = joined.to_lowercase();
    let words = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let (forms, name): (Vec<&str>, Vec<&str>) =
        words.partition(|word| KNOWN.legal_forms.iter().any(|form| form == word));
    // A name of nothing but such words is one.
    if name.is_empty() { forms.concat() } else { name.concat() }
}

/// Whether two names are of one maker.
pub fn is_same(left: &str, right: &str) -> bool {
    plain(left) == plain(right) || KNOWN.makers.iter().any(|maker| maker.has(left) && maker.has(right))
}

/// Whether a name is three FLAG letters, and these.
pub fn is_flag(name: &str, letters: &str) -> bool {
    let (name, letters) = (name.trim(), letters.trim());
    name.len() == 3 && name.bytes().all(|byte| byte.is_ascii_alphabetic()) && name.eq_ignore_ascii_case(letters)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn legal_form_case_and_punctuation_do_not_matter() {
        assert!(is_same("Example Metering", "EXAMPLE METERING Co., Ltd."));
        assert!(is_same("Example Metering (Pty) Ltd", "example-metering"));
        assert!(is_same("Beispiel GmbH", "Beispiel"));
        assert!(!is_same("Sample Meters", "Example Metering Co., Ltd."));
        assert!(!is_same("Example Metering", "Example Metering Africa"));
        assert!(is_same("Group", "GROUP") && !is_same("Group", "Limited"));
    }

    #[test]
    fn letters_and_variants_lead_to_the_same_maker() {
        assert!(is_same("LGZ", "Landis & Gyr") && is_same("hxe", "Hexing Electrical Co., Ltd."));
        assert!(!is_same("LGZ", "HXE"));
        assert!(is_flag("EXM", " exm ") && !is_flag("06", "06"));
    }
}
