//! `wattkey smets id`.

use std::io::BufRead;
use std::path::Path;

use clap::{Subcommand, ValueEnum};
use serde::Serialize;

use crate::cli::smets::input;
use crate::cli::{CommandError, CommandResult, Context};
use wattkey::error::{Code, Exit};
use wattkey::output::{Document, Style, grid};
use wattkey::smets::distributor::{distributor, is_independent};
use wattkey::smets::identifier::{Eui64, MprnError, check_mpan, check_mprn, shown};

/// Check device IDs and meter point numbers
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// What to do
    #[command(subcommand)]
    pub command: Command,
}

/// The subcommands of `id`.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Check EUI-64 device IDs, MPANs and MPRNs
    Check(Check),
}

/// Kinds of identifiers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ValueEnum)]
#[serde(rename_all = "kebab-case")]
pub enum IdKind {
    /// Device ID, eight bytes.
    #[value(name = "eui64")]
    Eui64,
    /// Electricity meter point, 13 digits with a check digit.
    Mpan,
    /// Gas meter point, 6 to 10 digits.
    Mprn,
}

/// Check EUI-64 device IDs, MPANs and MPRNs
#[derive(Debug, clap::Args)]
#[command(after_long_help = "Examples:\n  \
    wattkey smets id check 00-DB-12-34-56-78-90-A0 1312345678907\n  \
    wattkey smets id check --kind mprn 3938424403\n  \
    wattkey smets id check - < numbers.txt\n\n\
    A wrong MPAN check digit is an error. The check pair of an MPRN rests on one source, so it only warns.\n\
    Device IDs have no check digit. Exit code 1: one of them is wrong.")]
pub struct Check {
    /// Identifiers; - reads one a line
    #[arg(required = true, value_name = "ID")]
    pub ids: Vec<String>,

    /// What they are; without it the shape tells
    #[arg(long)]
    pub kind: Option<IdKind>,
}

/// How an identifier fares.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
enum Verdict {
    Ok,
    Warning,
    Bad,
}

impl Verdict {
    const fn word(self) -> &'static str {
        match self {
            Verdict::Ok => "ok",
            Verdict::Warning => "warning",
            Verdict::Bad => "bad",
        }
    }
}

#[derive(Debug, Serialize)]
struct Checked {
    id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    kind: Option<IdKind>,
    result: Verdict,
    #[serde(skip_serializing_if = "Option::is_none")]
    problem: Option<String>,
    /// The form DUIS wants a device ID in.
    #[serde(skip_serializing_if = "Option::is_none")]
    duis_form: Option<String>,
    /// First two digits of an MPAN.
    #[serde(skip_serializing_if = "Option::is_none")]
    distributor: Option<String>,
    /// Whose network that is, where the table has it.
    #[serde(skip_serializing_if = "Option::is_none")]
    network: Option<&'static str>,
}

#[derive(Debug, Serialize)]
struct Report {
    ids: Vec<Checked>,
}

/// Longest line of a list.
const LONGEST: usize = 200;

/// Checks and prints.
///
/// # Errors
/// A list that cannot be read.
pub fn run(arguments: &Arguments, context: &mut Context) -> CommandResult {
    let Command::Check(check) = &arguments.command;
    let mut ids = Vec::new();
    for id in &check.ids {
        if id == "-" {
            for line in input::open(Path::new("-"))?.lines() {
                let line = line.map_err(|error| {
                    CommandError::new(Code::File, format!("standard input cannot be read: {error}"))
                })?;
                if !line.trim().is_empty() {
                    ids.push(one(&line.chars().take(LONGEST).collect::<String>(), check.kind));
                }
            }
        } else {
            ids.push(one(id, check.kind));
        }
    }
    let exit = if ids.iter().any(|checked| checked.result == Verdict::Bad) { Exit::AnswerNo } else { Exit::Done };
    context.print(&Report { ids })?;
    Ok(exit)
}

