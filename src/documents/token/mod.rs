//! Documents of `wattkey token`.

pub mod card;
