//! `wattkey smets install wan`.

use std::path::Path;

use clap::ValueEnum;

use crate::cli::smets::install::{load, save};
use crate::cli::{CommandResult, Context};
use wattkey::documents::smets::install::show::Report;
use wattkey::error::Exit;
use wattkey::smets::install::Wan;

/// What the hub's WAN light says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum State {
    /// The hub is connected.
    Up,
    /// It is not.
    None,
    /// Not looked at yet.
    Unknown,
}

/// Note whether the hub reaches the DCC
#[derive(Debug, clap::Args)]
#[command(
    after_long_help = "Without WAN the hub is reported with 8.14.2, and what goes to devices on site takes the local route:\n\
    the command comes back from the DCC (variant 2 or 6), a hand-held device puts it on the HAN, and the answer\n\
    is returned with 8.13."
)]
pub struct Arguments {
    /// What the WAN light says
    pub state: State,
}

/// Notes it and shows what comes next.
pub fn run(arguments: &Arguments, file: &Path, context: &mut Context) -> CommandResult {
    let mut checklist = load(file)?;
    checklist.wan = match arguments.state {
        State::Up => Wan::Up,
        State::None => Wan::None,
        State::Unknown => Wan::Unknown,
    };
    save(&checklist, file)?;
    context.print(&Report::of(&checklist, true))?;
    Ok(Exit::Done)
}
