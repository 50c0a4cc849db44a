//! Work orders, on every store there is: a file of SQLite always, a PostgreSQL server where WATTKEY_TEST_POSTGRES names
//! one, as `postgres://USER@HOST:PORT`; each test makes a database of its own there.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::print_stdout)]

mod attacks;
mod bench;
mod leases;
mod lists;
mod program;
mod results;

#[cfg(unix)]
mod crews;
#[cfg(unix)]
#[allow(dead_code)]
#[path = "../bulk/field.rs"]
mod field;
