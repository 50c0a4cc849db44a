//! `wattkey completions`: what a shell needs to ask this program for completions.

use std::io::{self, Write};

use clap_complete::env::Shells;

use crate::cli::global::words_parser;
use crate::cli::{CommandError, CommandResult, Context};
use wattkey::error::{Code, Exit};

/// Shells, as the option names them and as the completion engine does.
const SHELLS: &[&str] = &["bash", "elvish", "fish", "powershell", "zsh"];

/// Print a completion script for a shell
#[derive(Debug, clap::Args)]
#[command(
    after_long_help = include_str!("../../data/help/completions.txt")
)]
pub struct Arguments {
    /// Shell to complete for
    #[arg(value_parser = words_parser(SHELLS, |shell| shell, |shell| shell))]
    pub shell: &'static str,
}

/// Prints the script.
pub fn run(arguments: &Arguments, _context: &mut Context) -> CommandResult {
    let shells = Shells::builtins();
    let completer = shells.completer(arguments.shell).ok_or_else(|| {
        CommandError::new(Code::Internal, format!("there is no completion for the shell {}", arguments.shell))
    })?;
    let mut script = Vec::new();
    completer.write_registration("COMPLETE", "wattkey", "wattkey", "wattkey", &mut script)?;
    io::stdout().write_all(&script)?;
    Ok(Exit::Done)
}
