//! `wattkey keys check`: all that is wrong with a key file, and what soon will be.

use std::path::PathBuf;

use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use crate::cli::{CommandError, CommandResult, Context};
use wattkey::documents::keys::check::KeyCheck;
use wattkey::error::{Code, Exit};
use wattkey::keys::{KeyFile, Severity, check};

#[derive(Debug, clap::Args)]
#[command(after_long_help = include_str!("../../../data/help/keys/check.txt"))]
pub struct Arguments {
    /// Key file; without it that of --keys
    #[arg(value_name = "FILE")]
    file: Option<PathBuf>,

    /// Check as of this moment (RFC 3339) instead of now
    #[arg(long, value_name = "TIME")]
    now: Option<String>,
}

pub fn run(arguments: &Arguments, context: &mut Context) -> CommandResult {
    let now = match &arguments.now {
        Some(text) => OffsetDateTime::parse(text, &Rfc3339).map_err(|_| {
            CommandError::new(Code::BadValue, format!("--now {text:?} is not a time"))
                .hint("Write it like 2027-01-01T00:00:00Z.")
        })?,
        None => OffsetDateTime::now_utc(),
    };
    let path = super::file(arguments.file.as_deref(), context)?;
    let (file, problems) = KeyFile::examine(path, context.exposure(), context.opener(path))?;
    let findings = check(&file, problems, now);
    let ok = findings.iter().all(|finding| finding.severity < Severity::Error);
    context.print(&KeyCheck {
        file: path.display().to_string(),
        checked_at: now.to_offset(time::UtcOffset::UTC).truncate_to_second().format(&Rfc3339).unwrap_or_default(),
        ok,
        vending_keys: file.vending_keys().len(),
        decoder_keys: file.decoder_keys().len(),
        findings,
    })?;
    Ok(if ok { Exit::Done } else { Exit::AnswerNo })
}
