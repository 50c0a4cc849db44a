//! The document of `wattkey smets install feed`.

use serde::Serialize;

use crate::output::{Document, Style, grid};
use crate::smets::install::feed::Change;

/// What the messages settled.
#[derive(Debug, Serialize)]
pub struct Fed {
    pub messages: usize,
    pub unreadable: usize,
    pub changes: Vec<Change>,
}

fn row(change: &Change) -> Vec<String> {
    vec![change.step.clone(), change.status.word().to_owned(), change.evidence.clone()]
}

impl Document for Fed {
    const SCHEMA: &'static str = "wattkey/smets-fed/1";

    fn table(&self, style: Style) -> String {
        if self.changes.is_empty() {
            return format!("{} messages, none settles a step of this site.\n", self.messages);
        }
        grid(style, &["step", "state", "evidence"], &self.changes.iter().map(row).collect::<Vec<_>>())
    }

    fn csv_header(&self) -> Vec<String> {
        ["step", "status", "evidence"].map(str::to_owned).to_vec()
    }

    fn csv_rows(&self) -> Vec<Vec<String>> {
        self.changes.iter().map(row).collect()
    }
}
