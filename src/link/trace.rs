//! Recorded lines: a trace file holds one JSON object a line, first a header, then what passed and when.
//!
//! ```text
//! {"schema":"wattkey/trace/1","link":"/dev/ttyUSB0","started":"2026-11-21T04:12:32Z"}
//! {"time":"2026-11-21T04:12:32.01Z","direction":"sent","hex":"2f3f210d0a","note":"sign-on"}
//! {"time":"2026-11-21T04:12:32.41Z","direction":"received","hex":"2f475258350d0a"}
//! ```
//!
//! A secret byte stands as `**`. `settings` records a change of speed or form, `timeout` a deadline that passed with
//! nothing received, `closed` the far end's hanging up, `note` words that belong to no bytes.

mod cut;
pub mod layers;
pub mod pasted;
mod recorder;
mod replay;

use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

pub use recorder::TraceLink;
pub use replay::ReplayLink;

/// The `schema` field of a trace's first line.
pub const SCHEMA: &str = "wattkey/trace/1";

/// Longest line of a trace file that is read, in bytes.
const LONGEST_LINE: u64 = 1 << 20;

/// What one line of a trace is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Direction {
    /// Bytes to the meter.
    Sent,
    /// Bytes from the meter.
    Received,
    /// A change of speed or character form.
    Settings,
    /// A deadline passed and nothing had come.
    Timeout,
    /// The far end hung up.
    Closed,
    /// Words only.
    Note,
}

/// One line of a trace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// When it happened; for received bytes, when the first was taken.
    pub time: OffsetDateTime,
    /// What it is about.
    pub direction: Direction,
    /// The bytes; `None` for one that is a secret.
    pub bytes: Vec<Option<u8>>,
    /// What it means, in words.
    pub note: Option<String>,
    /// Line in the file, from 1; 0 for a record not read from a file.
    pub line: usize,
}

/// The first line of a trace.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Header {
    schema: String,
    /// The link as the user wrote it.
    pub link: String,
    /// Wall clock when the link was opened.
    #[serde(with = "time::serde::rfc3339")]
    pub started: OffsetDateTime,
}

impl Header {
    /// The head of a trace of `link` that begins at `started`.
    pub(crate) fn new(link: String, started: OffsetDateTime) -> Self {
        Header { schema: SCHEMA.to_owned(), link, started }
    }

    /// The line of the file, without its line feed.
    ///
    /// # Errors
    /// One sentence; none in practice.
    pub fn to_json(&self) -> Result<String, String> {
        serde_json::to_string(self).map_err(|error| error.to_string())
    }
}

/// Why a file is no trace.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {problem}")]
pub struct TraceError {
    /// Line of the file, from 1.
    pub line: usize,
    /// What is wrong with it.
    pub problem: String,
}

/// A record as it stands in the file.
#[derive(Serialize, Deserialize)]
struct Line {
    time: String,
    direction: Direction,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    hex: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    note: Option<String>,
}

impl Record {
    /// The line of the file, without its line feed.
    ///
    /// # Errors
    /// One sentence; none in practice.
    pub fn to_json(&self) -> Result<String, String> {
        let line = Line {
            time: self.time.format(&Rfc3339).map_err(|error| error.to_string())?,
            direction: self.direction,
            hex: (!self.bytes.is_empty()).then(|| hex(&self.bytes)),
            note: self.note.clone(),
        };
        serde_json::to_string(&line).map_err(|error| error.to_string())
    }

    fn from_json(text: &str, number: usize) -> Result<Self, TraceError> {
        let wrong = |problem: String| TraceError { line: number, problem };
        let line: Line = serde_json::from_str(text).map_err(|error| wrong(error.to_string()))?;
        Ok(Record {
            time: OffsetDateTime::parse(&line.time, &Rfc3339).map_err(|error| wrong(error.to_string()))?,
            direction: line.direction,
            bytes: unhex(line.hex.as_deref().unwrap_or_default()).ok_or_else(|| wrong("hex is damaged".into()))?,
            note: line.note,
            line: number,
        })
    }

    /// The bytes in hex, secret ones as `**`.
    pub fn hex(&self) -> String {
        hex(&self.bytes)
    }
}

/// Two digits a byte, `**` for a secret one.
fn hex(bytes: &[Option<u8>]) -> String {
    bytes.iter().map(|byte| byte.map_or_else(|| "**".to_owned(), |byte| format!("{byte:02x}"))).collect()
}

fn unhex(text: &str) -> Option<Vec<Option<u8>>> {
    if !text.len().is_multiple_of(2) {
        return None;
    }
    let pairs = text.as_bytes().chunks(2);
    let byte = |pair: &[u8]| match pair {
        b"**" => Some(None),
        _ if pair.iter().all(u8::is_ascii_hexdigit) => crate::hex::decode_pair(pair).map(Some),
        _ => None,
    };
    pairs.map(byte).collect()
}

/// The link that a trace file is of, as the user wrote it; `None` when it is no trace.
pub fn recorded_link(path: &Path) -> Option<String> {
    // What is read from a pipe is gone.
    if !path.is_file() {
        return None;
    }
    let mut head = String::new();
    BufReader::new(File::open(path).ok()?).take(LONGEST_LINE).read_line(&mut head).ok()?;
    let (header, _) = read(head.as_bytes()).ok()?;
    Some(header.link)
}

/// Reads a whole trace.
///
/// # Errors
/// The first line that is damaged; an unreadable file counts as a damaged line.
pub fn read(mut reader: impl BufRead) -> Result<(Header, Vec<Record>), TraceError> {
    let mut header: Option<Header> = None;
    let mut records = Vec::new();
    let mut number = 0usize;
    loop {
        number = number.saturating_add(1);
        let wrong = |problem: String| TraceError { line: number, problem };
        let mut text = String::new();
        let count = (&mut reader).take(LONGEST_LINE).read_line(&mut text).map_err(|error| wrong(error.to_string()))?;
        if count == 0 {
            break;
        }
        if count as u64 >= LONGEST_LINE {
            return Err(wrong(format!("longer than {LONGEST_LINE} bytes")));
        }
        let text = text.trim();
        if header.is_none() {
            let found: Header = serde_json::from_str(text)
                .map_err(|error| wrong(format!("this is not the head of a trace: {error}")))?;
            if found.schema != SCHEMA {
                return Err(wrong(format!("schema {:?} where {SCHEMA:?} is read", found.schema)));
            }
            header = Some(found);
        } else if !text.is_empty() {
            records.push(Record::from_json(text, number)?);
        }
    }
    let header = header.ok_or(TraceError { line: 1, problem: "the file is empty".into() })?;
    Ok((header, records))
}

/// The time of a record on a link's own clock, counted from the header's start.
fn moment(record: &Record, header: &Header) -> Duration {
    let nanoseconds = record.time.unix_timestamp_nanos().saturating_sub(header.started.unix_timestamp_nanos());
    u64::try_from(nanoseconds).map_or(Duration::ZERO, Duration::from_nanos)
}

#[cfg(test)]
mod tests;
