//! The document of `wattkey monitor --listen`: one report of a meter.

use serde::Serialize;

use crate::meter::dlms::push::Report;
use crate::output::{Document, Style, fit, in_words, sanitize};

#[derive(Debug, Serialize)]
pub struct Push {
    pub received_at: String,
    /// Whom it came from: address and port, or the line.
    pub from: String,
    #[serde(flatten)]
    pub report: Report,
}

impl Document for Push {
    const SCHEMA: &'static str = "wattkey/push/1";

    fn table(&self, style: Style) -> String {
        let report = &self.report;
        let title = report.system_title.as_ref().map(|title| format!(", system title {title}")).unwrap_or_default();
        let time = report.time.as_ref().map(|time| format!(", made at {time}")).unwrap_or_default();
        let mut text = format!(
            "{}  {} from {} ({}){title}{time}\n",
            self.received_at,
            in_words(report.kind),
            self.from,
            report.sender
        );
        for value in &report.values {
            let object = value.object.as_deref().unwrap_or("-");
            let unit = value.unit.as_deref().unwrap_or("");
            text.push_str(&format!("  {object:<24} {} {unit}\n", sanitize(&value.value.to_string())));
        }
        if let Some(problem) = &report.problem {
            match &report.octets {
                Some(octets) => text.push_str(&format!("  not read: {problem}: {octets}\n")),
                None => text.push_str(&format!("  {problem}\n")),
            }
        }
        fit(style, &text, 10)
    }

    fn csv_header(&self) -> Vec<String> {
        ["received_at", "from", "sender", "system_title", "time", "object", "value", "unit", "problem"]
            .map(str::to_owned)
            .to_vec()
    }

    fn csv_rows(&self) -> Vec<Vec<String>> {
        let text = |value: &Option<String>| value.clone().unwrap_or_default();
        let report = &self.report;
        let row = |object: String, value: String, unit: String| {
            vec![
                self.received_at.clone(),
                self.from.clone(),
                report.sender.clone(),
                text(&report.system_title),
                text(&report.time),
                object,
                value,
                unit,
                text(&report.problem),
            ]
        };
        if report.values.is_empty() {
            return vec![row(String::new(), String::new(), String::new())];
        }
        report.values.iter().map(|value| row(text(&value.object), value.value.to_string(), text(&value.unit))).collect()
    }
}
