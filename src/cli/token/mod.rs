//! `wattkey token`: read, make and explain STS tokens.

mod card;
mod decode;
pub(crate) mod enter;
mod generate;
mod stream;
mod test;

use clap::Subcommand;

use crate::cli::{CommandResult, Context};

/// Read, make and enter STS tokens
#[derive(Debug, clap::Args)]
#[command(after_long_help = include_str!("../../../data/help/token.txt"))]
pub struct Arguments {
    /// What to do.
    #[command(subcommand)]
    pub action: Action,
}

/// The subcommands.
#[derive(Debug, Subcommand)]
pub enum Action {
    /// Read tokens: what they are and, with keys, what they carry
    Decode(decode::Arguments),
    /// Enter tokens into the meter on the link
    Enter(enter::Arguments),
    /// Make a test or display token that needs no key
    Test(test::Arguments),
    /// Make tokens under bench keys
    Generate(generate::Arguments),
    /// Read an STS meter card from its text
    Card(card::Arguments),
}

/// Runs the subcommand.
pub fn run(arguments: &Arguments, context: &mut Context) -> CommandResult {
    match &arguments.action {
        Action::Decode(arguments) => decode::run(arguments, context),
        Action::Enter(arguments) => enter::run(arguments, context),
        Action::Test(arguments) => test::run(arguments, context),
        Action::Generate(arguments) => generate::run(arguments, context),
        Action::Card(arguments) => card::run(arguments, context),
    }
}
