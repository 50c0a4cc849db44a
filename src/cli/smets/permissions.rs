//! `wattkey smets may`.

use crate::cli::smets::input;
use crate::cli::{CommandResult, Context};
use wattkey::documents::smets::permissions::Answer;
use wattkey::error::Exit;
use wattkey::smets::catalogue::{Permission, Role, may};

/// Tell whether a role may send a service request
#[derive(Debug, clap::Args)]
#[command(after_long_help = include_str!("../../../data/help/smets/permissions.txt"))]
pub struct Arguments {
    /// Role, such as RSA
    pub role: Role,

    /// Service reference variant, such as 12.2
    pub srv: String,
}

/// What the list of roles leaves open; said with every yes.
const RESERVATION: &str = "The role is permitted; whether the DCC accepts the request also depends on responsibility for the meter \
    point (E4), the status of the device (E5) and its type (E11).";

/// Prints the answer.
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
