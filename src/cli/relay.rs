//! `wattkey relay`: the supply relay.

use clap::Subcommand;
use serde::Serialize;
use serde_json::json;
use time::OffsetDateTime;

use crate::cli::{CommandError, Context, Outcome, ledger, meter};
use crate::error::{Code, Exit};
use crate::ledger::{Act, Ending, MeterRef, Operation};
use crate::meter::driver::RelayAction;
use crate::meter::status::RelayState;
use crate::meter::{Meter, MeterError};
use crate::output::{Document, Style};

/// Show or switch the supply relay
#[derive(Debug, clap::Args)]
#[command(after_long_help = "Examples:\n  \
    wattkey relay --link /dev/ttyUSB0 --credentials manager.toml\n  \
    wattkey relay disconnect --credentials manager.toml\n  \
    wattkey relay connect --yes --credentials manager.toml\n\n\
    Before anything is switched the meter is named and a question asked; --yes answers it. Exit code 1 when the\n\
    meter took the order and the relay did not follow, 7 when the meter refused.")]
pub struct Arguments {
    /// What to do; shows the relay when left out.
    #[command(subcommand)]
    pub action: Option<Action>,
}

/// The subcommands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Subcommand)]
pub enum Action {
    /// Show the relay
    Show,
    /// Close the relay, or make it ready for closing by hand
    Connect,
    /// Open the relay: whoever is behind this meter loses supply
    Disconnect,
}

#[derive(Debug, Serialize)]
struct Relay {
    link: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    serial: Option<String>,
    relay: RelayState,
    #[serde(skip_serializing_if = "Option::is_none")]
    before: Option<RelayState>,
    outcome: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
}

/// Shows or switches.
///
/// # Errors
/// Those of the line and the meter; a confirmation that was not given.
pub fn run(arguments: &Arguments, context: &mut Context) -> Outcome {
    meter::with(context, |meter, context| {
        let relay = meter.relay()?;
        let link = meter.link_name();
        let (action, question) = match arguments.action {
            None | Some(Action::Show) => {
                context.print(&Relay { link, serial: None, relay, before: None, outcome: "shown", reason: None })?;
                return Ok(Exit::Done);
            }
            Some(Action::Disconnect) => (RelayAction::Disconnect, "whoever is supplied through it loses supply"),
            Some(Action::Connect) => (RelayAction::Connect, "what is connected behind it comes under voltage"),
        };
        let reference = meter::reference(meter)?;
        let name =
            reference.serial.clone().or_else(|| reference.drn.clone()).unwrap_or_else(|| "without a number".to_owned());
        let verb = if action == RelayAction::Disconnect { "Open" } else { "Close" };
        if !context.confirm(&format!("{verb} the relay of meter {name}: {question}. Go on?"))? {
            return Err(CommandError::new(Code::NotConfirmed, "the relay was not switched"));
        }
        let detail = json!({"action": verb.to_lowercase(), "before": relay});
        let Switched { ending, reason, after, followed, error } = switch(meter, context, &reference, action, detail)?;
        if let Some(error) = error {
            return Err(error.into());
        }
        let document = Relay {
            link,
            serial: reference.serial,
            relay: after.unwrap_or_else(|| relay.clone()),
            before: Some(relay),
            outcome: ending.word(),
            reason,
        };
        context.print(&document)?;
        Ok(match (ending, followed) {
            (Ending::Accepted, true) => Exit::Done,
            (Ending::Accepted, false) => Exit::AnswerNo,
            _ => Exit::MeterRefused,
        })
    })
}

/// What came of an order to the relay.
#[derive(Debug)]
pub struct Switched {
    /// How it ended, as the ledger has it.
    pub ending: Ending,
    /// The meter's reason.
    pub reason: Option<String>,
    /// The relay afterwards, where the meter took the order and tells.
    pub after: Option<RelayState>,
    /// Whether the relay then stood as ordered.
    pub followed: bool,
    /// The failure that left no answer.
    pub error: Option<MeterError>,
}

/// Switches the relay once: written to the ledger before it goes out, and with its end afterwards.
///
/// # Errors
/// Those of the ledger; what the meter or the line did is in the result.
pub fn switch(
    meter: &mut dyn Meter,
    context: &Context,
    reference: &MeterRef,
    action: RelayAction,
    detail: serde_json::Value,
) -> Result<Switched, CommandError> {
    let mut book = ledger::open(context)?;
    let act = Act { meter: reference, operation: Operation::SwitchRelay, token: None, job: None, detail };
    let intent = book.intend(&act, OffsetDateTime::now_utc())?;
    let answer = meter.switch_relay(action);
    let (ending, reason) = meter::ending(&answer);
    let after = if ending == Ending::Accepted { meter.relay().ok() } else { None };
    book.conclude(intent, ending, json!({"after": after, "reason": reason}), OffsetDateTime::now_utc())?;
    let followed = after.as_ref().is_some_and(|after| has_followed(after, action));
    Ok(Switched { ending, reason, after, followed, error: answer.err() })
}

fn has_followed(after: &RelayState, action: RelayAction) -> bool {
    match action {
        RelayAction::Disconnect => after.output.as_deref() == Some("open"),
        RelayAction::Connect => {
            after.output.as_deref() == Some("closed") || after.control.as_deref() == Some("ready-for-reconnection")
        }
    }
}

impl Document for Relay {
    const SCHEMA: &'static str = "wattkey/relay/1";

    fn table(&self, _style: Style) -> String {
        let words = |relay: &RelayState| {
            let output = relay.output.as_deref().unwrap_or("unknown").to_uppercase();
            let rest = [&relay.control, &relay.reason].into_iter().flatten().map(|word| word.replace('-', " "));
            std::iter::once(output).chain(rest).collect::<Vec<_>>().join(", ")
        };
        let mut text = format!("RELAY     {}\n", words(&self.relay));
        if let Some(before) = &self.before {
            let reason =
                self.reason.as_ref().map(|reason| format!(": {}", reason.replace('-', " "))).unwrap_or_default();
            text.push_str(&format!("BEFORE    {}\nORDER     {}{reason}\n", words(before), self.outcome));
        }
        text
    }

    fn csv_header(&self) -> Vec<String> {
        ["serial", "output", "control", "reason", "outcome", "refusal"].map(str::to_owned).to_vec()
    }

    fn csv_rows(&self) -> Vec<Vec<String>> {
        let text = |value: &Option<String>| value.clone().unwrap_or_default();
        vec![vec![
            text(&self.serial),
            text(&self.relay.output),
            text(&self.relay.control),
            text(&self.relay.reason),
            self.outcome.to_owned(),
            text(&self.reason),
        ]]
    }
}
