//! Invocation counters of ciphered associations, kept so that none is ever used twice.
//!
//! A counter used twice under one key and one system title breaks AES-GCM. A range is therefore on the disk before
//! the first number of it is used; what a session leaves over is given back only if nobody has taken more since.
//! Rows are kept per meter, client and key; the next number is above every row of the key, whichever meter it is
//! for, because meters of one fleet may share a key and a technician's port sees one meter after another.

use std::path::{Path, PathBuf};

use rusqlite::{Connection, OptionalExtension, TransactionBehavior, params};
use sha2::{Digest, Sha256};

use crate::error::Code;
use crate::{files, hex};

const TABLE: &str = "CREATE TABLE IF NOT EXISTS counters (
    meter TEXT NOT NULL, client INTEGER NOT NULL, key TEXT NOT NULL, last INTEGER NOT NULL,
    PRIMARY KEY (meter, client, key));";

/// Whose counter it is.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct CounterOwner {
    /// The meter, or the place it answers at while its name is not known.
    pub meter: String,
    /// Client address (SAP) of the association.
    pub client: u16,
    /// Fingerprint of the key and the client's system title, from [`fingerprint`].
    pub key: String,
}

/// Numbers that may be used, each once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CounterRange {
    /// First number to use.
    pub first: u32,
    /// Last number to use.
    pub last: u32,
}

/// Why no counter could be had.
#[derive(Debug, thiserror::Error)]
pub enum CounterError {
    /// The file cannot be opened: nothing may be sent under the key.
    #[error("the invocation counters {path} cannot be opened: {reason}", path = path.display())]
    Open {
        /// The database file.
        path: PathBuf,
        /// What the system said.
        reason: String,
    },
    /// The database failed in use: nothing may be sent under the key.
    #[error("the invocation counters cannot be written or read: {0}")]
    Database(#[from] rusqlite::Error),
    /// All 2^32 numbers are used.
    #[error("the invocation counter of this key is used up: the key must be changed")]
    Exhausted,
}

impl CounterError {
    /// The stable code word.
    pub fn code(&self) -> Code {
        match self {
            CounterError::Open { .. } | CounterError::Database(_) => Code::Ledger,
            CounterError::Exhausted => Code::Authentication,
        }
    }
}

/// The counters' database.
#[derive(Debug)]
pub struct CounterStore {
    database: Connection,
}

impl CounterStore {
    /// Opens or makes the store at `path`, and the folders above it.
    ///
    /// # Errors
    /// [`CounterError`] when the file cannot be used.
    pub fn open(path: &Path) -> Result<Self, CounterError> {
        let database = files::open_database(path)
            .map_err(|error| CounterError::Open { path: PathBuf::from(path), reason: error.to_string() })?;
        Self::prepare(database)
    }

    /// A store that is gone with the value.
    ///
    /// # Errors
    /// Those of SQLite.
    pub fn in_memory() -> Result<Self, CounterError> {
        Self::prepare(Connection::open_in_memory()?)
    }

    fn prepare(database: Connection) -> Result<Self, CounterError> {
        files::make_durable(&database)?;
        database.execute_batch(TABLE)?;
        Ok(CounterStore { database })
    }

    /// The last number stored for this owner; `None` on first contact.
    ///
    /// # Errors
    /// [`CounterError`].
    pub fn last(&self, owner: &CounterOwner) -> Result<Option<u32>, CounterError> {
        let last = self
            .database
            .query_row(
                "SELECT last FROM counters WHERE meter = ?1 AND client = ?2 AND key = ?3",
                params![owner.meter, owner.client, owner.key],
                |row| row.get(0),
            )
            .optional()?;
        Ok(last)
    }

    /// Takes up to `count` numbers, all at least `floor` and above every one ever taken for the key. They are on the
    /// disk as used when this returns.
    ///
    /// # Errors
    /// [`CounterError`]: nothing may then be sent under the key.
    pub fn reserve(&mut self, owner: &CounterOwner, floor: u32, count: u32) -> Result<CounterRange, CounterError> {
        let transaction = self.database.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let newest: Option<u32> =
            transaction
                .query_row("SELECT max(last) FROM counters WHERE key = ?1", params![owner.key], |row| row.get(0))?;
        let first = match newest {
            None => floor,
            Some(newest) => newest.checked_add(1).ok_or(CounterError::Exhausted)?.max(floor),
        };
        let last = first.saturating_add(count.saturating_sub(1));
        store(&transaction, owner, last)?;
        transaction.commit()?;
        Ok(CounterRange { first, last })
    }

