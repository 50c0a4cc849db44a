//! Documents of `wattkey commission`.

pub mod plans;
