//! Documents of `wattkey profiles`.

pub mod check;
pub mod list;
pub mod show;
