//! Holding registers: settings as floats, and the serial number.

use serde::{Deserialize, Serialize};

use super::image::Image;
use crate::protocol::modbus::ExceptionCode;

/// Registers from 0 to the last setting.
const SETTINGS: u16 = 0x1E;
/// The serial number, a whole number in two registers.
const SERIAL: u16 = 0xFC00;

const DEMAND_PERIOD: u16 = 0x02;
const WIRING: u16 = 0x0A;
const PULSE_WIDTH: u16 = 0x0C;
const PARITY: u16 = 0x12;
const UNIT: u16 = 0x14;
const SPEED: u16 = 0x1C;

/// What can be set. A change of parity or speed changes nothing on a line that has neither.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settings {
    /// Minutes of the demand period: 0, 5, 8, 10, 15, 20, 30 or 60.
    demand_period: u8,
    /// 1 single phase, 2 three wires, 3 four wires.
    wiring: u8,
    /// Milliseconds of the pulse output: 60, 100 or 200.
    pulse_width: u8,
    /// 0 none with one stop bit, 1 even, 2 odd, 3 none with two stop bits.
    parity: u8,
    /// Unit number, when one was written.
    pub unit: Option<u8>,
    /// 0 to 4: 2400 to 38400 bit/s by doubling; 5: 1200.
    speed: u8,
}

impl Default for Settings {
    fn default() -> Self {
        Settings { demand_period: 60, wiring: 3, pulse_width: 100, parity: 0, unit: None, speed: 2 }
    }
}

impl Settings {
    /// The holding registers of a meter with this unit and serial number.
    pub(super) fn image(&self, unit: u8, serial: u32) -> Image {
        let mut image = Image::default().block(0, SETTINGS).block(SERIAL, 2);
        for (register, value) in [
            (DEMAND_PERIOD, self.demand_period),
            (WIRING, self.wiring),
            (PULSE_WIDTH, self.pulse_width),
            (PARITY, self.parity),
            (UNIT, unit),
            (SPEED, self.speed),
        ] {
            image.put(register, f32::from(value).to_bits());
        }
        image.put(SERIAL, serial);
        image
    }

    /// The settings after `values` were written from register `first` on.
    ///
    /// # Errors
    /// Exception 2 where nothing can be written, 3 for a value that cannot be.
    pub(super) fn written(&self, unit: u8, first: u16, values: &[u16]) -> Result<Settings, ExceptionCode> {
        let mut image = self.image(unit, 0);
        let end = usize::from(first).saturating_add(values.len());
        let (_, registers) = image.blocks.first_mut().ok_or(ExceptionCode::DeviceFailure)?;
        registers.get_mut(first.into()..end).ok_or(ExceptionCode::IllegalDataAddress)?.copy_from_slice(values);
        let known = [DEMAND_PERIOD, WIRING, PULSE_WIDTH, PARITY, UNIT, SPEED];
        if !(first..).zip(values).all(|(register, _)| known.contains(&(register & !1))) {
            return Err(ExceptionCode::IllegalDataAddress);
        }
        let one_of = |register: u16, allowed: &[u8]| {
            let words = image.get(register, 2).unwrap_or_default();
            let bits = words.iter().fold(0u32, |bits, word| bits << 16 | u32::from(*word));
            let value = f32::from_bits(bits);
            allowed.iter().copied().find(|known| f32::from(*known) == value).ok_or(ExceptionCode::IllegalValue)
        };
        let units: Vec<u8> = (1..=247).collect();
        let written = one_of(UNIT, &units)?;
        Ok(Settings {
            demand_period: one_of(DEMAND_PERIOD, &[0, 5, 8, 10, 15, 20, 30, 60])?,
            wiring: one_of(WIRING, &[1, 2, 3])?,
            pulse_width: one_of(PULSE_WIDTH, &[60, 100, 200])?,
            parity: one_of(PARITY, &[0, 1, 2, 3])?,
            unit: if written == unit { self.unit } else { Some(written) },
            speed: one_of(SPEED, &[0, 1, 2, 3, 4, 5])?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(value: f32) -> [u16; 2] {
        let [a, b, c, d] = value.to_bits().to_be_bytes();
        [u16::from_be_bytes([a, b]), u16::from_be_bytes([c, d])]
    }

    #[test]
    fn settings_are_written_whole_and_in_range() {
        let settings = Settings::default();
        let written = settings.written(1, UNIT, &words(9.0)).unwrap();
        assert_eq!(written.unit, Some(9));
        assert_eq!(written.image(9, 77).get(UNIT, 2), Some(words(9.0).to_vec()));
        assert_eq!(written.image(9, 77).get(SERIAL, 2), Some(vec![0, 77]));
        assert_eq!(settings.written(1, PARITY, &words(1.0)[..1]).unwrap().parity, 1, "one register of the two");
        assert_eq!(settings.written(1, UNIT, &words(0.0)), Err(ExceptionCode::IllegalValue));
        assert_eq!(settings.written(1, SPEED, &words(f32::NAN)), Err(ExceptionCode::IllegalValue));
        assert_eq!(settings.written(1, 0x04, &words(1.0)), Err(ExceptionCode::IllegalDataAddress));
        assert_eq!(settings.written(1, SERIAL, &[0, 1]), Err(ExceptionCode::IllegalDataAddress));
    }
}
