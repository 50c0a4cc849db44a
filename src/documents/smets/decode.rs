//! The document of `wattkey smets decode`.

use serde::Serialize;

use crate::output::{Document, Style, sanitize};
use crate::smets::duis::decode::Message;

/// A message with where it came from.
#[derive(Debug, Serialize)]
pub struct Line<'a> {
    pub file: &'a str,
    #[serde(flatten)]
    pub message: Message<'a>,
}

impl Document for Line<'_> {
    const SCHEMA: &'static str = "wattkey/smets-message/1";

    fn table(&self, _style: Style) -> String {
        let message = &self.message;
        let device = message.device().unwrap_or_default();
        let time = message.time.unwrap_or_default();
        sanitize(&format!("{time} {} {device} {}", message.kind.word(), message.summary())) + "\n"
    }

    fn csv_header(&self) -> Vec<String> {
        ["file", "offset", "time", "kind", "device", "response_code", "srv", "alert_code", "dcc_alert_code", "summary"]
            .map(str::to_owned)
            .to_vec()
    }

    fn csv_rows(&self) -> Vec<Vec<String>> {
        let message = &self.message;
        let text = |text: Option<&str>| text.unwrap_or_default().to_owned();
        vec![vec![
            self.file.to_owned(),
            message.offset.to_string(),
            text(message.time),
            message.kind.word().to_owned(),
            message.device().unwrap_or_default(),
            text(message.response_code),
            text(message.srv),
            text(message.alert_code.as_deref()),
            text(message.dcc_alert_code),
            message.summary(),
        ]]
    }
}
