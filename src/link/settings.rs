//! Speed and character form of a serial line, written `9600` and `8n1`.

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

/// Parity of a character on the line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Parity {
    /// No parity bit.
    None,
    /// Even parity.
    Even,
    /// Odd parity.
    Odd,
}

/// Speed and character form of a serial line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct LineSettings {
    /// Speed in bit/s.
    pub baud: u32,
    /// Data bits a character: 7 or 8.
    pub data_bits: u8,
    /// Parity bit.
    pub parity: Parity,
    /// Stop bits: 1 or 2.
    pub stop_bits: u8,
}

impl LineSettings {
    /// `baud` 7E1, the form of IEC 62056-21.
    pub const fn seven_even_one(baud: u32) -> Self {
        LineSettings { baud, data_bits: 7, parity: Parity::Even, stop_bits: 1 }
    }

    /// `baud` 8N1, the form of DLMS over HDLC.
    pub const fn eight_none_one(baud: u32) -> Self {
        LineSettings { baud, data_bits: 8, parity: Parity::None, stop_bits: 1 }
    }

    /// `baud` 8E1, the form of DL/T 645.
    pub const fn eight_even_one(baud: u32) -> Self {
        LineSettings { baud, data_bits: 8, parity: Parity::Even, stop_bits: 1 }
    }

    /// Bits one character takes on the wire: start bit, data, parity and stop bits.
    pub const fn bits_per_character(self) -> u32 {
        let parity = if matches!(self.parity, Parity::None) { 0 } else { 1 };
        (self.data_bits as u32).saturating_add(self.stop_bits as u32).saturating_add(parity).saturating_add(1)
    }

    /// Time `characters` take on the wire.
    pub fn time_for(self, characters: usize) -> Duration {
        let bits = u64::from(self.bits_per_character()).saturating_mul(characters as u64);
        Duration::from_nanos(bits.saturating_mul(1_000_000_000).div_ceil(u64::from(self.baud.max(1))))
    }

    /// The same speed in another character form.
    pub const fn with_frame(self, frame: Frame) -> Self {
        LineSettings { baud: self.baud, data_bits: frame.data_bits, parity: frame.parity, stop_bits: frame.stop_bits }
    }

    /// The character form alone.
    pub const fn frame(self) -> Frame {
        Frame { data_bits: self.data_bits, parity: self.parity, stop_bits: self.stop_bits }
    }
}

impl fmt::Display for LineSettings {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} {}", self.baud, self.frame())
    }
}

/// Character form, such as `8n1`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Frame {
    /// Data bits a character: 7 or 8.
    pub data_bits: u8,
    /// Parity bit.
    pub parity: Parity,
    /// Stop bits: 1 or 2.
    pub stop_bits: u8,
}

impl fmt::Display for Frame {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parity = match self.parity {
            Parity::None => 'n',
            Parity::Even => 'e',
            Parity::Odd => 'o',
        };
        write!(formatter, "{}{parity}{}", self.data_bits, self.stop_bits)
    }
}

impl FromStr for Frame {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong =
            || format!("{text:?} is not a character form: write data bits, parity and stop bits, such as 8n1 or 7e1");
        let lower = text.to_ascii_lowercase();
        let &[data, parity, stop] = lower.as_bytes() else { return Err(wrong()) };
        Ok(Frame {
            data_bits: match data {
                b'7' => 7,
                b'8' => 8,
                _ => return Err(wrong()),
            },
            parity: match parity {
                b'n' => Parity::None,
                b'e' => Parity::Even,
                b'o' => Parity::Odd,
                _ => return Err(wrong()),
            },
            stop_bits: match stop {
                b'1' => 1,
                b'2' => 2,
                _ => return Err(wrong()),
            },
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_read_back_what_they_print() {
        for text in ["8n1", "7e1", "8e1", "7o2", "8n2"] {
            assert_eq!(text.parse::<Frame>().map(|frame| frame.to_string()), Ok(text.to_owned()));
        }
        for text in ["", "8", "9n1", "8x1", "8n3", "8n11"] {
            assert!(text.parse::<Frame>().is_err(), "{text}");
        }
    }

    #[test]
    fn character_time_counts_every_bit() {
        assert_eq!(LineSettings::seven_even_one(300).time_for(3), Duration::from_millis(100));
        assert_eq!(LineSettings::eight_none_one(9600).time_for(96), Duration::from_millis(100));
        assert_eq!(LineSettings::eight_even_one(2400).bits_per_character(), 11);
    }
}
