//! `wattkey trace decode`.

use std::fs::File;
use std::io::{BufReader, Read};
use std::path::PathBuf;

use time::OffsetDateTime;

use crate::cli::{CommandError, CommandResult, Context};
use wattkey::documents::trace::decode::{Decoded, Entry};
use wattkey::error::{Code, Exit};
use wattkey::link::trace::layers::Decoder;
use wattkey::link::trace::pasted::read_pasted;
use wattkey::link::trace::{self, Record};
use wattkey::output::Format;

/// Longest text of pasted bytes, in octets.
const LONGEST: u64 = 16 << 20;

/// Show the frames of a trace, layer by layer
#[derive(Debug, clap::Args)]
#[command(after_long_help = include_str!("../../../data/help/trace/decode.txt"))]
pub struct Arguments {
    /// File written with --trace; - reads hex digits from standard input, a message a line
    pub file: PathBuf,
}

/// Decodes a trace.
pub(super) fn run(arguments: &Arguments, context: &mut Context) -> CommandResult {
    let (link, started, records) = records(arguments)?;
    let mut decoder = Decoder::new(context.describe_keys()?);
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
        context.print(&Decoded { link, started, records: entries.collect() })?;
    }
    Ok(Exit::Done)
}

/// The records of the trace, with its link and its beginning.
fn records(arguments: &Arguments) -> Result<(String, OffsetDateTime, Vec<Record>), CommandError> {
    let unreadable = |error: String| CommandError::new(Code::File, error);
    if arguments.file.as_os_str() == "-" {
        let mut text = String::new();
        let read = std::io::stdin().lock().take(LONGEST).read_to_string(&mut text);
        read.map_err(|error| unreadable(format!("standard input cannot be read: {error}")))?;
        if !text.trim_start().starts_with('{') {
            let now = OffsetDateTime::now_utc();
            let records = read_pasted(&text, now).map_err(|line| {
                unreadable(format!("standard input, line {line}: there are no hex digits of whole octets")).hint(
                    "Write one message a line, such as 7E A0 07 03 21 93 0F 01 7E; TX: or RX: may stand in front.",
                )
            })?;
            return Ok(("pasted".to_owned(), now, records));
        }
        let (header, records) = trace::read(text.as_bytes())
            .map_err(|error| unreadable(format!("standard input is not a trace this program reads: {error}")))?;
        return Ok((header.link.clone(), header.started, records));
    }
    let name = arguments.file.display();
    let file =
        File::open(&arguments.file).map_err(|error| unreadable(format!("cannot read the trace {name}: {error}")))?;
    let (header, records) = trace::read(BufReader::new(file))
        .map_err(|error| unreadable(format!("{name} is not a trace this program reads: {error}")))?;
    Ok((header.link.clone(), header.started, records))
}
