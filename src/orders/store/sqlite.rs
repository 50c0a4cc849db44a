//! Work orders in a file of SQLite.

use std::path::PathBuf;
use std::time::Duration;

use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Connection, ErrorCode, OpenFlags, ToSql, TransactionBehavior};
use time::OffsetDateTime;

use super::{Body, Column, Database, Row, Session, Value};
use crate::orders::OrdersError;

/// How long SQLite itself waits for another process before the transaction begins anew.
const WAIT_FOR_LOCK: Duration = Duration::from_secs(5);

/// A file, opened when it is first needed.
pub(super) struct Sqlite {
    path: PathBuf,
    create: bool,
    connection: Option<Connection>,
}

impl Sqlite {
    pub(super) fn new(path: PathBuf, create: bool) -> Self {
        Sqlite { path, create, connection: None }
    }

    fn name(&self) -> String {
        format!("sqlite:{}", self.path.display())
    }

    fn connect(&self) -> Result<Connection, OrdersError> {
        let mut flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        if self.create {
            flags |= OpenFlags::SQLITE_OPEN_CREATE;
        }
        // Several users may share the file: its mode is the umask's and the folder's affair.
        let failed = |error: rusqlite::Error| match error.sqlite_error_code() {
            Some(ErrorCode::CannotOpen) => OrdersError::Unreachable { store: self.name(), problem: error.to_string() },
            _ => translated(&self.name(), &error),
        };
        let connection = Connection::open_with_flags(&self.path, flags).map_err(failed)?;
        connection.busy_timeout(WAIT_FOR_LOCK).map_err(failed)?;
        // The rollback journal works on shared folders, too, where the write-ahead log does not.
        connection.pragma_update(None, "synchronous", "FULL").map_err(failed)?;
        connection.set_prepared_statement_cache_capacity(64);
        Ok(connection)
    }
}

impl Database for Sqlite {
    fn transaction(&mut self, body: Body<'_>) -> Result<(), OrdersError> {
        let name = self.name();
        let connection = match self.connection.take() {
            Some(connection) => connection,
            None if !self.create && !self.path.exists() => {
                // A missing file does not come by waiting.
                return Err(OrdersError::Failed { store: name, problem: "there is no such file".to_owned() });
            }
            None => self.connect()?,
        };
        let connection = self.connection.insert(connection);
        let failed = |error: rusqlite::Error| translated(&name, &error);
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(failed)?;
        body(&mut Open { name: &name, connection: &transaction })?;
        transaction.commit().map_err(failed)
    }
}

struct Open<'a> {
    name: &'a str,
    connection: &'a Connection,
}

impl Open<'_> {
    fn failed(&self, error: &rusqlite::Error) -> OrdersError {
        translated(self.name, error)
    }
}

impl ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Value::Null => ValueRef::Null,
            Value::Int(number) => ValueRef::Integer(*number),
            Value::Text(text) => ValueRef::Text(text.as_bytes()),
        }))
    }
}

impl Session for Open<'_> {
    fn execute(&mut self, sql: &str, parameters: &[Value]) -> Result<u64, OrdersError> {
        let mut statement = self.connection.prepare_cached(&numbered(sql)).map_err(|error| self.failed(&error))?;
        let changed = statement.execute(rusqlite::params_from_iter(parameters)).map_err(|error| self.failed(&error))?;
        Ok(changed as u64)
    }

    fn each(
        &mut self,
        sql: &str,
        parameters: &[Value],
        each: &mut dyn FnMut(Row) -> Result<(), OrdersError>,
    ) -> Result<(), OrdersError> {
        let mut statement = self.connection.prepare_cached(&numbered(sql)).map_err(|error| self.failed(&error))?;
        let columns = statement.column_count();
        let mut rows = statement.query(rusqlite::params_from_iter(parameters)).map_err(|error| self.failed(&error))?;
        while let Some(row) = rows.next().map_err(|error| self.failed(&error))? {
            let values = (0..columns)
                .map(|column| match row.get_ref(column).map_err(|error| self.failed(&error))? {
                    ValueRef::Null => Ok(Value::Null),
                    ValueRef::Integer(number) => Ok(Value::Int(number)),
                    ValueRef::Text(text) => match std::str::from_utf8(text) {
                        Ok(text) => Ok(Value::Text(text.to_owned())),
                        Err(_) => Err(OrdersError::Content(format!("column {column} is no text in UTF-8"))),
                    },
                    ValueRef::Real(_) | ValueRef::Blob(_) => {
                        Err(OrdersError::Content(format!("column {column} is neither a text nor a whole number")))
                    }
                })
                .collect::<Result<_, _>>()?;
            each(Row(values))?;
        }
        Ok(())
    }

    fn insert_new(&mut self, table: &str, columns: &[Column], rows: &[Vec<Value>]) -> Result<u64, OrdersError> {
        let names: Vec<&str> = columns.iter().map(|column| column.name).collect();
        let places: Vec<String> = (1..=columns.len()).map(|place| format!("?{place}")).collect();
        let sql =
            format!("INSERT INTO {table} ({}) VALUES ({}) ON CONFLICT DO NOTHING", names.join(", "), places.join(", "));
        let mut statement = self.connection.prepare_cached(&sql).map_err(|error| self.failed(&error))?;
        let mut inserted = 0u64;
        for row in rows {
            let count = statement.execute(rusqlite::params_from_iter(row)).map_err(|error| self.failed(&error))?;
            inserted = inserted.saturating_add(count as u64);
        }
        Ok(inserted)
    }

    fn has_table(&mut self, name: &str) -> Result<bool, OrdersError> {
        let sql = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = $1";
        Ok(self.first(sql, &[name.into()])?.is_some())
    }

    fn now(&mut self) -> Result<i64, OrdersError> {
        Ok(OffsetDateTime::now_utc().unix_timestamp())
    }
}

/// Parameters as SQLite numbers them.
fn numbered(sql: &str) -> String {
    sql.replace('$', "?")
}

fn translated(store: &str, error: &rusqlite::Error) -> OrdersError {
    let (store, problem) = (store.to_owned(), error.to_string());
    match error.sqlite_error_code() {
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => OrdersError::Busy { store, problem },
        Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied | ErrorCode::AuthorizationForStatementDenied) => {
            OrdersError::Refused { store, problem }
        }
        _ => OrdersError::Failed { store, problem },
    }
}
