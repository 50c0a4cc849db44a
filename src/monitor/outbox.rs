//! Store and forward: messages wait on disk until the broker has taken them, across restarts.

use std::path::Path;

use rusqlite::{Connection, OptionalExtension, params};

use crate::files;

/// A message that waits for the broker.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// Rises by one with each message, across restarts; receivers drop repeats by it.
    pub seq: u64,
    /// Topic below the prefix.
    pub topic: String,
    /// The document, with its `seq`.
    pub payload: Vec<u8>,
}

/// Why the outbox cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("the outbox {path}: {source}")]
pub struct OutboxError {
    path: String,
    source: rusqlite::Error,
}

/// Messages on disk, oldest first, bounded in number.
#[derive(Debug)]
pub struct Outbox {
    connection: Connection,
    path: String,
    capacity: u64,
    dropped: u64,
}

impl Outbox {
    /// Opens or makes the file; at most `capacity` messages wait, the oldest make room.
    ///
    /// # Errors
    /// A file that cannot be opened or is no outbox.
    pub fn open(path: &Path, capacity: u64) -> Result<Self, OutboxError> {
        let name = path.display().to_string();
        let prepare = || -> rusqlite::Result<Connection> {
            let connection = files::open_database(path).map_err(|error| match error.downcast::<rusqlite::Error>() {
                Ok(error) => error,
                Err(error) => rusqlite::Error::ToSqlConversionFailure(error.into()),
            })?;
            // The watch stores while the publisher takes away.
            connection.busy_timeout(std::time::Duration::from_secs(10))?;
            connection.pragma_update(None, "journal_mode", "WAL")?;
            // A lost power supply may cost the last readings, never the file.
            connection.pragma_update(None, "synchronous", "NORMAL")?;
            connection.execute_batch(
                "CREATE TABLE IF NOT EXISTS message (
                     seq INTEGER PRIMARY KEY AUTOINCREMENT, topic TEXT NOT NULL, payload BLOB NOT NULL);",
            )?;
            Ok(connection)
        };
        let connection = prepare().map_err(|source| OutboxError { path: name.clone(), source })?;
        Ok(Outbox { connection, path: name, capacity: capacity.max(1), dropped: 0 })
    }

    fn wrap(&self, source: rusqlite::Error) -> OutboxError {
        OutboxError { path: self.path.clone(), source }
    }

    /// Stores messages in one step; `make` gets each message's `seq` and gives its payload.
    ///
    /// # Errors
    /// A full disk or a damaged file.
    pub fn store<'a>(
        &mut self,
        messages: impl IntoIterator<Item = (&'a str, &'a dyn Fn(u64) -> Vec<u8>)>,
    ) -> Result<(), OutboxError> {
        let capacity = self.capacity;
        let work = || -> rusqlite::Result<u64> {
            let transaction = self.connection.transaction()?;
            for (topic, make) in messages {
                transaction.execute("INSERT INTO message (topic, payload) VALUES (?1, x'')", params![topic])?;
                let seq = transaction.last_insert_rowid();
                let payload = make(u64::try_from(seq).unwrap_or_default());
                transaction.execute("UPDATE message SET payload = ?2 WHERE seq = ?1", params![seq, payload])?;
            }
            // The sequence has no gaps at its old end but for what was delivered, so numbers bound the count.
            let newest: i64 =
                transaction.query_row("SELECT COALESCE(MAX(seq), 0) FROM message", [], |row| row.get(0))?;
            let oldest_kept = newest.saturating_sub(i64::try_from(capacity).unwrap_or(i64::MAX));
            let dropped = transaction.execute("DELETE FROM message WHERE seq <= ?1", params![oldest_kept])?;
            transaction.commit()?;
            Ok(u64::try_from(dropped).unwrap_or_default())
        };
        match work() {
            Ok(dropped) => {
                self.dropped = self.dropped.saturating_add(dropped);
                Ok(())
            }
            Err(source) => Err(self.wrap(source)),
        }
    }

    /// At most `limit` messages whose number is above `after`, oldest first.
    ///
    /// # Errors
    /// A damaged file.
    pub fn waiting(&self, after: u64, limit: usize) -> Result<Vec<Message>, OutboxError> {
        let read = || -> rusqlite::Result<Vec<Message>> {
            let mut statement = self
                .connection
                .prepare_cached("SELECT seq, topic, payload FROM message WHERE seq > ?1 ORDER BY seq LIMIT ?2")?;
            let after = i64::try_from(after).unwrap_or(i64::MAX);
            let limit = i64::try_from(limit).unwrap_or(i64::MAX);
            let rows = statement.query_map(params![after, limit], |row| {
                let seq: i64 = row.get(0)?;
                Ok(Message { seq: u64::try_from(seq).unwrap_or_default(), topic: row.get(1)?, payload: row.get(2)? })
            })?;
            rows.collect()
        };
        read().map_err(|source| self.wrap(source))
    }

    /// Forgets messages that the broker has taken, in one step.
    ///
    /// # Errors
    /// A full disk or a damaged file.
    pub fn delivered(&mut self, numbers: &[u64]) -> Result<(), OutboxError> {
        let mut work = || -> rusqlite::Result<()> {
            let transaction = self.connection.transaction()?;
            {
                let mut statement = transaction.prepare_cached("DELETE FROM message WHERE seq = ?1")?;
                for number in numbers {
                    statement.execute(params![i64::try_from(*number).unwrap_or(i64::MAX)])?;
                }
            }
            transaction.commit()
        };
        work().map_err(|source| OutboxError { path: self.path.clone(), source })
    }

    /// Messages that wait.
    ///
    /// # Errors
    /// A damaged file.
    pub fn len(&self) -> Result<u64, OutboxError> {
        let count: Option<i64> = self
            .connection
            .query_row("SELECT COUNT(*) FROM message", [], |row| row.get(0))
            .optional()
            .map_err(|source| self.wrap(source))?;
        Ok(count.and_then(|count| u64::try_from(count).ok()).unwrap_or_default())
    }

    /// Whether nothing waits.
    ///
    /// # Errors
    /// A damaged file.
    pub fn is_empty(&self) -> Result<bool, OutboxError> {
        Ok(self.len()? == 0)
    }

    /// Messages lost to the bound since the outbox was opened.
    pub fn dropped(&self) -> u64 {
        self.dropped
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn payload(seq: u64) -> Vec<u8> {
        format!("{{\"seq\":{seq}}}").into_bytes()
    }

    fn numbers(messages: &[Message]) -> Vec<u64> {
        messages.iter().map(|message| message.seq).collect()
    }

    #[test]
    fn numbers_rise_across_restarts_even_when_all_was_delivered() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("outbox.db");
        let make: &dyn Fn(u64) -> Vec<u8> = &payload;
        {
            let mut outbox = Outbox::open(&path, 100).unwrap();
            outbox.store([("reading", make), ("reading", make)]).unwrap();
            assert_eq!(outbox.waiting(0, 10).unwrap()[1].payload, b"{\"seq\":2}");
            outbox.delivered(&[1, 2]).unwrap();
        }
        let mut outbox = Outbox::open(&path, 100).unwrap();
        assert!(outbox.is_empty().unwrap());
        outbox.store([("reading", make)]).unwrap();
        assert_eq!(numbers(&outbox.waiting(0, 10).unwrap()), [3]);
    }

    #[test]
    fn the_oldest_make_room() {
        let folder = tempfile::tempdir().unwrap();
        let mut outbox = Outbox::open(&folder.path().join("outbox.db"), 3).unwrap();
        let make: &dyn Fn(u64) -> Vec<u8> = &payload;
        for _ in 0..5 {
            outbox.store([("reading", make)]).unwrap();
        }
        assert_eq!(numbers(&outbox.waiting(0, 10).unwrap()), [3, 4, 5]);
        assert_eq!((outbox.len().unwrap(), outbox.dropped()), (3, 2));
    }
}
