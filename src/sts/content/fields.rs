//! Fields of tokens that are no numbers of their own elsewhere.

use std::fmt;

use zeroize::{Zeroize, ZeroizeOnDrop};

use crate::sts::error::FieldError;

/// What a credit token sells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Commodity {
    /// Electricity, 0.1 kWh.
    Electricity,
    /// Water, 0.1 m³.
    Water,
    /// Gas, 0.1 m³.
    Gas,
    /// Time connected, 0.1 minute.
    Time,
}

impl Commodity {
    /// Every commodity, in the order of its number.
    pub const ALL: [Commodity; 4] = [Commodity::Electricity, Commodity::Water, Commodity::Gas, Commodity::Time];

    /// From the two low bits of `bits`.
    pub const fn from_bits(bits: u8) -> Self {
        match bits & 3 {
            0 => Commodity::Electricity,
            1 => Commodity::Water,
            2 => Commodity::Gas,
            _ => Commodity::Time,
        }
    }

    /// The subclass of its credit token, 0 to 3.
    pub const fn number(self) -> u8 {
        match self {
            Commodity::Electricity => 0,
            Commodity::Water => 1,
            Commodity::Gas => 2,
            Commodity::Time => 3,
        }
    }

    /// Unit of its credit.
    pub const fn unit(self) -> &'static str {
        match self {
            Commodity::Electricity => "kWh",
            Commodity::Water | Commodity::Gas => "m3",
            Commodity::Time => "min",
        }
    }
}

/// RND: four random bits, so that tokens of one meter and minute differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RandomNumber(u8);

impl RandomNumber {
    /// From the low four bits.
    pub const fn from_bits(bits: u8) -> Self {
        RandomNumber(bits & 0xF)
    }

    /// The number, 0 to 15.
    pub const fn number(self) -> u8 {
        self.0
    }
}

/// The credit register that a ClearCredit token clears.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CreditRegister(pub u16);

impl CreditRegister {
    /// All registers.
    pub const ALL_REGISTERS: CreditRegister = CreditRegister(0xFFFF);

    const NAMES: [(&'static str, u16); 9] = [
        ("electricity", 0),
        ("water", 1),
        ("gas", 2),
        ("time", 3),
        ("electricity-currency", 4),
        ("water-currency", 5),
        ("gas-currency", 6),
        // Follows from the row of the others; no source shows it.
        ("time-currency", 7),
        ("all", 0xFFFF),
    ];

    /// Name of the register; `None` for a number that none is known for.
    pub fn name(self) -> Option<&'static str> {
        Self::NAMES.iter().find(|(_, number)| *number == self.0).map(|(name, _)| *name)
    }
}

impl std::str::FromStr for CreditRegister {
    type Err = FieldError;

    /// Reads a name such as `electricity` or `all`, or the number.
    fn from_str(text: &str) -> Result<Self, FieldError> {
        if let Some((_, number)) = Self::NAMES.iter().find(|(name, _)| name.eq_ignore_ascii_case(text)) {
            return Ok(CreditRegister(*number));
        }
        text.parse().map(CreditRegister).map_err(|_| {
            FieldError::new(
                "register",
                text,
                "there is no such credit register",
                "name one of electricity, water, gas, time (each also with -currency) or all, or a number 0 to 65535",
            )
        })
    }
}

/// 32 bits of a new decoder key. Zeroises on drop, prints as `[redacted]`.
#[derive(Clone, PartialEq, Eq, Zeroize, ZeroizeOnDrop)]
pub struct KeyPart(u32);

impl KeyPart {
    /// From the field of a token.
    pub const fn new(bits: u32) -> Self {
        KeyPart(bits)
    }

    /// The bits.
    pub const fn bits(&self) -> u32 {
        self.0
    }
}

impl fmt::Debug for KeyPart {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("[redacted]")
    }
}

/// The 44 bits between subclass and check sum of a token without a public layout.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ExtensionPayload(u64);

impl ExtensionPayload {
    /// From the low 44 bits.
    pub const fn from_bits(bits: u64) -> Self {
        ExtensionPayload(bits & ((1 << 44) - 1))
    }

    /// The bits.
    pub const fn bits(self) -> u64 {
        self.0
    }

    /// Manufacturer code and control bits of a proprietary class 1 token, and the number of control bits: subclass 6
    /// to 10 end in a code of 16 bits, 11 to 15 in one of 8, as subclass 1 and 0 do. `None` for other subclasses.
    /// The layout is from a single source.
    pub const fn manufacturer_fields(self, subclass: u8) -> Option<(u16, u64, usize)> {
        match subclass {
            6..=10 => Some(((self.0 & 0xFFFF) as u16, self.0 >> 16, 28)),
            11..=15 => Some(((self.0 & 0xFF) as u16, self.0 >> 8, 36)),
            _ => None,
        }
    }
}
