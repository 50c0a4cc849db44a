//! The `wattkey/entry/1` document: what became of tokens that were entered.

use serde::Serialize;

use crate::diagnosis::DiagnosisDocument;
use crate::diagnosis::key_change_set::Proof;
use crate::error::Code;
use crate::meter::status::{CreditState, Status, StsState};
use crate::meter::{GatewayStatus, MeterRef};
use crate::output::{Document, Style, in_words, paragraph, sanitize};
use crate::sts::{Token, TokenResult};

use super::token::TokenStep;

/// Columns before the text of a labelled line.
const INDENT: usize = 10;

/// What was entered and what came of it.
#[derive(Debug, Clone, Serialize)]
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
    /// How it ended as a whole.
    pub outcome: EntryOutcome,
    /// What stood behind a key-change set.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub proof: Option<Proof>,
    /// Why it was refused.
    pub diagnosis: Option<DiagnosisDocument>,
    /// In words, what stands behind the outcome when it is not the meter's plain answer.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
    /// What ended the entry before its last token.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<EntryFailure>,
}

/// How an entry ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum EntryOutcome {
    /// The meter took every token.
    Accepted,
    /// The meter refused one, and no further was sent.
    Refused,
    /// It cannot be told of one whether the meter took it.
    Unknown,
    /// It ended before the last token, for another reason; what the meter has is known.
    Incomplete,
}

impl EntryOutcome {
    /// The word of the document.
    pub const fn word(self) -> &'static str {
        match self {
            EntryOutcome::Accepted => "accepted",
            EntryOutcome::Refused => "refused",
            EntryOutcome::Unknown => "unknown",
            EntryOutcome::Incomplete => "incomplete",
        }
    }
}

/// An error in an entry document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct EntryFailure {
    /// Stable code word.
    pub code: &'static str,
    /// One sentence.
    pub message: String,
    /// Exit code.
    pub exit: u8,
}

impl EntryFailure {
    /// A failure with its code and sentence.
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        EntryFailure { code: code.word(), message: message.into(), exit: code.exit().number() }
    }
}

/// One token.
#[derive(Debug, Clone, Serialize)]
pub struct EntryStep {
    /// Its last four digits.
    pub token_last4: String,
    /// Its kind, as far as it could be read.
    pub kind: &'static str,
    /// The meter's result, where it is known.
    pub result: Option<TokenResult>,
    /// `accepted`, `refused`, `unknown`, or `failed` when it never reached the meter.
    pub outcome: &'static str,
    /// How far it came, where the meter tells.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<GatewayStatus>,
    /// The meter's own words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Whether the answer was lost, so that this was read back.
    pub read_back: bool,
    /// What stands behind it when it is not the meter's plain answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

impl EntryStep {
    /// What became of `token`, whose kind is known by its word.
    pub fn new(token: Token, kind: &'static str, step: &TokenStep) -> Self {
        EntryStep {
            token_last4: token.last_four(),
            kind,
            result: step.result,
            outcome: step.outcome.word(),
            status: step.report.status,
            description: step.report.description.clone(),
            read_back: step.read_back,
            note: step.note.clone(),
        }
    }
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
    /// A document of an entry that is about to begin.
    pub fn begun(link: String, meter: MeterRef, before: &Status) -> Self {
        EntryDocument {
            link,
            meter,
            steps: Vec::new(),
            before: EntryState::from(before),
            after: EntryState::default(),
            outcome: EntryOutcome::Unknown,
            proof: None,
            diagnosis: None,
            notes: Vec::new(),
            error: None,
        }
    }

    /// Sets the outcome.
    pub fn conclude(&mut self, outcome: EntryOutcome) {
        self.outcome = outcome;
    }

    /// Notes what ended the entry at `step`.
    pub fn error(&mut self, code: Code, step: &TokenStep) {
        let message = match (&step.error, &step.note) {
            (Some(error), Some(note)) if *note != error.to_string() => format!("{error}; {note}"),
            (Some(error), _) => error.to_string(),
            (None, Some(note)) => note.clone(),
            (None, None) => code.meaning().to_owned(),
        };
        self.error = Some(EntryFailure::new(code, message));
    }
}

impl Document for EntryDocument {
    const SCHEMA: &'static str = "wattkey/entry/1";

