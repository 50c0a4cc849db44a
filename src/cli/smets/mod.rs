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
#[command(after_long_help = "Examples:\n  \
    wattkey smets requests search whitelist\n  \
    wattkey smets may RSA 12.2\n  \
    wattkey smets request build 8.3 --originator 90-B3-D5-1F-30-01-00-00 \\\n    \
      --target 90-B3-D5-1F-30-00-00-02 DeviceID=00-DB-12-34-56-78-90-A0 > request.xml\n  \
    wattkey smets decode responses.xml\n  \
    wattkey smets alerts search brownout\n  \
    wattkey smets install start --device ESME\n  \
    wattkey smets utrn check 73947252416745201637\n\n\
    Everything but `request send` works offline. Nothing here can tell whether the DCC will accept a request:\n\
    that depends on who is responsible for the meter point and on the state of the device.")]
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
