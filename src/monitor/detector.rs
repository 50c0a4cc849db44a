//! Readings in, events out: what began, what ended, and why. Pure; time comes with the readings.

use std::collections::BTreeMap;
use std::fmt;

use serde::Serialize;
use time::OffsetDateTime;

use super::{MeterReading, Thresholds};

/// What an event is about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Cause {
    /// The voltage of a phase is below its lower limit.
    Sag(String),
    /// The voltage of a phase is above its upper limit.
    Swell(String),
    /// A phase has no voltage.
    Outage(String),
    /// The power factor of a phase is low.
    LowPowerFactor(String),
    /// The frequency is outside its band.
    Frequency,
    /// The phases' voltages are too far apart.
    Unbalance,
    /// Active power is over its limit.
    DemandOverLimit,
    /// Power flows into the network.
    ReverseFlow,
    /// A tamper condition that the meter reports, in its driver's word: `cover-open`, `terminal-cover-open`,
    /// `magnetic-field`, `phase-bypass` and others.
    Tamper(String),
    /// The meter does not answer.
    Silent,
    /// The meter's clock is off.
    ClockDrift,
}

impl fmt::Display for Cause {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let phase = |formatter: &mut fmt::Formatter<'_>, word: &str, phase: &str| {
            write!(formatter, "{word}-{}", phase.to_ascii_lowercase())
        };
        match self {
            Cause::Sag(name) => phase(formatter, "sag", name),
            Cause::Swell(name) => phase(formatter, "swell", name),
            Cause::Outage(name) => phase(formatter, "outage", name),
            Cause::LowPowerFactor(name) => phase(formatter, "low-power-factor", name),
            Cause::Frequency => formatter.write_str("frequency"),
            Cause::Unbalance => formatter.write_str("unbalance"),
            Cause::DemandOverLimit => formatter.write_str("demand-over-limit"),
            Cause::ReverseFlow => formatter.write_str("reverse-flow"),
            Cause::Tamper(word) => write!(formatter, "tamper-{word}"),
            Cause::Silent => formatter.write_str("meter-silent"),
            Cause::ClockDrift => formatter.write_str("clock-drift"),
        }
    }
}

impl Serialize for Cause {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// The beginning or the end of a condition: the content of the `wattkey/monitor-event/1` document.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Event {
    /// The line, as the user wrote it.
    pub line: String,
    /// The meter, as in readings.
    pub meter: String,
    /// What it is about.
    pub cause: Cause,
    /// When it was first seen.
    #[serde(with = "time::serde::rfc3339")]
    pub start: OffsetDateTime,
    /// When it was first seen gone; absent while it lasts.
    #[serde(with = "time::serde::rfc3339::option", skip_serializing_if = "Option::is_none")]
    pub end: Option<OffsetDateTime>,
    /// The value farthest from its limit so far, in the unit of the quantity.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub extreme: Option<f64>,
    /// The limit it was held against.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<f64>,
    /// Why a silent meter does not answer: the code word of the first error.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub problem: Option<&'static str>,
}

impl Event {
    /// Column names of the CSV form.
    pub fn csv_header() -> Vec<&'static str> {
        vec!["line", "meter", "cause", "start", "end", "extreme", "limit", "problem"]
    }

    /// The values under [`Event::csv_header`].
    pub fn csv_row(&self) -> Vec<String> {
        let number = |value: Option<f64>| value.map(|value| value.to_string()).unwrap_or_default();
        let moment =
            |time: OffsetDateTime| time.format(&time::format_description::well_known::Rfc3339).unwrap_or_default();
        vec![
            self.line.clone(),
            self.meter.clone(),
            self.cause.to_string(),
            moment(self.start),
            self.end.map(moment).unwrap_or_default(),
            number(self.extreme),
            number(self.limit),
            self.problem.unwrap_or_default().to_owned(),
        ]
    }
}

/// Holds one meter's readings against the thresholds.
#[derive(Debug, Clone)]
pub struct Detector {
    thresholds: Thresholds,
    open: BTreeMap<Cause, Event>,
    missed: u32,
    first_missed: Option<(OffsetDateTime, Option<&'static str>)>,
}

/// Which side of a limit is wrong.
#[derive(Debug, Clone, Copy)]
enum Side {
    Above,
    Below,
}

impl Detector {
    /// For one meter.
    pub fn new(thresholds: Thresholds) -> Self {
        Detector { thresholds, open: BTreeMap::new(), missed: 0, first_missed: None }
    }

    /// Conditions that last.
    pub fn open(&self) -> impl Iterator<Item = &Event> {
        self.open.values()
    }

    /// Polls in a row the meter has missed.
    pub fn missed(&self) -> u32 {
        self.missed
    }

