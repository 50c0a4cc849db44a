//! The document of `wattkey setup`.

use serde::Serialize;

use crate::meter::MeterRef;
use crate::output::{Document, Style, meter_line, paragraph, sanitize};

/// Width of the labels.
const LABEL: usize = 10;

#[derive(Debug, Serialize)]
pub struct Setup {
    /// Name under which the meter is reached from now on.
    pub name: String,
    pub link: String,
    pub protocol: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub profile: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    #[serde(skip_serializing_if = "MeterRef::is_empty")]
    pub meter: MeterRef,
    pub config_file: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub credentials_file: Option<String>,
    /// Whether commands without `--link` use this meter.
    pub default: bool,
    /// The command that reads the meter.
    pub command: String,
}

impl Setup {
    fn rows(&self) -> Vec<(&'static str, String)> {
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        vec![
            ("name", self.name.clone()),
            ("link", self.link.clone()),
            ("protocol", self.protocol.to_owned()),
            ("profile", text(&self.profile)),
            ("address", text(&self.address)),
            ("serial", text(&self.meter.serial)),
            ("drn", self.meter.drn.map(|drn| drn.to_string()).unwrap_or_default()),
            ("config_file", self.config_file.clone()),
            ("credentials_file", text(&self.credentials_file)),
            ("default", self.default.to_string()),
            ("command", self.command.clone()),
        ]
    }
}

impl Document for Setup {
    const SCHEMA: &'static str = "wattkey/setup/1";

    fn table(&self, style: Style) -> String {
        let kept = match &self.credentials_file {
            Some(credentials) => format!("{}, credentials in {credentials}", self.config_file),
            None => self.config_file.clone(),
        };
        let reached =
            [Some(self.link.as_str()), self.profile.as_deref().or(Some(self.protocol)), self.address.as_deref()];
        let reached: Vec<&str> = reached.into_iter().flatten().collect();
        let mut text = meter_line(&self.meter);
        for (label, what) in [("READ BY", reached.join(", ")), ("KEPT IN", kept), ("COMMAND", self.command.clone())] {
            text.push_str(&paragraph(style, label, LABEL, &sanitize(&what)));
        }
        text
    }

    fn csv_header(&self) -> Vec<String> {
        self.rows().into_iter().map(|(name, _)| name.to_owned()).collect()
    }

    fn csv_rows(&self) -> Vec<Vec<String>> {
        vec![self.rows().into_iter().map(|(_, value)| value).collect()]
    }
}
