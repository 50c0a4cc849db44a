//! The event log: a ring of what happened and when, with the code numbers shown on the line.

use std::collections::{BTreeMap, VecDeque};

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

macro_rules! events {
    ($($name:ident $number:literal $word:literal;)*) => {
        /// What can happen to a meter. The numbers are the simulator's own.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "kebab-case")]
        pub enum EventKind {
            $(#[doc = $word] $name,)*
        }

        impl EventKind {
            /// Every kind, by number.
            pub const ALL: &'static [EventKind] = &[$(EventKind::$name,)*];

            /// The code in the event log.
            pub const fn number(self) -> u8 {
                match self { $(EventKind::$name => $number,)* }
            }

            /// What it means, for documents.
            pub const fn meaning(self) -> &'static str {
                match self { $(EventKind::$name => $word,)* }
            }
        }
    };
}

events! {
    PowerDown 1 "power went off";
    PowerUp 2 "power came back";
    ClockSet 3 "clock was set";
    TokenAccepted 4 "token accepted";
    TokenRefused 5 "token refused";
    KeyChanged 6 "decoder key changed";
    LockoutBegan 7 "token entry locked out";
    RelayOpened 8 "supply to the load opened";
    RelayClosed 9 "supply to the load closed";
    LowCredit 10 "credit below the alarm threshold";
    CreditExhausted 11 "credit used up";
    EmergencyCredit 12 "emergency credit chosen";
    PowerLimit 13 "load above the power limit";
    PhaseUnbalance 14 "difference between phases above the limit";
    CoverOpen 15 "cover opened";
    TerminalCoverOpen 16 "terminal cover opened";
    MagneticField 17 "magnetic field";
    ReverseEnergy 18 "energy flows backwards";
    TamperCleared 19 "tamper condition cleared";
    Sag 20 "voltage sag";
    Swell 21 "voltage swell";
    VoltageNormal 22 "voltage back to normal";
    KeyChangeTimedOut 23 "unfinished key change forgotten";
    ParametersChanged 24 "a parameter was changed over the line";
    PasswordLockout 25 "communication locked after wrong passwords";
}

/// One entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// When, on the meter's own clock.
    #[serde(with = "time::serde::timestamp")]
    pub at: OffsetDateTime,
    /// What.
    pub kind: EventKind,
}

/// The newest entries, oldest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventLog {
    capacity: usize,
    entries: VecDeque<Event>,
    /// How often each kind came, also of those that made room.
    #[serde(default)]
    counts: BTreeMap<EventKind, u32>,
}

impl EventLog {
    /// An empty log of `capacity` entries.
    pub fn new(capacity: usize) -> Self {
        EventLog { capacity: capacity.max(1), entries: VecDeque::new(), counts: BTreeMap::new() }
    }

    /// Adds an entry, dropping the oldest when full.
    pub fn record(&mut self, at: OffsetDateTime, kind: EventKind) {
        if self.entries.len() >= self.capacity {
            self.entries.pop_front();
        }
        self.entries.push_back(Event { at, kind });
        let count = self.counts.entry(kind).or_default();
        *count = count.saturating_add(1);
    }

    /// How often a kind of event came since the log was last emptied.
    pub fn count(&self, kind: EventKind) -> u32 {
        self.counts.get(&kind).copied().unwrap_or(0)
    }

    /// Entries, oldest first.
    pub fn entries(&self) -> impl ExactSizeIterator<Item = &Event> {
        self.entries.iter()
    }

    /// The newest entry.
    pub fn latest(&self) -> Option<&Event> {
        self.entries.back()
    }

    /// How many entries it can hold.
    pub fn capacity(&self) -> usize {
        self.capacity
    }

    /// Empties the log.
    pub fn clear(&mut self) {
        self.entries.clear();
        self.counts.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_unique_and_rise() {
        assert!(EventKind::ALL.windows(2).all(|pair| pair[0].number() < pair[1].number()));
    }

    #[test]
    fn the_oldest_entry_makes_room() {
        let mut log = EventLog::new(2);
        for kind in [EventKind::PowerDown, EventKind::PowerUp, EventKind::Sag] {
            log.record(OffsetDateTime::UNIX_EPOCH, kind);
        }
        assert_eq!(log.entries().map(|event| event.kind).collect::<Vec<_>>(), [EventKind::PowerUp, EventKind::Sag]);
    }
}
