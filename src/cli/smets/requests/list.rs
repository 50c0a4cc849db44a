//! `wattkey smets requests list`.

use serde::Serialize;

use crate::cli::{CommandResult, Context};
use wattkey::error::Exit;
use wattkey::output::{Document, Style, grid};
use wattkey::smets::catalogue::{Catalogue, Handling, Permission, Role, ServiceRequest, may};

/// List service requests, all or by role, device or kind
#[derive(Debug, clap::Args)]
#[command(after_long_help = "Examples:\n  \
    wattkey smets requests list --role RSA\n  \
    wattkey smets requests list --device CHF --format csv\n  \
    wattkey smets requests list --critical\n\n\
    Exit code 1: no request fits.")]
pub struct Arguments {
    /// Only those this role may send: IS, ES, GS, RSA, ED, GT or OU
    #[arg(long, value_name = "ROLE")]
    pub role: Option<Role>,

    /// Only those sent to this device type, as far as public sources tell: ESME, GSME, GPF, CHF, PPMID …
    #[arg(long, value_name = "TYPE")]
    pub device: Option<String>,

    /// Only critical ones, which the sender has to sign
    #[arg(long, conflicts_with = "dcc_only")]
    pub critical: bool,

    /// Only those the DCC answers itself
    #[arg(long)]
    pub dcc_only: bool,

    /// Only those of this service reference, such as 8.14, or group, such as 8
    #[arg(long, value_name = "REFERENCE")]
    pub reference: Option<String>,
}

/// The requests that fit.
#[derive(Debug, Serialize)]
struct List {
    requests: Vec<&'static ServiceRequest>,
}

/// Prints the requests that fit.
///
/// # Errors
/// A failing standard output.
pub fn run(arguments: &Arguments, context: &mut Context) -> CommandResult {
    let requests: Vec<_> = Catalogue::shipped().all().iter().filter(|request| fits(request, arguments)).collect();
    let exit = if requests.is_empty() { Exit::AnswerNo } else { Exit::Done };
    context.print(&List { requests })?;
    Ok(exit)
}

fn fits(request: &ServiceRequest, arguments: &Arguments) -> bool {
    let under = |reference: &String| {
        request.service_reference == *reference
            || request.srv.starts_with(&format!("{}.", reference.trim_end_matches('.')))
    };
    arguments.role.is_none_or(|role| may(role, request) == Permission::Permitted)
        && arguments
            .device
            .as_ref()
            .is_none_or(|device| request.devices.iter().any(|known| known.eq_ignore_ascii_case(device)))
        && (!arguments.critical || request.handling() == Handling::Critical)
        && (!arguments.dcc_only || request.handling() == Handling::DccOnly)
        && arguments.reference.as_ref().is_none_or(under)
}

/// Roles as a list for people.
pub(super) fn roles(request: &ServiceRequest) -> String {
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
