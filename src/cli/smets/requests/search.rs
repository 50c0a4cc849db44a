//! `wattkey smets requests search`.

use crate::cli::{CommandResult, Context};
use wattkey::documents::smets::requests::search::Hits;
use wattkey::error::Exit;
use wattkey::smets::search::search;

/// Find service requests, DCC alerts and roles by any name
#[derive(Debug, clap::Args)]
#[command(after_long_help = "Examples:\n  \
    wattkey smets requests search whitelist\n  \
    wattkey smets requests search 8.14\n  \
    wattkey smets requests search ECS70\n  \
    wattkey smets requests search power outage event\n\n\
    Number, name, body element, use case and words of the trade are all found, best hits first.\n\
    Exit code 1: nothing is found.")]
pub struct Arguments {
    /// Words to look for
    #[arg(required = true)]
    pub words: Vec<String>,
}

/// Prints the hits.
pub fn run(arguments: &Arguments, context: &mut Context) -> CommandResult {
    let query = arguments.words.join(" ");
    let hits = search(&query);
    let exit = if hits.is_empty() { Exit::AnswerNo } else { Exit::Done };
    context.print(&Hits { query, hits })?;
    Ok(exit)
}