    /// Takes the next reading and tells what began or ended with it, in a fixed order.
    pub fn push(&mut self, reading: &MeterReading) -> Vec<Event> {
        let mut events = Vec::new();
        if !reading.answered {
            self.missed = self.missed.saturating_add(1);
            let (since, problem) = *self.first_missed.get_or_insert((reading.time, reading.problem));
            if self.missed >= self.thresholds.silent_after_polls.max(1) && !self.open.contains_key(&Cause::Silent) {
                let event = Event { start: since, problem, ..self.event(reading, Cause::Silent, None, None) };
                self.open.insert(Cause::Silent, event.clone());
                events.push(event);
            }
            return events;
        }
        self.missed = 0;
        self.first_missed = None;
        self.settle(reading, Cause::Silent, false, None, None, &mut events);
        self.watch_phases(reading, &mut events);
        self.watch_totals(reading, &mut events);
        self.watch_tamper(reading, &mut events);
        events
    }

    fn watch_phases(&mut self, reading: &MeterReading, events: &mut Vec<Event>) {
        let limits = self.thresholds.clone();
        let nominal = limits.nominal_voltage_v;
        for phase in &reading.phases {
            let name = || phase.phase.clone();
            if let Some(volts) = phase.voltage_v {
                let out =
                    self.hold(reading, Cause::Outage(name()), volts, limits.outage * nominal, Side::Below, events);
                if out {
                    // An outage is no sag: one condition at a time.
                    self.settle(reading, Cause::Sag(name()), false, None, None, events);
                } else {
                    self.hold(reading, Cause::Sag(name()), volts, limits.sag * nominal, Side::Below, events);
                }
                self.hold(reading, Cause::Swell(name()), volts, limits.swell * nominal, Side::Above, events);
            }
            if let Some(factor) = phase.power_factor {
                let loaded = phase.current_a.is_none_or(|amperes| amperes.abs() >= limits.power_factor_from_a);
                if loaded {
                    let cause = Cause::LowPowerFactor(name());
                    self.hold(reading, cause, factor.abs(), limits.power_factor, Side::Below, events);
                } else {
                    self.settle(reading, Cause::LowPowerFactor(name()), false, None, None, events);
                }
            }
        }
        let volts: Vec<f64> = reading.phases.iter().filter_map(|phase| phase.voltage_v).collect();
        if volts.len() >= 2 {
            let mean = volts.iter().sum::<f64>() / volts.len() as f64;
            let farthest = volts.iter().map(|value| (value - mean).abs()).fold(0.0, f64::max);
            let share = if mean > 0.0 { farthest / mean } else { 0.0 };
            self.hold(reading, Cause::Unbalance, share, limits.voltage_unbalance, Side::Above, events);
        }
    }

    fn watch_totals(&mut self, reading: &MeterReading, events: &mut Vec<Event>) {
        let limits = self.thresholds.clone();
        if let Some(frequency) = reading.frequency_hz {
            let distance = (frequency - limits.nominal_frequency_hz).abs();
            self.hold(reading, Cause::Frequency, distance, limits.frequency_band_hz, Side::Above, events);
        }
        if let Some(power) = reading.active_power_w {
            if let Some(limit) = limits.demand_w {
                self.hold(reading, Cause::DemandOverLimit, power, limit, Side::Above, events);
            }
            if limits.reverse_flow_w > 0.0 {
                self.hold(reading, Cause::ReverseFlow, -power, limits.reverse_flow_w, Side::Above, events);
            }
        }
        if let Some(drift) = reading.clock_drift_s {
            let limit = limits.clock_drift_s as f64;
            self.hold(reading, Cause::ClockDrift, drift.unsigned_abs() as f64, limit, Side::Above, events);
        }
    }

    fn watch_tamper(&mut self, reading: &MeterReading, events: &mut Vec<Event>) {
        let gone: Vec<Cause> = self
            .open
            .keys()
            .filter(|cause| matches!(cause, Cause::Tamper(word) if !reading.tamper.contains(word)))
            .cloned()
            .collect();
        for cause in gone {
            self.settle(reading, cause, false, None, None, events);
        }
        for word in &reading.tamper {
            self.settle(reading, Cause::Tamper(word.clone()), true, None, None, events);
        }
    }

    /// Holds a value against a limit, with hysteresis on the way back; tells whether the condition holds.
    fn hold(
        &mut self,
        reading: &MeterReading,
        cause: Cause,
        value: f64,
        limit: f64,
        side: Side,
        events: &mut Vec<Event>,
    ) -> bool {
        let lasting = self.open.get(&cause);
        let band = if lasting.is_some() { limit.abs() * self.thresholds.hysteresis } else { 0.0 };
        let holds = match side {
            Side::Above => value > limit - band,
            Side::Below => value < limit + band,
        };
        let so_far = lasting.and_then(|event| event.extreme).unwrap_or(value);
        let extreme = match side {
            Side::Above => so_far.max(value),
            Side::Below => so_far.min(value),
        };
        self.settle(reading, cause, holds, Some(extreme), Some(limit), events);
        holds
    }

