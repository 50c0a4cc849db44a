//! Ten thousand meters from a list: the same steps as for one, a thread a line, resumable at any instant.

pub mod list;

pub use list::{Defaults, Job, JobList, ListError};
