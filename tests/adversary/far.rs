//! A simulated meter at the far end of a line in memory, whose own account can be looked at beside the line.

use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use time::OffsetDateTime;
use time::macros::datetime;
use wattkey::link::{FarAction, FarEnd, LineSettings};
use wattkey::protocol::hdlc::Address;
use wattkey::sim::face::ProtocolOrder;
use wattkey::sim::fault::{FaultRule, Faults};
use wattkey::sim::line::{LineAction, MeterSlot, SimLine};
use wattkey::sim::{Meter, Model};

/// When the meter's time begins.
pub const BEGIN: OffsetDateTime = datetime!(2026-11-21 08:00 UTC);

/// The line, shared between the link and the test.
#[derive(Debug, Clone)]
pub struct Account(Arc<Mutex<SimLine>>);

impl Account {
    /// A meter without load, so that nothing it tells changes by itself, that speaks one protocol.
    pub fn of(face: &str) -> Self {
        let changes = [("supply.base_load_w", "0"), ("supply.peak_load_w", "0"), ("history_days", "0")];
        let model = Model::with_changes("single-phase-keypad", changes).unwrap();
        let order: ProtocolOrder = face.parse().unwrap();
        let address: Address = "1/17".parse().unwrap();
        let meter = Meter::new(model, 0, BEGIN).unwrap();
        let place = MeterSlot { meter, address, protocols: order.of(0) };
        Account(Arc::new(Mutex::new(SimLine::of(vec![place], Faults::new(FaultRule::default(), 1)))))
    }

    fn line(&self) -> MutexGuard<'_, SimLine> {
        self.0.lock().unwrap()
    }

    /// Looks at the meter.
    pub fn look<T>(&self, look: impl FnOnce(&Meter) -> T) -> T {
        let line = self.line();
        look(line.meters().next().unwrap())
    }

    /// The far end of a line at these settings.
    pub fn far_end(&self, settings: LineSettings) -> Far {
        Far { line: self.clone(), settings }
    }
}

/// The far end itself.
#[derive(Debug)]
pub struct Far {
    line: Account,
    settings: LineSettings,
}

impl FarEnd for Far {
    fn settings(&self) -> LineSettings {
        self.settings
    }

    fn hear(&mut self, byte: u8, at: Duration) -> Vec<FarAction> {
        let time = BEGIN + time::Duration::try_from(at).unwrap();
        let action = |action| match action {
            LineAction::Pause(duration) => FarAction::Pause(duration),
            LineAction::Send(octets) => FarAction::Send(octets),
            LineAction::HangUp => FarAction::HangUp,
        };
        self.line.line().hear(&[byte], at, time).into_iter().map(action).collect()
    }
}
