//! The document of `wattkey ledger list`.

use serde::Serialize;

use crate::ledger::{Entry, EntryKind};
use crate::output::{Document, Style, grid};

#[derive(Debug, Serialize)]
pub struct Entries {
    pub entries: Vec<Entry>,
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
