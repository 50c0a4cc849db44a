//! The `wattkey/entry/1` document: what became of tokens that were entered.

use serde::Serialize;

use crate::diagnosis::DiagnosisDocument;
use crate::ledger::MeterRef;
use crate::meter::entry::Verdict;
use crate::meter::status::{CreditState, Status, StsState};
use crate::output::{Document, Style, grid, paragraph};
use crate::sts::TokenResult;

/// Columns before the text of a labelled line.
const INDENT: usize = 12;

/// What was entered and what came of it.
#[derive(Debug, Serialize)]
pub struct EntryDocument {
    /// The link as the user wrote it.
    pub link: String,
    /// The meter.
    pub meter: MeterRef,
    /// Tokens in the order they went in.
    pub steps: Vec<EntryStep>,
    /// The meter before.
    pub before: EntryState,
    /// The meter afterwards.
    pub after: EntryState,
    /// `accepted`, `refused` or `unknown`.
    pub outcome: &'static str,
    /// Why it was refused.
    pub diagnosis: Option<DiagnosisDocument>,
    /// In words, what stands behind the outcome when it is not the meter's plain answer.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
}

/// One token.
#[derive(Debug, Serialize)]
pub struct EntryStep {
    /// Its last four digits.
    pub token_last4: String,
    /// Its kind, as far as it could be read.
    pub kind: &'static str,
    /// The meter's result, where it is known.
    pub result: Option<TokenResult>,
}

/// The part of a status that an entry changes.
#[derive(Debug, Clone, Default, Serialize)]
pub struct EntryState {
    /// The STS decoder.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sts: Option<StsState>,
    /// Credit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub credit: Option<CreditState>,
}

impl From<&Status> for EntryState {
    fn from(status: &Status) -> Self {
        EntryState { sts: status.sts.clone(), credit: status.credit.clone() }
    }
}

impl EntryDocument {
    /// Sets the outcome.
    pub fn conclude(&mut self, verdict: Verdict) {
        self.outcome = verdict.word();
    }
}

impl Document for EntryDocument {
    const SCHEMA: &'static str = "wattkey/entry/1";

    fn table(&self, style: Style) -> String {
        let rows: Vec<Vec<String>> = self
            .steps
            .iter()
            .map(|step| {
                let result = step.result.map_or("-", TokenResult::word);
                vec![format!("…{}", step.token_last4), step.kind.to_owned(), result.to_owned()]
            })
            .collect();
        let mut out = if rows.is_empty() { String::new() } else { grid(style, &["token", "kind", "result"], &rows) };
        let meter = [&self.meter.serial, &self.meter.drn].into_iter().flatten().cloned().collect::<Vec<_>>();
        out.push_str(&paragraph(style, "Meter", INDENT, &meter.join(", DRN ")));
        for (label, state) in [("Before", &self.before), ("After", &self.after)] {
            out.push_str(&paragraph(style, label, INDENT, &state.in_words()));
        }
        for note in &self.notes {
            out.push_str(&paragraph(style, "Note", INDENT, note));
        }
        out.push_str(&paragraph(style, "Outcome", INDENT, &self.outcome.to_uppercase()));
        if let Some(diagnosis) = &self.diagnosis {
            out.push('\n');
            out.push_str(&diagnosis.table(style));
        }
        out
    }

    fn csv_header(&self) -> Vec<String> {
        ["serial", "drn", "token_last4", "kind", "result", "outcome"].map(str::to_owned).to_vec()
    }

    fn csv_rows(&self) -> Vec<Vec<String>> {
        self.steps
            .iter()
            .map(|step| {
                vec![
                    self.meter.serial.clone().unwrap_or_default(),
                    self.meter.drn.clone().unwrap_or_default(),
                    step.token_last4.clone(),
                    step.kind.to_owned(),
                    step.result.map(|result| result.word().to_owned()).unwrap_or_default(),
                    self.outcome.to_owned(),
                ]
            })
            .collect()
    }
}

impl EntryState {
    fn in_words(&self) -> String {
        let mut parts = Vec::new();
        if let Some(credit) = &self.credit
            && let Some(available) = credit.available
        {
            parts.push(format!("{available} {}", credit.unit.as_deref().unwrap_or_default()).trim().to_owned());
        }
        if let Some(sts) = &self.sts {
            let number = |name: &str, value: Option<u8>| value.map(|value| format!("{name} {value}"));
            parts.extend(sts.sgc.as_ref().map(|sgc| format!("SGC {sgc}")));
            let numbers = [number("KRN", sts.krn), number("KT", sts.kt), number("TI", sts.ti)];
            parts.extend(numbers.into_iter().flatten());
        }
        if parts.is_empty() { "not read".to_owned() } else { parts.join(", ") }
    }
}
