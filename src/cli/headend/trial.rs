//! `wattkey headend trial`: a sale on trial.

use serde::Serialize;

use super::meter::MeterOptions;
use super::{HeadEndOptions, key_in_words};
use crate::cli::{CommandError, CommandResult, Context};
use wattkey::error::{Code, Exit};
use wattkey::headend::{Refusal, TrialRequest, TrialVend};
use wattkey::output::{Document, Style, paragraph};

/// Columns before the text of a labelled line.
const INDENT: usize = 12;

/// Ask for a sale on trial and whether a key change is due
#[derive(Debug, clap::Args)]
#[command(after_long_help = "Example:\n  \
    wattkey headend trial 10 --drn 01234567897 --headend city\n\n\
    The server answers as to a sale of credit, without making a token (XMLVend trialCreditVend): that it would sell proves\n\
    the record, and a key change that is due is told before the customer buys. Get its tokens with `wattkey kct request`.\n\
    Exit code 0: it would sell. 1: refused, with the cause and what to do.")]
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

/// What the head-end would do.
#[derive(Debug, Serialize)]
struct Trial {
    drn: String,
    head_end: String,
    amount: String,
    currency: String,
    /// `would-sell`, or the word of the verdict.
    verdict: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    sale: Option<TrialVend>,
    #[serde(skip_serializing_if = "Option::is_none")]
    refusal: Option<Refusal>,
}

/// Asks and prints.
///
/// # Errors
/// Those of the meter and of the head-end.
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

impl Document for Trial {
    const SCHEMA: &'static str = "wattkey/head-end-trial/1";

    fn table(&self, style: Style) -> String {
        let mut out = String::new();
        let mut line = |label: &str, text: &str| out.push_str(&paragraph(style, label, INDENT, text));
        line("Meter", &self.drn);
        line("Head-end", &self.head_end);
        line("Verdict", &self.verdict.to_uppercase());
        if let Some(sale) = &self.sale {
            let units = sale.units.as_deref().unwrap_or("an amount it does not tell");
            let unit = sale.unit.as_deref().unwrap_or_default();
            line("", &format!("{} {} buy {units} {unit}; no token was made", self.currency, self.amount));
            if let Some(due) = &sale.key_change {
                line("Key change", "one comes with the credit: enter its tokens first, then the credit");
                line("From", &key_in_words(&due.from));
                line("To", &key_in_words(&due.to));
                for token in &due.tokens {
                    line("", &token.grouped());
                }
            }
            for warning in sale.warnings.iter().chain(&sale.operator_message) {
                line("Note", warning);
            }
        }
        if let Some(refusal) = &self.refusal {
            line("", refusal.verdict.cause());
            if let Some(fault) = &refusal.fault {
                line("It says", &format!("{} {}", fault.kind, fault.description));
            }
            if let Some(message) = &refusal.operator_message {
                line("Note", message);
            }
            line("Do", refusal.verdict.act());
        }
        out
    }

    fn csv_header(&self) -> Vec<String> {
        ["drn", "amount", "verdict", "units", "unit", "key_change"].map(str::to_owned).to_vec()
    }

    fn csv_rows(&self) -> Vec<Vec<String>> {
        let sale = self.sale.as_ref();
        vec![vec![
            self.drn.clone(),
            self.amount.clone(),
            self.verdict.to_owned(),
            sale.and_then(|sale| sale.units.clone()).unwrap_or_default(),
            sale.and_then(|sale| sale.unit.clone()).unwrap_or_default(),
            sale.is_some_and(|sale| sale.key_change.is_some()).to_string(),
        ]]
    }
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
