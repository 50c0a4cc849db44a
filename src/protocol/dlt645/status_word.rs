//! The meter's seven status words, bit by bit.
//!
//! Words 1, 3 and 7 are as in public meter firmware (a header with unions for the status words 1 to 4 and 7); of words 2
//! and 4 to 6 that header has the bits of one phase in part, the others are general knowledge of the standard's annex.
//! A bit without a name is given by its number.

/// One of the status words 1 to 7 (items `04000501` to `04000507`), two octets, lowest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct StatusWord {
    /// Which word, 1 to 7.
    pub number: u8,
    /// Its sixteen bits.
    pub bits: u16,
}

/// What a set bit of a status word tells, where the program acts on it.
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
    /// Any other bit; [`StatusWord::names`] names it.
    Unnamed(u8),
}

/// Word 1: the meter itself.
const METER: [&str; 16] = [
    "",
    "demand-by-interval",
    "clock-battery-low",
    "reading-battery-low",
    "active-power-reversed",
    "reactive-power-reversed",
    "",
    "",
    "control-circuit-fault",
    "esam-fault",
    "",
    "",
    "program-fault",
    "memory-fault",
    "overdrawn",
    "clock-fault",
];

/// Word 2: directions of power by phase.
const DIRECTIONS: [&str; 16] = [
    "active-power-reversed-l1",
    "active-power-reversed-l2",
    "active-power-reversed-l3",
    "",
    "reactive-power-reversed-l1",
    "reactive-power-reversed-l2",
    "reactive-power-reversed-l3",
    "",
    "",
    "",
    "",
    "",
    "",
    "",
    "",
    "",
];

/// Word 3: operation.
const OPERATION: [&str; 16] = [
    "second-day-table",
    "auxiliary-supply",
    "battery-supply",
    "programming-allowed",
    "relay-open",
    "second-season-table",
    "relay-told-to-open",
    "pre-trip-alarm",
    "prepaid-by-energy",
    "prepaid-by-amount",
    "second-tariff-set",
    "second-step-set",
    "kept-supplied",
    "authenticated",
    "account-opened-locally",
    "account-opened-remotely",
];

/// Words 4, 5 and 6: faults of phases L1, L2 and L3.
const PHASE: [&str; 16] = [
    "voltage-lost",
    "undervoltage",
    "overvoltage",
    "current-lost",
    "overcurrent",
    "overload",
    "power-reversed",
    "phase-failed",
    "current-broken",
    "",
    "",
    "",
    "",
    "",
    "",
    "",
];

/// Word 7: faults of all phases together.
const TOGETHER: [&str; 16] = [
    "voltage-sequence-reversed",
    "current-sequence-reversed",
    "voltage-unbalance",
    "current-unbalance",
    "auxiliary-supply-lost",
    "power-down",
    "demand-over-limit",
    "power-factor-low",
    "severe-current-unbalance",
    "cover-open",
    "terminal-cover-open",
    "",
    "",
    "",
    "",
    "",
];

impl StatusWord {
    /// From the two octets of the item, lowest first.
    pub fn from_wire(number: u8, octets: [u8; 2]) -> Self {
        StatusWord { number, bits: u16::from_le_bytes(octets) }
    }

    /// The numbers of the set bits, lowest first.
    fn set_bits(self) -> impl Iterator<Item = u8> {
        (0u8..16).filter(move |bit| self.bits.checked_shr(u32::from(*bit)).unwrap_or_default() & 1 == 1)
    }

    /// The flags that are set, lowest bit first.
    pub fn flags(self) -> Vec<StatusFlag> {
        self.set_bits()
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

    /// Names of the set bits, lowest first; `bit-N` where none is known. Those of a phase end in `-l1` to `-l3`.
    pub fn names(self) -> Vec<String> {
        let (table, phase) = match self.number {
            1 => (&METER, ""),
            2 => (&DIRECTIONS, ""),
            3 => (&OPERATION, ""),
            4 => (&PHASE, "-l1"),
            5 => (&PHASE, "-l2"),
            6 => (&PHASE, "-l3"),
            7 => (&TOGETHER, ""),
            _ => (&[""; 16], ""),
        };
        self.set_bits()
            .map(|bit| match table.get(usize::from(bit)) {
                Some(name) if !name.is_empty() => format!("{name}{phase}"),
                _ => format!("bit-{bit}"),
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
        assert_eq!(word.names(), ["relay-open", "relay-told-to-open", "prepaid-by-amount"]);
        assert_eq!(StatusWord { number: 1, bits: 4 }.flags(), [StatusFlag::Unnamed(2)]);
    }

    #[test]
    fn every_bit_of_every_word_has_a_name_or_its_number() {
        for number in 1..=7 {
            let names = StatusWord { number, bits: 0xFFFF }.names();
            assert_eq!(names.len(), 16);
            let mut unique = names.clone();
            unique.sort();
            unique.dedup();
            assert_eq!(unique.len(), 16, "{names:?}");
        }
        assert_eq!(StatusWord { number: 5, bits: 0x41 }.names(), ["voltage-lost-l2", "power-reversed-l2"]);
        assert_eq!(StatusWord { number: 7, bits: 0x600 }.names(), ["cover-open", "terminal-cover-open"]);
        assert_eq!(StatusWord { number: 1, bits: 0x41 }.names(), ["bit-0", "bit-6"]);
    }
}
