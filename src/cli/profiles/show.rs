//! `wattkey profiles show`.

use crate::cli::{CommandResult, Context};
use wattkey::documents::profiles::show::Shown;
use wattkey::error::Exit;

/// Print a profile as its file has it
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Name or file
    pub profile: String,
}

/// Prints the text, sources and all.
pub fn run(arguments: &Arguments, context: &mut Context) -> CommandResult {
    let (text, origin) = context.library().text(&arguments.profile)?;
    context.print(&Shown { name: arguments.profile.clone(), origin: origin.to_string(), text })?;
    Ok(Exit::Done)
}
