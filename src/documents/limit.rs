//! The document of `wattkey limit`.

use serde::Serialize;

use crate::meter::MeterRef;
use crate::meter::status::Limits;
use crate::output::{Document, Style, fit, in_words, meter_line, sanitize};

#[derive(Debug, Serialize)]
pub struct Limit {
    pub link: String,
    #[serde(skip_serializing_if = "MeterRef::is_empty")]
    pub meter: MeterRef,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub serial: Option<String>,
    pub limits: Limits,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before: Option<Limits>,
    pub outcome: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// Limits in words: `power 5000 W, demand 4000 W`, or `none`.
pub fn words(limits: &Limits) -> String {
    let part = |name: &str, watts: Option<f64>| watts.map(|watts| format!("{name} {watts} W"));
    let parts = [
        part("power", limits.power_w),
        part("demand", limits.demand_w),
        part("between phases", limits.phase_unbalance_w),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    if parts.is_empty() { "none".to_owned() } else { parts.join(", ") }
}

impl Document for Limit {
    const SCHEMA: &'static str = "wattkey/limit/1";

    fn table(&self, style: Style) -> String {
        let mut text = format!("{}LIMITS    {}\n", meter_line(&self.meter), words(&self.limits));
        if let Some(before) = &self.before {
            let reason =
                self.reason.as_ref().map(|reason| format!(": {}", sanitize(&in_words(reason)))).unwrap_or_default();
            text.push_str(&format!("BEFORE    {}\nORDER     {}{reason}\n", words(before), self.outcome));
        }
        fit(style, &text, 10)
    }

    fn csv_header(&self) -> Vec<String> {
        ["serial", "power_w", "demand_w", "phase_unbalance_w", "outcome", "reason"].map(str::to_owned).to_vec()
    }

    fn csv_rows(&self) -> Vec<Vec<String>> {
        let number = |watts: Option<f64>| watts.map(|watts| watts.to_string()).unwrap_or_default();
        vec![vec![
            self.serial.clone().unwrap_or_default(),
            number(self.limits.power_w),
            number(self.limits.demand_w),
            number(self.limits.phase_unbalance_w),
            self.outcome.to_owned(),
            self.reason.clone().unwrap_or_default(),
        ]]
    }
}
