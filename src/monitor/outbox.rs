//! One queue on disk for every place that records are sent to: each takes them at its own pace, across restarts, and an
//! outage of one holds up none of the others.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use rusqlite::{Connection, OptionalExtension, params};

use crate::files;

/// The consumer of queues of earlier versions, which had but one.
pub const MQTT: &str = "mqtt";

/// Messages of one place that are kept after it has refused them.
const MOST_SET_ASIDE: u32 = 10_000;

/// A message that waits.
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
    consumers: Vec<String>,
}

/// What one place has still to take of an outbox.
#[derive(Debug)]
pub struct Waiting {
    connection: Connection,
    path: String,
    consumer: String,
    /// Messages set aside since this was opened.
    set_aside: Arc<AtomicU64>,
}

/// Opens or makes the file. What is not `durable` may be undone by a lost power supply.
fn open(path: &Path, durable: bool) -> Result<Connection, OutboxError> {
    let prepare = || -> rusqlite::Result<Connection> {
        let mut connection = files::open_database(path).map_err(|error| match error.downcast::<rusqlite::Error>() {
            Ok(error) => error,
            Err(error) => rusqlite::Error::ToSqlConversionFailure(error.into()),
        })?;
        // The watch stores while the consumers take away.
        connection.busy_timeout(std::time::Duration::from_secs(10))?;
        connection.pragma_update(None, "journal_mode", "WAL")?;
        connection.pragma_update(None, "synchronous", if durable { "FULL" } else { "NORMAL" })?;
        let transaction = connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
        transaction.execute_batch(
            "CREATE TABLE IF NOT EXISTS message (
                 seq INTEGER PRIMARY KEY AUTOINCREMENT, topic TEXT NOT NULL, payload BLOB NOT NULL);",
        )?;
        let is_known: bool = transaction.query_row(
            "SELECT EXISTS (SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'waiting')",
            [],
            |row| row.get(0),
        )?;
        if !is_known {
            transaction.execute_batch(
                "CREATE TABLE waiting (consumer TEXT NOT NULL, seq INTEGER NOT NULL, PRIMARY KEY (consumer, seq))
                     WITHOUT ROWID;
                 CREATE INDEX waiting_seq ON waiting (seq);",
            )?;
            transaction.execute_batch(
                "CREATE TABLE identity (name TEXT NOT NULL);
                 INSERT INTO identity VALUES (lower(hex(randomblob(8))));",
            )?;
            transaction.execute_batch(
                "CREATE TABLE refused (consumer TEXT NOT NULL, seq INTEGER NOT NULL, reason TEXT NOT NULL, payload BLOB NOT NULL,
                     PRIMARY KEY (consumer, seq)) WITHOUT ROWID;",
            )?;
            // What an earlier version left is for the broker.
            transaction.execute("INSERT INTO waiting SELECT ?1, seq FROM message", params![MQTT])?;
        }
        transaction.commit()?;
        Ok(connection)
    };
    prepare().map_err(|source| OutboxError { path: path.display().to_string(), source })
}

impl Outbox {
    /// Opens or makes the file; each message waits for every one of `consumers`. At most `capacity` messages wait, the
    /// oldest make room.
    ///
    /// # Errors
    /// A file that cannot be opened or is no outbox.
    pub fn open(path: &Path, capacity: u64, consumers: &[&str]) -> Result<Self, OutboxError> {
        let consumers = consumers.iter().map(|name| (*name).to_owned()).collect();
        let name = path.display().to_string();
        // A number that was given out is never given out again, also when the power fails.
        Ok(Outbox { connection: open(path, true)?, path: name, capacity: capacity.max(1), dropped: 0, consumers })
    }

