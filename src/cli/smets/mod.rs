//! `wattkey smets`: GB smart metering, offline.

mod alerts;
pub mod decode;
pub mod id;
pub mod input;
pub mod install;
pub mod permissions;
pub mod request;
pub mod requests;
pub mod utrn;

use clap::Subcommand;

use crate::cli::{CommandResult, Context};

/// Service requests, alerts, installation and top-up codes of GB meters
#[derive(Debug, clap::Args)]
#[command(after_long_help = include_str!("../../../data/help/smets.txt"))]
pub struct Arguments {
    /// What to do
    #[command(subcommand)]
    pub command: Command,
}

/// The subcommands of `smets`.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// List, show or search the service requests of the DCC
    Requests(requests::Arguments),
    /// Tell whether a role may send a service request
    May(permissions::Arguments),
    /// Build, check or send a service request
    Request(request::Arguments),
    /// Decode DUIS responses and alerts to JSON Lines
    Decode(decode::Arguments),
    /// List or search the alerts that devices raise
    Alerts(alerts::Arguments),
    /// Keep the checklist of an installation
    Install(install::Arguments),
    /// Check a SMETS2 top-up code
    Utrn(utrn::Arguments),
    /// Check device IDs and meter point numbers
    Id(id::Arguments),
}

/// Runs the subcommand.
pub fn run(arguments: &Arguments, context: &mut Context) -> CommandResult {
    match &arguments.command {
        Command::Requests(arguments) => requests::run(arguments, context),
        Command::May(arguments) => permissions::run(arguments, context),
        Command::Request(arguments) => request::run(arguments, context),
        Command::Decode(arguments) => decode::run(arguments, context),
        Command::Alerts(arguments) => alerts::run(arguments, context),
        Command::Install(arguments) => install::run(arguments, context),
        Command::Utrn(arguments) => utrn::run(arguments, context),
        Command::Id(arguments) => id::run(arguments, context),
    }
}
