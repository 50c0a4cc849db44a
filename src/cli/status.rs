//! `wattkey status`: what the meter is doing.

use std::thread;
use std::time::{Duration, Instant};

use crate::cli::{CommandResult, Context, meter};
use wattkey::error::Exit;
use wattkey::link::LinkError;
use wattkey::link::interrupt::POLL_SLICE;
use wattkey::meter::{Meter, MeterError};

/// Show what the meter is doing: credit, key, relay, supply, alarms
#[derive(Debug, clap::Args)]
#[command(after_long_help = include_str!("../../data/help/status.txt"))]
pub struct Arguments {
    /// Read again and again, pausing so long between readings
    #[arg(long, value_name = "PAUSE", num_args = 0..=1, default_missing_value = "5s", value_parser = wattkey::quantity::parse_duration)]
    pub watch: Option<Duration>,

    /// With --watch, stop after so many readings
    #[arg(long, value_name = "N", requires = "watch")]
    pub count: Option<u32>,

    /// Keep the good lines of an IEC 62056-21 readout whose check is wrong, and mark them
    #[arg(long)]
    pub salvage: bool,
}

/// Reads and prints the status.
pub fn run(arguments: &Arguments, context: &mut Context) -> CommandResult {
    context.salvage = arguments.salvage;
    meter::with(context, |meter, context| {
        let mut readings = 0u32;
        loop {
            let status = context.read_status(meter)?;
            context.print_again(&status, readings == 0, arguments.watch.is_some())?;
            readings = readings.saturating_add(1);
            let Some(pause) = arguments.watch else { return Ok(Exit::Done) };
            if arguments.count.is_some_and(|count| readings >= count) {
                return Ok(Exit::Done);
            }
            match wait(meter, pause, context) {
                Ok(()) => {}
                Err(MeterError::Link(LinkError::Interrupted)) => return Ok(Exit::Interrupted),
                Err(error) => return Err(error.into()),
            }
        }
    })
}

/// Lets real time go by. The clock of a simulated meter runs ahead of it otherwise, a year in a few minutes.
fn wait(meter: &mut dyn Meter, pause: Duration, context: &Context) -> Result<(), MeterError> {
    let is_simulated = context.options.link.as_deref().is_some_and(|link| link.starts_with("sim:"));
    let until = Instant::now() + pause;
    while is_simulated && Instant::now() < until {
        if context.interrupt().requested() {
            return Err(MeterError::Link(LinkError::Interrupted));
        }
        thread::sleep(POLL_SLICE.min(until.saturating_duration_since(Instant::now())));
    }
    meter.pause(pause)
}
