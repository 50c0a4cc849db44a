//! `wattkey smets request`: build, check, send, critical.

pub mod build;
pub mod check;
pub mod critical;
pub mod send;

use clap::Subcommand;

use crate::cli::{CommandResult, Context};

/// Build, check or send a service request
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// What to do
    #[command(subcommand)]
    pub command: Command,
}

/// The subcommands of `request`.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Build a service request as DUIS XML
    Build(build::Arguments),
    /// Check a service request before it is sent
    Check(check::Arguments),
    /// Send a service request to a DCC adaptor
    Send(send::Arguments),
    /// Take a critical request from the DCC to the device and back
    Critical(critical::Arguments),
}

/// Runs the subcommand.
pub fn run(arguments: &Arguments, context: &mut Context) -> CommandResult {
    match &arguments.command {
        Command::Build(arguments) => build::run(arguments, context),
        Command::Check(arguments) => check::run(arguments, context),
        Command::Send(arguments) => send::run(arguments, context),
        Command::Critical(arguments) => critical::run(arguments, context),
    }
}
