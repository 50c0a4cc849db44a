//! The document of `wattkey smets requests list`.

use serde::Serialize;

use crate::output::{Document, Style, grid};
use crate::smets::catalogue::{Role, ServiceRequest};

/// The requests that fit.
#[derive(Debug, Serialize)]
pub struct List {
    pub requests: Vec<&'static ServiceRequest>,
}

/// Roles as a list for people.
pub fn roles(request: &ServiceRequest) -> String {
    if request.roles.is_empty() {
        return "not public".to_owned();
    }
    request.roles.iter().map(Role::to_string).collect::<Vec<_>>().join(" ")
}

impl Document for List {
    const SCHEMA: &'static str = "wattkey/smets-requests/1";

    fn table(&self, style: Style) -> String {
        let row = |request: &&ServiceRequest| {
            vec![
                request.srv.clone(),
                request.name.clone(),
                request.handling().to_string(),
                roles(request),
                request.devices.join(" "),
            ]
        };
        grid(
            style,
            &["srv", "name", "handling", "roles", "devices"],
            &self.requests.iter().map(row).collect::<Vec<_>>(),
        )
    }

    fn csv_header(&self) -> Vec<String> {
        ["srv", "service_reference", "name", "element", "handling", "command_variants", "roles", "devices"]
            .map(str::to_owned)
            .to_vec()
    }

    fn csv_rows(&self) -> Vec<Vec<String>> {
        let row = |request: &&ServiceRequest| {
            let variants: Vec<String> = request.command_variants.iter().map(u8::to_string).collect();
            vec![
                request.srv.clone(),
                request.service_reference.clone(),
                request.name.clone(),
                request.element.clone(),
                request.handling().to_string(),
                variants.join(" "),
                request.roles.iter().map(Role::to_string).collect::<Vec<_>>().join(" "),
                request.devices.join(" "),
            ]
        };
        self.requests.iter().map(row).collect()
    }
}
