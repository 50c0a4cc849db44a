//! `wattkey relay`: the supply relay.

use std::time::Duration;

use clap::Subcommand;
use serde_json::json;

use crate::cli::{CommandError, CommandResult, Context, meter};
use wattkey::change::{Change, apply};
use wattkey::documents::relay::Relay;
use wattkey::error::{Code, Exit};
use wattkey::meter::MeterRef;
use wattkey::meter::driver::RelayAction;

/// Longest wait for the contact to follow.
const WAIT: Duration = Duration::from_secs(5);

/// Show or switch the supply relay
#[derive(Debug, clap::Args)]
#[command(after_long_help = include_str!("../../data/help/relay.txt"))]
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

/// Shows or switches.
pub fn run(arguments: &Arguments, context: &mut Context) -> CommandResult {
    meter::with(context, |meter, context| {
        let relay = meter.relay()?;
        let link = meter.link_name();
        let (action, question) = match arguments.action {
            None | Some(Action::Show) => {
                let reference = MeterRef::of_reading(meter)?;
                context.print(&Relay::shown(link, reference, relay))?;
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
            serial: reference.serial.clone(),
            meter: reference,
            // What the meter did not tell afterwards is not known: the state of before is told as such.
            relay: after.unwrap_or_default(),
            before: Some(relay),
            outcome: applied.outcome.word(),
            reason: applied.reason.clone(),
        };
        context.finish(&document, meter::exit_of(&mut applied, Exit::MeterRefused))
    })
}