/// What the shape of an identifier tells.
fn guess(text: &str) -> Option<IdKind> {
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    match text.len() {
        _ if text.contains('-') => Some(IdKind::Eui64),
        16 => Some(IdKind::Eui64),
        11..=15 if digits => Some(IdKind::Mpan),
        1..=10 if digits => Some(IdKind::Mprn),
        _ => None,
    }
}

/// A meter point number without the word before it and the blanks between its groups; of the 21 digits of a bill the
/// last 13, which are the number itself.
fn plain_number(text: &str) -> String {
    let plain: String = text.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_ascii_uppercase();
    let number = ["MPAN", "MPRN"].iter().find_map(|word| plain.strip_prefix(word)).unwrap_or(&plain);
    let number = number.trim_start_matches([':', '=']).to_owned();
    let is_whole = number.len() == 21 && number.bytes().all(|byte| byte.is_ascii_digit());
    if is_whole { number.get(8..).unwrap_or_default().to_owned() } else { number }
}

fn one(text: &str, kind: Option<IdKind>) -> Checked {
    let text = text.trim();
    let eui64 = text.parse::<Eui64>().ok();
    let id = eui64.filter(|_| shown(text) != text).map_or_else(|| shown(text), |eui64| eui64.to_string());
    let plain = plain_number(text);
    let kind = kind.or_else(|| if eui64.is_some() { Some(IdKind::Eui64) } else { guess(&plain) });
    let mut checked =
        Checked { id, kind, result: Verdict::Ok, problem: None, duis_form: None, distributor: None, network: None };
    let found = match kind {
        None => Some((Verdict::Bad, "it is neither a device ID nor an MPAN nor an MPRN".to_owned())),
        Some(IdKind::Eui64) => match text.parse::<Eui64>() {
            Err(error) => Some((Verdict::Bad, error.to_string())),
            Ok(eui64) => {
                checked.duis_form = Some(eui64.to_string());
                let hyphens = Eui64::is_hyphenated(text);
                (!hyphens).then(|| (Verdict::Warning, format!("DUIS wants it as {eui64}")))
            }
        },
        Some(IdKind::Mpan) => match check_mpan(&plain) {
            Ok(()) => {
                let id = plain.get(..2).unwrap_or_default();
                checked.distributor = Some(id.to_owned());
                checked.network = distributor(id);
                let is_known = checked.network.is_some() || is_independent(id);
                (!is_known).then(|| (Verdict::Warning, format!("no distributor is known to have the number {id}")))
            }
            Err(error) => Some((Verdict::Bad, error.to_string())),
        },
        Some(IdKind::Mprn) => match check_mprn(&plain) {
            Ok(()) => None,
            Err(error @ MprnError::CheckDigits { .. }) => Some((Verdict::Warning, error.to_string())),
            Err(error @ MprnError::Length) => Some((Verdict::Bad, error.to_string())),
        },
    };
    if let Some((result, problem)) = found {
        checked.result = result;
        checked.problem = Some(problem);
    }
    checked
}

fn row(checked: &Checked) -> Vec<String> {
    let kind = match checked.kind {
        Some(IdKind::Eui64) => "eui64",
        Some(IdKind::Mpan) => "mpan",
        Some(IdKind::Mprn) => "mprn",
        None => "",
    };
    vec![
        checked.id.clone(),
        kind.to_owned(),
        checked.result.word().to_owned(),
        checked.problem.clone().unwrap_or_default(),
        checked.network.unwrap_or_default().to_owned(),
    ]
}

impl Document for Report {
    const SCHEMA: &'static str = "wattkey/smets-ids/1";

    fn table(&self, style: Style) -> String {
        grid(style, &["id", "kind", "result", "problem", "network"], &self.ids.iter().map(row).collect::<Vec<_>>())
    }

    fn csv_header(&self) -> Vec<String> {
        ["id", "kind", "result", "problem", "network"].map(str::to_owned).to_vec()
    }

    fn csv_rows(&self) -> Vec<Vec<String>> {
        self.ids.iter().map(row).collect()
    }
}
