//! `wattkey token enter`: tokens into the meter, one after the other, each once.

use std::sync::Arc;

use time::OffsetDateTime;

use crate::cli::entry::{checked, enter, kind};
use crate::cli::{CommandError, CommandResult, Context, meter, ui};
use wattkey::change::document::EntryFailure;
use wattkey::change::{
    EntryDocument, EntryOutcome, EntryState, EntryStep, TokenStep, explain, judge_sections, readout,
};
use wattkey::diagnosis::{DiagnosisDocument, Reach, Searcher};
use wattkey::error::{Code, Exit};
use wattkey::ledger::Outcome;
use wattkey::meter::status::StsState;
use wattkey::meter::{Meter, MeterRef, Status};
use wattkey::output::meter_line;
use wattkey::output::token::summary;
use wattkey::sts::Token;
use wattkey::sts::document::TokenDocument;
use wattkey::sts::keyring::Keyring;

/// Enter tokens into the meter on the link
#[derive(Debug, clap::Args)]
#[command(after_long_help = include_str!("../../../data/help/token/enter.txt"))]
pub struct Arguments {
    /// Twenty digits each; spaces and hyphens between them are ignored
    #[arg(required = true, value_name = "TOKEN")]
    pub tokens: Vec<String>,
}

/// Checks, records, delivers, reads the results.
pub fn run(arguments: &Arguments, context: &mut Context) -> CommandResult {
    let tokens = checked(&arguments.tokens)?;
    let keyring = Arc::new(context.key_file()?.as_ref().map(Keyring::from).unwrap_or_default());
    meter::with(context, |meter, context| {
        let before = meter.status()?;
        if !confirm_entry(&tokens, &before, &keyring, context)? {
            return Err(CommandError::new(Code::NotConfirmed, "nothing was sent"));
        }
        let mut document = EntryDocument::begun(meter.link_name(), MeterRef::of(&before), &before);
        // Halves of two sets would be taken one by one, and the meter lost.
        let searcher = Searcher::new(Arc::clone(&keyring), Reach::default());
        document.proof = judge_sections(&tokens, &readout(&before), &searcher)?;
        let mut outcome = EntryOutcome::Accepted;
        let mut exit = Ok(Exit::Done);
        for token in tokens {
            if context.interrupt().requested() && !document.steps.is_empty() {
                // Tokens before this one are settled; this one and those after it were not sent.
                (outcome, exit) = (EntryOutcome::Incomplete, Ok(Exit::Interrupted));
                break;
            }
            let step = match enter(meter, context, token, &document.meter, &before, &keyring) {
                Ok(step) => step,
                Err(error) if document.steps.is_empty() => return Err(error),
                Err(error) => {
                    document.error = Some(EntryFailure::new(error.code, error.message.clone()));
                    (outcome, exit) = (EntryOutcome::Incomplete, Err(error));
                    break;
                }
            };
            document.steps.push(EntryStep::new(token, kind(token, &before, &keyring), &step));
            if step.outcome == Outcome::Refused {
                document.diagnosis = Some(diagnosis(token, &step, &before, &keyring));
            }
            // The next token waits until it is known what became of this one.
            (outcome, exit) = ending(&mut document, step);
            if outcome != EntryOutcome::Accepted || exit.is_err() {
                break;
            }
        }
        document.after = holding(meter, context);
        document.conclude(outcome);
        context.finish(&document, exit)
    })
}

/// Width of the labels.
const LABEL: usize = 10;

/// Shows a person at a terminal which meter is at hand and what the tokens hold, and asks. A script said what it wants.
fn confirm_entry(
    tokens: &[Token],
    before: &Status,
    keyring: &Keyring,
    context: &Context,
) -> Result<bool, CommandError> {
    if context.options.yes || !context.prompter.has_person() {
        return Ok(true);
    }
    let reference = MeterRef::of(before);
    let known = before.sts.as_ref().map(StsState::parameters).unwrap_or_default();
    // What the question is about is shown also to those who want no notes.
    if !reference.is_empty() {
        ui::say_row("", 0, meter_line(&reference).trim_end());
    }
    if let Some(name) = &context.options.meter_name {
        ui::say_row("SITE", LABEL, name);
    }
    for token in tokens {
        ui::say_row("TOKEN", LABEL, &summary(&TokenDocument::of(keyring.read(*token, &known))));
    }
    let what = if tokens.len() == 1 { "this token".to_owned() } else { format!("these {} tokens", tokens.len()) };
    context.confirm(&format!("Enter {what} into meter {}?", reference.name()))
}

/// What one token means for the whole entry, and for the exit code.
fn ending(document: &mut EntryDocument, step: TokenStep) -> (EntryOutcome, CommandResult) {
    let fail = |document: &mut EntryDocument, error: CommandError| {
        document.error = Some(EntryFailure::new(error.code, error.message.clone()));
        Err(error)
    };
    let (outcome, exit) = match step.outcome {
        Outcome::Accepted => (EntryOutcome::Accepted, Ok(Exit::Done)),
        Outcome::Refused => (EntryOutcome::Refused, Ok(Exit::AnswerNo)),
        Outcome::Unknown => (EntryOutcome::Unknown, Ok(Exit::Safety)),
        Outcome::Failed => {
            let note = step.note.clone().unwrap_or_default();
            let error = match step.error {
                Some(error) => {
                    let sentence = error.to_string();
                    let mut error = CommandError::from(error);
                    if note != sentence {
                        error.message = format!("{sentence}; {note}");
                    }
                    error
                }
                None => CommandError::new(Code::ConnectionLost, note),
            };
            (EntryOutcome::Incomplete, fail(document, error))
        }
    };
    match &step.unrecorded {
        Some(error) => (outcome, fail(document, meter::unrecorded(error))),
        None => (outcome, exit),
    }
}

fn diagnosis(token: Token, step: &TokenStep, before: &Status, keyring: &Arc<Keyring>) -> DiagnosisDocument {
    let mut readout = readout(before);
    // What the meter said of a token before this one is no answer to this one.
    (readout.last_result, readout.last_token) = (None, None);
    explain(token, step.result, readout, keyring, OffsetDateTime::now_utc())
}

/// What the meter holds now, as far as it still tells.
fn holding(meter: &mut dyn Meter, context: &Context) -> EntryState {
    match meter.status() {
        Ok(status) => EntryState::from(&status),
        Err(error) => {
            context.note(format!("the meter could not be read afterwards: {error}"));
            EntryState::default()
        }
    }
}
