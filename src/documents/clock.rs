//! The document of `wattkey clock`.

use serde::Serialize;

use crate::meter::MeterRef;
use crate::output::{Document, Style, fit, in_words, meter_line};

#[derive(Debug, Serialize)]
pub struct Clock {
    pub link: String,
    #[serde(skip_serializing_if = "MeterRef::is_empty")]
    pub meter: MeterRef,
    pub read_at: String,
    /// The meter's time.
    pub time: String,
    pub drift_s: i64,
    /// Offset from UTC the meter's time was taken to have, and who said so.
    pub offset: String,
    pub offset_from: &'static str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub flags: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub set_to: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub drift_after_s: Option<i64>,
    pub outcome: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

impl Document for Clock {
    const SCHEMA: &'static str = "wattkey/clock/2";

    fn table(&self, style: Style) -> String {
        let words = |drift: i64| match drift {
            0 => "on time".to_owned(),
            late if late < 0 => format!("{} s slow", late.unsigned_abs()),
            fast => format!("{fast} s fast"),
        };
        let mut text = meter_line(&self.meter);
        text.push_str(&format!("CLOCK     {}   {}\n", self.time.replace('T', " "), words(self.drift_s)));
        if self.offset_from != "meter" {
            let by = match self.offset_from {
                "given" => "as given",
                "profile" => "by the profile; the meter tells none",
                _ => "by this machine's time zone; the meter tells none",
            };
            text.push_str(&format!("          taken as UTC{}, {by}\n", self.offset));
        }
        for flag in &self.flags {
            text.push_str(&format!("          the meter says: {flag} !\n"));
        }
        if let Some(set) = &self.set_to {
            let after = self.drift_after_s.map(words).unwrap_or_default();
            text.push_str(&format!("SET TO    {}   {after}\n", set.replace('T', " ")));
        }
        if self.outcome != "shown" {
            let reason = self.reason.as_ref().map(|reason| format!(": {}", in_words(reason))).unwrap_or_default();
            text.push_str(&format!("          {}{reason}\n", in_words(self.outcome)));
        }
        fit(style, &text, 10)
    }

    fn csv_header(&self) -> Vec<String> {
        ["read_at", "meter", "drift_s", "set_to", "drift_after_s", "outcome", "reason", "offset", "offset_from"]
            .map(str::to_owned)
            .to_vec()
    }

    fn csv_rows(&self) -> Vec<Vec<String>> {
        vec![vec![
            self.read_at.clone(),
            self.time.clone(),
            self.drift_s.to_string(),
            self.set_to.clone().unwrap_or_default(),
            self.drift_after_s.map(|drift| drift.to_string()).unwrap_or_default(),
            self.outcome.to_owned(),
            self.reason.clone().unwrap_or_default(),
            self.offset.clone(),
            self.offset_from.to_owned(),
        ]]
    }
}
