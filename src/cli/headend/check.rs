//! `wattkey headend check`: is this the meter for this code?

use crate::cli::options::head_end::HeadEndOptions;
use crate::cli::options::meter_asked::MeterOptions;
use crate::cli::{CommandResult, Context};
use wattkey::documents::headend::check::Answer;
use wattkey::headend::{Query, VendCode};

/// Check that a vend code belongs to a meter
#[derive(Debug, clap::Args)]
#[command(after_long_help = include_str!("../../../data/help/headend/check.txt"))]
pub struct Arguments {
    /// Code on the job sheet
    #[arg(value_name = "VENDCODE")]
    code: Option<VendCode>,

    #[command(flatten)]
    meter: MeterOptions,

    #[command(flatten)]
    head_end: HeadEndOptions,
}

/// Asks and prints.
pub fn run(arguments: &Arguments, context: &mut Context) -> CommandResult {
    let factory = arguments.head_end.factory(context)?;
    let mut head_end = factory.open()?;
    let meter = arguments.meter.resolve(head_end.as_mut(), context)?;
    let query = Query { drn: meter.drn, code: arguments.code.clone(), found: meter.found };
    let handshake = head_end.check(&query)?;
    let verdict = handshake.verdict;
    context.print(&Answer { drn: meter.drn.to_string(), handshake, cause: verdict.cause(), act: verdict.act() })?;
    Ok(verdict.exit())
}
