//! CRC-16 of Modbus: polynomial A001 (reflected), start FFFF, sent low octet first.

const TABLE: [u16; 256] = table();

#[allow(clippy::indexing_slicing, clippy::arithmetic_side_effects, reason = "constant evaluation over a fixed range")]
const fn table() -> [u16; 256] {
    let mut table = [0u16; 256];
    let mut index = 0;
    while index < 256 {
        let mut value = index as u16;
        let mut bit = 0;
        while bit < 8 {
            value = if value & 1 == 1 { value >> 1 ^ 0xA001 } else { value >> 1 };
            bit += 1;
        }
        table[index] = value;
        index += 1;
    }
    table
}

/// The check over `octets`; a whole frame with its check gives 0.
pub fn crc16(octets: &[u8]) -> u16 {
    octets.iter().fold(0xFFFF, |crc, octet| {
        let [low, _] = (crc ^ u16::from(*octet)).to_le_bytes();
        crc >> 8 ^ TABLE.get(usize::from(low)).copied().unwrap_or_default()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn check_value_of_the_catalogue() {
        assert_eq!(crc16(b"123456789"), 0x4B37);
    }
}
