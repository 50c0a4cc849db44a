//! A diagnosis drawn for people, and as CSV.

use super::{Document, Style, paragraph, sanitize};
use crate::diagnosis::document::SCHEMA;
use crate::diagnosis::meaning_of;
use crate::diagnosis::{DiagnosisDocument, Strength};
use crate::sts::{MeterParameters, TokenContent};

/// Columns before the text of a labelled line.
const INDENT: usize = 12;

impl Document for DiagnosisDocument {
    const SCHEMA: &'static str = SCHEMA;

    fn table(&self, style: Style) -> String {
        let mut out = paragraph(style, "Token", INDENT, &grouped(&self.token));
        let (bold, reset) = if style.color { ("\u{1b}[1m", "\u{1b}[0m") } else { ("", "") };
        out.push_str(&format!("{:<INDENT$}{bold}{}{reset} ({})\n", "Verdict", self.verdict, self.strength.word()));
        let meaning = meaning_of(self.verdict);
        if let Some(meaning) = meaning {
            out.push_str(&paragraph(style, "", INDENT, meaning));
        }
        if let Some(corrected) = self.corrected_token {
            out.push_str(&paragraph(style, "Corrected", INDENT, &corrected.grouped()));
        }
        if let Some(made_for) = &self.made_for {
            out.push_str(&paragraph(style, "Made for", INDENT, &parameters(made_for)));
        }
        if let Some(says) = self.decoded.as_ref().and_then(|decoded| Some(says(decoded.fields()?.content))) {
            out.push_str(&paragraph(style, "Says", INDENT, &says));
        }
        out.push_str(&self.why(style));
        for note in &self.notes {
            out.push_str(&paragraph(style, "Note", INDENT, note));
        }
        out.push_str("\nDo this now\n");
        for (number, step) in (1..).zip(self.steps()) {
            out.push_str(&paragraph(style, &format!("  {number}."), 5, step));
        }
        if let Some(office) = &self.office {
            out.push_str("\nFor the office\n");
            out.push_str(&paragraph(style, "", 2, office));
        }
        out
    }

    fn csv_header(&self) -> Vec<String> {
        ["id", "token", "verdict", "strength", "evidence", "remedy", "made_for", "corrected_token"]
            .map(str::to_owned)
            .to_vec()
    }

    fn csv_rows(&self) -> Vec<Vec<String>> {
        let first = self.causes.first();
        vec![vec![
            self.id.as_ref().map(|id| id.as_str().map_or_else(|| id.to_string(), str::to_owned)).unwrap_or_default(),
            self.token.clone(),
            self.verdict.to_owned(),
            self.strength.word().to_owned(),
            first.map(|cause| cause.evidence.join("; ")).unwrap_or_default(),
            first.map(|cause| cause.remedy.join(" ")).unwrap_or_default(),
            self.made_for.as_ref().map(parameters).unwrap_or_default(),
            self.corrected_token.map(|token| token.to_string()).unwrap_or_default(),
        ]]
    }
}

impl DiagnosisDocument {
    /// The evidence of the first cause; when there is no verdict, the causes that remain.
    fn why(&self, style: Style) -> String {
        let mut out = String::new();
        let evidence = self.causes.first().map(|cause| cause.evidence.as_slice()).unwrap_or_default();
        for (index, sentence) in evidence.iter().enumerate() {
            out.push_str(&paragraph(style, if index == 0 { "Because" } else { "" }, INDENT, sentence));
        }
        let others: Vec<String> = self
            .causes
            .iter()
            .skip(usize::from(self.strength > Strength::Possible || self.verdict != "undetermined"))
            .map(|cause| format!("{} ({})", cause.cause, cause.strength.word()))
            .collect();
        if !others.is_empty() {
            let label = if self.verdict == "undetermined" { "It may be" } else { "Or" };
            out.push_str(&paragraph(style, label, INDENT, &others.join(", ")));
        }
        out
    }

    /// What to do, each step once, those of the first two causes when there is no verdict.
    fn steps(&self) -> Vec<&str> {
        let mut steps: Vec<&str> = Vec::new();
        let causes = if self.verdict == "undetermined" { 2 } else { 1 };
        for step in self.causes.iter().take(causes).flat_map(|cause| &cause.remedy) {
            if !steps.contains(&step.as_str()) {
                steps.push(step);
            }
        }
        steps
    }
}

/// Twenty digits in groups of four; anything else as it is.
fn grouped(token: &str) -> String {
    token.parse::<crate::sts::Token>().map_or_else(|_| sanitize(token), |token| token.grouped())
}

/// `meter 01234567897, SGC 123456, KRN 1, …`, what is known of it.
pub fn parameters(key: &MeterParameters) -> String {
    let mut facts: Vec<String> = key.drn.map(|drn| format!("meter {drn}")).into_iter().collect();
    facts.extend(key.key_facts());
    facts.extend(key.ea.map(|ea| format!("EA {ea}")));
    facts.extend(key.dkga.map(|dkga| format!("DKGA {dkga}")));
    facts.extend(key.base_date.map(|base| format!("base date {base}")));
    facts.join(", ")
}

/// Kind and amount of a token in a few words.
fn says(content: &TokenContent) -> String {
    let kind = content.kind().word();
    let value = match content {
        TokenContent::Credit { commodity, amount, .. } => format!(" {} {}", amount.tenths(), commodity.unit()),
        TokenContent::CurrencyCredit { amount, .. } => format!(" {amount}"),
        TokenContent::SetMaximumPowerLimit { limit, .. } | TokenContent::SetPhaseUnbalanceLimit { limit, .. } => {
            format!(" {} W", limit.units())
        }
        TokenContent::MeterTest(test) => {
            format!(" {}", test.tests().iter().map(|test| test.word()).collect::<Vec<_>>().join(", "))
        }
        TokenContent::KeyChange1 { krn, kt, .. } => format!(" to KRN {krn}, KT {kt}"),
        TokenContent::KeyChange2 { ti, .. } => format!(" to TI {ti}"),
        _ => String::new(),
    };
    match content.tid() {
        Some(tid) => format!("{kind}{value}, TID {tid}"),
        None => format!("{kind}{value}"),
    }
}
