//! From a readout's data sets to a status. Units are the meter's own: none is guessed.

use time::{Date, Month, OffsetDateTime, PrimitiveDateTime, Time};

use crate::meter::profile::{ObjectPlace, Profile, Role};
use crate::meter::status::{ClockState, CreditState, Energy, Identity, Phase, Status, Supply};
use crate::meter::time::MeterTime;
use crate::protocol::iec62056_21::{DataBlock, DataValue, Identification};

const PHASES: [(&str, Role, Role, Role, Role); 3] = [
    ("L1", Role::VoltageL1, Role::CurrentL1, Role::PowerL1, Role::PowerFactorL1),
    ("L2", Role::VoltageL2, Role::CurrentL2, Role::PowerL2, Role::PowerFactorL2),
    ("L3", Role::VoltageL3, Role::CurrentL3, Role::PowerL3, Role::PowerFactorL3),
];

/// A readout seen through a profile.
pub struct View<'a> {
    /// Where things are.
    pub profile: &'a Profile,
    /// What the meter calls itself.
    pub identification: &'a Identification,
    /// What it told.
    pub block: &'a DataBlock,
}

impl View<'_> {
    /// Everything a status tells. `now` is our own time when the readout came.
    pub fn status(&self, now: OffsetDateTime) -> Status {
        let clock = self.clock().map(|time| ClockState {
            meter: Some(time.to_string()),
            drift_s: Some(time.drift_s(now)),
            flags: Vec::new(),
        });
        Status {
            protocol: self.profile.protocol.word().to_owned(),
            meter: self.identity(),
            clock,
            credit: some(self.credit()),
            energy: some(Energy {
                import_kwh: self.quantity(Role::EnergyImport, "kWh"),
                export_kwh: self.quantity(Role::EnergyExport, "kWh"),
                ..Energy::default()
            }),
            supply: some(self.supply()),
            ..Status::default()
        }
    }

    /// Which meter it is.
    pub fn identity(&self) -> Identity {
        let letters = self.identification.manufacturer.to_uppercase();
        Identity {
            serial: self.text(Role::Serial),
            manufacturer: Some(self.profile.maker.clone().unwrap_or(letters)),
            model: self
                .text(Role::Model)
                .or_else(|| Some(self.identification.ident.clone()).filter(|ident| !ident.is_empty())),
            firmware: self.text(Role::Firmware),
            device_name: None,
        }
    }

    /// The clock: date YYMMDD and time hhmmss, each in its own data set, with or without separators.
    pub fn clock(&self) -> Option<MeterTime> {
        let [year, month, day] = pairs(&self.text(Role::Date)?)?;
        let [hour, minute, second] = pairs(&self.text(Role::Time)?)?;
        let date = Date::from_calendar_date(2000 + i32::from(year), Month::try_from(month).ok()?, day).ok()?;
        let time = Time::from_hms(hour, minute, second).ok()?;
        Some(MeterTime { local: PrimitiveDateTime::new(date, time), offset: None })
    }

    /// Where the readout holds date and time, each as its address and its text.
    pub fn clock_places(&self) -> Option<[(String, String); 2]> {
        let place = |role: Role| {
            let places = &self.profile.objects.get(&role)?.at;
            places.iter().find_map(|place| match place {
                ObjectPlace::DataSet(address) => {
                    let set = self.block.find(address)?;
                    Some((set.address.clone(), set.first()?.text.trim().to_owned()))
                }
                ObjectPlace::Cosem(_) => None,
            })
        };
        Some([place(Role::Date)?, place(Role::Time)?])
    }

    fn credit(&self) -> CreditState {
        let value = self.value(Role::Credit);
        let unit_of_profile = || self.profile.objects.get(&Role::Credit).and_then(|role| role.unit.clone());
        let available = value.and_then(|value| number(&value.text));
        let state = available.map(|amount| if amount > 0.0 { "in-credit" } else { "out-of-credit" }.to_owned());
        CreditState {
            unit: available.and_then(|_| value.and_then(|value| value.unit.clone()).or_else(unit_of_profile)),
            available,
            low_threshold: None,
            state,
        }
    }

    fn supply(&self) -> Supply {
        let mut phases: Vec<Phase> = PHASES
            .iter()
            .map(|(name, voltage, current, power, factor)| Phase {
                phase: (*name).to_owned(),
                voltage_v: self.quantity(*voltage, "V"),
                current_a: self.quantity(*current, "A"),
                active_power_w: self.quantity(*power, "W"),
                power_factor: self.quantity(*factor, ""),
            })
            .filter(|phase| *phase != Phase { phase: phase.phase.clone(), ..Phase::default() })
            .collect();
        let mut total = self.quantity(Role::Power, "W");
        if let [only] = phases.as_mut_slice() {
            only.active_power_w = only.active_power_w.or(total);
            only.power_factor = only.power_factor.or_else(|| self.quantity(Role::PowerFactor, ""));
            total = None;
        }
        Supply { phases, active_power_w: total, frequency_hz: self.quantity(Role::Frequency, "Hz") }
    }

    fn value(&self, role: Role) -> Option<&DataValue> {
        let places = &self.profile.objects.get(&role)?.at;
        places.iter().find_map(|place| match place {
            ObjectPlace::DataSet(address) => self.block.find(address)?.first(),
            ObjectPlace::Cosem(_) => None,
        })
    }

    fn text(&self, role: Role) -> Option<String> {
        self.value(role).map(|value| value.text.trim().to_owned()).filter(|text| !text.is_empty())
    }

    /// A number in the unit asked for; kilo and mega are converted, other units give nothing.
    fn quantity(&self, role: Role, unit: &str) -> Option<f64> {
        let value = self.value(role)?;
        let raw = number(&value.text)?;
        let given = value.unit.as_deref().unwrap_or_default();
        let factor = match (given, unit) {
            (given, unit) if given == unit => 1.0,
            ("kW", "W") => 1000.0,
            ("MW", "W") => 1_000_000.0,
            ("MWh", "kWh") => 1000.0,
            ("Wh", "kWh") => return Some(raw / 1000.0),
            _ => return None,
        };
        Some(raw * factor)
    }
}

