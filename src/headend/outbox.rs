//! What is on its way to the utility, on the disk before anything is sent: results, and confirmations of answers that
//! came from a pack.
//!
//! One row is one intent. It is `queued` until a head-end has taken it (`delivered`), or says it never will
//! (`refused`). A row that was being sent when the program died is `sent`, and is settled before anything else.

use std::path::{Path, PathBuf};

use rusqlite::{Connection, OptionalExtension, Row, TransactionBehavior, params};
use serde::Serialize;

use super::error::HeadEndError;
use super::report::JobReport;
use crate::files;
use crate::state::Watermarks;
use crate::sts::Drn;

const TABLES: &str = "
CREATE TABLE IF NOT EXISTS outbox (
    row INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL, kind TEXT NOT NULL, at TEXT NOT NULL, drn TEXT NOT NULL,
    body TEXT NOT NULL, state TEXT NOT NULL DEFAULT 'queued', tries INTEGER NOT NULL DEFAULT 0,
    reference TEXT, problem TEXT, UNIQUE (kind, id));
CREATE TABLE IF NOT EXISTS code_tries (
    pack TEXT NOT NULL, drn TEXT NOT NULL, wrong INTEGER NOT NULL, PRIMARY KEY (pack, drn));
CREATE TABLE IF NOT EXISTS messages (
    client TEXT NOT NULL, terminal TEXT NOT NULL, number INTEGER NOT NULL, date_time TEXT NOT NULL,
    use_case TEXT NOT NULL, intent TEXT, at TEXT NOT NULL, state TEXT NOT NULL DEFAULT 'sent',
    PRIMARY KEY (client, terminal, number));
CREATE INDEX IF NOT EXISTS open_messages ON messages (intent) WHERE state = 'sent';
";

/// Name of the database in the state folder.
pub(super) const FILE: &str = "headend.sqlite";

