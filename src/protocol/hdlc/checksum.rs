//! The check sequence of HDLC: CRC-16/X-25, sent low octet first.

/// Octets taken in one step; table `n` moves an octet over `n` more.
const STEP: usize = 8;

#[expect(
    clippy::indexing_slicing,
    reason = "both indices are below the bounds by the loops' conditions, at compile time"
)]
const fn tables() -> [[u16; 256]; STEP] {
    let mut tables = [[0u16; 256]; STEP];
    let mut index = 0usize;
    while index < 256 {
        let mut value = index as u16;
        let mut bit = 0u8;
        while bit < 8 {
            bit = bit.wrapping_add(1);
            value = if value & 1 == 1 { (value >> 1) ^ 0x8408 } else { value >> 1 };
        }
        tables[0][index] = value;
        index = index.wrapping_add(1);
    }
    let mut step = 1usize;
    while step < STEP {
        index = 0;
        while index < 256 {
            let before = tables[step.wrapping_sub(1)][index];
            tables[step][index] = (before >> 8) ^ tables[0][(before & 0xFF) as usize];
            index = index.wrapping_add(1);
        }
        step = step.wrapping_add(1);
    }
    tables
}

static TABLES: [[u16; 256]; STEP] = tables();

fn look_up(table: &[u16; 256], octet: u8) -> u16 {
    table.get(usize::from(octet)).copied().unwrap_or(0)
}

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
        let [t0, t1, t2, t3, t4, t5, t6, t7] = &TABLES;
        let (steps, rest) = bytes.as_chunks::<STEP>();
        let mut crc = self.0;
        for &[a, b, c, d, e, f, g, h] in steps {
            let [low, high] = crc.to_le_bytes();
            crc = look_up(t7, a ^ low)
                ^ look_up(t6, b ^ high)
                ^ look_up(t5, c)
                ^ look_up(t4, d)
                ^ look_up(t3, e)
                ^ look_up(t2, f)
                ^ look_up(t1, g)
                ^ look_up(t0, h);
        }
        for &byte in rest {
            let [low, _] = crc.to_le_bytes();
            crc = (crc >> 8) ^ look_up(t0, byte ^ low);
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

    #[test]
    fn long_steps_give_what_single_octets_give() {
        let bytes: Vec<u8> = (0..=255u8).map(|n| n.wrapping_mul(37)).collect();
        for length in 0..=bytes.len() {
            let single = bytes[..length].iter().fold(Fcs::new(), |fcs, byte| fcs.over(&[*byte]));
            assert_eq!(Fcs::new().over(&bytes[..length]), single);
        }
    }
}
