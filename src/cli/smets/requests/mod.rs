//! `wattkey smets requests`: the catalogue of service requests.

pub mod list;
pub mod search;
pub mod show;

use clap::Subcommand;

use crate::cli::{CommandResult, Context};

/// List, show or search the service requests of the DCC
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// What to do
    #[command(subcommand)]
    pub command: Command,
}

/// The subcommands of `requests`.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// List service requests, all or by role, device or kind
    List(list::Arguments),
    /// Show one service request with the fields of its body
    Show(show::Arguments),
    /// Find service requests, DCC alerts and roles by any name
    Search(search::Arguments),
}

/// Runs the subcommand.
pub fn run(arguments: &Arguments, context: &mut Context) -> CommandResult {
    match &arguments.command {
        Command::List(arguments) => list::run(arguments, context),
        Command::Show(arguments) => show::run(arguments, context),
        Command::Search(arguments) => search::run(arguments, context),
    }
}
