//! The command line: clap types, and one file a subcommand.

pub mod completions;
pub mod context;
pub mod error;
pub mod global;

use std::ffi::OsString;
use std::io::{self, Write};
use std::process::ExitCode;

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};

use crate::error::{Code, Exit};

pub use context::Context;
pub use error::CommandError;
pub use global::GlobalOptions;

/// What a command that ran to its end says about its answer.
pub type Outcome = Result<Exit, CommandError>;

/// Field tool for prepayment electricity meters.
#[derive(Debug, Parser)]
#[command(name = "wattkey", version, max_term_width = 100, propagate_version = true)]
pub struct Cli {
    /// Options that every command takes.
    #[command(flatten)]
    pub global: GlobalOptions,

    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// Every subcommand; one file each under `src/cli/`.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Print a completion script for a shell
    Completions(completions::Arguments),
}

/// Runs the program on the process's own arguments and gives its exit code.
pub fn main() -> ExitCode {
    ExitCode::from(run(std::env::args_os()).number())
}

/// Parses `arguments`, runs the command, reports an error, and gives the exit code.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> Exit {
    let matches = match Cli::command().try_get_matches_from(arguments) {
        Ok(matches) => matches,
        Err(error) => return report_clap(&error),
    };
    let cli = match Cli::from_arg_matches(&matches) {
        Ok(cli) => cli,
        Err(error) => return report_clap(&error),
    };
    let format = cli.global.format();
    let mut context = match Context::new(cli.global) {
        Ok(context) => context,
        Err(error) => return error.report(format),
    };
    match dispatch(cli.command, &mut context) {
        Ok(exit) => exit,
        Err(error) => error.report(format),
    }
}

fn dispatch(command: Command, context: &mut Context) -> Outcome {
    match command {
        Command::Completions(arguments) => completions::run(&arguments, context),
    }
}

/// Help and version go to standard output with exit 0; everything else is a usage error.
fn report_clap(error: &clap::Error) -> Exit {
    if !error.use_stderr() {
        return match error.print() {
            Ok(()) => Exit::Done,
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Exit::Done,
            Err(_) => Exit::Internal,
        };
    }
    // A usage error cannot know the format the user wanted when parsing failed; the words on the line tell.
    let json = std::env::args_os().any(|word| word == "--json" || word == "--format=json" || word == "--format=jsonl");
    if json {
        let text = error.render().to_string();
        let message = text.lines().next().unwrap_or_default().trim_start_matches("error: ").to_owned();
        return CommandError::new(Code::Usage, message).report(crate::output::Format::Json);
    }
    let _ = write!(anstream::stderr(), "{}", error.render().ansi());
    Exit::Usage
}
