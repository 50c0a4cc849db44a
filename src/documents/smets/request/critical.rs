//! The document of `wattkey smets request critical`.

use serde::Serialize;
use time::OffsetDateTime;

use crate::output::{Document, Style, paragraph};
use crate::smets::duis::kind::RequestId;
use crate::smets::exchange::critical::Stage;

/// How far the request is.
#[derive(Debug, Serialize)]
pub struct Progress {
    pub folder: String,
    pub request_id: RequestId,
    pub srv: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<&'static str>,
    pub stage: Stage,
    #[serde(with = "time::serde::rfc3339")]
    pub since: OffsetDateTime,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub response_code: Option<String>,
    /// What came of it, as `smets decode` names it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outcome: Option<String>,
    pub files: Vec<&'static str>,
    /// How many values of the request were found in the pre-command.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub values_found: Option<usize>,
    /// Values a person has to compare.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub values_not_compared: Vec<String>,
    pub next: &'static str,
}

impl Document for Progress {
    const SCHEMA: &'static str = "wattkey/smets-critical/1";

    fn table(&self, style: Style) -> String {
        let line = |label: &str, text: &str| paragraph(style, label, 10, text);
        let mut text = line("request", &format!("{} {}", self.srv, self.name.unwrap_or_default()));
        text.push_str(&line("ID", &self.request_id.to_string()));
        text.push_str(&line("stage", stage_in_words(self.stage)));
        if let Some(outcome) = &self.outcome {
            text.push_str(&line("outcome", outcome));
        }
        if let Some(found) = self.values_found {
            text.push_str(&line("values", &format!("{found} found in the pre-command")));
        }
        if self.stage == Stage::PreCommand {
            for value in &self.values_not_compared {
                text.push_str(&line("compare", value));
            }
        }
        text.push_str(&line("files", &self.files.join(", ")));
        text.push_str(&line("next", self.next));
        text
    }

    fn csv_header(&self) -> Vec<String> {
        ["folder", "request_id", "srv", "stage", "response_code", "outcome"].map(str::to_owned).to_vec()
    }

    fn csv_rows(&self) -> Vec<Vec<String>> {
        vec![vec![
            self.folder.clone(),
            self.request_id.to_string(),
            self.srv.clone(),
            serde_json::to_value(self.stage)
                .ok()
                .and_then(|stage| stage.as_str().map(str::to_owned))
                .unwrap_or_default(),
            self.response_code.clone().unwrap_or_default(),
            self.outcome.clone().unwrap_or_default(),
        ]]
    }
}

const fn stage_in_words(stage: Stage) -> &'static str {
    match stage {
        Stage::Requested => "not sent yet",
        Stage::TransformSent => "sent to be transformed, no answer known",
        Stage::Refused => "refused by the DCC",
        Stage::PreCommand => "pre-command received, compared with the request, not signed yet",
        Stage::Signed => "signed, not sent yet",
        Stage::CommandSent => "sent, outcome unknown",
        Stage::Acknowledged => "taken by the DCC, the device has not answered yet",
        Stage::LocalCommand => "to be delivered by hand",
        Stage::Scheduled => "taken by the device for later",
        Stage::Unclear => "answered, outcome unknown",
        Stage::Answered => "answered",
    }
}
