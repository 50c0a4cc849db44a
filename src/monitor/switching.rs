//! Carries out what the demand guard asks for, on the line's own thread, through the ledger.

use std::time::Duration;

use serde_json::json;
use time::OffsetDateTime;

use super::Action;
use super::watch::WatchEnvironment;
use crate::change::{Change, ChangeContext, ChangeError, apply, read_back_limit, settle_open_intents};
use crate::connect::MeterOptions;
use crate::ledger::Outcome;
use crate::link::Interrupt;
use crate::meter::driver::RelayAction;
use crate::meter::{Meter, MeterRef};

/// Longest wait for a contact to follow.
const WAIT: Duration = Duration::from_secs(5);

/// One relay is to be switched.
#[derive(Debug, Clone)]
pub(super) struct SwitchOrder {
    /// Which meter of the line.
    pub(super) meter: usize,
    /// What its relay is told.
    pub(super) action: RelayAction,
    /// Power of all meters in W that led to it.
    pub(super) total_w: f64,
    /// The limit in W.
    pub(super) limit_w: f64,
}

/// What an order needs besides the meter.
pub(super) struct SwitchContext<'a> {
    pub(super) environment: &'a WatchEnvironment,
    pub(super) options: &'a MeterOptions,
    pub(super) stop: &'a Interrupt,
}

impl SwitchOrder {
    /// The record of this order with its outcome.
    pub(super) fn record(&self, line: &str, meter: &str, outcome: &'static str, reason: Option<String>) -> Action {
        Action {
            line: line.to_owned(),
            meter: meter.to_owned(),
            time: OffsetDateTime::now_utc(),
            action: self.action.word(),
            total_w: self.total_w,
            limit_w: self.limit_w,
            outcome,
            reason,
        }
    }

    /// Switches the relay; gives the outcome as a word, its reason, and whether it counts as done.
    ///
    /// # Errors
    /// [`ChangeError`]: nothing was sent.
    pub(super) fn carry_out(
        &self,
        meter: &mut dyn Meter,
        context: &SwitchContext<'_>,
    ) -> Result<(&'static str, Option<String>, bool), ChangeError> {
        let reference = MeterRef::read(meter)?;
        let mut ledger = (context.environment.ledger)()?;
        let mut change_context = ChangeContext {
            ledger: &mut ledger,
            meter: reference,
            job: None,
            now: &OffsetDateTime::now_utc,
            interrupt: context.stop.clone(),
            read_back_limit: read_back_limit(context.options.timeout, context.options.retries),
        };
        settle_open_intents(meter, &mut change_context, &|_| false)?;
        let extra = json!({"why": "demand-limit", "total_w": self.total_w, "limit_w": self.limit_w});
        let applied = apply(meter, &mut change_context, &Change::Relay { action: self.action, wait: WAIT }, &extra)?;
        let followed = applied.took_effect() == Some(true);
        let reason = match (applied.outcome, followed) {
            (Outcome::Accepted, false) => Some("the relay did not follow".to_owned()),
            _ => applied.reason,
        };
        // A relay that may have opened counts as opened, so that it is closed again in its time; one that may not have
        // closed is ordered again.
        let done = match self.action {
            RelayAction::Disconnect => matches!(applied.outcome, Outcome::Accepted | Outcome::Unknown),
            RelayAction::Connect => followed,
        };
        Ok((applied.outcome.word(), reason, done))
    }
}
