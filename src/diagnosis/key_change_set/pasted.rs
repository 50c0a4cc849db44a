//! The tokens of a set as they come: one a line, in a vending gateway's reply, or in a text message among other words.

use super::{Claim, ClaimSource};
use crate::sts::{MeterParameters, Token, TokenClass};

/// Digits of a token.
const DIGITS: usize = 20;

/// What a text holds of a set.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SetText {
    /// Its tokens in the order of the text, each once.
    pub tokens: Vec<Token>,
    /// The key it says they lead to, as far as a reply names it.
    pub target: MeterParameters,
}

impl SetText {
    /// What the text says of the key that the tokens lead to.
    pub fn claims(&self) -> Vec<Claim> {
        let says_nothing = self.target == MeterParameters::default();
        if says_nothing { Vec::new() } else { vec![Claim { source: ClaimSource::Record, target: self.target }] }
    }
}

/// Reads a text: tokens one a line, or anything else in which tokens stand. From a reply or message only tokens of
/// class 2 are taken, in groups or not; digits that run on longer than a token are none.
///
/// # Errors
/// A line of digits that is no token, in a text of nothing but lines of digits and remarks after `#`.
pub fn read_text(text: &str) -> Result<SetText, String> {
    let is_plain = |line: &str| line.chars().all(|c| c.is_ascii_digit() || is_joint(c) || matches!(c, ',' | ';'));
    let lines = || text.lines().zip(1..).filter(|(line, _)| !line.trim().is_empty() && !line.starts_with('#'));
    if lines().all(|(line, _)| is_plain(line)) {
        let read = |(line, number)| tokens_of_line(line).map_err(|problem| format!("line {number}: {problem}"));
        let tokens: Vec<Vec<Token>> = lines().map(read).collect::<Result<_, _>>()?;
        return Ok(SetText { tokens: tokens.concat(), target: MeterParameters::default() });
    }
    let mut found = SetText { tokens: Vec::new(), target: target_of(text) };
    let mut tokens = Vec::new();
    if let Ok(json) = serde_json::from_str::<serde_json::Value>(text.trim()) {
        tokens_of_json(&json, &mut tokens);
    }
    tokens.extend(tokens_among_words(&without_character_references(text)));
    for token in tokens {
        if token.class() == TokenClass::Management && !found.tokens.contains(&token) {
            found.tokens.push(token);
        }
    }
    Ok(found)
}

/// Most digits that may stand beside the tokens of a line: a meter number, a date, the line's own number. What is more
/// may be a token with a digit too few.
const BESIDE: usize = 14;

/// Characters between two groups of one token at the most.
const LONGEST_JOINT: usize = 3;

/// The tokens of a line of nothing but digits and what stands between them.
fn tokens_of_line(line: &str) -> Result<Vec<Token>, String> {
    let line = line.trim().trim_end_matches([',', ';']);
    let problem = match line.parse() {
        Ok(token) => return Ok(vec![token]),
        Err(problem) => format!("{problem}"),
    };
    let tokens = tokens_among_words(line);
    let digits = line.chars().filter(char::is_ascii_digit).count();
    let beside = digits.saturating_sub(DIGITS.saturating_mul(tokens.len()));
    if tokens.is_empty() || beside > BESIDE { Err(problem) } else { Ok(tokens) }
}

/// The tokens in the strings of a JSON document, where line ends and spaces may be written as escapes.
fn tokens_of_json(json: &serde_json::Value, tokens: &mut Vec<Token>) {
    match json {
        serde_json::Value::String(text) => tokens.extend(tokens_among_words(text)),
        serde_json::Value::Array(items) => items.iter().for_each(|item| tokens_of_json(item, tokens)),
        serde_json::Value::Object(fields) => fields.values().for_each(|value| tokens_of_json(value, tokens)),
        _ => {}
    }
}

/// Spaces and hyphens of XML and HTML that are written by number or name.
fn without_character_references(text: &str) -> String {
    ["&#160;", "&#xA0;", "&#xa0;", "&nbsp;", "&#32;"]
        .iter()
        .fold(text.replace("&#45;", "-"), |text, reference| text.replace(reference, " "))
}

/// Whether the character may stand between two groups of one token.
fn is_joint(c: char) -> bool {
    let is_space = matches!(c, ' ' | '\t' | '\u{a0}' | '\u{2007}' | '\u{2009}' | '\u{202f}');
    is_space || matches!(c, '-' | '\u{2011}' | '\u{2013}' | '.' | '_')
}

/// Tokens written whole or in groups, anywhere in `text`.
fn tokens_among_words(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    for groups in rows_of_groups(text) {
        let mut rest = groups.as_slice();
        while let Some((_, after_first)) = rest.split_first() {
            match leading_token(rest, rest.len() == groups.len()) {
                Some((token, taken)) => {
                    tokens.push(token);
                    rest = rest.get(taken..).unwrap_or_default();
                }
                None => rest = after_first,
            }
        }
    }
    tokens
}

