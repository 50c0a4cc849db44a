//! A request to read one token, as one line of text: a token alone, or an object that names the meter too.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use serde::de::{Deserialize, Deserializer, IgnoredAny, Visitor};
use serde_json::value::RawValue;

mod flat;

use crate::error::Code;
use crate::sts::{FieldError, MeterParameters, plain_decimal};

/// What a line asks for.
#[derive(Debug)]
pub struct Request<'a> {
    /// The line's own name as JSON, given back as it came.
    pub id: Option<&'a str>,
    /// Text that should be a token.
    pub token: Cow<'a, str>,
    /// What the line says of the meter, completed by the options.
    pub known: MeterParameters,
}

/// Why a line cannot be understood.
#[derive(Debug)]
pub struct LineError<'a> {
    /// The line's own name as JSON, where it could be read.
    pub id: Option<&'a str>,
    /// Stable code word.
    pub code: Code,
    /// One sentence.
    pub message: String,
}

/// A text, or a number standing for one.
#[derive(Debug, PartialEq)]
pub(super) enum Scalar<'a> {
    /// A text.
    Text(Cow<'a, str>),
    /// A whole number.
    Number(u64),
    /// `null`: not known.
    Null,
}

/// The fields of a line as they came.
#[derive(Debug, Default, PartialEq, serde::Deserialize)]
pub(super) struct Line<'a> {
    #[serde(borrow, default, deserialize_with = "as_it_came")]
    pub(super) id: Option<&'a str>,
    #[serde(borrow)]
    pub(super) token: Option<Scalar<'a>>,
    #[serde(borrow)]
    pub(super) iin: Option<Scalar<'a>>,
    #[serde(borrow)]
    pub(super) drn: Option<Scalar<'a>>,
    #[serde(borrow)]
    pub(super) sgc: Option<Scalar<'a>>,
    #[serde(borrow)]
    pub(super) krn: Option<Scalar<'a>>,
    #[serde(borrow)]
    pub(super) kt: Option<Scalar<'a>>,
    #[serde(borrow)]
    pub(super) ti: Option<Scalar<'a>>,
    #[serde(borrow)]
    pub(super) ea: Option<Scalar<'a>>,
    #[serde(borrow)]
    pub(super) dkga: Option<Scalar<'a>>,
    #[serde(borrow)]
    pub(super) base_date: Option<Scalar<'a>>,
    decoder_key: Option<IgnoredAny>,
}

/// `null` is an id like any other.
fn as_it_came<'de: 'a, 'a, D: Deserializer<'de>>(deserializer: D) -> Result<Option<&'a str>, D::Error> {
    <&RawValue>::deserialize(deserializer).map(|raw| Some(raw.get()))
}

/// Reads a line that is not blank.
///
/// # Errors
/// [`LineError`]: not UTF-8, no JSON object of this form, or a field with a wrong value.
pub fn parse<'a>(line: &'a [u8], options: &MeterParameters) -> Result<Request<'a>, LineError<'a>> {
    let wrong = |message: String| LineError { id: None, code: Code::BadValue, message };
    let text = std::str::from_utf8(line).map_err(|error| {
        wrong(format!("byte {} is not UTF-8; a line is a token or a JSON object in UTF-8", error.valid_up_to() + 1))
    })?;
    if !text.starts_with('{') {
        return Ok(Request { id: None, token: Cow::Borrowed(text), known: *options });
    }
    let line = match flat::scan(text) {
        Some(line) => line,
        None => serde_json::from_str(text).map_err(|error| wrong(format!("not a request: {error}")))?,
    };
    let id = line.id;
    understand(line, options).map_err(|error| LineError { id, code: error.code(), message: error.to_string() })
}

fn understand<'a>(line: Line<'a>, options: &MeterParameters) -> Result<Request<'a>, FieldError> {
    if line.decoder_key.is_some() {
        return Err(FieldError::new(
            "decoder_key",
            "",
            "keys do not stand in a line",
            "put it into the file of --keys",
        ));
    }
    let given = MeterParameters {
        iin: value("iin", line.iin)?,
        drn: value("drn", line.drn)?,
        sgc: value("sgc", line.sgc)?,
        krn: value("krn", line.krn)?,
        kt: value("kt", line.kt)?,
        ti: value("ti", line.ti)?,
        ea: value("ea", line.ea)?,
        dkga: value("dkga", line.dkga)?,
        base_date: value("base_date", line.base_date)?,
    };
    let known = given.or(*options);
    known.check()?;
    let token = match line.token {
        Some(Scalar::Text(text)) => text,
        Some(Scalar::Number(_)) => {
            return Err(FieldError::new("token", "", "it is a number", "write it in quotes, so that no digit is lost"));
        }
        Some(Scalar::Null) | None => {
            return Err(FieldError::new("token", "", "the line has none", "add \"token\":\"20 digits\""));
        }
    };
    Ok(Request { id: line.id, token, known })
}

