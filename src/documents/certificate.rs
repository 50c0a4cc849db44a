//! The document of `wattkey certificate`.

use serde::Serialize;

use crate::headend::registry::{CertificateFinding, Outcome};
use crate::output::{Document, Style, grid};

#[derive(Debug, Serialize)]
pub struct Report {
    pub certified: bool,
    pub findings: Vec<CertificateFinding>,
}

impl Document for Report {
    const SCHEMA: &'static str = "wattkey/certificate/1";

    fn table(&self, style: Style) -> String {
        let mut out = grid(style, &["check", "outcome", ""], &self.csv_rows());
        let failed = self.findings.iter().any(|finding| finding.outcome == Outcome::Fail);
        out.push_str(match (self.certified, failed) {
            (true, _) => "\nCERTIFIED\n",
            (false, true) => "\nNOT CERTIFIED\n",
            (false, false) => "\nNOT KNOWN\n",
        });
        out
    }

    fn csv_header(&self) -> Vec<String> {
        ["check", "outcome", "text"].map(str::to_owned).to_vec()
    }

    fn csv_rows(&self) -> Vec<Vec<String>> {
        let row = |found: &CertificateFinding| {
            vec![found.check.to_owned(), found.outcome.word().to_owned(), found.text.clone()]
        };
        self.findings.iter().map(row).collect()
    }
}
