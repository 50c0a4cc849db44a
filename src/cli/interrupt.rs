//! Ctrl-C: the first asks the running command to stop at its next safe point, the second ends the process.

use std::process;
use std::sync::OnceLock;

use wattkey::error::Exit;
use wattkey::link::Interrupt;

static STOP: OnceLock<Interrupt> = OnceLock::new();

/// The wish to stop that Ctrl-C (or SIGTERM, SIGHUP) raises. The handler is installed on the first call,
/// so commands that never wait on a line leave the system's own behaviour in place.
pub fn flag() -> Interrupt {
    STOP.get_or_init(|| {
        let stop = Interrupt::new();
        let raised = stop.clone();
        // Another handler can only be there if the library is embedded; then that program decides.
        let _ = ctrlc::set_handler(move || {
            if raised.raise() > 1 {
                process::exit(i32::from(Exit::Interrupted.number()));
            }
        });
        stop
    })
    .clone()
}

/// Installs the handler without asking for the flag: before a question, whose cursor must be shown again.
pub fn take_charge() {
    let _ = flag();
}
