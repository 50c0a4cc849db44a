//! The meter as an Eastron SDM630 on Modbus RTU: floats in registers, high word first.
//!
//! Function 4 reads what is measured, function 3 the settings and the serial number, functions 6 and 16 write settings.
//! Source of the map: github.com/merlokk/SmartHome `lib/eastron.h` and github.com/ilseh/Oppleo `SDM360v2.py`.

mod image;
mod measured;
mod rule;
mod settings;

pub use rule::ModbusRule;
pub use settings::Settings;

use crate::protocol::modbus::{ExceptionCode, Unit};
use crate::sim::meter::Meter;

/// The profile of wattkey that fits this face.
pub const PROFILE: &str = "eastron-sdm630";

/// A meter as registers.
#[derive(Debug)]
pub struct Registers<'a> {
    /// The meter.
    pub meter: &'a mut Meter,
    /// The unit number its place on the line gives it, until another is written.
    pub place: u8,
}

impl Registers<'_> {
    /// The unit number it answers to.
    pub fn unit(&self) -> u8 {
        self.meter.modbus().unit.unwrap_or(self.place)
    }

    /// Values have two registers and begin at even numbers; one answer holds so many.
    fn check(&self, first: u16, count: u16) -> Result<(), ExceptionCode> {
        if count > self.meter.model().modbus.longest_read {
            Err(ExceptionCode::IllegalValue)
        } else if first % 2 == 1 {
            Err(ExceptionCode::IllegalDataAddress)
        } else {
            Ok(())
        }
    }
}

impl Unit for Registers<'_> {
    fn holding(&mut self, first: u16, count: u16) -> Result<Vec<u16>, ExceptionCode> {
        self.check(first, count)?;
        let serial = self.meter.identity().serial.parse().unwrap_or(0);
        let image = self.meter.modbus().image(self.unit(), serial);
        image.get(first, count).ok_or(ExceptionCode::IllegalDataAddress)
    }

    fn input(&mut self, first: u16, count: u16) -> Result<Vec<u16>, ExceptionCode> {
        self.check(first, count)?;
        measured::image(self.meter).get(first, count).ok_or(ExceptionCode::IllegalDataAddress)
    }

    fn write(&mut self, first: u16, values: &[u16]) -> Result<(), ExceptionCode> {
        let settings = self.meter.modbus().written(self.unit(), first, values)?;
        if self.meter.model().modbus.settings_locked {
            return Err(ExceptionCode::DeviceFailure);
        }
        self.meter.set_modbus(settings);
        Ok(())
    }
}
