//! `wattkey headend tokens`: engineering tokens and test tokens for a meter.

use crate::cli::options::head_end::HeadEndOptions;
use crate::cli::options::meter_asked::MeterOptions;
use crate::cli::{CommandResult, Context};
use wattkey::documents::headend::tokens::TokenDocument;
use wattkey::headend::{EngineeringKind, EngineeringRequest};

/// Ask for an engineering or test token
#[derive(Debug, clap::Args)]
#[command(after_long_help = include_str!("../../../data/help/headend/tokens.txt"))]
pub struct Arguments {
    /// What the token is to do
    #[arg(value_name = "KIND")]
    kind: EngineeringKind,

    #[command(flatten)]
    meter: MeterOptions,

    #[command(flatten)]
    head_end: HeadEndOptions,
}

/// Asks and prints.
pub fn run(arguments: &Arguments, context: &mut Context) -> CommandResult {
    let mut head_end = arguments.head_end.open(context)?;
    let meter = arguments.meter.resolve(head_end.as_mut(), context)?;
    let request = EngineeringRequest { drn: meter.drn, kind: arguments.kind, found: meter.found };
    let answer = head_end.engineering(&request)?;
    let document = TokenDocument::new(meter.drn.to_string(), head_end.as_ref(), answer);
    context.print(&document)?;
    Ok(document.exit())
}
