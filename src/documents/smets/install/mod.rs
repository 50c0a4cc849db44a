//! Documents of `wattkey smets install`.

pub mod feed;
pub mod generation;
pub mod lights;
pub mod show;
