//! A whole meter: payment, load switch, supply, tamper, logs and clock, moved on by time and by what is entered.
//!
//! Nothing here looks at a real clock. [`Meter::advance`] takes the time, and what happened meanwhile follows from the
//! model and the seed, however many steps it takes. The whole state is one serialisable value.

use serde::{Deserialize, Serialize};
use time::{Duration, OffsetDateTime};

use crate::sim::energy::Energy;
use crate::sim::events::{EventKind, EventLog};
use crate::sim::identity::Identity;
use crate::sim::load_profile::{LoadProfile, Row};
use crate::sim::model::Model;
use crate::sim::payment::{CreditState, Effect, Payment};
use crate::sim::relay::{OpenReason, Relay};
use crate::sim::supply::{Readings, Slot};
use crate::sim::tamper::{Tamper, TamperLatch};
use crate::sts::FieldError;

mod gateway;

use gateway::Gateway;
pub use gateway::{Busy, Entry, GatewayStatus};

/// A simulated meter.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Meter {
    model: Model,
    seed: u64,
    identity: Identity,
    #[serde(with = "time::serde::rfc3339")]
    now: OffsetDateTime,
    /// What the meter's clock shows minus the true time, in milliseconds.
    clock_offset_ms: i64,
    powered: bool,
    payment: Payment,
    gateway: Gateway,
    relay: Relay,
    tamper: TamperLatch,
    import: Energy,
    demand: Demand,
    events: EventLog,
    load_profile: LoadProfile,
    seen: Seen,
    invocation_counters: InvocationCounters,
    /// Rises with every change that a real meter would write to its permanent memory at once.
    #[serde(skip)]
    changes: u64,
    #[serde(skip)]
    journal: Vec<Entry>,
}

/// Highest mean power over a capture period.
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
    /// When the running period began.
    pub fn period_began(&self) -> OffsetDateTime {
        self.period_began
    }
}

/// Frame counters of ciphered associations; kept, since a repeated one would break the cipher.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct InvocationCounters {
    /// The highest counter a client used.
    pub client: u32,
    /// The next counter of the meter itself.
    pub meter: u32,
}

/// What was last reported in the event log, so that only changes are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Seen {
    connected: bool,
    credit: CreditState,
    sag: bool,
    swell: bool,
}

impl Meter {
    /// A fresh meter at `now`, with as many days of load profile behind it as the model says.
    ///
    /// # Errors
    /// Numbers in the model that are none, or a starting key that the lab keys do not hold.
    pub fn new(model: Model, seed: u64, now: OffsetDateTime) -> Result<Self, FieldError> {
        let now = whole_milliseconds(now);
        let began = now - Duration::days(model.history_days.into());
        let identity = Identity::of(&model, seed)?;
        let payment = Payment::new(&model, identity.pan)?;
        let mut meter = Meter {
            seed,
            identity,
            now: began,
            clock_offset_ms: 0,
            powered: true,
            gateway: Gateway::new(model.manufactured),
            relay: Relay::default(),
            tamper: TamperLatch::default(),
            import: Energy::ZERO,
            demand: Demand {
                last_w: 0,
                maximum_w: 0,
                maximum_at: began,
                period_began: began,
                import_then: Energy::ZERO,
            },
            events: EventLog::new(model.event_log_entries),
            load_profile: LoadProfile::default(),
            seen: Seen { connected: true, credit: CreditState::InCredit, sag: false, swell: false },
            invocation_counters: InvocationCounters { client: 0, meter: 1 },
            changes: 0,
            journal: Vec::new(),
            payment,
            model,
        };
        meter.events.record(began, EventKind::PowerUp);
        meter.run_history(now);
        Ok(meter)
    }

