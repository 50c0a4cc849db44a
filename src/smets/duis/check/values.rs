//! The values that a request names, looked for in the command that the DCC built for it.
//!
//! A command holds numbers, times, identifiers and certificates in a few well-known forms; words of the schema
//! (`Disable`, `Monday`) become codes that differ from use case to use case, and are left to a person.

use time::format_description::well_known::Rfc3339;
use time::macros::format_description;
use time::{Date, OffsetDateTime, Time, UtcOffset};

use super::Findings;
use super::command::RULE;
use crate::hex;
use crate::smets::base64;
use crate::smets::duis::tree::Element;
use crate::smets::gbcs::YEAR_2000;
use crate::smets::identifier::Eui64;

/// Shortest text or hex value that is looked for, in octets: a shorter one could be there by chance.
const MIN_OCTETS: usize = 8;

/// Shortest base64 value that is looked for, in octets: a shorter one could be a word.
const MIN_BASE64_OCTETS: usize = 32;

/// Numbers below this fit one octet, which is found in almost any command.
const TELLING: u64 = 256;

/// What was compared.
#[derive(Debug, Default)]
pub(super) struct Values {
    /// Values that the command holds.
    pub found: usize,
    /// Paths of those that have no form known here, with their text.
    pub not_compared: Vec<String>,
}

/// Looks for the values of a body in the octets of a command.
pub(super) fn check(body: &Element, command: &[u8], at: &str, findings: &mut Findings) -> Values {
    let mut values = Values::default();
    walk(body, &body.name, command, &mut |path, value, verdict| match verdict {
        Presence::Held => values.found += 1,
        Presence::Missing => {
            findings.error(RULE, at, format!("does not hold {value}, which the request names in {path}"));
        }
        Presence::Unsure => values.not_compared.push(format!("{path} {value}")),
    });
    values
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Presence {
    Held,
    Missing,
    /// No form is known, or the value is too small to tell.
    Unsure,
}

fn walk(element: &Element, path: &str, command: &[u8], tell: &mut dyn FnMut(&str, &str, Presence)) {
    for child in &element.children {
        walk(child, &format!("{path}.{}", child.name), command, tell);
    }
    let text = element.text.trim();
    if element.children.is_empty() && !text.is_empty() {
        // A certificate would fill the screen.
        let shown: String = text.chars().take(40).collect();
        tell(path, &shown, look_for(&element.name, text, command));
    }
}

fn look_for(name: &str, text: &str, command: &[u8]) -> Presence {
    let one_of = |forms: &[Vec<u8>]| match forms {
        [] => Presence::Unsure,
        forms if forms.iter().any(|form| holds(command, form)) => Presence::Held,
        _ => Presence::Missing,
    };
    // A telephone number or a reference stands there as text.
    if holds(command, text.as_bytes()) {
        return if text.len() >= MIN_OCTETS { Presence::Held } else { Presence::Unsure };
    }
    if Eui64::is_hyphenated(text)
        && let Ok(id) = Eui64::parse(text)
    {
        return one_of(&[id.0.to_vec()]);
    }
    if let Ok(time) = OffsetDateTime::parse(text, &Rfc3339) {
        // An absent execution time is written as the far future, which a command leaves out.
        return match one_of(&forms_of_time(time)) {
            Presence::Missing if name == "ExecutionDateTime" && time.year() >= 3000 => Presence::Unsure,
            presence => presence,
        };
    }
    if let Ok(date) = Date::parse(text.trim_end_matches('Z'), format_description!("[year]-[month]-[day]")) {
        return one_of(&forms_of_date(date));
    }
    if Time::parse(text.trim_end_matches('Z'), format_description!("[hour]:[minute]:[second].[subsecond]")).is_ok() {
        return Presence::Unsure;
    }
    if let Some(number) = Number::parse(text) {
        return match name {
            // It widens the time beside it.
            "TolerancePeriod" => Presence::Unsure,
            // ZigBee has the year in one octet, which tells nothing.
            "SpecifiedYear" if one_of(&number.forms()) == Presence::Missing => Presence::Unsure,
            _ if number.magnitude < TELLING => Presence::Unsure,
            _ => one_of(&number.forms()),
        };
    }
    let is_number = text.bytes().all(|byte| byte.is_ascii_digit());
    octets(text).filter(|_| !is_number).map_or(Presence::Unsure, |octets| one_of(&[octets]))
}

fn holds(command: &[u8], form: &[u8]) -> bool {
    !form.is_empty() && command.windows(form.len()).any(|window| window == form)
}

/// A value in hex or base64.
fn octets(text: &str) -> Option<Vec<u8>> {
    let long_enough = |octets: &Vec<u8>, least: usize| octets.len() >= least;
    let hex = hex::decode(text).filter(|octets| long_enough(octets, MIN_OCTETS));
    hex.or_else(|| base64::decode(text).ok().filter(|octets| long_enough(octets, MIN_BASE64_OCTETS)))
}

/// A number of the schema: whole, or a decimal fraction that a command holds in its smallest unit.
#[derive(Debug, Clone, Copy)]
struct Number {
    magnitude: u64,
    is_negative: bool,
    is_fraction: bool,
}

impl Number {
    fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('-').unwrap_or(text);
        let plain: String = digits.chars().filter(|c| *c != '.').collect();
        let is_number = plain.bytes().all(|byte| byte.is_ascii_digit()) && digits.matches('.').count() <= 1;
        let magnitude = plain.parse().ok().filter(|_| is_number)?;
        Some(Number { magnitude, is_negative: digits.len() < text.len(), is_fraction: plain.len() < digits.len() })
    }

    /// Big-endian and little-endian in two to eight octets; of a fraction with more and with fewer decimals, too.
    fn forms(self) -> Vec<Vec<u8>> {
        let mut scaled = vec![self.magnitude];
        if self.is_fraction {
            let (mut more, mut less) = (self.magnitude, self.magnitude);
            for _ in 0..6 {
                more = more.saturating_mul(10);
                scaled.push(more);
                if less % 10 == 0 {
                    less /= 10;
                    scaled.push(less);
                }
            }
        }
        // A scaled value that fits one octet would be found in any command.
        let telling = scaled.into_iter().filter(|value| *value >= TELLING);
        telling.filter_map(|value| self.octets_of(value)).flatten().collect()
    }

    fn octets_of(self, value: u64) -> Option<[Vec<u8>; 2]> {
        let signed = i64::try_from(value).ok()?;
        let signed = if self.is_negative { signed.checked_neg()? } else { signed };
        let all = if self.is_negative { signed.to_be_bytes() } else { value.to_be_bytes() };
        let filler = if self.is_negative { 0xff } else { 0 };
        let mut shortest = all.as_slice();
        while let [first, rest @ ..] = shortest {
            // What is left keeps the sign.
            let keeps_sign = rest.first().is_some_and(|next| !self.is_negative || *next >= 0x80);
            if *first != filler || rest.len() < 2 || !keeps_sign {
                break;
            }
            shortest = rest;
        }
        let big_endian = shortest.to_vec();
        let little_endian = big_endian.iter().rev().copied().collect();
        Some([big_endian, little_endian])
    }
}

