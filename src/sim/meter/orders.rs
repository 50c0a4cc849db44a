//! What is done to the meter: power off and on, the switch, settings, and what tokens order.

use time::OffsetDateTime;

use super::{Demand, InvocationCounters, Meter, whole_milliseconds};
use crate::sim::energy::Energy;
use crate::sim::events::EventKind;
use crate::sim::face::dlt645::Memory as Dlt645Memory;
use crate::sim::face::modbus::Settings as ModbusSettings;
use crate::sim::image::Image;
use crate::sim::payment::Effect;
use crate::sim::security::ChangedSecrets;
use crate::sim::tamper::Tamper;

impl Meter {
    pub(super) fn record(&mut self, kind: EventKind) {
        self.events.record(self.clock(), kind);
    }

    pub(super) fn changed(&mut self) {
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
            self.powered_at = Some(self.now);
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

    /// Permits the load switch to close again: a person at the meter presses its button a little later.
    pub fn permit_closing(&mut self) {
        self.relay.permit(&self.model.relay, self.now);
        self.settle();
        self.changed();
    }

    /// Keeps the load supplied whatever the credit and the orders over the line, or ends that.
    pub fn keep_supplied(&mut self, keep: bool) {
        self.relay.keep_supplied(keep);
        self.settle();
        self.changed();
    }

    /// Forgets energies, demand, settlements and load profile, as a maker's bench does; credit stays.
    pub fn clear_registers(&mut self) {
        self.import = Energy::ZERO;
        self.billing.clear_energies();
        self.demand = Demand::beginning(self.now);
        self.load_profile.clear();
        self.record(EventKind::ParametersChanged);
        self.changed();
    }

    /// Changes keys and passwords; whether it did.
    pub fn change_secrets(&mut self, change: impl FnOnce(&mut ChangedSecrets) -> bool) -> bool {
        let done = change(&mut self.secrets);
        if done {
            self.record(EventKind::ParametersChanged);
            self.changed();
        }
        done
    }

    /// Does something with the image of a new firmware; whether it did.
    pub fn change_image(&mut self, change: impl FnOnce(&mut Image) -> bool) -> bool {
        let done = change(&mut self.image);
        self.changed();
        done
    }

    /// Switches to the image that was checked, once.
    pub fn activate_image(&mut self) -> bool {
        let Some(name) = self.image.activate() else { return false };
        self.firmware = Some(name);
        self.record(EventKind::ParametersChanged);
        self.changed();
        true
    }

    /// Begins the highest demand anew.
    pub fn clear_demand(&mut self) {
        self.demand.forget_maximum(self.clock());
        self.record(EventKind::ParametersChanged);
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

    /// What the DL/T 645 face keeps, for changes that are worth keeping.
    pub fn dlt645_mut(&mut self) -> &mut Dlt645Memory {
        self.changed();
        &mut self.dlt645
    }

    /// The communication over DL/T 645 locks after wrong passwords.
    pub fn report_password_lockout(&mut self) {
        self.record(EventKind::PasswordLockout);
        self.changed();
    }

    /// Puts other settings in the registers of the Modbus face.
    pub fn set_modbus(&mut self, settings: ModbusSettings) {
        self.modbus = settings;
        self.record(EventKind::ParametersChanged);
        self.changed();
    }

    /// Carries out what a token ordered beyond the registers of payment.
    pub(super) fn carry_out(&mut self, effect: Effect) {
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
}
