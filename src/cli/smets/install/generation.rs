//! `wattkey smets install generation`.

use serde::Serialize;

use crate::cli::{CommandResult, Context};
use wattkey::error::Exit;
use wattkey::output::{Document, Style, paragraph};
use wattkey::smets::install::generation::{Generation, Marks, Verdict, judge};

/// Tell whether a meter is likely SMETS1 or SMETS2
#[derive(Debug, clap::Args)]
#[command(after_long_help = "Examples:\n  \
    wattkey smets install generation --serial 19P0012345\n  \
    wattkey smets install generation --smets-version \"SMETS V1.58\"\n\n\
    Marks on the case are rules of thumb, so their answer is only likely; what the inventory says (request 8.2)\n\
    is certain. Exit code 1: the marks leave it open.")]
#[group(required = true, multiple = true)]
pub struct Arguments {
    /// Serial number on the case
    #[arg(long, value_name = "SERIAL")]
    pub serial: Option<String>,

    /// Other marking on the case, such as SM1
    #[arg(long, value_name = "TEXT")]
    pub marking: Option<String>,

    /// SMETSCHTSVersion of the inventory
    #[arg(long = "smets-version", value_name = "TEXT")]
    pub smets_version: Option<String>,

    /// CSPRegion of the inventory
    #[arg(long, value_name = "TEXT")]
    pub region: Option<String>,

    /// The inventory has an S1SP field
    #[arg(long)]
    pub s1sp: bool,
}

/// The answer.
#[derive(Debug, Serialize)]
struct Answer {
    #[serde(flatten)]
    verdict: Verdict,
}

/// Weighs the marks and prints the answer.
///
/// # Errors
/// A failing standard output.
pub fn run(arguments: &Arguments, context: &mut Context) -> CommandResult {
    let verdict = judge(&Marks {
        serial: arguments.serial.clone(),
        marking: arguments.marking.clone(),
        version: arguments.smets_version.clone(),
        region: arguments.region.clone(),
        s1sp: arguments.s1sp,
    });
    let exit = if verdict.generation.is_some() { Exit::Done } else { Exit::AnswerNo };
    context.print(&Answer { verdict })?;
    Ok(exit)
}

impl Document for Answer {
    const SCHEMA: &'static str = "wattkey/smets-generation/1";

    fn table(&self, style: Style) -> String {
        let generation = self.verdict.generation.map_or("open", Generation::word);
        let mut text = format!("{generation} ({})\n", self.verdict.strength);
        for reason in &self.verdict.reasons {
            let line = format!("{}: {}", reason.generation.word(), reason.reason);
            text.push_str(&paragraph(style, "  because", 12, &line));
        }
        text
    }

    fn csv_header(&self) -> Vec<String> {
        ["generation", "strength", "reasons"].map(str::to_owned).to_vec()
    }

    fn csv_rows(&self) -> Vec<Vec<String>> {
        let reasons: Vec<&str> = self.verdict.reasons.iter().map(|reason| reason.reason.as_str()).collect();
        let generation = self.verdict.generation.map(Generation::word).unwrap_or_default();
        vec![vec![generation.to_owned(), self.verdict.strength.to_owned(), reasons.join("; ")]]
    }
}
