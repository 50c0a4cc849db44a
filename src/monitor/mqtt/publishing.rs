//! Records on their way to a broker: outbox, retained meter list, and the thread that sends.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;

use serde_json::json;

use super::values::ValueTopics;
use super::{Announcement, Broker, Publisher, Report};
use crate::monitor::outbox::{MQTT, OutboxError, Waiting};
use crate::monitor::watch::{LinePlan, NoteSender};

/// Records on their way to the broker.
#[derive(Debug)]
pub struct Publishing {
    waiting: Waiting,
    stop: Arc<AtomicBool>,
    sender: Option<JoinHandle<Result<(), OutboxError>>>,
}

impl Publishing {
    /// Opens the outbox and begins to send. A broker that is away is no error.
    ///
    /// # Errors
    /// An outbox that cannot be used.
    pub fn start(
        broker: Broker,
        prefix: &str,
        outbox: &Path,
        lines: &[LinePlan],
        values: Option<ValueTopics>,
        notes: NoteSender,
    ) -> Result<Self, OutboxError> {
        let waiting = Waiting::open(outbox, MQTT)?;
        let announcements = vec![meter_list(prefix, lines)];
        let stop = Arc::new(AtomicBool::new(false));
        let publisher = Publisher::new(broker, waiting, prefix, announcements, values);
        let stopped = Arc::clone(&stop);
        let mut last = None;
        let sender = std::thread::spawn(move || {
            publisher.run(&stopped, |report| {
                let words = match report {
                    Report::Connected(name) => format!("connected to the broker {name}"),
                    Report::Away(error) => format!("{error}; messages wait on disk"),
                };
                // A broker that stays away is told once.
                if last.as_ref() != Some(&words) {
                    notes.send(words.clone());
                    last = Some(words);
                }
            })
        });
        Ok(Publishing { waiting: Waiting::open(outbox, MQTT)?, stop, sender: Some(sender) })
    }

    /// Ends after what can be sent in a few seconds, and tells how many messages still wait; `None` when the thread failed.
    ///
    /// # Errors
    /// A damaged outbox.
    pub fn end(mut self) -> Result<Option<u64>, OutboxError> {
        self.stop.store(true, Ordering::Relaxed);
        match self.sender.take().map(JoinHandle::join) {
            Some(Ok(ended)) => ended?,
            Some(Err(_)) | None => return Ok(None),
        }
        self.waiting.len().map(Some)
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
