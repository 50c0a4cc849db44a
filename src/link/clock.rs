//! The clock of links on real lines: monotonic time, waited for in slices that notice an interrupt.

use std::time::{Duration, Instant};

use super::interrupt::{Interrupt, POLL_SLICE};
use super::{LinkError, Moment};

/// Shortest wait handed to the system; a deadline already past still takes what has come.
const SHORTEST_WAIT: Duration = Duration::from_millis(1);

/// Monotonic time since a link was opened, and the user's wish to stop.
#[derive(Debug, Clone)]
pub(super) struct LineClock {
    started: Instant,
    interrupt: Interrupt,
}

impl LineClock {
    pub(super) fn start(interrupt: Interrupt) -> Self {
        LineClock { started: Instant::now(), interrupt }
    }

    pub(super) fn now(&self) -> Moment {
        self.started.elapsed()
    }

    pub(super) fn stop_requested(&self) -> bool {
        self.interrupt.requested()
    }

    /// Fails when the user insists on stopping now.
    pub(super) fn check(&self) -> Result<(), LinkError> {
        if self.interrupt.immediate() { Err(LinkError::Interrupted) } else { Ok(()) }
    }

    /// Sleeps, in slices.
    pub(super) fn pause(&self, duration: Duration) -> Result<(), LinkError> {
        let until = self.now().saturating_add(duration);
        loop {
            self.check()?;
            let left = until.saturating_sub(self.now());
            if left.is_zero() {
                return Ok(());
            }
            std::thread::sleep(left.min(POLL_SLICE));
        }
    }

    /// Calls `attempt` with the longest time it may wait, until it brings something or `until` passes.
    pub(super) fn wait_until<T>(
        &self,
        until: Moment,
        mut attempt: impl FnMut(Duration) -> Result<Option<T>, LinkError>,
    ) -> Result<T, LinkError> {
        let begun = self.now();
        loop {
            self.check()?;
            let left = until.saturating_sub(self.now());
            if let Some(found) = attempt(left.clamp(SHORTEST_WAIT, POLL_SLICE))? {
                return Ok(found);
            }
            if self.now() >= until {
                return Err(LinkError::Timeout(until.saturating_sub(begun)));
            }
        }
    }
}
