//! `wattkey profiles`: what the program knows of meter models.

mod check;
mod list;
mod show;

use clap::Subcommand;

use crate::cli::{CommandError, CommandResult, Context};
use wattkey::meter::profile::ProfileError;

/// List, show and check meter profiles
#[derive(Debug, clap::Args)]
#[command(after_long_help = include_str!("../../../data/help/profiles.txt"))]
pub struct Arguments {
    /// What to do.
    #[command(subcommand)]
    pub action: Action,
}

/// The subcommands.
#[derive(Debug, Subcommand)]
pub enum Action {
    /// List every profile
    List,
    /// Print a profile as its file has it
    Show(show::Arguments),
    /// Check profiles for errors and values without a source
    Check(check::Arguments),
}

/// Runs the subcommand.
pub fn run(arguments: &Arguments, context: &mut Context) -> CommandResult {
    match &arguments.action {
        Action::List => list::run(context),
        Action::Show(arguments) => show::run(arguments, context),
        Action::Check(arguments) => check::run(arguments, context),
    }
}

impl From<ProfileError> for CommandError {
    fn from(error: ProfileError) -> Self {
        CommandError::new(error.code(), error.to_string())
    }
}
