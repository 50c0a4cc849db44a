//! Diagnosis through the program: generated cases with their own expected verdicts, and the forms of the command.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod bench;
mod cases;
mod command;
mod documented;
mod kct;
mod kct_cut;
mod verdicts;
