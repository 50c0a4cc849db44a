//! `wattkey trace decode`.

use std::fs::File;
use std::io::BufReader;
use std::path::PathBuf;

use crate::cli::{CommandError, CommandResult, Context};
use wattkey::documents::trace::decode::{Decoded, Entry};
use wattkey::error::{Code, Exit};
use wattkey::keys::DlmsKey;
use wattkey::link::trace::layers::Decoder;
use wattkey::link::trace::{self};
use wattkey::output::Format;
use wattkey::protocol::describe::DescribeKeys;
use wattkey::protocol::dlms::{SecretKey, SuiteKeys, SystemTitle};

/// Show the frames of a trace, layer by layer
#[derive(Debug, clap::Args)]
#[command(after_long_help = include_str!("../../../data/help/trace/decode.txt"))]
pub struct Arguments {
    /// File written with --trace
    pub file: PathBuf,
}

/// Decodes a trace.
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
    let secrets = &credentials.secrets;
    let key = |key: &Option<DlmsKey>| SecretKey::from_octets(key.as_ref()?.reveal());
    let (Some(encryption), Some(authentication)) = (key(&secrets.encryption_key), key(&secrets.authentication_key))
    else {
        return Ok(None);
    };
    let keys = SuiteKeys { suite: credentials.suite, encryption, authentication };
    let client_title = credentials.system_title.map(SystemTitle);
    Ok(Some(DescribeKeys { keys, client_title, server_title: None }))
}
