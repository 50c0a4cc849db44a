//! What the text of a field may be.

use serde::{Deserialize, Serialize};
use time::format_description::well_known::Rfc3339;
use time::macros::format_description;
use time::{Date, OffsetDateTime, PrimitiveDateTime, Time};

use crate::smets::base64;
use crate::smets::identifier::{Eui64, check_mpan};
use crate::smets::install_code;
use crate::smets::utrn::Utrn;

/// Characters a text field is limited to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Charset {
    /// Printable ASCII.
    Printable,
    /// Digits and spaces.
    DigitsAndSpaces,
}

/// The kind of a field. Limits are inclusive.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "kebab-case")]
pub enum Kind {
    /// Device ID, eight hyphenated pairs.
    Eui64,
    /// Device IDs separated by commas.
    Eui64List,
    /// Originator, target and counter, separated by colons.
    RequestId,
    /// Electricity meter point number, 13 digits.
    Mpan,
    /// Gas meter point number, up to 10 digits.
    Mprn,
    /// Either of them.
    Mpxn,
    /// Property reference number, up to 12 digits.
    Uprn,
    /// Top-up code of 20 digits.
    Utrn,
    /// `true` or `false`.
    Boolean,
    /// Whole number.
    Integer {
        /// Lowest value.
        min: Option<i64>,
        /// Highest value.
        max: Option<i64>,
    },
    /// Decimal fraction.
    Decimal {
        /// Digits behind the point.
        decimals: usize,
        /// Lowest value.
        min: Option<f64>,
        /// Highest value.
        max: Option<f64>,
    },
    /// Day.
    Date,
    /// Time of day.
    Time,
    /// Day and time.
    DateTime,
    /// Base64.
    Base64,
    /// Hex digits.
    Hex {
        /// Fewest bytes.
        min: Option<usize>,
        /// Most bytes.
        max: Option<usize>,
    },
    /// One of these words, as written.
    Word {
        /// The words.
        words: Vec<String>,
    },
    /// Free text.
    Text {
        /// Fewest characters.
        min: usize,
        /// Most characters.
        max: usize,
        /// Characters allowed.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        charset: Option<Charset>,
    },
    /// Nothing: the element alone says it.
    Empty,
}

/// What is wrong with a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// The schema refuses it.
    Schema(String),
    /// The schema lets it pass, and it is wrong all the same.
    Meaning {
        /// Rule it breaks.
        rule: &'static str,
        /// In words.
        problem: String,
    },
}

impl Kind {
    /// Checks a value.
    ///
    /// # Errors
    /// [`Fault`] says what is wrong and whether the schema would have noticed.
    pub fn check(&self, text: &str) -> Result<(), Fault> {
        let schema = |problem: String| Err(Fault::Schema(problem));
        match self {
            Kind::Eui64 if !Eui64::is_hyphenated(text) => {
                schema("must be a device ID, eight hyphenated pairs of hex digits".to_owned())
            }
            Kind::Eui64List if !text.split(',').all(Eui64::is_hyphenated) => {
                schema("must be device IDs separated by commas".to_owned())
            }
            Kind::RequestId => match RequestId::parse(text) {
                Some(_) => Ok(()),
                None => schema("must be ORIGINATOR:TARGET:COUNTER".to_owned()),
            },
            Kind::Mpan if text.chars().count() != 13 => schema("must have 13 digits".to_owned()),
            Kind::Mpxn if !(1..=13).contains(&text.chars().count()) => {
                schema("must have 1 to 13 characters".to_owned())
            }
            Kind::Mprn if !(1..=10).contains(&text.chars().count()) => {
                schema("must have 1 to 10 characters".to_owned())
            }
            Kind::Mpan | Kind::Mpxn | Kind::Mprn => meter_point(text),
            Kind::Uprn if !digits(text, 1, 12) || text.bytes().all(|byte| byte == b'0') => {
                schema("must be a number of at most 12 digits".to_owned())
            }
            Kind::Utrn if !digits(text, 20, 20) => schema("must have 20 digits".to_owned()),
            Kind::Utrn => match Utrn::parse(text) {
                Ok(_) => Ok(()),
                Err(error) => Err(Fault::Meaning { rule: "utrn", problem: error.to_string() }),
            },
            Kind::Boolean if !matches!(text, "true" | "false" | "1" | "0") => {
                schema("must be true or false".to_owned())
            }
            Kind::Integer { min, max } => integer(text, *min, *max),
            Kind::Decimal { decimals, min, max } => decimal(text, *decimals, *min, *max),
            Kind::Date if !is_date(text) => schema("must be a date such as 2026-11-21".to_owned()),
            Kind::Time if !is_time(text) => schema("must be a time such as 13:30:00Z".to_owned()),
            Kind::DateTime if !is_date_time(text) => {
                schema("must be a date and time such as 2026-11-21T13:30:00Z".to_owned())
            }
            Kind::Base64 => base64::decode(text).map(drop).map_err(|error| Fault::Schema(error.to_string())),
            Kind::Hex { min, max } => hex(text, *min, *max),
            Kind::Word { words } if !words.iter().any(|word| word == text) => {
                schema(format!("must be one of {}", words.join(", ")))
            }
            Kind::Text { min, max, charset } => free_text(text, *min, *max, *charset),
            Kind::Empty if !text.is_empty() => schema("must be empty".to_owned()),
            _ => Ok(()),
        }
    }

