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
    after_long_help = include_str!("../../../../data/help/smets/install/wan.txt")
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
