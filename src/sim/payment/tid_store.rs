//! The token identifiers a meter remembers, so that no credit counts twice (IEC 62055-41, 7.3.7).

use serde::{Deserialize, Serialize};

use crate::sts::Tid;

/// Where a token identifier stands against the store.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TidStanding {
    /// Not below the lowest stored, and not stored: may be taken.
    Fresh,
    /// Stored: taken before.
    Used,
    /// Below the lowest stored: too old to know.
    Old,
}

/// A store of fixed size, in rising order. A new identifier pushes out the lowest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct TidStore {
    tids: Vec<Tid>,
}

impl TidStore {
    /// A store of `slots` identifiers as it leaves the factory: all hold the time of manufacture.
    pub fn new(slots: usize, manufactured: Tid) -> Self {
        TidStore { tids: vec![manufactured; slots.max(1)] }
    }

    /// Where `tid` stands.
    pub fn standing(&self, tid: Tid) -> TidStanding {
        if self.tids.binary_search(&tid).is_ok() {
            TidStanding::Used
        } else if tid < self.oldest() {
            TidStanding::Old
        } else {
            TidStanding::Fresh
        }
    }

    /// Takes `tid` in place of the lowest.
    pub fn store(&mut self, tid: Tid) {
        self.tids.remove(0);
        let place = self.tids.partition_point(|held| *held <= tid);
        self.tids.insert(place, tid);
    }

    /// Forgets everything, as the roll-over bit of a key change asks: every slot holds zero.
    pub fn roll_over(&mut self) {
        self.tids.fill(Tid::from_field(0));
    }

    /// The lowest identifier held.
    pub fn oldest(&self) -> Tid {
        self.tids.first().copied().unwrap_or(Tid::from_field(0))
    }

    /// The highest identifier held.
    pub fn newest(&self) -> Tid {
        self.tids.last().copied().unwrap_or(Tid::from_field(0))
    }

    /// All identifiers, rising, as many as the store has slots.
    pub fn tids(&self) -> &[Tid] {
        &self.tids
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tid(minutes: u32) -> Tid {
        Tid::new(minutes).unwrap()
    }

    #[test]
    fn a_new_store_refuses_what_is_older_than_the_meter() {
        let store = TidStore::new(20, tid(1000));
        assert_eq!(store.standing(tid(999)), TidStanding::Old);
        assert_eq!(store.standing(tid(1000)), TidStanding::Used);
        assert_eq!(store.standing(tid(1001)), TidStanding::Fresh);
    }

    #[test]
    fn the_lowest_makes_room() {
        let mut store = TidStore::new(3, tid(0));
        for minutes in [30, 10, 20, 40] {
            assert_eq!(store.standing(tid(minutes)), TidStanding::Fresh);
            store.store(tid(minutes));
        }
        assert_eq!(store.tids(), [tid(20), tid(30), tid(40)]);
        assert_eq!(store.standing(tid(10)), TidStanding::Old);
        assert_eq!(store.standing(tid(25)), TidStanding::Fresh);
    }

    #[test]
    fn after_a_roll_over_small_identifiers_count_again() {
        let mut store = TidStore::new(3, tid(500));
        store.roll_over();
        assert_eq!(store.standing(tid(1)), TidStanding::Fresh);
        assert_eq!(store.standing(tid(0)), TidStanding::Used);
    }
}
