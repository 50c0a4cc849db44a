//! The `wattkey/key-change/1` document: what a set of key-change tokens is.

pub use wattkey::documents::kct::document::KeyChangeDocument;