/// A date or time of day in the form the meter gave its own: the six digits are changed, what stands between them stays.
/// `None` when there are not six.
pub fn in_form(form: &str, parts: [u8; 3]) -> Option<String> {
    pairs(form)?;
    let mut digits = parts.into_iter().flat_map(|part| [part / 10 % 10, part % 10]);
    let digit =
        |c: char| if c.is_ascii_digit() { digits.next().map(|digit| char::from(b'0' + digit)) } else { Some(c) };
    form.chars().map(digit).collect()
}

fn some<T: Default + PartialEq>(part: T) -> Option<T> {
    (part != T::default()).then_some(part)
}

fn number(text: &str) -> Option<f64> {
    text.trim().parse().ok().filter(|number: &f64| number.is_finite())
}

/// Three numbers of two digits, whatever stands between them.
fn pairs(text: &str) -> Option<[u8; 3]> {
    let digits: Vec<u8> =
        text.chars().filter_map(|c| c.to_digit(10).and_then(|digit| u8::try_from(digit).ok())).collect();
    let pairs: Vec<u8> =
        digits.chunks_exact(2).map(|pair| pair.iter().fold(0, |sum, digit| sum * 10 + digit)).collect();
    if digits.len() == 6 { pairs.try_into().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::meter::profile::Library;
    use time::macros::datetime;

    #[test]
    fn a_readout_becomes_a_status_and_units_are_not_guessed() {
        let profile = Library::default().find("generic-iec62056-21").unwrap();
        let identification = Identification::parse(b"GRX5PEER21V1").unwrap();
        let text = b"C.1.0(88000017)\r\n0.9.1(101530)\r\n0.9.2(261121)\r\n1.8.0(012345.67*kWh)\r\n32.7.0(230.1*V)\r\n\
            1.7.0(01.031*kW)\r\n13.7.0(0.98)\r\n14.7.0(49.98)\r\n";
        let block = DataBlock::parse(text);
        let status = View { profile: &profile, identification: &identification, block: &block }
            .status(datetime!(2026-11-21 10:15:35 UTC));
        assert_eq!(status.meter.serial.as_deref(), Some("88000017"));
        assert_eq!(status.meter.manufacturer.as_deref(), Some("GRX"));
        assert_eq!(status.energy.unwrap().import_kwh, Some(12345.67));
        let supply = status.supply.unwrap();
        assert_eq!(supply.phases[0].active_power_w, Some(1031.0));
        assert_eq!(supply.phases[0].power_factor, Some(0.98));
        assert_eq!(supply.frequency_hz, None, "49.98 without a unit is not called hertz");
        assert_eq!(status.clock.unwrap().drift_s, Some(-5));
        let view = View { profile: &profile, identification: &identification, block: &block };
        let [date, time] = view.clock_places().unwrap();
        assert_eq!((date.0.as_str(), time.1.as_str()), ("0.9.2", "101530"));
    }

    #[test]
    fn times_are_written_in_the_meters_own_form() {
        assert_eq!(in_form("101530", [9, 5, 59]).as_deref(), Some("090559"));
        assert_eq!(in_form("26-11-21", [27, 1, 2]).as_deref(), Some("27-01-02"));
        assert_eq!(in_form("10:15", [1, 2, 3]), None);
    }
}
