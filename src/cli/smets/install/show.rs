//! `wattkey smets install show` and `next`.

use std::path::Path;

use crate::cli::smets::install::load;
use crate::cli::{CommandResult, Context};
use wattkey::documents::smets::install::show::Report;
use wattkey::error::Exit;

/// Prints the checklist.
pub fn run(file: &Path, next_only: bool, context: &mut Context) -> CommandResult {
    context.print(&Report::of(&load(file)?, next_only))?;
    Ok(Exit::Done)
}
