//! Waits between attempts to reach something that is away.

use std::time::Duration;

/// Waits that double from the shortest to the longest.
#[derive(Debug, Clone, Copy)]
pub(super) struct Backoff {
    first: Duration,
    longest: Duration,
    next: Duration,
}

impl Backoff {
    pub(super) const fn new(first: Duration, longest: Duration) -> Self {
        Backoff { first, longest, next: first }
    }

    /// The wait that is due now; the one after it is longer.
    pub(super) fn lengthen(&mut self) -> Duration {
        let due = self.next;
        self.next = due.saturating_mul(2).min(self.longest);
        due
    }

    /// It was reached: the next wait is the shortest.
    pub(super) fn begin_anew(&mut self) {
        self.next = self.first;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_up_to_the_longest() {
        let mut waits = Backoff::new(Duration::from_secs(1), Duration::from_secs(5));
        let seconds: Vec<u64> = (0..4).map(|_| waits.lengthen().as_secs()).collect();
        assert_eq!(seconds, [1, 2, 4, 5]);
        waits.begin_anew();
        assert_eq!(waits.lengthen().as_secs(), 1);
    }
}
