//! `wattkey ledger verify`.

use serde::Serialize;

use crate::cli::{Context, Outcome};
use crate::error::Exit;
use crate::ledger::chain::GENESIS;
use crate::output::{Document, Style};

#[derive(Debug, Serialize)]
struct Verified {
    intact: bool,
    entries: i64,
    open: i64,
    head: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    broken_at: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    problem: Option<String>,
}

/// Walks the chain; exit code 1 when it is broken.
///
/// # Errors
/// Those of the ledger and of standard output.
pub fn run(context: &mut Context) -> Outcome {
    let verified = if super::path(context)?.exists() {
        let found = super::open(context)?.verify()?;
        let (broken_at, problem) = found.broken.unzip();
        Verified {
            intact: problem.is_none(),
            entries: found.entries,
            open: found.open,
            head: found.head,
            broken_at,
            problem,
        }
    } else {
        Verified { intact: true, entries: 0, open: 0, head: GENESIS.to_owned(), broken_at: None, problem: None }
    };
    context.print(&verified)?;
    Ok(if verified.intact { Exit::Done } else { Exit::AnswerNo })
}

impl Document for Verified {
    const SCHEMA: &'static str = "wattkey/ledger-verification/1";

    fn table(&self, _style: Style) -> String {
        let verdict = match (&self.problem, self.broken_at) {
            (Some(problem), Some(row)) => format!("BROKEN at row #{row}: {problem}"),
            _ => "intact".to_owned(),
        };
        format!(
            "ledger   {verdict}\nrows     {} sound, {} acts without an outcome\nhead     {}\n",
            self.entries, self.open, self.head
        )
    }

    fn csv_header(&self) -> Vec<String> {
        ["intact", "entries", "open", "head", "broken_at", "problem"].map(str::to_owned).to_vec()
    }

    fn csv_rows(&self) -> Vec<Vec<String>> {
        vec![vec![
            self.intact.to_string(),
            self.entries.to_string(),
            self.open.to_string(),
            self.head.clone(),
            self.broken_at.map(|row| row.to_string()).unwrap_or_default(),
            self.problem.clone().unwrap_or_default(),
        ]]
    }
}
