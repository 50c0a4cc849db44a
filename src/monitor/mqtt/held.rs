//! Topics of which a broker takes no message for now: they are tried one message at a time, with growing waits, and hold up
//! nothing else meanwhile.

use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};

use crate::monitor::backoff::Backoff;

/// A broker's rules may change while it runs: a topic is tried again after these waits.
const SHORTEST_WAIT: Duration = Duration::from_secs(60);
const WAITS: Backoff = Backoff::new(SHORTEST_WAIT, Duration::from_secs(30 * 60));

/// Messages refused by themselves that are remembered.
const MOST_ODD: usize = 10_000;

#[derive(Debug)]
struct Held {
    /// The message that was refused.
    first: u64,
    /// When a message was refused last.
    since: Instant,
    /// When a message is tried next.
    due: Instant,
    waits: Backoff,
    /// The message that is on its way to try it.
    trial: Option<u64>,
    /// The message that was tried last: each time it is the next one's turn.
    tried: u64,
    /// The oldest message that was left out.
    left_out: Option<u64>,
}

impl Held {
    fn leave_out(&mut self, seq: u64) {
        self.left_out = Some(self.left_out.map_or(seq, |oldest| oldest.min(seq)));
    }
}

/// Topics whose messages stay on disk.
#[derive(Debug, Default)]
pub(super) struct HeldTopics {
    topics: BTreeMap<String, Held>,
    /// Messages that were refused while others of their topics were taken.
    odd: BTreeSet<u64>,
}

impl HeldTopics {
    /// Whether a message is to wait with its topic.
    pub(super) fn leaves_out(&mut self, topic: &str, seq: u64) -> bool {
        let Some(held) = self.topics.get_mut(topic) else { return false };
        held.leave_out(seq);
        // One that was not tried yet need not share the fate of those that were.
        if seq > held.tried {
            held.due = held.due.min(held.since + SHORTEST_WAIT);
        }
        true
    }

    /// Topics of which a message is to be tried now: the next one behind this number, or else the oldest.
    pub(super) fn due(&self, now: Instant) -> Vec<(String, u64)> {
        let due = self.topics.iter().filter(|(_, held)| held.trial.is_none() && held.due <= now);
        due.map(|(topic, held)| (topic.clone(), held.tried)).collect()
    }

    /// A message has left to try its topic; without one nothing of the topic waits any more.
    pub(super) fn tries(&mut self, topic: &str, message: Option<u64>) {
        match (message, self.topics.get_mut(topic)) {
            (Some(seq), Some(held)) => (held.trial, held.tried) = (Some(seq), seq),
            (None, _) => drop(self.topics.remove(topic)),
            (Some(_), None) => {}
        }
    }

    /// The broker has refused a message for now.
    pub(super) fn refused(&mut self, topic: &str, seq: u64, now: Instant) {
        match self.topics.get_mut(topic) {
            // That tells nothing of its topic.
            None if self.odd.contains(&seq) => {}
            None => {
                let mut waits = WAITS;
                let due = now + waits.lengthen();
                let held = Held { first: seq, since: now, due, waits, trial: None, tried: seq, left_out: Some(seq) };
                self.topics.insert(topic.to_owned(), held);
            }
            Some(held) if held.trial == Some(seq) => {
                (held.since, held.due, held.trial) = (now, now + held.waits.lengthen(), None);
            }
            // It was on its way when the first was refused.
            Some(held) => held.leave_out(seq),
        }
    }

    /// A message was set aside: that tells nothing of its topic, which another is to try.
    pub(super) fn set_aside(&mut self, topic: &str, seq: u64) {
        if let Some(held) = self.topics.get_mut(topic).filter(|held| held.trial == Some(seq)) {
            held.trial = None;
        }
    }

    /// The broker has taken a message. One that tried its topic, or left behind a refused one, tells that the topic is taken:
    /// it is let go, and the oldest of its messages that waits is given back.
    pub(super) fn taken(&mut self, topic: &str, seq: u64) -> Option<u64> {
        self.odd.remove(&seq);
        if self.topics.get(topic).is_none_or(|held| seq < held.first && held.trial != Some(seq)) {
            return None;
        }
        let held = self.topics.remove(topic)?;
        if held.first != seq {
            if self.odd.len() >= MOST_ODD {
                self.odd.pop_first();
            }
            self.odd.insert(held.first);
        }
        held.left_out
    }

    /// A new connection: each topic is tried at once, and all that waits is gone through from its beginning.
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
        assert!(held.leaves_out("event", 5) && !held.leaves_out("reading", 6) && held.due(now).is_empty());
        let mut last = 3;
        for minutes in [1, 2, 4, 8, 16, 30, 30] {
            now += Duration::from_secs(60 * minutes) - Duration::from_secs(1);
            assert!(held.due(now).is_empty(), "before {minutes} min");
            now += Duration::from_secs(1);
            assert_eq!(held.due(now), [("event".to_owned(), last)]);
            last += 1;
            held.tries("event", Some(last));
            assert!(held.due(now).is_empty());
            held.refused("event", last, now);
        }
    }

    #[test]
    fn a_topic_is_let_go_when_a_later_message_of_it_is_taken() {
        let mut held = HeldTopics::default();
        let now = Instant::now();
        held.refused("event", 3, now);
        assert_eq!(held.taken("event", 2), None);
        assert!(held.leaves_out("event", 7) && held.leaves_out("event", 9), "one that left before tells nothing");
        assert_eq!(held.taken("event", 4), Some(3));
        assert!(!held.leaves_out("event", 7));
        // The third was refused for its own sake: that does not hold the topic again.
        held.refused("event", 3, now);
        assert!(!held.leaves_out("event", 7));
    }

    #[test]
    fn an_older_message_lets_its_topic_go_when_it_was_the_one_to_try_it() {
        let mut held = HeldTopics::default();
        let now = Instant::now();
        held.refused("event", 10, now);
        held.tries("event", Some(3));
        assert_eq!(held.taken("event", 3), Some(10));
        assert!(!held.leaves_out("event", 11));
    }

    #[test]
    fn a_message_refused_by_itself_can_try_a_topic_in_vain() {
        let mut held = HeldTopics::default();
        let now = Instant::now();
        held.refused("event", 3, now);
        held.taken("event", 4);
        held.refused("event", 10, now);
        held.tries("event", Some(3));
        held.refused("event", 3, now);
        let later = now + Duration::from_secs(120);
        assert_eq!(held.due(later), [("event".to_owned(), 3)]);
    }

    #[test]
    fn a_new_message_is_not_left_out_for_longer_than_the_shortest_wait() {
        let mut held = HeldTopics::default();
        let mut now = Instant::now();
        held.refused("event", 3, now);
        for minutes in [1, 2] {
            now += Duration::from_secs(60 * minutes);
            held.tries("event", Some(3));
            held.refused("event", 3, now);
        }
        let minute_later = now + Duration::from_secs(60);
        assert!(held.due(minute_later).is_empty());
        assert!(held.leaves_out("event", 4));
        assert_eq!(held.due(minute_later), [("event".to_owned(), 3)]);
    }

    #[test]
    fn a_trial_that_is_set_aside_or_gone_tells_nothing() {
        let mut held = HeldTopics::default();
        let now = Instant::now();
        held.refused("event", 3, now);
        held.begin_anew(now);
        held.tries("event", Some(8));
        held.set_aside("event", 8);
        assert_eq!(held.due(now), [("event".to_owned(), 8)]);
        assert!(held.leaves_out("event", 9));
        held.tries("event", None);
        assert!(!held.leaves_out("event", 9));
    }
}
