//! `wattkey completions`: shell completion scripts, made from the parser's own definition.

use std::io::{self, Write};

use clap::CommandFactory;
use clap_complete::Shell;

use crate::cli::{Cli, Context, Outcome};
use crate::error::Exit;

/// Print a completion script for a shell
#[derive(Debug, clap::Args)]
#[command(
    after_long_help = "Example:\n  wattkey completions bash > ~/.local/share/bash-completion/completions/wattkey"
)]
pub struct Arguments {
    /// Shell to complete for
    pub shell: Shell,
}

/// Prints the script.
///
/// # Errors
/// A failing standard output.
pub fn run(arguments: &Arguments, _context: &mut Context) -> Outcome {
    io::stdout().write_all(&script(arguments.shell))?;
    Ok(Exit::Done)
}

/// The script, as checked in under `completions/`.
pub fn script(shell: Shell) -> Vec<u8> {
    let mut bytes = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "wattkey", &mut bytes);
    bytes
}

/// Every script with its conventional name, as checked in under `completions/`.
pub fn scripts() -> Vec<(&'static str, Vec<u8>)> {
    [
        ("wattkey.bash", Shell::Bash),
        ("_wattkey", Shell::Zsh),
        ("wattkey.fish", Shell::Fish),
        ("_wattkey.ps1", Shell::PowerShell),
    ]
    .map(|(name, shell)| (name, script(shell)))
    .to_vec()
}
