//! Diagnosis with the meter on the line: it is read first, and with `--enter` the token is tried.

use time::OffsetDateTime;

use super::{Arguments, companions, exit_of};
use crate::cli::{CommandError, Context, Outcome, ledger, meter};
use crate::diagnosis::{Case, DiagnosisDocument, Readout, Searcher, diagnose};
use crate::error::{Code, Exit};
use crate::ledger::{MeterRef, Operation};
use crate::meter::entry::{Order, Verdict, deliver};
use crate::meter::{Meter, Status};
use crate::sts::{Token, TokenResult};

/// Reads the meter, tries the tokens when asked to, and prints a diagnosis for each.
///
/// # Errors
/// Those of line, meter and ledger; exit 8 when a token's outcome is unknown.
pub fn run(
    arguments: &Arguments,
    context: &mut Context,
    tokens: &[String],
    evidence: &Case,
    searcher: &mut Searcher,
) -> Outcome {
    meter::with(context, |meter, context| {
        let mut exit = Exit::Done;
        for token in tokens {
            let mut status = meter.status()?;
            if let Some(sts) = &mut status.sts {
                meter::derive_from_keys(sts, context)?;
            }
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

fn readout(status: &Status) -> Readout {
    // A status is made of texts and numbers: it always has a JSON form.
    Readout::from_status(&serde_json::to_value(status).unwrap_or_default())
}

/// Enters the token and gives the meter's answer.
fn enter(token: Token, status: &Status, meter: &mut dyn Meter, context: &Context) -> Result<TokenResult, CommandError> {
    let reference = MeterRef {
        serial: status.meter.serial.clone().or_else(|| status.meter.device_name.clone()),
        drn: status.sts.as_ref().and_then(|sts| sts.drn.clone()),
    };
    let name = reference.drn.clone().or_else(|| reference.serial.clone()).unwrap_or_default();
    if !context.confirm(&format!("Enter the token ending {} into meter {name}?", token.last_four()))? {
        return Err(CommandError::new(Code::NotConfirmed, "nothing was sent"));
    }
    let before = meter.token_report().unwrap_or_default();
    let order = Order { token, meter: &reference, operation: Operation::EnterToken, job: None, before: &before };
    let mut book = ledger::open(context)?;
    let step = deliver(meter, &mut book, &order, &OffsetDateTime::now_utc)?;
    match (step.result, step.verdict) {
        (Some(result), _) => Ok(result),
        (None, Verdict::Accepted) => Ok(TokenResult::Accept),
        (None, _) => {
            let note = step.note.unwrap_or_else(|| "the meter gave no result".to_owned());
            Err(CommandError::new(Code::OutcomeUnknown, note))
        }
    }
}
