//! The bodies of the fuzz targets, shared with `tests/fuzz`.

#[path = "../../tests/fuzz/bodies/mod.rs"]
pub mod bodies;
