//! The ledger's database: SQLite in write-ahead mode, every commit flushed to the disk before it counts.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use hmac::{Hmac, KeyInit, Mac};
use rusqlite::{Connection, OptionalExtension, Row, params};
use sha2::Sha256;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use super::chain;
use super::entry::{Act, Author, Entry, EntryKind, Operation, Outcome, TokenMark};
use super::journal::{self, COLUMNS, Journal};
use crate::error::Code;
use crate::meter::MeterRef;
use crate::sts::{Drn, Token};
use crate::{files, hex};

const TABLES: &str = "
CREATE TABLE IF NOT EXISTS entries (
    seq INTEGER PRIMARY KEY, at TEXT NOT NULL, kind TEXT NOT NULL, intent INTEGER REFERENCES entries (seq),
    serial TEXT, drn TEXT, operation TEXT NOT NULL, token_hash TEXT, token_last4 TEXT, job TEXT,
    detail TEXT NOT NULL, ending TEXT, operator TEXT NOT NULL, host TEXT NOT NULL, tool TEXT NOT NULL,
    hash TEXT NOT NULL);
CREATE UNIQUE INDEX IF NOT EXISTS one_outcome ON entries (intent) WHERE kind = 'outcome';
CREATE INDEX IF NOT EXISTS by_serial ON entries (serial);
CREATE INDEX IF NOT EXISTS by_drn ON entries (drn);
CREATE INDEX IF NOT EXISTS by_job ON entries (job);
CREATE INDEX IF NOT EXISTS by_token ON entries (token_hash);
CREATE INDEX IF NOT EXISTS bulk_jobs ON entries (job) WHERE operation = 'bulk-job';
CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value BLOB NOT NULL);
";

/// Digits of a hash that are the least by which a row is looked for.
const NOTED: usize = 16;

/// Why the ledger could not be used.
#[derive(Debug, thiserror::Error)]
pub enum LedgerError {
    /// The folder or file cannot be used.
    #[error("the ledger {path} cannot be opened: {reason}")]
    Open {
        /// The database file.
        path: PathBuf,
        /// What the system said.
        reason: String,
    },
    /// The database failed in use: nothing may be sent.
    #[error("the ledger cannot be written or read: {0}")]
    Database(#[from] rusqlite::Error),
    /// A row holds a word this version does not know.
    #[error("row {seq} of the ledger cannot be understood: {what}")]
    Row {
        /// The row.
        seq: i64,
        /// What is wrong with it.
        what: String,
    },
    /// The system gave no random numbers for the salt.
    #[error("no random numbers for the ledger's salt: {0}")]
    Random(String),
}

impl LedgerError {
    /// The stable code word.
    pub fn code(&self) -> Code {
        Code::Ledger
    }

    /// Whether the file itself is damaged, rather than out of reach.
    pub fn is_damage(&self) -> bool {
        matches!(
            self,
            LedgerError::Database(rusqlite::Error::SqliteFailure(failure, _))
                if matches!(failure.code, rusqlite::ErrorCode::DatabaseCorrupt | rusqlite::ErrorCode::NotADatabase)
        )
    }
}

/// The row of an intent, to conclude it with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct IntentId(i64);

impl IntentId {
    /// The intent that a row is, to conclude it after reading the meter back; `None` for an outcome.
    pub fn of(entry: &Entry) -> Option<Self> {
        (entry.kind == EntryKind::Intent).then_some(IntentId(entry.seq))
    }

    /// The row's position in the ledger.
    pub fn seq(self) -> i64 {
        self.0
    }
}

/// Which rows to list; the default is all.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Only rows of a meter with this serial number or DRN.
    pub meter: Option<String>,
    /// Only rows of this job.
    pub job: Option<String>,
    /// Only the newest so many, still in order.
    pub last: Option<u32>,
}

/// What a walk along the chain found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verification {
    /// Rows walked.
    pub entries: i64,
    /// Intents without an outcome.
    pub open: i64,
    /// The hash of the last sound row: note it elsewhere to see later cuts.
    pub head: String,
    /// The first row that does not fit, and why.
    pub broken: Option<(i64, String)>,
    /// Where the noted hash was found: its row, 0 for a ledger that was empty then.
    pub noted: Option<i64>,
}

/// The ledger, open for one author. A thread that writes has its own handle; all handles share one connection.
#[derive(Debug)]
pub struct Ledger {
    pub(super) journal: Arc<Journal>,
    author: Author,
    salt: Vec<u8>,
    genesis: String,
    /// Intents of this handle without an outcome, so that concluding them needs no look into the database.
    begun: HashMap<i64, Entry>,
}

