//! `wattkey read`: single objects.

use time::OffsetDateTime;

use crate::cli::{CommandResult, Context, meter};
use wattkey::documents::read::Readings;
use wattkey::error::Exit;
use wattkey::meter::Item;
use wattkey::meter::time::rfc3339;

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
        let all_refused = values.iter().all(|reading| reading.value.is_none());
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
