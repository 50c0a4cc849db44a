//! `wattkey events`: the meter's event logs.

use time::OffsetDateTime;

use crate::cli::options::period::ExtractArguments;
use crate::cli::{CommandResult, Context, meter};
use wattkey::documents::events::Events;
use wattkey::error::Exit;
use wattkey::meter::MeterRef;
use wattkey::meter::time::rfc3339;

/// Read the meter's event logs
#[derive(Debug, clap::Args)]
#[command(after_long_help = include_str!("../../data/help/events.txt"))]
pub struct Arguments {
    /// What is asked for.
    #[command(flatten)]
    pub extract: ExtractArguments,
}

/// Reads and prints.
pub fn run(arguments: &Arguments, context: &mut Context) -> CommandResult {
    let extract = arguments.extract.extract(&[]);
    meter::with(context, |meter, context| {
        let logs = meter.events(&extract)?;
        let read_at = rfc3339(OffsetDateTime::now_utc());
        context.print(&Events { link: meter.link_name(), read_at, meter: MeterRef::of_reading(meter)?, logs })?;
        Ok(Exit::Done)
    })
}
