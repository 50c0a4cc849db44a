//! The relay test: open, see it open, close, see it closed. A run that was cut short in between closes it first.

use std::time::Duration;

use serde_json::{Value, json};

use crate::change::Change;
use crate::commission::run::{Ended, Run, Stop};
use crate::commission::step::{StepName, StepOutcome, StepState};
use crate::ledger::Outcome;
use crate::meter::driver::RelayAction;
use crate::meter::{Meter, MeterError};

/// Longest wait for the relay when the plan says nothing, in seconds.
const WAIT_S: u32 = 30;

impl Run<'_> {
    /// Opens and closes the relay.
    pub fn relay_test(&mut self) -> Ended {
        let step = StepName::RelayTest.word();
        let relay = match self.meter.relay() {
            Ok(relay) => relay,
            Err(error @ (MeterError::NotOffered(_) | MeterError::NotSupported(_) | MeterError::Refused { .. })) => {
                return Ok(StepOutcome::unable(step, error.to_string()));
            }
            Err(error) => return Err(Stop::meter(step, &error)),
        };
        let before = relay.in_words();
        let outcome = |state| {
            StepOutcome::new(step, state).before(before.clone()).expected(json!("open, then closed or ready to be"))
        };
        if let Some(row) = self.done_before(CLOSING) {
            let reason = format!("it was tested on {}, row #{} of the ledger", row.at, row.seq);
            return Ok(outcome(StepState::Already).reason(reason));
        }
        if self.config.dry_run {
            return Ok(outcome(StepState::Planned));
        }
        // What an earlier run of this job did to the relay, which may stand open through it.
        let half = self.done_before(OPENING).is_some() || !self.left_open(OPENING)?.is_empty();
        let opened = relay.has_followed(RelayAction::Disconnect) == Some(true);
        self.settle_step(OPENING, if opened { Outcome::Accepted } else { Outcome::Failed }, &before)?;
        let closed = relay.has_followed(RelayAction::Connect) == Some(true);
        self.settle_step(CLOSING, if closed { Outcome::Accepted } else { Outcome::Failed }, &before)?;
        if opened && !half {
            let reason = "it is open to begin with: find out why, close it, then run the job again";
            return Ok(StepOutcome::unable(step, reason).before(before));
        }
        if !opened {
            match self.switch(OPENING, RelayAction::Disconnect, &before) {
                Ok(true) => {}
                Ok(false) => {
                    return Ok(StepOutcome::unable(step, "it cannot be switched over this line").before(before.clone()));
                }
                Err(mut stop) => {
                    step.clone_into(&mut stop.outcome.step);
                    return Err(stop);
                }
            }
        }
        match self.switch(CLOSING, RelayAction::Connect, &json!("open")) {
            Ok(true) => {}
            Ok(false) => return Err(Stop::failed(step, "it was opened and cannot be closed over this line")),
            Err(mut stop) => {
                step.clone_into(&mut stop.outcome.step);
                let reason = stop.outcome.reason.take().unwrap_or_default();
                stop.outcome.reason = Some(format!("the relay may stand open: {reason}"));
                return Err(stop);
            }
        }
        let after = self.meter.relay().map_err(|error| Stop::meter(step, &error))?;
        let told = outcome(StepState::Done).after(after.in_words());
        Ok(match after.output.as_deref() {
            Some("closed") => told.reason("opened and closed"),
            _ => told.reason("opened, and ready to be closed at the meter's button: press it"),
        })
    }

    /// Switches it and waits until it has followed; `false` when the meter has no such thing.
    fn switch(&mut self, part: &str, action: RelayAction, before: &Value) -> Result<bool, Box<Stop>> {
        let wait = Duration::from_secs(u64::from(self.values.relay_wait_s.unwrap_or(WAIT_S)));
        let expected = json!(if action == RelayAction::Disconnect { "open" } else { "closed" });
        Ok(self.change(part, &Change::Relay { action, wait }, before, &expected)?.is_some())
    }
}

/// The two halves, as the ledger names them.
const OPENING: &str = "relay-test-open";
const CLOSING: &str = "relay-test-close";
