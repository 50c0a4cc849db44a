//! The program as a user meets it: configuration, keys, explanations, manners, and what is generated from the parser.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod config;
mod explain;
mod generated;
mod keys;
mod limit;
mod manners;
mod packaging;
mod pictures;
mod program;
mod readings;
mod screens;
mod setup;
#[cfg(unix)]
mod signals;
mod write;
