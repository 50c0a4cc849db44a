//! The user's wish to stop, shared between the signal handler and every wait on a line.

use std::sync::atomic::{AtomicU8, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// Longest time any wait goes on without looking at the interrupt.
pub const POLL_SLICE: Duration = Duration::from_millis(100);

/// How long the exchange under way may go on after the first wish to stop, before its waits fail as if the user
/// insisted: the program is to be gone three seconds after a signal, its association released.
const GRACE: Duration = Duration::from_millis(1_500);

/// How often the user has asked to stop. The first time ends the command after the exchange under way, so that
/// the association can be released; the second time, or when that exchange goes on for more than a moment, every wait
/// fails at once.
///
/// While a change is under way ([`Interrupt::protect`]) the first wish waits until the outcome is settled.
#[derive(Debug, Clone, Default)]
pub struct Interrupt(Arc<State>);

#[derive(Debug, Default)]
struct State {
    raised: AtomicU8,
    /// When the grace of the exchange under way began: at the first wish, or when the change under way then ended.
    since: Mutex<Option<Instant>>,
    protection: Mutex<Option<Protection>>,
    /// What this is a part of: when the grace is over there, it is over here, too.
    whole: Option<Arc<State>>,
    /// Changes under way, of this interrupt and of those derived from it.
    changes: Arc<AtomicUsize>,
}

/// How a change under way is protected.
#[derive(Debug, Clone, Copy)]
struct Protection {
    /// When every wait fails, whatever the user wishes.
    until: Option<Instant>,
}

/// Ends the protection of a change when dropped.
#[derive(Debug)]
pub struct ProtectionGuard {
    state: Arc<State>,
    before: Option<Protection>,
}

impl Drop for ProtectionGuard {
    fn drop(&mut self) {
        *lock(&self.state) = self.before;
        self.state.changes.fetch_sub(1, Ordering::SeqCst);
        if self.before.is_none() && self.state.raised.load(Ordering::SeqCst) > 0 {
            *self.state.since.lock().unwrap_or_else(PoisonError::into_inner) = Some(Instant::now());
        }
    }
}

impl State {
    fn grace_over(&self) -> bool {
        let since = *self.since.lock().unwrap_or_else(PoisonError::into_inner);
        since.is_some_and(|since| since.elapsed() >= GRACE)
    }
}

fn lock(state: &State) -> MutexGuard<'_, Option<Protection>> {
    state.protection.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Interrupt {
    /// One that nobody has raised yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// One for a part of the work, such as one meter of many: it may be asked to stop by itself, it has the grace of the
    /// whole, and a change it protects counts as one of the whole.
    #[must_use]
    pub fn for_part(&self) -> Self {
        let (whole, changes) = (Some(Arc::clone(&self.0)), Arc::clone(&self.0.changes));
        Interrupt(Arc::new(State { whole, changes, ..State::default() }))
    }

    /// Counts one wish to stop and tells how many there have been. Safe in a signal handler's thread.
    pub fn raise(&self) -> u8 {
        let before =
            self.0.raised.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |count| Some(count.saturating_add(1)));
        self.0.since.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert_with(Instant::now);
        before.unwrap_or(u8::MAX).saturating_add(1)
    }

    /// Holds the first wish to stop back until the guard is dropped. With `until`, every wait fails from then on as if
    /// the user insisted.
    #[must_use]
    pub fn protect(&self, until: Option<Instant>) -> ProtectionGuard {
        let mut protection = lock(&self.0);
        let before = *protection;
        // An inner limit never lengthens an outer one.
        let outer = before.and_then(|outer| outer.until);
        let until = match (outer, until) {
            (Some(outer), Some(inner)) => Some(outer.min(inner)),
            (outer, inner) => outer.or(inner),
        };
        *protection = Some(Protection { until });
        self.0.changes.fetch_add(1, Ordering::SeqCst);
        ProtectionGuard { state: Arc::clone(&self.0), before }
    }

    /// Whether a change is under way, here or in a part.
    pub fn is_protected(&self) -> bool {
        self.0.changes.load(Ordering::SeqCst) > 0
    }

    /// How often the user has asked to stop, whether or not a change is under way.
    pub fn wishes(&self) -> u8 {
        self.0.raised.load(Ordering::SeqCst)
    }

    /// Stop after this exchange: no new request, no retry.
    pub fn requested(&self) -> bool {
        match *lock(&self.0) {
            None => self.wishes() >= 1,
            protection => self.immediate_under(protection),
        }
    }

    /// Stop at once.
    pub fn immediate(&self) -> bool {
        self.immediate_under(*lock(&self.0))
    }

    fn immediate_under(&self, protection: Option<Protection>) -> bool {
        let over = protection.and_then(|protection| protection.until).is_some_and(|until| Instant::now() >= until);
        let grace_over = || self.0.grace_over() || self.0.whole.as_ref().is_some_and(|whole| whole.grace_over());
        let wishes = self.0.whole.as_ref().map_or(0, |whole| whole.raised.load(Ordering::SeqCst)).max(self.wishes());
        over || wishes >= 2 || (protection.is_none() && grace_over())
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

    #[test]
    fn a_change_under_way_holds_the_first_wish_back() {
        let interrupt = Interrupt::new();
        let guard = interrupt.protect(None);
        interrupt.raise();
        assert!(!interrupt.requested() && !interrupt.immediate() && interrupt.wishes() == 1);
        drop(guard);
        assert!(interrupt.requested() && !interrupt.immediate());
        let _guard = interrupt.protect(None);
        interrupt.raise();
        assert!(interrupt.requested() && interrupt.immediate());
    }

    #[test]
    fn a_limit_ends_every_wait() {
        let interrupt = Interrupt::new();
        let _outer = interrupt.protect(Some(Instant::now()));
        assert!(interrupt.requested() && interrupt.immediate());
        let inner = interrupt.protect(None);
        assert!(interrupt.immediate(), "an inner change does not lengthen the outer limit");
        drop(inner);
    }
}
