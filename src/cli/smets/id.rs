//! `wattkey smets id`.

use std::io::BufRead;
use std::path::Path;

use clap::Subcommand;

use crate::cli::global::words_parser;
use crate::cli::smets::input;
use crate::cli::{CommandError, CommandResult, Context};
use wattkey::documents::smets::id::{IdKind, IdVerdict, Report, judge};
use wattkey::error::{Code, Exit};

/// Check device IDs and meter point numbers
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// What to do
    #[command(subcommand)]
    pub command: Command,
}

/// The subcommands of `id`.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Check EUI-64 device IDs, MPANs and MPRNs
    Check(Check),
}

/// Check EUI-64 device IDs, MPANs and MPRNs
#[derive(Debug, clap::Args)]
#[command(after_long_help = include_str!("../../../data/help/smets/id.txt"))]
pub struct Check {
    /// Identifiers; - reads one a line
    #[arg(required = true, value_name = "ID")]
    pub ids: Vec<String>,

    /// What they are; without it the shape tells
    #[arg(long, value_parser = words_parser(IdKind::ALL, IdKind::word, IdKind::meaning))]
    pub kind: Option<IdKind>,
}

/// Longest line of a list.
const LONGEST: usize = 200;

/// Checks and prints.
pub fn run(arguments: &Arguments, context: &mut Context) -> CommandResult {
    let Command::Check(check) = &arguments.command;
    let mut ids = Vec::new();
    for id in &check.ids {
        if id == "-" {
            for line in input::open(Path::new("-"))?.lines() {
                let line = line.map_err(|error| {
                    CommandError::new(Code::File, format!("standard input cannot be read: {error}"))
                })?;
                if !line.trim().is_empty() {
                    ids.push(judge(&line.chars().take(LONGEST).collect::<String>(), check.kind));
                }
            }
        } else {
            ids.push(judge(id, check.kind));
        }
    }
    let exit = if ids.iter().any(|checked| checked.result == IdVerdict::Bad) { Exit::AnswerNo } else { Exit::Done };
    context.print(&Report { ids })?;
    Ok(exit)
}
