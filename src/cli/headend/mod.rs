//! `wattkey headend`, and the option by which every command names a head-end.

mod check;
mod outbox;
mod pack;
mod report;
pub mod tokens;
mod trial;
mod verify;

use clap::Subcommand;

use crate::cli::{CommandError, CommandResult, Context};
use wattkey::headend::HeadEndError;

/// Check vend codes, ask the utility for tokens, hand in results
#[derive(Debug, clap::Args)]
#[command(after_long_help = include_str!("../../../data/help/headend.txt"))]
pub struct Arguments {
    /// What to do.
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Check that a vend code belongs to a meter
    Check(check::Arguments),
    /// Ask for an engineering or test token
    Tokens(tokens::Arguments),
    /// Ask for a sale on trial and whether a key change is due
    Trial(trial::Arguments),
    /// Have a token checked by a token server
    Verify(verify::Arguments),
    /// Hand in the result of a job, or what is wrong with a meter
    Report(report::Arguments),
    /// List what waits for the utility
    Outbox(outbox::ListArguments),
    /// Hand in what waits
    Send(outbox::SendArguments),
    /// Make a signed pack of the day's records, or a key to sign packs with
    Pack(pack::Arguments),
}

/// Runs the subcommand.
pub fn run(arguments: &Arguments, context: &mut Context) -> CommandResult {
    match &arguments.action {
        Action::Check(arguments) => check::run(arguments, context),
        Action::Tokens(arguments) => tokens::run(arguments, context),
        Action::Trial(arguments) => trial::run(arguments, context),
        Action::Verify(arguments) => verify::run(arguments, context),
        Action::Report(arguments) => report::run(arguments, context),
        Action::Outbox(arguments) => outbox::list(arguments, context),
        Action::Send(arguments) => outbox::send(arguments, context),
        Action::Pack(arguments) => pack::run(arguments, context),
    }
}

impl From<HeadEndError> for CommandError {
    fn from(error: HeadEndError) -> Self {
        let plain = CommandError::new(error.code(), error.to_string());
        match error {
            HeadEndError::OutcomeUnknown { .. } => plain
                .hint("Run the same command again later: it asks about this message first.")
                .hint("Else ask the office what was made under the message number before asking for more."),
            _ => plain,
        }
    }
}
