//! The document of `wattkey smets may`.

use serde::Serialize;

use crate::output::{Document, Style, paragraph};
use crate::smets::catalogue::{Permission, Role};

/// The answer.
#[derive(Debug, Serialize)]
pub struct Answer {
    pub role: Role,
    pub role_name: &'static str,
    pub srv: &'static str,
    pub name: &'static str,
    pub permission: Permission,
    /// Command variants the request takes.
    pub command_variants: &'static [u8],
    /// Response code a refusal for the role would carry.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refusal: Option<&'static str>,
    /// Roles that are permitted.
    pub permitted_roles: &'static [Role],
    pub notes: Vec<&'static str>,
}

impl Answer {
    pub fn verdict(&self) -> &'static str {
        match self.permission {
            Permission::Permitted => "role permitted",
            Permission::NotPermitted => "role not permitted",
            Permission::Unknown => "unknown: the public matrix names no role",
        }
    }

    pub fn variants(&self) -> String {
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
