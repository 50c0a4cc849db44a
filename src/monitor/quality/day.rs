//! One day of one meter: ten-minute values, and what follows from them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use time::{Date, OffsetDateTime, UtcOffset};

use super::events::{PhaseEvent, QualityEvent, together};
use crate::monitor::{Event, MeterReading, Thresholds};

/// Length of an interval in seconds: ten minutes from full ones of UTC on (IEC 61000-4-30).
const INTERVAL_S: i64 = 600;
/// Limits of EN 50160 for low voltage, as shares of nominal: 95 % of a week's ten-minute values within the first, all within
/// the second.
const VOLTAGE: (f64, f64) = (0.90, 1.10);
const VOLTAGE_ALL: (f64, f64) = (0.85, 1.10);
/// 99.5 % of a year within a hundredth of nominal.
const FREQUENCY: f64 = 0.01;
/// Total harmonic distortion of the voltage in percent, 95 % of a week.
const DISTORTION: f64 = 8.0;
/// The schema of the document.
const SCHEMA: &str = "wattkey/power-quality/1";

/// A quantity in an interval: mean, lowest, highest, and of how many polls.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Spread {
    /// Root of the mean square for voltages, mean otherwise.
    pub mean: f64,
    /// Lowest poll.
    pub minimum: f64,
    /// Highest poll.
    pub maximum: f64,
    /// Polls.
    pub polls: u32,
}

impl Spread {
    /// What was seen so far with another value; `power` is 2 for a mean of squares, 1 for a plain one.
    fn with(seen: Option<Self>, value: f64, power: i32) -> Self {
        seen.map_or(Spread { mean: value, minimum: value, maximum: value, polls: 1 }, |seen| seen.and(value, power))
    }

    fn and(self, value: f64, power: i32) -> Self {
        let polls = self.polls.saturating_add(1);
        let sum = self.mean.powi(power) * f64::from(self.polls) + value.powi(power);
        let mean = (sum / f64::from(polls)).powf(1.0 / f64::from(power));
        Spread { mean, minimum: self.minimum.min(value), maximum: self.maximum.max(value), polls }
    }

    fn rounded(self) -> Self {
        let round = |value: f64| (value * 1e4).round() / 1e4;
        Spread { mean: round(self.mean), minimum: round(self.minimum), maximum: round(self.maximum), polls: self.polls }
    }
}

/// What ten minutes gave.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Interval {
    /// Voltage by phase, V.
    pub voltage: BTreeMap<String, Spread>,
    /// Frequency, Hz.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub frequency: Option<Spread>,
    /// Largest distance of a phase's voltage from the mean of the phases, percent of that mean.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unbalance: Option<Spread>,
    /// Distortion of the voltage by phase, percent.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub distortion: BTreeMap<String, Spread>,
    /// Polls without an answer.
    #[serde(default)]
    pub silent: u32,
}

/// Against what the day is held.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Basis {
    /// Nominal voltage to neutral.
    pub nominal_v: f64,
    /// Nominal frequency.
    pub nominal_hz: f64,
}

/// One day of one meter.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Day {
    /// Its word in names of files.
    #[serde(skip)]
    pub(super) word: String,
    /// The meter, as in readings.
    pub meter: String,
    /// The day.
    #[serde(with = "iso_date")]
    pub date: Date,
    /// Where it begins, seconds east of UTC.
    pub offset_s: i32,
    /// Against what it is held.
    pub basis: Basis,
    /// By the second at which they begin, since 1970.
    pub(super) ten_minutes: BTreeMap<i64, Interval>,
    /// Events by phase, from which those of all phases are made.
    pub(super) phase_events: Vec<PhaseEvent>,
}

/// How many intervals lie within a limit.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Share {
    /// Of those with a value, in percent.
    pub percent: f64,
    /// How many have one.
    pub of: usize,
}

/// What the day comes to.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Summary {
    /// Intervals with a value, of 144.
    pub intervals: usize,
    /// Polls without an answer.
    pub silent_polls: u32,
    /// Voltage by phase, over all polls.
    pub voltage: BTreeMap<String, Spread>,
    /// Ten-minute values within 10 % of nominal, by phase; EN 50160 asks for 95 % of a week.
    pub voltage_within: BTreeMap<String, Share>,
    /// Those from -15 to +10 %, by phase; EN 50160 asks for all.
    pub voltage_within_all: BTreeMap<String, Share>,
    /// Frequency over all polls.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub frequency: Option<Spread>,
    /// Ten-minute values within 1 % of nominal; EN 50160 asks for 99.5 % of a year, by ten seconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub frequency_within: Option<Share>,
    /// Unbalance over all polls.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unbalance: Option<Spread>,
    /// Distortion by phase over all polls.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub distortion: BTreeMap<String, Spread>,
    /// Ten-minute values up to 8 %, by phase; EN 50160 asks for 95 % of a week.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub distortion_within: BTreeMap<String, Share>,
}

