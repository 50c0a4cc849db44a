//! Time passes: what is consumed, captured and settled meanwhile.

use time::{Duration, OffsetDateTime};

use super::{Meter, whole_milliseconds};
use crate::sim::energy::Energy;
use crate::sim::load_profile::{LoadProfile, Row};
use crate::sim::supply::Slot;

impl Meter {
    /// Lets time pass until `to`. A time before the present one changes nothing.
    pub fn advance(&mut self, to: OffsetDateTime) {
        let to = whole_milliseconds(to);
        self.settle();
        while self.now < to {
            let until = to.min(self.next_occasion());
            self.pass(until);
            self.now = until;
            self.capture_if_due();
            self.settle();
        }
    }

    /// The next instant after which something may be different.
    fn next_occasion(&self) -> OffsetDateTime {
        let capture = self.next_capture();
        let slot = Slot::of(self.now).end();
        let exhausted = self.exhausted_at().unwrap_or(slot);
        let trip = self.relay.trip_ends().unwrap_or(slot);
        let button = self.relay.closes_at().unwrap_or(slot);
        let verdict = self.gateway.verdict_due().unwrap_or(slot);
        [capture, slot, exhausted, trip, button, verdict]
            .into_iter()
            .filter(|time| *time > self.now)
            .min()
            .unwrap_or(slot)
    }

    fn next_capture(&self) -> OffsetDateTime {
        let offset = Duration::milliseconds(self.clock_offset_ms);
        LoadProfile::next_capture(&self.model.load_profile, self.now + offset) - offset
    }

    fn exhausted_at(&self) -> Option<OffsetDateTime> {
        let power = i64::from(self.readings().total_power_w());
        let left = self.payment.credit().usable(&self.model.credit).milliseconds_at(power)?;
        self.now.checked_add(Duration::milliseconds(left))
    }

    /// Counts what is consumed until `until`, during which nothing changes.
    fn pass(&mut self, until: OffsetDateTime) {
        if !self.powered {
            return;
        }
        let milliseconds = i64::try_from((until - self.now).whole_milliseconds()).unwrap_or(0);
        let used = Energy::of_power(self.readings().total_power_w().into(), milliseconds);
        self.import += used;
        self.billing.count(used, self.now);
        if self.relay.is_kept_supplied() {
            self.payment.credit_mut().overdraw(used);
        } else {
            self.payment.credit_mut().consume(used, &self.model.credit);
        }
    }

    fn capture_if_due(&mut self) {
        let period = i64::from(self.model.load_profile.period_s.max(1)) * 1000;
        let clock_ms = self.clock().unix_timestamp_nanos() / 1_000_000;
        if !self.powered || clock_ms.rem_euclid(period.into()) != 0 {
            return;
        }
        self.demand.close(self.now, self.clock(), self.import);
        self.billing.settle_month(self.clock(), self.import);
        let import_wh = u32::try_from(self.import.watt_hours()).unwrap_or(u32::MAX);
        let voltage_dv = self.readings().phases.first().map_or(0, |phase| phase.voltage_dv);
        let row = Row { at: self.clock(), import_wh, voltage_dv };
        self.load_profile.capture(&self.model.load_profile, row);
    }
}