/// The forms in which GBCS writes a date: COSEM, ASN.1, ZigBee.
fn forms_of_date(date: Date) -> Vec<Vec<u8>> {
    let year = u16::try_from(date.year()).unwrap_or_default();
    let [high, low] = year.to_be_bytes();
    let (month, day) = (u8::from(date.month()), date.day());
    let since_1900 = u8::try_from(year.saturating_sub(1900)).unwrap_or_default();
    vec![
        vec![high, low, month, day],
        format!("{year:04}{month:02}{day:02}").into_bytes(),
        vec![since_1900, month, day],
        vec![day, month, since_1900],
    ]
}

/// The forms in which GBCS writes a time: COSEM with the weekday or without, ASN.1, ZigBee.
fn forms_of_time(time: OffsetDateTime) -> Vec<Vec<u8>> {
    let time = time.to_offset(UtcOffset::UTC);
    let [high, low] = u16::try_from(time.year()).unwrap_or_default().to_be_bytes();
    let date = |weekday: u8| {
        let clock = [time.hour(), time.minute(), time.second()];
        [&[high, low, u8::from(time.month()), time.day(), weekday][..], &clock].concat()
    };
    let general = format!(
        "{:04}{:02}{:02}{:02}{:02}{:02}Z",
        time.year(),
        u8::from(time.month()),
        time.day(),
        time.hour(),
        time.minute(),
        time.second()
    );
    let mut forms = vec![date(0xff), date(time.weekday().number_from_monday()), general.into_bytes()];
    if let Ok(seconds) = u32::try_from(time.unix_timestamp() - YEAR_2000) {
        forms.extend([seconds.to_le_bytes().to_vec(), seconds.to_be_bytes().to_vec()]);
    }
    forms
}
