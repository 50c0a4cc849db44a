//! The one connection that all handles of a ledger share, and the commits they share.
//!
//! A row counts once it is flushed to the disk, and a flush takes milliseconds. Rows that wait while another commit is
//! under way go into the next one together: whoever gets the connection first writes them all. So sixteen lines wait
//! for about as many flushes as one.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use rusqlite::{Connection, OptionalExtension, TransactionBehavior, ffi, params};

use super::chain;
use super::entry::{Entry, Outcome};

/// Columns of a row, in the order of [`insert`].
pub(super) const COLUMNS: &str = "seq, at, kind, intent, serial, drn, operation, token_hash, token_last4, job, detail, \
                                  ending, operator, host, tool, hash";

type Written = Result<i64, rusqlite::Error>;

#[derive(Debug, Default)]
struct Queue {
    next_ticket: u64,
    waiting: Vec<(u64, Entry)>,
    written: HashMap<u64, Written>,
    commits: u64,
}

/// The database, and the rows that wait for it.
#[derive(Debug)]
pub(super) struct Journal {
    database: Mutex<Connection>,
    queue: Mutex<Queue>,
    genesis: String,
}

impl Journal {
    /// `genesis` is the hash before the first row.
    pub(super) fn new(database: Connection, genesis: String) -> Self {
        Journal { database: Mutex::new(database), queue: Mutex::default(), genesis }
    }

    /// The connection, for reading.
    pub(super) fn database(&self) -> MutexGuard<'_, Connection> {
        // Another thread's panic leaves no half-made transaction behind: dropping it rolls it back.
        self.database.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn queue(&self) -> MutexGuard<'_, Queue> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Adds a row at the end of the chain; its number and hash are made here. It is on the disk when this returns.
    pub(super) fn append(&self, entry: Entry) -> Written {
        let ticket = {
            let mut queue = self.queue();
            let ticket = queue.next_ticket;
            queue.next_ticket = ticket.wrapping_add(1);
            queue.waiting.push((ticket, entry));
            ticket
        };
        let mut database = self.database();
        if let Some(written) = self.queue().written.remove(&ticket) {
            return written;
        }
        let batch = std::mem::take(&mut self.queue().waiting);
        let results = write(&mut database, &self.genesis, batch);
        let mut queue = self.queue();
        queue.commits = queue.commits.wrapping_add(1);
        queue.written.extend(results);
        // The row was waiting or written: there is no third place.
        queue.written.remove(&ticket).unwrap_or(Err(rusqlite::Error::QueryReturnedNoRows))
    }

    /// Commits so far, and rows that wait for the next.
    #[cfg(test)]
    pub(super) fn load(&self) -> (u64, usize) {
        let queue = self.queue();
        (queue.commits, queue.waiting.len())
    }
}

/// Writes rows in one transaction. A row that the database refuses for itself does not take the others with it.
fn write(database: &mut Connection, genesis: &str, batch: Vec<(u64, Entry)>) -> Vec<(u64, Written)> {
    let tickets: Vec<u64> = batch.iter().map(|(ticket, _)| *ticket).collect();
    match commit(database, genesis, batch) {
        Ok(results) => results,
        Err(error) => tickets.into_iter().map(|ticket| (ticket, Err(copy(&error)))).collect(),
    }
}

fn commit(
    database: &mut Connection,
    genesis: &str,
    batch: Vec<(u64, Entry)>,
) -> Result<Vec<(u64, Written)>, rusqlite::Error> {
    let mut transaction = database.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let (mut seq, mut previous) = head(&transaction, genesis)?;
    let mut results = Vec::with_capacity(batch.len());
    for (ticket, mut entry) in batch {
        entry.seq = seq + 1;
        entry.hash = chain::link(&previous, &entry);
        let point = transaction.savepoint()?;
        let written = match insert(&point, &entry) {
            Ok(()) => {
                point.commit()?;
                seq = entry.seq;
                previous = entry.hash;
                Ok(seq)
            }
            Err(error) => Err(error),
        };
        results.push((ticket, written));
    }
    transaction.commit()?;
    Ok(results)
}

/// The same error for every row of a commit that failed.
fn copy(error: &rusqlite::Error) -> rusqlite::Error {
    match error {
        rusqlite::Error::SqliteFailure(code, text) => rusqlite::Error::SqliteFailure(*code, text.clone()),
        other => rusqlite::Error::SqliteFailure(ffi::Error::new(ffi::SQLITE_ERROR), Some(other.to_string())),
    }
}

