//! Documents of `wattkey smets requests`.

pub mod list;
pub mod search;
pub mod show;
