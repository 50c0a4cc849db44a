//! `wattkey smets requests show`.

use serde::Serialize;

use crate::cli::smets::input;
use crate::cli::smets::requests::list::roles;
use crate::cli::{CommandResult, Context};
use wattkey::error::Exit;
use wattkey::output::{Document, Style, grid, paragraph};
use wattkey::smets::catalogue::{COMMAND_VARIANTS, CommandVariant, Handling, ServiceRequest};
use wattkey::smets::duis::body::{self, FieldLine};

/// Show one service request with the fields of its body
#[derive(Debug, clap::Args)]
#[command(after_long_help = "Example:\n  wattkey smets requests show 8.11")]
pub struct Arguments {
    /// Service reference variant, such as 8.14.2
    pub srv: String,
}

/// One request with all that is known of it.
#[derive(Debug, Serialize)]
struct Show {
    #[serde(flatten)]
    request: &'static ServiceRequest,
    handling: Handling,
    variants: Vec<CommandVariant>,
    /// Fields of the body; empty when it has none.
    fields: Vec<FieldLine>,
}

/// Prints the request.
///
/// # Errors
/// A number that is no request.
pub fn run(arguments: &Arguments, context: &mut Context) -> CommandResult {
    let request = input::request(&arguments.srv)?;
    let body = body::find(&request.srv);
    let variants = COMMAND_VARIANTS.into_iter().filter(|known| request.command_variants.contains(&known.number));
    context.print(&Show {
        request,
        handling: request.handling(),
        variants: variants.collect(),
        fields: body.map(body::lines).unwrap_or_default(),
    })?;
    Ok(Exit::Done)
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
