//! `wattkey smets install done`, `fail` and `skip`.

use std::path::Path;

use time::OffsetDateTime;

use crate::cli::smets::install::{load, refused, save};
use crate::cli::{CommandError, CommandResult, Context};
use wattkey::documents::smets::install::show::Report;
use wattkey::error::{Code, Exit};
use wattkey::smets::install::Status;

/// Note how a step went
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Step, such as hub or join/ESME; `install show` lists them
    pub step: String,

    /// What shows it, or why it failed or is left out
    #[arg(long, value_name = "TEXT")]
    pub evidence: Option<String>,

    /// Note it although steps before it are open
    #[arg(long)]
    pub force: bool,
}

/// Notes the step and shows what comes next.
pub fn run(arguments: &Arguments, status: Status, file: &Path, context: &mut Context) -> CommandResult {
    let mut checklist = load(file)?;
    if status == Status::Skipped && arguments.evidence.is_none() {
        return Err(CommandError::new(Code::MissingAnswer, format!("{} is left out without a reason", arguments.step))
            .hint("Give the reason with --evidence."));
    }
    checklist
        .mark(&arguments.step, status, arguments.evidence.clone(), OffsetDateTime::now_utc(), arguments.force)
        .map_err(|error| refused(&error, file))?;
    save(&checklist, file)?;
    context.print(&Report::of(&checklist, true))?;
    Ok(Exit::Done)
}