impl Ledger {
    /// Opens or makes the ledger at `path`, and the folders above it.
    ///
    /// # Errors
    /// [`LedgerError`] when the file cannot be used.
    pub fn open(path: &Path, author: Author) -> Result<Self, LedgerError> {
        let database = files::open_database(path)
            .map_err(|error| LedgerError::Open { path: path.to_owned(), reason: error.to_string() })?;
        Self::prepare(database, author)
    }

    /// A ledger that is gone with the value, for tests and dry runs.
    ///
    /// # Errors
    /// Those of SQLite.
    pub fn in_memory(author: Author) -> Result<Self, LedgerError> {
        Self::prepare(Connection::open_in_memory()?, author)
    }

    fn prepare(mut database: Connection, author: Author) -> Result<Self, LedgerError> {
        files::make_durable(&database)?;
        database.execute_batch(TABLES)?;
        let salt = salt(&mut database)?;
        let genesis = chain::genesis(&salt);
        let journal = Arc::new(Journal::new(database, genesis.clone()));
        Ok(Ledger { journal, author, salt, genesis, begun: HashMap::new() })
    }

    /// Another handle on the same ledger, for another thread. Rows that are written at the same time share a commit.
    #[must_use]
    pub fn handle(&self) -> Self {
        Ledger {
            journal: Arc::clone(&self.journal),
            author: self.author.clone(),
            salt: self.salt.clone(),
            genesis: self.genesis.clone(),
            begun: HashMap::new(),
        }
    }

    /// Writes down what is about to be done; it is on the disk when this returns.
    ///
    /// # Errors
    /// [`LedgerError`]: nothing may then be sent.
    pub fn intend(&mut self, act: &Act<'_>, now: OffsetDateTime) -> Result<IntentId, LedgerError> {
        let token = act.token.map(|token| self.mark_token(token));
        let mut entry = Entry {
            seq: 0,
            at: timestamp(now),
            kind: EntryKind::Intent,
            intent: None,
            meter: act.meter.clone(),
            stored_drn: None,
            operation: act.operation,
            token,
            job: act.job.map(str::to_owned),
            detail: act.detail.clone(),
            outcome: None,
            operator: self.author.operator.clone(),
            host: self.author.host.clone(),
            tool: self.author.tool.clone(),
            hash: String::new(),
        };
        entry.seq = self.journal.append(entry.clone())?;
        let seq = entry.seq;
        self.begun.insert(seq, entry);
        Ok(IntentId(seq))
    }

    /// Writes down how an intended act ended. An intent is concluded once; a second outcome is an error.
    ///
    /// # Errors
    /// [`LedgerError`].
    pub fn conclude(
        &mut self,
        intent: IntentId,
        outcome: Outcome,
        detail: serde_json::Value,
        now: OffsetDateTime,
    ) -> Result<(), LedgerError> {
        let begun = match self.begun.get(&intent.0) {
            Some(entry) => entry.clone(),
            None => entry_at(&self.journal.database(), intent.0)?,
        };
        let entry = Entry {
            at: timestamp(now),
            kind: EntryKind::Outcome,
            intent: Some(intent.0),
            detail,
            outcome: Some(outcome),
            operator: self.author.operator.clone(),
            host: self.author.host.clone(),
            tool: self.author.tool.clone(),
            ..begun
        };
        self.journal.append(entry)?;
        self.begun.remove(&intent.0);
        Ok(())
    }

    /// Intents for this meter whose end nobody saw, oldest first.
    ///
    /// # Errors
    /// [`LedgerError`].
    pub fn open_intents(&self, meter: &MeterRef) -> Result<Vec<Entry>, LedgerError> {
        let sql = format!(
            "SELECT {COLUMNS} FROM entries AS e WHERE kind = 'intent' AND operation <> 'bulk-job'
             AND (serial = ?1 OR drn = ?2)
             AND NOT EXISTS (SELECT 1 FROM entries AS o WHERE o.intent = e.seq AND o.kind = 'outcome') ORDER BY seq"
        );
        self.query(&sql, params![meter.serial, meter.drn.map(|drn| drn.to_string())])
    }

    /// Who writes.
    pub fn author(&self) -> &Author {
        &self.author
    }

    /// The hash of the last row: what a report prints, for [`Ledger::verify`] to look for later.
    ///
    /// # Errors
    /// [`LedgerError`].
    pub fn head(&self) -> Result<String, LedgerError> {
        Ok(journal::head(&self.journal.database(), &self.genesis)?.1)
    }

    /// Number and hash of the last row; 0 and the hash before the first row when there is none.
    ///
    /// # Errors
    /// [`LedgerError`].
    pub fn tip(&self) -> Result<(i64, String), LedgerError> {
        Ok(journal::head(&self.journal.database(), &self.genesis)?)
    }

