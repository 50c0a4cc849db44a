//! One case as a line of JSON, or as a bare token.

use serde_json::{Map, Value};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use super::display::Display;
use super::evidence::{Case, Readout};
use super::slip::Slip;
use crate::knowledge::Knowledge;
use crate::sts::Token;

/// Why a line is no case: the field, and what is wrong with it.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[error("{problem}")]
pub struct LineError {
    /// The case's name, when the line could be read so far.
    pub id: Option<Value>,
    /// One sentence.
    pub problem: String,
}

/// Reads a line. One that does not begin with `{` is a bare token.
///
/// `now` holds where the line names no time. Displays are looked up in `knowledge`.
///
/// # Errors
/// A line that is no JSON object, or a field of the wrong kind.
pub fn parse(line: &str, now: OffsetDateTime, knowledge: &Knowledge) -> Result<Case, LineError> {
    let line = line.trim();
    if !line.starts_with('{') {
        return Ok(Case::of_token(line, now));
    }
    let fields: Map<String, Value> = serde_json::from_str(line)
        .map_err(|error| LineError { id: None, problem: format!("the line is not a JSON object: {error}") })?;
    let id = fields.get("id").filter(|id| !id.is_null()).cloned();
    let failed = |problem: String| LineError { id: id.clone(), problem };
    let token = match fields.get("token") {
        Some(Value::String(token)) => token.clone(),
        Some(_) => return Err(failed("token is not a string; write its digits in quotes".to_owned())),
        None => return Err(failed("token is missing".to_owned())),
    };
    let mut case = Case::of_token(&token, now);
    case.meter = match fields.get("meter") {
        None | Some(Value::Null) => None,
        Some(status @ Value::Object(_)) => Some(Readout::from_status(status)),
        Some(_) => return Err(failed("meter is not an object; give a status document".to_owned())),
    };
    case.result = match text(&fields, "result").map_err(failed)? {
        None => None,
        Some(word) => Some(word.parse().map_err(|error| failed(format!("result: {error}")))?),
    };
    case.display = display(&fields, knowledge).map_err(failed)?;
    case.slip = match fields.get("slip") {
        None | Some(Value::Null) => Slip::default(),
        Some(Value::Object(slip)) => Slip::from_json(slip).map_err(failed)?,
        Some(_) => return Err(failed("slip is not an object".to_owned())),
    };
    if let Some(time) = text(&fields, "now").map_err(failed)? {
        case.now = OffsetDateTime::parse(time, &Rfc3339)
            .map_err(|error| failed(format!("now {time:?} is not an RFC 3339 time: {error}")))?;
    }
    let previous = match fields.get("previous_tokens") {
        None | Some(Value::Null) => &[][..],
        Some(Value::Array(tokens)) => tokens,
        Some(_) => return Err(failed("previous_tokens is not an array".to_owned())),
    };
    for token in previous {
        let Some(token) = token.as_str() else {
            return Err(failed("previous_tokens holds something that is not a string".to_owned()));
        };
        // What is no token was never taken by a meter: it says nothing.
        case.previous_tokens.extend(token.parse::<Token>());
    }
    case.id = id;
    Ok(case)
}

/// A text field; absent, null and empty are alike.
fn text<'a>(fields: &'a Map<String, Value>, name: &str) -> Result<Option<&'a str>, String> {
    match fields.get(name) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(text.trim()).filter(|text| !text.is_empty())),
        Some(_) => Err(format!("{name} is not a string")),
    }
}

fn display(fields: &Map<String, Value>, knowledge: &Knowledge) -> Result<Option<Display>, String> {
    let shown = match fields.get("display") {
        None | Some(Value::Null) => return Ok(None),
        Some(Value::Object(shown)) => shown,
        Some(_) => return Err("display is not an object with vendor and text".to_owned()),
    };
    let vendor = text(shown, "vendor").map_err(|error| format!("display: {error}"))?;
    let text = text(shown, "text").map_err(|error| format!("display: {error}"))?;
    Ok(text.map(|text| Display::look_up(knowledge, vendor, text)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sts::TokenResult;
    use time::macros::datetime;

    const NOW: OffsetDateTime = datetime!(2026-11-21 00:00 UTC);

    fn read(line: &str) -> Result<Case, LineError> {
        parse(line, NOW, &Knowledge::of_the_field().unwrap())
    }

    #[test]
    fn a_bare_token_is_a_case() {
        assert_eq!(read(" 5104 3465 4434 2085 6213\n"), Ok(Case::of_token("5104 3465 4434 2085 6213", NOW)));
    }

    #[test]
    fn every_field_is_taken() {
        let case = read(
            r#"{"id":7,"token":"51043465443420856213","meter":{"sts":{"drn":"01234567897"}},"result":"crc-error",
            "display":{"vendor":"Conlog","text":"AAAAA"},"previous_tokens":["51043465443420856213","?"],
            "now":"2020-05-05T10:00:00Z"}"#,
        )
        .unwrap();
        assert_eq!(case.id, Some(Value::from(7)));
        assert_eq!(case.meter.and_then(|meter| meter.drn).map(|drn| drn.to_string()).as_deref(), Some("01234567897"));
        assert_eq!(case.result, Some(TokenResult::CrcError));
        assert_eq!(case.display.and_then(|display| display.meaning), Some(TokenResult::CrcError));
        assert_eq!(case.previous_tokens.len(), 1);
        assert_eq!(case.now, datetime!(2020-05-05 10:00 UTC));
    }

    #[test]
    fn null_is_absent() {
        let case = read(r#"{"token":"1","meter":null,"result":null,"display":null,"previous_tokens":null,"now":null}"#);
        assert_eq!(case, Ok(Case::of_token("1", NOW)));
    }

    #[test]
    fn a_wrong_field_is_named_with_the_case() {
        for (line, part) in [
            (r#"{"id":"a"}"#, "token is missing"),
            (r#"{"id":"a","token":5}"#, "in quotes"),
            (r#"{"id":"a","token":"1","result":"crc"}"#, "no such result"),
            (r#"{"id":"a","token":"1","now":"yesterday"}"#, "RFC 3339"),
            (r#"{"id":"a","token":"1","meter":[]}"#, "meter is not an object"),
        ] {
            let error = read(line).unwrap_err();
            assert!(error.problem.contains(part), "{}", error.problem);
            assert_eq!(error.id, Some(Value::from("a")));
        }
        assert!(read("{").unwrap_err().problem.contains("JSON"));
    }
}
