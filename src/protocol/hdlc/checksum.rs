//! The check sequence of HDLC: CRC-16/X-25, sent low octet first.

const fn table() -> [u16; 256] {
    let mut table = [0u16; 256];
    let mut index = 0u16;
    while index < 256 {
        let mut value = index;
        let mut bit = 0u8;
        while bit < 8 {
            bit = bit.wrapping_add(1);
            value = if value & 1 == 1 { (value >> 1) ^ 0x8408 } else { value >> 1 };
        }
        #[expect(clippy::indexing_slicing, reason = "the index is below 256 by the loop's condition, at compile time")]
        {
            table[index as usize] = value;
        }
        index = index.wrapping_add(1);
    }
    table
}

static TABLE: [u16; 256] = table();

/// A running check sequence, used for both the header check and the frame check.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fcs(u16);

impl Default for Fcs {
    fn default() -> Self {
        Fcs::new()
    }
}

impl Fcs {
    /// The state before the first octet.
    pub const fn new() -> Self {
        Fcs(0xFFFF)
    }

    /// The state after `bytes` as well.
    #[must_use]
    pub fn over(self, bytes: &[u8]) -> Self {
        let mut crc = self.0;
        for &byte in bytes {
            let [low, _] = (crc ^ u16::from(byte)).to_le_bytes();
            crc = (crc >> 8) ^ TABLE.get(usize::from(low)).copied().unwrap_or(0);
        }
        Fcs(crc)
    }

    /// The two octets as they go over the line, low one first.
    pub const fn octets(self) -> [u8; 2] {
        (!self.0).to_le_bytes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agrees_with_the_catalogue_check_value() {
        assert_eq!(Fcs::new().over(b"123456789").octets(), 0x906Eu16.to_le_bytes());
    }
}
