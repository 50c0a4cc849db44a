//! The document of `wattkey smets utrn`.

use serde::Serialize;

use crate::output::{Document, Style, paragraph, sanitize};
use crate::smets::utrn::{Repair, ValueClass};

/// What can be told of a UTRN.
#[derive(Debug, Serialize)]
pub struct Report {
    pub utrn: String,
    pub valid: bool,
    pub check_digit: &'static str,
    pub in_range: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value_class: Option<ValueClass>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub amount: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub counter_bits: Option<u16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub problem: Option<String>,
    pub corrected_utrn: Option<String>,
    pub candidates: Vec<Repair>,
    pub authenticity: &'static str,
}

impl Document for Report {
    const SCHEMA: &'static str = "wattkey/utrn/1";

    fn table(&self, style: Style) -> String {
        let mut text = String::new();
        let mut line = |title: &str, value: &str| text.push_str(&paragraph(style, title, 16, value));
        line("UTRN", &sanitize(&self.utrn));
        match &self.problem {
            None => line("result", "well formed"),
            Some(problem) => line("result", &format!("no UTRN as it stands: {problem}")),
        }
        line("check digit", self.check_digit);
        if let Some(amount) = &self.amount {
            line("amount", &format!("£{amount}"));
        }
        if let Some(bits) = self.counter_bits {
            line("counter bits", &format!("{bits} (bits 32 to 41 of the supplier's counter)"));
        }
        line("authenticity", self.authenticity);
        match self.candidates.as_slice() {
            [] => {}
            [one] => line("meant is likely", &format!("{} (£{}): {}", one.utrn, one.amount_gbp, one.slip)),
            several => {
                let how = format!("one of {}; the amount on the receipt narrows them (--amount)", several.len());
                line("meant may be", &how);
                for repair in several {
                    line("", &format!("{} (£{}): {}", repair.utrn, repair.amount_gbp, repair.slip));
                }
            }
        }
        text
    }

    fn csv_header(&self) -> Vec<String> {
        ["utrn", "valid", "check_digit", "amount", "counter_bits", "problem", "corrected_utrn"]
            .map(str::to_owned)
            .to_vec()
    }

    fn csv_rows(&self) -> Vec<Vec<String>> {
        vec![vec![
            self.utrn.clone(),
            self.valid.to_string(),
            self.check_digit.to_owned(),
            self.amount.clone().unwrap_or_default(),
            self.counter_bits.map(|bits| bits.to_string()).unwrap_or_default(),
            self.problem.clone().unwrap_or_default(),
            self.corrected_utrn.clone().unwrap_or_default(),
        ]]
    }
}
