//! `wattkey keys`: look at a key file, check it, encrypt it.

mod check;
mod decrypt;
mod encrypt;
mod list;

use std::path::{Path, PathBuf};

use crate::cli::{CommandError, CommandResult, Context};
use wattkey::error::Code;

/// List, check, encrypt and decrypt key files
#[derive(Debug, clap::Args)]
#[command(after_long_help = include_str!("../../../data/help/keys.txt"))]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// List the keys of a file, never their digits
    List(list::Arguments),
    /// Check fields, repeats, and which keys have run out or soon will
    Check(check::Arguments),
    /// Encrypt a key file by passphrase or for age recipients
    Encrypt(encrypt::Arguments),
    /// Decrypt a key file for the bench
    Decrypt(decrypt::Arguments),
}

/// Runs the subcommand.
pub fn run(arguments: &Arguments, context: &mut Context) -> CommandResult {
    match &arguments.command {
        Command::List(arguments) => list::run(arguments, context),
        Command::Check(arguments) => check::run(arguments, context),
        Command::Encrypt(arguments) => encrypt::run(arguments, context),
        Command::Decrypt(arguments) => decrypt::run(arguments, context),
    }
}

/// The file named as an argument, else that of `--keys`.
fn file<'a>(argument: Option<&'a Path>, context: &'a Context) -> Result<&'a Path, CommandError> {
    argument.or(context.options.keys.as_deref()).ok_or_else(|| {
        CommandError::new(Code::Usage, "no key file is named").hint("Name it after the command, or give --keys FILE.")
    })
}

/// Where a result goes: the file asked for, else the one made up.
fn target(output: Option<&PathBuf>, otherwise: impl FnOnce() -> Option<PathBuf>) -> Result<PathBuf, CommandError> {
    output.cloned().or_else(otherwise).ok_or_else(|| {
        CommandError::new(Code::Usage, "the name of the new file cannot be made up").hint("Give --output FILE.")
    })
}
