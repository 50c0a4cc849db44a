//! `wattkey ledger`: what was done to which meter.

mod entries;
mod verify;

use clap::Subcommand;

use crate::cli::{CommandResult, Context};

/// Show and verify what was done to which meter
#[derive(Debug, clap::Args)]
#[command(after_long_help = include_str!("../../../data/help/ledger.txt"))]
pub struct Arguments {
    /// What to do.
    #[command(subcommand)]
    pub action: Action,
}

/// The subcommands.
#[derive(Debug, Subcommand)]
pub enum Action {
    /// List the newest rows
    List(entries::ListArguments),
    /// Show every row of one meter, job or row number
    Show(entries::ShowArguments),
    /// Check that no row was changed or taken out
    Verify(verify::Arguments),
    /// Print every row, as --format csv, json or jsonl
    Export,
}

/// Runs the subcommand.
pub fn run(arguments: &Arguments, context: &mut Context) -> CommandResult {
    match &arguments.action {
        Action::List(arguments) => entries::list(arguments, context),
        Action::Show(arguments) => entries::show(arguments, context),
        Action::Verify(arguments) => verify::run(arguments, context),
        Action::Export => entries::export(context),
    }
}
