//! `wattkey ledger list`, `show` and `export`.

use serde::Serialize;

use crate::cli::{CommandError, CommandResult, Context};
use wattkey::error::Exit;
use wattkey::ledger::{Entry, EntryKind, Filter};
use wattkey::output::{Document, Style, grid};

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

#[derive(Debug, Serialize)]
struct Entries {
    entries: Vec<Entry>,
}

/// Lists the newest rows.
///
/// # Errors
/// Those of the ledger and of standard output.
pub fn list(arguments: &ListArguments, context: &mut Context) -> CommandResult {
    let filter = Filter { last: Some(arguments.last), ..Filter::default() };
    print(read(context, &filter)?, context)
}

/// Shows the rows of one meter, job or act. Exit code 1 when there are none.
///
/// # Errors
/// Those of the ledger and of standard output.
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
///
/// # Errors
/// Those of the ledger and of standard output.
pub fn export(context: &mut Context) -> CommandResult {
    print(read(context, &Filter::default())?, context)
}

/// A ledger that was never begun is empty; looking at it does not begin it.
fn read(context: &Context, filter: &Filter) -> Result<Vec<Entry>, CommandError> {
    if !super::path(context)?.exists() {
        return Ok(Vec::new());
    }
    Ok(super::open(context)?.entries(filter)?)
}

fn print(entries: Vec<Entry>, context: &mut Context) -> CommandResult {
    context.print(&Entries { entries })?;
    Ok(Exit::Done)
}

impl Document for Entries {
    const SCHEMA: &'static str = "wattkey/ledger/1";

    fn table(&self, style: Style) -> String {
        let rows: Vec<Vec<String>> = self
            .entries
            .iter()
            .map(|entry| {
                let what = match (entry.kind, entry.intent) {
                    (EntryKind::Outcome, Some(intent)) => format!("{} of #{intent}", entry.operation.word()),
                    _ => entry.operation.word().to_owned(),
                };
                vec![
                    format!("#{}", entry.seq),
                    entry.at.get(..19).unwrap_or(&entry.at).replace('T', " "),
                    entry.meter.numbers().pop().unwrap_or_default(),
                    what,
                    entry.token.as_ref().map(|token| format!("…{}", token.last4)).unwrap_or_default(),
                    entry.outcome.map_or("intended", |outcome| outcome.word()).to_owned(),
                    entry.operator.clone(),
                ]
            })
            .collect();
        grid(style, &["row", "time", "meter", "what", "token", "ending", "by"], &rows)
    }

    fn csv_header(&self) -> Vec<String> {
        [
            "seq",
            "at",
            "kind",
            "intent",
            "serial",
            "drn",
            "operation",
            "token_hash",
            "token_last4",
            "job",
            "detail",
            "ending",
            "operator",
            "host",
            "tool",
            "hash",
        ]
        .map(str::to_owned)
        .to_vec()
    }

    fn csv_rows(&self) -> Vec<Vec<String>> {
        self.entries
            .iter()
            .map(|entry| {
                vec![
                    entry.seq.to_string(),
                    entry.at.clone(),
                    entry.kind.word().to_owned(),
                    entry.intent.map(|seq| seq.to_string()).unwrap_or_default(),
                    entry.meter.serial.clone().unwrap_or_default(),
                    entry.meter.drn.map(|drn| drn.to_string()).unwrap_or_default(),
                    entry.operation.word().to_owned(),
                    entry.token.as_ref().map(|token| token.hash.clone()).unwrap_or_default(),
                    entry.token.as_ref().map(|token| token.last4.clone()).unwrap_or_default(),
                    entry.job.clone().unwrap_or_default(),
                    entry.detail.to_string(),
                    entry.outcome.map(|outcome| outcome.word().to_owned()).unwrap_or_default(),
                    entry.operator.clone(),
                    entry.host.clone(),
                    entry.tool.clone(),
                    entry.hash.clone(),
                ]
            })
            .collect()
    }
}
