//! The drivers on the line in memory, whose clock is virtual: addresses, faults, speed, counters,
//! kept lists, limits, and what is sent once.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]
#![allow(clippy::print_stdout, clippy::print_stderr)]

mod bench;
mod counters;
mod efficiency;
mod example;
mod faults;
mod limits;
mod lists;
mod modbus_tcp;
mod services;
mod tokens;
