//! Documents of `wattkey bulk`.

pub mod status;
