//! From a readout's data sets to a status. Units are the meter's own: none is guessed.

use time::{Date, Month, OffsetDateTime, PrimitiveDateTime, Time};

use crate::meter::measured;
use crate::meter::profile::units::status_unit;
use crate::meter::profile::{ObjectPlace, Profile, Role};
use crate::meter::status::{ClockState, CreditState, Identity, Problem, Status, known};
use crate::meter::time::MeterTime;
use crate::protocol::iec62056_21::{DataBlock, DataValue, Identification};

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
        let clock = self.placed_clock().map(|time| ClockState {
            meter: Some(time.to_string()),
            drift_s: Some(time.drift_s(now)),
            flags: Vec::new(),
        });
        let given: Vec<Role> =
            self.profile.objects.keys().copied().filter(|role| self.place(*role).is_some()).collect();
        Status {
            protocol: self.profile.protocol.word().to_owned(),
            meter: self.identity(),
            clock,
            credit: known(self.credit()),
            energy: known(measured::energy(|role| self.measured(role))),
            supply: known(measured::supply(|role| self.measured(role), measured::phases_of(given.iter()))),
            problems: self.problems(),
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

    /// The clock, from date and time in data sets of their own; `None` as well when the date may be read in two ways.
    pub fn clock(&self) -> Option<MeterTime> {
        let date = date_of(&self.text(Role::Date)?).ok()?;
        let time = time_of(&self.text(Role::Time)?)?;
        Some(MeterTime { local: PrimitiveDateTime::new(date, time), offset: None })
    }

    /// The clock with the offset of the profile, for the drift.
    fn placed_clock(&self) -> Option<MeterTime> {
        self.clock().map(|time| MeterTime { offset: self.profile.clock.utc_offset(), ..time })
    }

    /// What the readout holds and a status does not show, with the reason.
    fn problems(&self) -> Vec<Problem> {
        let quantities = self.profile.objects.keys().copied().filter(|role| measured::is_quantity(*role));
        let unusable = quantities.filter_map(|role| {
            let (address, value) = self.place(role)?;
            let error = in_unit(&self.with_unit(role, value), status_unit(role).unwrap_or_default()).err()?;
            Some(Problem { object: address.to_owned(), error })
        });
        let mut problems: Vec<Problem> = unusable.collect();
        if let (Some((address, _)), Some(text)) = (self.place(Role::Date), self.text(Role::Date))
            && let Err(error) = date_of(&text)
        {
            problems.push(Problem { object: address.to_owned(), error });
        }
        if let (Some((address, _)), Some(text)) = (self.place(Role::Time), self.text(Role::Time))
            && time_of(&text).is_none()
        {
            problems.push(Problem { object: address.to_owned(), error: format!("{text:?} is no time of day") });
        }
        problems
    }

    /// Where the readout holds date and time, each as its address and its text.
    pub fn clock_places(&self) -> Option<[(String, String); 2]> {
        let place = |role: Role| {
            let places = &self.profile.objects.get(&role)?.at;
            places.iter().find_map(|place| match place {
                ObjectPlace::DataSet(text) => {
                    let set = self.block.find(split_place(text).0)?;
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
        let available = value.as_ref().and_then(|value| number(&value.text));
        let state = available.map(|amount| if amount > 0.0 { "in-credit" } else { "out-of-credit" }.to_owned());
        CreditState {
            unit: available.and_then(|_| value.and_then(|value| value.unit.clone()).or_else(unit_of_profile)),
            available,
            low_threshold: None,
            state,
        }
    }

    /// A quantity in the unit of a status.
    fn measured(&self, role: Role) -> Option<f64> {
        self.quantity(role, status_unit(role).unwrap_or_default())
    }

    fn value(&self, role: Role) -> Option<DataValue> {
        self.place(role).map(|(_, value)| value)
    }

    /// The first data set of a role that the readout has: its address and its value.
    fn place(&self, role: Role) -> Option<(&str, DataValue)> {
        let places = &self.profile.objects.get(&role)?.at;
        places.iter().find_map(|place| match place {
            ObjectPlace::DataSet(text) => {
                let (address, number) = split_place(text);
                let set = self.block.find(address)?;
                Some((set.address.as_str(), nth(&set.values, number)?))
            }
            ObjectPlace::Cosem(_) => None,
        })
    }

    /// A value with the unit its profile gives it, where the meter gives none.
    fn with_unit(&self, role: Role, value: DataValue) -> DataValue {
        let ends_in_digit = value.text.trim().ends_with(|c: char| c.is_ascii_digit());
        let known = || self.profile.objects.get(&role).and_then(|role| role.unit.clone());
        match &value.unit {
            None if ends_in_digit => DataValue { unit: known(), ..value },
            _ => value,
        }
    }

    fn text(&self, role: Role) -> Option<String> {
        self.value(role).map(|value| value.text.trim().to_owned()).filter(|text| !text.is_empty())
    }

    /// A number in the unit asked for; kilo and mega are converted, other units give nothing.
    fn quantity(&self, role: Role, unit: &str) -> Option<f64> {
        in_unit(&self.with_unit(role, self.value(role)?), unit).ok()
    }
}

/// The address of a place and which of its values is meant: `VOLTA#2` is the second of VOLTA, an address alone the first.
pub fn split_place(text: &str) -> (&str, usize) {
    match text.rsplit_once('#') {
        Some((address, number)) => (address, number.parse().unwrap_or(1)),
        None => (text, 1),
    }
}

/// The n-th value of a data set, from 1. Where all stand in one pair of brackets, commas set them apart.
fn nth(values: &[DataValue], number: usize) -> Option<DataValue> {
    let index = number.checked_sub(1)?;
    match values {
        [only] if number > 1 || only.text.matches(',').count() > 1 => {
            let text = only.text.split(',').nth(index)?.to_owned();
            Some(DataValue { text, unit: only.unit.clone() })
        }
        _ => values.get(index).cloned(),
    }
}

/// A value in the unit asked for, or why it cannot be shown in it. Units are taken in any spelling that leaves no
/// doubt, behind a `*` or right behind the digits.
fn in_unit(value: &DataValue, unit: &str) -> Result<f64, String> {
    let text = value.text.trim();
    // Only where no unit follows may one stand right behind the digits.
    let end = match value.unit {
        Some(_) => text.len(),
        None => text.find(|c: char| c.is_ascii_alphabetic()).unwrap_or(text.len()),
    };
    let (digits, behind) = text.split_at_checked(end).unwrap_or((text, ""));
    let given = value.unit.as_deref().unwrap_or(behind).trim();
    let raw = number(digits).ok_or_else(|| format!("{text:?} is no number"))?;
    let factor = match (given, unit) {
        ("", "") => 1.0,
        ("", unit) => return Err(format!("{text} has no unit, {unit} is not assumed")),
        // M may be mega and m milli, so that their case is not a matter of taste.
        (given, "W") if given.eq_ignore_ascii_case("kW") => 1000.0,
        ("MW", "W") => 1_000_000.0,
        ("MWh" | "MWH", "kWh") => 1000.0,
        (given, "kWh") if given.eq_ignore_ascii_case("Wh") => return Ok(raw / 1000.0),
        (given, unit) if given.eq_ignore_ascii_case(unit) => 1.0,
        (given, unit) => return Err(format!("{text} is in {given:?}, which is not converted to {unit}")),
    };
    Ok(raw * factor)
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

/// A number with a decimal point or a decimal comma.
fn number(text: &str) -> Option<f64> {
    let text = text.trim();
    // What a machine would read as well, such as 1e3 or inf, is a damaged number here.
    if !text.bytes().all(|octet| octet.is_ascii_digit() || matches!(octet, b'+' | b'-' | b'.' | b',')) {
        return None;
    }
    let number = match text.split_once(',') {
        Some((whole, fraction)) if !text.contains('.') => format!("{whole}.{fraction}").parse(),
        _ => text.parse(),
    };
    number.ok().filter(|number: &f64| number.is_finite())
}

/// A time of day of six digits, whatever stands between them; a seventh in front of them tells the season (VDEW 2.1).
fn time_of(text: &str) -> Option<Time> {
    let [hour, minute, second] = pairs(without_season(text))?;
    Time::from_hms(hour, minute, second).ok()
}

/// A date of six digits, year first; with a season in front of them; or with the year in full at either end. Where
/// something stands between two digits each, year and day cannot be told apart by form.
fn date_of(text: &str) -> Result<Date, String> {
    let text = without_season(text.trim());
    let date = |year: u16, month: u8, day: u8| {
        Date::from_calendar_date(i32::from(year), Month::try_from(month).ok()?, day).ok()
    };
    let digits: Vec<u8> = text.bytes().filter(u8::is_ascii_digit).map(|digit| digit.wrapping_sub(b'0')).collect();
    let is_bare = text.bytes().all(|octet| octet.is_ascii_digit());
    let two = |at: usize| {
        digits.get(at..at.saturating_add(2)).map_or(0, |pair| pair.iter().fold(0, |sum, one| sum * 10 + one))
    };
    let four = |at: usize| u16::from(two(at)) * 100 + u16::from(two(at.saturating_add(2)));
    let century = |year: u8| 2000 + u16::from(year);
    let readings = match digits.len() {
        6 if is_bare => [date(century(two(0)), two(2), two(4)), None],
        6 => [date(century(two(0)), two(2), two(4)), date(century(two(4)), two(2), two(0))],
        8 => [
            date(four(0), two(4), two(6)).filter(|date| (2000..2100).contains(&date.year())),
            date(four(4), two(2), two(0)).filter(|date| (2000..2100).contains(&date.year())),
        ],
        _ => [None, None],
    };
    match readings {
        [Some(one), Some(other)] if one != other => {
            Err(format!("{text:?} may be {one} or {other}: the clock is not shown"))
        }
        [Some(date), _] | [None, Some(date)] => Ok(date),
        [None, None] => Err(format!("{text:?} is no date")),
    }
}

/// Without the digit for the season (0 standard, 1 summer, 2 UTC) that may stand in front of six digits.
fn without_season(text: &str) -> &str {
    let is_long = text.len() == 7 && text.bytes().all(|octet| octet.is_ascii_digit());
    match text.strip_prefix(['0', '1', '2']) {
        Some(rest) if is_long => rest,
        _ => text,
    }
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
        let dropped: Vec<&str> = status.problems.iter().map(|problem| problem.object.as_str()).collect();
        assert_eq!(dropped, ["14.7.0"]);
        let view = View { profile: &profile, identification: &identification, block: &block };
        let [date, time] = view.clock_places().unwrap();
        assert_eq!((date.0.as_str(), time.1.as_str()), ("0.9.2", "101530"));
    }

    #[test]
    fn dates_are_read_in_every_form_that_leaves_no_doubt() {
        let told = |text| date_of(text).map(|date| date.to_string());
        for text in ["261129", "0261129", "1261129", "20261129", "29112026", "2026-11-29", "29.11.2026"] {
            assert_eq!(told(text).as_deref(), Ok("2026-11-29"), "{text}");
        }
        for text in ["29.11.26", "29-11-26", "10/11/12", "26113", "3261129", "999999", ""] {
            assert!(told(text).is_err(), "{text}");
        }
        assert_eq!(told("31.12.99").as_deref(), Ok("2099-12-31"), "there is no 99th day");
        assert_eq!([time_of("1101530"), time_of("10:15:30")], [Time::from_hms(10, 15, 30).ok(); 2]);
        assert_eq!([time_of("9101530"), time_of("256000")], [None, None]);
    }

    #[test]
    fn spellings_of_numbers_and_units() {
        let read = |text: &str, unit: Option<&str>, wanted| {
            in_unit(&DataValue { text: text.to_owned(), unit: unit.map(str::to_owned) }, wanted)
        };
        for (text, unit) in [("083038,25", Some("kWh")), ("83038.25", Some("KWH")), ("083038.25kWh", None)] {
            assert_eq!(read(text, unit, "kWh"), Ok(83038.25), "{text} {unit:?}");
        }
        assert_eq!(read("1,5", Some("kw"), "W"), Ok(1500.0));
        assert_eq!(read("-286.0", Some("w"), "W"), Ok(-286.0));
        for (text, unit) in [
            ("0830x8.25", Some("kWh")),
            ("1e3", Some("kWh")),
            ("12O45.5", Some("kWh")),
            ("1.5", None),
            ("1.5", Some("kvarh")),
            ("1.234,5", Some("kWh")),
            ("1.5", Some("mW")),
        ] {
            assert!(read(text, unit, "kWh").is_err(), "{text} {unit:?}");
        }
    }

    #[test]
    fn times_are_written_in_the_meters_own_form() {
        assert_eq!(in_form("101530", [9, 5, 59]).as_deref(), Some("090559"));
        assert_eq!(in_form("26-11-21", [27, 1, 2]).as_deref(), Some("27-01-02"));
        assert_eq!(in_form("10:15", [1, 2, 3]), None);
    }
}
