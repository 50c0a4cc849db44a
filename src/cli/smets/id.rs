//! `wattkey smets id`.

use std::io::BufRead;
use std::path::Path;

use clap::Subcommand;

use crate::cli::global::words_parser;
use crate::cli::smets::input;
use crate::cli::{CommandError, CommandResult, Context};
use wattkey::documents::smets::id::{IdKind, Report, Verdict, judge};
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
#[command(after_long_help = "Examples:\n  \
    wattkey smets id check 00-DB-12-34-56-78-90-A0 1312345678907\n  \
    wattkey smets id check --kind mprn 3938424403\n  \
    wattkey smets id check - < numbers.txt\n\n\
    A wrong MPAN check digit is an error. The check pair of an MPRN rests on one source, so it only warns.\n\
    Device IDs have no check digit. Exit code 1: one of them is wrong.")]
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
    let exit = if ids.iter().any(|checked| checked.result == Verdict::Bad) { Exit::AnswerNo } else { Exit::Done };
    context.print(&Report { ids })?;
    Ok(exit)
}
