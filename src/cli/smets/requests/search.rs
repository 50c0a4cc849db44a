//! `wattkey smets requests search`.

use crate::cli::{CommandResult, Context};
use wattkey::documents::smets::requests::search::Hits;
use wattkey::error::Exit;
use wattkey::smets::search::search;

/// Find service requests, DCC alerts and roles by any name
#[derive(Debug, clap::Args)]
#[command(after_long_help = include_str!("../../../../data/help/smets/requests/search.txt"))]
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
