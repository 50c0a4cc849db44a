//! The document of `wattkey ledger verify`.

use serde::Serialize;

use crate::ledger::Verification;
use crate::output::{Document, Style, fit};

#[derive(Debug, Serialize)]
pub struct Verified {
    pub intact: bool,
    pub entries: i64,
    pub open: i64,
    pub head: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub noted_row: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub broken_at: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub problem: Option<String>,
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
    pub fn none() -> Self {
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

    pub fn broken(problem: String) -> Self {
        Verified { intact: false, broken_at: Some(1), problem: Some(problem), ..Verified::none() }
    }
}

impl Document for Verified {
    const SCHEMA: &'static str = "wattkey/ledger-verification/1";

    fn table(&self, style: Style) -> String {
        let verdict = match (&self.problem, self.broken_at) {
            (Some(problem), Some(row)) => format!("BROKEN at row #{row}: {problem}"),
            _ => "intact".to_owned(),
        };
        let noted = match self.noted_row {
            Some(row) => format!("noted    row #{row}, {} rows since\n", self.entries.saturating_sub(row)),
            None => String::new(),
        };
        let text = format!(
            "ledger   {verdict}\nrows     {} sound, {} acts without an outcome\n{noted}head     {}\n",
            self.entries, self.open, self.head
        );
        fit(style, &text, 9)
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