    /// The hash of a row, or the one before the first row for 0; `None` where no row has this number.
    ///
    /// # Errors
    /// [`LedgerError`].
    pub fn hash_at(&self, seq: i64) -> Result<Option<String>, LedgerError> {
        if seq == 0 {
            return Ok(Some(self.genesis.clone()));
        }
        let database = self.journal.database();
        let mut statement = database.prepare_cached("SELECT hash FROM entries WHERE seq = ?1")?;
        Ok(statement.query_row(params![seq], |row| row.get(0)).optional()?)
    }

    /// The rows after the one with this number, at most `limit`, in order.
    ///
    /// # Errors
    /// [`LedgerError`].
    pub fn entries_after(&self, seq: i64, limit: u32) -> Result<Vec<Entry>, LedgerError> {
        self.query(&format!("SELECT {COLUMNS} FROM entries WHERE seq > ?1 ORDER BY seq LIMIT ?2"), params![seq, limit])
    }

    /// Everything ever done with this token on any meter, oldest first.
    ///
    /// # Errors
    /// [`LedgerError`].
    pub fn token_history(&self, token: Token) -> Result<Vec<Entry>, LedgerError> {
        let sql = format!("SELECT {COLUMNS} FROM entries WHERE token_hash = ?1 ORDER BY seq");
        self.query(&sql, params![self.mark_token(token).hash])
    }

    /// Rows in order.
    ///
    /// # Errors
    /// [`LedgerError`].
    pub fn entries(&self, filter: &Filter) -> Result<Vec<Entry>, LedgerError> {
        let mut conditions = Vec::new();
        let mut values: Vec<&dyn rusqlite::ToSql> = Vec::new();
        if let Some(meter) = &filter.meter {
            conditions.push("(serial = ? OR drn = ?)");
            values.extend([meter as &dyn rusqlite::ToSql, meter]);
        }
        if let Some(job) = &filter.job {
            conditions.push("job = ?");
            values.push(job);
        }
        let condition = if conditions.is_empty() { "1".to_owned() } else { conditions.join(" AND ") };
        let last = filter.last.map_or(-1, i64::from);
        values.push(&last);
        let sql = format!(
            "SELECT * FROM (SELECT {COLUMNS} FROM entries WHERE {condition} ORDER BY seq DESC LIMIT ?) ORDER BY seq"
        );
        self.query(&sql, values.as_slice())
    }

    /// Walks the chain from the first row to the last. With the hash of a row noted earlier (all of it, or its first
    /// 16 digits at least) a cut tail and a chain written anew are found too: such a hash is in it no more.
    ///
    /// # Errors
    /// [`LedgerError`] when the file cannot be read at all; a broken chain is a finding, not an error.
    pub fn verify(&self, noted: Option<&str>) -> Result<Verification, LedgerError> {
        let mut found = Verification { entries: 0, open: 0, head: self.genesis.clone(), broken: None, noted: None };
        self.walk(&mut found, noted)?;
        if found.broken.is_none() {
            found.broken = self.damage()?.map(|damage| (found.entries.max(1), damage));
        }
        if let (None, Some(hash), None) = (&found.broken, noted, found.noted) {
            let what = format!(
                "no row has the noted hash {hash}: rows were cut off after row {}, or the chain was written anew",
                found.entries
            );
            found.broken = Some((found.entries + 1, what));
        }
        Ok(found)
    }

    fn walk(&self, found: &mut Verification, noted: Option<&str>) -> Result<(), LedgerError> {
        let is_noted = |hash: &str| noted.is_some_and(|noted| noted.len() >= NOTED && hash.starts_with(noted));
        found.noted = is_noted(&found.head).then_some(0);
        let database = self.journal.database();
        let mut statement = database.prepare(&format!("SELECT {COLUMNS} FROM entries ORDER BY seq"))?;
        let mut rows = statement.query([])?;
        loop {
            let expected = found.entries + 1;
            let row = match rows.next() {
                Ok(Some(row)) => row,
                Ok(None) => return Ok(()),
                Err(error) => {
                    found.broken = Some((expected, format!("the file is damaged: {error}")));
                    return Ok(());
                }
            };
            let seq: i64 = row.get(0)?;
            let problem = match read_entry(row) {
                _ if seq != expected => Some(format!("row {expected} is missing")),
                Err(error) => Some(error.to_string()),
                Ok(entry) if chain::link(&found.head, &entry) != entry.hash => {
                    Some("its content does not fit its hash".to_owned())
                }
                Ok(entry) => {
                    if is_noted(&entry.hash) {
                        found.noted = Some(seq);
                    }
                    found.head = entry.hash;
                    found.open += if entry.kind == EntryKind::Intent { 1 } else { -1 };
                    None
                }
            };
            if let Some(problem) = problem {
                found.broken = Some((seq.min(expected), problem));
                return Ok(());
            }
            found.entries = expected;
        }
    }

