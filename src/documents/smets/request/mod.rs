//! Documents of `wattkey smets request`.

pub mod build;
pub mod check;
pub mod critical;
pub mod send;
