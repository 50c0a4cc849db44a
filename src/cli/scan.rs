//! `wattkey scan`: every meter on the chosen link, with protocol, speed and address.

use crate::cli::options::search::{SearchOptions, search};
use crate::cli::{CommandResult, Context};
use wattkey::error::Exit;

/// Find the meters on a link: protocol, speed, address, profile
#[derive(Debug, clap::Args)]
#[command(after_long_help = include_str!("../../data/help/scan.txt"))]
pub struct Arguments {
    #[command(flatten)]
    search: SearchOptions,
}

/// Tries one thing after the other.
pub fn run(arguments: &Arguments, context: &mut Context) -> CommandResult {
    let Some(scan) = search(&arguments.search, context)? else { return Ok(Exit::Interrupted) };
    context.print(&scan)?;
    Ok(if scan.found.is_empty() { Exit::NoReply } else { Exit::Done })
}
