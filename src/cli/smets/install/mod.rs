//! `wattkey smets install`: the checklist of a site, kept in a file.

pub mod feed;
pub mod generation;
pub mod lights;
pub mod mark;
pub mod page;
pub mod show;
pub mod start;
pub mod wan;

use std::fs;
use std::path::{Path, PathBuf};

use clap::Subcommand;

use crate::cli::{CommandError, CommandResult, Context};
use wattkey::error::Code;
use wattkey::files;
use wattkey::smets::install::{Checklist, ChecklistError, Status};

/// Keep the checklist of an installation
#[derive(Debug, clap::Args)]
#[command(after_long_help = include_str!("../../../../data/help/smets/install.txt"))]
pub struct Arguments {
    /// File the checklist is kept in
    #[arg(long, value_name = "FILE", default_value = "install.json", global = true)]
    pub file: PathBuf,

    /// What to do
    #[command(subcommand)]
    pub command: Command,
}

/// The subcommands of `install`.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Begin a checklist for the devices of a site
    Start(start::Arguments),
    /// Show every step with its state
    Show,
    /// Show the steps that can be done now, and who does them
    Next,
    /// Note a step as done
    Done(mark::Arguments),
    /// Note a step as failed
    Fail(mark::Arguments),
    /// Leave a step out, with the reason
    Skip(mark::Arguments),
    /// Note whether the hub reaches the DCC
    Wan(wan::Arguments),
    /// Note what decoded messages prove
    Feed(feed::Arguments),
    /// Print the checklist as an HTML page
    Page(page::Arguments),
    /// Show what the lights of a hub mean
    Lights(lights::Arguments),
    /// Tell whether a meter is likely SMETS1 or SMETS2
    Generation(generation::Arguments),
}

/// Runs the subcommand.
pub fn run(arguments: &Arguments, context: &mut Context) -> CommandResult {
    let file = &arguments.file;
    match &arguments.command {
        Command::Start(arguments) => start::run(arguments, file, context),
        Command::Show => show::run(file, false, context),
        Command::Next => show::run(file, true, context),
        Command::Done(arguments) => mark::run(arguments, Status::Done, file, context),
        Command::Fail(arguments) => mark::run(arguments, Status::Failed, file, context),
        Command::Skip(arguments) => mark::run(arguments, Status::Skipped, file, context),
        Command::Wan(arguments) => wan::run(arguments, file, context),
        Command::Feed(arguments) => feed::run(arguments, file, context),
        Command::Page(arguments) => page::run(arguments, file, context),
        Command::Lights(arguments) => lights::run(arguments, context),
        Command::Generation(arguments) => generation::run(arguments, context),
    }
}

/// Reads the checklist of a file.
fn load(file: &Path) -> Result<Checklist, CommandError> {
    let text = fs::read_to_string(file).map_err(|error| {
        let error = CommandError::new(Code::File, format!("{} cannot be read: {error}", file.display()));
        error.hint("Begin with `wattkey smets install start`, or name the file with --file.")
    })?;
    Checklist::parse(&text).map_err(|error| refused(&error, file))
}

/// Writes the checklist as a whole, so that a cut never leaves half of it.
fn save(checklist: &Checklist, file: &Path) -> Result<(), CommandError> {
    let fault =
        |error: std::io::Error| CommandError::new(Code::File, format!("{} cannot be written: {error}", file.display()));
    let mut text = serde_json::to_string_pretty(checklist)
        .map_err(|error| CommandError::new(Code::Internal, format!("the checklist cannot be written: {error}")))?;
    text.push('\n');
    files::replace_with(file, text.as_bytes()).map_err(fault)
}

fn refused(error: &ChecklistError, file: &Path) -> CommandError {
    match error {
        ChecklistError::Shape(_) => CommandError::new(Code::File, format!("{}: {error}", file.display())),
        ChecklistError::UnknownStep { .. } => CommandError::new(Code::BadValue, error.to_string()),
        ChecklistError::Blocked { .. } => CommandError::new(Code::Unsafe, error.to_string())
            .hint("Do those first, `skip` them with a reason, or give --force when it was done all the same."),
    }
}
