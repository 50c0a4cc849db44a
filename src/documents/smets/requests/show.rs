//! The document of `wattkey smets requests show`.

use serde::Serialize;

use crate::documents::smets::requests::list::roles;
use crate::output::{Document, Style, grid, paragraph};
use crate::smets::catalogue::{CommandVariant, Handling, ServiceRequest};
use crate::smets::duis::body::FieldLine;

/// One request with all that is known of it.
#[derive(Debug, Serialize)]
pub struct Show {
    #[serde(flatten)]
    pub request: &'static ServiceRequest,
    pub handling: Handling,
    pub variants: Vec<CommandVariant>,
    /// Fields of the body; empty when it has none.
    pub fields: Vec<FieldLine>,
}

impl Document for Show {
    const SCHEMA: &'static str = "wattkey/smets-request/1";

    fn table(&self, style: Style) -> String {
        let request = self.request;
        let mut text = format!("{} {}\n", request.srv, request.name);
        let mut line = |title: &str, value: &str| text.push_str(&paragraph(style, &format!("  {title}"), 20, value));
        line("handling", &self.handling.to_string());
        line("roles", &roles(request));
        if !request.devices.is_empty() {
            line("devices", &format!("{} (read off the use cases)", request.devices.join(", ")));
        }
        if !request.use_cases.is_empty() {
            line("use cases", &request.use_cases.join(", "));
        }
        line("future dated by", &request.future_dated);
        line("DCC schedule", if request.dcc_schedulable { "yes" } else { "no" });
        if !request.aliases.is_empty() {
            line("also called", &request.aliases.join(", "));
        }
        for note in &request.notes {
            line("note", note);
        }
        for variant in &self.variants {
            line(&format!("variant {}", variant.number), &format!("{} ({})", variant.meaning, variant.service.path()));
        }
        line("body", &request.element);
        if !self.fields.is_empty() {
            text.push('\n');
            let row = |field: &FieldLine| vec![field.path.clone(), field.need.clone(), field.value.clone()];
            text.push_str(&grid(style, &["field", "need", "value"], &self.fields.iter().map(row).collect::<Vec<_>>()));
        }
        text
    }

    fn csv_header(&self) -> Vec<String> {
        ["srv", "field", "need", "value"].map(str::to_owned).to_vec()
    }

    fn csv_rows(&self) -> Vec<Vec<String>> {
        let row = |field: &FieldLine| {
            vec![self.request.srv.clone(), field.path.clone(), field.need.clone(), field.value.clone()]
        };
        self.fields.iter().map(row).collect()
    }
}
