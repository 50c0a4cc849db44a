//! `wattkey read`: single objects.

use serde::Serialize;
use time::OffsetDateTime;

use crate::cli::{CommandResult, Context, meter};
use wattkey::error::Exit;
use wattkey::meter::time::rfc3339;
use wattkey::meter::value::Value;
use wattkey::meter::{Item, Reading};
use wattkey::output::{Document, Style, grid, in_words};

/// Read single objects by OBIS code, register or data identifier
#[derive(Debug, clap::Args)]
#[command(after_long_help = "Examples:\n  \
    wattkey read 1.0.1.8.0.255\n  \
    wattkey read 1.0.1.8.0.255:3 0.0.96.3.10.255:2\n  \
    wattkey read 3/1.0.32.7.0.255:2        the class before the slash spares reading the object list\n  \
    wattkey read 1.8.0 C.1.0 -p iec62056-21\n  \
    wattkey read 00900200 energy-import-tariff-1 04000503 -p dlt645\n  \
    wattkey read 1.8.0 voltage-l1 unit-address input:0x0156:f32 -p modbus --address 3\n\n\
    Without an attribute the value is read, with its unit and scaled by it. A Modbus register is asked for by the\n\
    name its map gives it, by OBIS code, or as holding:NUMBER:TYPE and input:NUMBER:TYPE, the number counted from 0\n\
    as on the wire, the type u16, i16, u32, i32, u64, i64, f32, f64 or textN, with :swapped behind it for low words\n\
    first. An item of DL/T 645 is asked for by its hex digits or by name. Exit code 7 when every object was\n\
    refused, 0 when at least one was read.")]
pub struct Arguments {
    /// `[CLASS/]OBIS[:ATTRIBUTE]`, the address of a data set, a register, or a data identifier
    #[arg(required = true, value_name = "OBJECT")]
    pub objects: Vec<Item>,
}

#[derive(Debug, Serialize)]
struct Readings {
    link: String,
    protocol: &'static str,
    read_at: String,
    values: Vec<Reading>,
}

/// Reads and prints.
///
/// # Errors
/// Those of the line and the meter.
pub fn run(arguments: &Arguments, context: &mut Context) -> CommandResult {
    meter::with(context, |meter, context| {
        let values = meter.read(&arguments.objects)?;
        let all_refused = values.iter().all(|reading| reading.error.is_some());
        let readings = Readings {
            link: meter.link_name(),
            protocol: meter.profile().protocol.word(),
            read_at: rfc3339(OffsetDateTime::now_utc()),
            values,
        };
        context.print(&readings)?;
        Ok(if all_refused { Exit::MeterRefused } else { Exit::Done })
    })
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
                    (_, Some(error)) => format!("not read: {}", in_words(error)),
                    (Some(value), None) => value.to_string(),
                    (None, None) => String::new(),
                };
                vec![label(reading), value, reading.unit.clone().unwrap_or_default()]
            })
            .collect();
        grid(style, &["object", "value", "unit"], &rows)
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