    /// A value as people write it, in the form of the schema: a blank for the T of a time, a device ID with colons, blanks
    /// or nothing between its pairs, an install code as it stands on the label, with its check value.
    ///
    /// # Errors
    /// An install code whose check value does not fit; the code is not repeated.
    pub fn tidy(&self, name: &str, text: &str) -> Result<String, String> {
        let trimmed = text.trim();
        match self {
            Kind::DateTime => {
                let mut tidy = trimmed.to_ascii_uppercase();
                if tidy.as_bytes().get(10) == Some(&b' ') {
                    tidy.replace_range(10..11, "T");
                }
                Ok(if is_date_time(&tidy) { tidy } else { text.to_owned() })
            }
            Kind::Eui64 => Ok(Eui64::from_label(trimmed).map_or_else(|| text.to_owned(), |id| id.to_string())),
            Kind::Hex { .. } if name == "InstallCode" => {
                install_code::from_label(trimmed).map_err(|error| error.to_string())
            }
            _ => Ok(text.to_owned()),
        }
    }

    /// The kind in words, for a person who has to fill it in.
    pub fn describe(&self) -> String {
        let range = |low: Option<String>, high: Option<String>| match (low, high) {
            (Some(low), Some(high)) => format!(" {low} to {high}"),
            (Some(low), None) => format!(" from {low}"),
            (None, Some(high)) => format!(" up to {high}"),
            (None, None) => String::new(),
        };
        match self {
            Kind::Eui64 => "device ID".to_owned(),
            Kind::Eui64List => "device IDs, separated by commas".to_owned(),
            Kind::RequestId => "ORIGINATOR:TARGET:COUNTER".to_owned(),
            Kind::Mpan => "MPAN, 13 digits".to_owned(),
            Kind::Mprn => "MPRN, up to 10 digits".to_owned(),
            Kind::Mpxn => "MPAN or MPRN".to_owned(),
            Kind::Uprn => "UPRN, up to 12 digits".to_owned(),
            Kind::Utrn => "UTRN, 20 digits".to_owned(),
            Kind::Boolean => "true or false".to_owned(),
            Kind::Integer { min, max } => {
                format!("whole number{}", range(min.map(|n| n.to_string()), max.map(|n| n.to_string())))
            }
            Kind::Decimal { decimals, min, max } => format!(
                "number{} with up to {decimals} decimals",
                range(min.map(|n| n.to_string()), max.map(|n| n.to_string()))
            ),
            Kind::Date => "date".to_owned(),
            Kind::Time => "time of day".to_owned(),
            Kind::DateTime => "date and time".to_owned(),
            Kind::Base64 => "base64, or @FILE for the bytes of a file".to_owned(),
            Kind::Hex { min, max } => {
                format!("hex,{} bytes", range(min.map(|n| n.to_string()), max.map(|n| n.to_string())))
            }
            Kind::Word { words } => words.join(" | "),
            Kind::Text { min, max, .. } => format!("text, {min} to {max} characters"),
            Kind::Empty => "no value".to_owned(),
        }
    }

