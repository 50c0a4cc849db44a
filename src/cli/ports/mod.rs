//! `wattkey ports`: the serial ports of this machine, and whether they can be used.

mod list;
mod loopback;

use std::time::Duration;

use crate::cli::{Context, Outcome};
use crate::error::Exit;
use crate::link::Interrupt;

/// Time between two looks of `--watch`.
const WATCH_PERIOD: Duration = Duration::from_millis(500);

/// List serial ports, USB first, and whether each can be used
#[derive(Debug, clap::Args)]
#[command(after_long_help = "Examples:\n  \
    wattkey ports\n  \
    wattkey ports --all\n  \
    wattkey ports --watch\n  \
    wattkey ports --test /dev/ttyUSB0\n\n\
    A port that is not in the list can be used all the same: name it with --link. --test sends test bytes at the\n\
    usual speeds and expects them back: put the head on a mirror, or bridge TX and RX, and take it off the meter.")]
pub struct Arguments {
    /// Show ports without hardware, too
    #[arg(long)]
    pub all: bool,

    /// Go on and show every change, until Ctrl-C
    #[arg(long, conflicts_with = "test")]
    pub watch: bool,

    /// Check a looped-back port: which speeds come back as sent, and how fast
    #[arg(long, value_name = "PORT")]
    pub test: Option<String>,
}

/// Lists, watches or tests.
///
/// # Errors
/// A port under test that cannot be opened; a failing standard output.
pub fn run(arguments: &Arguments, context: &mut Context) -> Outcome {
    if let Some(port) = &arguments.test {
        return loopback::run(port, context);
    }
    let mut shown = list::Ports::now(arguments.all);
    context.print(&shown)?;
    if !arguments.watch {
        return Ok(Exit::Done);
    }
    let interrupt: Interrupt = context.interrupt();
    while !interrupt.requested() {
        std::thread::sleep(WATCH_PERIOD);
        let now = list::Ports::now(arguments.all);
        if now != shown {
            context.print(&now)?;
            shown = now;
        }
    }
    Ok(Exit::Interrupted)
}
