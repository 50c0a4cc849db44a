//! Devices after the Homie convention 4.0: a retained topic for each value, below what describes it.
//!
//! The convention wants `$state` to become `lost` by the last will of the device; a watch has one connection for all its meters, whose
//! will is that of its own state topic. A meter that does not answer is in `alert`.

use std::collections::BTreeMap;

use super::announcement::Announcement;
use crate::monitor::measurements::{Measured, Measurement};
use crate::monitor::words::{MeterWords, told_apart};

/// The version of the convention.
const VERSION: &str = "4.0.0";
/// The only node of a device.
const NODE: &str = "values";

/// The topics of devices below a prefix.
#[derive(Debug)]
pub struct Homie {
    base: String,
    /// The identifier of each word that another has taken already.
    ids: BTreeMap<String, String>,
    /// The properties each device was described with on this connection.
    described: BTreeMap<String, Vec<String>>,
}

impl Homie {
    /// `base` stands before every topic, `homie` by the convention.
    pub fn new(base: &str, words: &MeterWords) -> Self {
        let ids = distinct(words.all());
        let ids = words.all().map(str::to_owned).zip(ids).collect();
        Homie { base: base.to_owned(), ids, described: BTreeMap::new() }
    }

    /// What is to be said of each device when the watch ends.
    pub fn farewell(&self) -> Vec<Announcement> {
        let gone = |device: &String| Announcement {
            topic: format!("{}/{device}/$state", self.base),
            payload: b"disconnected".to_vec(),
        };
        self.described.keys().map(gone).collect()
    }

    /// A new connection: everything is described again.
    pub fn begin_anew(&mut self) {
        self.described.clear();
    }

    /// The topics of a reading; `word` is the meter's in topics.
    pub fn of(&mut self, word: &str, measured: &Measured) -> Vec<Announcement> {
        let device = self.ids.get(word).cloned().unwrap_or_else(|| id(word));
        let topic = |rest: &str| format!("{}/{device}/{rest}", self.base);
        let say = |rest: &str, payload: &str| Announcement { topic: topic(rest), payload: payload.as_bytes().to_vec() };
        let mut announcements = Vec::new();
        let known = self.described.get(&device);
        // A reading without an answer tells no values, and takes none away.
        let names = distinct(measured.values.iter().map(|value| value.name.as_str()));
        let mut properties = known.cloned().unwrap_or_default();
        properties.extend(names.iter().filter(|name| !known.is_some_and(|known| known.contains(name))).cloned());
        let is_new = known.is_none_or(|known| known.len() < properties.len()) && !properties.is_empty();
        if is_new {
            announcements.push(say("$state", "init"));
            let list = properties.join(",");
            let about = [
                ("$homie".to_owned(), VERSION),
                ("$name".to_owned(), measured.meter.as_str()),
                ("$extensions".to_owned(), ""),
                ("$nodes".to_owned(), NODE),
                (format!("{NODE}/$name"), "Values"),
                (format!("{NODE}/$type"), "meter"),
                (format!("{NODE}/$properties"), list.as_str()),
            ];
            announcements.extend(about.iter().map(|(rest, payload)| say(rest, payload)));
            for (name, value) in names.iter().zip(&measured.values) {
                let unit = value.unit.as_deref().map(|unit| ("$unit", unit));
                let readable = value.name.replace('_', " ");
                let attributes = [("$name", readable.as_str()), ("$datatype", datatype(value))];
                let attributes = attributes.into_iter().chain(unit);
                announcements.extend(attributes.map(|(key, text)| say(&format!("{NODE}/{name}/{key}"), text)));
            }
        }
        for (name, value) in names.iter().zip(&measured.values) {
            announcements.push(say(&format!("{NODE}/{name}"), &value.text()));
        }
        if !properties.is_empty() {
            announcements.push(say("$state", if measured.answered { "ready" } else { "alert" }));
            self.described.insert(device, properties);
        }
        announcements
    }
}

/// Identifiers for names, in order; those that would be alike are told apart by a number.
fn distinct<'a>(names: impl Iterator<Item = &'a str>) -> Vec<String> {
    told_apart(names.map(id))
}

/// A word as the convention has identifiers: lower-case letters, digits and hyphens, none at the front.
fn id(word: &str) -> String {
    let plain: String = word
        .chars()
        .map(|letter| if letter.is_ascii_alphanumeric() { letter.to_ascii_lowercase() } else { '-' })
        .collect();
    let trimmed = plain.trim_matches('-');
    if trimmed.is_empty() { "meter".to_owned() } else { trimmed.to_owned() }
}

fn datatype(value: &Measurement) -> &'static str {
    match &value.value {
        serde_json::Value::Bool(_) => "boolean",
        // Whether a number is whole changes from one reading to the next.
        serde_json::Value::Number(_) => "float",
        _ => "string",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::monitor::measurements::of_reading;
    use serde_json::json;

    fn told(homie: &mut Homie, answered: bool) -> Vec<(String, String)> {
        let mut document = json!({"schema": "wattkey/reading/1", "line": "a", "meter": "Flat 1", "time": "2026-11-30T12:00:00Z",
            "answered": answered});
        if answered {
            document["import_kwh"] = json!(12.5);
            document["relay"] = json!("closed");
        }
        let measured = of_reading(&document).unwrap();
        let text = |one: Announcement| (one.topic, String::from_utf8(one.payload).unwrap());
        homie.of("Flat_1", &measured).into_iter().map(text).collect()
    }

    #[test]
    fn identifiers_are_distinct() {
        assert_eq!(distinct(["Flat_1", "flat-1", "--", "---2"].into_iter()), ["flat-1", "flat-1-2", "meter", "2"]);
    }

    #[test]
    fn a_device_is_described_before_it_is_ready_and_once() {
        let mut homie = Homie::new("homie", &MeterWords::default());
        let first = told(&mut homie, true);
        let has = |topic: &str, payload: &str| first.contains(&(topic.to_owned(), payload.to_owned()));
        assert_eq!(first[0], ("homie/flat-1/$state".to_owned(), "init".to_owned()));
        assert_eq!(*first.last().unwrap(), ("homie/flat-1/$state".to_owned(), "ready".to_owned()));
        assert!(has("homie/flat-1/$homie", "4.0.0") && has("homie/flat-1/values/$properties", "import-kwh,relay"));
        assert!(has("homie/flat-1/values/import-kwh/$unit", "kWh") && has("homie/flat-1/values/import-kwh", "12.5"));
        assert!(has("homie/flat-1/values/relay/$datatype", "string"));
        assert_eq!(told(&mut homie, true).len(), 3);
        assert_eq!(told(&mut homie, false), [("homie/flat-1/$state".to_owned(), "alert".to_owned())]);
        assert_eq!(homie.farewell()[0].topic, "homie/flat-1/$state");
        homie.begin_anew();
        assert_eq!(told(&mut homie, true).len(), first.len());
    }
}
