//! Why something could not be done with work orders.

use std::path::PathBuf;

use crate::bulk::list::BadRow;
use crate::bulk::list::SourceError;
use crate::error::Code;
use crate::keys::KeyError;
use crate::ledger::LedgerError;

/// Why something could not be done with work orders.
#[derive(Debug, thiserror::Error)]
pub enum OrdersError {
    /// The name of the store cannot be used.
    #[error("the store {store:?} cannot be used: {problem}")]
    Url {
        /// The store as it was named, without a password.
        store: String,
        /// What is wrong with it.
        problem: String,
    },
    /// The store does not answer, or gave up in the middle; what was asked was not done, or is done as a whole.
    #[error("the store {store} is not reached: {problem}")]
    Unreachable {
        /// The store.
        store: String,
        /// What happened.
        problem: String,
    },
    /// Other transactions came first; asking again is safe.
    #[error("the store {store} is busy: {problem}")]
    Busy {
        /// The store.
        store: String,
        /// What the database said.
        problem: String,
    },
    /// The store lets this user in, or does this, for others only.
    #[error("the store {store} refuses: {problem}")]
    Refused {
        /// The store.
        store: String,
        /// What the database said.
        problem: String,
    },
    /// The database failed for another reason.
    #[error("the store {store} failed: {problem}")]
    Failed {
        /// The store.
        store: String,
        /// What the database said.
        problem: String,
    },
    /// There are no tables for work orders in it.
    #[error("there are no work orders in the store {store}")]
    NotInitialised {
        /// The store.
        store: String,
    },
    /// A later version of this program made its tables.
    #[error("the store has version {found} of the tables, and this program knows {known} at most; nothing was changed")]
    Newer {
        /// Version of the store.
        found: i64,
        /// Latest version known here.
        known: i64,
    },
    /// A value in the store is not what it must be.
    #[error("the store holds something that cannot be understood: {0}")]
    Content(String),
    /// The list cannot be read at all.
    #[error("the list cannot be used: {0}")]
    List(#[from] SourceError),
    /// Rows of a list that cannot be used; every one is named.
    #[error("nothing was loaded: {} of {rows} rows cannot be used", bad.len())]
    Rows {
        /// All rows.
        rows: u64,
        /// The bad ones, in order; at most [`MOST_BAD_ROWS`].
        bad: Vec<BadRow>,
    },
    /// This laptop has no keys for the store.
    #[error("this device is not enrolled in the store {store}")]
    NotEnrolled {
        /// Identifier of the store.
        store: String,
    },
    /// The office has revoked the device.
    #[error("the device {device} was revoked at {revoked}; it gets nothing more")]
    Revoked {
        /// The device.
        device: String,
        /// When, RFC 3339 UTC.
        revoked: String,
    },
    /// The office key is not at hand, or is another than the store's.
    #[error("{0}")]
    OfficeKey(String),
    /// What is there cannot be what this device left there.
    #[error("{0}")]
    Chain(String),
    /// The state of an order stands against it.
    #[error("{0}")]
    Conflict(String),
    /// Something named does not exist.
    #[error("{0}")]
    Unknown(String),
    /// An order file cannot be used.
    #[error("the order file {}: {problem}", path.display())]
    OrderFile {
        /// The file.
        path: PathBuf,
        /// What is wrong with it, and what to do.
        problem: String,
    },
    /// An order file, or something in it, is made for another device or by somebody else than the office.
    #[error("the order file {}: {problem}", path.display())]
    Untrusted {
        /// The file.
        path: PathBuf,
        /// What does not hold.
        problem: String,
    },
    /// A file cannot be read or written.
    #[error("{}: {source}", path.display())]
    File {
        /// Which.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// A file of secrets cannot be used.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// The ledger cannot be used.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
    /// The system gave no random numbers.
    #[error("no random numbers: {0}")]
    Random(String),
}

/// Rows of a list that are named at most; a list of a million rows under a wrong plan must not fill the memory.
pub const MOST_BAD_ROWS: usize = 1000;

impl OrdersError {
    /// The stable code word.
    pub fn code(&self) -> Code {
        match self {
            OrdersError::Url { .. } | OrdersError::NotInitialised { .. } => Code::Config,
            OrdersError::Unreachable { .. } | OrdersError::Busy { .. } | OrdersError::Failed { .. } => {
                Code::StoreUnreachable
            }
            OrdersError::Refused { .. } => Code::StoreRefused,
            OrdersError::Newer { .. } => Code::StoreNewer,
            OrdersError::Content(_) => Code::StoreContent,
            OrdersError::List(_) | OrdersError::Rows { .. } | OrdersError::Unknown(_) => Code::BadValue,
            OrdersError::NotEnrolled { .. } => Code::NotEnrolled,
            OrdersError::Revoked { .. } => Code::DeviceRevoked,
            OrdersError::OfficeKey(_) => Code::KeyMissing,
            OrdersError::Chain(_) => Code::ChainBroken,
            OrdersError::Conflict(_) => Code::OrderConflict,
            OrdersError::OrderFile { .. } => Code::BadValue,
            OrdersError::Untrusted { .. } => Code::OrderUntrusted,
            OrdersError::File { .. } => Code::File,
            OrdersError::Key(error) => error.code(),
            OrdersError::Ledger(error) => error.code(),
            OrdersError::Random(_) => Code::Internal,
        }
    }

    /// Whether the same may succeed a moment later.
    pub fn is_transient(&self) -> bool {
        matches!(self, OrdersError::Unreachable { .. } | OrdersError::Busy { .. })
    }
}
