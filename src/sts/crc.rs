//! The token check sum (IEC 62055-41 clause 6.3.7): CRC-16 with polynomial x^16 + x^15 + x^2 + 1 in reflected form
//! A001, start value FFFF, no final inversion, its two bytes swapped in the token field. Apart from the swap it is the
//! check sum of Modbus.

use crc::{CRC_16_MODBUS, Crc};

use super::token::TokenClass;

static CRC: Crc<u16> = Crc::<u16>::new(&CRC_16_MODBUS);

/// The check sum of any bytes, as it stands in the token field.
#[inline]
pub fn crc(bytes: &[u8]) -> u16 {
    CRC.checksum(bytes).swap_bytes()
}

/// The check sum of a clear block: over the class and the upper 48 bits, left-padded to 7 bytes. `block`'s low 16
/// bits do not count. Currency credit (class 0, subclass 4 to 7) has CRC_C: one more byte, 01.
#[inline]
pub fn block_crc(class: TokenClass, block: u64) -> u16 {
    let input = (u64::from(class.number()) << 48) | (block >> 16);
    let [_, bytes @ ..] = input.to_be_bytes();
    let mut digest = CRC.digest();
    digest.update(&bytes);
    if is_currency(class, block) {
        digest.update(&[1]);
    }
    digest.finalize().swap_bytes()
}

/// Whether the low 16 bits of a clear block are its check sum. A random block passes once in 65536.
#[inline]
pub fn is_intact(class: TokenClass, block: u64) -> bool {
    block_crc(class, block) == block as u16
}

/// Subclasses 4 to 7 of class 0.
const fn is_currency(class: TokenClass, block: u64) -> bool {
    matches!(class, TokenClass::Credit) && (block >> 62) == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn published_examples() {
        assert_eq!(crc(&[0x00, 0x00, 0x4A, 0x2D, 0x90, 0x0F, 0xF2]), 0x0FFA);
        assert_eq!(crc(&[0x00, 0x00, 0x4A, 0x2D, 0x90, 0x0F, 0xF2, 0x01]), 0x7BC4);
        assert_eq!(block_crc(TokenClass::Credit, 0x0B19_EB23_0100_0000), 0xC207);
        assert!(is_intact(TokenClass::Credit, 0x0B19_EB23_0100_C207));
        assert!(!is_intact(TokenClass::Management, 0x0B19_EB23_0100_C207));
    }
}
