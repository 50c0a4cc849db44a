//! `wattkey smets utrn`.

use clap::Subcommand;

use crate::cli::{CommandError, CommandResult, Context};
use wattkey::documents::smets::utrn::Report;
use wattkey::error::{Code, Exit};
use wattkey::smets::utrn::{Utrn, UtrnError, ValueClass, repairs};
use wattkey::sts::Token;

/// Check a SMETS2 top-up code
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// What to do
    #[command(subcommand)]
    pub command: Command,
}

/// The subcommands of `utrn`.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Check digit, range, amount and counter bits of a UTRN
    Check(Check),
}

/// Check digit, range, amount and counter bits of a UTRN
#[derive(Debug, clap::Args)]
#[command(after_long_help = include_str!("../../../data/help/smets/utrn.txt"))]
pub struct Check {
    /// The 20 digits; blanks and hyphens are ignored
    #[arg(value_name = "UTRN")]
    pub utrn: String,

    /// Amount in pounds on the receipt, such as 12.34, to narrow the repairs of a typing slip
    #[arg(long, value_name = "POUNDS")]
    pub amount: Option<String>,
}

const AUTHENTICITY: &str =
    "cannot be proven offline: only the meter can tell whether it is genuine, meant for it and not used before";

/// Checks and prints.
pub fn run(arguments: &Arguments, context: &mut Context) -> CommandResult {
    let Command::Check(check) = &arguments.command;
    let amount = check.amount.as_deref().map(pounds).transpose()?;
    let report = report(&check.utrn, amount.as_deref());
    context.print(&report)?;
    Ok(if report.valid { Exit::Done } else { Exit::AnswerNo })
}

/// An amount with two decimals.
fn pounds(text: &str) -> Result<String, CommandError> {
    let plain = text.trim().trim_start_matches('£');
    let (whole, pence) = plain.split_once('.').unwrap_or((plain, "00"));
    let whole = whole.parse::<u16>().ok().filter(|_| whole.bytes().all(|byte| byte.is_ascii_digit()));
    match whole {
        Some(whole) if pence.len() == 2 && pence.bytes().all(|byte| byte.is_ascii_digit()) => {
            Ok(format!("{whole}.{pence}"))
        }
        _ => Err(CommandError::new(Code::BadValue, format!("--amount {text:?} is no amount in pounds"))
            .hint("Write it as 12.34 or 12.")),
    }
}

fn report(text: &str, amount: Option<&str>) -> Report {
    let parsed = Utrn::parse(text);
    let digits: String = text.chars().filter(|c| !c.is_whitespace() && *c != '-').collect();
    let reserved = parsed.as_ref().is_ok_and(|utrn| utrn.value_class() == ValueClass::Reserved);
    let mismatch = parsed
        .as_ref()
        .ok()
        .and_then(|utrn| utrn.amount_gbp())
        .filter(|found| amount.is_some_and(|wanted| wanted != found));
    let problem = match &parsed {
        Err(UtrnError::Range) if text.parse::<Token>().is_ok() => {
            Some(format!("{}; it may be an STS token, which `wattkey token decode` reads", UtrnError::Range))
        }
        Err(error) => Some(error.to_string()),
        Ok(_) if reserved => Some("its value class is not one that is in use".to_owned()),
        Ok(_) => mismatch.map(|found| format!("its amount is {found}, not {}", amount.unwrap_or_default())),
    };
    let candidates = if problem.is_some() { repairs(text, amount) } else { Vec::new() };
    let utrn = parsed.as_ref().ok();
    let digit = match &parsed {
        Ok(_) => "ok",
        Err(UtrnError::CheckDigit { .. }) => "bad",
        Err(_) => "unknown",
    };
    Report {
        utrn: digits,
        valid: problem.is_none(),
        check_digit: digit,
        in_range: matches!(parsed, Ok(_) | Err(UtrnError::CheckDigit { .. })),
        value_class: utrn.map(|utrn| utrn.value_class()),
        amount: utrn.and_then(|utrn| utrn.amount_gbp()),
        unit: utrn.and_then(|utrn| utrn.amount_gbp()).map(|_| "GBP"),
        counter_bits: utrn.map(|utrn| utrn.counter_bits()),
        problem,
        corrected_utrn: match candidates.as_slice() {
            [one] => Some(one.utrn.clone()),
            _ => None,
        },
        candidates,
        authenticity: AUTHENTICITY,
    }
}
