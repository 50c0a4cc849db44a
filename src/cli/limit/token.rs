//! A power limit by STS token: delivered by the same journalled engine as every token.

use std::sync::Arc;

use time::OffsetDateTime;

use super::document::{Limit, words};
use super::not_confirmed;
use crate::cli::token::words as token_words;
use crate::cli::{CommandError, Context, Outcome, ledger, meter};
use crate::error::{Code, Exit};
use crate::ledger::Operation;
use crate::meter::entry::{Order, Verdict, deliver};
use crate::meter::{MeterError, TokenReport};
use crate::sts::document::TokenDocument;
use crate::sts::keyring::Keyring;
use crate::sts::{MeterParameters, Token};

/// The kind such a token has when a key reads it.
const KIND: &str = "set-maximum-power-limit";

/// Kinds of tokens that no key at hand reads, or that are what they should be.
const POSSIBLE: [&str; 2] = [KIND, "encrypted-management"];

/// Enters the one token that `texts` make.
pub(super) fn run(texts: &[String], context: &mut Context) -> Outcome {
    let token = checked(texts)?;
    let keyring = Arc::new(context.key_file()?.as_ref().map(Keyring::from).unwrap_or_default());
    let reading = keyring.read(token, &MeterParameters::default());
    let kind = TokenDocument::Token { reading, reveal_keys: false }.kind().word();
    if !POSSIBLE.contains(&kind) {
        return Err(CommandError::new(
            Code::BadValue,
            format!("nothing was sent: this is a {kind} token, not one that sets a power limit"),
        )
        .hint("`wattkey token enter` takes every kind of token."));
    }
    meter::with(context, |meter, context| {
        let before = meter.limits()?;
        let reference = meter::reference(meter)?;
        let name =
            reference.drn.clone().or_else(|| reference.serial.clone()).unwrap_or_else(|| "without a number".to_owned());
        context.note(format!("the limits are: {}", words(&before)));
        if kind != KIND {
            context.note("no key at hand reads the token: what limit it sets is not known");
        }
        let question = format!("Meter {name}, now {}: enter the token …{}?", words(&before), token.last_four());
        if !context.confirm(&question)? {
            return Err(not_confirmed());
        }
        let report = match meter.token_report() {
            Ok(report) => report,
            Err(MeterError::NotOffered(_) | MeterError::Refused { .. }) => TokenReport::default(),
            Err(error) => return Err(error.into()),
        };
        let mut book = ledger::open(context)?;
        let order = Order { token, meter: &reference, operation: Operation::EnterToken, job: None, before: &report };
        let step = deliver(meter, &mut book, &order, &OffsetDateTime::now_utc)?;
        let limits = meter.limits().unwrap_or_default();
        let document = Limit {
            link: meter.link_name(),
            serial: reference.serial,
            limits,
            before: Some(before),
            outcome: step.verdict.word(),
            reason: step.note.or_else(|| step.result.map(|result| result.word().to_owned())),
        };
        context.print(&document)?;
        Ok(match step.verdict {
            Verdict::Accepted => Exit::Done,
            Verdict::Refused => Exit::AnswerNo,
            Verdict::Unknown => Exit::Safety,
        })
    })
}

fn checked(texts: &[String]) -> Result<Token, CommandError> {
    let pieces = token_words::tokens(texts);
    let [piece] = pieces.as_slice() else {
        return Err(CommandError::new(Code::BadValue, format!("--token takes one token, {} are given", pieces.len())));
    };
    piece.parse().map_err(|problem| {
        CommandError::new(Code::BadValue, format!("nothing was sent: {problem}"))
            .hint("Compare with the slip; `wattkey diagnose TOKEN` looks for a slip of one digit.")
    })
}
