//! What every change needs besides the meter.

use std::time::Duration;

use serde_json::Value;
use time::OffsetDateTime;

use super::ChangeError;
use crate::ledger::{Act, IntentId, Ledger, LedgerError, Operation, Outcome};
use crate::link::Interrupt;
use crate::meter::MeterRef;
use crate::sts::Token;

/// Time that is added to the time limit of one request for reading back.
const SLACK: Duration = Duration::from_secs(2);

/// The ledger, the meter as it is known by, and the limits of a change.
pub struct ChangeContext<'a> {
    /// Where intents and outcomes are recorded.
    pub ledger: &'a mut Ledger,
    /// The meter.
    pub meter: MeterRef,
    /// Job the changes belong to.
    pub job: Option<&'a str>,
    /// Our clock.
    pub now: &'a dyn Fn() -> OffsetDateTime,
    /// The user's wish to stop.
    pub interrupt: Interrupt,
    /// Longest time that reading back may take in all.
    pub read_back_limit: Duration,
}

impl std::fmt::Debug for ChangeContext<'_> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("ChangeContext")
            .field("meter", &self.meter)
            .field("job", &self.job)
            .finish_non_exhaustive()
    }
}

/// Longest time reading back may take with these limits of one request: `timeout × (retries + 1)` plus two seconds.
pub fn read_back_limit(timeout: Duration, retries: u32) -> Duration {
    timeout.saturating_mul(retries.saturating_add(1)).saturating_add(SLACK)
}

impl ChangeContext<'_> {
    /// Records what is about to be done.
    ///
    /// # Errors
    /// [`ChangeError::Interrupted`] when the user has asked to stop; [`ChangeError::Ledger`]. Nothing may be sent then.
    pub(super) fn intend(
        &mut self,
        operation: Operation,
        token: Option<Token>,
        detail: Value,
    ) -> Result<IntentId, ChangeError> {
        if self.interrupt.requested() {
            return Err(ChangeError::Interrupted);
        }
        let act = Act { meter: &self.meter, operation, token, job: self.job, detail };
        Ok(self.ledger.intend(&act, (self.now)())?)
    }

    /// Records how it ended. A ledger that fails now does not take the outcome away: it is handed to the caller, and
    /// the intent stays open, so that the next run reads the meter back.
    pub(super) fn conclude(&mut self, intent: IntentId, outcome: Outcome, detail: Value) -> Option<LedgerError> {
        self.ledger.conclude(intent, outcome, detail, (self.now)()).err()
    }
}
