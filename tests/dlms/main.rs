//! The DLMS protocol layers against a meter by others, over TCP. `tests/interop/dlms_protocol/run` starts the meter
//! and names it in `WATTKEY_DLMS_PEER`; without that variable there is nothing to talk to and the tests pass.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]
#![allow(clippy::print_stdout, clippy::print_stderr)]

mod driver;
mod foreign_decoders;
mod foreign_meter;
