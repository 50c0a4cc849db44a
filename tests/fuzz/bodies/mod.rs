//! Bodies of the fuzz targets: plain functions over any bytes, which check what must hold and otherwise only that nothing
//! panics or runs on. `cargo test` runs them over seeded inputs, `cargo fuzz` under `fuzz/` guided by coverage.

pub mod link;
pub mod protocol;
pub mod sts;
