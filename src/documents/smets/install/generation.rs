//! The document of `wattkey smets install generation`.

use serde::Serialize;

use crate::output::{Document, Style, paragraph};
use crate::smets::install::generation::{Generation, GenerationVerdict};

/// The answer.
#[derive(Debug, Serialize)]
pub struct Answer {
    #[serde(flatten)]
    pub verdict: GenerationVerdict,
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