    fn settle(
        &mut self,
        reading: &MeterReading,
        cause: Cause,
        holds: bool,
        extreme: Option<f64>,
        limit: Option<f64>,
        events: &mut Vec<Event>,
    ) {
        if holds {
            if let Some(lasting) = self.open.get_mut(&cause) {
                lasting.extreme = extreme;
                return;
            }
            let event = self.event(reading, cause.clone(), extreme, limit);
            self.open.insert(cause, event.clone());
            events.push(event);
        } else if let Some(ended) = self.open.remove(&cause) {
            events.push(Event { end: Some(reading.time), ..ended });
        }
    }

    fn event(&self, reading: &MeterReading, cause: Cause, extreme: Option<f64>, limit: Option<f64>) -> Event {
        Event {
            line: reading.line.clone(),
            meter: reading.meter.clone(),
            cause,
            start: reading.time,
            end: None,
            extreme,
            limit,
            problem: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::meter::status::Phase;
    use time::macros::datetime;

    const START: OffsetDateTime = datetime!(2026-06-01 12:00 UTC);

    fn reading(minute: i64) -> MeterReading {
        let mut reading = MeterReading::silent("tcp:cabinet:4001", "17", START + time::Duration::minutes(minute));
        reading.answered = true;
        reading
    }

    fn volts(minute: i64, value: f64) -> MeterReading {
        let phase = Phase { phase: "L1".into(), voltage_v: Some(value), ..Phase::default() };
        MeterReading { phases: vec![phase], ..reading(minute) }
    }

    fn words(events: &[Event]) -> Vec<String> {
        events
            .iter()
            .map(|event| format!("{}{}", event.cause, if event.end.is_some() { " ends" } else { "" }))
            .collect()
    }

    #[test]
    fn a_sag_begins_once_and_ends_beyond_the_hysteresis() {
        let mut detector = Detector::new(Thresholds::default());
        assert!(detector.push(&volts(0, 230.0)).is_empty());
        assert_eq!(words(&detector.push(&volts(1, 200.0))), ["sag-l1"]);
        assert!(detector.push(&volts(2, 190.0)).is_empty());
        assert!(detector.push(&volts(3, 208.0)).is_empty(), "within the hysteresis");
        let ended = detector.push(&volts(4, 215.0));
        assert_eq!(words(&ended), ["sag-l1 ends"]);
        assert_eq!((ended[0].start, ended[0].extreme), (START + time::Duration::minutes(1), Some(190.0)));
    }

    #[test]
    fn an_outage_takes_the_place_of_a_sag() {
        let mut detector = Detector::new(Thresholds::default());
        detector.push(&volts(0, 200.0));
        assert_eq!(words(&detector.push(&volts(1, 0.0))), ["outage-l1", "sag-l1 ends"]);
    }

    #[test]
    fn a_meter_is_silent_after_the_polls_allowed_and_since_the_first_missed() {
        let mut detector = Detector::new(Thresholds::default());
        let silent = |minute| MeterReading { answered: false, ..reading(minute) };
        assert!(detector.push(&silent(1)).is_empty() && detector.push(&silent(2)).is_empty());
        let began = detector.push(&silent(3));
        assert_eq!(
            (words(&began), began[0].start),
            (vec!["meter-silent".to_owned()], START + time::Duration::minutes(1))
        );
        assert_eq!(words(&detector.push(&reading(4))), ["meter-silent ends"]);
    }

    #[test]
    fn tamper_lasts_as_long_as_the_meter_says_so() {
        let mut detector = Detector::new(Thresholds::default());
        let tampered = MeterReading { tamper: vec!["cover-open".into()], ..reading(0) };
        assert_eq!(words(&detector.push(&tampered)), ["tamper-cover-open"]);
        assert_eq!(words(&detector.push(&reading(1))), ["tamper-cover-open ends"]);
    }

    #[test]
    fn demand_reverse_flow_frequency_and_clock() {
        let thresholds = Thresholds { demand_w: Some(3_000.0), ..Thresholds::default() };
        let mut detector = Detector::new(thresholds);
        let busy = MeterReading { active_power_w: Some(3_500.0), frequency_hz: Some(49.2), ..reading(0) };
        assert_eq!(words(&detector.push(&busy)), ["frequency", "demand-over-limit"]);
        let feeding = MeterReading {
            active_power_w: Some(-500.0),
            frequency_hz: Some(50.0),
            clock_drift_s: Some(-600),
            ..reading(1)
        };
        assert_eq!(
            words(&detector.push(&feeding)),
            ["frequency ends", "demand-over-limit ends", "reverse-flow", "clock-drift"]
        );
    }
}
