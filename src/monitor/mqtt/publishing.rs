//! Records on their way to a broker: outbox, retained meter list, and the thread that sends.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread::JoinHandle;
use std::time::Duration;

use serde_json::json;

use super::conversation::Refusal;
use super::values::ValueTopics;
use super::{Announcement, Broker, Publisher, Report};
use crate::monitor::ending::Ending;
use crate::monitor::forwarding::Left;
use crate::monitor::outbox::{MQTT, OutboxError, Waiting};
use crate::monitor::watch::{LinePlan, NoteSender};

/// Wait before an outbox that could not be used is asked again.
const AGAIN: Duration = Duration::from_secs(5);

/// Records on their way to the broker.
#[derive(Debug)]
pub struct Publishing {
    waiting: Waiting,
    refused: Arc<AtomicU64>,
    ending: Ending,
    sender: Option<JoinHandle<()>>,
}

impl Publishing {
    /// Opens the outbox and begins to send. A broker that is away is no error.
    ///
    /// # Errors
    /// An outbox that cannot be used.
    pub fn start(
        broker: Broker,
        prefix: &str,
        (outbox, consumer): (&Path, &str),
        lines: &[LinePlan],
        values: Option<ValueTopics>,
        ending: &Ending,
        notes: NoteSender,
    ) -> Result<Self, OutboxError> {
        let mut waiting = Waiting::open(outbox, consumer)?;
        waiting.adopt(MQTT)?;
        let refused = waiting.count_set_aside();
        let announcements = vec![meter_list(prefix, lines)];
        let mut publisher = Publisher::new(broker, waiting, prefix, announcements, values);
        let (mut last, mut told) = (None, BTreeSet::new());
        let end = ending.clone();
        let sender = std::thread::spawn(move || {
            // A broker that stays away is told once.
            let mut tell = |words: String| {
                if last.as_ref() != Some(&words) {
                    notes.send(words.clone());
                    last = Some(words);
                }
            };
            // An outbox that cannot be used now, as when another program holds it, is asked again.
            while let Err(error) = publisher.run(&end, |report| {
                let words = match report {
                    Report::Connected(name, version) => {
                        told.clear();
                        format!("connected to the broker {name} ({version})")
                    }
                    Report::Away(error) => format!("{error}; records wait on disk"),
                    Report::Refused(refusal) if !told.insert(kind(&refusal)) => return,
                    Report::Refused(refusal) => in_words(&refusal),
                };
                tell(words);
            }) {
                tell(format!("{error}; records wait on disk"));
                if end.until().is_some() {
                    break;
                }
                end.pause(AGAIN);
            }
        });
        let waiting = Waiting::open(outbox, consumer)?;
        Ok(Publishing { waiting, refused, ending: ending.clone(), sender: Some(sender) })
    }

    /// Whether the thread goes on.
    pub fn is_alive(&self) -> bool {
        self.sender.as_ref().is_some_and(|sender| !sender.is_finished())
    }

    /// Ends when all is sent or the time of the ending is up, and tells what is left.
    ///
    /// # Errors
    /// A damaged outbox.
    pub fn end(mut self) -> Result<Left, OutboxError> {
        if let Some(sender) = self.sender.take() {
            // One that is stuck leaves its messages in the outbox, where they are counted.
            self.ending.join(sender);
        }
        Ok(Left { waiting: self.waiting.len()?, refused: self.refused.load(Ordering::Relaxed) })
    }
}

/// What is told once on a connection. There may be hundreds of topics that the broker does not keep for one reason.
fn kind(refusal: &Refusal) -> (Option<String>, String, bool) {
    (refusal.message.map(|_| refusal.topic.clone()), refusal.reason.clone(), refusal.is_final)
}

fn in_words(refusal: &Refusal) -> String {
    let (topic, reason) = (&refusal.topic, refusal);
    match (refusal.message, refusal.is_final) {
        (Some(_), false) => format!("the broker does not take {topic}: {reason}; what it refuses waits on disk"),
        (Some(seq), true) => {
            format!("the broker does not take message {seq} of {topic}, which is set aside in the outbox: {reason}")
        }
        (None, _) => format!("the broker does not keep {topic}: {reason}; others it refuses for this are not named"),
    }
}

fn meter_list(prefix: &str, lines: &[LinePlan]) -> Announcement {
    let meters: Vec<_> = lines
        .iter()
        .flat_map(|line| line.meters.iter().map(move |meter| (line, meter)))
        .map(|(line, meter)| {
            json!({"line": line.link, "meter": meter.name, "address": meter.options.address,
                   "protocol": meter.options.protocol, "profile": meter.options.profile})
        })
        .collect();
    let document = json!({"schema": "wattkey/monitor-meters/1", "meters": meters});
    Announcement { topic: format!("{prefix}/meters"), payload: document.to_string().into_bytes() }
}
