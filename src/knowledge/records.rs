//! The files of records (schema `wattkey/records/1`): built in, and the user's own.

use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::{Confidence, Kind, KnowledgeEntry, MapsTo};

const DISPLAYS: &str = include_str!("../../data/displays.json");
const SHORT_CODES: &str = include_str!("../../data/short_codes.json");

/// The schema that a file of records names.
const SCHEMA: &str = "wattkey/records/1";

/// A file of records that cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("{}: {problem}", path.display())]
pub struct RecordsError {
    /// The file.
    pub path: PathBuf,
    /// What is wrong, with line and column.
    pub problem: String,
}

/// What a meter shows.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DisplayRecord {
    /// Maker or fleet.
    pub vendor: String,
    /// Models it was seen on.
    pub models: String,
    /// The text, or a description of a sign that is not text.
    pub display: String,
    /// Other texts it is found under; `?` is any digit, `17..255` a range of whole numbers.
    #[serde(default)]
    pub also: Vec<String>,
    /// 16 where the meter counts in hexadecimal.
    #[serde(default = "ten")]
    pub radix: u32,
    /// What it means, in one clause.
    pub meaning: String,
    /// The same in terms of the program.
    pub maps_to: MapsTo,
    /// What may be behind it, most likely first.
    #[serde(default)]
    pub likely_causes: Vec<String>,
    /// What to do, in order.
    #[serde(default)]
    pub next_steps: Vec<String>,
    /// Where it is written: an address, or words.
    pub source: String,
    /// How well the source supports it.
    pub confidence: Confidence,
}

/// What a meter's keypad accepts.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ShortCode {
    /// Maker or fleet.
    pub vendor: String,
    /// Models it is known for.
    pub models: String,
    /// Keys to press.
    pub code: String,
    /// Other texts it is found under; patterns as in [`DisplayRecord::also`].
    #[serde(default)]
    pub also: Vec<String>,
    /// What the meter then shows or does.
    pub shows: String,
    /// Where it is written.
    pub source: String,
}

/// The content of one file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Records {
    /// Always `wattkey/records/1`.
    pub schema: String,
    /// What meters show.
    #[serde(default)]
    pub displays: Vec<DisplayRecord>,
    /// What keypads accept.
    #[serde(default)]
    pub short_codes: Vec<ShortCode>,
}

const fn ten() -> u32 {
    10
}

impl Records {
    /// Reads one file's text.
    ///
    /// # Errors
    /// One sentence with line and column; a record without vendor, text or meaning; another schema.
    pub fn parse(text: &str) -> Result<Self, String> {
        let records: Records = serde_json::from_str(text).map_err(|error| error.to_string())?;
        if records.schema != SCHEMA {
            return Err(format!("schema is {:?} where {SCHEMA:?} is expected", records.schema));
        }
        for (index, record) in records.displays.iter().enumerate() {
            let fields = [("vendor", &record.vendor), ("display", &record.display), ("meaning", &record.meaning)];
            reject_blank("displays", index, &fields)?;
            if !matches!(record.radix, 10 | 16) {
                return Err(format!("displays[{index}].radix: {} is neither 10 nor 16", record.radix));
            }
        }
        for (index, record) in records.short_codes.iter().enumerate() {
            let fields = [("vendor", &record.vendor), ("code", &record.code), ("shows", &record.shows)];
            reject_blank("short_codes", index, &fields)?;
        }
        Ok(records)
    }

    /// Reads a user's own file.
    ///
    /// # Errors
    /// [`RecordsError`] when it cannot be read or parsed.
    pub fn load(path: &Path) -> Result<Self, RecordsError> {
        let failed = |problem: String| RecordsError { path: path.to_owned(), problem };
        let text = fs::read_to_string(path).map_err(|error| failed(error.to_string()))?;
        Records::parse(&text).map_err(failed)
    }

    /// The records that come with the program.
    ///
    /// # Errors
    /// A damaged data file, which the tests exclude.
    pub fn built_in() -> Result<Self, String> {
        let mut records = Records::parse(DISPLAYS)?;
        records.short_codes = Records::parse(SHORT_CODES)?.short_codes;
        Ok(records)
    }

    /// The records as readings, displays first.
    pub fn into_readings(self) -> Vec<KnowledgeEntry> {
        let displays = self.displays.into_iter().map(|record| KnowledgeEntry {
            vendor: Some(record.vendor),
            models: Some(record.models),
            also: record.also,
            radix: record.radix,
            maps_to: Some(record.maps_to),
            likely_causes: record.likely_causes,
            next_steps: record.next_steps,
            source: Some(record.source),
            confidence: Some(record.confidence),
            ..KnowledgeEntry::new(Kind::Display, record.display, record.meaning)
        });
        let codes = self.short_codes.into_iter().map(|record| KnowledgeEntry {
            vendor: Some(record.vendor),
            models: Some(record.models),
            also: record.also,
            source: Some(record.source),
            ..KnowledgeEntry::new(Kind::ShortCode, record.code, record.shows)
        });
        displays.chain(codes).collect()
    }
}

fn reject_blank(list: &str, index: usize, fields: &[(&str, &String)]) -> Result<(), String> {
    match fields.iter().find(|(_, value)| value.trim().is_empty()) {
        Some((name, _)) => Err(format!("{list}[{index}].{name} is empty")),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn the_data_files_hold_what_they_should() {
        let records = Records::built_in().unwrap();
        assert!(records.displays.len() >= 272 && records.short_codes.len() >= 134);
        let mut seen = HashSet::new();
        for record in &records.displays {
            let name = format!("{} | {} | {}", record.vendor, record.models, record.display);
            assert!(seen.insert(name.to_lowercase()), "{name} twice");
            assert!(record.source.len() > 5, "{name} has no source");
            assert!(!record.meaning.ends_with('.'), "{name}: one clause, no full stop");
            assert!(record.also.iter().all(|text| *text != record.display), "{name}: `also` repeats it");
        }
        for record in &records.short_codes {
            let name = format!("{} | {} | {}", record.vendor, record.models, record.code);
            assert!(seen.insert(name.to_lowercase()), "{name} twice");
            assert!(record.source.len() > 5, "{name} has no source");
        }
    }

    #[test]
    fn a_bad_record_is_named() {
        let bad = r#"{"schema":"wattkey/records/1","displays":[{"vendor":"","models":"m","display":"d","meaning":"x",
            "maps_to":"other","source":"note","confidence":"low"}]}"#;
        assert_eq!(Records::parse(bad).unwrap_err(), "displays[0].vendor is empty");
        let bad = bad.replace("\"other\"", "\"nonsense\"");
        assert!(Records::parse(&bad).unwrap_err().contains("nonsense"));
        assert!(Records::parse("{\"schema\":\"x\"}").unwrap_err().contains("schema"));
        assert!(Records::parse("{").unwrap_err().contains("line 1"));
    }
}
