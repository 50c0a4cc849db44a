//! A meter that is asked who it is before everything that changes it.

use std::time::Duration;

use time::UtcOffset;

use crate::meter::driver::{ClockReading, RelayAction, Traffic};
use crate::meter::firmware::FirmwareMeter;
use crate::meter::log::{Extract, Log, PushTemplate};
use crate::meter::order::{Carried, Order};
use crate::meter::profile::Profile;
use crate::meter::security::KeyedMeter;
use crate::meter::status::same_number;
use crate::meter::status::{Limits, RelayState, StsState};
use crate::meter::{
    Answer, Delivery, Identity, Item, LineTrouble, Meter, MeterError, MeterRef, MeterTime, Reading, Status, TokenReport,
};
use crate::sts::Token;

/// Passes everything on to the meter, and a change only after the meter has told the number it told at first.
/// Somebody may have moved the head to the neighbour's meter between two steps.
#[derive(Debug)]
pub struct Guarded<'m> {
    meter: &'m mut dyn Meter,
    known: Option<MeterRef>,
}

impl<'m> Guarded<'m> {
    /// A meter whose number is not known yet: nothing may be written before [`Guarded::expect`].
    pub fn new(meter: &'m mut dyn Meter) -> Self {
        Guarded { meter, known: None }
    }

    /// From now on it must be this one.
    pub fn expect(&mut self, known: MeterRef) {
        self.known = Some(known);
    }

    /// Whether it is still the meter it was.
    ///
    /// # Errors
    /// [`MeterError::Swapped`]; those of the meter.
    pub fn check_identity(&mut self) -> Result<(), MeterError> {
        self.check()
    }

    fn check(&mut self) -> Result<(), MeterError> {
        let other = |expected: &str, found: &str| MeterError::Swapped {
            expected: expected.to_owned(),
            found: if found.is_empty() { "a meter without a number".to_owned() } else { found.to_owned() },
        };
        match self.known.clone() {
            Some(MeterRef { serial: Some(serial), .. }) => {
                let identity = self.meter.identify_anew()?;
                let found = identity.serial.or(identity.device_name).unwrap_or_default();
                if same_number(&serial, &found) { Ok(()) } else { Err(other(&serial, &found)) }
            }
            Some(MeterRef { drn: Some(drn), .. }) => {
                let found = self.meter.sts()?.drn;
                let text = found.map(|found| found.to_string()).unwrap_or_default();
                if found == Some(drn) { Ok(()) } else { Err(other(&drn.to_string(), &text)) }
            }
            _ => Err(other("a meter whose number was read", "")),
        }
    }
}

impl Meter for Guarded<'_> {
    /// Who changes keys checks before each change himself: under new keys the meter is another association away.
    fn keyed(&mut self) -> Option<&mut dyn KeyedMeter> {
        self.meter.keyed()
    }

    fn firmware(&mut self) -> Option<&mut dyn FirmwareMeter> {
        self.meter.firmware()
    }

    fn profile(&self) -> &Profile {
        self.meter.profile()
    }

    fn link_name(&self) -> String {
        self.meter.link_name()
    }

    fn identify(&mut self) -> Result<Identity, MeterError> {
        self.meter.identify()
    }

    fn identify_anew(&mut self) -> Result<Identity, MeterError> {
        self.meter.identify_anew()
    }

    fn certificate(&mut self) -> Result<Option<String>, MeterError> {
        self.meter.certificate()
    }

    fn status(&mut self) -> Result<Status, MeterError> {
        self.meter.status()
    }

    fn read(&mut self, items: &[Item]) -> Result<Vec<Reading>, MeterError> {
        self.meter.read(items)
    }

    fn write(&mut self, item: &Item, value: &str) -> Result<Answer, MeterError> {
        self.check()?;
        self.meter.write(item, value)
    }

    fn carry_out(&mut self, orders: &[Order]) -> Carried {
        match self.check() {
            Ok(()) => self.meter.carry_out(orders),
            Err(error) => Carried::failed(error),
        }
    }

    fn events(&mut self, extract: &Extract) -> Result<Vec<Log>, MeterError> {
        self.meter.events(extract)
    }

    fn push_templates(&mut self) -> Result<Vec<PushTemplate>, MeterError> {
        self.meter.push_templates()
    }

    fn load_profile(&mut self, extract: &Extract) -> Result<Log, MeterError> {
        self.meter.load_profile(extract)
    }

    fn clock(&mut self) -> Result<ClockReading, MeterError> {
        self.meter.clock()
    }

    fn set_clock(&mut self, offset: Option<UtcOffset>) -> Result<(Answer, MeterTime), MeterError> {
        self.check()?;
        self.meter.set_clock(offset)
    }

    fn relay(&mut self) -> Result<RelayState, MeterError> {
        self.meter.relay()
    }

    fn switch_relay(&mut self, action: RelayAction) -> Result<Answer, MeterError> {
        self.check()?;
        self.meter.switch_relay(action)
    }

    fn limits(&mut self) -> Result<Limits, MeterError> {
        self.meter.limits()
    }

    fn set_power_limit(&mut self, watts: Option<f64>) -> Result<Answer, MeterError> {
        self.check()?;
        self.meter.set_power_limit(watts)
    }

    fn set_demand_limit(&mut self, watts: Option<f64>) -> Result<Answer, MeterError> {
        self.check()?;
        self.meter.set_demand_limit(watts)
    }

    fn sts(&mut self) -> Result<StsState, MeterError> {
        self.meter.sts()
    }

    fn enter_token(&mut self, token: Token) -> Result<Delivery, MeterError> {
        self.check()?;
        self.meter.enter_token(token)
    }

    fn token_report(&mut self) -> Result<TokenReport, MeterError> {
        self.meter.token_report()
    }

    fn close(&mut self) {
        self.meter.close();
    }

    fn pause(&mut self, duration: Duration) -> Result<(), MeterError> {
        self.meter.pause(duration)
    }

    fn traffic(&self) -> Traffic {
        self.meter.traffic()
    }

    fn take_line_troubles(&mut self) -> Vec<LineTrouble> {
        self.meter.take_line_troubles()
    }
}
