//! HDLC as DLMS/COSEM uses it (IEC 62056-46, frame format type 3): addresses, frames, the parameters agreed on at
//! connection, and the state machines of both ends. Nothing here does input or output; time is an argument.
//!
//! Frames are bounded by their length field, never by the next flag: a `7E` may stand in any field.

mod address;
mod checksum;
mod client;
mod control;
mod frame;
mod parameters;
mod reader;
mod server;

pub use address::{Address, AddressError, AddressLength, ClientAddress, WireAddress};
pub use checksum::Fcs;
pub use client::{ClientConnection, ClientEvent, ClientFault, ClientSettings, ClientStatistics, OutgoingFrame};
pub use control::{Control, Sequence};
pub use frame::{Frame, FrameFault, MAX_FRAME_LENGTH};
pub use parameters::{DEFAULT_INFORMATION_LENGTH, ParameterError, Parameters};
pub use reader::{FrameReader, ReaderStatistics};
pub use server::{ServerEvent, ServerLine, ServerSettings, StationId};

/// Logical link header in front of an APDU on its way to the meter.
pub const LLC_REQUEST: [u8; 3] = [0xE6, 0xE6, 0x00];
/// Logical link header in front of an APDU on its way from the meter.
pub const LLC_RESPONSE: [u8; 3] = [0xE6, 0xE7, 0x00];
/// The octet before and after every frame.
pub const FLAG: u8 = 0x7E;

#[cfg(test)]
mod tests;
