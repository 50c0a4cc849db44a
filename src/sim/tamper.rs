//! Tamper conditions: they latch until a clear-tamper token, even when their cause is gone.

use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::sim::events::EventKind;

macro_rules! tampers {
    ($($name:ident $bit:literal $word:literal $event:ident;)*) => {
        /// A tamper condition.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "kebab-case")]
        pub enum Tamper {
            $(#[doc = $word] $name,)*
        }

        impl Tamper {
            /// Every condition, by bit.
            pub const ALL: &'static [Tamper] = &[$(Tamper::$name,)*];

            /// Its bit in the tamper register, from 0.
            pub const fn bit(self) -> u8 {
                match self { $(Tamper::$name => $bit,)* }
            }

            /// The word scripts see.
            pub const fn word(self) -> &'static str {
                match self { $(Tamper::$name => $word,)* }
            }

            /// How the event log names it.
            pub const fn event(self) -> EventKind {
                match self { $(Tamper::$name => EventKind::$event,)* }
            }
        }
    };
}

tampers! {
    CoverOpen 0 "cover-open" CoverOpen;
    TerminalCoverOpen 1 "terminal-cover-open" TerminalCoverOpen;
    MagneticField 2 "magnetic-field" MagneticField;
    ReverseEnergy 3 "reverse-energy" ReverseEnergy;
}

impl FromStr for Tamper {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let words = || Tamper::ALL.iter().map(|tamper| tamper.word()).collect::<Vec<_>>().join(", ");
        let known = Tamper::ALL.iter().find(|tamper| tamper.word() == text);
        known.copied().ok_or_else(|| format!("tamper {text:?} is not one of {}", words()))
    }
}

/// Which conditions are latched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct TamperLatch {
    bits: u16,
}

impl TamperLatch {
    /// Latches a condition; tells whether it is new.
    pub fn latch(&mut self, tamper: Tamper) -> bool {
        let bit = 1 << tamper.bit();
        let new = self.bits & bit == 0;
        self.bits |= bit;
        new
    }

    /// Clears all.
    pub fn clear(&mut self) {
        self.bits = 0;
    }

    /// The register: bit n is the condition with that bit.
    pub fn bits(self) -> u16 {
        self.bits
    }

    /// Whether anything is latched.
    pub fn any(self) -> bool {
        self.bits != 0
    }

    /// What is latched.
    pub fn conditions(self) -> impl Iterator<Item = Tamper> {
        Tamper::ALL.iter().copied().filter(move |tamper| self.bits & (1 << tamper.bit()) != 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn latches_once_and_keeps() {
        let mut latch = TamperLatch::default();
        assert!(latch.latch(Tamper::MagneticField));
        assert!(!latch.latch(Tamper::MagneticField));
        assert_eq!(latch.bits(), 4);
        assert_eq!(latch.conditions().collect::<Vec<_>>(), [Tamper::MagneticField]);
        latch.clear();
        assert!(!latch.any());
    }
}
