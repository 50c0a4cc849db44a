//! `wattkey smets decode`.

use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use crate::cli::smets::input;
use crate::cli::{CommandResult, Context};
use wattkey::documents::smets::decode::Line;
use wattkey::error::Exit;
use wattkey::output::{self, Format};
use wattkey::smets::duis::decode::{Decoder, MessageKind};
use wattkey::smets::duis::stream::Messages;

/// Decode DUIS responses and alerts to JSON Lines
#[derive(Debug, clap::Args)]
#[command(after_long_help = include_str!("../../../data/help/smets/decode.txt"))]
pub struct Arguments {
    /// Files; - reads standard input
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,

    /// Show the GBCS message itself too, as hex
    #[arg(long)]
    pub payload: bool,
}

/// Decodes every message of every file.
pub fn run(arguments: &Arguments, context: &mut Context) -> CommandResult {
    // Messages are for pipelines first: without a wish, and where JSON is wanted, each takes a line.
    let format = match (context.options.format, context.format()) {
        (None, _) | (_, Format::Json) => Format::Jsonl,
        (_, format) => format,
    };
    let mut out = BufWriter::with_capacity(64 * 1024, io::stdout().lock());
    let mut decoder = Decoder::new(arguments.payload);
    let (mut sound, mut unreadable, mut empty) = (0u64, 0u64, 0u64);
    let mut is_first = true;
    for path in &arguments.files {
        let before = sound + unreadable;
        decode(path, format, context, &mut decoder, &mut out, &mut is_first, &mut |kind| {
            if kind == MessageKind::Unreadable { unreadable += 1 } else { sound += 1 }
        })?;
        if sound + unreadable == before {
            empty += 1;
            context.note(format_args!("{}: there is no DUIS message in it", path.display()));
        }
    }
    out.flush()?;
    Ok(if unreadable > 0 || empty > 0 { Exit::Garbled } else { Exit::Done })
}

fn decode(
    path: &Path,
    format: Format,
    context: &Context,
    decoder: &mut Decoder,
    out: &mut impl Write,
    is_first: &mut bool,
    count: &mut impl FnMut(MessageKind),
) -> Result<(), crate::cli::CommandError> {
    let file = path.display().to_string();
    for mut found in Messages::new(input::open(path)?) {
        let line = Line { file: &file, message: decoder.decode(&mut found) };
        count(line.message.kind);
        match format {
            Format::Csv => output::write_csv(&line, *is_first, out)?,
            _ => output::write_document(&line, format, context.style(), out)?,
        }
        *is_first = false;
    }
    Ok(())
}