    /// What SQLite finds wrong with the file besides: an index that leaves rows out hides them from every search.
    fn damage(&self) -> Result<Option<String>, LedgerError> {
        let found: String = self.journal.database().query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))?;
        Ok((found != "ok").then(|| format!("the file is damaged: {found}")))
    }

    /// How this ledger keeps a token.
    pub fn mark_token(&self, token: Token) -> TokenMark {
        self.mark(&token.to_string())
    }

    /// How this ledger keeps a text by which something is to be known again and not read.
    pub fn mark(&self, digits: &str) -> TokenMark {
        // A key of any length is allowed by HMAC; the error cannot occur.
        let hash = Hmac::<Sha256>::new_from_slice(&self.salt)
            .map(|mac| hex::encode(&mac.chain_update(digits.as_bytes()).finalize().into_bytes()))
            .unwrap_or_default();
        let last4 = digits.get(digits.len().saturating_sub(4)..).unwrap_or_default().to_owned();
        TokenMark { hash, last4 }
    }

    pub(super) fn query(&self, sql: &str, parameters: impl rusqlite::Params) -> Result<Vec<Entry>, LedgerError> {
        query(&self.journal.database(), sql, parameters)
    }

    #[cfg(test)]
    pub(super) fn journal(&self) -> &Arc<Journal> {
        &self.journal
    }

    #[cfg(test)]
    pub(super) fn handle_knowing(&self, intent: &Entry) -> Self {
        let mut handle = self.handle();
        handle.begun.insert(intent.seq, intent.clone());
        handle
    }
}

/// The row with this number.
pub(super) fn entry_at(database: &Connection, seq: i64) -> Result<Entry, LedgerError> {
    let sql = format!("SELECT {COLUMNS} FROM entries WHERE seq = ?1");
    let missing = || LedgerError::Row { seq, what: "there is no such row".to_owned() };
    query(database, &sql, params![seq])?.pop().ok_or_else(missing)
}

fn query(database: &Connection, sql: &str, parameters: impl rusqlite::Params) -> Result<Vec<Entry>, LedgerError> {
    let mut statement = database.prepare_cached(sql)?;
    let mut rows = statement.query(parameters)?;
    let mut entries = Vec::new();
    while let Some(row) = rows.next()? {
        entries.push(read_entry(row)?);
    }
    Ok(entries)
}

fn salt(database: &mut Connection) -> Result<Vec<u8>, LedgerError> {
    let mut fresh = [0u8; 32];
    getrandom::fill(&mut fresh).map_err(|error| LedgerError::Random(error.to_string()))?;
    database.execute("INSERT OR IGNORE INTO meta (name, value) VALUES ('salt', ?1)", params![fresh.as_slice()])?;
    Ok(database.query_row("SELECT value FROM meta WHERE name = 'salt'", [], |row| row.get(0))?)
}

pub(super) fn read_entry(row: &Row<'_>) -> Result<Entry, LedgerError> {
    let seq: i64 = row.get(0)?;
    let unknown = |what: &str, word: &str| LedgerError::Row { seq, what: format!("{what} {word:?} is unknown") };
    let kind: String = row.get(2)?;
    let operation: String = row.get(6)?;
    let drn: Option<String> = row.get(5)?;
    // Only a text that is written just so is the number: the hash covers the text.
    let parsed_drn = drn.as_deref().and_then(|text| text.parse::<Drn>().ok().filter(|drn| drn.to_string() == text));
    let hash: Option<String> = row.get(7)?;
    let last4: Option<String> = row.get(8)?;
    let detail: String = row.get(10)?;
    let ending: Option<String> = row.get(11)?;
    Ok(Entry {
        seq,
        at: row.get(1)?,
        kind: EntryKind::from_word(&kind).ok_or_else(|| unknown("kind", &kind))?,
        intent: row.get(3)?,
        meter: MeterRef { serial: row.get(4)?, drn: parsed_drn },
        stored_drn: drn.filter(|_| parsed_drn.is_none()),
        operation: Operation::from_word(&operation).ok_or_else(|| unknown("operation", &operation))?,
        token: hash.zip(last4).map(|(hash, last4)| TokenMark { hash, last4 }),
        job: row.get(9)?,
        detail: serde_json::from_str(&detail).map_err(|error| LedgerError::Row { seq, what: error.to_string() })?,
        outcome: match ending {
            Some(word) => Some(Outcome::from_word(&word).ok_or_else(|| unknown("ending", &word))?),
            None => None,
        },
        operator: row.get(12)?,
        host: row.get(13)?,
        tool: row.get(14)?,
        hash: row.get(15)?,
    })
}

/// RFC 3339, UTC, milliseconds.
fn timestamp(now: OffsetDateTime) -> String {
    let now = now.to_offset(time::UtcOffset::UTC);
    let now = now.replace_millisecond(now.millisecond()).unwrap_or(now);
    now.format(&Rfc3339).unwrap_or_else(|_| now.unix_timestamp().to_string())
}
