//! `wattkey profile`: the load profile, as a table, a drawing, CSV or JSON.

use time::OffsetDateTime;

use crate::cli::options::period::PeriodArguments;
use crate::cli::{CommandResult, Context, meter};
use wattkey::documents::profile::LoadProfile;
use wattkey::error::Exit;
use wattkey::meter::MeterRef;
use wattkey::meter::time::rfc3339;

/// Read the load profile
#[derive(Debug, clap::Args)]
#[command(after_long_help = include_str!("../../data/help/profile.txt"))]
pub struct Arguments {
    /// The period asked for.
    #[command(flatten)]
    pub period: PeriodArguments,

    /// Draw a bar for each row; a register that counts up is drawn by what it rose
    #[arg(long)]
    pub bars: bool,
}

/// Reads and prints.
pub fn run(arguments: &Arguments, context: &mut Context) -> CommandResult {
    let period = arguments.period.period();
    meter::with(context, |meter, context| {
        let log = meter.load_profile(period)?;
        let read_at = rfc3339(OffsetDateTime::now_utc());
        let (link, bars) = (meter.link_name(), arguments.bars);
        context.print(&LoadProfile { link, read_at, meter: MeterRef::of_reading(meter)?, log, bars })?;
        Ok(Exit::Done)
    })
}