    /// Lets the days before the beginning pass without using up credit.
    fn run_history(&mut self, now: OffsetDateTime) {
        let initial = self.payment.credit().clone();
        let enough = Energy::from_hundredths_kwh(i64::from(u32::MAX));
        self.payment.credit_mut().add(enough);
        self.advance(now);
        *self.payment.credit_mut() = initial;
        self.seen.credit = self.payment.credit_state(&self.model);
    }

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
        let verdict = self.gateway.verdict_due().unwrap_or(slot);
        [capture, slot, exhausted, trip, verdict].into_iter().filter(|time| *time > self.now).min().unwrap_or(slot)
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
        self.payment.credit_mut().consume(used, &self.model.credit);
    }

    fn capture_if_due(&mut self) {
        let period = i64::from(self.model.load_profile.period_s.max(1)) * 1000;
        let clock_ms = self.clock().unix_timestamp_nanos() / 1_000_000;
        if !self.powered || clock_ms.rem_euclid(period.into()) != 0 {
            return;
        }
        self.close_demand_period();
        let import_wh = u32::try_from(self.import.watt_hours()).unwrap_or(u32::MAX);
        let voltage_dv = self.readings().phases.first().map_or(0, |phase| phase.voltage_dv);
        let row = Row { at: self.clock(), import_wh, voltage_dv };
        self.load_profile.capture(&self.model.load_profile, row);
    }

    fn close_demand_period(&mut self) {
        let seconds = (self.now - self.demand.period_began).whole_seconds().max(1);
        let used_wh = (self.import - self.demand.import_then).watt_hours();
        self.demand.last_w = u32::try_from(used_wh * 3600 / seconds).unwrap_or(0);
        if self.demand.last_w > self.demand.maximum_w {
            self.demand.maximum_w = self.demand.last_w;
            self.demand.maximum_at = self.clock();
        }
        self.demand.period_began = self.now;
        self.demand.import_then = self.import;
    }

    /// Does what is due at this instant and reports changes in the event log.
    fn settle(&mut self) {
        if !self.powered {
            return;
        }
        self.process_if_due();
        if self.payment.forget_stale_sections(&self.model.payment, self.now) {
            self.record(EventKind::KeyChangeTimedOut);
        }
        self.relay.settle(self.now);
        self.watch_limits();
        self.report_credit();
        self.report_switch();
        self.report_voltage();
    }

    fn watch_limits(&mut self) {
        let readings = self.readings();
        let over = |limit: Option<u32>, value: u32| limit.is_some_and(|limit| value > limit);
        let limits = self.payment.limits();
        let reason = if over(limits.power_w, readings.total_power_w()) {
            Some((OpenReason::PowerLimit, EventKind::PowerLimit))
        } else if self.model.supply.phases > 1 && over(limits.phase_unbalance_w, readings.unbalance_w()) {
            Some((OpenReason::PhaseUnbalance, EventKind::PhaseUnbalance))
        } else {
            None
        };
        match reason {
            Some((reason, event)) => {
                self.relay.trip(reason, &self.model.relay, self.now);
                self.record(event);
            }
            None if self.is_connected() => self.relay.quiet(),
            None => {}
        }
    }

    fn report_credit(&mut self) {
        let state = self.payment.credit_state(&self.model);
        if state == self.seen.credit {
            return;
        }
        self.seen.credit = state;
        match state {
            CreditState::LowCredit => self.record(EventKind::LowCredit),
            CreditState::OutOfCredit => self.record(EventKind::CreditExhausted),
            CreditState::EmergencyInUse => self.record(EventKind::EmergencyCredit),
            CreditState::InCredit => {}
        }
    }

    fn report_switch(&mut self) {
        let connected = self.is_connected();
        if connected != self.seen.connected {
            self.seen.connected = connected;
            self.record(if connected { EventKind::RelayClosed } else { EventKind::RelayOpened });
        }
    }

    fn report_voltage(&mut self) {
        use crate::sim::supply::Disturbance;
        let slot = Slot::of(self.now);
        let disturbed = |wanted: fn(&Disturbance) -> bool| {
            (0..self.model.supply.phases)
                .filter_map(|phase| self.model.supply.disturbance(self.seed, slot, phase))
                .any(|disturbance| wanted(&disturbance))
        };
        let sag = disturbed(|disturbance| matches!(disturbance, Disturbance::Sag(_)));
        let swell = disturbed(|disturbance| matches!(disturbance, Disturbance::Swell(_)));
        let before = (self.seen.sag, self.seen.swell);
        (self.seen.sag, self.seen.swell) = (sag, swell);
        if sag && !before.0 {
            self.record(EventKind::Sag);
        }
        if swell && !before.1 {
            self.record(EventKind::Swell);
        }
        if (before.0 || before.1) && !sag && !swell {
            self.record(EventKind::VoltageNormal);
        }
    }

    fn record(&mut self, kind: EventKind) {
        self.events.record(self.clock(), kind);
    }

    fn changed(&mut self) {
        self.changes = self.changes.wrapping_add(1);
    }

    /// The supply goes off: what is not in permanent memory is lost.
    pub fn power_off(&mut self) {
        if self.powered {
            self.record(EventKind::PowerDown);
            self.powered = false;
            self.gateway.power_cut();
            self.payment.power_cut(&self.model);
            self.changed();
        }
    }

    /// The supply comes back.
    pub fn power_on(&mut self) {
        if !self.powered {
            self.powered = true;
            self.record(EventKind::PowerUp);
            self.settle();
            self.changed();
        }
    }

    /// Opens the load switch over the line.
    pub fn disconnect(&mut self) {
        self.relay.disconnect();
        self.settle();
        self.changed();
    }

    /// Lets the load switch close again, if nothing else keeps it open.
    pub fn reconnect(&mut self) {
        self.relay.reconnect();
        self.settle();
        self.changed();
    }

    /// A tamper condition occurs.
    pub fn tamper_with(&mut self, tamper: Tamper) {
        if self.tamper.latch(tamper) {
            self.record(tamper.event());
            self.settle();
            self.changed();
        }
    }

    /// Sets the meter's clock.
    pub fn set_clock(&mut self, time: OffsetDateTime) {
        let offset = (whole_milliseconds(time) - self.now).whole_milliseconds();
        self.clock_offset_ms = i64::try_from(offset).unwrap_or(0);
        self.record(EventKind::ClockSet);
        self.changed();
    }

    /// Chooses emergency credit; tells whether model and balance allow it.
    pub fn choose_emergency_credit(&mut self) -> bool {
        let chosen = self.payment.credit_mut().choose_emergency(&self.model.credit);
        if chosen {
            self.settle();
            self.changed();
        }
        chosen
    }

    /// Moves the low-credit alarm.
    pub fn set_low_credit_threshold(&mut self, threshold: Energy) {
        self.payment.credit_mut().set_low_threshold(threshold);
        self.record(EventKind::ParametersChanged);
        self.settle();
        self.changed();
    }

    /// Sets the power limit in watts.
    pub fn set_power_limit(&mut self, watts: Option<u32>) {
        self.payment.set_power_limit(watts);
        self.record(EventKind::ParametersChanged);
        self.settle();
        self.changed();
    }

    /// Empties the load profile.
    pub fn clear_load_profile(&mut self) {
        self.load_profile.clear();
        self.record(EventKind::ParametersChanged);
        self.changed();
    }

    /// Empties the event log.
    pub fn clear_events(&mut self) {
        self.events.clear();
        self.record(EventKind::ParametersChanged);
        self.changed();
    }

    /// Frame counters of ciphered associations, to be raised by the line; a raise counts as a change.
    pub fn invocation_counters_mut(&mut self) -> &mut InvocationCounters {
        self.changed();
        &mut self.invocation_counters
    }

    /// A client used a frame counter; the first of an association is worth keeping at once.
    pub fn count_client_frame(&mut self, counter: u32, keep_at_once: bool) {
        self.invocation_counters.client = counter;
        if keep_at_once {
            self.changed();
        }
    }

    /// Carries out what a token ordered beyond the registers of payment.
    fn carry_out(&mut self, effect: Effect) {
        match effect {
            Effect::Nothing | Effect::SectionTaken => {}
            Effect::KeyChanged => self.record(EventKind::KeyChanged),
            Effect::TamperCleared => {
                self.tamper.clear();
                self.record(EventKind::TamperCleared);
            }
            Effect::SwitchTest => self.relay.test(&self.model.relay, self.now),
        }
    }

    /// Frame counters of ciphered associations.
    pub fn invocation_counters(&self) -> &InvocationCounters {
        &self.invocation_counters
    }

    /// A number that rises with every change worth writing to permanent memory.
    pub fn changes(&self) -> u64 {
        self.changes
    }

    /// Tokens judged since this was last asked, oldest first.
    pub fn take_journal(&mut self) -> Vec<Entry> {
        std::mem::take(&mut self.journal)
    }

    /// The model.
    pub fn model(&self) -> &Model {
        &self.model
    }

    /// The seed everything drawn comes from.
    pub fn seed(&self) -> u64 {
        self.seed
    }

    /// Serial number, meter number and the rest of the label.
    pub fn identity(&self) -> &Identity {
        &self.identity
    }

    /// True time, whatever the meter's clock shows.
    pub fn now(&self) -> OffsetDateTime {
        self.now
    }

    /// What the meter's clock shows.
    pub fn clock(&self) -> OffsetDateTime {
        self.now + Duration::milliseconds(self.clock_offset_ms)
    }

    /// Whether the meter has supply.
    pub fn is_powered(&self) -> bool {
        self.powered
    }

    /// Key register, token store, credit and limits.
    pub fn payment(&self) -> &Payment {
        &self.payment
    }

    /// In what state the account is.
    pub fn credit_state(&self) -> CreditState {
        self.payment.credit_state(&self.model)
    }

    /// Whether the load is connected.
    pub fn is_connected(&self) -> bool {
        self.open_reason().is_none()
    }

    /// Why the load is not connected.
    pub fn open_reason(&self) -> Option<OpenReason> {
        if let Some(reason) = self.relay.own_reason() {
            Some(reason)
        } else if self.model.relay.opens_on_tamper && self.tamper.any() {
            Some(OpenReason::Tamper)
        } else if self.payment.credit_state(&self.model) == CreditState::OutOfCredit {
            Some(OpenReason::NoCredit)
        } else {
            None
        }
    }

    /// Whether the switch was opened over the line.
    pub fn is_remotely_open(&self) -> bool {
        self.relay.remote_open()
    }

    /// Latched tamper conditions.
    pub fn tamper(&self) -> TamperLatch {
        self.tamper
    }

    /// What is measured now.
    pub fn readings(&self) -> Readings {
        let connected = self.powered && self.is_connected();
        self.model.supply.readings(self.seed, Slot::of(self.now), connected)
    }

    /// Energy imported since the beginning.
    pub fn import(&self) -> Energy {
        self.import
    }

    /// Mean powers over capture periods.
    pub fn demand(&self) -> &Demand {
        &self.demand
    }

    /// Mean power of the running period so far, in watts.
    pub fn running_demand_w(&self) -> u32 {
        let seconds = (self.now - self.demand.period_began).whole_seconds();
        let used_wh = (self.import - self.demand.import_then).watt_hours();
        if seconds < 1 { 0 } else { u32::try_from(used_wh * 3600 / seconds).unwrap_or(0) }
    }

    /// The event log.
    pub fn events(&self) -> &EventLog {
        &self.events
    }

    /// The load profile.
    pub fn load_profile(&self) -> &LoadProfile {
        &self.load_profile
    }
}

fn whole_milliseconds(time: OffsetDateTime) -> OffsetDateTime {
    time.replace_millisecond(time.millisecond()).unwrap_or(time)
}
