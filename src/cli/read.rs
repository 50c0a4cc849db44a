//! `wattkey read`: single objects.

use time::OffsetDateTime;

use crate::cli::{CommandError, CommandResult, Context, meter};
use wattkey::documents::read::Readings;
use wattkey::error::Exit;
use wattkey::meter::time::rfc3339;
use wattkey::meter::{Item, MeterRef};

/// Read single objects by OBIS code, register or data identifier
#[derive(Debug, clap::Args)]
#[command(after_long_help = include_str!("../../data/help/read.txt"))]
pub struct Arguments {
    /// `[CLASS/]OBIS[:ATTRIBUTE]`, the address of a data set, a register, or a data identifier
    #[arg(required = true, value_name = "OBJECT")]
    pub objects: Vec<Item>,

    /// Keep the good lines of an IEC 62056-21 readout whose check is wrong, and mark them
    #[arg(long)]
    pub salvage: bool,
}

/// Reads and prints.
pub fn run(arguments: &Arguments, context: &mut Context) -> CommandResult {
    context.salvage = arguments.salvage;
    meter::with(context, |meter, context| {
        let values = meter.read(&arguments.objects)?;
        let read_at = rfc3339(OffsetDateTime::now_utc());
        let lost = values.iter().find_map(|reading| Some((reading.fault?, reading)));
        let exit = match lost {
            Some((code, reading)) => {
                let why = reading.error.as_deref().unwrap_or_default();
                Err(CommandError::new(code, format!("{} was not read, nor what comes after it: {why}", reading.object)))
            }
            None if values.iter().all(|reading| reading.value.is_none()) => Ok(Exit::MeterRefused),
            None => Ok(Exit::Done),
        };
        let reference = if exit.is_ok() { MeterRef::of_reading(meter)? } else { MeterRef::default() };
        let protocol = meter.profile().protocol.word();
        let readings = Readings { link: meter.link_name(), protocol, read_at, meter: reference, values };
        context.finish(&readings, exit)
    })
}
