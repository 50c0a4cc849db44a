//! Documents of `wattkey keys`.

pub mod check;
pub mod list;
