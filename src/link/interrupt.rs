//! The user's wish to stop, shared between the signal handler and every wait on a line.

use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};

/// Longest time any wait goes on without looking at the interrupt.
pub const POLL_SLICE: std::time::Duration = std::time::Duration::from_millis(100);

/// How often the user has asked to stop. The first time ends the command after the exchange under way, so that
/// the association can be released; the second time every wait fails at once.
#[derive(Debug, Clone, Default)]
pub struct Interrupt(Arc<AtomicU8>);

impl Interrupt {
    /// One that nobody has raised yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Counts one wish to stop and tells how many there have been. Safe in a signal handler's thread.
    pub fn raise(&self) -> u8 {
        let before = self.0.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |count| Some(count.saturating_add(1)));
        before.unwrap_or(u8::MAX).saturating_add(1)
    }

    /// Stop after this exchange: no new request, no retry.
    pub fn requested(&self) -> bool {
        self.0.load(Ordering::SeqCst) >= 1
    }

    /// Stop at once.
    pub fn immediate(&self) -> bool {
        self.0.load(Ordering::SeqCst) >= 2
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_second_wish_is_immediate() {
        let interrupt = Interrupt::new();
        let seen_by_the_link = interrupt.clone();
        assert!(!seen_by_the_link.requested());
        assert_eq!(interrupt.raise(), 1);
        assert!(seen_by_the_link.requested() && !seen_by_the_link.immediate());
        assert_eq!(interrupt.raise(), 2);
        assert!(seen_by_the_link.immediate());
    }
}
