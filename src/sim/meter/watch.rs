//! What the meter watches at every instant: limits, credit, switch and voltage, with a line in the event log for each
//! change.

use super::Meter;
use crate::sim::events::EventKind;
use crate::sim::payment::CreditState;
use crate::sim::relay::OpenReason;
use crate::sim::supply::{Disturbance, Slot};

impl Meter {
    /// Does what is due at this instant and reports changes in the event log.
    pub(super) fn settle(&mut self) {
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
        if self.relay.is_kept_supplied() {
            return;
        }
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
}
