//! `wattkey ledger list`, `show` and `export`.

use crate::cli::{CommandError, CommandResult, Context};
use wattkey::documents::ledger::entries::Entries;
use wattkey::error::Exit;
use wattkey::ledger::{Entry, Filter};

/// List the newest rows
#[derive(Debug, clap::Args)]
pub struct ListArguments {
    /// How many rows
    #[arg(long, value_name = "N", default_value_t = 20)]
    pub last: u32,
}

/// Show every row of one meter, job or row number
#[derive(Debug, clap::Args)]
pub struct ShowArguments {
    /// Serial number, DRN, job, or #N for a row and what belongs to it
    pub what: String,
}

/// Lists the newest rows.
pub fn list(arguments: &ListArguments, context: &mut Context) -> CommandResult {
    let filter = Filter { last: Some(arguments.last), ..Filter::default() };
    print(read(context, &filter)?, context)
}

/// Shows the rows of one meter, job or act. Exit code 1 when there are none.
pub fn show(arguments: &ShowArguments, context: &mut Context) -> CommandResult {
    let what = arguments.what.as_str();
    let entries = if let Some(seq) = what.strip_prefix('#').and_then(|number| number.parse::<i64>().ok()) {
        let belongs = |entry: &Entry| entry.seq == seq || entry.intent == Some(seq);
        read(context, &Filter::default())?.into_iter().filter(belongs).collect()
    } else {
        let of_meter = read(context, &Filter { meter: Some(what.to_owned()), ..Filter::default() })?;
        if of_meter.is_empty() {
            read(context, &Filter { job: Some(what.to_owned()), ..Filter::default() })?
        } else {
            of_meter
        }
    };
    let found = !entries.is_empty();
    print(entries, context)?;
    Ok(if found { Exit::Done } else { Exit::AnswerNo })
}

/// Prints every row.
pub fn export(context: &mut Context) -> CommandResult {
    print(read(context, &Filter::default())?, context)
}

/// A ledger that was never begun is empty; looking at it does not begin it.
fn read(context: &Context, filter: &Filter) -> Result<Vec<Entry>, CommandError> {
    if !crate::cli::ledger_file::path(context)?.exists() {
        return Ok(Vec::new());
    }
    Ok(crate::cli::ledger_file::open(context)?.entries(filter)?)
}

fn print(entries: Vec<Entry>, context: &mut Context) -> CommandResult {
    context.print(&Entries { entries })?;
    Ok(Exit::Done)
}
