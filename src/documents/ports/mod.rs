//! Documents of `wattkey ports`.

pub mod list;
pub mod loopback;
