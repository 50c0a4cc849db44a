//! `wattkey token enter`: tokens into the meter, one after the other, each once.

use std::sync::Arc;

use time::OffsetDateTime;

use super::words;
use crate::cli::kct::enter::exit_of;
use crate::cli::{CommandError, Context, Outcome, ledger, meter};
use crate::entry::{EntryDocument, EntryState, EntryStep, explain, readout, reference};
use crate::error::Code;
use crate::ledger::{Ledger, MeterRef, Operation};
use crate::meter::entry::{Order, Step, Verdict, deliver};
use crate::meter::status::StsState;
use crate::meter::{Meter, MeterError, Status, TokenReport};
use crate::sts::document::TokenDocument;
use crate::sts::keyring::Keyring;
use crate::sts::{MeterParameters, Token};

/// Enter tokens into the meter on the link
#[derive(Debug, clap::Args)]
#[command(after_long_help = "Examples:\n  \
    wattkey token enter 5104 3465 4434 2085 6213 --link /dev/ttyUSB0 --credentials manager.toml\n  \
    wattkey token enter --link sim: 51043465443420856213\n\n\
    The string is checked before anything is sent, and what is sent is in the ledger before it leaves. A token\n\
    goes out once: after a lost answer the meter is read back, and the answer is accepted, refused, or, with exit\n\
    code 8, unknown. Exit code 1 when the meter refused; with --keys the likely causes follow.")]
pub struct Arguments {
    /// Twenty digits each; spaces and hyphens between them are ignored
    #[arg(required = true, value_name = "TOKEN")]
    pub tokens: Vec<String>,
}

/// Checks, journals, delivers, reads the results.
///
/// # Errors
/// A string that is no token, before anything is sent; those of the line and the meter.
pub fn run(arguments: &Arguments, context: &mut Context) -> Outcome {
    let tokens = checked(&arguments.tokens)?;
    let keyring = Arc::new(context.key_file()?.as_ref().map(Keyring::from).unwrap_or_default());
    meter::with(context, |meter, context| {
        let before = meter.status()?;
        let reference = reference(&before);
        let mut book = ledger::open(context)?;
        note_open_acts(&book, &reference, context)?;
        let mut document = EntryDocument::begun(meter.link_name(), reference, &before);
        let mut verdict = Verdict::Accepted;
        let mut last: Option<(Token, Step)> = None;
        for token in tokens {
            let step = enter(meter, &mut book, token, &document.meter)?;
            document.steps.push(EntryStep::new(token, kind(token, &before, &keyring), &step));
            verdict = step.verdict;
            last = Some((token, step));
            // The next token is nobody's business while it is open what became of this one.
            if verdict != Verdict::Accepted {
                break;
            }
        }
        document.after = holding(meter, context);
        if let Some((token, step)) = last.filter(|(_, step)| step.verdict == Verdict::Refused) {
            let mut readout = readout(&before);
            // What the meter said of a token before this one is no answer to this one.
            (readout.last_result, readout.last_token) = (None, None);
            document.diagnosis = Some(explain(token, step.result, readout, &keyring, OffsetDateTime::now_utc()));
        }
        document.conclude(verdict);
        context.print(&document)?;
        Ok(exit_of(verdict))
    })
}

/// The tokens, or what is wrong with the first that is none.
///
/// # Errors
/// `bad-value`; nothing was sent.
pub(crate) fn checked(texts: &[String]) -> Result<Vec<Token>, CommandError> {
    let pieces = words::tokens(texts);
    let parse = |text: &String| {
        text.parse::<Token>().map_err(|problem| {
            CommandError::new(Code::BadValue, format!("nothing was sent: {problem}"))
                .hint("Compare with the slip; `wattkey diagnose TOKEN` looks for a slip of one digit.")
        })
    };
    pieces.iter().map(parse).collect()
}

/// Enters one token by the journalled engine.
///
/// # Errors
/// Those of the line, when the token surely never left.
pub(crate) fn enter(
    meter: &mut dyn Meter,
    book: &mut Ledger,
    token: Token,
    reference: &MeterRef,
) -> Result<Step, CommandError> {
    let before = match meter.token_report() {
        Ok(report) => report,
        Err(MeterError::NotOffered(_) | MeterError::Refused { .. }) => TokenReport::default(),
        Err(error) => return Err(error.into()),
    };
    let order = Order { token, meter: reference, operation: Operation::EnterToken, job: None, before: &before };
    Ok(deliver(meter, book, &order, &OffsetDateTime::now_utc)?)
}

/// An earlier act whose end nobody saw is named before another token goes in.
pub(crate) fn note_open_acts(book: &Ledger, reference: &MeterRef, context: &Context) -> Result<(), CommandError> {
    for entry in book.open_intents(reference)? {
        let token = entry.token.map(|token| format!(" of token …{}", token.last4)).unwrap_or_default();
        context.note(format!("the ledger has a {}{token} of {} without an outcome", entry.operation.word(), entry.at));
    }
    Ok(())
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

/// The kind of a token, as far as the keys at hand read it.
pub(crate) fn kind(token: Token, before: &Status, keyring: &Keyring) -> &'static str {
    let known = before.sts.as_ref().map(parameters).unwrap_or_default();
    TokenDocument::of(keyring.read(token, &known)).kind().word()
}

/// The parameters a readout gives, each where it is one.
fn parameters(sts: &StsState) -> MeterParameters {
    fn parsed<T: std::str::FromStr>(text: Option<String>) -> Option<T> {
        text?.parse().ok()
    }
    let number = |number: Option<u8>| number.map(|number| number.to_string());
    MeterParameters {
        iin: parsed(sts.iin.clone()),
        drn: parsed(sts.drn.clone()),
        sgc: parsed(sts.sgc.clone().filter(|sgc| sgc != "000000")),
        krn: parsed(number(sts.krn)),
        kt: parsed(number(sts.kt)),
        ti: parsed(number(sts.ti)),
        ea: parsed(sts.ea.clone()),
        dkga: parsed(sts.dkga.clone()),
        base_date: parsed(sts.base_date.clone()),
    }
}