pub(super) fn head(database: &Connection, genesis: &str) -> Result<(i64, String), rusqlite::Error> {
    let last = database
        .prepare_cached("SELECT seq, hash FROM entries ORDER BY seq DESC LIMIT 1")?
        .query_row([], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    Ok(last.unwrap_or_else(|| (0, genesis.to_owned())))
}

fn insert(database: &Connection, entry: &Entry) -> Result<(), rusqlite::Error> {
    let sql =
        format!("INSERT INTO entries ({COLUMNS}) VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14,?15,?16)");
    database.prepare_cached(&sql)?.execute(params![
        entry.seq,
        entry.at,
        entry.kind.word(),
        entry.intent,
        entry.meter.serial,
        entry.meter.drn.map(|drn| drn.to_string()),
        entry.operation.word(),
        entry.token.as_ref().map(|token| &token.hash),
        entry.token.as_ref().map(|token| &token.last4),
        entry.job,
        entry.detail.to_string(),
        entry.outcome.map(Outcome::word),
        entry.operator,
        entry.host,
        entry.tool,
        entry.hash,
    ])?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::thread;
    use std::time::{Duration, Instant};

    use crate::ledger::{Act, Author, Filter, Ledger, Operation, Outcome};
    use crate::meter::MeterRef;
    use serde_json::json;
    use time::macros::datetime;

    const NOW: time::OffsetDateTime = datetime!(2026-11-21 08:30 UTC);

    fn ledger() -> Ledger {
        let author = Author { operator: "tech".into(), host: "van-7".into(), tool: "wattkey 0.1.0".into() };
        Ledger::in_memory(author).unwrap()
    }

    fn intend(ledger: &mut Ledger, serial: &str) -> crate::ledger::IntentId {
        let meter = MeterRef { serial: Some(serial.to_owned()), drn: None };
        let act = Act { meter: &meter, operation: Operation::Commission, token: None, job: None, detail: json!({}) };
        ledger.intend(&act, NOW).unwrap()
    }

    #[test]
    fn rows_that_wait_share_a_commit() {
        let ledger = ledger();
        let journal = Arc::clone(ledger.journal());
        let before = journal.load().0;
        let held = journal.database();
        let threads: Vec<_> = (0..4)
            .map(|index| {
                let mut handle = ledger.handle();
                thread::spawn(move || intend(&mut handle, &format!("M{index}")))
            })
            .collect();
        let deadline = Instant::now() + Duration::from_secs(30);
        while journal.load().1 < 4 {
            assert!(Instant::now() < deadline, "the rows never came");
            thread::yield_now();
        }
        drop(held);
        for thread in threads {
            thread.join().unwrap();
        }
        assert_eq!(journal.load(), (before + 1, 0));
        assert_eq!(ledger.verify(None).unwrap().entries, 4);
    }

    #[test]
    fn a_row_that_is_refused_takes_no_other_with_it() {
        let mut ledger = ledger();
        let first = intend(&mut ledger, "M1");
        let second = intend(&mut ledger, "M2");
        ledger.conclude(first, Outcome::Accepted, json!({}), NOW).unwrap();
        let journal = Arc::clone(ledger.journal());
        let held = journal.database();
        let threads: Vec<_> = [first, second]
            .into_iter()
            .map(|intent| {
                let mut handle = ledger.handle_knowing(&ledger_entry(&held, intent));
                thread::spawn(move || handle.conclude(intent, Outcome::Failed, json!({}), NOW).is_ok())
            })
            .collect();
        let deadline = Instant::now() + Duration::from_secs(30);
        while journal.load().1 < 2 {
            assert!(Instant::now() < deadline, "the rows never came");
            thread::yield_now();
        }
        drop(held);
        let ended: Vec<bool> = threads.into_iter().map(|thread| thread.join().unwrap()).collect();
        assert_eq!(ended, [false, true], "an intent ends once");
        let found = ledger.verify(None).unwrap();
        assert_eq!((found.entries, found.open, found.broken), (4, 0, None));
    }

    fn ledger_entry(database: &rusqlite::Connection, intent: crate::ledger::IntentId) -> crate::ledger::Entry {
        crate::ledger::store::entry_at(database, intent.seq()).unwrap()
    }

    #[test]
    fn many_writers_make_one_chain() {
        let ledger = ledger();
        thread::scope(|scope| {
            for writer in 0..16 {
                let mut handle = ledger.handle();
                scope.spawn(move || {
                    for row in 0..20 {
                        let intent = intend(&mut handle, &format!("M{writer}-{row}"));
                        handle.conclude(intent, Outcome::Accepted, json!({"row": row}), NOW).unwrap();
                    }
                });
            }
        });
        let found = ledger.verify(None).unwrap();
        assert_eq!((found.entries, found.open, found.broken), (640, 0, None));
        assert_eq!(ledger.entries(&Filter { meter: Some("M7-3".into()), ..Filter::default() }).unwrap().len(), 2);
    }
}
