//! Commissioning: whole jobs on simulated meters, every answer of a head-end, and runs that are cut short anywhere.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod bench;
mod cut;
mod killed;
mod stopped;
mod verdicts;
mod whole;
mod workplace;