/// The token that the first of `groups` make: one of 20 digits, or several of one length, or, when the row is a token
/// and nothing else, of any length.
fn leading_token(groups: &[&str], is_whole_row: bool) -> Option<(Token, usize)> {
    let first = groups.first()?.len();
    let mut digits = String::with_capacity(DIGITS);
    for (taken, group) in (1..).zip(groups) {
        digits.push_str(group);
        if digits.len() > DIGITS || (group.len() != first && !is_whole_row) {
            return None;
        }
        if digits.len() == DIGITS {
            let even = groups.iter().take(taken).all(|group| group.len() == first);
            return if even || taken == groups.len() { Some((digits.parse().ok()?, taken)) } else { None };
        }
    }
    None
}

/// Groups of digits that stand in a row, a short joint between neighbours. Digits that touch a letter are no group.
fn rows_of_groups(text: &str) -> Vec<Vec<&str>> {
    let mut rows: Vec<Vec<&str>> = vec![Vec::new()];
    let mut start = None;
    let mut after_letter = false;
    let mut last_end = None;
    let mut characters = text.char_indices().peekable();
    while let Some((place, c)) = characters.next() {
        if !c.is_ascii_digit() {
            after_letter = c.is_alphabetic();
            continue;
        }
        let begin = *start.get_or_insert(place);
        let next = characters.peek().map(|(_, next)| *next);
        if next.is_some_and(|next| next.is_ascii_digit()) {
            continue;
        }
        start = None;
        let touches = after_letter || next.is_some_and(char::is_alphabetic);
        after_letter = false;
        let joined = last_end.and_then(|end| text.get(end..begin)).is_some_and(|between| {
            (1..=LONGEST_JOINT).contains(&between.chars().count()) && between.chars().all(is_joint)
        });
        last_end = Some(place + 1);
        if touches || !joined {
            rows.push(Vec::new());
        }
        if let (false, Some(row), Some(group)) = (touches, rows.last_mut(), text.get(begin..=place)) {
            row.push(group);
        }
    }
    rows.retain(|row| !row.is_empty());
    rows
}

/// The key that a reply says the set leads to: fields such as `toSGC`, `new_krn`, `"to":{"sgc":…}`.
fn target_of(text: &str) -> MeterParameters {
    let mut target = MeterParameters::default();
    if let Ok(json) = serde_json::from_str::<serde_json::Value>(text.trim()) {
        from_json(&json, false, &mut target);
        return target;
    }
    for (name, value) in attributes(text) {
        let (name, value) = (name.to_ascii_lowercase(), value.trim());
        if let Some(field) = name.strip_prefix("to").or_else(|| name.strip_prefix("new")) {
            take(field, value, &mut target);
        }
    }
    target
}

/// Attributes `name="value"` and elements `<name>value<` of a text.
fn attributes(text: &str) -> impl Iterator<Item = (&str, &str)> {
    let quoted = text.match_indices("=\"").filter_map(move |(place, joint)| {
        let name = text.get(..place)?.rsplit(|c: char| !c.is_alphanumeric() && c != '_').next()?;
        let value = text.get(place + joint.len()..)?.split('"').next()?;
        Some((name, value))
    });
    let elements = text.split('<').filter_map(|piece| {
        let (tag, value) = piece.split_once('>')?;
        let name = tag.split(|c: char| c.is_whitespace()).next()?.rsplit(':').next()?;
        Some((name, value))
    });
    quoted.chain(elements)
}

fn from_json(json: &serde_json::Value, is_target: bool, target: &mut MeterParameters) {
    match json {
        serde_json::Value::Array(items) => items.iter().for_each(|item| from_json(item, is_target, target)),
        serde_json::Value::Object(fields) => {
            for (name, value) in fields {
                let name = name.to_ascii_lowercase();
                let prefixed = name.strip_prefix("to").or_else(|| name.strip_prefix("new"));
                let text = match value {
                    serde_json::Value::String(text) => Some(text.clone()),
                    serde_json::Value::Number(number) => Some(number.to_string()),
                    _ => None,
                };
                match (text, prefixed) {
                    (Some(text), Some(field)) => take(field, &text, target),
                    (Some(text), None) if is_target => take(&name, &text, target),
                    (Some(_), None) => {}
                    (None, prefixed) => {
                        let names_target = matches!(prefixed, Some("" | "_key" | "key")) || name == "target";
                        from_json(value, names_target, target);
                    }
                }
            }
        }
        _ => {}
    }
}

