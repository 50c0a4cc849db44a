//! What a simulated meter speaks on the line.

pub mod dlms;
pub mod dlt645;
pub mod iec62056_21;
pub mod modbus;
mod protocols;

pub use protocols::{ProtocolOrder, Protocols};
