//! The document of `wattkey smets request send`.

use serde::Serialize;
use serde_json::Value;

use crate::output::{Document, Style, paragraph};
use crate::smets::duis::kind::RequestId;

/// What became of the request.
#[derive(Debug, Serialize)]
pub struct Sent {
    pub request_id: RequestId,
    pub service: &'static str,
    pub http_status: u16,
    pub signed: bool,
    /// The answer, as `smets decode` shows it; absent when the adaptor gave none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub response: Option<Value>,
}

impl Document for Sent {
    const SCHEMA: &'static str = "wattkey/smets-sent/1";

    fn table(&self, style: Style) -> String {
        let part = |name: &str| {
            self.response.as_ref().and_then(|response| response.get(name)).and_then(Value::as_str).unwrap_or_default()
        };
        let mut text = paragraph(style, "sent", 12, &format!("{} to {}", self.request_id, self.service));
        let answer = format!("HTTP {} {} {}", self.http_status, part("response_code"), part("response_meaning"));
        text.push_str(&paragraph(style, "answer", 12, &answer));
        text
    }

    fn csv_header(&self) -> Vec<String> {
        ["request_id", "service", "http_status", "response_code"].map(str::to_owned).to_vec()
    }

    fn csv_rows(&self) -> Vec<Vec<String>> {
        let code = self.response.as_ref().and_then(|response| response.get("response_code")).and_then(Value::as_str);
        vec![vec![
            self.request_id.to_string(),
            self.service.to_owned(),
            self.http_status.to_string(),
            code.unwrap_or_default().to_owned(),
        ]]
    }
}
