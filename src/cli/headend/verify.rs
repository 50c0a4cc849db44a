//! `wattkey headend verify`: has a token checked by a token server.

use serde::Serialize;

use super::HeadEndOptions;
use super::meter::MeterOptions;
use crate::cli::{CommandResult, Context};
use wattkey::error::Exit;
use wattkey::headend::{Refusal, Verification, VerificationResult};
use wattkey::output::{Document, Style, paragraph};
use wattkey::sts::Token;

/// Columns before the text of a labelled line.
const INDENT: usize = 12;

/// Have a token checked under the key the meter is on
#[derive(Debug, clap::Args)]
#[command(after_long_help = "Examples:\n  \
    wattkey headend verify 37682660688266424614 --link /dev/ttyUSB0 --headend tokens\n  \
    wattkey headend verify 37682660688266424614 --drn 01234567897 --sgc 123456 --krn 1 --ti 1 --ea 07 --headend tokens\n\n\
    The server is told the meter's number and key and tries the token; nothing is made and nothing is sent to the\n\
    meter. Only token servers do it (kind = \"token-api\"). Exit code 0: it reads. 1: it does not, or the server refuses.")]
pub struct Arguments {
    /// Token of 20 digits
    #[arg(value_name = "TOKEN")]
    token: Token,

    #[command(flatten)]
    meter: MeterOptions,

    #[command(flatten)]
    head_end: HeadEndOptions,
}

/// What the head-end says of the token.
#[derive(Debug, Serialize)]
struct Verified {
    drn: String,
    head_end: String,
    token: Token,
    #[serde(skip_serializing_if = "Option::is_none")]
    verification: Option<Verification>,
    #[serde(skip_serializing_if = "Option::is_none")]
    refusal: Option<Refusal>,
}

/// Asks and prints.
///
/// # Errors
/// Those of the meter and of the head-end.
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

impl Verified {
    fn word(&self) -> &'static str {
        match (&self.verification, &self.refusal) {
            (Some(said), _) => said.result.word(),
            (None, Some(refusal)) => refusal.verdict.word(),
            (None, None) => "",
        }
    }
}

impl Document for Verified {
    const SCHEMA: &'static str = "wattkey/head-end-verification/1";

    fn table(&self, style: Style) -> String {
        let mut out = String::new();
        let mut line = |label: &str, text: &str| out.push_str(&paragraph(style, label, INDENT, text));
        line("Token", &self.token.grouped());
        line("Meter", &self.drn);
        line("Head-end", &self.head_end);
        if let Some(said) = &self.verification {
            line("Result", &format!("{} ({})", said.result.word(), said.said));
            line("", said.result.meaning());
            if let Some(description) = &said.description {
                line("Says", description);
            }
            if let Some(amount) = &said.amount {
                line("Amount", &format!("{amount} {}", said.unit.as_deref().unwrap_or_default()));
            }
        }
        if let Some(refusal) = &self.refusal {
            line("Result", refusal.verdict.word());
            line("", refusal.verdict.cause());
            if let Some(fault) = &refusal.fault {
                line("Server", &format!("{} {}", fault.kind, fault.description));
            }
            line("Do", refusal.verdict.act());
        }
        out
    }

    fn csv_header(&self) -> Vec<String> {
        ["drn", "token", "result", "said"].map(str::to_owned).to_vec()
    }

    fn csv_rows(&self) -> Vec<Vec<String>> {
        let said = self.verification.as_ref().map(|said| said.said.clone()).unwrap_or_default();
        vec![vec![self.drn.clone(), self.token.to_string(), self.word().to_owned(), said]]
    }
}
