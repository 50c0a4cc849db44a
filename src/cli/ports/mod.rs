//! `wattkey ports`: the serial ports of this machine, and whether they can be used.

mod loopback;

use std::time::Duration;

use crate::cli::{CommandResult, Context};
use wattkey::documents::ports::list::Ports;
use wattkey::error::Exit;
use wattkey::link::Interrupt;

/// Time between two looks of `--watch`.
const WATCH_PERIOD: Duration = Duration::from_millis(500);

/// List serial ports, USB first, and whether each can be used
#[derive(Debug, clap::Args)]
#[command(after_long_help = include_str!("../../../data/help/ports.txt"))]
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
pub fn run(arguments: &Arguments, context: &mut Context) -> CommandResult {
    if let Some(port) = &arguments.test {
        return loopback::run(port, context);
    }
    let shown = Ports::now(arguments.all);
    context.print_again(&shown, true, false)?;
    if !arguments.watch {
        return Ok(Exit::Done);
    }
    let interrupt: Interrupt = context.interrupt();
    let look = || {
        std::thread::sleep(WATCH_PERIOD);
        (!interrupt.requested()).then(|| Ports::now(arguments.all))
    };
    changes(shown, look, |now| context.print_again(now, false, false))?;
    Ok(Exit::Interrupted)
}

/// Shows what each look finds when it is not what was shown last, until there is no more to look at.
fn changes<T: PartialEq, E>(
    mut shown: T,
    mut look: impl FnMut() -> Option<T>,
    mut show: impl FnMut(&T) -> Result<(), E>,
) -> Result<(), E> {
    while let Some(now) = look() {
        if now != shown {
            show(&now)?;
            shown = now;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unplugging_and_plugging_in_again_are_shown_once_each() {
        let (there, gone) = (vec!["/dev/ttyUSB0"], Vec::new());
        let mut looks =
            [there.clone(), gone.clone(), gone.clone(), there.clone(), there.clone(), vec!["/dev/ttyUSB1"]].into_iter();
        let mut seen = Vec::new();
        let shown: Result<(), ()> = changes(
            there.clone(),
            || looks.next(),
            |now| {
                seen.push(now.clone());
                Ok(())
            },
        );
        assert_eq!(shown, Ok(()));
        assert_eq!(seen, [gone, there, vec!["/dev/ttyUSB1"]]);
    }
}