    /// Gives back the numbers of `range` above `used`, unless more were taken since.
    ///
    /// # Errors
    /// [`CounterError`]; the numbers are then merely lost.
    pub fn give_back(&mut self, owner: &CounterOwner, range: CounterRange, used: u32) -> Result<(), CounterError> {
        if used >= range.first && used < range.last {
            self.database.execute(
                "UPDATE counters SET last = ?1 WHERE meter = ?2 AND client = ?3 AND key = ?4 AND last = ?5
                 AND NOT EXISTS (SELECT 1 FROM counters WHERE key = ?4 AND last > ?5)",
                params![used, owner.meter, owner.client, owner.key, range.last],
            )?;
        }
        Ok(())
    }
}

fn store(database: &Connection, owner: &CounterOwner, last: u32) -> Result<(), rusqlite::Error> {
    database.execute(
        "INSERT INTO counters (meter, client, key, last) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (meter, client, key) DO UPDATE SET last = excluded.last",
        params![owner.meter, owner.client, owner.key, last],
    )?;
    Ok(())
}

/// Names a key and the system title it is used under without giving either away: the first 16 octets of SHA-256
/// over a label, the title and the key, in hex.
pub fn fingerprint(encryption_key: &[u8], client_system_title: &[u8]) -> String {
    let mut hash = Sha256::new();
    hash.update(b"wattkey invocation counter\0");
    hash.update(client_system_title);
    hash.update(encryption_key);
    hex::encode(hash.finalize().get(..16).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn owner(meter: &str) -> CounterOwner {
        CounterOwner { meter: meter.into(), client: 48, key: fingerprint(&[7; 16], b"TECH0001") }
    }

    #[test]
    fn a_counter_is_never_given_twice_even_after_a_crash() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("counters.sqlite");
        let taken = CounterStore::open(&path).unwrap().reserve(&owner("a"), 1, 16).unwrap();
        assert_eq!(taken, CounterRange { first: 1, last: 16 });
        // The process dies here without giving anything back.
        let mut store = CounterStore::open(&path).unwrap();
        assert_eq!(store.reserve(&owner("a"), 1, 16).unwrap().first, 17);
        assert_eq!(store.reserve(&owner("b"), 1, 16).unwrap().first, 33, "meters may share the key");
    }

    #[test]
    fn unused_numbers_come_back_only_when_none_were_taken_since() {
        let mut store = CounterStore::in_memory().unwrap();
        let first = store.reserve(&owner("a"), 100, 16).unwrap();
        store.give_back(&owner("a"), first, 103).unwrap();
        let second = store.reserve(&owner("a"), 0, 16).unwrap();
        assert_eq!(second.first, 104);
        let third = store.reserve(&owner("b"), 0, 16).unwrap();
        store.give_back(&owner("a"), second, 104).unwrap();
        assert_eq!(store.last(&owner("a")).unwrap(), Some(second.last));
        store.give_back(&owner("b"), third, third.first).unwrap();
        assert_eq!(store.reserve(&owner("a"), 0, 1).unwrap().first, third.first + 1);
    }

    #[test]
    fn a_meter_that_is_ahead_lifts_the_counter_and_the_end_is_an_error() {
        let mut store = CounterStore::in_memory().unwrap();
        assert_eq!(store.last(&owner("a")).unwrap(), None);
        store.reserve(&owner("a"), 5, 1).unwrap();
        assert_eq!(store.reserve(&owner("a"), 9_001, 1).unwrap().first, 9_001);
        store.reserve(&owner("a"), u32::MAX, 4).unwrap();
        assert!(matches!(store.reserve(&owner("a"), 0, 1), Err(CounterError::Exhausted)));
    }
}
