//! `wattkey smets requests search`.

use serde::Serialize;

use crate::cli::{CommandResult, Context};
use wattkey::error::Exit;
use wattkey::output::{Document, Style, grid};
use wattkey::smets::search::{Hit, Kind, search};

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

/// What was found.
#[derive(Debug, Serialize)]
struct Hits {
    query: String,
    hits: Vec<Hit>,
}

/// Prints the hits.
///
/// # Errors
/// A failing standard output.
pub fn run(arguments: &Arguments, context: &mut Context) -> CommandResult {
    let query = arguments.words.join(" ");
    let hits = search(&query);
    let exit = if hits.is_empty() { Exit::AnswerNo } else { Exit::Done };
    context.print(&Hits { query, hits })?;
    Ok(exit)
}

fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Request => "request",
        Kind::DccAlert => "dcc-alert",
        Kind::Role => "role",
    }
}

fn row(hit: &Hit) -> Vec<String> {
    vec![kind(hit.kind).to_owned(), hit.key.clone(), hit.name.clone()]
}

impl Document for Hits {
    const SCHEMA: &'static str = "wattkey/smets-search/1";

    fn table(&self, style: Style) -> String {
        if self.hits.is_empty() {
            return format!("Nothing is called {:?}.\n", wattkey::output::sanitize(&self.query));
        }
        grid(style, &["kind", "key", "name"], &self.hits.iter().map(row).collect::<Vec<_>>())
    }

    fn csv_header(&self) -> Vec<String> {
        ["kind", "key", "name"].map(str::to_owned).to_vec()
    }

    fn csv_rows(&self) -> Vec<Vec<String>> {
        self.hits.iter().map(row).collect()
    }
}
