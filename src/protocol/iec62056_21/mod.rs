//! IEC 62056-21: ASCII over an optical head or a current loop, modes A to E, without input or output.
//!
//! [`Reader`] takes frames out of the bytes of the line; [`Client`] is the hand-held unit's side of the dialogue and
//! [`Server`] the meter's. Both are fed bytes and silences and say what to send and how to set the line, so every state
//! is reached in a test without a port. Text is 7-bit: bit 7 is taken off whatever comes, for lines that carry
//! the parity bit in it.

pub mod client;
pub mod data;
pub mod describe;
pub mod identification;
pub mod logs;
pub mod message;
pub mod reader;
pub mod server;

pub use client::{Client, ClientOptions, Done, Failure, Purpose, Step};
pub use data::{DataBlock, DataSet, DataValue, ObisAddress};
pub use identification::{Identification, SpeedMode};
pub use message::{Code, Command};
pub use reader::{BlockCheck, Frame, Reader, Side};
pub use server::{Server, ServerOptions, ServerStep, Store};

/// Start of header.
pub const SOH: u8 = 0x01;
/// Start of text.
pub const STX: u8 = 0x02;
/// End of text.
pub const ETX: u8 = 0x03;
/// End of a partial block.
pub const EOT: u8 = 0x04;
/// Acknowledged.
pub const ACK: u8 = 0x06;
/// Not understood: repeat.
pub const NAK: u8 = 0x15;

/// Speed of the sign-on in bit/s.
pub const SIGN_ON_BAUD: u32 = 300;

/// Speed at which a mode D meter pushes its data, in bit/s.
pub const PUSH_BAUD: u32 = 2400;

/// Character form of the line while the protocol runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CharacterForm {
    /// Seven data bits, even parity, one stop bit.
    SevenEven,
    /// Eight data bits, no parity, one stop bit: HDLC after a mode E hand-over.
    EightNone,
}
