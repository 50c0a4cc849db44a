//! Links on real ports of the system: pseudo terminals and loopback TCP, and what the program says of them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]
#![cfg(unix)]

#[cfg(target_os = "linux")]
mod direction;
mod program;
mod pty;
mod rfc2217;
mod secrets;
mod tcp;