    /// Stores messages in one step; `make` gets each message's `seq` and gives its payload.
    ///
    /// # Errors
    /// A full disk or a damaged file.
    pub fn store<'a>(
        &mut self,
        messages: impl IntoIterator<Item = (&'a str, &'a dyn Fn(u64) -> Vec<u8>)>,
    ) -> Result<(), OutboxError> {
        let (capacity, consumers) = (self.capacity, &self.consumers);
        let work = || -> rusqlite::Result<u64> {
            let transaction = self.connection.transaction()?;
            {
                let mut message =
                    transaction.prepare_cached("INSERT INTO message (topic, payload) VALUES (?1, x'')")?;
                let mut payload = transaction.prepare_cached("UPDATE message SET payload = ?2 WHERE seq = ?1")?;
                let mut waiting = transaction.prepare_cached("INSERT INTO waiting (consumer, seq) VALUES (?1, ?2)")?;
                for (topic, make) in messages {
                    message.execute(params![topic])?;
                    let seq = transaction.last_insert_rowid();
                    payload.execute(params![seq, make(u64::try_from(seq).unwrap_or_default())])?;
                    for consumer in consumers {
                        waiting.execute(params![consumer, seq])?;
                    }
                }
            }
            // The sequence has no gaps at its old end but for what was delivered, so numbers bound the count.
            let newest: i64 =
                transaction.query_row("SELECT COALESCE(MAX(seq), 0) FROM message", [], |row| row.get(0))?;
            let oldest_kept = newest.saturating_sub(i64::try_from(capacity).unwrap_or(i64::MAX));
            // What waits for a place that this watch does not send to is nobody's loss now.
            let mut dropped = 0;
            for consumer in consumers {
                let of_one = "DELETE FROM waiting WHERE consumer = ?1 AND seq <= ?2";
                dropped = dropped.max(transaction.execute(of_one, params![consumer, oldest_kept])?);
            }
            transaction.execute("DELETE FROM waiting WHERE seq <= ?1", params![oldest_kept])?;
            transaction.execute("DELETE FROM message WHERE seq <= ?1", params![oldest_kept])?;
            transaction.commit()?;
            Ok(u64::try_from(dropped).unwrap_or_default())
        };
        match work() {
            Ok(dropped) => {
                self.dropped = self.dropped.saturating_add(dropped);
                Ok(())
            }
            Err(source) => Err(OutboxError { path: self.path.clone(), source }),
        }
    }

    /// A name by which this outbox is told from all others, for those who keep `seq`.
    ///
    /// # Errors
    /// A damaged file.
    pub fn identity(&self) -> Result<String, OutboxError> {
        let read = self.connection.query_row("SELECT name FROM identity", [], |row| row.get(0));
        read.map_err(|source| OutboxError { path: self.path.clone(), source })
    }

    /// Others for whom messages wait, and how many.
    ///
    /// # Errors
    /// A damaged file.
    pub fn strangers(&self) -> Result<Vec<(String, u64)>, OutboxError> {
        let read = || -> rusqlite::Result<Vec<(String, u64)>> {
            let mut statement = self
                .connection
                .prepare("SELECT consumer, COUNT(*) FROM waiting GROUP BY consumer ORDER BY consumer")?;
            let rows = statement.query_map([], |row| {
                let count: i64 = row.get(1)?;
                Ok((row.get(0)?, u64::try_from(count).unwrap_or_default()))
            })?;
            rows.collect()
        };
        let mut all = read().map_err(|source| OutboxError { path: self.path.clone(), source })?;
        all.retain(|(name, _)| !self.consumers.contains(name));
        Ok(all)
    }

    /// Messages lost to the bound since the outbox was opened.
    pub fn dropped(&self) -> u64 {
        self.dropped
    }
}

fn message(row: &rusqlite::Row<'_>) -> rusqlite::Result<Message> {
    let seq: i64 = row.get(0)?;
    Ok(Message { seq: u64::try_from(seq).unwrap_or_default(), topic: row.get(1)?, payload: row.get(2)? })
}

impl Waiting {
    /// What waits for `consumer` in the file.
    ///
    /// # Errors
    /// A file that cannot be opened or is no outbox.
    pub fn open(path: &Path, consumer: &str) -> Result<Self, OutboxError> {
        // What is taken away twice is sent twice, and told apart by its number.
        let (connection, name) = (open(path, false)?, path.display().to_string());
        Ok(Waiting { connection, path: name, consumer: consumer.to_owned(), set_aside: Arc::default() })
    }

    fn wrap(&self, source: rusqlite::Error) -> OutboxError {
        OutboxError { path: self.path.clone(), source }
    }

    /// At most `limit` messages whose number is above `after`, oldest first.
    ///
    /// # Errors
    /// A damaged file.
    pub fn next(&self, after: u64, limit: usize) -> Result<Vec<Message>, OutboxError> {
        let read = || -> rusqlite::Result<Vec<Message>> {
            let mut statement = self.connection.prepare_cached(
                "SELECT message.seq, topic, payload FROM waiting JOIN message ON message.seq = waiting.seq
                     WHERE consumer = ?1 AND waiting.seq > ?2 ORDER BY waiting.seq LIMIT ?3",
            )?;
            let after = i64::try_from(after).unwrap_or(i64::MAX);
            let limit = i64::try_from(limit).unwrap_or(i64::MAX);
            statement.query_map(params![self.consumer, after, limit], message)?.collect()
        };
        read().map_err(|source| self.wrap(source))
    }

