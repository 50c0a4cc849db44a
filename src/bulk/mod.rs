//! Ten thousand meters from a list: the same steps as for one, a thread a line, resumable at any instant.
//!
//! A [`list::JobList`] is read and checked whole; [`state::RunState`] tells by the ledger how far each job is;
//! [`run::run`] does what is left. Every job stands in the ledger between two rows, beginning and end, so that a
//! process that dies leaves jobs that began and did not end: those are begun anew, and the steps find what is done.

pub mod documents;
pub mod list;
pub mod outcome;
pub mod plan_cache;
pub mod report;
pub mod run;
pub mod run_directory;
pub mod state;
#[cfg(test)]
mod tests;
pub mod worker;

pub use list::{Defaults, Job, JobList, ListError};
pub use outcome::{JobEnd, JobOutcome};
pub use run_directory::{RunDirectory, RunDirectoryError, RunRecord};
pub use state::{JobState, RunState};
