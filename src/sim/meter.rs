//! A whole meter: payment, load switch, supply, tamper, logs and clock, moved on by time and by what is entered.
//!
//! Nothing here looks at a real clock. [`Meter::advance`] takes the time, and what happened meanwhile follows from the
//! model and the seed, however many steps it takes. The whole state is one serialisable value.

use serde::{Deserialize, Serialize};
use time::{Duration, OffsetDateTime};

use crate::sim::billing::Billing;
use crate::sim::energy::Energy;
use crate::sim::events::{EventKind, EventLog};
use crate::sim::face::dlt645::Memory as Dlt645Memory;
use crate::sim::face::modbus::Settings as ModbusSettings;
use crate::sim::identity::Identity;
use crate::sim::image::Image;
use crate::sim::load_profile::LoadProfile;
use crate::sim::model::Model;
use crate::sim::payment::{CreditState, Payment};
use crate::sim::relay::{OpenReason, Relay};
use crate::sim::security::ChangedSecrets;
use crate::sim::supply::{Readings, Slot};
use crate::sim::tamper::TamperLatch;
use crate::sts::FieldError;

mod demand;
mod gateway;
mod orders;
mod passing;
mod watch;

pub use demand::Demand;
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
    /// When the supply last came back.
    #[serde(default, with = "time::serde::rfc3339::option")]
    powered_at: Option<OffsetDateTime>,
    payment: Payment,
    gateway: Gateway,
    relay: Relay,
    tamper: TamperLatch,
    import: Energy,
    demand: Demand,
    #[serde(default)]
    billing: Billing,
    events: EventLog,
    load_profile: LoadProfile,
    seen: Seen,
    invocation_counters: InvocationCounters,
    #[serde(default)]
    secrets: ChangedSecrets,
    #[serde(default)]
    image: Image,
    /// Name of the firmware that was switched to.
    #[serde(default)]
    firmware: Option<String>,
    #[serde(default)]
    dlt645: Dlt645Memory,
    #[serde(default)]
    modbus: ModbusSettings,
    /// Rises with every change that a real meter would write to its permanent memory at once.
    #[serde(skip)]
    changes: u64,
    #[serde(skip)]
    journal: Vec<Entry>,
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
            powered_at: None,
            gateway: Gateway::new(model.manufactured),
            relay: Relay::default(),
            tamper: TamperLatch::default(),
            import: Energy::ZERO,
            demand: Demand::beginning(began),
            billing: Billing::default(),
            events: EventLog::new(model.event_log_entries),
            load_profile: LoadProfile::default(),
            seen: Seen { connected: true, credit: CreditState::InCredit, sag: false, swell: false },
            invocation_counters: InvocationCounters { client: 0, meter: 1 },
            secrets: ChangedSecrets::default(),
            image: Image::default(),
            firmware: None,
            dlt645: Dlt645Memory::default(),
            modbus: ModbusSettings::default(),
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

    /// Frame counters of ciphered associations.
    pub fn invocation_counters(&self) -> &InvocationCounters {
        &self.invocation_counters
    }

    /// Keys and passwords that were changed since the meter was made.
    pub fn secrets(&self) -> &ChangedSecrets {
        &self.secrets
    }

    /// What it holds of a new firmware.
    pub fn image(&self) -> &Image {
        &self.image
    }

    /// Version of the firmware it runs.
    pub fn firmware(&self) -> &str {
        self.firmware.as_deref().unwrap_or(&self.model.firmware)
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
        if self.relay.is_kept_supplied() {
            None
        } else if let Some(reason) = self.relay.own_reason() {
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

    /// Whether the load switch may close as soon as somebody presses the meter's button.
    pub fn waits_for_button(&self) -> bool {
        self.relay.closes_at().is_some()
    }

    /// Whether the load is supplied whatever the credit.
    pub fn is_kept_supplied(&self) -> bool {
        self.relay.is_kept_supplied()
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
        self.demand.running_w(self.now, self.import)
    }

    /// Energies by tariff and month, and what was bought.
    pub fn billing(&self) -> &Billing {
        &self.billing
    }

    /// What the DL/T 645 face keeps.
    pub fn dlt645(&self) -> &Dlt645Memory {
        &self.dlt645
    }

    /// Settings of the Modbus face.
    pub fn modbus(&self) -> &ModbusSettings {
        &self.modbus
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
