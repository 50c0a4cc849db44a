//! `wattkey trace decode`.

use std::fmt::Write;
use std::fs::File;
use std::io::BufReader;
use std::path::PathBuf;

use serde::Serialize;
use time::OffsetDateTime;

use crate::cli::{CommandError, CommandResult, Context};
use wattkey::error::{Code, Exit};
use wattkey::link::trace::layers::Decoder;
use wattkey::link::trace::{self, Direction};
use wattkey::output::{Document, Format, Style, sanitize};
use wattkey::protocol::describe::{DescribeKeys, Layer};
use wattkey::protocol::dlms::{SecretKey, SuiteKeys, SystemTitle};

/// Show the frames of a trace, layer by layer
#[derive(Debug, clap::Args)]
#[command(after_long_help = "Examples:\n  \
    wattkey trace decode meter.jsonl\n  \
    wattkey trace decode meter.jsonl --format jsonl | jq -c '.frames[]'\n  \
    wattkey trace decode meter.jsonl --credentials manager.toml   with a look into ciphered data units")]
pub struct Arguments {
    /// File written with --trace
    pub file: PathBuf,
}

/// The result: the whole trace, or one line of it for JSON Lines.
#[derive(Debug, Serialize)]
struct Decoded {
    link: String,
    #[serde(with = "time::serde::rfc3339")]
    started: OffsetDateTime,
    records: Vec<Entry>,
}

#[derive(Debug, Serialize)]
struct Entry {
    line: usize,
    #[serde(with = "time::serde::rfc3339")]
    time: OffsetDateTime,
    at_ms: i64,
    direction: Direction,
    #[serde(skip_serializing_if = "String::is_empty")]
    hex: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<String>,
    /// Frames that end in this record, each from the outermost layer in.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    frames: Vec<Vec<Layer>>,
}

/// Decodes a trace.
///
/// # Errors
/// A file that cannot be read or is no trace.
pub(super) fn run(arguments: &Arguments, context: &mut Context) -> CommandResult {
    let name = arguments.file.display();
    let file = File::open(&arguments.file)
        .map_err(|error| CommandError::new(Code::File, format!("cannot read the trace {name}: {error}")))?;
    let (header, records) = trace::read(BufReader::new(file))
        .map_err(|error| CommandError::new(Code::File, format!("{name} is not a trace this program reads: {error}")))?;
    let mut decoder = Decoder::new(keys(context)?);
    let started = header.started;
    let entries = records.into_iter().map(|record| Entry {
        line: record.line,
        time: record.time,
        at_ms: i64::try_from((record.time - started).whole_milliseconds()).unwrap_or(i64::MAX),
        direction: record.direction,
        frames: decoder.record(&record),
        hex: record.hex(),
        note: record.note,
    });
    if context.format() == Format::Jsonl {
        for entry in entries {
            context.print(&entry)?;
        }
    } else {
        context.print(&Decoded { link: header.link, started, records: entries.collect() })?;
    }
    Ok(Exit::Done)
}

/// Keys of `--credentials`, to look into ciphered data units.
fn keys(context: &Context) -> Result<Option<DescribeKeys>, CommandError> {
    let Some(credentials) = context.credentials()?.dlms else { return Ok(None) };
    let (Some(encryption), Some(authentication)) = (&credentials.encryption_key, &credentials.authentication_key)
    else {
        return Ok(None);
    };
    let keys = SuiteKeys {
        encryption: SecretKey::new(*encryption.reveal()),
        authentication: SecretKey::new(*authentication.reveal()),
    };
    let client_title = credentials.system_title.map(SystemTitle);
    Ok(Some(DescribeKeys { keys, client_title, server_title: None }))
}

fn word(direction: Direction) -> &'static str {
    match direction {
        Direction::Sent => "sent",
        Direction::Received => "received",
        Direction::Settings => "settings",
        Direction::Timeout => "timeout",
        Direction::Closed => "closed",
        Direction::Note => "note",
    }
}

impl Entry {
    fn row(&self) -> Vec<String> {
        let summaries = |layers: &Vec<Layer>| layers.iter().map(words).collect::<Vec<_>>().join(" > ");
        let frames: Vec<String> = self.frames.iter().map(summaries).collect();
        vec![
            self.line.to_string(),
            self.at_ms.to_string(),
            word(self.direction).to_owned(),
            self.hex.clone(),
            frames.join("; "),
            self.note.clone().unwrap_or_default(),
        ]
    }

    fn draw(&self) -> String {
        let mut text = String::new();
        let seconds = self.at_ms as f64 / 1000.0;
        let arrow = match self.direction {
            Direction::Sent => "-> ",
            Direction::Received => "<- ",
            _ => "   ",
        };
        let what = match self.direction {
            Direction::Sent | Direction::Received => format!("{} bytes", self.hex.len() / 2),
            other => {
                let note = self.note.as_deref().map(|note| format!(": {}", sanitize(note))).unwrap_or_default();
                format!("{}{note}", word(other))
            }
        };
        let _ = writeln!(text, "{seconds:>9.3}  {arrow}{what}");
        for layers in &self.frames {
            for (depth, layer) in layers.iter().enumerate() {
                let indent = 14 + 2 * depth;
                let _ = writeln!(text, "{:indent$}{}", "", sanitize(&words(layer)));
                for field in &layer.fields {
                    // A value may have lines of its own: a structure.
                    let mut lines = field.value.lines().map(sanitize);
                    let first = lines.next().unwrap_or_default();
                    let _ = writeln!(text, "{:indent$}    {}: {first}", "", field.name);
                    for line in lines {
                        let _ = writeln!(text, "{:indent$}      {line}", "");
                    }
                }
            }
        }
        if !self.hex.is_empty() && self.frames.is_empty() {
            let shown: String = self.hex.chars().take(96).collect();
            let more = if shown.len() < self.hex.len() { "…" } else { "" };
            let _ = writeln!(text, "              {shown}{more}");
        }
        text
    }
}

/// A layer in one line, under the name people know it by.
fn words(layer: &Layer) -> String {
    let name = match layer.layer {
        "hdlc" => "HDLC",
        "iec62056-21" => "IEC 62056-21",
        "dlt645" => "DL/T 645",
        "modbus" => "Modbus",
        "wrapper" => "TCP wrapper",
        "llc" => "LLC",
        "apdu" | "ciphered" => "DLMS",
        other => other,
    };
    format!("{name}: {}", layer.summary)
}

fn header() -> Vec<String> {
    ["line", "at_ms", "direction", "hex", "frames", "note"].map(str::to_owned).to_vec()
}

impl Document for Entry {
    const SCHEMA: &'static str = "wattkey/trace-record/1";

    fn table(&self, _style: Style) -> String {
        self.draw()
    }

    fn csv_header(&self) -> Vec<String> {
        header()
    }

    fn csv_rows(&self) -> Vec<Vec<String>> {
        vec![self.row()]
    }
}

impl Document for Decoded {
    const SCHEMA: &'static str = "wattkey/trace-decode/1";

    fn table(&self, _style: Style) -> String {
        let mut text = format!("Trace of {}, begun {}\n", sanitize(&self.link), self.started);
        for entry in &self.records {
            text.push_str(&entry.draw());
        }
        text
    }

    fn csv_header(&self) -> Vec<String> {
        header()
    }

    fn csv_rows(&self) -> Vec<Vec<String>> {
        self.records.iter().map(Entry::row).collect()
    }
}
