//! A reading taken apart into values that each have a name, for those who store or show them one by one.

use serde_json::{Map, Value};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

/// What is no measurement of a reading.
const ABOUT: [&str; 8] = ["seq", "schema", "line", "meter", "time", "answered", "problem", "serial"];

/// The endings of names that are units, and how these are written.
const UNITS: [(&str, &str); 11] = [
    ("_kwh", "kWh"),
    ("_kvarh", "kvarh"),
    ("_kvah", "kVAh"),
    ("_var", "var"),
    ("_va", "VA"),
    ("_w", "W"),
    ("_v", "V"),
    ("_a", "A"),
    ("_hz", "Hz"),
    ("_percent", "%"),
    ("_s", "s"),
];

/// One value of a reading.
#[derive(Debug, Clone, PartialEq)]
pub struct Measurement {
    /// Its name: lower-case letters, digits and `_`, with the phase before the unit, such as `voltage_l1_v`.
    pub name: String,
    /// A number, a text, or true and false.
    pub value: Value,
    /// Its unit, where it has one.
    pub unit: Option<String>,
    /// Whether the meter's profile has named it.
    pub is_own: bool,
}

impl Measurement {
    fn of_the_document(name: String, value: Value, unit: Option<String>) -> Self {
        Measurement { name, value, unit, is_own: false }
    }

    /// Whether it counts up and never down. Of values that a profile names, that is not known.
    pub fn is_counter(&self) -> bool {
        !self.is_own && self.name != "credit" && matches!(self.unit.as_deref(), Some("kWh" | "kvarh" | "kVAh"))
    }

    /// The value as a text without quotes.
    pub fn text(&self) -> String {
        self.value.as_str().map_or_else(|| self.value.to_string(), str::to_owned)
    }
}

/// A reading and its values.
#[derive(Debug, Clone, PartialEq)]
pub struct Measured {
    /// The line, as the user wrote it.
    pub line: String,
    /// The meter's name.
    pub meter: String,
    /// Its serial number, where it tells one.
    pub serial: Option<String>,
    /// When it was read.
    pub time: OffsetDateTime,
    /// Whether it answered.
    pub answered: bool,
    /// Why it did not.
    pub problem: Option<String>,
    /// The values, in the order of the document.
    pub values: Vec<Measurement>,
}

/// Takes a `wattkey/reading/1` document apart; `None` for any other.
pub fn of_reading(document: &Value) -> Option<Measured> {
    let reading = document.as_object()?;
    let text = |key: &str| reading.get(key).and_then(Value::as_str).map(str::to_owned);
    if text("schema")? != "wattkey/reading/1" {
        return None;
    }
    let mut values = Vec::new();
    for (key, value) in reading.iter().filter(|(key, _)| !ABOUT.contains(&key.as_str())) {
        match (key.as_str(), value) {
            ("phases", Value::Array(phases)) => parts(phases, "phase", "", &mut values),
            ("tariffs", Value::Array(tariffs)) => parts(tariffs, "tariff", "tariff_", &mut values),
            ("values", Value::Object(named)) => values.extend(named.iter().filter_map(|(name, value)| {
                let unit = value.get("unit").and_then(Value::as_str).map(str::to_owned);
                Some(Measurement { name: plain(name), value: value.get("value")?.clone(), unit, is_own: true })
            })),
            (_, Value::Array(words)) => {
                let words: Vec<&str> = words.iter().filter_map(Value::as_str).collect();
                values.push(Measurement::of_the_document(key.clone(), words.join(" ").into(), None));
            }
            ("credit", value) => {
                values.push(Measurement::of_the_document(key.clone(), value.clone(), text("credit_unit")));
            }
            ("credit_unit", _) => {}
            (_, value) => values.push(Measurement::of_the_document(key.clone(), value.clone(), unit_of(key).1)),
        }
    }
    Some(Measured {
        line: text("line")?,
        meter: text("meter")?,
        serial: text("serial"),
        time: OffsetDateTime::parse(&text("time")?, &Rfc3339).ok()?,
        answered: reading.get("answered").and_then(Value::as_bool).unwrap_or_default(),
        problem: text("problem"),
        values,
    })
}

/// The values of phases or tariffs, with which one it is before the unit.
fn parts(list: &[Value], which: &str, word: &str, values: &mut Vec<Measurement>) {
    for part in list.iter().filter_map(Value::as_object) {
        let Some(name) = part.get(which).map(name_of) else { continue };
        for (key, value) in part.iter().filter(|(key, _)| *key != which) {
            let (quantity, unit) = unit_of(key);
            let ending = key.strip_prefix(quantity).unwrap_or_default();
            let name = format!("{quantity}_{word}{name}{ending}");
            values.push(Measurement::of_the_document(name, value.clone(), unit));
        }
    }
}

fn name_of(value: &Value) -> String {
    lower(&value.as_str().map_or_else(|| value.to_string(), str::to_owned))
}

/// A name without its unit, and that.
fn unit_of(name: &str) -> (&str, Option<String>) {
    let found = UNITS.iter().find_map(|(ending, unit)| Some((name.strip_suffix(ending)?, *unit)));
    found.map_or((name, None), |(quantity, unit)| (quantity, Some(unit.to_owned())))
}

/// A name of lower-case letters, digits and `_`, which every store takes.
pub fn plain(name: &str) -> String {
    let word = lower(name);
    if word.starts_with(|c: char| c.is_ascii_digit()) { format!("_{word}") } else { word }
}

fn lower(name: &str) -> String {
    name.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '_' }).collect()
}

/// The members of a `wattkey/monitor-event/1` document; `None` for any other.
pub fn of_event(document: &Value) -> Option<&Map<String, Value>> {
    let event = document.as_object()?;
    (event.get("schema").and_then(Value::as_str)? == "wattkey/monitor-event/1").then_some(event)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn every_value_has_a_name_and_its_unit() {
        let document = json!({
            "seq": 7, "schema": "wattkey/reading/1", "line": "tcp:a:1", "meter": "flat 1", "time": "2026-11-30T12:00:00Z",
            "answered": true, "serial": "17", "import_kwh": 12.5, "power_factor": 0.9, "relay": "closed",
            "tariffs": [{"tariff": 2, "import_kwh": 4.0}],
            "phases": [{"phase": "L1", "voltage_v": 230.1, "power_factor": 1.0, "voltage_thd_percent": 2.0}],
            "credit": 4.2, "credit_unit": "kWh", "tamper": ["cover-open", "magnet"],
            "values": {"Room 2": {"value": 21.5, "unit": "°C"}, "1st": {"value": true}}
        });
        let measured = of_reading(&document).unwrap();
        let names: Vec<(&str, Option<&str>)> =
            measured.values.iter().map(|one| (one.name.as_str(), one.unit.as_deref())).collect();
        assert_eq!(
            names,
            [
                ("import_kwh", Some("kWh")),
                ("power_factor", None),
                ("relay", None),
                ("import_tariff_2_kwh", Some("kWh")),
                ("voltage_l1_v", Some("V")),
                ("power_factor_l1", None),
                ("voltage_thd_l1_percent", Some("%")),
                ("credit", Some("kWh")),
                ("tamper", None),
                ("room_2", Some("°C")),
                ("_1st", None),
            ]
        );
        assert_eq!((measured.meter.as_str(), measured.answered), ("flat 1", true));
        assert_eq!(measured.values[8].text(), "cover-open magnet");
        assert!(of_reading(&json!({"schema": "wattkey/monitor-event/1"})).is_none());
    }
}
