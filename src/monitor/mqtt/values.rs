//! A retained topic for each value of each meter, and what dashboards read to find them.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::announcement::Announcement;
use super::homie::Homie;
use crate::monitor::measurements::{Measured, Measurement, of_reading, plain};
use crate::monitor::outbox::Message;
use crate::monitor::words::MeterWords;

/// The topics of values below a prefix.
#[derive(Debug)]
pub struct ValueTopics {
    prefix: String,
    /// Where Home Assistant looks for what there is, such as `homeassistant`.
    discovery: Option<String>,
    /// Devices after the Homie convention, where they are wanted.
    homie: Option<Homie>,
    /// The word for each meter in topics.
    meters: MeterWords,
    /// What was described on this connection.
    described: BTreeSet<String>,
    /// The newest reading of each line's meter.
    last: BTreeMap<(String, String), Newest>,
}

#[derive(Debug)]
struct Newest {
    seq: u64,
    measured: Measured,
    /// Whether it is announced on this connection.
    is_announced: bool,
}

impl ValueTopics {
    /// `prefix` stands before every topic.
    pub fn new(prefix: &str, discovery: Option<&str>, meters: MeterWords) -> Self {
        let discovery = discovery.map(str::to_owned);
        let (described, last) = (BTreeSet::new(), BTreeMap::new());
        ValueTopics { prefix: prefix.to_owned(), discovery, homie: None, meters, described, last }
    }

    /// The same, and devices after the Homie convention below a topic of their own.
    #[must_use]
    pub fn with_homie(mut self, base: Option<&str>) -> Self {
        self.homie = base.map(|base| Homie::new(base, &self.meters));
        self
    }

    /// A new connection: everything is described and announced again.
    pub fn begin_anew(&mut self) {
        self.described.clear();
        self.last.values_mut().for_each(|newest| newest.is_announced = false);
        if let Some(homie) = &mut self.homie {
            homie.begin_anew();
        }
    }

    /// Looks at messages. One that is older than another of its meter, as one that is sent again, says nothing new.
    pub fn take(&mut self, messages: &[Message]) {
        for message in messages.iter().filter(|message| message.topic == "reading") {
            let document: Option<Value> = serde_json::from_slice(&message.payload).ok();
            let Some(measured) = document.as_ref().and_then(of_reading) else { continue };
            let key = (measured.line.clone(), measured.meter.clone());
            if self.last.get(&key).is_none_or(|newest| newest.seq < message.seq) {
                self.last.insert(key, Newest { seq: message.seq, measured, is_announced: false });
            }
        }
    }

    /// The topics of the newest reading of each meter that is not announced.
    pub fn due(&mut self) -> Vec<Announcement> {
        let mut announcements = Vec::new();
        let mut last = std::mem::take(&mut self.last);
        for ((line, meter), newest) in last.iter_mut().filter(|(_, newest)| !newest.is_announced) {
            newest.is_announced = true;
            let measured = &newest.measured;
            let word = self.meters.of(line, meter);
            let topic = |name: &str| format!("{}/meter/{word}/{name}", self.prefix);
            let answered = Announcement { topic: topic("answered"), payload: measured.answered.to_string().into() };
            announcements.push(answered);
            for value in &measured.values {
                announcements.push(Announcement { topic: topic(&value.name), payload: value.text().into_bytes() });
            }
            if let Some(homie) = &mut self.homie {
                announcements.extend(homie.of(&word, measured));
            }
            if let Some(discovery) = self.discovery.clone() {
                for value in &measured.values {
                    let id = format!("{}_{word}_{}", plain(&self.prefix), value.name);
                    if self.described.insert(id.clone()) {
                        let text = self.description(&id, &word, measured, value).to_string();
                        let topic = format!("{discovery}/sensor/{}/config", id);
                        announcements.push(Announcement { topic, payload: text.into_bytes() });
                    }
                }
            }
        }
        self.last = last;
        announcements
    }

    /// What is to be said when the watch ends.
    pub fn farewell(&self) -> Vec<Announcement> {
        self.homie.as_ref().map(Homie::farewell).unwrap_or_default()
    }

