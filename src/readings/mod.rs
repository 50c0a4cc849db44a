//! Readings of a watch in a table of a database.

mod table;

pub use table::ReadingsTable;
