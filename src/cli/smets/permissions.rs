//! `wattkey smets may`.

use serde::Serialize;

use crate::cli::smets::input;
use crate::cli::{CommandResult, Context};
use wattkey::error::Exit;
use wattkey::output::{Document, Style, paragraph};
use wattkey::smets::catalogue::{Permission, Role, may};

/// Tell whether a role may send a service request
#[derive(Debug, clap::Args)]
#[command(after_long_help = "Examples:\n  wattkey smets may RSA 12.2\n  wattkey smets may \"Gas Supplier\" 8.11\n\n\
    Roles: IS, ES, GS, RSA, ED, GT, OU. Exit code 1: the role is not permitted, or no public source says.\n\
    \"Permitted\" means that the role may ever send it, not that the DCC will accept it.")]
pub struct Arguments {
    /// Role, such as RSA
    pub role: Role,

    /// Service reference variant, such as 12.2
    pub srv: String,
}

/// The answer.
#[derive(Debug, Serialize)]
struct Answer {
    role: Role,
    role_name: &'static str,
    srv: &'static str,
    name: &'static str,
    permission: Permission,
    /// Command variants the request takes.
    command_variants: &'static [u8],
    /// Response code a refusal for the role would carry.
    #[serde(skip_serializing_if = "Option::is_none")]
    refusal: Option<&'static str>,
    /// Roles that are permitted.
    permitted_roles: &'static [Role],
    notes: Vec<&'static str>,
}

/// What the list of roles leaves open; said with every yes.
const RESERVATION: &str = "The role is permitted; whether the DCC accepts the request also depends on responsibility for the meter \
    point (E4), the status of the device (E5) and its type (E11).";

/// Prints the answer.
///
/// # Errors
/// A number that is no request.
pub fn run(arguments: &Arguments, context: &mut Context) -> CommandResult {
    let request = input::request(&arguments.srv)?;
    let permission = may(arguments.role, request);
    let mut notes: Vec<&'static str> = request.notes.iter().map(String::as_str).collect();
    if permission == Permission::Permitted {
        notes.push(RESERVATION);
    }
    context.print(&Answer {
        role: arguments.role,
        role_name: arguments.role.name(),
        srv: &request.srv,
        name: &request.name,
        permission,
        command_variants: &request.command_variants,
        refusal: (permission == Permission::NotPermitted).then_some("E2"),
        permitted_roles: &request.roles,
        notes,
    })?;
    Ok(if permission == Permission::Permitted { Exit::Done } else { Exit::AnswerNo })
}

impl Answer {
    fn verdict(&self) -> &'static str {
        match self.permission {
            Permission::Permitted => "role permitted",
            Permission::NotPermitted => "role not permitted",
            Permission::Unknown => "unknown: the public matrix names no role",
        }
    }

    fn variants(&self) -> String {
        self.command_variants.iter().map(u8::to_string).collect::<Vec<_>>().join(", ")
    }
}

impl Document for Answer {
    const SCHEMA: &'static str = "wattkey/smets-may/1";

    fn table(&self, style: Style) -> String {
        let mut text = format!("{} ({}), {} {}: {}\n", self.role, self.role_name, self.srv, self.name, self.verdict());
        let mut line = |title: &str, value: &str| text.push_str(&paragraph(style, &format!("  {title}"), 20, value));
        line("command variants", &self.variants());
        if let Some(code) = self.refusal {
            line("refused with", code);
            let roles: Vec<String> = self.permitted_roles.iter().map(Role::to_string).collect();
            line("permitted", &roles.join(", "));
        }
        for note in &self.notes {
            line("note", note);
        }
        text
    }

    fn csv_header(&self) -> Vec<String> {
        ["role", "srv", "name", "permission", "command_variants", "refusal"].map(str::to_owned).to_vec()
    }

    fn csv_rows(&self) -> Vec<Vec<String>> {
        vec![vec![
            self.role.to_string(),
            self.srv.to_owned(),
            self.name.to_owned(),
            self.verdict().to_owned(),
            self.variants(),
            self.refusal.unwrap_or_default().to_owned(),
        ]]
    }
}