    fn table(&self, style: Style) -> String {
        let mut out = paragraph(style, "METER", INDENT, &self.meter.name());
        if let Some(proof) = self.proof {
            out.push_str(&paragraph(style, "PROOF", INDENT, &format!("{}: {}", proof.word(), proof.meaning())));
        }
        for step in &self.steps {
            let result = step.result.map(|result| format!(", {}", in_words(result.word()))).unwrap_or_default();
            let said = step.description.as_ref().filter(|said| step.result.is_none_or(|result| result.word() != *said));
            let said = said.map(|said| format!(" ({})", sanitize(said))).unwrap_or_default();
            out.push_str(&format!(
                "{:<INDENT$}…{}   {}{result}{said}\n",
                "TOKEN",
                step.token_last4,
                step.outcome.to_uppercase()
            ));
            if let Some(note) = &step.note {
                out.push_str(&paragraph(style, "", INDENT, note));
            }
        }
        if let (Some(before), Some(after)) = (self.before.key(), self.after.key())
            && before != after
        {
            out.push_str(&format!("{:<INDENT$}{after}   was {before}\n", "KEY"));
        }
        if let Some((available, unit)) = self.after.balance() {
            let was = self.before.balance().map(|(before, _)| format!("   was {before:.2}")).unwrap_or_default();
            out.push_str(&format!("{:<INDENT$}{available:.2} {}{was}\n", "CREDIT", sanitize(unit)));
        }
        for note in &self.notes {
            out.push_str(&paragraph(style, "NOTE", INDENT, note));
        }
        if let Some(error) = &self.error {
            out.push_str(&paragraph(style, "ERROR", INDENT, &sanitize(&error.message)));
        }
        if self.steps.is_empty() || self.steps.iter().any(|step| step.outcome != self.outcome.word()) {
            out.push_str(&format!("{:<INDENT$}{}\n", "OUTCOME", self.outcome.word().to_uppercase()));
        }
        if let Some(diagnosis) = &self.diagnosis {
            out.push('\n');
            out.push_str(&diagnosis.table(style));
        }
        if self.outcome == EntryOutcome::Unknown {
            out.push_str("\nDo not enter it again before the meter was read: wattkey status\n");
        }
        out
    }

    fn csv_header(&self) -> Vec<String> {
        ["serial", "drn", "token_last4", "kind", "result", "outcome", "note"].map(str::to_owned).to_vec()
    }

    fn csv_rows(&self) -> Vec<Vec<String>> {
        self.steps
            .iter()
            .map(|step| {
                vec![
                    self.meter.serial.clone().unwrap_or_default(),
                    self.meter.drn.map(|drn| drn.to_string()).unwrap_or_default(),
                    step.token_last4.clone(),
                    step.kind.to_owned(),
                    step.result.map(|result| result.word().to_owned()).unwrap_or_default(),
                    step.outcome.to_owned(),
                    step.note.clone().unwrap_or_default(),
                ]
            })
            .collect()
    }
}

impl EntryState {
    fn balance(&self) -> Option<(f64, &str)> {
        let credit = self.credit.as_ref()?;
        Some((credit.available?, credit.unit.as_deref().unwrap_or_default()))
    }

    /// `SGC 123456, KRN 1, KT 2, TI 1`, as far as it is told.
    fn key(&self) -> Option<String> {
        let sts = self.sts.as_ref()?;
        let parts = [
            sts.sgc.map(|sgc| format!("SGC {sgc}")),
            sts.krn.map(|krn| format!("KRN {krn}")),
            sts.kt.map(|kt| format!("KT {}", kt.number())),
            sts.ti.map(|ti| format!("TI {}", ti.number())),
        ];
        let told: Vec<String> = parts.into_iter().flatten().collect();
        (!told.is_empty()).then(|| told.join(", "))
    }
}
