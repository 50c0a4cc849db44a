//! The document of `wattkey smets request check`.

use serde::Serialize;

use crate::output::{Document, Style, paragraph, sanitize};
use crate::smets::catalogue::Catalogue;
use crate::smets::duis::check::{self, Circumstances, RequestFinding, Severity};
use crate::smets::duis::tree::Element;

/// What was found in one request.
#[derive(Debug, Serialize)]
pub struct Report {
    /// Where it was read from.
    pub file: String,
    /// Service reference variant, as far as it is legible.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub srv: Option<String>,
    /// Its name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<&'static str>,
    /// The request's ID.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request_id: Option<String>,
    /// Whether a signature is there; it is not verified.
    pub signed: bool,
    /// Whether no error was found; warnings do not count.
    pub ok: bool,
    /// What was found.
    pub findings: Vec<RequestFinding>,
    /// How many values of the request were found in its pre-command.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub values_found: Option<usize>,
    /// Values that have no form known here: a person has to compare them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub values_not_compared: Vec<String>,
}

impl Report {
    /// Checks a message.
    pub fn of(file: String, message: &Element, circumstances: &Circumstances<'_>) -> Self {
        Self::with(file, message, check::request(message, circumstances))
    }

    /// What was found about a request.
    pub fn with(file: String, message: &Element, findings: Vec<RequestFinding>) -> Self {
        let srv = message.text_at(&["Header", "ServiceReferenceVariant"]).map(str::to_owned);
        Report {
            file,
            name: srv.as_deref().and_then(|srv| Catalogue::shipped().find(srv)).map(|request| request.name.as_str()),
            srv,
            request_id: message.text_at(&["Header", "RequestID"]).map(str::to_owned),
            signed: message.child("Signature").is_some(),
            ok: findings.iter().all(|finding| finding.severity != Severity::Error),
            findings,
            values_found: None,
            values_not_compared: Vec::new(),
        }
    }
}

/// At most [`SHOWN`] of the values, and how many more there are.
fn few(values: &[String]) -> String {
    let shown = values.iter().take(SHOWN).map(String::as_str).collect::<Vec<_>>().join(", ");
    match values.len().checked_sub(SHOWN) {
        None | Some(0) => shown,
        Some(more) => format!("{shown}, and {more} more (`--json` lists all)"),
    }
}

/// Values to be compared by hand that a person is shown.
const SHOWN: usize = 6;

const fn word(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}

impl Document for Report {
    const SCHEMA: &'static str = "wattkey/smets-check/1";

    fn table(&self, style: Style) -> String {
        let what = [self.srv.as_deref(), self.name].into_iter().flatten().collect::<Vec<_>>().join(" ");
        let verdict = if self.ok { "nothing wrong found" } else { "wrong" };
        let mut text = format!("{}: {} — {verdict}\n", sanitize(&self.file), sanitize(&what));
        for finding in &self.findings {
            let refusal = finding.refusal.map(|code| format!(" (the DCC refuses with {code})")).unwrap_or_default();
            let line = format!("{}: {}{refusal} [{}]", finding.at, finding.problem, finding.rule);
            text.push_str(&paragraph(style, &format!("  {}", word(finding.severity)), 11, &line));
        }
        if let Some(compared) = self.values_found {
            let mut line = format!("{compared} values of the request were found in the command");
            if !self.values_not_compared.is_empty() {
                line.push_str(&format!("; compare by hand: {}", sanitize(&few(&self.values_not_compared))));
            }
            text.push_str(&paragraph(style, "  values", 11, &line));
        }
        text
    }

    fn csv_header(&self) -> Vec<String> {
        ["file", "srv", "ok", "severity", "rule", "at", "problem", "refusal"].map(str::to_owned).to_vec()
    }

    fn csv_rows(&self) -> Vec<Vec<String>> {
        let head = |rest: [String; 5]| {
            let mut row = vec![self.file.clone(), self.srv.clone().unwrap_or_default(), self.ok.to_string()];
            row.extend(rest);
            row
        };
        if self.findings.is_empty() {
            return vec![head(Default::default())];
        }
        let row = |finding: &RequestFinding| {
            head([
                word(finding.severity).to_owned(),
                finding.rule.to_owned(),
                finding.at.clone(),
                finding.problem.clone(),
                finding.refusal.unwrap_or_default().to_owned(),
            ])
        };
        self.findings.iter().map(row).collect()
    }
}

#[derive(Debug, Serialize)]
pub struct Rule {
    pub rule: &'static str,
    pub meaning: &'static str,
}

#[derive(Debug, Serialize)]
pub struct Rules {
    pub rules: Vec<Rule>,
}

impl Document for Rules {
    const SCHEMA: &'static str = "wattkey/smets-rules/1";

    fn table(&self, style: Style) -> String {
        self.rules.iter().map(|rule| paragraph(style, rule.rule, 18, rule.meaning)).collect()
    }

    fn csv_header(&self) -> Vec<String> {
        ["rule", "meaning"].map(str::to_owned).to_vec()
    }

    fn csv_rows(&self) -> Vec<Vec<String>> {
        self.rules.iter().map(|rule| vec![rule.rule.to_owned(), rule.meaning.to_owned()]).collect()
    }
}