    /// A value that passes, for a skeleton.
    pub fn sample(&self) -> String {
        match self {
            Kind::Eui64 | Kind::Eui64List => "00-00-00-00-00-00-00-00".to_owned(),
            Kind::RequestId => "00-00-00-00-00-00-00-00:00-00-00-00-00-00-00-00:0".to_owned(),
            Kind::Mpan | Kind::Mpxn => "0000000000000".to_owned(),
            Kind::Mprn => "0000000000".to_owned(),
            Kind::Uprn => "1".to_owned(),
            Kind::Utrn => crate::smets::utrn::LOWEST.to_owned(),
            Kind::Boolean => "false".to_owned(),
            Kind::Integer { min, max } => {
                min.filter(|min| *min > 0).or(max.filter(|max| *max < 0)).unwrap_or(0).to_string()
            }
            Kind::Decimal { min, .. } => min.unwrap_or(0.0).to_string(),
            Kind::Date => "2000-01-01".to_owned(),
            Kind::Time => "00:00:00Z".to_owned(),
            Kind::DateTime => "2000-01-01T00:00:00Z".to_owned(),
            Kind::Base64 => "AAAA".to_owned(),
            Kind::Hex { min, .. } => "00".repeat(min.unwrap_or(1)),
            Kind::Word { words } => words.first().cloned().unwrap_or_default(),
            Kind::Text { min, .. } => "0".repeat((*min).max(1)),
            Kind::Empty => String::new(),
        }
    }
}

/// Originator, target and counter of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
pub struct RequestId {
    /// Who sent the request, or the response.
    pub originator: Eui64,
    /// Whom it is for.
    pub target: Eui64,
    /// The originator's counter.
    pub counter: u64,
}

impl RequestId {
    /// Reads `ORIGINATOR:TARGET:COUNTER`; the counter has no leading zero.
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split(':');
        let (originator, target, counter) = (parts.next()?, parts.next()?, parts.next()?);
        let plain = counter.bytes().all(|byte| byte.is_ascii_digit()) && (counter == "0" || !counter.starts_with('0'));
        if parts.next().is_some() || !plain || !Eui64::is_hyphenated(originator) || !Eui64::is_hyphenated(target) {
            return None;
        }
        let [originator, target] = [originator, target].map(|id| Eui64::parse(id).ok());
        Some(RequestId { originator: originator?, target: target?, counter: counter.parse().ok()? })
    }
}

impl std::fmt::Display for RequestId {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{}:{}:{}", self.originator, self.target, self.counter)
    }
}

fn digits(text: &str, least: usize, most: usize) -> bool {
    (least..=most).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn meter_point(text: &str) -> Result<(), Fault> {
    let problem = match text.len() {
        _ if !text.bytes().all(|byte| byte.is_ascii_digit()) => Some("a meter point number has digits only".to_owned()),
        13 => check_mpan(text).err().map(|error| format!("as an MPAN, {error}")),
        6..=10 => None,
        _ => Some("an MPAN has 13 digits, an MPRN 6 to 10".to_owned()),
    };
    problem.map_or(Ok(()), |problem| Err(Fault::Meaning { rule: "mpxn", problem }))
}

fn integer(text: &str, min: Option<i64>, max: Option<i64>) -> Result<(), Fault> {
    let value = text.parse::<i64>().map_err(|_| Fault::Schema("must be a whole number".to_owned()))?;
    match (min, max) {
        (Some(min), _) if value < min => Err(Fault::Schema(format!("must be at least {min}"))),
        (_, Some(max)) if value > max => Err(Fault::Schema(format!("must be at most {max}"))),
        _ => Ok(()),
    }
}

fn decimal(text: &str, decimals: usize, min: Option<f64>, max: Option<f64>) -> Result<(), Fault> {
    let plain = text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'-' | b'+'));
    let value = text.parse::<f64>().ok().filter(|_| plain);
    let value = value.ok_or_else(|| Fault::Schema("must be a number".to_owned()))?;
    let behind = text.split_once('.').map_or(0, |(_, behind)| behind.trim_end_matches('0').len());
    match (min, max) {
        _ if behind > decimals => Err(Fault::Schema(format!("must have at most {decimals} decimals"))),
        (Some(min), _) if value < min => Err(Fault::Schema(format!("must be at least {min}"))),
        (_, Some(max)) if value > max => Err(Fault::Schema(format!("must be at most {max}"))),
        _ => Ok(()),
    }
}

