//! Ctrl-C: the first asks the running command to stop at its next safe point, the second ends the process.

use std::process;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};

use crate::error::Exit;

static STOP: OnceLock<Arc<AtomicBool>> = OnceLock::new();

/// The flag that the first Ctrl-C (or SIGTERM, SIGHUP) raises. The handler is installed on the first call,
/// so commands that never wait on a line leave the system's own behaviour in place.
pub fn flag() -> Arc<AtomicBool> {
    Arc::clone(STOP.get_or_init(|| {
        let stop = Arc::new(AtomicBool::new(false));
        let raised = Arc::clone(&stop);
        // Another handler can only be there if the library is embedded; then that program decides.
        let _ = ctrlc::set_handler(move || {
            if raised.swap(true, Ordering::SeqCst) {
                process::exit(i32::from(Exit::Interrupted.number()));
            }
        });
        stop
    }))
}
