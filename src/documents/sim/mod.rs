//! Documents of `wattkey sim`.

pub mod models;
pub mod reach;
