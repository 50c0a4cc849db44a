//! Orders and events for the utility's own warehouse, row by row, in little memory.

use super::OrdersError;
use super::store::{Row, Store};

/// What is exported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Export {
    /// The orders and how they stand.
    Orders,
    /// Every row of every device.
    Events,
    /// Conflicts and how they were settled.
    Conflicts,
    /// Who did what.
    Audit,
}

/// A column of an export: its heading, and whether it holds numbers.
pub type ExportColumn = (&'static str, bool);

const ORDERS: &[ExportColumn] = &[
    ("id", false),
    ("campaign", false),
    ("drn", false),
    ("serial", false),
    ("site", false),
    ("area", false),
    ("priority", true),
    ("plan", false),
    ("state", false),
    ("version", true),
    ("holder", false),
    ("expires", true),
    ("done_by", false),
    ("done_sent", true),
    ("queue", false),
    ("cause", false),
    ("attempts", true),
    ("changed", true),
];

const EVENTS: &[ExportColumn] = &[
    ("device", false),
    ("seq", true),
    ("at", false),
    ("kind", false),
    ("intent", true),
    ("serial", false),
    ("drn", false),
    ("operation", false),
    ("token_hash", false),
    ("token_last4", false),
    ("job", false),
    ("ending", false),
    ("operator", false),
    ("host", false),
    ("tool", false),
    ("order_id", false),
    ("fencing", true),
    ("outcome", false),
    ("cause", false),
    ("already", true),
    ("received", true),
    ("previous", false),
    ("hash", false),
    ("signature", false),
    ("detail", false),
];

const CONFLICTS: &[ExportColumn] = &[
    ("id", false),
    ("order_id", false),
    ("kind", false),
    ("device", false),
    ("seq", true),
    ("other_device", false),
    ("other_seq", true),
    ("found", false),
    ("settled", false),
    ("settled_by", false),
    ("settled_as", false),
    ("why", false),
];

const AUDIT: &[ExportColumn] = &[
    ("id", false),
    ("at", false),
    ("who", false),
    ("device", false),
    ("action", false),
    ("subject", false),
    ("detail", false),
];

impl Export {
    /// The columns, in order.
    pub const fn columns(self) -> &'static [ExportColumn] {
        match self {
            Export::Orders => ORDERS,
            Export::Events => EVENTS,
            Export::Conflicts => CONFLICTS,
            Export::Audit => AUDIT,
        }
    }

    const fn table(self) -> (&'static str, &'static str) {
        match self {
            Export::Orders => ("work_order", "id"),
            Export::Events => ("event", "device, seq"),
            Export::Conflicts => ("conflict", "found, id"),
            Export::Audit => ("audit", "at, id"),
        }
    }
}

/// A cell of an export.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// Nothing.
    Empty,
    /// A whole number.
    Number(i64),
    /// A text.
    Text(String),
}

/// Gives every row, in one consistent view.
///
/// # Errors
/// The store, which is not asked again once a row was given; those of `each`.
pub fn export(
    store: &mut Store,
    what: Export,
    each: &mut dyn FnMut(Vec<Cell>) -> Result<(), OrdersError>,
) -> Result<u64, OrdersError> {
    let names: Vec<&str> = what.columns().iter().map(|(name, _)| *name).collect();
    let (table, order) = what.table();
    let sql = format!("SELECT {} FROM {table} ORDER BY {order}", names.join(", "));
    let mut given = 0u64;
    store.run(|session| {
        if given > 0 {
            // A part is out: beginning anew would give rows twice.
            return Err(OrdersError::Content("the store was lost in the middle of the export; begin anew".to_owned()));
        }
        session.each(&sql, &[], &mut |row| {
            given = given.saturating_add(1);
            each(cells(what, &row)?)
        })
    })?;
    Ok(given)
}

fn cells(what: Export, row: &Row) -> Result<Vec<Cell>, OrdersError> {
    what.columns()
        .iter()
        .enumerate()
        .map(|(place, (_, is_number))| {
            Ok(if *is_number {
                row.optional_int(place)?.map_or(Cell::Empty, Cell::Number)
            } else {
                row.optional(place)?.map_or(Cell::Empty, Cell::Text)
            })
        })
        .collect()
}
