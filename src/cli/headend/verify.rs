//! `wattkey headend verify`: has a token checked by a token server.

use crate::cli::options::head_end::HeadEndOptions;
use crate::cli::options::meter_asked::MeterOptions;
use crate::cli::{CommandResult, Context};
use wattkey::documents::headend::verify::Verified;
use wattkey::error::Exit;
use wattkey::headend::VerificationResult;
use wattkey::sts::Token;

/// Have a token checked under the key the meter is on
#[derive(Debug, clap::Args)]
#[command(after_long_help = include_str!("../../../data/help/headend/verify.txt"))]
pub struct Arguments {
    /// Token of 20 digits
    #[arg(value_name = "TOKEN")]
    token: Token,

    #[command(flatten)]
    meter: MeterOptions,

    #[command(flatten)]
    head_end: HeadEndOptions,
}

/// Asks and prints.
pub fn run(arguments: &Arguments, context: &mut Context) -> CommandResult {
    let mut head_end = arguments.head_end.open(context)?;
    let meter = arguments.meter.resolve(head_end.as_mut(), context)?;
    let answer = head_end.verify(meter.drn, &meter.found, arguments.token)?;
    let (verification, refusal) = match answer {
        Ok(verification) => (Some(verification), None),
        Err(refusal) => (None, Some(refusal)),
    };
    let is_right = verification.as_ref().is_some_and(|said| said.result == VerificationResult::Ok);
    let (drn, head_end) = (meter.drn.to_string(), head_end.name().to_owned());
    context.print(&Verified { drn, head_end, token: arguments.token, verification, refusal })?;
    Ok(if is_right { Exit::Done } else { Exit::AnswerNo })
}
