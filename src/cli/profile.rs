//! `wattkey profile`: the load profile, as a table, a drawing, CSV or JSON.

use time::OffsetDateTime;

use crate::cli::options::period::ExtractArguments;
use crate::cli::{CommandResult, Context, meter};
use wattkey::documents::profile::LoadProfile;
use wattkey::error::Exit;
use wattkey::meter::MeterRef;
use wattkey::meter::time::rfc3339;

/// Read the load profile
#[derive(Debug, clap::Args)]
#[command(after_long_help = include_str!("../../data/help/profile.txt"))]
pub struct Arguments {
    /// What is asked for.
    #[command(flatten)]
    pub extract: ExtractArguments,

    /// Columns wanted beside the time, by their objects: 1.0.1.8.0,1.0.32.7.0
    #[arg(long, value_name = "OBJECTS", value_delimiter = ',')]
    pub columns: Vec<String>,

    /// Draw a bar for each row; a register that counts up is drawn by what it rose
    #[arg(long)]
    pub bars: bool,
}

/// Reads and prints.
pub fn run(arguments: &Arguments, context: &mut Context) -> CommandResult {
    let extract = arguments.extract.extract(&arguments.columns);
    meter::with(context, |meter, context| {
        let log = meter.load_profile(&extract)?;
        let read_at = rfc3339(OffsetDateTime::now_utc());
        let (link, bars) = (meter.link_name(), arguments.bars);
        context.print(&LoadProfile { link, read_at, meter: MeterRef::of_reading(meter)?, log, bars })?;
        Ok(Exit::Done)
    })
}
