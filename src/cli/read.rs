//! `wattkey read`: single objects.

use time::OffsetDateTime;

use crate::cli::{CommandResult, Context, meter};
use wattkey::documents::read::Readings;
use wattkey::error::Exit;
use wattkey::meter::Item;
use wattkey::meter::time::rfc3339;

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

/// Reads and prints.
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
