//! `wattkey smets requests list`.

use crate::cli::{CommandResult, Context};
use wattkey::documents::smets::requests::list::List;
use wattkey::error::Exit;
use wattkey::smets::catalogue::{Catalogue, Handling, Permission, Role, ServiceRequest, may};

/// List service requests, all or by role, device or kind
#[derive(Debug, clap::Args)]
#[command(after_long_help = include_str!("../../../../data/help/smets/requests/list.txt"))]
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

/// Prints the requests that fit.
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
