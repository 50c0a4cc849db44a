//! `wattkey token enter`: tokens into the meter, one after the other, each once.

use std::sync::Arc;

use serde::Serialize;
use time::OffsetDateTime;

use super::words;
use crate::cli::{CommandError, Context, Outcome, ledger, meter};
use crate::diagnosis::{Case, DiagnosisDocument, Readout, Searcher, diagnose};
use crate::error::{Code, Exit};
use crate::ledger::{Ledger, MeterRef, Operation};
use crate::meter::entry::{Order, Step, Verdict, deliver};
use crate::meter::status::{CreditState, Identity, StsState};
use crate::meter::{Meter, MeterError, Status, TokenReport};
use crate::output::{Document, Style, sanitize};
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

/// What a script sees of one token.
#[derive(Debug, Clone, Serialize)]
struct StepDocument {
    token_last4: String,
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    result: Option<&'static str>,
    outcome: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<crate::meter::GatewayStatus>,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<String>,
    read_back: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<String>,
}

/// What the meter holds before and after.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
struct Holding {
    #[serde(skip_serializing_if = "Option::is_none")]
    sts: Option<StsState>,
    #[serde(skip_serializing_if = "Option::is_none")]
    credit: Option<CreditState>,
}

#[derive(Debug, Serialize)]
struct Entry {
    link: String,
    meter: MeterRef,
    steps: Vec<StepDocument>,
    before: Holding,
    after: Holding,
    outcome: &'static str,
    diagnosis: Option<DiagnosisDocument>,
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
        let mut steps = Vec::new();
        let mut verdict = Verdict::Accepted;
        let mut last: Option<(Token, Step)> = None;
        for token in tokens {
            let step = enter(meter, &mut book, token, &reference)?;
            steps.push(document(token, &step, &before, &keyring));
            verdict = step.verdict;
            last = Some((token, step));
            // The next token is nobody's business while it is open what became of this one.
            if verdict != Verdict::Accepted {
                break;
            }
        }
        let after = holding(meter, context);
        let diagnosis = match &last {
            Some((token, step)) if step.verdict == Verdict::Refused => causes(*token, step, &before, &keyring),
            _ => None,
        };
        let entry = Entry {
            link: meter.link_name(),
            meter: reference,
            steps,
            before: Holding { sts: before.sts, credit: before.credit },
            after,
            outcome: verdict.word(),
            diagnosis,
        };
        context.print(&entry)?;
        Ok(match verdict {
            Verdict::Accepted => Exit::Done,
            Verdict::Refused => Exit::AnswerNo,
            Verdict::Unknown => Exit::Safety,
        })
    })
}

/// The tokens, or what is wrong with the first that is none.
fn checked(texts: &[String]) -> Result<Vec<Token>, CommandError> {
    let pieces = words::tokens(texts);
    let parse = |text: &String| {
        text.parse::<Token>().map_err(|problem| {
            CommandError::new(Code::BadValue, format!("nothing was sent: {problem}"))
                .hint("Compare with the slip; `wattkey diagnose TOKEN` looks for a slip of one digit.")
        })
    };
    pieces.iter().map(parse).collect()
}

fn enter(meter: &mut dyn Meter, book: &mut Ledger, token: Token, reference: &MeterRef) -> Result<Step, CommandError> {
    let before = match meter.token_report() {
        Ok(report) => report,
        Err(MeterError::NotOffered(_) | MeterError::Refused { .. }) => TokenReport::default(),
        Err(error) => return Err(error.into()),
    };
    let order = Order { token, meter: reference, operation: Operation::EnterToken, job: None, before: &before };
    Ok(deliver(meter, book, &order, &OffsetDateTime::now_utc)?)
}

/// An earlier act whose end nobody saw is named before another token goes in.
fn note_open_acts(book: &Ledger, reference: &MeterRef, context: &Context) -> Result<(), CommandError> {
    for entry in book.open_intents(reference)? {
        let token = entry.token.map(|token| format!(" of token …{}", token.last4)).unwrap_or_default();
        context.note(format!("the ledger has a {}{token} of {} without an outcome", entry.operation.word(), entry.at));
    }
    Ok(())
}

