//! Where work orders are kept: PostgreSQL and what speaks its protocol, or a file of SQLite.
//!
//! Everything above writes one SQL for all engines: no advisory locks, no notifications, no extensions, numbers as
//! `BIGINT` and all else as `TEXT`, parameters as `$1`. A transaction may be carried out again at any point, also after
//! its end was not heard of: whoever writes one makes it leave the same state when it runs twice.

#[cfg(feature = "postgres")]
mod password_file;
#[cfg(feature = "postgres")]
mod postgres;
mod sqlite;
mod url;
mod value;

use std::path::PathBuf;
use std::time::{Duration, Instant};

pub use url::{StoreKind, StoreUrl};
pub use value::{Row, Value};

use super::OrdersError;
use crate::link::Interrupt;

/// First pause before a transaction is carried out again; each further one is twice as long.
const FIRST_PAUSE: Duration = Duration::from_millis(10);
/// Longest pause.
const LONGEST_PAUSE: Duration = Duration::from_secs(2);

/// Whether a column holds numbers or texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnType {
    /// `BIGINT`.
    Int,
    /// `TEXT`.
    Text,
}

/// A column of rows that are inserted together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// Its name.
    pub name: &'static str,
    /// What it holds.
    pub of: ColumnType,
}

impl Column {
    /// A column of numbers.
    pub const fn int(name: &'static str) -> Self {
        Column { name, of: ColumnType::Int }
    }

    /// A column of texts.
    pub const fn text(name: &'static str) -> Self {
        Column { name, of: ColumnType::Text }
    }
}

/// A transaction that is open.
pub trait Session {
    /// Carries a statement out and tells how many rows it changed.
    ///
    /// # Errors
    /// [`OrdersError`] of the database.
    fn execute(&mut self, sql: &str, parameters: &[Value]) -> Result<u64, OrdersError>;

    /// Gives every row of a result, one at a time.
    ///
    /// # Errors
    /// [`OrdersError`] of the database, and those of `each`.
    fn each(
        &mut self,
        sql: &str,
        parameters: &[Value],
        each: &mut dyn FnMut(Row) -> Result<(), OrdersError>,
    ) -> Result<(), OrdersError>;

    /// Inserts rows, leaving out those whose primary key is there already; tells how many went in.
    ///
    /// # Errors
    /// [`OrdersError`] of the database.
    fn insert_new(&mut self, table: &str, columns: &[Column], rows: &[Vec<Value>]) -> Result<u64, OrdersError>;

    /// Whether a table of this name exists.
    ///
    /// # Errors
    /// [`OrdersError`] of the database.
    fn has_table(&mut self, name: &str) -> Result<bool, OrdersError>;

    /// Seconds since 1970 by the server's clock, for laptops' clocks are wrong, and leases are compared; a file of SQLite
    /// has only this machine's.
    ///
    /// # Errors
    /// [`OrdersError`] of the database.
    fn now(&mut self) -> Result<i64, OrdersError>;

    /// Every row of a small result.
    ///
    /// # Errors
    /// [`OrdersError`] of the database.
    fn query(&mut self, sql: &str, parameters: &[Value]) -> Result<Vec<Row>, OrdersError> {
        let mut rows = Vec::new();
        self.each(sql, parameters, &mut |row| {
            rows.push(row);
            Ok(())
        })?;
        Ok(rows)
    }

    /// The first row of a result, if there is one.
    ///
    /// # Errors
    /// [`OrdersError`] of the database.
    fn first(&mut self, sql: &str, parameters: &[Value]) -> Result<Option<Row>, OrdersError> {
        Ok(self.query(sql, parameters)?.into_iter().next())
    }
}

/// What a transaction does.
pub type Body<'a> = &'a mut dyn FnMut(&mut dyn Session) -> Result<(), OrdersError>;

/// An engine: one connection, made when it is first needed and made again when it was lost.
trait Database {
    /// Carries `body` out in a transaction that sees one state of the store, and is turned away with
    /// [`OrdersError::Busy`] when it changes a row that another has changed meanwhile.
    fn transaction(&mut self, body: Body<'_>) -> Result<(), OrdersError>;
}

/// How a store is reached, besides its name.
#[derive(Debug, Clone)]
pub struct StoreOptions {
    /// File in the form of `.pgpass` that holds passwords.
    pub password_file: Option<PathBuf>,
    /// Certificates that the server's is checked with, where the name of the store gives none.
    pub root_certificates: Option<PathBuf>,
    /// How long a store that is away or busy is asked again.
    pub patience: Duration,
    /// The user's wish to stop.
    pub interrupt: Interrupt,
}

/// A store of work orders.
pub struct Store {
    name: String,
    database: Box<dyn Database + Send>,
    patience: Duration,
    interrupt: Interrupt,
}

impl std::fmt::Debug for Store {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Store").field("name", &self.name).finish_non_exhaustive()
    }
}

impl Store {
    /// A store by its name. It is reached when it is first asked. Only `create` makes a file of SQLite that is not there.
    ///
    /// # Errors
    /// [`OrdersError::Url`]; a password or certificate that cannot be used.
    pub fn open(url: &StoreUrl, options: &StoreOptions, create: bool) -> Result<Self, OrdersError> {
        let database: Box<dyn Database + Send> = match url.kind() {
            StoreKind::Sqlite(path) => Box::new(sqlite::Sqlite::new(path.clone(), create)),
            #[cfg(feature = "postgres")]
            StoreKind::Postgres(text) => Box::new(postgres::Postgres::new(url.shown(), text, options)?),
            #[cfg(not(feature = "postgres"))]
            StoreKind::Postgres(_) => {
                let problem = "this program was built without PostgreSQL; use a build with it, or sqlite:FILE";
                return Err(OrdersError::Url { store: url.shown().to_owned(), problem: problem.to_owned() });
            }
        };
        Ok(Store {
            name: url.shown().to_owned(),
            database,
            patience: options.patience,
            interrupt: options.interrupt.clone(),
        })
    }

    /// Its name, without a password.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Carries `body` out in a transaction, again and again while the store is away or busy, until its patience ends.
    ///
    /// # Errors
    /// [`OrdersError`]: what `body` gives; that of the store when patience has ended.
    pub fn run<T>(
        &mut self,
        mut body: impl FnMut(&mut dyn Session) -> Result<T, OrdersError>,
    ) -> Result<T, OrdersError> {
        let begun = Instant::now();
        let mut pause = FIRST_PAUSE;
        loop {
            let mut result = None;
            let ended = self.database.transaction(&mut |session| {
                result = Some(body(session)?);
                Ok(())
            });
            match (ended, result) {
                (Ok(()), Some(result)) => return Ok(result),
                (Ok(()), None) => return Err(OrdersError::Content("a transaction ended without a result".to_owned())),
                (Err(error), _) if !error.is_transient() => return Err(error),
                (Err(error), _) => {
                    // Many laptops that were turned away together must not come back together.
                    let jittered = pause.mul_f64(0.5 + fastrand::f64());
                    if begun.elapsed() + jittered > self.patience || self.interrupt.requested() {
                        return Err(error);
                    }
                    std::thread::sleep(jittered);
                    pause = (pause * 2).min(LONGEST_PAUSE);
                }
            }
        }
    }
}
