//! DL/T 645-2007 and DL/T 645-1997: the RS485 protocol of State Grid meters.
//!
//! A frame is `68 A0..A5 68 C L DATA CS 16`, after any number of `FE` wake-up octets. `A0` holds the lowest pair of
//! BCD digits of the twelve-digit address, every octet of `DATA` travels with 33h added, and `CS` is the sum modulo
//! 256 from the first 68h to the end of `DATA`. Both editions share the frame; they differ in control codes and in
//! the width of the data identifier (four octets in 2007, two in 1997).

mod address;
mod bcd;
mod control;
mod frame;
mod identifier;
mod keypad;
mod load_record;
mod order;
mod reply;
mod request;
mod server;
mod status_word;

pub use address::{Address, AddressError};
pub use bcd::{BcdError, BcdFormat, decode_bcd, encode_bcd};
pub use control::{Edition, ErrorBits, Service};
pub use frame::{Frame, FrameError, FrameScanner, ScanEvent};
pub use identifier::{DataIdentifier, IdentifierError};
pub use keypad::{KeyedIn, KeypadError, Shown};
pub use load_record::{CLASSES, LoadRecord, LoadRecordError, LoadSelection};
pub use order::Order;
pub use reply::{Reply, ReplyError, interpret, is_final};
pub use request::{Credentials, RelayOrder, Request, SearchPattern};
pub use server::{Server, Store};
pub use status_word::{StatusFlag, StatusWord};

/// The octet that wakes a meter's receiver; requests send four, answers may carry any number.
pub const WAKE_UP: u8 = 0xFE;

/// Opens both halves of the frame head.
pub const START: u8 = 0x68;

/// Closes a frame.
pub const END: u8 = 0x16;

/// Added to every data octet on the wire.
pub const DATA_OFFSET: u8 = 0x33;