    /// The next message of a topic behind the number `after`, or the oldest where there is none behind it.
    ///
    /// # Errors
    /// A damaged file.
    pub fn next_of(&self, topic: &str, after: u64) -> Result<Option<Message>, OutboxError> {
        let next = "SELECT message.seq, topic, payload FROM waiting JOIN message ON message.seq = waiting.seq
             WHERE consumer = ?1 AND topic = ?2 AND waiting.seq > ?3 ORDER BY waiting.seq LIMIT 1";
        for after in [i64::try_from(after).unwrap_or(i64::MAX), 0] {
            let found = self.connection.query_row(next, params![self.consumer, topic, after], message).optional();
            if let Some(found) = found.map_err(|source| self.wrap(source))? {
                return Ok(Some(found));
            }
        }
        Ok(None)
    }

    /// Notes that messages were taken, in one step; those that nobody waits for any more are forgotten.
    ///
    /// # Errors
    /// A full disk or a damaged file.
    pub fn delivered(&mut self, numbers: &[u64]) -> Result<(), OutboxError> {
        let consumer = self.consumer.clone();
        let mut work = || -> rusqlite::Result<()> {
            let transaction = self.connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
            {
                let mut taken = transaction.prepare_cached("DELETE FROM waiting WHERE consumer = ?1 AND seq = ?2")?;
                let mut forgotten = transaction.prepare_cached(
                    "DELETE FROM message
                         WHERE seq = ?1 AND NOT EXISTS (SELECT 1 FROM waiting WHERE waiting.seq = ?1)",
                )?;
                for number in numbers {
                    let number = i64::try_from(*number).unwrap_or(i64::MAX);
                    taken.execute(params![consumer, number])?;
                    forgotten.execute(params![number])?;
                }
            }
            transaction.commit()
        };
        work().map_err(|source| OutboxError { path: self.path.clone(), source })
    }

    /// Sets a message aside that its place does not take, with the reason; it is not sent again. The oldest of very many
    /// that were set aside make room.
    ///
    /// # Errors
    /// A full disk or a damaged file.
    pub fn set_aside(&mut self, seq: u64, reason: &str) -> Result<(), OutboxError> {
        let number = i64::try_from(seq).unwrap_or(i64::MAX);
        let kept = self.connection.execute(
            "INSERT OR REPLACE INTO refused SELECT ?1, seq, ?3, payload FROM message WHERE seq = ?2",
            params![self.consumer, number, reason],
        );
        let kept = kept.map_err(|source| self.wrap(source))?;
        let bound = self.connection.execute(
            "DELETE FROM refused WHERE consumer = ?1 AND seq <=
                 (SELECT seq FROM refused WHERE consumer = ?1 ORDER BY seq DESC LIMIT 1 OFFSET ?2)",
            params![self.consumer, MOST_SET_ASIDE],
        );
        bound.map_err(|source| self.wrap(source))?;
        self.set_aside.fetch_add(u64::try_from(kept).unwrap_or_default(), Ordering::Relaxed);
        self.delivered(&[seq])
    }

    /// Counts the messages that are set aside from now on.
    pub fn count_set_aside(&self) -> Arc<AtomicU64> {
        Arc::clone(&self.set_aside)
    }

    /// Takes over what waits for another consumer, such as the one of an earlier version.
    ///
    /// # Errors
    /// A full disk or a damaged file.
    pub fn adopt(&mut self, other: &str) -> Result<(), OutboxError> {
        let moved = "UPDATE OR IGNORE waiting SET consumer = ?1 WHERE consumer = ?2";
        self.connection.execute(moved, params![self.consumer, other]).map_err(|source| self.wrap(source)).map(drop)
    }

    /// Messages that wait.
    ///
    /// # Errors
    /// A damaged file.
    pub fn len(&self) -> Result<u64, OutboxError> {
        let count: Option<i64> = self
            .connection
            .query_row("SELECT COUNT(*) FROM waiting WHERE consumer = ?1", params![self.consumer], |row| row.get(0))
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
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_of_a_topic_is_found_and_behind_the_last_the_oldest() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("outbox.db");
        let mut outbox = Outbox::open(&path, 100, &[MQTT]).unwrap();
        outbox.store([("reading", MAKE), ("event", MAKE), ("reading", MAKE), ("event", MAKE)]).unwrap();
        let waiting = Waiting::open(&path, MQTT).unwrap();
        let next = |topic, after| waiting.next_of(topic, after).unwrap().map(|message| message.seq);
        assert_eq!((next("event", 2), next("event", 4), next("alarm", 0)), (Some(4), Some(2), None));
    }

