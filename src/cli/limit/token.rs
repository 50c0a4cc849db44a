//! A power limit by STS token: delivered by the same journalled engine as every token.

use std::sync::Arc;

use super::not_confirmed;
use crate::cli::entry;
use crate::cli::{CommandError, CommandResult, Context, meter};
use wattkey::documents::limit::{Limit, words};
use wattkey::error::{Code, Exit};
use wattkey::ledger::Outcome;
use wattkey::meter::MeterRef;
use wattkey::sts::keyring::Keyring;

/// The kind such a token has when a key reads it.
const KIND: &str = "set-maximum-power-limit";

/// The kind a management token has that no key at hand reads.
const UNREAD: &str = "encrypted-management";

/// Enters the one token that `texts` make.
pub(super) fn run(texts: &[String], context: &mut Context) -> CommandResult {
    let tokens = entry::checked(texts)?;
    let [token] = *tokens.as_slice() else {
        return Err(CommandError::new(Code::BadValue, format!("--token takes one token, {} are given", tokens.len())));
    };
    let keyring = Arc::new(context.key_file()?.as_ref().map(Keyring::from).unwrap_or_default());
    meter::with(context, |meter, context| {
        let status = meter.status()?;
        let before = status.limits.clone().unwrap_or_default();
        let kind = entry::kind(token, &status, &keyring);
        if kind != KIND && kind != UNREAD {
            let message = format!("nothing was sent: this is a {kind} token, not one that sets a power limit");
            return Err(
                CommandError::new(Code::BadValue, message).hint("`wattkey token enter` takes every kind of token.")
            );
        }
        let reference = MeterRef::of(&status);
        let name = reference.name();
        context.note(format!("the limits are: {}", words(&before)));
        if kind == UNREAD {
            context.note("no key at hand reads the token: whether it sets a limit is not known");
        }
        let question = format!("Meter {name}, now {}: enter the token …{}?", words(&before), token.last_four());
        if !context.confirm(&question)? {
            return Err(not_confirmed());
        }
        let step = entry::enter(meter, context, token, &reference, &status, &keyring)?;
        let limits = match meter.limits() {
            Ok(limits) => limits,
            Err(error) => {
                context.note(format!("the meter could not be read afterwards: {error}"));
                Default::default()
            }
        };
        let document = Limit {
            link: meter.link_name(),
            serial: reference.serial.clone(),
            meter: reference,
            limits,
            before: Some(before),
            outcome: step.outcome.word(),
            reason: step.note.clone().or_else(|| step.result.map(|result| result.word().to_owned())),
        };
        let exit = match (step.outcome, step.error, &step.unrecorded) {
            (_, _, Some(error)) => Err(meter::unrecorded(error)),
            (Outcome::Accepted, ..) => Ok(Exit::Done),
            (Outcome::Failed, Some(error), _) => Err(error.into()),
            (Outcome::Refused | Outcome::Failed, ..) => Ok(Exit::AnswerNo),
            (Outcome::Unknown, ..) => Ok(Exit::Safety),
        };
        context.finish(&document, exit)
    })
}
