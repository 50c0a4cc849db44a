//! Work orders: one list for many crews, on a database that the utility knows how to run.

mod audit;
pub mod conflict;
pub mod device;
pub mod documents;
mod error;
pub mod export;
pub mod key_set;
pub mod load;
pub mod office;
pub mod order;
pub mod order_file;
pub mod report;
pub mod result;
pub mod schema;
mod section;
mod statement;
pub mod store;
pub mod sync;
pub mod take;
pub mod verify;

pub use error::{MOST_BAD_ROWS, OrdersError};
pub use section::Section;

use time::OffsetDateTime;

use crate::meter::time::rfc3339;

/// Seconds since 1970 as RFC 3339 UTC.
pub fn time_text(seconds: i64) -> String {
    rfc3339(OffsetDateTime::from_unix_timestamp(seconds).unwrap_or(OffsetDateTime::UNIX_EPOCH))
}

/// What [`is_name`] takes, for people.
pub const NAME_RULE: &str = "use up to 64 letters, digits, dots, hyphens and underscores";

/// Whether a text can be the name of a campaign or a crew.
pub fn is_name(name: &str) -> bool {
    let fits = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_');
    !name.is_empty() && name.chars().count() <= 64 && name.chars().all(fits)
}