    #[test]
    fn what_is_set_aside_is_kept_and_not_sent_again() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("outbox.db");
        let mut outbox = Outbox::open(&path, 100, &[MQTT]).unwrap();
        outbox.store([("reading", MAKE), ("reading", MAKE)]).unwrap();
        let mut waiting = Waiting::open(&path, MQTT).unwrap();
        let count = waiting.count_set_aside();
        waiting.set_aside(1, "too long").unwrap();
        assert_eq!((numbers(&waiting.next(0, 10).unwrap()), count.load(Ordering::Relaxed)), (vec![2], 1));
        let kept = "SELECT reason FROM refused WHERE consumer = ?1 AND seq = 1 AND payload = x'7B22736571223A317D'";
        let reason: String = waiting.connection.query_row(kept, params![MQTT], |row| row.get(0)).unwrap();
        assert_eq!(reason, "too long");
    }

    fn payload(seq: u64) -> Vec<u8> {
        format!("{{\"seq\":{seq}}}").into_bytes()
    }

    const MAKE: &dyn Fn(u64) -> Vec<u8> = &payload;

    fn numbers(messages: &[Message]) -> Vec<u64> {
        messages.iter().map(|message| message.seq).collect()
    }

    #[test]
    fn numbers_rise_across_restarts_even_when_all_was_delivered() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("outbox.db");
        {
            let mut outbox = Outbox::open(&path, 100, &[MQTT]).unwrap();
            outbox.store([("reading", MAKE), ("reading", MAKE)]).unwrap();
            let mut waiting = Waiting::open(&path, MQTT).unwrap();
            assert_eq!(waiting.next(0, 10).unwrap()[1].payload, b"{\"seq\":2}");
            waiting.delivered(&[1, 2]).unwrap();
        }
        let mut outbox = Outbox::open(&path, 100, &[MQTT]).unwrap();
        let waiting = Waiting::open(&path, MQTT).unwrap();
        assert!(waiting.is_empty().unwrap());
        outbox.store([("reading", MAKE)]).unwrap();
        assert_eq!(numbers(&waiting.next(0, 10).unwrap()), [3]);
    }

    #[test]
    fn the_oldest_make_room() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("outbox.db");
        let mut outbox = Outbox::open(&path, 3, &[MQTT]).unwrap();
        for _ in 0..5 {
            outbox.store([("reading", MAKE)]).unwrap();
        }
        let waiting = Waiting::open(&path, MQTT).unwrap();
        assert_eq!(numbers(&waiting.next(0, 10).unwrap()), [3, 4, 5]);
        assert_eq!((waiting.len().unwrap(), outbox.dropped()), (3, 2));
    }

    #[test]
    fn each_takes_at_its_own_pace_and_none_loses_anything() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("outbox.db");
        let mut outbox = Outbox::open(&path, 100, &[MQTT, "influx"]).unwrap();
        outbox.store([("reading", MAKE), ("reading", MAKE), ("reading", MAKE)]).unwrap();
        let mut broker = Waiting::open(&path, MQTT).unwrap();
        let mut database = Waiting::open(&path, "influx").unwrap();
        broker.delivered(&[1, 2, 3]).unwrap();
        assert!(broker.is_empty().unwrap());
        assert_eq!(numbers(&database.next(0, 10).unwrap()), [1, 2, 3]);
        database.delivered(&[2]).unwrap();
        assert_eq!(numbers(&database.next(0, 10).unwrap()), [1, 3]);
        database.delivered(&[1, 3]).unwrap();
        let left: i64 = database.connection.query_row("SELECT COUNT(*) FROM message", [], |row| row.get(0)).unwrap();
        assert_eq!(left, 0);
    }

    #[test]
    fn what_an_earlier_version_left_is_for_the_broker() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("outbox.db");
        {
            let old = Connection::open(&path).unwrap();
            old.execute_batch(
                "CREATE TABLE message (seq INTEGER PRIMARY KEY AUTOINCREMENT, topic TEXT NOT NULL, payload BLOB NOT NULL);
                 INSERT INTO message (topic, payload) VALUES ('reading', x'7B7D');",
            )
            .unwrap();
        }
        assert_eq!(numbers(&Waiting::open(&path, MQTT).unwrap().next(0, 10).unwrap()), [1]);
        assert!(Waiting::open(&path, "influx").unwrap().is_empty().unwrap());
    }
}
