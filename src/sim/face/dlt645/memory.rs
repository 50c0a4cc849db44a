//! What a meter keeps for DL/T 645 alone.

use std::collections::{BTreeMap, VecDeque};

use serde::{Deserialize, Serialize};
use time::{Date, OffsetDateTime};

use crate::sim::energy::Energy;

/// Freezes that are kept.
const FREEZES: usize = 3;

/// Registers as they stood when they were frozen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Freeze {
    /// When, on the meter's clock.
    #[serde(with = "time::serde::rfc3339")]
    pub at: OffsetDateTime,
    /// Imported energy.
    pub import: Energy,
}

/// The memory of the face.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Memory {
    /// An address that was written, in wire order.
    pub address: Option<[u8; 6]>,
    /// Passwords that were changed, by level.
    pub passwords: BTreeMap<u8, [u8; 3]>,
    /// Wrong passwords in a row.
    pub failures: u32,
    /// Until when no password is taken.
    #[serde(with = "time::serde::rfc3339::option")]
    pub locked_until: Option<OffsetDateTime>,
    /// Day on which the broadcast time was last taken.
    pub time_taken_on: Option<Date>,
    /// Freezes, the newest first.
    freezes: VecDeque<Freeze>,
    /// Whether the alarm was ordered over the line.
    pub alarm: bool,
    /// Second alarm limit in hundredths of a kWh, when one was written.
    pub second_alarm: Option<i64>,
}

impl Memory {
    /// Whether no password is taken at `now`.
    pub fn is_locked(&self, now: OffsetDateTime) -> bool {
        self.locked_until.is_some_and(|until| now < until)
    }

    /// Keeps a freeze.
    pub fn freeze(&mut self, freeze: Freeze) {
        self.freezes.push_front(freeze);
        self.freezes.truncate(FREEZES);
    }

    /// Freeze `number`, counted from 1 for the last one.
    pub fn frozen(&self, number: u8) -> Option<&Freeze> {
        self.freezes.get(usize::from(number).checked_sub(1)?)
    }
}