/// The value of a field. A number stands for the text of its digits.
fn value<T: FromStr<Err = FieldError>>(
    field: &'static str,
    scalar: Option<Scalar<'_>>,
) -> Result<Option<T>, FieldError> {
    let parsed = match scalar {
        None | Some(Scalar::Null) => return Ok(None),
        Some(Scalar::Text(text)) => text.parse(),
        Some(Scalar::Number(number)) => plain_decimal(&mut [0; 20], number).parse(),
    };
    parsed.map(Some).map_err(|error: FieldError| error.in_field(field))
}

impl<'de: 'a, 'a> Deserialize<'de> for Scalar<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct ScalarVisitor;

        impl<'de> Visitor<'de> for ScalarVisitor {
            type Value = Scalar<'de>;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("a text or a whole number")
            }

            fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Scalar<'de>, E> {
                Ok(Scalar::Text(Cow::Borrowed(text)))
            }

            fn visit_str<E>(self, text: &str) -> Result<Scalar<'de>, E> {
                Ok(Scalar::Text(Cow::Owned(text.to_owned())))
            }

            fn visit_u64<E>(self, number: u64) -> Result<Scalar<'de>, E> {
                Ok(Scalar::Number(number))
            }

            fn visit_unit<E>(self) -> Result<Scalar<'de>, E> {
                Ok(Scalar::Null)
            }
        }

        deserializer.deserialize_any(ScalarVisitor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(line: &str) -> Result<Request<'_>, LineError<'_>> {
        parse(line.as_bytes(), &MeterParameters::default())
    }

    #[test]
    fn an_object_names_token_and_meter() {
        let line = r#"{"id":[1, "a"],"token":"51043465443420856213","drn":"01234567897","krn":1,"ti":"07","ea":"07",
            "base_date":1993,"customer":{"name":"x"}}"#;
        let request = request(line).unwrap();
        assert_eq!(request.id.unwrap(), r#"[1, "a"]"#);
        assert_eq!(request.token, "51043465443420856213");
        assert_eq!(request.known.krn.unwrap().number(), 1);
        assert_eq!(request.known.ti.unwrap().number(), 7);
        assert_eq!(request.known.base_date.unwrap().code(), "1993");
    }

    #[test]
    fn wrong_fields_are_named_and_keep_their_id() {
        for (line, part) in [
            (r#"{"id":7,"token":"1","krn":0}"#, "krn \"0\""),
            (r#"{"id":7,"token":"1","ti":100}"#, "ti \"100\""),
            (r#"{"id":7,"token":"1","drn":"01234567890"}"#, "check digit"),
            (r#"{"id":7,"token":"1","drn":"01234567897","iin":"0000"}"#, "13 digits"),
            (r#"{"id":7,"token":"1","ea":"09"}"#, "not supported"),
            (r#"{"id":7,"token":51043465443420856213}"#, "expected a text or a whole number"),
            (r#"{"id":7,"token":510434654434208}"#, "in quotes"),
            (r#"{"id":7}"#, "the line has none"),
            (r#"{"id":7,"token":"1","decoder_key":"00"}"#, "--keys"),
            (r#"{"id":7,"token":"1""#, "not a request"),
        ] {
            let error = request(line).unwrap_err();
            assert!(error.message.contains(part), "{line}: {}", error.message);
            let whole = !error.message.starts_with("not a request");
            assert_eq!(error.id, whole.then_some("7"), "{line}");
        }
    }

    #[test]
    fn null_is_an_id_and_no_value() {
        let request = request(r#"{"id":null,"token":"1","krn":null}"#).unwrap();
        assert_eq!(request.id.unwrap(), "null");
        assert_eq!(request.known.krn, None);
    }
}
