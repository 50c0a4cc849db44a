//! A row for each value of each reading, in PostgreSQL or SQLite.

use serde_json::Value as Json;

use crate::meter::time::rfc3339;
use crate::monitor::forwarding::{Outgoing, Sink, SinkError};
use crate::monitor::measurements::{Measured, of_reading};
use crate::orders::OrdersError;
use crate::orders::store::{Store, Value};

/// What makes the table where it is not there.
const TABLE: &str = "CREATE TABLE IF NOT EXISTS wattkey_reading (
    source TEXT NOT NULL, seq BIGINT NOT NULL, name TEXT NOT NULL, time TEXT NOT NULL, line TEXT NOT NULL,
    meter TEXT NOT NULL, serial TEXT, number DOUBLE PRECISION, words TEXT, unit TEXT,
    PRIMARY KEY (source, seq, name))";

/// Columns of the table.
const COLUMNS: usize = 10;

/// Rows of one statement; few different ones, so that they stay prepared.
const TOGETHER: [usize; 3] = [100, 10, 1];

/// A table that gets a row for each value: `name` is that of the line protocol, `number` or `words` the value. The first row
/// of a reading is `answered`, with the reason in `words` when it did not. A row is known by `source`, the outbox it
/// came from, with `seq` and `name`: one that is sent again is there once.
#[derive(Debug)]
pub struct ReadingsTable {
    store: Store,
    source: String,
    is_made: bool,
}

impl ReadingsTable {
    /// In a store that is reached when the first records come; `source` names the outbox.
    pub fn new(store: Store, source: &str) -> Self {
        ReadingsTable { store, source: source.to_owned(), is_made: false }
    }

    fn rows(&self, seq: u64, measured: &Measured) -> Vec<[Value; COLUMNS]> {
        let seq = i64::try_from(seq).unwrap_or(i64::MAX);
        let time = rfc3339(measured.time);
        let row = |name: &str, number: Option<String>, words: Option<String>, unit: Option<&String>| {
            [
                Value::from(&self.source),
                seq.into(),
                name.into(),
                Value::from(&time),
                Value::from(&measured.line),
                Value::from(&measured.meter),
                measured.serial.as_ref().map_or(Value::Null, Value::from),
                number.into(),
                words.into(),
                unit.map_or(Value::Null, Value::from),
            ]
        };
        let answered = if measured.answered { "1" } else { "0" };
        let mut rows = vec![row("answered", Some(answered.to_owned()), measured.problem.clone(), None)];
        rows.extend(measured.values.iter().map(|one| {
            let (number, words) = match &one.value {
                Json::Number(number) => (Some(number.to_string()), None),
                Json::Bool(state) => (Some(i64::from(*state).to_string()), None),
                other => (None, Some(other.as_str().map_or_else(|| other.to_string(), str::to_owned))),
            };
            row(&one.name, number, words, one.unit.as_ref())
        }));
        rows
    }
}

/// The statement that inserts so many rows. Numbers go as texts, which every engine reads alike.
fn insert(rows: usize) -> String {
    let row = |row: usize| {
        let at = |column: usize| row.saturating_mul(COLUMNS).saturating_add(column);
        format!(
            "(${}, ${}, ${}, ${}, ${}, ${}, ${}, CAST(CAST(${} AS TEXT) AS DOUBLE PRECISION), ${}, ${})",
            at(1),
            at(2),
            at(3),
            at(4),
            at(5),
            at(6),
            at(7),
            at(8),
            at(9),
            at(10)
        )
    };
    let rows: Vec<String> = (0..rows).map(row).collect();
    format!(
        "INSERT INTO wattkey_reading (source, seq, name, time, line, meter, serial, number, words, unit) VALUES {} \
         ON CONFLICT (source, seq, name) DO NOTHING",
        rows.join(", ")
    )
}

impl Sink for ReadingsTable {
    fn name(&self) -> String {
        self.store.name().to_owned()
    }

    fn take(&mut self, records: &[Outgoing]) -> Result<(), SinkError> {
        let rows: Vec<[Value; COLUMNS]> = records
            .iter()
            .filter_map(|record| Some(self.rows(record.seq, &of_reading(&record.document)?)))
            .flatten()
            .collect();
        let is_made = self.is_made;
        let outcome = self.store.run(|session| {
            // Who may only insert may not make it, also where it is there.
            if !is_made && !session.has_table("wattkey_reading")? {
                session.execute(TABLE, &[])?;
            }
            let mut left = rows.as_slice();
            while !left.is_empty() {
                let count = TOGETHER.into_iter().find(|count| *count <= left.len()).unwrap_or(1);
                let (these, rest) = left.split_at_checked(count).unwrap_or((left, &[]));
                session.execute(&insert(these.len()), &these.concat())?;
                left = rest;
            }
            Ok(())
        });
        self.is_made |= outcome.is_ok();
        outcome.map_err(|error: OrdersError| match error {
            // The database is there, and does not like what it got.
            OrdersError::Failed { problem, .. } => SinkError::Refused(problem),
            OrdersError::Unreachable { problem, .. }
            | OrdersError::Busy { problem, .. }
            | OrdersError::Refused { problem, .. } => SinkError::Away(problem),
            other => SinkError::Away(other.to_string()),
        })
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::link::Interrupt;
    use crate::orders::store::StoreOptions;
    use serde_json::json;

    fn reading(seq: u64) -> Outgoing {
        let document = json!({"seq": seq, "schema": "wattkey/reading/1", "line": "l", "meter": "m",
            "time": "2026-11-30T12:00:00Z", "answered": true, "import_kwh": 12.5, "relay": "closed"});
        Outgoing { seq, document }
    }

    #[test]
    fn each_value_is_one_row_however_often_it_is_sent() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("readings.sqlite");
        let url = format!("sqlite:{}", path.display()).parse().unwrap();
        let options = StoreOptions {
            password_file: None,
            root_certificates: None,
            patience: Duration::from_secs(1),
            interrupt: Interrupt::default(),
        };
        let mut table = ReadingsTable::new(Store::open(&url, &options, true).unwrap(), "box");
        let records: Vec<Outgoing> = (1..=50).map(reading).collect();
        table.take(&records).unwrap();
        table.take(&records[40..]).unwrap();
        let database = rusqlite::Connection::open(&path).unwrap();
        let count = |sql: &str| database.query_row(sql, [], |row| row.get::<_, f64>(0)).unwrap();
        assert_eq!(count("SELECT CAST(COUNT(*) AS REAL) FROM wattkey_reading"), 150.0);
        assert_eq!(count("SELECT SUM(number) FROM wattkey_reading WHERE name = 'import_kwh'"), 625.0);
    }
}
