//! Modbus RTU: `unit function data CRC`, the check low octet first, frames parted by 3.5 characters of silence.
//!
//! Over USB adapters and TCP the silence is not to be seen, so the end of an answer is judged by the length its
//! function code foretells.

mod check;
mod exception;
mod frame;
mod request;
mod server;
pub mod sunspec;
mod value;

pub use check::crc16;
pub use exception::ExceptionCode;
pub use frame::{FoundFrame, answer_at, find_answer, is_only_echo};
pub use request::{Answer, AnswerError, Request, RequestError, Table, interpret};
pub use server::{Heard, RequestReader, Unit};
pub use value::{OctetOrder, RegisterType, Registers, WordOrder, decimal, four_digits_each, hex_digits, joined, text};

use std::time::Duration;

/// Registers one read may ask for (function 3 and 4).
pub const MAXIMUM_READ: u16 = 125;

/// Bits one read may ask for (function 1 and 2).
pub const MAXIMUM_READ_BITS: u16 = 2_000;

/// Coils one write may carry (function 15).
pub const MAXIMUM_WRITE_BITS: u16 = 1968;

/// Registers one write may carry that reads them back (function 23).
pub const MAXIMUM_WRITE_AND_READ: u16 = 121;

/// Registers one write may carry (function 16).
pub const MAXIMUM_WRITE: u16 = 123;

/// The silence that parts frames: 3.5 characters of `bits_a_character`, or 1.75 ms above 19200 bit/s.
pub fn frame_silence(baud: u32, bits_a_character: u8) -> Duration {
    if baud > 19_200 || baud == 0 {
        return Duration::from_micros(1_750);
    }
    let bits = u64::from(bits_a_character).saturating_mul(7);
    Duration::from_nanos(bits.saturating_mul(500_000_000).checked_div(u64::from(baud)).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn silence_by_speed() {
        assert_eq!(frame_silence(9_600, 10).as_micros(), 3_645);
        assert_eq!(frame_silence(38_400, 11).as_micros(), 1_750);
    }
}