    /// What Home Assistant is told of a value.
    fn description(&self, id: &str, word: &str, measured: &Measured, value: &Measurement) -> Value {
        let mut entity = json!({
            "name": value.name.replace('_', " "),
            "unique_id": id,
            "default_entity_id": format!("sensor.{}", id.to_lowercase()),
            "state_topic": format!("{}/meter/{word}/{}", self.prefix, value.name),
            "availability": [
                {"topic": format!("{}/state", self.prefix)},
                {"topic": format!("{}/meter/{word}/answered", self.prefix),
                 "payload_available": "true", "payload_not_available": "false"},
            ],
            "availability_mode": "all",
            "device": {
                "identifiers": [format!("{}_{word}", plain(&self.prefix))],
                "name": measured.meter,
            },
            "origin": {"name": "wattkey", "sw_version": env!("CARGO_PKG_VERSION")},
        });
        if let (Some(serial), Some(device)) =
            (&measured.serial, entity.pointer_mut("/device").and_then(Value::as_object_mut))
        {
            device.insert("serial_number".to_owned(), serial.as_str().into());
        }
        let Some(members) = entity.as_object_mut() else { return entity };
        let mut add = |key: &str, word: &str| members.insert(key.to_owned(), word.into());
        if let Some(unit) = &value.unit {
            add("unit_of_measurement", unit);
        }
        let class = match value.unit.as_deref() {
            Some("kWh") if value.is_counter() => Some("energy"),
            Some("W") => Some("power"),
            Some("var") => Some("reactive_power"),
            Some("VA") => Some("apparent_power"),
            Some("V") => Some("voltage"),
            Some("A") => Some("current"),
            Some("Hz") => Some("frequency"),
            Some("s") => Some("duration"),
            Some("°C") => Some("temperature"),
            None if value.name.starts_with("power_factor") => Some("power_factor"),
            _ => None,
        };
        if let Some(class) = class {
            add("device_class", class);
        }
        if value.value.is_number() {
            add("state_class", if value.is_counter() { "total_increasing" } else { "measurement" });
        }
        entity
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(seq: u64, line: &str, kwh: f64) -> Message {
        let document = json!({"seq": seq, "schema": "wattkey/reading/1", "line": line, "meter": "flat/1",
            "time": "2026-11-30T12:00:00Z", "answered": true, "serial": "17", "import_kwh": kwh, "relay": "closed"});
        Message { seq, topic: "reading".to_owned(), payload: document.to_string().into_bytes() }
    }

    fn topics(discovery: Option<&str>) -> ValueTopics {
        let meters = [("a", "flat/1"), ("b", "flat/1")];
        ValueTopics::new("site", discovery, MeterWords::new(meters.into_iter()))
    }

    fn of(topics: &mut ValueTopics, messages: &[Message]) -> Vec<Announcement> {
        topics.take(messages);
        topics.due()
    }

    #[test]
    fn values_do_not_go_back_in_time() {
        let mut topics = topics(None);
        let kwh = |announced: Vec<Announcement>| {
            let found = announced.into_iter().find(|one| one.topic.ends_with("import_kwh"));
            found.map(|one| String::from_utf8(one.payload).unwrap())
        };
        assert_eq!(kwh(of(&mut topics, &[message(5, "a", 7.0)])).as_deref(), Some("7.0"));
        assert_eq!(kwh(of(&mut topics, &[message(4, "a", 6.0)])), None);
        topics.begin_anew();
        assert_eq!(kwh(of(&mut topics, &[message(1, "a", 3.0)])).as_deref(), Some("7.0"));
    }

    #[test]
    fn the_last_reading_of_each_meter_has_its_topics() {
        let mut topics = topics(None);
        let announced = of(&mut topics, &[message(1, "a", 1.0), message(2, "b", 5.0), message(3, "a", 2.0)]);
        let told: Vec<(&str, &str)> =
            announced.iter().map(|one| (one.topic.as_str(), std::str::from_utf8(&one.payload).unwrap())).collect();
        assert_eq!(
            told,
            [
                ("site/meter/flat-1/answered", "true"),
                ("site/meter/flat-1/import_kwh", "2.0"),
                ("site/meter/flat-1/relay", "closed"),
                ("site/meter/flat-1-2/answered", "true"),
                ("site/meter/flat-1-2/import_kwh", "5.0"),
                ("site/meter/flat-1-2/relay", "closed"),
            ]
        );
    }

    #[test]
    fn a_value_is_described_once_a_connection() {
        let mut topics = topics(Some("homeassistant"));
        let described = |announced: Vec<Announcement>| {
            announced.into_iter().filter(|one| one.topic.ends_with("/config")).collect::<Vec<_>>()
        };
        let first = described(of(&mut topics, &[message(1, "a", 1.0)]));
        assert_eq!(first.len(), 2);
        assert_eq!(first[0].topic, "homeassistant/sensor/site_flat-1_import_kwh/config");
        let entity: Value = serde_json::from_slice(&first[0].payload).unwrap();
        assert_eq!(entity["device_class"], "energy");
        assert_eq!(entity["state_class"], "total_increasing");
        assert_eq!(entity["state_topic"], "site/meter/flat-1/import_kwh");
        assert!(described(of(&mut topics, &[message(2, "a", 1.0)])).is_empty());
        topics.begin_anew();
        assert_eq!(described(topics.due()).len(), 2);
    }
}