fn reference(status: &Status) -> MeterRef {
    let Identity { serial, device_name, .. } = status.meter.clone();
    MeterRef { serial: serial.or(device_name), drn: status.sts.as_ref().and_then(|sts| sts.drn.clone()) }
}

/// What the meter holds now, as far as it still tells.
fn holding(meter: &mut dyn Meter, context: &Context) -> Holding {
    match meter.status() {
        Ok(status) => Holding { sts: status.sts, credit: status.credit },
        Err(error) => {
            context.note(format!("the meter could not be read afterwards: {error}"));
            Holding::default()
        }
    }
}

fn document(token: Token, step: &Step, before: &Status, keyring: &Keyring) -> StepDocument {
    let known = before.sts.as_ref().map(parameters).unwrap_or_default();
    let reading = TokenDocument::Token { reading: keyring.read(token, &known), reveal_keys: false };
    StepDocument {
        token_last4: token.last_four(),
        kind: reading.kind().word(),
        result: step.result.map(crate::sts::TokenResult::word),
        outcome: step.verdict.word(),
        status: step.report.status,
        description: step.report.description.clone(),
        read_back: step.read_back,
        note: step.note.clone(),
    }
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

/// Why the meter refused, from what it said and what the keys at hand show.
fn causes(token: Token, step: &Step, before: &Status, keyring: &Arc<Keyring>) -> Option<DiagnosisDocument> {
    let mut case = Case::of_token(&token.to_string(), OffsetDateTime::now_utc());
    case.meter = serde_json::to_value(before).ok().map(|status| Readout::from_status(&status)).map(|mut readout| {
        // What the meter said of a token before this one is no answer to this one.
        (readout.last_result, readout.last_token) = (None, None);
        readout
    });
    case.result = step.result;
    let mut searcher = Searcher::new(Arc::clone(keyring), Default::default());
    let diagnosis = diagnose(&case, &mut searcher);
    Some(DiagnosisDocument::new(&case, diagnosis))
}

impl Document for Entry {
    const SCHEMA: &'static str = "wattkey/entry/1";

    fn table(&self, style: Style) -> String {
        let name =
            self.meter.drn.as_ref().or(self.meter.serial.as_ref()).cloned().unwrap_or_else(|| "unnamed".to_owned());
        let mut text = format!("METER     {}\n", sanitize(&name));
        for step in &self.steps {
            let result = step.result.map(|result| format!(", {}", result.replace('-', " "))).unwrap_or_default();
            let said = step.description.as_ref().filter(|said| Some(said.as_str()) != step.result);
            let said = said.map(|said| format!(" ({})", sanitize(said))).unwrap_or_default();
            text.push_str(&format!(
                "TOKEN     …{}   {}{result}{said}\n",
                step.token_last4,
                step.outcome.to_uppercase()
            ));
            if let Some(note) = &step.note {
                text.push_str(&format!("          {}\n", sanitize(note)));
            }
        }
        if let Some((available, unit)) = balance(&self.after) {
            let was = balance(&self.before).map(|(before, _)| format!("   was {before:.2}")).unwrap_or_default();
            text.push_str(&format!("CREDIT    {available:.2} {}{was}\n", sanitize(&unit)));
        }
        if let Some(diagnosis) = &self.diagnosis {
            text.push('\n');
            text.push_str(&diagnosis.table(style));
        }
        if self.outcome == "unknown" {
            text.push_str("\nDo not enter it again before the meter was read: wattkey status\n");
        }
        text
    }

    fn csv_header(&self) -> Vec<String> {
        ["drn", "serial", "token_last4", "kind", "result", "outcome", "note"].map(str::to_owned).to_vec()
    }

    fn csv_rows(&self) -> Vec<Vec<String>> {
        self.steps
            .iter()
            .map(|step| {
                vec![
                    self.meter.drn.clone().unwrap_or_default(),
                    self.meter.serial.clone().unwrap_or_default(),
                    step.token_last4.clone(),
                    step.kind.to_owned(),
                    step.result.unwrap_or_default().to_owned(),
                    step.outcome.to_owned(),
                    step.note.clone().unwrap_or_default(),
                ]
            })
            .collect()
    }
}

fn balance(holding: &Holding) -> Option<(f64, String)> {
    let credit = holding.credit.as_ref()?;
    Some((credit.available?, credit.unit.clone().unwrap_or_default()))
}
