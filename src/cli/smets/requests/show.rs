//! `wattkey smets requests show`.

use crate::cli::smets::input;
use crate::cli::{CommandResult, Context};
use wattkey::documents::smets::requests::show::Show;
use wattkey::error::Exit;
use wattkey::smets::catalogue::COMMAND_VARIANTS;
use wattkey::smets::duis::body::{self};

/// Show one service request with the fields of its body
#[derive(Debug, clap::Args)]
#[command(after_long_help = "Example:\n  wattkey smets requests show 8.11")]
pub struct Arguments {
    /// Service reference variant, such as 8.14.2
    pub srv: String,
}

/// Prints the request.
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
