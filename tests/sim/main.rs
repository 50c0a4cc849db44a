//! The simulated meters: their rules, what they keep, and the program that serves them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod behaviour;
mod bench;
mod faulty_sessions;
mod kill;
mod program;
mod properties;
mod rs485;
mod sequences;
mod served;
mod story;
mod vectors;
