//! The drivers on the line in memory, whose clock is virtual: addresses, faults, speed, and what is sent once.

mod bench;
mod efficiency;
mod faults;
mod tokens;
