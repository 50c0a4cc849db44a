//! `wattkey kct`: sets of key-change tokens.

pub mod enter;
mod request;
mod show;

use std::io::{self, Read};
use std::path::{Path, PathBuf};

use crate::cli::{CommandError, CommandResult, Context};
use wattkey::diagnosis::key_change_set::{SetText, read_text};
use wattkey::error::Code;
use wattkey::sts::Token;

/// Show, enter and ask for sets of key-change tokens
#[derive(Debug, clap::Args)]
#[command(after_long_help = include_str!("../../../data/help/kct.txt"))]
pub struct Arguments {
    /// What to do with the set.
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// Show whether a set is whole and where it leads
    Show(show::Arguments),
    /// Enter a set section by section and compare what the meter then holds
    Enter(enter::Arguments),
    /// Ask the head-end for key-change tokens
    Request(request::Arguments),
}

/// The tokens of a set.
#[derive(Debug, Clone, clap::Args)]
struct SetArguments {
    /// Tokens of the set, in any order
    #[arg(value_name = "TOKEN", required_unless_present = "file")]
    tokens: Vec<Token>,

    /// File with the tokens, one a line, or the head-end's reply or a text message as it came; - is standard input
    #[arg(long, value_name = "FILE", conflicts_with = "tokens")]
    file: Option<PathBuf>,
}

impl SetArguments {
    fn read(&self) -> Result<SetText, CommandError> {
        let Some(path) = &self.file else {
            return Ok(SetText { tokens: self.tokens.clone(), ..SetText::default() });
        };
        let failed = |code, problem: String| {
            CommandError::new(code, format!("{}: {problem}", path.display()))
                .hint("Give one token a line, or the reply or message as it came.")
        };
        let text = read(path).map_err(|error| failed(Code::File, error.to_string()))?;
        let set = read_text(&text).map_err(|problem| failed(Code::BadValue, problem))?;
        if set.tokens.is_empty() {
            return Err(failed(Code::BadValue, "there is no key-change token in it".to_owned()));
        }
        Ok(set)
    }
}

fn read(path: &Path) -> io::Result<String> {
    let mut text = String::new();
    if path.as_os_str() == "-" {
        io::stdin().read_to_string(&mut text)?;
        return Ok(text);
    }
    std::fs::read_to_string(path)
}

/// Runs the subcommand.
pub fn run(arguments: &Arguments, context: &mut Context) -> CommandResult {
    match &arguments.command {
        Command::Show(arguments) => show::run(arguments, context),
        Command::Enter(arguments) => enter::run(arguments, context),
        Command::Request(arguments) => request::run(arguments, context),
    }
}
