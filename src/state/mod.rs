//! The folder that holds what the program remembers: whose it is, whether it is the one it was, and numbers that must
//! never be used again even when an older copy of it is put back.
//!
//! Three things keep a number from being used twice. The folder has it in its files. A second file, outside the folder,
//! has the highest of each kind ([`Watermarks`]). And a mark in the folder ([`mark`]) tells when its files are a copy
//! of an earlier time, so that what cannot be known otherwise is jumped over.

mod folder;
pub mod mark;
mod watermarks;

pub use folder::{StateError, check};
pub use watermarks::Watermarks;
