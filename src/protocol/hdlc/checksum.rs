//! The check sequence of HDLC: CRC-16/X-25, sent low octet first.

use crc::{CRC_16_IBM_SDLC, Crc, Digest, Table};

/// With tables for sixteen octets at a time: every octet of a line passes here twice.
static CRC: Crc<u16, Table<16>> = Crc::<u16, Table<16>>::new(&CRC_16_IBM_SDLC);

/// A running check sequence, used for both the header check and the frame check.
#[derive(Clone)]
pub struct Fcs(Digest<'static, u16, Table<16>>);

impl std::fmt::Debug for Fcs {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "Fcs({:02x?})", self.octets())
    }
}

impl Default for Fcs {
    fn default() -> Self {
        Fcs::new()
    }
}

impl Fcs {
    /// The state before the first octet.
    pub const fn new() -> Self {
        Fcs(CRC.digest())
    }

    /// The state after `bytes` as well.
    #[must_use]
    pub fn over(mut self, bytes: &[u8]) -> Self {
        self.0.update(bytes);
        self
    }

    /// The two octets as they go over the line, low one first.
    pub fn octets(&self) -> [u8; 2] {
        self.0.clone().finalize().to_le_bytes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agrees_with_the_catalogue_check_value() {
        assert_eq!(Fcs::new().over(b"123456789").octets(), 0x906Eu16.to_le_bytes());
    }

    #[test]
    fn long_steps_give_what_single_octets_give() {
        let bytes: Vec<u8> = (0..=255u8).map(|n| n.wrapping_mul(37)).collect();
        for length in 0..=bytes.len() {
            let single = bytes[..length].iter().fold(Fcs::new(), |fcs, byte| fcs.over(&[*byte]));
            assert_eq!(Fcs::new().over(&bytes[..length]).octets(), single.octets());
        }
    }
}
