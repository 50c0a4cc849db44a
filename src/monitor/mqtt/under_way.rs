//! Messages on their way on one connection.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

/// How long an acknowledgement may take that is not behind others.
const PATIENCE: Duration = Duration::from_secs(300);

#[derive(Debug)]
struct Sent {
    topic: String,
    at: Instant,
    /// How many had been answered by then.
    answered: u64,
}

/// Messages from the outbox that the broker has not answered.
#[derive(Debug)]
pub(super) struct UnderWay {
    sent: BTreeMap<u64, Sent>,
    answered: u64,
    last_answer: Instant,
}

impl UnderWay {
    pub(super) fn new(now: Instant) -> Self {
        UnderWay { sent: BTreeMap::new(), answered: 0, last_answer: now }
    }

    pub(super) fn holds(&self, seq: u64) -> bool {
        self.sent.contains_key(&seq)
    }

    /// A message has left; `topic` stands below the prefix.
    pub(super) fn leaves(&mut self, seq: u64, topic: &str, now: Instant) {
        if self.sent.is_empty() {
            self.last_answer = now;
        }
        self.sent.insert(seq, Sent { topic: topic.to_owned(), at: now, answered: self.answered });
    }

    /// The broker has answered something.
    pub(super) fn is_heard(&mut self, now: Instant) {
        self.last_answer = now;
    }

    /// The broker has answered a message; gives its topic.
    pub(super) fn answered(&mut self, seq: u64) -> Option<String> {
        self.answered = self.answered.saturating_add(1);
        self.sent.remove(&seq).map(|sent| sent.topic)
    }

    /// Whether an answer will not come any more: the broker has been silent for long, or has since answered more than
    /// `window`, as many as may be on their way at once.
    pub(super) fn is_stuck(&self, window: usize, now: Instant) -> bool {
        let window = u64::try_from(window).unwrap_or(u64::MAX);
        let is_silent = now.saturating_duration_since(self.last_answer) > PATIENCE;
        self.sent.values().any(|sent| {
            let is_late = now.saturating_duration_since(sent.at) > PATIENCE;
            is_late && (is_silent || self.answered.saturating_sub(sent.answered) > window)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slow_broker_is_waited_for_and_one_that_forgets_a_message_is_not() {
        let begun = Instant::now();
        let after = |seconds| begun + Duration::from_secs(seconds);
        let mut way = UnderWay::new(begun);
        (0..4).for_each(|seq| way.leaves(seq, "reading", begun));
        for (seq, seconds) in [(1, 250), (2, 500)] {
            way.is_heard(after(seconds));
            assert_eq!(way.answered(seq).as_deref(), Some("reading"));
            assert!(!way.is_stuck(4, after(seconds + 1)));
        }
        assert!(way.is_stuck(4, after(801)), "nothing has come for five minutes");
        (4..8).for_each(|seq| way.leaves(seq, "event", after(801)));
        way.is_heard(after(802));
        assert!(!way.is_stuck(4, after(803)));
        (4..7).for_each(|seq| drop(way.answered(seq)));
        assert!(way.is_stuck(4, after(803)), "five were answered since the first left");
        assert!(way.holds(0) && !way.holds(4));
    }
}