fn take(field: &str, value: &str, target: &mut MeterParameters) {
    match field.trim_start_matches(['_', '-']) {
        "sgc" => target.sgc = target.sgc.or(value.parse().ok()),
        "krn" => target.krn = target.krn.or(value.parse().ok()),
        "kt" => target.kt = target.kt.or(value.parse().ok()),
        "ti" => target.ti = target.ti.or(value.parse().ok()),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FIRST: &str = "34812744915211133004";
    const SECOND: &str = "46903925208523674737";
    const CREDIT: &str = "51043465443420856213";

    fn grouped(token: &str, joint: &str) -> String {
        let groups: Vec<&str> = (0..5).filter_map(|n| token.get(4 * n..4 * n + 4)).collect();
        groups.join(joint)
    }

    fn found(text: &str) -> Vec<String> {
        read_text(text).unwrap().tokens.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn lines_of_digits_must_be_tokens() {
        let text = format!("# old meter\n{}\n\n{SECOND},\n", grouped(FIRST, " "));
        assert_eq!(found(&text), [FIRST, SECOND]);
        assert!(read_text("12").unwrap_err().starts_with("line 1: "));
        assert!(read_text(&format!("{FIRST}\n3481\n")).unwrap_err().starts_with("line 2: "));
    }

    #[test]
    fn key_change_tokens_are_found_among_other_words() {
        let joints = [" ", "-", "\u{a0}", ""];
        for joint in joints {
            let (first, second) = (grouped(FIRST, joint), grouped(SECOND, joint));
            for text in [
                format!("KCT1: {first} KCT2: {second} Token: {}", grouped(CREDIT, joint)),
                format!("KCT 1 {first}\nKCT 2 {second}\nUnits 20.0 Token {}", grouped(CREDIT, joint)),
                format!("{{\"kct1\":\"{first}\",\"kct2\":\"{second}\",\"phone\":\"08031234567\"}}"),
                format!("<kc><stsCipher>{first}</stsCipher><stsCipher>{second}</stsCipher></kc>"),
                format!("Meter 01234567897: first {first}, then {second}. Thank you, call 0700 225 5432."),
            ] {
                assert_eq!(found(&text), [FIRST, SECOND], "{text}");
            }
        }
        assert_eq!(found(&format!("<x>1{FIRST}</x><y>{SECOND}</y>")), [SECOND]);
        assert_eq!(found("nothing 1234-5678"), [""; 0]);
    }

    #[test]
    fn tokens_stand_beside_numbers_lines_and_each_other() {
        for text in [
            format!("{FIRST} {SECOND}"),
            format!("{FIRST};{SECOND}"),
            format!("{FIRST},\t{SECOND}"),
            format!("1. {FIRST}\n2. {}", grouped(SECOND, " ")),
            format!("01234567897 {FIRST}\n01234567897 {SECOND}"),
            format!("2026-11-21 {FIRST}\n2026-11-21 {SECOND}"),
            format!("{}\n{}", grouped(FIRST, "  "), grouped(SECOND, " - ")),
            format!("{}\n{}", grouped(FIRST, "\u{2009}"), grouped(SECOND, ".")),
            format!(r#"{{"msg":"KCT1:\n{}\u00a0KCT2:\t{SECOND}"}}"#, grouped(FIRST, r"\u00a0")),
            format!("<t>{}</t><t>{}</t>", grouped(FIRST, "&#160;"), grouped(SECOND, "&#45;")),
        ] {
            assert_eq!(found(&text), [FIRST, SECOND], "{text}");
        }
        // A token with a digit too few beside a good one is not passed over.
        assert!(read_text(&format!("{FIRST} {}", &SECOND[1..])).is_err());
    }

    #[test]
    fn a_reply_names_the_key_it_leads_to() {
        let whole = "SGC 123456, KRN 2, KT 2, TI 7";
        let say = |target: MeterParameters| {
            format!(
                "SGC {}, KRN {}, KT {}, TI {}",
                target.sgc.unwrap(),
                target.krn.unwrap().number(),
                target.kt.unwrap(),
                target.ti.unwrap().number()
            )
        };
        for text in [
            format!(r#"{{"kct1":"{FIRST}","from":{{"krn":1}},"to":{{"sgc":"123456","krn":2,"kt":2,"ti":"07"}}}}"#),
            format!(r#"{{"a":[{{"kct1":"{FIRST}","toSGC":"123456","to_krn":2,"newKT":2,"to_ti":7}}]}}"#),
            format!(r#"<k toSGC="123456" toKRN="2" toKT="2"><toTI>07</toTI><t>{FIRST}</t></k>"#),
        ] {
            assert_eq!(say(read_text(&text).unwrap().target), whole, "{text}");
        }
        assert_eq!(read_text(&format!("KRN 2, KCT1 {FIRST}")).unwrap().target, MeterParameters::default());
    }
}
