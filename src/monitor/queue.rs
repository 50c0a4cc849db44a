//! Records on their way to every place that is sent to.

use std::fs::{File, TryLockError};
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
    /// Another watch sends from it.
    #[error("another watch sends from the outbox {0}")]
    InUse(String),
    /// The file that keeps other watches away.
    #[error("{0} cannot be used: {1}")]
    Lock(String, std::io::Error),
}

/// The end of the queue at which records go in.
#[derive(Debug)]
pub struct Queue {
    outbox: Outbox,
    /// Held as long as the watch goes on.
    _lock: File,
}

impl Queue {
    /// Opens the outbox for those who take from it.
    ///
    /// # Errors
    /// A file that cannot be used, or that another watch sends from.
    pub fn open(path: &Path, limit: u64, consumers: &[&str]) -> Result<Self, QueueError> {
        let outbox = Outbox::open(path, limit, consumers)?;
        let beside = path.with_extension("lock");
        let unusable = |error| QueueError::Lock(beside.display().to_string(), error);
        let lock = File::options().create(true).append(true).open(&beside).map_err(unusable)?;
        match lock.try_lock() {
            Ok(()) => Ok(Queue { outbox, _lock: lock }),
            Err(TryLockError::WouldBlock) => Err(QueueError::InUse(path.display().to_string())),
            Err(TryLockError::Error(error)) => Err(unusable(error)),
        }
    }

    /// Others for whom records wait, and how many.
    ///
    /// # Errors
    /// A damaged file.
    pub fn strangers(&self) -> Result<Vec<(String, u64)>, QueueError> {
        Ok(self.outbox.strangers()?)
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
