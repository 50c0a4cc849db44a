//! Invocation counters of ciphered associations, kept so that none is ever used twice.
//!
//! A counter used twice under one key and one system title breaks AES-GCM. A range is therefore on the disk before
//! the first number of it is used; what a session leaves over is given back only if nobody has taken more since.
//! An older copy of the file that is put back does not bring numbers back: the meter's own counter is asked on every
//! contact, the highest number of each key is kept outside the folder, and where neither is to be had, numbers are
//! jumped over by the time that has passed. Rows are kept per meter, client and key; the next number is above every row of the key, whichever meter it is
//! for, because meters of one fleet may share a key and a technician's port sees one meter after another.

use std::path::{Path, PathBuf};

use rusqlite::{Connection, OptionalExtension, TransactionBehavior, params};
use sha2::{Digest, Sha256};

use time::OffsetDateTime;

use crate::error::Code;
use crate::state::Watermarks;
use crate::{files, hex};

const TABLE: &str = "CREATE TABLE IF NOT EXISTS counters (
    meter TEXT NOT NULL, client INTEGER NOT NULL, key TEXT NOT NULL, last INTEGER NOT NULL,
    PRIMARY KEY (meter, client, key));";

/// Columns that came later: when the row was written last, seconds since 1970; whether the meter reports its counter; and
/// the generation of the state folder at that time.
const LATER_COLUMNS: [(&str, &str); 3] =
    [("at", "INTEGER NOT NULL DEFAULT 0"), ("tells", "INTEGER"), ("generation", "INTEGER NOT NULL DEFAULT 0")];

/// How long a meter that did not report its counter is not asked again, in seconds.
const ASKED_AGAIN_AFTER: i64 = 24 * 3_600;

/// Kind of these numbers among the watermarks.
const KIND: &str = "invocation";

/// Numbers jumped over, in a file put back from a copy, for each second since it was written: more than a line carries
/// in the long run.
const JUMP_PER_SECOND: i64 = 16;

/// The least that is jumped over then.
const LEAST_JUMP: i64 = 4_096;

/// The most, one number in 64: a clock may be far off, and a file of an older version does not say when it was written.
const MOST_JUMP: i64 = 1 << 26;

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
    marks: Watermarks,
}

impl CounterStore {
    /// Opens or makes the store at `path`, and the folders above it.
    ///
    /// # Errors
    /// [`CounterError`] when the file cannot be used.
    pub fn open(path: &Path) -> Result<Self, CounterError> {
        let database = files::open_database(path)
            .map_err(|error| CounterError::Open { path: PathBuf::from(path), reason: error.to_string() })?;
        let marks = path.parent().map(Watermarks::of).unwrap_or_default();
        Self::prepare(database, marks)
    }

    /// A store that is gone with the value.
    ///
    /// # Errors
    /// Those of SQLite.
    pub fn in_memory() -> Result<Self, CounterError> {
        Self::prepare(Connection::open_in_memory()?, Watermarks::default())
    }

