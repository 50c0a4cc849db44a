//! The document of `wattkey relay`.

use serde::Serialize;

use crate::meter::MeterRef;
use crate::meter::status::RelayState;
use crate::output::{Document, Style, fit, in_words, meter_line};

#[derive(Debug, Serialize)]
pub struct Relay {
    pub link: String,
    #[serde(skip_serializing_if = "MeterRef::is_empty")]
    pub meter: MeterRef,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub serial: Option<String>,
    pub relay: RelayState,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before: Option<RelayState>,
    pub outcome: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

impl Relay {
    /// A relay that was read and left as it is.
    pub fn shown(link: String, meter: MeterRef, relay: RelayState) -> Self {
        Relay { link, serial: meter.serial.clone(), meter, relay, before: None, outcome: "shown", reason: None }
    }
}

impl Document for Relay {
    const SCHEMA: &'static str = "wattkey/relay/1";

    fn table(&self, style: Style) -> String {
        let words = |relay: &RelayState| {
            let output = relay.output.as_deref().unwrap_or("unknown").to_uppercase();
            let rest = [&relay.control, &relay.reason].into_iter().flatten().map(|word| in_words(word));
            std::iter::once(output).chain(rest).collect::<Vec<_>>().join(", ")
        };
        let mut text = format!("{}RELAY     {}\n", meter_line(&self.meter), words(&self.relay));
        if let Some(before) = &self.before {
            let reason = self.reason.as_ref().map(|reason| format!(": {}", in_words(reason))).unwrap_or_default();
            text.push_str(&format!("BEFORE    {}\nORDER     {}{reason}\n", words(before), self.outcome));
        }
        fit(style, &text, 10)
    }

    fn csv_header(&self) -> Vec<String> {
        ["serial", "output", "control", "reason", "outcome", "refusal"].map(str::to_owned).to_vec()
    }

    fn csv_rows(&self) -> Vec<Vec<String>> {
        let text = |value: &Option<String>| value.clone().unwrap_or_default();
        vec![vec![
            text(&self.serial),
            text(&self.relay.output),
            text(&self.relay.control),
            text(&self.relay.reason),
            self.outcome.to_owned(),
            text(&self.reason),
        ]]
    }
}
