//! The document of `wattkey smets alerts`.

use serde::Serialize;

use crate::output::{Document, Style, grid};
use crate::smets::codes::device_alert::DeviceAlert;

/// What was found.
#[derive(Debug, Serialize)]
pub struct Alerts {
    pub alerts: Vec<&'static DeviceAlert>,
}

fn row(alert: &DeviceAlert) -> Vec<String> {
    let recipients = match alert.recipients.as_deref() {
        None => "not published".to_owned(),
        Some([]) => "logged only".to_owned(),
        Some(recipients) => recipients.join(", "),
    };
    let doubt = if alert.unverified { " (name not published)" } else { "" };
    vec![
        alert.code.clone(),
        alert.class.clone(),
        format!("{}{doubt}", alert.name),
        recipients,
        alert.installer.clone().unwrap_or_default(),
    ]
}

impl Document for Alerts {
    const SCHEMA: &'static str = "wattkey/smets-alerts/1";

    fn table(&self, style: Style) -> String {
        if self.alerts.is_empty() {
            return "No alert goes by that. `wattkey smets alerts list` shows every one.\n".to_owned();
        }
        let rows: Vec<_> = self.alerts.iter().map(|alert| row(alert)).collect();
        grid(style, &["code", "class", "what happened", "sent to", "what to do"], &rows)
    }

    fn csv_header(&self) -> Vec<String> {
        ["code", "class", "name", "recipients", "installer"].map(str::to_owned).to_vec()
    }

    fn csv_rows(&self) -> Vec<Vec<String>> {
        self.alerts.iter().map(|alert| row(alert)).collect()
    }
}