impl Day {
    pub(super) fn new(word: &str, meter: &str, date: Date, offset: UtcOffset, thresholds: &Thresholds) -> Self {
        let basis = Basis { nominal_v: thresholds.nominal_voltage_v, nominal_hz: thresholds.nominal_frequency_hz };
        Day {
            word: word.to_owned(),
            meter: meter.to_owned(),
            date,
            offset_s: offset.whole_seconds(),
            basis,
            ten_minutes: BTreeMap::new(),
            phase_events: Vec::new(),
        }
    }

    /// Takes a reading; whether an interval has begun with it.
    pub(super) fn add(&mut self, reading: &MeterReading) -> bool {
        let begin = reading.time.unix_timestamp().div_euclid(INTERVAL_S).saturating_mul(INTERVAL_S);
        let is_new = !self.ten_minutes.contains_key(&begin);
        let interval = self.ten_minutes.entry(begin).or_default();
        if !reading.answered {
            interval.silent = interval.silent.saturating_add(1);
            return is_new;
        }
        let mut voltages = Vec::new();
        for phase in &reading.phases {
            if let Some(voltage) = phase.voltage_v.filter(|voltage| voltage.is_finite()) {
                put(&mut interval.voltage, &phase.phase, voltage, 2);
                voltages.push(voltage);
            }
            if let Some(distortion) = phase.voltage_thd_percent.filter(|percent| percent.is_finite()) {
                put(&mut interval.distortion, &phase.phase, distortion, 1);
            }
        }
        if let Some(frequency) = reading.frequency_hz.filter(|frequency| frequency.is_finite()) {
            interval.frequency = Some(Spread::with(interval.frequency, frequency, 1));
        }
        let mean = voltages.iter().sum::<f64>() / voltages.len().max(1) as f64;
        if voltages.len() > 1 && mean > 0.0 {
            let farthest = voltages.iter().map(|voltage| (voltage - mean).abs()).fold(0.0, f64::max);
            let percent = 100.0 * farthest / mean;
            interval.unbalance = Some(Spread::with(interval.unbalance, percent, 1));
        }
        is_new
    }

    /// Takes an event of the watch, the beginning and later the end of it.
    pub(super) fn note(&mut self, event: &Event) {
        let Some(new) = PhaseEvent::of(event) else { return };
        let same = |old: &&mut PhaseEvent| (old.kind, &old.phase, old.start) == (new.kind, &new.phase, new.start);
        match self.phase_events.iter_mut().find(same) {
            Some(old) => *old = new,
            None => self.phase_events.push(new),
        }
    }

    /// Ends events that were open when an earlier watch ended: nobody saw how long they lasted, and they are given the time to the
    /// end of the last ten minutes.
    pub(super) fn end_open_events(&mut self) {
        let last = self.ten_minutes.keys().next_back().map(|begin| begin.saturating_add(INTERVAL_S));
        let last = last.and_then(|end| OffsetDateTime::from_unix_timestamp(end).ok());
        for event in self.phase_events.iter_mut().filter(|event| event.end.is_none()) {
            event.end = Some(last.filter(|last| *last > event.start).unwrap_or(event.start));
        }
    }

    /// Phases that were seen.
    pub(super) fn phases(&self) -> Vec<&str> {
        let mut names: Vec<&str> =
            self.ten_minutes.values().flat_map(|interval| interval.voltage.keys()).map(String::as_str).collect();
        names.sort_unstable();
        names.dedup();
        names
    }

    /// Events of all phases together.
    pub fn document_events(&self) -> Vec<QualityEvent> {
        together(&self.phase_events, &self.phases(), self.basis.nominal_v)
    }

