//! `wattkey trace`: recorded lines.

mod decode;

use clap::Subcommand;

use crate::cli::{CommandResult, Context};

/// Read what was recorded on a line with --trace
#[derive(Debug, clap::Args)]
#[command(after_long_help = include_str!("../../../data/help/trace.txt"))]
pub struct Arguments {
    /// What to do.
    #[command(subcommand)]
    pub action: Action,
}

/// The subcommands.
#[derive(Debug, Subcommand)]
pub enum Action {
    /// Show the frames of a trace, layer by layer
    Decode(decode::Arguments),
}

/// Runs the subcommand.
pub fn run(arguments: &Arguments, context: &mut Context) -> CommandResult {
    match &arguments.action {
        Action::Decode(arguments) => decode::run(arguments, context),
    }
}
