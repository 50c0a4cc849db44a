//! `wattkey orders export`: rows for the utility's own warehouse.

use std::io::{self, BufWriter, Write};
use std::path::PathBuf;

use serde_json::{Map, Value};

use super::store::StoreArguments;
use crate::cli::{CommandError, CommandResult, Context};
use wattkey::error::{Code, Exit};
use wattkey::files;
use wattkey::orders::OrdersError;
use wattkey::orders::export::{Cell, Export, export};
use wattkey::output::{Format, write_csv_row};

/// Print orders, events, conflicts or the audit, row by row
#[derive(Debug, clap::Args)]
#[command(after_long_help = include_str!("../../../data/help/orders/export.txt"))]
pub struct Arguments {
    /// What to export
    #[arg(long, value_enum, value_name = "WHAT", default_value_t = What::Orders)]
    what: What,

    /// File to write [default: standard output]
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,

    #[command(flatten)]
    store: StoreArguments,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum What {
    /// The orders and how they stand
    Orders,
    /// Every row of every device
    Events,
    /// Conflicts and how they were settled
    Conflicts,
    /// Who did what
    Audit,
}

/// Exports.
pub(super) fn run(arguments: &Arguments, context: &mut Context) -> CommandResult {
    let what = match arguments.what {
        What::Orders => Export::Orders,
        What::Events => Export::Events,
        What::Conflicts => Export::Conflicts,
        What::Audit => Export::Audit,
    };
    let mut open = arguments.store.open(context)?;
    let json = context.format().is_json() && context.format() != Format::Csv;
    let mut give = |out: &mut dyn Write| -> Result<(), CommandError> {
        let mut failed: Option<io::Error> = None;
        let mut out = BufWriter::new(out);
        if !json {
            let header: Vec<&str> = what.columns().iter().map(|(name, _)| *name).collect();
            write_csv_row(&header, &mut out)?;
        }
        let given = export(&mut open.store, what, &mut |cells| {
            row(what, cells, json, &mut out).map_err(|error| {
                let text = error.to_string();
                failed = Some(error);
                OrdersError::Content(text)
            })
        });
        match (failed, given) {
            (Some(error), _) => return Err(error.into()),
            (None, Err(error)) => return Err(error.into()),
            (None, Ok(_)) => {}
        }
        Ok(out.flush()?)
    };
    match &arguments.output {
        None => give(&mut io::stdout().lock())?,
        Some(path) => {
            let mut failed = None;
            files::write_output(path, context.options.overwrite, &mut |out| {
                give(out).map_err(|error| {
                    let text = error.message.clone();
                    failed = Some(error);
                    io::Error::other(text)
                })
            })
            .map_err(|error| {
                failed.take().unwrap_or_else(|| CommandError::new(Code::File, format!("{}: {error}", path.display())))
            })?;
            context.note(format!("wrote {}", path.display()));
        }
    }
    Ok(Exit::Done)
}

fn row(what: Export, cells: Vec<Cell>, json: bool, out: &mut dyn Write) -> io::Result<()> {
    if !json {
        let texts: Vec<String> = cells
            .into_iter()
            .map(|cell| match cell {
                Cell::Empty => String::new(),
                Cell::Number(number) => number.to_string(),
                Cell::Text(text) => text,
            })
            .collect();
        let mut line = Vec::new();
        write_csv_row(&texts, &mut line)?;
        return out.write_all(&line);
    }
    let mut object = Map::new();
    for ((name, _), cell) in what.columns().iter().zip(cells) {
        match cell {
            Cell::Empty => {}
            Cell::Number(number) => {
                object.insert((*name).to_owned(), number.into());
            }
            Cell::Text(text) => {
                object.insert((*name).to_owned(), text.into());
            }
        }
    }
    let mut line = serde_json::to_vec(&Value::Object(object))?;
    line.push(b'\n');
    out.write_all(&line)
}
