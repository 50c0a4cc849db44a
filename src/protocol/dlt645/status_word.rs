//! The meter's seven status words, bit by bit.
//!
//! Words 1 to 3 are named here; the bits of words 4 to 7 (phases and combined events) are given by number, since no
//! public source for their meanings was at hand.

/// One of the status words 1 to 7 (items `04000501` to `04000507`), two octets, lowest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct StatusWord {
    /// Which word, 1 to 7.
    pub number: u8,
    /// Its sixteen bits.
    pub bits: u16,
}

/// What a set bit of a status word tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum StatusFlag {
    /// Programming is allowed (word 3, bit 3).
    ProgrammingAllowed,
    /// The relay is open (word 3, bit 4).
    RelayOpen,
    /// The relay was told to open (word 3, bit 6).
    RelayToldToOpen,
    /// The alarm before disconnection (word 3, bit 7).
    PreTripAlarm,
    /// Prepayment by energy (word 3, bits 8 and 9 = 01).
    PrepaymentByEnergy,
    /// Prepayment by amount (word 3, bits 8 and 9 = 10).
    PrepaymentByAmount,
    /// Kept supplied whatever the credit (word 3, bit 12).
    KeptSupplied,
    /// A bit without a known name.
    Unnamed(u8),
}

impl StatusWord {
    /// From the two octets of the item, lowest first.
    pub fn from_wire(number: u8, octets: [u8; 2]) -> Self {
        StatusWord { number, bits: u16::from_le_bytes(octets) }
    }

    /// The flags that are set, lowest bit first.
    pub fn flags(self) -> Vec<StatusFlag> {
        (0u8..16)
            .filter(|bit| self.bits.checked_shr(u32::from(*bit)).unwrap_or_default() & 1 == 1)
            .map(|bit| match (self.number, bit) {
                (3, 3) => StatusFlag::ProgrammingAllowed,
                (3, 4) => StatusFlag::RelayOpen,
                (3, 6) => StatusFlag::RelayToldToOpen,
                (3, 7) => StatusFlag::PreTripAlarm,
                (3, 8) => StatusFlag::PrepaymentByEnergy,
                (3, 9) => StatusFlag::PrepaymentByAmount,
                (3, 12) => StatusFlag::KeptSupplied,
                _ => StatusFlag::Unnamed(bit),
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn word_three_of_a_prepayment_meter() {
        let word = StatusWord::from_wire(3, [0x50, 0x02]);
        assert_eq!(word.flags(), [StatusFlag::RelayOpen, StatusFlag::RelayToldToOpen, StatusFlag::PrepaymentByAmount]);
        assert_eq!(StatusWord { number: 1, bits: 4 }.flags(), [StatusFlag::Unnamed(2)]);
    }
}
