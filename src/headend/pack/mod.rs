//! The file pack: the utility's records for the day's jobs, signed at the depot, asked without a network.
//!
//! A pack is lines of JSON: a header, one record a meter, and a trailer with the signature. In a `.sqlite` file the
//! same lines stand in a table, so that one record is found without reading all. Vend codes are in it only as keyed
//! hashes. Answers from a pack are `offline`; a code that a pack confirms is queued in the outbox for the utility.

mod content;
mod driver;
pub mod list;
pub mod make;
mod reader;
mod sealed_keys;
pub mod signature;
mod source;
mod trust;

pub use content::{Header, IssuedTokens, PackRecord, code_hash};
pub use driver::{KEY_CHANGE, PackHeadEnd};
pub use reader::{Pack, Trust};
pub use trust::PackTrust;

#[cfg(test)]
mod tests;
