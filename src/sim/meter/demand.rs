//! Mean power over capture periods, and the highest of them.

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use crate::sim::energy::Energy;

/// Mean power over capture periods.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Demand {
    /// Mean power of the last whole period in watts.
    pub last_w: u32,
    /// The highest so far in watts.
    pub maximum_w: u32,
    /// When the highest period ended.
    #[serde(with = "time::serde::rfc3339")]
    pub maximum_at: OffsetDateTime,
    #[serde(with = "time::serde::rfc3339")]
    period_began: OffsetDateTime,
    import_then: Energy,
}

impl Demand {
    /// Nothing measured yet; the first period begins.
    pub fn beginning(now: OffsetDateTime) -> Self {
        Demand { last_w: 0, maximum_w: 0, maximum_at: now, period_began: now, import_then: Energy::ZERO }
    }

    /// When the running period began.
    pub fn period_began(&self) -> OffsetDateTime {
        self.period_began
    }

    /// Mean power of the running period so far, in watts.
    pub fn running_w(&self, now: OffsetDateTime, import: Energy) -> u32 {
        let seconds = (now - self.period_began).whole_seconds();
        if seconds < 1 { 0 } else { self.mean_w(seconds, import) }
    }

    fn mean_w(&self, seconds: i64, import: Energy) -> u32 {
        let used_wh = (import - self.import_then).watt_hours();
        u32::try_from(used_wh * 3600 / seconds).unwrap_or(0)
    }

    /// Ends the running period and begins the next. `clock` is what the meter's clock shows.
    pub(super) fn close(&mut self, now: OffsetDateTime, clock: OffsetDateTime, import: Energy) {
        let seconds = (now - self.period_began).whole_seconds().max(1);
        self.last_w = self.mean_w(seconds, import);
        if self.last_w > self.maximum_w {
            self.maximum_w = self.last_w;
            self.maximum_at = clock;
        }
        self.period_began = now;
        self.import_then = import;
    }

    /// Forgets the highest mean power.
    pub(super) fn forget_maximum(&mut self, clock: OffsetDateTime) {
        self.maximum_w = 0;
        self.maximum_at = clock;
    }
}
