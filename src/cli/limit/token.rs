//! A power limit by STS token: delivered by the same journalled engine as every token.

use std::sync::Arc;

use super::document::{Limit, words};
use super::not_confirmed;
use crate::cli::token::enter;
use crate::cli::{CommandError, Context, Outcome, ledger, meter};
use crate::error::{Code, Exit};
use crate::meter::entry::Verdict;
use crate::sts::keyring::Keyring;

/// The kind such a token has when a key reads it.
const KIND: &str = "set-maximum-power-limit";

/// The kind a management token has that no key at hand reads.
const UNREAD: &str = "encrypted-management";

/// Enters the one token that `texts` make.
pub(super) fn run(texts: &[String], context: &mut Context) -> Outcome {
    let tokens = enter::checked(texts)?;
    let [token] = *tokens.as_slice() else {
        return Err(CommandError::new(Code::BadValue, format!("--token takes one token, {} are given", tokens.len())));
    };
    let keyring = Arc::new(context.key_file()?.as_ref().map(Keyring::from).unwrap_or_default());
    meter::with(context, |meter, context| {
        let status = meter.status()?;
        let before = status.limits.clone().unwrap_or_default();
        let kind = enter::kind(token, &status, &keyring);
        if kind != KIND && kind != UNREAD {
            let message = format!("nothing was sent: this is a {kind} token, not one that sets a power limit");
            return Err(
                CommandError::new(Code::BadValue, message).hint("`wattkey token enter` takes every kind of token.")
            );
        }
        let reference = meter::reference(meter)?;
        let name =
            reference.drn.clone().or_else(|| reference.serial.clone()).unwrap_or_else(|| "without a number".to_owned());
        context.note(format!("the limits are: {}", words(&before)));
        if kind == UNREAD {
            context.note("no key at hand reads the token: whether it sets a limit is not known");
        }
        let question = format!("Meter {name}, now {}: enter the token …{}?", words(&before), token.last_four());
        if !context.confirm(&question)? {
            return Err(not_confirmed());
        }
        let mut book = ledger::open(context)?;
        enter::note_open_acts(&book, &reference, context)?;
        let step = enter::enter(meter, &mut book, token, &reference)?;
        let limits = match meter.limits() {
            Ok(limits) => limits,
            Err(error) => {
                context.note(format!("the meter could not be read afterwards: {error}"));
                Default::default()
            }
        };
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
