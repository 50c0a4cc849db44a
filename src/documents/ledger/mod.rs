//! Documents of `wattkey ledger`.

pub mod entries;
pub mod verify;
