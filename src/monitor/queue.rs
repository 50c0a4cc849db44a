//! Records on their way to every place that is sent to.

use std::path::Path;

use super::Record;
use super::outbox::{Outbox, OutboxError};

/// Why records cannot be kept for those they are sent to.
#[derive(Debug, thiserror::Error)]
pub enum QueueError {
    /// The outbox.
    #[error(transparent)]
    Outbox(#[from] OutboxError),
    /// The outbox is full.
    #[error("the outbox is full: the oldest records are dropped until all places take theirs again")]
    Full,
    /// A thread that sends failed.
    #[error("a thread that sends records failed")]
    Thread,
}

/// The end of the queue at which records go in.
#[derive(Debug)]
pub struct Queue {
    outbox: Outbox,
}

impl Queue {
    /// Opens the outbox for those who take from it.
    ///
    /// # Errors
    /// A file that cannot be used.
    pub fn open(path: &Path, limit: u64, consumers: &[&str]) -> Result<Self, QueueError> {
        Ok(Queue { outbox: Outbox::open(path, limit, consumers)? })
    }

    /// A name by which the outbox is told from all others.
    ///
    /// # Errors
    /// A damaged file.
    pub fn identity(&self) -> Result<String, QueueError> {
        Ok(self.outbox.identity()?)
    }

    /// Puts records into the outbox, in one step.
    ///
    /// # Errors
    /// A full disk or a damaged file.
    pub fn store(&mut self, records: &[Record]) -> Result<(), QueueError> {
        let before = self.outbox.dropped();
        let makers: Vec<_> = records.iter().map(|record| move |seq: u64| record.json(Some(seq))).collect();
        let messages =
            records.iter().zip(&makers).map(|(record, make)| (record.topic(), make as &dyn Fn(u64) -> Vec<u8>));
        self.outbox.store(messages)?;
        if before == 0 && self.outbox.dropped() > 0 {
            return Err(QueueError::Full);
        }
        Ok(())
    }
}
