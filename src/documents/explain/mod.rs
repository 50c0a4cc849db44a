//! The document of `wattkey explain`.

pub mod program;
pub mod smets;

use serde::Serialize;

use crate::knowledge::{Fit, Kind, KnowledgeEntry, Lookup};
use crate::output::{Document, Style, paragraph, sanitize};

/// What was found.
#[derive(Debug, Serialize)]
pub struct Explanation<'a> {
    pub text: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub vendor: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub model: Option<String>,
    /// More than one meaning fits.
    pub ambiguous: bool,
    pub readings: Vec<Lookup<'a>>,
}

pub fn is_exact(readings: &[Lookup<'_>]) -> bool {
    readings.first().is_some_and(|found| found.fit == Fit::Exact)
}

impl Explanation<'_> {
    /// The command that weighs what a display showed together with the token, when the display speaks of a token.
    pub fn diagnosis(&self) -> Option<String> {
        let speaks_of_a_token = |found: &&Lookup<'_>| {
            found.reading.kind == Kind::Display
                && found.reading.maps_to.is_some_and(|maps_to| maps_to.result().is_some())
        };
        let reading = self.readings.iter().filter(|found| found.fit == Fit::Exact).find(speaks_of_a_token)?.reading;
        let vendor = self.vendor.as_ref().or(reading.vendor.as_ref().filter(|_| !self.ambiguous));
        let vendor = vendor.map(|vendor| format!(" --vendor \"{}\"", sanitize(vendor))).unwrap_or_default();
        Some(format!("wattkey diagnose TOKEN{vendor} --display \"{}\"", sanitize(&self.text)))
    }
}

impl Document for Explanation<'_> {
    const SCHEMA: &'static str = "wattkey/explain/1";

    fn table(&self, style: Style) -> String {
        let mut out = String::new();
        let text = sanitize(&self.text);
        let vendor = self.vendor.as_deref().map(sanitize).unwrap_or_default();
        match self.readings.first().map(|found| found.fit) {
            None => {
                return format!(
                    "Nothing is known of {text:?}. Check the spelling, or leave --vendor and --model out.\n"
                );
            }
            Some(Fit::Exact) => {}
            Some(fit @ (Fit::Near | Fit::Mention)) => {
                let of_makers = self.readings.iter().any(|found| found.reading.vendor.is_some());
                let ask =
                    if of_makers && self.vendor.is_none() { " Which maker is it? --vendor narrows it." } else { "" };
                let what = if fit == Fit::Near { "It may be" } else { "It is mentioned in" };
                out.push_str(&format!("{text:?} itself is not known.{ask} {what}:\n\n"));
            }
            Some(Fit::OtherVendor) => out.push_str(&format!(
                "{text:?} is not known for {}. On other meters it means:\n\n",
                if vendor.is_empty() { "this model" } else { vendor.as_str() }
            )),
        }
        for (index, found) in self.readings.iter().enumerate() {
            if index > 0 {
                out.push('\n');
            }
            out.push_str(&block(found.reading, style));
        }
        let is_exact = is_exact(&self.readings);
        if is_exact
            && self.ambiguous
            && self.vendor.is_none()
            && self.readings.iter().any(|found| found.reading.vendor.is_some())
        {
            out.push_str("\nMore than one meaning: name the maker with --vendor.\n");
        }
        if let Some(command) = self.diagnosis() {
            out.push_str(&format!("\n{}", paragraph(style, "", 0, &format!("With the token at hand: {command}"))));
        }
        out
    }

    fn csv_header(&self) -> Vec<String> {
        ["match", "kind", "vendor", "models", "text", "meaning", "maps_to", "likely_causes", "next_steps", "source"]
            .map(str::to_owned)
            .to_vec()
    }

    fn csv_rows(&self) -> Vec<Vec<String>> {
        self.readings
            .iter()
            .map(|found| {
                let reading = found.reading;
                vec![
                    serde_json::to_value(found.fit)
                        .ok()
                        .and_then(|fit| fit.as_str().map(str::to_owned))
                        .unwrap_or_default(),
                    reading.kind.title().to_owned(),
                    reading.vendor.clone().unwrap_or_default(),
                    reading.models.clone().unwrap_or_default(),
                    reading.text.clone(),
                    reading.meaning.clone(),
                    reading.maps_to.map(|maps_to| maps_to.word().to_owned()).unwrap_or_default(),
                    reading.likely_causes.join("; "),
                    reading.next_steps.join("; "),
                    reading.source.clone().unwrap_or_default(),
                ]
            })
            .collect()
    }
}

/// One reading, drawn for people.
fn block(reading: &KnowledgeEntry, style: Style) -> String {
    let (bold, reset) = if style.color { ("\u{1b}[1m", "\u{1b}[0m") } else { ("", "") };
    let mut place = vec![reading.kind.title().to_owned()];
    place.extend(reading.vendor.clone());
    place.extend(reading.models.clone());
    let mut out = format!("{bold}{}{reset}  ({})\n", sanitize(&reading.text), sanitize(&place.join(", ")));
    let result = reading
        .maps_to
        .and_then(|maps_to| maps_to.result())
        .filter(|result| result.word() != reading.text)
        .map(|result| format!(" [{}]", result.word()));
    let doubt = if reading.unverified { "unverified: " } else { "" };
    out.push_str(&paragraph(style, "", 2, &format!("{doubt}{}{}", reading.meaning, result.unwrap_or_default())));
    if let Some(class) = &reading.class {
        out.push_str(&paragraph(style, "  class:", 12, class));
    }
    match reading.recipients.as_deref() {
        None => {}
        Some([]) => out.push_str("  sent to:  nobody, it is only logged\n"),
        Some(recipients) => out.push_str(&paragraph(style, "  sent to:", 12, &recipients.join(", "))),
    }
    for (title, lines) in [("  likely:", &reading.likely_causes), ("  do:", &reading.next_steps)] {
        for (index, line) in lines.iter().enumerate() {
            out.push_str(&paragraph(style, if index == 0 { title } else { "" }, 12, line));
        }
    }
    if let Some(source) = &reading.source {
        out.push_str(&format!("  source: {}\n", sanitize(source)));
    }
    out
}
