//! What was sent to which meter, journalled before it goes out.
//!
//! Two rows tell one act: an *intent*, on disk before the first byte leaves, and an *outcome* once the answer is
//! known. An intent without an outcome is an act whose end nobody saw: the next session reads the meter back
//! before it does anything else. Every row carries the hash of the one before it, so that a change to the past
//! shows; see [`chain`].

mod bulk_jobs;
pub mod chain;
pub mod entry;
mod journal;
pub mod store;

pub use bulk_jobs::JobMark;
pub use entry::{Act, Author, Entry, EntryKind, EntryText, Operation, Outcome, TokenMark};
pub use store::{Filter, IntentId, Ledger, LedgerError, Verification};

#[cfg(test)]
mod tests;
