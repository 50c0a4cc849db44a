//! The watch: the command against simulated meters, and both the command and the publisher against a real broker. The
//! latter run when WATTKEY_INTEROP_MOSQUITTO names a folder to work in, as `tests/interop/mqtt/run` does; Debian's
//! `mosquitto` and `mosquitto-clients` must be installed then.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]
#![allow(clippy::print_stdout, missing_docs)]

mod broker;
mod command;
mod publisher;
mod scripted;
mod watch_and_broker;
