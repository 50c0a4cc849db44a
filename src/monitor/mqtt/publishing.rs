//! Records on their way to a broker: outbox, retained meter list, and the thread that sends.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;

use serde_json::json;

use super::{Announcement, Broker, Publisher, Report};
use crate::monitor::Record;
use crate::monitor::outbox::{Outbox, OutboxError};
use crate::monitor::watch::{LinePlan, NoteSender};

/// Why records cannot be published.
#[derive(Debug, thiserror::Error)]
pub enum PublishError {
    /// The outbox.
    #[error(transparent)]
    Outbox(#[from] OutboxError),
    /// The outbox is full.
    #[error("the outbox is full: the oldest messages are dropped until the broker is back")]
    Full,
    /// The thread that sends failed.
    #[error("the publisher failed")]
    Thread,
}

/// Records on their way to the broker.
#[derive(Debug)]
pub struct Publishing {
    outbox: Outbox,
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
        outbox_limit: u64,
        lines: &[LinePlan],
        notes: NoteSender,
    ) -> Result<Self, PublishError> {
        let stored = Outbox::open(outbox, outbox_limit)?;
        let waiting = Outbox::open(outbox, outbox_limit)?;
        let announcements = vec![meter_list(prefix, lines)];
        let stop = Arc::new(AtomicBool::new(false));
        let publisher = Publisher::new(broker, waiting, prefix, announcements);
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
        Ok(Publishing { outbox: stored, stop, sender: Some(sender) })
    }

    /// Puts records into the outbox, in one step.
    ///
    /// # Errors
    /// A full disk or a damaged file.
    pub fn store(&mut self, records: &[Record]) -> Result<(), PublishError> {
        let before = self.outbox.dropped();
        let makers: Vec<_> = records.iter().map(|record| move |seq: u64| record.json(Some(seq))).collect();
        let messages =
            records.iter().zip(&makers).map(|(record, make)| (record.topic(), make as &dyn Fn(u64) -> Vec<u8>));
        self.outbox.store(messages)?;
        if before == 0 && self.outbox.dropped() > 0 {
            return Err(PublishError::Full);
        }
        Ok(())
    }

    /// Ends after what can be sent in a few seconds, and tells how many messages still wait.
    ///
    /// # Errors
    /// A damaged outbox.
    pub fn end(mut self) -> Result<u64, PublishError> {
        self.stop.store(true, Ordering::Relaxed);
        if let Some(sender) = self.sender.take() {
            sender.join().map_err(|_| PublishError::Thread)??;
        }
        Ok(self.outbox.len()?)
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
