//! The end of a watch, for the threads that send what it has read.

use std::sync::{Arc, OnceLock};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// How long is waited for a thread beyond the time it was given.
const GRACE: Duration = Duration::from_millis(300);
/// How often is looked whether it has ended.
const LOOK: Duration = Duration::from_millis(10);

/// Whether the end has begun, and until when what is left may be sent. Copies share one state.
#[derive(Debug, Clone, Default)]
pub struct Ending(Arc<OnceLock<Instant>>);

impl Ending {
    /// From now on, what is left may be sent for so long. Only the first call counts.
    pub fn begin(&self, within: Duration) {
        self.0.get_or_init(|| Instant::now() + within);
    }

    /// When everything has to be done; `None` while the watch goes on.
    pub fn until(&self) -> Option<Instant> {
        self.0.get().copied()
    }

    /// Whether the time is up.
    pub fn is_over(&self) -> bool {
        self.until().is_some_and(|until| Instant::now() >= until)
    }

    /// Waits, at most until the end begins.
    pub fn pause(&self, wait: Duration) {
        let until = Instant::now() + wait;
        while Instant::now() < until && self.until().is_none() {
            std::thread::sleep(LOOK.min(wait));
        }
    }

    /// What a thread ends with; `None` when it failed, or is stuck in a call that does not end in time: then it is left alone.
    pub fn join<T>(&self, thread: JoinHandle<T>) -> Option<T> {
        let until = self.until().unwrap_or_else(Instant::now) + GRACE;
        while !thread.is_finished() {
            if Instant::now() >= until {
                return None;
            }
            std::thread::sleep(LOOK);
        }
        thread.join().ok()
    }
}