    /// What the day comes to.
    pub fn summary(&self) -> Summary {
        let all = |pick: fn(&Interval) -> &BTreeMap<String, Spread>, power: i32| {
            let mut found: BTreeMap<String, Vec<Spread>> = BTreeMap::new();
            for (phase, spread) in self.ten_minutes.values().flat_map(pick) {
                found.entry(phase.clone()).or_default().push(*spread);
            }
            let joined = found.iter().filter_map(|(phase, spreads)| Some((phase.clone(), join(spreads, power)?)));
            (joined.collect::<BTreeMap<_, _>>(), found)
        };
        let (voltage, voltages) = all(|interval| &interval.voltage, 2);
        let (distortion, distortions) = all(|interval| &interval.distortion, 1);
        let frequencies: Vec<Spread> = self.ten_minutes.values().filter_map(|interval| interval.frequency).collect();
        let unbalances: Vec<Spread> = self.ten_minutes.values().filter_map(|interval| interval.unbalance).collect();
        let Basis { nominal_v, nominal_hz } = self.basis;
        let within = |found: &BTreeMap<String, Vec<Spread>>, low: f64, high: f64| {
            found.iter().filter_map(|(phase, spreads)| Some((phase.clone(), share(spreads, low, high)?))).collect()
        };
        let (low, high) = (nominal_hz * (1.0 - FREQUENCY), nominal_hz * (1.0 + FREQUENCY));
        Summary {
            intervals: self.ten_minutes.values().filter(|interval| !interval.voltage.is_empty()).count(),
            silent_polls: self.ten_minutes.values().map(|interval| interval.silent).fold(0, u32::saturating_add),
            voltage_within: within(&voltages, VOLTAGE.0 * nominal_v, VOLTAGE.1 * nominal_v),
            voltage_within_all: within(&voltages, VOLTAGE_ALL.0 * nominal_v, VOLTAGE_ALL.1 * nominal_v),
            voltage,
            frequency: join(&frequencies, 1),
            frequency_within: share(&frequencies, low, high),
            unbalance: join(&unbalances, 1),
            distortion_within: within(&distortions, 0.0, DISTORTION),
            distortion,
        }
    }

    /// The whole document: what the day comes to, its events, the ten minutes, and what it is made from again.
    pub(super) fn document(&self) -> Value {
        let ten_minutes: BTreeMap<i64, Value> = self
            .ten_minutes
            .iter()
            .map(|(begin, interval)| {
                let rounded = |spreads: &BTreeMap<String, Spread>| -> BTreeMap<String, Spread> {
                    spreads.iter().map(|(phase, spread)| (phase.clone(), spread.rounded())).collect()
                };
                let interval = Interval {
                    voltage: rounded(&interval.voltage),
                    distortion: rounded(&interval.distortion),
                    frequency: interval.frequency.map(Spread::rounded),
                    unbalance: interval.unbalance.map(Spread::rounded),
                    silent: interval.silent,
                };
                (*begin, json!(interval))
            })
            .collect();
        json!({
            "schema": SCHEMA,
            "meter": self.meter,
            "date": self.date.to_string(),
            "offset_s": self.offset_s,
            "basis": self.basis,
            "method": METHOD,
            "summary": self.summary(),
            "events": self.document_events(),
            "ten_minutes": ten_minutes,
            "phase_events": self.phase_events,
        })
    }

    /// A moment on the clock of the day.
    pub(super) fn local(&self, moment: OffsetDateTime) -> OffsetDateTime {
        moment.to_offset(UtcOffset::from_whole_seconds(self.offset_s).unwrap_or(UtcOffset::UTC))
    }
}

/// A date as text, 2026-11-30.
mod iso_date {
    use serde::{Deserialize, Deserializer, de::Error};
    use time::Date;
    use time::macros::format_description;

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Date, D::Error> {
        let text = String::deserialize(deserializer)?;
        Date::parse(&text, format_description!("[year]-[month]-[day]")).map_err(D::Error::custom)
    }
}

/// What the values are, and are not.
pub(super) const METHOD: &str = "values the meter tells when it is polled: no class of IEC 61000-4-30 is claimed; what is shorter \
                                 than a poll may be missed, and events are as long as the polls show them; unbalance is the \
                                 largest distance of a phase from the mean of the phases to neutral";

fn put(spreads: &mut BTreeMap<String, Spread>, phase: &str, value: f64, power: i32) {
    let spread = Spread::with(spreads.get(phase).copied(), value, power);
    spreads.insert(phase.to_owned(), spread);
}

/// All polls together.
fn join(spreads: &[Spread], power: i32) -> Option<Spread> {
    let polls: u32 = spreads.iter().map(|spread| spread.polls).fold(0, u32::saturating_add);
    let sum: f64 = spreads.iter().map(|spread| spread.mean.powi(power) * f64::from(spread.polls)).sum();
    let lowest = spreads.iter().map(|spread| spread.minimum).reduce(f64::min)?;
    let highest = spreads.iter().map(|spread| spread.maximum).reduce(f64::max)?;
    let mean = (sum / f64::from(polls.max(1))).powf(1.0 / f64::from(power));
    Some(Spread { mean, minimum: lowest, maximum: highest, polls }.rounded())
}

fn share(spreads: &[Spread], low: f64, high: f64) -> Option<Share> {
    let within = spreads.iter().filter(|spread| (low..=high).contains(&spread.mean)).count();
    let percent = 100.0 * within as f64 / spreads.len() as f64;
    (!spreads.is_empty()).then_some(Share { percent: (percent * 100.0).round() / 100.0, of: spreads.len() })
}
