//! Invocation counters for one association, taken from the store in small blocks.

use std::sync::{Arc, Mutex};

use time::OffsetDateTime;

use crate::keys::{CounterOwner, CounterRange, CounterStore};
use crate::protocol::dlms::InvocationCounter;

/// Numbers taken at a time: few enough to lose, enough to spare most requests a flush of the disk.
const BLOCK: u32 = 16;

/// The store, shared between the driver and the association under way.
pub type SharedStore = Arc<Mutex<CounterStore>>;

/// Gives the numbers of one owner. What is left of a block goes back when the association ends.
#[derive(Debug)]
pub struct StoredCounter {
    store: SharedStore,
    owner: CounterOwner,
    told: Option<u32>,
    range: Option<CounterRange>,
    used: Option<u32>,
}

impl StoredCounter {
    /// A counter whose numbers are all above the one that the meter `told` as its last.
    pub fn new(store: SharedStore, owner: CounterOwner, told: Option<u32>) -> Self {
        StoredCounter { store, owner, told, range: None, used: None }
    }
}

impl InvocationCounter for StoredCounter {
    fn reserve(&mut self) -> Result<u32, String> {
        if let (Some(range), Some(used)) = (self.range, self.used)
            && used < range.last
        {
            let next = used.saturating_add(1);
            self.used = Some(next);
            return Ok(next);
        }
        let mut store = self.store.lock().map_err(|_| "the store failed in another thread".to_owned())?;
        let now = OffsetDateTime::now_utc();
        let range = store.reserve(&self.owner, self.told, BLOCK, now).map_err(|error| error.to_string())?;
        (self.range, self.used) = (Some(range), Some(range.first));
        Ok(range.first)
    }
}

impl Drop for StoredCounter {
    fn drop(&mut self) {
        if let (Some(range), Some(used), Ok(mut store)) = (self.range, self.used, self.store.lock()) {
            // What cannot be given back is merely lost.
            let _ = store.give_back(&self.owner, range, used);
        }
    }
}
