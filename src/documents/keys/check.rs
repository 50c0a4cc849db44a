//! The document of `wattkey keys check`.

use serde::Serialize;

use crate::keys::{KeyFinding, Severity};
use crate::output::{Document, Style, paragraph};

#[derive(Debug, Serialize)]
pub struct KeyCheck {
    pub file: String,
    pub checked_at: String,
    pub ok: bool,
    pub vending_keys: usize,
    pub decoder_keys: usize,
    pub findings: Vec<KeyFinding>,
}

const fn word(severity: Severity) -> &'static str {
    match severity {
        Severity::Warning => "warning",
        Severity::Error => "error",
    }
}

impl Document for KeyCheck {
    const SCHEMA: &'static str = "wattkey/key-check/1";

    fn table(&self, style: Style) -> String {
        let mut out =
            format!("{}  {} vending keys, {} decoder keys\n", self.file, self.vending_keys, self.decoder_keys);
        for finding in &self.findings {
            let place = if finding.field.is_empty() { String::new() } else { format!("{}: ", finding.field) };
            out.push_str(&paragraph(style, word(finding.severity), 9, &format!("{place}{}", finding.problem)));
        }
        if self.findings.is_empty() {
            out.push_str("nothing wrong\n");
        }
        out
    }

    fn csv_header(&self) -> Vec<String> {
        ["severity", "kind", "field", "problem"].map(str::to_owned).to_vec()
    }

    fn csv_rows(&self) -> Vec<Vec<String>> {
        let row = |finding: &KeyFinding| {
            vec![
                word(finding.severity).to_owned(),
                finding.kind.to_owned(),
                finding.field.clone(),
                finding.problem.clone(),
            ]
        };
        self.findings.iter().map(row).collect()
    }
}
