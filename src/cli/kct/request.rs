//! `wattkey kct request`: key-change tokens from what the meter holds to what the utility holds.

use super::enter;
use crate::cli::options::head_end::HeadEndOptions;
use crate::cli::options::meter_asked::MeterOptions;
use crate::cli::{CommandError, CommandResult, Context};
use wattkey::change::Expected;
use wattkey::diagnosis::key_change_set::{Claim, ClaimSource};
use wattkey::documents::headend::tokens::TokenDocument;
use wattkey::error::Code;
use wattkey::headend::{KeyChangeRequest, TokenAnswer};
use wattkey::sts::{KeyRevisionNumber, MeterParameters, SupplyGroupCode, TariffIndex};

const HEADING: &str = "New key";

/// Ask the head-end for key-change tokens
#[derive(Debug, clap::Args)]
#[command(after_long_help = include_str!("../../../data/help/kct/request.txt"))]
pub struct Arguments {
    #[command(flatten)]
    meter: MeterOptions,

    #[command(flatten)]
    head_end: HeadEndOptions,

    /// Supply group to change to, in the place of the utility's record
    #[arg(long, value_name = "SGC", help_heading = HEADING)]
    to_sgc: Option<SupplyGroupCode>,

    /// Key revision to change to
    #[arg(long, value_name = "KRN", help_heading = HEADING)]
    to_krn: Option<KeyRevisionNumber>,

    /// Tariff index to change to
    #[arg(long, value_name = "TI", help_heading = HEADING)]
    to_ti: Option<TariffIndex>,

    /// Number of tokens in a set of this meter, where it is not read over --link
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u8).range(2..=4))]
    sections: Option<u8>,

    /// Enter the tokens into the meter on --link at once, as `kct enter` does
    #[arg(long)]
    enter: bool,
}

impl Arguments {
    fn target(&self) -> Option<MeterParameters> {
        let named = self.to_sgc.is_some() || self.to_krn.is_some() || self.to_ti.is_some();
        named.then(|| MeterParameters { sgc: self.to_sgc, krn: self.to_krn, ti: self.to_ti, ..Default::default() })
    }
}

/// Asks, prints, and enters when that is wanted.
pub fn run(arguments: &Arguments, context: &mut Context) -> CommandResult {
    if arguments.enter && context.options.link.is_none() {
        return Err(CommandError::new(Code::Usage, "--enter needs the meter").hint("Give --link."));
    }
    let mut head_end = arguments.head_end.open(context)?;
    let meter = arguments.meter.resolve(head_end.as_mut(), context)?;
    let request = KeyChangeRequest {
        drn: meter.drn,
        found: meter.found,
        to: arguments.target(),
        sections: meter.sections.or(arguments.sections),
    };
    let answer = head_end.key_change(&request)?;
    let (tokens, mut claims) = match &answer {
        TokenAnswer::Issued(issue) => (issue.tokens.clone(), issue.claims(MeterParameters::default()).to_vec()),
        TokenAnswer::Refused(_) => Default::default(),
    };
    claims.extend(arguments.target().map(|target| Claim { source: ClaimSource::Plan, target }));
    let document = TokenDocument::new(meter.drn.to_string(), head_end.as_ref(), answer);
    if !arguments.enter || tokens.is_empty() {
        context.print(&document)?;
        return Ok(document.exit());
    }
    // One result a command: that of the entry. The tokens are told beside it, for they may be needed again.
    if context.format().is_json() {
        context.note(format!("Tokens: {}", tokens.iter().map(|token| token.grouped()).collect::<Vec<_>>().join(", ")));
    } else {
        context.print(&document)?;
    }
    let expected = Expected { drn: Some(meter.drn), claims, ..Expected::default() };
    enter::enter_set(&tokens, &expected, false, context)
}