macro_rules! words {
    ($(#[$meta:meta])* $name:ident { $($(#[$variant_meta:meta])* $variant:ident $word:literal,)* }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
        #[serde(rename_all = "kebab-case")]
        pub enum $name { $($(#[$variant_meta])* $variant,)* }

        impl $name {
            /// The word stored and shown.
            pub const fn word(self) -> &'static str {
                match self { $($name::$variant => $word,)* }
            }

            fn from_word(word: &str) -> Option<Self> {
                [$($name::$variant),*].into_iter().find(|value| value.word() == word)
            }
        }
    };
}

words! {
    /// What a row carries.
    ItemKind {
        /// The result of a job.
        Report "report",
        /// A vend code that a pack confirmed, to be confirmed by the utility.
        Confirm "confirm",
    }
}

words! {
    /// How far a row is.
    ItemState {
        /// Waits.
        Queued "queued",
        /// Went out, and its end is not known yet.
        Sent "sent",
        /// The utility has it.
        Delivered "delivered",
        /// The utility will not take it; a person has to look.
        Refused "refused",
    }
}

/// One row.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Item {
    /// Its number.
    pub row: i64,
    /// Name of the intent: the job's id.
    pub id: String,
    /// What it carries.
    pub kind: ItemKind,
    /// When it was put in, RFC 3339 UTC.
    pub at: String,
    /// The meter.
    pub drn: String,
    /// Its content.
    pub body: serde_json::Value,
    /// How far it is.
    pub state: ItemState,
    /// How often it was sent.
    pub tries: u32,
    /// The utility's number for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
    /// What kept it, the last time.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub problem: Option<String>,
}

/// What came later to `messages`: the generation of the state folder when the number was taken.
const LATER_COLUMNS: [(&str, &str); 1] = [("generation", "INTEGER NOT NULL DEFAULT 0")];

/// The database, shared by every head-end of one state folder.
#[derive(Debug)]
pub struct Outbox {
    path: PathBuf,
    pub(super) database: Connection,
    pub(super) marks: Watermarks,
}

impl Outbox {
    /// Opens or makes the database in the state folder.
    ///
    /// # Errors
    /// [`HeadEndError::Outbox`]: nothing may then be asked for or handed in.
    pub fn open(state: &Path) -> Result<Self, HeadEndError> {
        let path = state.join(FILE);
        let failed = |problem: String| HeadEndError::Outbox { path: path.clone(), problem };
        let mut database = files::open_database(&path).map_err(|error| failed(error.to_string()))?;
        files::make_durable(&database)
            .and_then(|()| database.execute_batch(TABLES))
            .and_then(|()| files::add_columns(&mut database, "messages", &LATER_COLUMNS))
            .map_err(|error| failed(error.to_string()))?;
        Ok(Outbox { path, database, marks: Watermarks::of(state) })
    }

    /// Whether a state folder has an outbox at all; looking does not make one.
    pub fn exists(state: &Path) -> bool {
        state.join(FILE).exists()
    }

    pub(super) fn failed(&self, error: &rusqlite::Error) -> HeadEndError {
        HeadEndError::Outbox { path: self.path.clone(), problem: error.to_string() }
    }

    /// Puts a report in, once: the same id again gives the row it has.
    ///
    /// # Errors
    /// [`HeadEndError::Outbox`].
    pub fn put_report(&mut self, report: &JobReport) -> Result<Item, HeadEndError> {
        // A report is made of texts: it always has a JSON form.
        let body = serde_json::to_value(report).unwrap_or_default();
        self.put(ItemKind::Report, &report.id, &report.at, report.drn, &body)
    }

    /// Puts a row in, once: the same kind and id again gives the row that is there.
    ///
    /// # Errors
    /// [`HeadEndError::Outbox`].
    pub fn put(
        &mut self,
        kind: ItemKind,
        id: &str,
        at: &str,
        drn: Drn,
        body: &serde_json::Value,
    ) -> Result<Item, HeadEndError> {
        let work = |database: &mut Connection| {
            let transaction = database.transaction_with_behavior(TransactionBehavior::Immediate)?;
            transaction.execute(
                "INSERT OR IGNORE INTO outbox (id, kind, at, drn, body) VALUES (?1, ?2, ?3, ?4, ?5)",
                params![id, kind.word(), at, drn.to_string(), body.to_string()],
            )?;
            let item = transaction.query_row(
                &format!("SELECT {COLUMNS} FROM outbox WHERE kind = ?1 AND id = ?2"),
                params![kind.word(), id],
                read_item,
            )?;
            transaction.commit()?;
            Ok(item)
        };
        work(&mut self.database).map_err(|error| self.failed(&error))
    }

    /// Rows in order; without `all` those that are not delivered.
    ///
    /// # Errors
    /// [`HeadEndError::Outbox`].
    pub fn items(&self, all: bool) -> Result<Vec<Item>, HeadEndError> {
        let read = || -> rusqlite::Result<Vec<Item>> {
            let sql = format!("SELECT {COLUMNS} FROM outbox WHERE ?1 OR state <> 'delivered' ORDER BY row");
            let mut statement = self.database.prepare(&sql)?;
            let rows = statement.query_map(params![all], read_item)?;
            rows.collect()
        };
        read().map_err(|error| self.failed(&error))
    }

    /// Marks a row as on its way.
    ///
    /// # Errors
    /// [`HeadEndError::Outbox`]: it must then not be sent.
    pub fn sending(&mut self, row: i64) -> Result<(), HeadEndError> {
        let sql = "UPDATE outbox SET state = 'sent', tries = tries + 1 WHERE row = ?1";
        self.database.execute(sql, params![row]).map(drop).map_err(|error| self.failed(&error))
    }

    /// Writes down how far a row is now.
    ///
    /// # Errors
    /// [`HeadEndError::Outbox`].
    pub fn settle(
        &mut self,
        row: i64,
        state: ItemState,
        reference: Option<&str>,
        problem: Option<&str>,
    ) -> Result<(), HeadEndError> {
        let sql = "UPDATE outbox SET state = ?2, reference = ?3, problem = ?4 WHERE row = ?1";
        let done = self.database.execute(sql, params![row, state.word(), reference, problem]);
        done.map(drop).map_err(|error| self.failed(&error))
    }

    /// Wrong codes tried for a meter of a pack.
    ///
    /// # Errors
    /// [`HeadEndError::Outbox`].
    pub fn wrong_codes(&self, pack: &str, drn: Drn) -> Result<u32, HeadEndError> {
        let sql = "SELECT wrong FROM code_tries WHERE pack = ?1 AND drn = ?2";
        let found = self.database.query_row(sql, params![pack, drn.to_string()], |row| row.get(0)).optional();
        Ok(found.map_err(|error| self.failed(&error))?.unwrap_or(0))
    }

    /// Counts a wrong code.
    ///
    /// # Errors
    /// [`HeadEndError::Outbox`].
    pub fn count_wrong_code(&mut self, pack: &str, drn: Drn) -> Result<(), HeadEndError> {
        let sql = "INSERT INTO code_tries (pack, drn, wrong) VALUES (?1, ?2, 1)
                   ON CONFLICT (pack, drn) DO UPDATE SET wrong = wrong + 1";
        let done = self.database.execute(sql, params![pack, drn.to_string()]);
        done.map(drop).map_err(|error| self.failed(&error))
    }
}

const COLUMNS: &str = "row, id, kind, at, drn, body, state, tries, reference, problem";

fn read_item(row: &Row<'_>) -> rusqlite::Result<Item> {
    let word = |column: usize| row.get::<_, String>(column);
    let unknown = |column: usize, text: String| {
        rusqlite::Error::FromSqlConversionFailure(column, rusqlite::types::Type::Text, text.into())
    };
    let (kind, body, state) = (word(2)?, word(5)?, word(6)?);
    Ok(Item {
        row: row.get(0)?,
        id: row.get(1)?,
        kind: ItemKind::from_word(&kind).ok_or_else(|| unknown(2, kind))?,
        at: row.get(3)?,
        drn: row.get(4)?,
        body: serde_json::from_str(&body).map_err(|error| unknown(5, error.to_string()))?,
        state: ItemState::from_word(&state).ok_or_else(|| unknown(6, state))?,
        tries: row.get(7)?,
        reference: row.get(8)?,
        problem: row.get(9)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::headend::ReportKind;

    pub(crate) fn report(id: &str) -> JobReport {
        JobReport {
            id: id.to_owned(),
            drn: "01234567897".parse().unwrap(),
            serial: None,
            vend_code: None,
            kind: ReportKind::NewInstallation,
            at: "2026-11-21T08:00:00Z".to_owned(),
            text: String::new(),
            ledger_head: None,
            details: serde_json::Value::Null,
        }
    }

    #[test]
    fn a_report_is_stored_once_and_survives() {
        let folder = tempfile::tempdir().unwrap();
        assert!(!Outbox::exists(folder.path()));
        let first = Outbox::open(folder.path()).unwrap().put_report(&report("job-1")).unwrap();
        let mut outbox = Outbox::open(folder.path()).unwrap();
        assert_eq!(outbox.put_report(&report("job-1")).unwrap().row, first.row);
        outbox.put_report(&report("job-2")).unwrap();
        outbox.sending(first.row).unwrap();
        outbox.settle(first.row, ItemState::Delivered, Some("F000001"), None).unwrap();
        let waiting: Vec<_> = outbox.items(false).unwrap().into_iter().map(|item| item.id).collect();
        assert_eq!(waiting, ["job-2"]);
        let all = outbox.items(true).unwrap();
        assert_eq!((all[0].tries, all[0].reference.as_deref()), (1, Some("F000001")));
    }
}
