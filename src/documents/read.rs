//! The document of `wattkey read`.

use serde::Serialize;

use crate::meter::value::Value;
use crate::meter::{MeterRef, Reading};
use crate::output::{Document, Style, grid, in_words, meter_line};

#[derive(Debug, Serialize)]
pub struct Readings {
    pub link: String,
    pub protocol: &'static str,
    pub read_at: String,
    #[serde(skip_serializing_if = "MeterRef::is_empty")]
    pub meter: MeterRef,
    pub values: Vec<Reading>,
}

/// The object as the user would ask for it.
fn label(reading: &Reading) -> String {
    match reading.attribute {
        Some(attribute) => format!("{}:{attribute}", reading.object),
        None => reading.object.clone(),
    }
}

impl Document for Readings {
    const SCHEMA: &'static str = "wattkey/read/1";

    fn table(&self, style: Style) -> String {
        let rows: Vec<Vec<String>> = self
            .values
            .iter()
            .map(|reading| {
                let value = match (&reading.value, &reading.error) {
                    (Some(value), Some(doubt)) => format!("{value} ({})", in_words(doubt)),
                    (None, Some(error)) => format!("not read: {}", in_words(error)),
                    (Some(value), None) => value.to_string(),
                    (None, None) => String::new(),
                };
                vec![label(reading), value, reading.unit.clone().unwrap_or_default()]
            })
            .collect();
        meter_line(&self.meter) + &grid(style, &["object", "value", "unit"], &rows)
    }

    fn csv_header(&self) -> Vec<String> {
        ["object", "class", "attribute", "value", "unit", "type", "error"].map(str::to_owned).to_vec()
    }

    fn csv_rows(&self) -> Vec<Vec<String>> {
        self.values
            .iter()
            .map(|reading| {
                vec![
                    reading.object.clone(),
                    reading.class.map(|class| class.to_string()).unwrap_or_default(),
                    reading.attribute.map(|attribute| attribute.to_string()).unwrap_or_default(),
                    reading.value.as_ref().map(Value::to_string).unwrap_or_default(),
                    reading.unit.clone().unwrap_or_default(),
                    reading.kind.clone().unwrap_or_default(),
                    reading.error.clone().unwrap_or_default(),
                ]
            })
            .collect()
    }
}
