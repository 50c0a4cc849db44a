//! The document of `wattkey headend report`.

use serde::Serialize;

use crate::headend::{Delivery, ReportKind};
use crate::output::{Document, Style, paragraph};

#[derive(Debug, Serialize)]
pub struct Reported {
    pub id: String,
    pub drn: String,
    pub kind: ReportKind,
    pub head_end: String,
    #[serde(flatten)]
    pub delivery: Delivery,
}

impl Reported {
    pub fn in_words(&self) -> String {
        match &self.delivery {
            Delivery::Delivered { reference: Some(number) } => format!("DELIVERED as {number}"),
            Delivery::Delivered { reference: None } => "DELIVERED".to_owned(),
            Delivery::Queued { row, reason: None } => format!("STORED as row {row} of the outbox"),
            Delivery::Queued { row, reason: Some(reason) } => format!("WAITS as row {row} of the outbox: {reason}"),
        }
    }
}

impl Document for Reported {
    const SCHEMA: &'static str = "wattkey/report-delivery/1";

    fn table(&self, style: Style) -> String {
        let mut out = paragraph(style, "Report", 12, &format!("{} ({})", self.kind.word(), self.id));
        out.push_str(&paragraph(style, "Meter", 12, &self.drn));
        out.push_str(&paragraph(style, "Head-end", 12, &self.head_end));
        out.push_str(&paragraph(style, "Result", 12, &self.in_words()));
        out
    }

    fn csv_header(&self) -> Vec<String> {
        ["id", "drn", "kind", "outcome"].map(str::to_owned).to_vec()
    }

    fn csv_rows(&self) -> Vec<Vec<String>> {
        vec![vec![self.id.clone(), self.drn.clone(), self.kind.word().to_owned(), self.in_words()]]
    }
}
