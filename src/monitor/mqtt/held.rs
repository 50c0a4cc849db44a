//! Topics of which a broker takes no message for now: they are tried one message at a time, with growing waits, and hold up
//! nothing else meanwhile.

use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};

use crate::monitor::backoff::Backoff;

/// A broker's rules may change while it runs: they are tried again after these waits.
const WAITS: Backoff = Backoff::new(Duration::from_secs(60), Duration::from_secs(30 * 60));

#[derive(Debug)]
struct Held {
    /// When a message is tried next.
    due: Instant,
    waits: Backoff,
    /// The message that is on its way to try it.
    trial: Option<u64>,
    /// The message that was refused first.
    first: u64,
}

/// Topics whose messages stay on disk.
#[derive(Debug, Default)]
pub(super) struct HeldTopics {
    topics: BTreeMap<String, Held>,
    /// Messages for which a topic was held, of which the broker then took another.
    suspects: BTreeSet<u64>,
}

impl HeldTopics {
    /// Whether messages of this topic wait.
    pub(super) fn holds(&self, topic: &str) -> bool {
        self.topics.contains_key(topic)
    }

    /// Topics of which a message is to be tried now.
    pub(super) fn due(&self, now: Instant) -> Vec<String> {
        let due = self.topics.iter().filter(|(_, held)| held.trial.is_none() && held.due <= now);
        due.map(|(topic, _)| topic.clone()).collect()
    }

    /// A message has left to try its topic; without one nothing of the topic waits any more.
    pub(super) fn tries(&mut self, topic: &str, message: Option<u64>) {
        match (message, self.topics.get_mut(topic)) {
            (Some(seq), Some(held)) => held.trial = Some(seq),
            (None, _) => drop(self.topics.remove(topic)),
            (Some(_), None) => {}
        }
    }

    /// The broker has refused a message. Tells whether that is the message's own fault: its topic was taken in between.
    pub(super) fn refused(&mut self, topic: &str, seq: u64, now: Instant) -> bool {
        if self.suspects.remove(&seq) {
            return true;
        }
        match self.topics.get_mut(topic) {
            None => {
                let mut waits = WAITS;
                let held = Held { due: now + waits.lengthen(), waits, trial: None, first: seq };
                self.topics.insert(topic.to_owned(), held);
            }
            Some(held) if held.trial == Some(seq) => {
                (held.due, held.trial) = (now + held.waits.lengthen(), None);
            }
            // It was on its way when the first was refused.
            Some(_) => {}
        }
        false
    }

    /// The broker has dealt with messages for good; tells whether it takes a topic again that was held.
    pub(super) fn settled(&mut self, numbers: &[u64]) -> bool {
        let mut released = Vec::new();
        self.topics.retain(|_, held| {
            let is_taken = held.trial.is_some_and(|trial| numbers.contains(&trial));
            released.extend(is_taken.then_some(held.first));
            !is_taken
        });
        self.suspects.extend(&released);
        for number in numbers {
            self.suspects.remove(number);
        }
        !released.is_empty()
    }

    /// A new connection: each topic is tried at once.
    pub(super) fn begin_anew(&mut self, now: Instant) {
        for held in self.topics.values_mut() {
            (held.due, held.trial) = (now, None);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refused_topic_is_tried_by_one_message_at_a_time_ever_more_rarely() {
        let mut held = HeldTopics::default();
        let mut now = Instant::now();
        held.refused("event", 3, now);
        held.refused("event", 4, now);
        assert!(held.holds("event") && !held.holds("reading") && held.due(now).is_empty());
        for minutes in [1, 2, 4, 8, 16, 30, 30] {
            now += Duration::from_secs(60 * minutes) - Duration::from_secs(1);
            assert!(held.due(now).is_empty(), "before {minutes} min");
            now += Duration::from_secs(1);
            assert_eq!(held.due(now), ["event"]);
            held.tries("event", Some(3));
            assert!(held.due(now).is_empty());
            assert!(!held.refused("event", 3, now));
        }
    }

    #[test]
    fn a_topic_is_let_go_when_its_message_is_taken_or_gone() {
        let mut held = HeldTopics::default();
        let now = Instant::now();
        held.refused("event", 3, now);
        held.refused("alarm", 5, now);
        held.begin_anew(now);
        assert_eq!(held.due(now), ["alarm", "event"]);
        held.tries("event", Some(3));
        assert!(!held.settled(&[5, 9]), "only the message that tries it tells of a topic");
        assert!(held.settled(&[3]) && !held.holds("event"));
        held.tries("alarm", None);
        assert!(!held.holds("alarm"));
    }

    #[test]
    fn a_message_that_is_refused_while_its_topic_is_taken_is_told_apart() {
        let mut held = HeldTopics::default();
        let now = Instant::now();
        held.refused("event", 3, now);
        held.tries("event", Some(8));
        assert!(held.settled(&[8]));
        assert!(held.refused("event", 3, now) && !held.holds("event"));
        assert!(!held.refused("event", 9, now) && held.holds("event"));
    }
}
