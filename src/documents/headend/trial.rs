//! The document of `wattkey headend trial`.

use serde::Serialize;

use crate::documents::headend::key_in_words;
use crate::headend::{Refusal, TrialVend};
use crate::output::{Document, Style, paragraph};

/// Columns before the text of a labelled line.
const INDENT: usize = 12;

/// What the head-end would do.
#[derive(Debug, Serialize)]
pub struct Trial {
    pub drn: String,
    pub head_end: String,
    pub amount: String,
    pub currency: String,
    /// `would-sell`, or the word of the verdict.
    pub verdict: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sale: Option<TrialVend>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refusal: Option<Refusal>,
}

impl Document for Trial {
    const SCHEMA: &'static str = "wattkey/head-end-trial/1";

    fn table(&self, style: Style) -> String {
        let mut out = String::new();
        let mut line = |label: &str, text: &str| out.push_str(&paragraph(style, label, INDENT, text));
        line("Meter", &self.drn);
        line("Head-end", &self.head_end);
        line("Verdict", &self.verdict.to_uppercase());
        if let Some(sale) = &self.sale {
            let units = sale.units.as_deref().unwrap_or("an amount it does not tell");
            let unit = sale.unit.as_deref().unwrap_or_default();
            line("", &format!("{} {} buy {units} {unit}; no token was made", self.currency, self.amount));
            if let Some(due) = &sale.key_change {
                line("Key change", "one comes with the credit: enter its tokens first, then the credit");
                line("From", &key_in_words(&due.from));
                line("To", &key_in_words(&due.to));
                for token in &due.tokens {
                    line("", &token.grouped());
                }
            }
            for warning in sale.warnings.iter().chain(&sale.operator_message) {
                line("Note", warning);
            }
        }
        if let Some(refusal) = &self.refusal {
            line("", refusal.verdict.cause());
            if let Some(fault) = &refusal.fault {
                line("It says", &format!("{} {}", fault.kind, fault.description));
            }
            if let Some(message) = &refusal.operator_message {
                line("Note", message);
            }
            line("Do", refusal.verdict.act());
        }
        out
    }

    fn csv_header(&self) -> Vec<String> {
        ["drn", "amount", "verdict", "units", "unit", "key_change"].map(str::to_owned).to_vec()
    }

    fn csv_rows(&self) -> Vec<Vec<String>> {
        let sale = self.sale.as_ref();
        vec![vec![
            self.drn.clone(),
            self.amount.clone(),
            self.verdict.to_owned(),
            sale.and_then(|sale| sale.units.clone()).unwrap_or_default(),
            sale.and_then(|sale| sale.unit.clone()).unwrap_or_default(),
            sale.is_some_and(|sale| sale.key_change.is_some()).to_string(),
        ]]
    }
}
