//! What is being tried with the meter, told when it takes long.

use std::io::{self, IsTerminal, Write};
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::Duration;

use wattkey::output::sanitize;

/// How long a try may take without a word.
const PATIENCE: Duration = Duration::from_secs(1);

/// Goes up with each try, and when the command has something to say.
static CURRENT: AtomicU64 = AtomicU64::new(0);

/// A try begins. When it is still the current one after a second, it is told on standard error, where that is a terminal.
pub fn begin(what: String) {
    let own = CURRENT.fetch_add(1, Ordering::SeqCst).wrapping_add(1);
    if !io::stderr().is_terminal() {
        return;
    }
    thread::spawn(move || {
        thread::sleep(PATIENCE);
        if CURRENT.load(Ordering::SeqCst) == own {
            let _ = writeln!(io::stderr(), "{} …", sanitize(&what));
        }
    });
}

/// The command has something to say: the try is over.
pub fn end() {
    CURRENT.fetch_add(1, Ordering::SeqCst);
}