fn hex(text: &str, min: Option<usize>, max: Option<usize>) -> Result<(), Fault> {
    if !text.len().is_multiple_of(2) || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return Err(Fault::Schema("must be pairs of hex digits".to_owned()));
    }
    let bytes = text.len() / 2;
    if min.is_some_and(|min| bytes < min) || max.is_some_and(|max| bytes > max) {
        let (min, max) = (min.unwrap_or(0), max.unwrap_or(usize::MAX));
        let range = if min == max { min.to_string() } else { format!("{min} to {max}") };
        return Err(Fault::Schema(format!("must have {range} bytes and has {bytes}")));
    }
    Ok(())
}

fn free_text(text: &str, min: usize, max: usize, charset: Option<Charset>) -> Result<(), Fault> {
    let count = text.chars().count();
    if !(min..=max).contains(&count) {
        return Err(Fault::Schema(format!("must have {min} to {max} characters and has {count}")));
    }
    let fits = match charset {
        None => true,
        Some(Charset::Printable) => !text.is_empty() && text.bytes().all(|byte| (b' '..=b'~').contains(&byte)),
        Some(Charset::DigitsAndSpaces) => {
            !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b' ')
        }
    };
    match charset {
        Some(Charset::Printable) if !fits => Err(Fault::Schema("must be printable ASCII".to_owned())),
        Some(Charset::DigitsAndSpaces) if !fits => Err(Fault::Schema("must be digits and spaces".to_owned())),
        _ => Ok(()),
    }
}

