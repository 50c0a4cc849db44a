//! `wattkey profiles`: what the program knows of meter models.

mod check;
mod list;
mod new;
mod show;

use clap::Subcommand;

use crate::cli::{CommandError, CommandResult, Context};
use wattkey::error::Exit;
use wattkey::meter::profile::ProfileError;

/// What an editor may hold a profile to while it is written.
const SCHEMA: &str = include_str!("../../../data/profile.schema.json");

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
    /// Begin a register map for the Modbus unit on the link
    New(new::Arguments),
    /// Print the JSON schema of profiles, for editors
    Schema,
}

/// Runs the subcommand.
pub fn run(arguments: &Arguments, context: &mut Context) -> CommandResult {
    match &arguments.action {
        Action::List => list::run(context),
        Action::Show(arguments) => show::run(arguments, context),
        Action::Check(arguments) => check::run(arguments, context),
        Action::New(arguments) => new::run(arguments, context),
        Action::Schema => {
            context.write(SCHEMA)?;
            Ok(Exit::Done)
        }
    }
}

impl From<ProfileError> for CommandError {
    fn from(error: ProfileError) -> Self {
        CommandError::new(error.code(), error.to_string())
    }
}
