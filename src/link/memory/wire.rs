//! One character as levels on a wire, and what a receiver in other settings makes of it.

use crate::link::{LineSettings, Parity};

/// A character on its way, in the settings of its sender.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct WireCharacter {
    /// Levels from the start bit on, lowest bit first; all later bits are the idle level 1.
    levels: u32,
    settings: LineSettings,
}

impl WireCharacter {
    pub(super) fn new(byte: u8, settings: LineSettings) -> Self {
        let data_bits = u32::from(settings.data_bits.min(8));
        let mask = 0xFF_u8.checked_shr(8u32.saturating_sub(data_bits)).unwrap_or(0);
        let data = byte & mask;
        // Start bit 0, data, then ones for parity, stop bits and idle line.
        let mut levels = (u32::from(data) << 1) | !((u32::from(mask) << 1) | 1);
        let odd = data.count_ones() % 2 == 1;
        let parity = match settings.parity {
            Parity::None => true,
            Parity::Even => odd,
            Parity::Odd => !odd,
        };
        if !parity {
            levels &= !(1u32.checked_shl(data_bits.saturating_add(1)).unwrap_or(0));
        }
        WireCharacter { levels, settings }
    }

    /// Flips data bit `bit` (0 to 7).
    pub(super) fn flip(&mut self, bit: u8) {
        self.levels ^= 1u32.checked_shl(u32::from(bit).saturating_add(1)).unwrap_or(0);
    }

    /// The byte a receiver reads: it samples the middle of each of its own bits. A character whose parity is wrong
    /// is read as 0, which is what a POSIX port hands on for it.
    pub(super) fn read_as(self, receiver: LineSettings) -> u8 {
        let data_bits = u32::from(receiver.data_bits.min(8));
        let mut byte = 0u8;
        for bit in 0..data_bits {
            if self.level_at(bit, receiver.baud) {
                byte |= 1u8.checked_shl(bit).unwrap_or(0);
            }
        }
        let ones_are_odd = byte.count_ones() % 2 == 1;
        let parity_bit = self.level_at(data_bits, receiver.baud);
        let good = match receiver.parity {
            Parity::None => true,
            Parity::Even => parity_bit == ones_are_odd,
            Parity::Odd => parity_bit != ones_are_odd,
        };
        if good { byte } else { 0 }
    }

    /// The level in the middle of a receiver's bit, counted from the first data bit.
    fn level_at(self, bit: u32, baud: u32) -> bool {
        // In halves of the receiver's bits, start bit included, then in the sender's bits.
        let halves = u64::from(bit).saturating_mul(2).saturating_add(3);
        let place = halves
            .saturating_mul(u64::from(self.settings.baud))
            .checked_div(u64::from(baud).saturating_mul(2))
            .unwrap_or(u64::MAX);
        u32::try_from(place).ok().and_then(|place| self.levels.checked_shr(place)).is_none_or(|levels| levels & 1 == 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_settings_read_what_was_sent() {
        for byte in 0..=0x7F_u8 {
            for settings in [
                LineSettings::seven_even_one(300),
                LineSettings::eight_none_one(9600),
                LineSettings::eight_even_one(2400),
            ] {
                assert_eq!(WireCharacter::new(byte, settings).read_as(settings), byte);
            }
        }
    }

    #[test]
    fn a_seven_bit_sender_shows_its_parity_in_bit_seven() {
        let sent = WireCharacter::new(b'/', LineSettings::seven_even_one(300));
        assert_eq!(sent.read_as(LineSettings::eight_none_one(300)), 0xAF);
        let plain = WireCharacter::new(b'?', LineSettings::seven_even_one(300));
        assert_eq!(plain.read_as(LineSettings::eight_none_one(300)), b'?');
    }

    #[test]
    fn wrong_parity_reads_as_zero() {
        let mut damaged = WireCharacter::new(b'7', LineSettings::seven_even_one(300));
        damaged.flip(2);
        assert_eq!(damaged.read_as(LineSettings::seven_even_one(300)), 0);
        assert_eq!(
            WireCharacter::new(b'/', LineSettings::eight_none_one(300)).read_as(LineSettings::seven_even_one(300)),
            0
        );
    }

    #[test]
    fn another_speed_reads_something_else() {
        let wrong = (0..=0x7F_u8)
            .filter(|byte| {
                let sent = WireCharacter::new(*byte, LineSettings::seven_even_one(300));
                sent.read_as(LineSettings::seven_even_one(9600)) == *byte
            })
            .count();
        assert!(wrong <= 1, "{wrong} characters survive a wrong speed");
    }
}
