//! The load switch: why it is open, and when a trip ends by itself.

use serde::{Deserialize, Serialize};
use time::{Duration, OffsetDateTime};

/// How a model trips and closes again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RelayRule {
    /// Seconds after a trip on a limit before the switch closes again.
    pub reclose_after_s: u32,
    /// Trips in a row after which it stays open longer; 0 means never.
    pub trips_before_lock: u32,
    /// Seconds it then stays open.
    pub lock_s: u32,
    /// Seconds the load-switch test opens it for.
    pub test_s: u32,
    /// Whether a latched tamper condition opens it.
    pub opens_on_tamper: bool,
    /// Seconds after a permission to close until somebody presses the meter's button; 0 means that nobody does.
    #[serde(default)]
    pub button_after_s: u32,
}

/// Why the load is without supply.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OpenReason {
    /// No credit is left.
    NoCredit,
    /// The load was above the power limit.
    PowerLimit,
    /// The phases differed by more than the limit.
    PhaseUnbalance,
    /// A tamper condition is latched.
    Tamper,
    /// It was opened over the line.
    Remote,
    /// A test token opens it for a moment.
    Test,
}

impl OpenReason {
    /// The number in the reason register; 0 is closed.
    pub const fn number(self) -> u8 {
        match self {
            OpenReason::NoCredit => 1,
            OpenReason::PowerLimit => 2,
            OpenReason::PhaseUnbalance => 3,
            OpenReason::Tamper => 4,
            OpenReason::Remote => 5,
            OpenReason::Test => 6,
        }
    }

    /// The word scripts see.
    pub const fn word(self) -> &'static str {
        match self {
            OpenReason::NoCredit => "no-credit",
            OpenReason::PowerLimit => "power-limit",
            OpenReason::PhaseUnbalance => "phase-unbalance",
            OpenReason::Tamper => "tamper",
            OpenReason::Remote => "remote",
            OpenReason::Test => "relay-test",
        }
    }
}

/// A trip that ends by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct Trip {
    reason: OpenReason,
    #[serde(with = "time::serde::rfc3339")]
    until: OffsetDateTime,
}

/// The state of the switch beyond credit and tamper, which have registers of their own.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Relay {
    remote_open: bool,
    trip: Option<Trip>,
    trips_in_a_row: u32,
    #[serde(default)]
    kept_supplied: bool,
    /// Closing is permitted, and this is when the button is pressed.
    #[serde(default, with = "time::serde::rfc3339::option")]
    closes_at: Option<OffsetDateTime>,
}

impl Relay {
    /// Opens it over the line.
    pub fn disconnect(&mut self) {
        self.remote_open = true;
        self.closes_at = None;
    }

    /// Allows it to close once somebody presses the meter's button.
    pub fn permit(&mut self, rule: &RelayRule, now: OffsetDateTime) {
        // Nobody comes within the meter's life: the permission stands.
        const NEVER: Duration = Duration::days(36_500);
        if self.remote_open {
            let wait = if rule.button_after_s == 0 { NEVER } else { Duration::seconds(rule.button_after_s.into()) };
            self.closes_at = Some(now.saturating_add(wait));
        }
    }

    /// When the button is pressed that closes it.
    pub fn closes_at(&self) -> Option<OffsetDateTime> {
        self.closes_at
    }

    /// Keeps it closed whatever else would open it, or ends that.
    pub fn keep_supplied(&mut self, keep: bool) {
        self.kept_supplied = keep;
    }

    /// Whether it is kept closed whatever else would open it.
    pub fn is_kept_supplied(&self) -> bool {
        self.kept_supplied
    }

    /// Allows it to close over the line; a running trip ends too.
    pub fn reconnect(&mut self) {
        self.remote_open = false;
        self.closes_at = None;
        self.trip = None;
        self.trips_in_a_row = 0;
    }

    /// Whether it was opened over the line.
    pub fn remote_open(&self) -> bool {
        self.remote_open
    }

    /// Opens on a limit.
    pub fn trip(&mut self, reason: OpenReason, rule: &RelayRule, now: OffsetDateTime) {
        self.trips_in_a_row = self.trips_in_a_row.saturating_add(1);
        let locked = rule.trips_before_lock > 0 && self.trips_in_a_row >= rule.trips_before_lock;
        if locked {
            self.trips_in_a_row = 0;
        }
        let pause = if locked { rule.lock_s } else { rule.reclose_after_s };
        self.trip = Some(Trip { reason, until: now + Duration::seconds(pause.max(1).into()) });
    }

    /// Opens for the time of the load-switch test.
    pub fn test(&mut self, rule: &RelayRule, now: OffsetDateTime) {
        self.trip = Some(Trip { reason: OpenReason::Test, until: now + Duration::seconds(rule.test_s.into()) });
    }

    /// Ends a trip whose time has come, and presses the button when its time has come.
    pub fn settle(&mut self, now: OffsetDateTime) {
        if self.closes_at.is_some_and(|at| at <= now) {
            self.reconnect();
        }
        if self.trip.is_some_and(|trip| trip.until <= now) {
            self.trip = None;
        }
    }

    /// When the running trip ends.
    pub fn trip_ends(&self) -> Option<OffsetDateTime> {
        self.trip.map(|trip| trip.until)
    }

    /// A spell without a trip forgets earlier ones.
    pub fn quiet(&mut self) {
        if self.trip.is_none() {
            self.trips_in_a_row = 0;
        }
    }

    /// Why it is open apart from credit and tamper.
    pub fn own_reason(&self) -> Option<OpenReason> {
        if self.remote_open { Some(OpenReason::Remote) } else { self.trip.map(|trip| trip.reason) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RULE: RelayRule = RelayRule {
        reclose_after_s: 30,
        trips_before_lock: 2,
        lock_s: 1800,
        test_s: 5,
        opens_on_tamper: true,
        button_after_s: 5,
    };

    fn at(seconds: i64) -> OffsetDateTime {
        OffsetDateTime::UNIX_EPOCH + Duration::seconds(seconds)
    }

    #[test]
    fn a_trip_ends_by_itself_and_the_second_locks() {
        let mut relay = Relay::default();
        relay.trip(OpenReason::PowerLimit, &RULE, at(0));
        relay.settle(at(29));
        assert_eq!(relay.own_reason(), Some(OpenReason::PowerLimit));
        relay.settle(at(30));
        assert_eq!(relay.own_reason(), None);
        relay.trip(OpenReason::PowerLimit, &RULE, at(30));
        assert_eq!(relay.trip_ends(), Some(at(1830)));
    }

    #[test]
    fn a_command_over_the_line_outlasts_a_trip() {
        let mut relay = Relay::default();
        relay.disconnect();
        relay.trip(OpenReason::PowerLimit, &RULE, at(0));
        relay.settle(at(100));
        assert_eq!(relay.own_reason(), Some(OpenReason::Remote));
        relay.reconnect();
        assert_eq!(relay.own_reason(), None);
    }
}
