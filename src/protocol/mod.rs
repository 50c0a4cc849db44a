//! Metering protocols without input or output: bytes in, events out.

// Everything here reads bytes from outside: no panic, no unchecked arithmetic.
#![cfg_attr(not(test), warn(clippy::arithmetic_side_effects))]

pub mod describe;
pub mod dlms;
pub mod dlt645;
pub mod hdlc;
pub mod iec62056_21;
pub mod modbus;
pub mod redaction;
