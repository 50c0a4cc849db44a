//! `wattkey headend tokens`: engineering tokens and test tokens for a meter.

use crate::cli::options::head_end::HeadEndOptions;
use crate::cli::options::meter_asked::MeterOptions;
use crate::cli::{CommandResult, Context};
use wattkey::documents::headend::tokens::TokenDocument;
use wattkey::headend::{EngineeringKind, EngineeringRequest};

/// Ask for an engineering or test token
#[derive(Debug, clap::Args)]
#[command(after_long_help = "Examples:\n  \
    wattkey headend tokens clear-tamper --drn 01234567897 --headend city\n  \
    wattkey headend tokens power-limit=9200 --link /dev/ttyUSB0 --headend today.pack --pack-key depot.pub\n  \
    wattkey headend tokens test-display --drn 01234567897 --headend city --json\n\n\
    Kinds: clear-tamper, clear-credit, power-limit=W, phase-unbalance=W, water-factor=N, first-credit, and test-NAME\n\
    with the names of `wattkey token test`. Key-change tokens: `wattkey kct request`.\n\
    A request is sent once. When its reply is lost the server is asked what it did; run the same command again and it\n\
    asks about that first. Exit code 1: refused, with the cause and what to do. 8: not known whether a token was made.")]
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
