//! Diagnosis with the meter on the line: it is read first, and with `--enter` the token is tried.

use super::{Arguments, companions, exit_of};
use crate::cli::entry;
use crate::cli::{CommandError, CommandResult, Context, meter};
use wattkey::change::readout;
use wattkey::diagnosis::{Case, DiagnosisDocument, Searcher, diagnose};
use wattkey::error::{Code, Exit};
use wattkey::ledger::Outcome;
use wattkey::meter::{Meter, MeterRef, Status};
use wattkey::sts::keyring::Keyring;
use wattkey::sts::{Token, TokenResult};

/// Reads the meter, tries the tokens when asked to, and prints a diagnosis for each.
pub fn run(
    arguments: &Arguments,
    context: &mut Context,
    tokens: &[String],
    evidence: &Case,
    searcher: &mut Searcher,
) -> CommandResult {
    meter::with(context, |meter, context| {
        let mut exit = Exit::Done;
        for token in tokens {
            let status = context.read_status(meter)?;
            for problem in &status.problems {
                context.note(format!("{} could not be read: {}", problem.object, problem.error));
            }
            let mut case = Case {
                token: token.clone(),
                companions: companions(tokens, token),
                meter: Some(readout(&status)),
                ..evidence.clone()
            };
            if arguments.enter
                && let Ok(token) = token.parse::<Token>()
            {
                case.result = Some(enter(token, &status, meter, context)?);
            }
            let document = DiagnosisDocument::new(&case, diagnose(&case, searcher));
            exit = exit.max(exit_of(&document));
            context.print(&document)?;
        }
        Ok(exit)
    })
}

/// Enters the token and gives the meter's answer.
fn enter(token: Token, status: &Status, meter: &mut dyn Meter, context: &Context) -> Result<TokenResult, CommandError> {
    let reference = MeterRef::of(status);
    let question = format!("Enter the token ending {} into meter {}?", token.last_four(), reference.name());
    if !context.confirm(&question)? {
        return Err(CommandError::new(Code::NotConfirmed, "nothing was sent"));
    }
    let step = entry::enter(meter, context, token, &reference, status, &Keyring::default())?;
    if let Some(error) = &step.unrecorded {
        return Err(meter::unrecorded(error));
    }
    match (step.result, step.outcome) {
        (Some(result), _) => Ok(result),
        (None, Outcome::Accepted) => Ok(TokenResult::Accept),
        (None, Outcome::Failed) => match step.error {
            Some(error) => Err(error.into()),
            None => Err(CommandError::new(Code::ConnectionLost, step.note.unwrap_or_default())),
        },
        (None, _) => {
            let note = step.note.unwrap_or_else(|| "the meter gave no result".to_owned());
            Err(CommandError::new(Code::OutcomeUnknown, note))
        }
    }
}