    fn prepare(mut database: Connection, marks: Watermarks) -> Result<Self, CounterError> {
        files::make_durable(&database)?;
        database.execute_batch(TABLE)?;
        files::add_columns(&mut database, "counters", &LATER_COLUMNS)?;
        Ok(CounterStore { database, marks })
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

    /// Whether the meter at this place reports its counter, as far as that was found out lately: `None` when it was never
    /// asked, or not for a day, or not since the file was put back from a copy.
    ///
    /// # Errors
    /// [`CounterError`].
    pub fn tells(&self, owner: &CounterOwner, now: OffsetDateTime) -> Result<Option<bool>, CounterError> {
        let found = self
            .database
            .query_row(
                "SELECT tells FROM counters WHERE meter = ?1 AND client = ?2 AND key = ?3 AND generation = ?4
                 AND at BETWEEN ?5 AND ?6",
                params![
                    owner.meter,
                    owner.client,
                    owner.key,
                    self.marks.generation(),
                    now.unix_timestamp().saturating_sub(ASKED_AGAIN_AFTER),
                    now.unix_timestamp()
                ],
                |row| row.get(0),
            )
            .optional()?;
        Ok(found.flatten())
    }

    /// Notes that the meter at this place does not report its counter, so that it is not asked on every contact.
    ///
    /// # Errors
    /// [`CounterError`].
    pub fn note_silence(&self, owner: &CounterOwner, now: OffsetDateTime) -> Result<(), CounterError> {
        self.database.execute(
            "UPDATE counters SET tells = 0, at = ?4 WHERE meter = ?1 AND client = ?2 AND key = ?3 AND generation = ?5",
            params![owner.meter, owner.client, owner.key, now.unix_timestamp(), self.marks.generation()],
        )?;
        Ok(())
    }

    /// Takes up to `count` numbers, above every one ever taken for the key and above the one that the meter `told` as
    /// its last. They are on the disk as used when this returns.
    ///
    /// # Errors
    /// [`CounterError`]: nothing may then be sent under the key.
    pub fn reserve(
        &mut self,
        owner: &CounterOwner,
        told: Option<u32>,
        count: u32,
        now: OffsetDateTime,
    ) -> Result<CounterRange, CounterError> {
        let now = now.unix_timestamp();
        let transaction = self.database.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let generation = self.marks.generation();
        let (newest, written, is_copy): (Option<u32>, Option<i64>, Option<bool>) = transaction.query_row(
            "SELECT max(last), max(at), NOT max(generation = ?2) FROM counters WHERE key = ?1",
            params![owner.key, generation],
            |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
        )?;
        // A copy of an earlier time: numbers may have been used that the file knows nothing of, with this meter or with
        // another that has the same key, so that its word alone does not do. The watermark may be as old as the file.
        let jump = match is_copy {
            Some(true) => jump_over(now.saturating_sub(written.unwrap_or(0))),
            _ => 0,
        };
        let newest = match newest {
            Some(newest) => Some(newest.checked_add(jump).ok_or(CounterError::Exhausted)?),
            None => None,
        };
        let beside = self.marks.highest(KIND, &owner.key).and_then(|number| u32::try_from(number).ok());
        let first = match newest.max(beside).max(told) {
            None => 1,
            Some(known) => known.checked_add(1).ok_or(CounterError::Exhausted)?,
        };
        let last = first.saturating_add(count.saturating_sub(1));
        store(&transaction, owner, last, &Written { tells: told.is_some(), now, generation })?;
        transaction.commit()?;
        self.marks.raise(KIND, &owner.key, last.into());
        Ok(CounterRange { first, last })
    }

    /// Gives back the numbers of `range` above `used`, unless more were taken since.
    ///
    /// # Errors
    /// [`CounterError`]; the numbers are then merely lost.
    pub fn give_back(&mut self, owner: &CounterOwner, range: CounterRange, used: u32) -> Result<(), CounterError> {
        if used >= range.first && used < range.last {
            let changed = self.database.execute(
                "UPDATE counters SET last = ?1 WHERE meter = ?2 AND client = ?3 AND key = ?4 AND last = ?5
                 AND NOT EXISTS (SELECT 1 FROM counters WHERE key = ?4 AND last > ?5)",
                params![used, owner.meter, owner.client, owner.key, range.last],
            )?;
            if changed > 0 {
                self.marks.lower(KIND, &owner.key, range.last.into(), used.into());
            }
        }
        Ok(())
    }
}

/// Numbers jumped over for so many seconds of which nothing is known.
fn jump_over(seconds: i64) -> u32 {
    let jump = seconds.saturating_mul(JUMP_PER_SECOND).clamp(LEAST_JUMP, MOST_JUMP);
    u32::try_from(jump).unwrap_or(u32::MAX)
}

/// What a row says besides its number.
struct Written {
    tells: bool,
    now: i64,
    generation: i64,
}

fn store(database: &Connection, owner: &CounterOwner, last: u32, row: &Written) -> Result<(), rusqlite::Error> {
    database.execute(
        "INSERT INTO counters (meter, client, key, last, tells, at, generation) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
         ON CONFLICT (meter, client, key) DO UPDATE SET last = excluded.last, tells = excluded.tells, at = excluded.at,
             generation = excluded.generation",
        params![owner.meter, owner.client, owner.key, last, row.tells, row.now, row.generation],
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
    use std::fs;
    use time::Duration;

    const NOW: OffsetDateTime = time::macros::datetime!(2026-11-30 08:00 UTC);

    fn owner(meter: &str) -> CounterOwner {
        CounterOwner { meter: meter.into(), client: 48, key: fingerprint(&[7; 16], b"TECH0001") }
    }

    #[test]
    fn a_counter_is_never_given_twice_even_after_a_crash() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("counters.sqlite");
        let taken = CounterStore::open(&path).unwrap().reserve(&owner("a"), None, 16, NOW).unwrap();
        assert_eq!(taken, CounterRange { first: 1, last: 16 });
        // The process dies here without giving anything back.
        let mut store = CounterStore::open(&path).unwrap();
        assert_eq!(store.reserve(&owner("a"), None, 16, NOW).unwrap().first, 17);
        assert_eq!(store.reserve(&owner("b"), None, 16, NOW).unwrap().first, 33, "meters may share the key");
    }

    #[test]
    fn unused_numbers_come_back_only_when_none_were_taken_since() {
        let mut store = CounterStore::in_memory().unwrap();
        let first = store.reserve(&owner("a"), Some(99), 16, NOW).unwrap();
        store.give_back(&owner("a"), first, 103).unwrap();
        let second = store.reserve(&owner("a"), None, 16, NOW).unwrap();
        assert_eq!(second.first, 104);
        let third = store.reserve(&owner("b"), None, 16, NOW).unwrap();
        store.give_back(&owner("a"), second, 104).unwrap();
        assert_eq!(store.last(&owner("a")).unwrap(), Some(second.last));
        store.give_back(&owner("b"), third, third.first).unwrap();
        assert_eq!(store.reserve(&owner("a"), None, 1, NOW).unwrap().first, third.first + 1);
    }

    #[test]
    fn a_meter_that_is_ahead_lifts_the_counter_and_the_end_is_an_error() {
        let mut store = CounterStore::in_memory().unwrap();
        assert_eq!((store.last(&owner("a")).unwrap(), store.tells(&owner("a"), NOW).unwrap()), (None, None));
        store.reserve(&owner("a"), None, 1, NOW).unwrap();
        assert_eq!(store.tells(&owner("a"), NOW).unwrap(), Some(false));
        assert_eq!(store.tells(&owner("a"), NOW + 2 * Duration::DAY).unwrap(), None, "it is asked again");
        assert_eq!(store.reserve(&owner("a"), Some(9_000), 1, NOW).unwrap().first, 9_001);
        assert_eq!(store.tells(&owner("a"), NOW).unwrap(), Some(true));
        store.note_silence(&owner("a"), NOW).unwrap();
        assert_eq!(store.tells(&owner("a"), NOW).unwrap(), Some(false));
        store.reserve(&owner("a"), Some(u32::MAX - 1), 4, NOW).unwrap();
        assert!(matches!(store.reserve(&owner("a"), None, 1, NOW), Err(CounterError::Exhausted)));
    }

    /// A state folder, its copy, and where the watermarks are.
    struct Home(tempfile::TempDir);

    impl Home {
        fn new() -> Self {
            let home = Home(tempfile::tempdir().unwrap());
            fs::create_dir(home.0.path().join("state")).unwrap();
            home
        }

        fn store(&self, with_marks: bool) -> CounterStore {
            let beside = self.0.path().join("cache/watermarks.sqlite");
            crate::state::check(&self.0.path().join("state"), with_marks.then_some(&*beside)).unwrap();
            CounterStore::open(&self.0.path().join("state/counters.sqlite")).unwrap()
        }

        fn copy(&self, from: &str, to: &str) {
            let _ = fs::remove_dir_all(self.0.path().join(to));
            fs::create_dir(self.0.path().join(to)).unwrap();
            for entry in fs::read_dir(self.0.path().join(from)).unwrap() {
                let entry = entry.unwrap();
                fs::copy(entry.path(), self.0.path().join(to).join(entry.file_name())).unwrap();
            }
        }
    }

    #[test]
    fn a_copy_put_back_goes_on_above_the_watermark() {
        let home = Home::new();
        home.store(true).reserve(&owner("a"), None, 16, NOW).unwrap();
        home.copy("state", "backup");
        let used = home.store(true).reserve(&owner("a"), None, 16, NOW).unwrap();
        // Moved away and back, so that its mark still fits.
        fs::rename(home.0.path().join("state"), home.0.path().join("newer")).unwrap();
        home.copy("backup", "state");
        let next = home.store(true).reserve(&owner("a"), None, 1, NOW).unwrap().first;
        assert!(next > used.last, "{next}");
        // A watermark as old as the folder is no reason not to jump.
        fs::remove_file(home.0.path().join("state/anchor")).unwrap();
        let jumped = home.store(true).reserve(&owner("a"), None, 1, NOW).unwrap().first;
        assert!(jumped >= next + u32::try_from(LEAST_JUMP).unwrap(), "{jumped}");
    }

    #[test]
    fn a_copy_put_back_without_watermarks_jumps_by_time() {
        let day_ago = NOW;
        let home = Home::new();
        home.store(false).reserve(&owner("a"), None, 16, day_ago).unwrap();
        home.copy("state", "backup");
        home.store(false).reserve(&owner("a"), None, 1_000, day_ago + Duration::HOUR).unwrap();
        home.copy("backup", "state");
        let now = day_ago + Duration::DAY;
        let jumped = home.store(false).reserve(&owner("a"), None, 16, now + Duration::SECOND).unwrap();
        assert!((1_380_000..1_390_000).contains(&jumped.first), "{jumped:?}");
        let next = home.store(false).reserve(&owner("a"), None, 16, now + Duration::MINUTE).unwrap();
        assert_eq!(next.first, jumped.last + 1, "once is enough");
    }

    #[test]
    fn meters_with_one_key_are_jumped_over_together() {
        let home = Home::new();
        home.store(false).reserve(&owner("a"), None, 16, NOW).unwrap();
        home.copy("state", "backup");
        let other = home.store(false).reserve(&owner("b"), Some(500), 400, NOW + Duration::MINUTE).unwrap();
        home.copy("backup", "state");
        let mut store = home.store(false);
        assert_eq!(store.tells(&owner("a"), NOW).unwrap(), None, "it is asked again");
        // This meter knows nothing of the numbers that the other has seen.
        let range = store.reserve(&owner("a"), Some(20), 16, NOW + 2 * Duration::MINUTE).unwrap();
        assert!(range.first > other.last, "{range:?} after {other:?}");
        assert_eq!(store.reserve(&owner("b"), Some(900), 1, NOW).unwrap().first, range.last + 1, "once is enough");
    }

    #[test]
    fn a_file_of_an_older_version_is_taken_over() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("counters.sqlite");
        let old = Connection::open(&path).unwrap();
        old.execute_batch(TABLE).unwrap();
        let key = owner("a").key;
        old.execute("INSERT INTO counters VALUES ('a', 48, ?1, 77)", params![key]).unwrap();
        drop(old);
        let mut store = CounterStore::open(&path).unwrap();
        assert_eq!(store.tells(&owner("a"), NOW).unwrap(), None);
        assert_eq!(store.reserve(&owner("a"), None, 1, NOW).unwrap().first, 78);
    }
}
