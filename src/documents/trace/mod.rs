//! Documents of `wattkey trace`.

pub mod decode;
