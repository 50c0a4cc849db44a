//! Many meters by a list, as a user meets it: against simulated meters, whose own account of the tokens they took is
//! the judge.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

#[cfg(unix)]
mod campaign;
#[cfg(unix)]
mod field;
#[cfg(unix)]
mod kills;
mod lists;
#[cfg(unix)]
mod runs;
