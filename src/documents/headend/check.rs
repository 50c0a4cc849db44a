//! The document of `wattkey headend check`.

use serde::Serialize;

use crate::headend::Handshake;
use crate::output::{Document, Style, paragraph};

/// Columns before the text of a labelled line.
const INDENT: usize = 12;

#[derive(Debug, Serialize)]
pub struct Answer {
    pub drn: String,
    #[serde(flatten)]
    pub handshake: Handshake,
    pub cause: &'static str,
    pub act: &'static str,
}

impl Document for Answer {
    const SCHEMA: &'static str = "wattkey/handshake/1";

    fn table(&self, style: Style) -> String {
        let answer = &self.handshake;
        let mut out = String::new();
        let mut line = |label: &str, text: &str| out.push_str(&paragraph(style, label, INDENT, text));
        let unconfirmed = if answer.offline { "  (offline, unconfirmed)" } else { "" };
        line("Verdict", &format!("{}{unconfirmed}", answer.verdict.word().to_uppercase()));
        line("", self.cause);
        line("Meter", &self.drn);
        line("Head-end", &answer.head_end);
        if let Some(fault) = &answer.fault {
            let code = fault.code.as_ref().map(|code| format!(" [{code}]")).unwrap_or_default();
            line("It says", &format!("{} {}{code}", fault.kind, fault.description));
        }
        if let Some(message) = &answer.operator_message {
            line("Operator", message);
        }
        if let Some(record) = &answer.record {
            line("Record", &super::in_words(record));
            let customer = &record.customer;
            let told = [&customer.name, &customer.address, &customer.account, &customer.location];
            let told: Vec<&str> = told.into_iter().flatten().map(String::as_str).collect();
            if !told.is_empty() {
                line("Customer", &told.join(", "));
            }
        }
        for difference in &answer.mismatches {
            line("Mismatch", &difference.to_string());
        }
        for difference in &answer.key_differences {
            line("Key change", &difference.to_string());
        }
        for warning in &answer.warnings {
            line("Warning", warning);
        }
        line("Do", self.act);
        out
    }

    fn csv_header(&self) -> Vec<String> {
        ["drn", "verdict", "offline", "head_end", "cause", "act", "fault", "operator_message"]
            .map(str::to_owned)
            .to_vec()
    }

    fn csv_rows(&self) -> Vec<Vec<String>> {
        let answer = &self.handshake;
        vec![vec![
            self.drn.clone(),
            answer.verdict.word().to_owned(),
            answer.offline.to_string(),
            answer.head_end.clone(),
            self.cause.to_owned(),
            self.act.to_owned(),
            answer.fault.as_ref().map(|fault| fault.kind.clone()).unwrap_or_default(),
            answer.operator_message.clone().unwrap_or_default(),
        ]]
    }
}
