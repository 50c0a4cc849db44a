//! Tests of the STS engine and of the `token` commands: vectors made by independent programs, the choices made where
//! those disagree, properties, and what the program prints.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod choices;
mod program;
mod properties;
mod vectors;
