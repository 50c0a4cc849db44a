//! The document of `wattkey headend verify`.

use serde::Serialize;

use crate::headend::{Refusal, Verification};
use crate::output::{Document, Style, paragraph};
use crate::sts::Token;

/// Columns before the text of a labelled line.
const INDENT: usize = 12;

/// What the head-end says of the token.
#[derive(Debug, Serialize)]
pub struct Verified {
    pub drn: String,
    pub head_end: String,
    pub token: Token,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub verification: Option<Verification>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refusal: Option<Refusal>,
}

impl Verified {
    pub fn word(&self) -> &'static str {
        match (&self.verification, &self.refusal) {
            (Some(said), _) => said.result.word(),
            (None, Some(refusal)) => refusal.verdict.word(),
            (None, None) => "",
        }
    }
}

impl Document for Verified {
    const SCHEMA: &'static str = "wattkey/head-end-verification/1";

    fn table(&self, style: Style) -> String {
        let mut out = String::new();
        let mut line = |label: &str, text: &str| out.push_str(&paragraph(style, label, INDENT, text));
        line("Token", &self.token.grouped());
        line("Meter", &self.drn);
        line("Head-end", &self.head_end);
        if let Some(said) = &self.verification {
            line("Result", &format!("{} ({})", said.result.word(), said.said));
            line("", said.result.meaning());
            if let Some(description) = &said.description {
                line("Says", description);
            }
            if let Some(amount) = &said.amount {
                line("Amount", &format!("{amount} {}", said.unit.as_deref().unwrap_or_default()));
            }
        }
        if let Some(refusal) = &self.refusal {
            line("Result", refusal.verdict.word());
            line("", refusal.verdict.cause());
            if let Some(fault) = &refusal.fault {
                line("Server", &format!("{} {}", fault.kind, fault.description));
            }
            line("Do", refusal.verdict.act());
        }
        out
    }

    fn csv_header(&self) -> Vec<String> {
        ["drn", "token", "result", "said"].map(str::to_owned).to_vec()
    }

    fn csv_rows(&self) -> Vec<Vec<String>> {
        let said = self.verification.as_ref().map(|said| said.said.clone()).unwrap_or_default();
        vec![vec![self.drn.clone(), self.token.to_string(), self.word().to_owned(), said]]
    }
}
