//! `wattkey relay`: the supply relay.

use std::time::Duration;

use clap::Subcommand;
use serde::Serialize;
use serde_json::json;

use crate::cli::{CommandError, CommandResult, Context, meter};
use wattkey::change::{Change, apply};
use wattkey::error::{Code, Exit};
use wattkey::meter::MeterRef;
use wattkey::meter::driver::RelayAction;
use wattkey::meter::status::RelayState;
use wattkey::output::{Document, Style, in_words};

/// Longest wait for the contact to follow.
const WAIT: Duration = Duration::from_secs(5);

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
pub fn run(arguments: &Arguments, context: &mut Context) -> CommandResult {
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
        let reference = MeterRef::read(meter)?;
        let name = reference.name();
        let verb = if action == RelayAction::Disconnect { "Open" } else { "Close" };
        if !context.confirm(&format!("{verb} the relay of meter {name}: {question}. Go on?"))? {
            return Err(CommandError::new(Code::NotConfirmed, "the relay was not switched"));
        }
        let change = Change::Relay { action, wait: WAIT };
        let extra = json!({"before": relay});
        let mut applied = meter::with_changes(meter, context, &reference, &|_| false, |meter, changes| {
            apply(meter, changes, &change, &extra)
        })?;
        let after = applied.relay().cloned();
        let document = Relay {
            link,
            serial: reference.serial,
            // What the meter did not tell afterwards is not known: the state of before is told as such.
            relay: after.unwrap_or_default(),
            before: Some(relay),
            outcome: applied.outcome.word(),
            reason: applied.reason.clone(),
        };
        context.finish(&document, meter::exit_of(&mut applied, Exit::MeterRefused))
    })
}

impl Document for Relay {
    const SCHEMA: &'static str = "wattkey/relay/1";

    fn table(&self, _style: Style) -> String {
        let words = |relay: &RelayState| {
            let output = relay.output.as_deref().unwrap_or("unknown").to_uppercase();
            let rest = [&relay.control, &relay.reason].into_iter().flatten().map(|word| in_words(word));
            std::iter::once(output).chain(rest).collect::<Vec<_>>().join(", ")
        };
        let mut text = format!("RELAY     {}\n", words(&self.relay));
        if let Some(before) = &self.before {
            let reason = self.reason.as_ref().map(|reason| format!(": {}", in_words(reason))).unwrap_or_default();
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
