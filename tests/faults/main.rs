//! A laptop with faults in the midst of every kind of change: killed, stopped for a while, its disk full or worn, its
//! clock set. Whatever happens, what it says is true, the next run settles what is open, and nothing is done twice.
//!
//! `WATTKEY_KILLS=75` kills each kind so often, a firmware transfer too; `WATTKEY_KILL_SEED=N` begins with that seed; `WATTKEY_STOP_S=30` stops
//! for so long.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::print_stdout)]

mod bench;
mod disk;
mod firmware;
mod kill;
