//! CRC-16 of Modbus, sent low octet first.

use crc::{CRC_16_MODBUS, Crc};

static CRC: Crc<u16> = Crc::<u16>::new(&CRC_16_MODBUS);

/// The check over `octets`; a whole frame with its check gives 0.
pub fn crc16(octets: &[u8]) -> u16 {
    CRC.checksum(octets)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn check_value_of_the_catalogue() {
        assert_eq!(crc16(b"123456789"), 0x4B37);
    }
}