/// An XML Schema date and time; the zone may be missing. 24:00:00 is written as 00:00:00 of the next day.
pub fn is_date_time(text: &str) -> bool {
    const LOCAL: &[time::format_description::BorrowedFormatItem<'_>] =
        format_description!("[year]-[month]-[day]T[hour]:[minute]:[second][optional [.[subsecond]]]");
    // RFC 3339 also takes a blank for the T, and small letters; the schema does not.
    let as_schema = text.as_bytes().get(10) == Some(&b'T') && !text.contains(['t', 'z']);
    as_schema && (OffsetDateTime::parse(text, &Rfc3339).is_ok() || PrimitiveDateTime::parse(text, LOCAL).is_ok())
}

/// Whether a date and time names no zone, so that summer time makes two of it.
pub fn lacks_zone(text: &str) -> bool {
    is_date_time(text) && OffsetDateTime::parse(text, &Rfc3339).is_err()
}

/// An XML Schema date. Years have four digits or more: a calendar writes 65535 for any year.
fn is_date(text: &str) -> bool {
    const DAY: &[time::format_description::BorrowedFormatItem<'_>] = format_description!("[year]-[month]-[day]");
    let year = text.bytes().take_while(u8::is_ascii_digit).count();
    match text.get(..year).and_then(|digits| digits.parse::<i32>().ok()) {
        // Leap years come back every 400 years.
        Some(value) if year > 4 && !text.starts_with('0') => {
            let near = format!("{}{}", 2_000 + value % 400, text.get(year..).unwrap_or_default());
            Date::parse(without_zone(&near, 10), DAY).is_ok()
        }
        _ => Date::parse(without_zone(text, 10), DAY).is_ok(),
    }
}

fn is_time(text: &str) -> bool {
    const CLOCK: &[time::format_description::BorrowedFormatItem<'_>] =
        format_description!("[hour]:[minute]:[second][optional [.[subsecond]]]");
    Time::parse(without_zone(text, 8), CLOCK).is_ok()
}

/// The text before `Z` or `±hh:mm`, which begins behind the first `least` bytes.
fn without_zone(text: &str, least: usize) -> &str {
    let (head, tail) = match text.split_at_checked(least) {
        Some((head, tail)) => (head.len(), tail),
        None => return text,
    };
    match tail.find(['Z', '+', '-']) {
        Some(at) => {
            let zone = tail.get(at..).unwrap_or_default();
            let offset = zone.get(1..).unwrap_or_default();
            let fits = zone == "Z"
                || (zone.len() == 6
                    && offset.as_bytes().get(2) == Some(&b':')
                    && digits(&offset.replace(':', ""), 4, 4));
            if fits { text.get(..head + at).unwrap_or(text) } else { text }
        }
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_as_xml_schema_writes_them() {
        for good in
            ["2022-06-16T16:34:15.844Z", "2022-06-16T16:34:15Z", "2022-06-16T16:34:15+01:00", "2022-06-16T16:34:15"]
        {
            assert!(is_date_time(good), "{good}");
        }
        for bad in [
            "2022-06-16",
            "2022-06-31T00:00:00Z",
            "16/06/2022 16:34",
            "2022-06-16T16:34Z",
            "2022-06-16 16:34:15Z",
            "2022-06-16t16:34:15z",
            "",
        ] {
            assert!(!is_date_time(bad), "{bad}");
        }
        assert!(
            is_date("2022-06-16") && is_date("2022-06-16Z") && is_date("2022-06-16+01:00") && !is_date("2022-13-16")
        );
        assert!(is_date("65535-04-29Z") && !is_date("65535-02-29") && !is_date("02022-01-01"));
        assert!(is_time("23:59:59") && is_time("23:59:59.5Z") && !is_time("24:60:00") && !is_time("23:59:59 Z"));
    }

    #[test]
    fn request_ids() {
        let text = "90-B3-D5-1F-30-01-00-00:00-DB-12-34-56-78-90-A0:18446744073709551615";
        assert_eq!(RequestId::parse(text).map(|id| id.to_string()).as_deref(), Some(text));
        for bad in [
            "a:b:1",
            &text.replace("18446744073709551615", "18446744073709551616"),
            &text.replace(":1844", ":01844"),
            &format!("{text}:1"),
        ] {
            assert_eq!(RequestId::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn limits_are_inclusive() {
        let join = Kind::Integer { min: Some(1), max: Some(3600) };
        assert!(join.check("1").is_ok() && join.check("3600").is_ok());
        assert_eq!(join.check("3601"), Err(Fault::Schema("must be at most 3600".to_owned())));
        assert_eq!(join.check("1.5"), Err(Fault::Schema("must be a whole number".to_owned())));
        let code = Kind::Hex { min: Some(6), max: Some(16) };
        assert!(code.check(&"0".repeat(12)).is_ok() && code.check(&"f".repeat(32)).is_ok());
        assert!(
            code.check(&"0".repeat(10)).is_err()
                && code.check(&"0".repeat(34)).is_err()
                && code.check("0g0g0g0g0g0g").is_err()
        );
        let calorific = Kind::Decimal { decimals: 1, min: Some(0.0), max: Some(429_496_729.5) };
        assert!(
            calorific.check("39.5").is_ok() && calorific.check("39.50").is_ok() && calorific.check("39.55").is_err()
        );
        assert!(calorific.check("inf").is_err() && calorific.check("1e3").is_err());
    }

    #[test]
    fn samples_pass_their_own_check() {
        for kind in [
            Kind::Eui64,
            Kind::Eui64List,
            Kind::RequestId,
            Kind::Mpan,
            Kind::Mprn,
            Kind::Mpxn,
            Kind::Uprn,
            Kind::Utrn,
            Kind::Boolean,
            Kind::Integer { min: Some(1), max: Some(5) },
            Kind::Integer { min: None, max: Some(-3) },
            Kind::Date,
            Kind::Time,
            Kind::DateTime,
            Kind::Base64,
            Kind::Hex { min: Some(32), max: Some(32) },
            Kind::Text { min: 6, max: 8, charset: None },
            Kind::Text { min: 0, max: 15, charset: Some(Charset::Printable) },
            Kind::Empty,
        ] {
            assert_eq!(kind.check(&kind.sample()), Ok(()), "{kind:?}");
        }
    }
}
