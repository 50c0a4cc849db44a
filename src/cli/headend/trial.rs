//! `wattkey headend trial`: a sale on trial.

use crate::cli::options::head_end::HeadEndOptions;
use crate::cli::options::meter_asked::MeterOptions;
use crate::cli::{CommandError, CommandResult, Context};
use wattkey::documents::headend::trial::Trial;
use wattkey::error::{Code, Exit};
use wattkey::headend::TrialRequest;

/// Ask for a sale on trial and whether a key change is due
#[derive(Debug, clap::Args)]
#[command(after_long_help = include_str!("../../../data/help/headend/trial.txt"))]
pub struct Arguments {
    /// Amount of money, such as 10 or 10.50
    #[arg(value_name = "AMOUNT", value_parser = parse_amount)]
    amount: String,

    /// Symbol of the currency
    #[arg(long, value_name = "SYMBOL", default_value = "R")]
    currency: String,

    #[command(flatten)]
    meter: MeterOptions,

    #[command(flatten)]
    head_end: HeadEndOptions,
}

/// Asks and prints.
pub fn run(arguments: &Arguments, context: &mut Context) -> CommandResult {
    if arguments.currency.is_empty() || arguments.currency.chars().count() > 5 {
        return Err(CommandError::new(Code::BadValue, "--currency is a symbol of 1 to 5 characters, such as R"));
    }
    let mut head_end = arguments.head_end.open(context)?;
    let meter = arguments.meter.resolve(head_end.as_mut(), context)?;
    let (amount, currency) = (arguments.amount.clone(), arguments.currency.clone());
    let request =
        TrialRequest { drn: meter.drn, found: meter.found, amount: amount.clone(), currency: currency.clone() };
    let answer = head_end.trial_vend(&request)?;
    let (drn, head_end) = (meter.drn.to_string(), head_end.name().to_owned());
    let plain = Trial { drn, head_end, amount, currency, verdict: "would-sell", sale: None, refusal: None };
    let (trial, exit) = match answer {
        Ok(sale) => (Trial { sale: Some(sale), ..plain }, Exit::Done),
        Err(refusal) => {
            let (verdict, exit) = (refusal.verdict.word(), refusal.verdict.exit());
            (Trial { verdict, refusal: Some(refusal), ..plain }, if exit == Exit::Done { Exit::AnswerNo } else { exit })
        }
    };
    context.print(&trial)?;
    Ok(exit)
}

fn parse_amount(text: &str) -> Result<String, String> {
    let wrong = || format!("{text:?} is no amount such as 10 or 10.50");
    let (whole, rest) = text.split_once('.').unwrap_or((text, "0"));
    let are_digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let fits = whole.len() <= 9 && rest.len() <= 2 && are_digits(whole) && are_digits(rest);
    if fits && text.bytes().any(|byte| matches!(byte, b'1'..=b'9')) { Ok(text.to_owned()) } else { Err(wrong()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_money() {
        for right in ["10", "10.50", "0.01"] {
            assert!(parse_amount(right).is_ok(), "{right}");
        }
        for wrong in ["", "0", "0.00", "-1", "1.234", "1,5", "ten", "1e3", "."] {
            assert!(parse_amount(wrong).is_err(), "{wrong}");
        }
    }
}
