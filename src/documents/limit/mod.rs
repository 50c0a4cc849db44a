//! Documents of `wattkey limit`.

pub mod document;
