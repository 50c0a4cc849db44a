//! `wattkey ledger verify`.

use serde::Serialize;

use crate::cli::{CommandResult, Context};
use wattkey::error::Exit;
use wattkey::ledger::{Ledger, Verification};
use wattkey::output::{Document, Style};

/// Check that no row was changed or taken out
#[derive(Debug, clap::Args)]
#[command(after_long_help = "Examples:\n  \
    wattkey ledger verify\n  \
    wattkey ledger verify --head 5f0c7d7f2e8b1a64\n\n\
    The file alone cannot show that rows were cut off its end, or that it was written anew as a whole. Every report\n\
    prints the hash of the row that was last: a ledger that still holds that row is the same one. Exit code 1 when\n\
    something is wrong, with the first row that is.")]
pub struct Arguments {
    /// Hash noted from a report; its first 16 digits will do
    #[arg(long, value_name = "HASH", value_parser = parse_hash)]
    pub head: Option<String>,
}

fn parse_hash(text: &str) -> Result<String, String> {
    let text = text.trim().to_ascii_lowercase();
    let fits = (16..=64).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    fits.then_some(text).ok_or_else(|| "a hash has 64 hexadecimal digits, of which 16 are the least".to_owned())
}

#[derive(Debug, Serialize)]
struct Verified {
    intact: bool,
    entries: i64,
    open: i64,
    head: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    noted_row: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    broken_at: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    problem: Option<String>,
}

/// Walks the chain; exit code 1 when it is broken.
///
/// # Errors
/// Those of the ledger and of standard output.
pub fn run(arguments: &Arguments, context: &mut Context) -> CommandResult {
    let path = super::path(context)?;
    let found = path.exists().then(|| Ledger::open(&path, super::author())).transpose();
    let verified = match found.and_then(|book| book.map(|book| book.verify(arguments.head.as_deref())).transpose()) {
        Ok(Some(found)) => Verified::from(found),
        Ok(None) if arguments.head.is_some() => Verified::broken(format!("there is no ledger at {}", path.display())),
        Ok(None) => Verified::none(),
        // A file that is no ledger any more is a finding as well.
        Err(error) if error.is_damage() => Verified::broken(error.to_string()),
        Err(error) => return Err(error.into()),
    };
    context.print(&verified)?;
    Ok(if verified.intact { Exit::Done } else { Exit::AnswerNo })
}

impl From<Verification> for Verified {
    fn from(found: Verification) -> Self {
        let (broken_at, problem) = found.broken.unzip();
        Verified {
            intact: problem.is_none(),
            entries: found.entries,
            open: found.open,
            head: found.head,
            noted_row: found.noted,
            broken_at,
            problem,
        }
    }
}

impl Verified {
    /// A ledger that was never begun.
    fn none() -> Self {
        Verified {
            intact: true,
            entries: 0,
            open: 0,
            head: String::new(),
            noted_row: None,
            broken_at: None,
            problem: None,
        }
    }

    fn broken(problem: String) -> Self {
        Verified { intact: false, broken_at: Some(1), problem: Some(problem), ..Verified::none() }
    }
}

impl Document for Verified {
    const SCHEMA: &'static str = "wattkey/ledger-verification/1";

    fn table(&self, _style: Style) -> String {
        let verdict = match (&self.problem, self.broken_at) {
            (Some(problem), Some(row)) => format!("BROKEN at row #{row}: {problem}"),
            _ => "intact".to_owned(),
        };
        let noted = match self.noted_row {
            Some(row) => format!("noted    row #{row}, {} rows since\n", self.entries.saturating_sub(row)),
            None => String::new(),
        };
        format!(
            "ledger   {verdict}\nrows     {} sound, {} acts without an outcome\n{noted}head     {}\n",
            self.entries, self.open, self.head
        )
    }

    fn csv_header(&self) -> Vec<String> {
        ["intact", "entries", "open", "head", "noted_row", "broken_at", "problem"].map(str::to_owned).to_vec()
    }

    fn csv_rows(&self) -> Vec<Vec<String>> {
        vec![vec![
            self.intact.to_string(),
            self.entries.to_string(),
            self.open.to_string(),
            self.head.clone(),
            self.noted_row.map(|row| row.to_string()).unwrap_or_default(),
            self.broken_at.map(|row| row.to_string()).unwrap_or_default(),
            self.problem.clone().unwrap_or_default(),
        ]]
    }
}
