//! The meter behind DL/T 645-2007: items as State Grid meters number them, writing and relay orders with a password,
//! broadcast time, freezes. It also answers the keypad protocol of STS customer units (control code 00).
//!
//! The meter's clock is in UTC, as on its other faces. Status words 1, 2 and 4 to 7 read zero.

mod access;
mod clock;
mod items;
mod keypad;
mod logs;
mod memory;
mod orders;
mod rule;

pub use keypad::answer as keypad_answer;
pub use memory::{Freeze, Memory};
pub use rule::Dlt645Rule;

use crate::protocol::dlt645::{Address, ErrorBits, Order, Store};
use crate::sim::meter::Meter;

/// A meter as items.
#[derive(Debug)]
pub struct Items<'a> {
    /// The meter.
    pub meter: &'a mut Meter,
    /// The address its place on the line gives it, until another is written.
    pub place: Address,
}

impl Items<'_> {
    fn own_address(&self) -> Address {
        self.meter.dlt645().address.map_or(self.place, Address::from_wire)
    }
}

impl Store for Items<'_> {
    fn address(&self) -> Address {
        self.own_address()
    }

    fn read(&mut self, item: u32, selection: &[u8]) -> Result<Vec<u8>, ErrorBits> {
        if let Some(records) = logs::load_records(self.meter, item, selection) {
            return records;
        }
        items::read(self.meter, self.own_address(), item).ok_or(ErrorBits::NO_DATA)
    }

    fn carry_out(&mut self, order: Order) -> Result<Vec<u8>, ErrorBits> {
        orders::carry_out(self.meter, self.own_address(), order)
    }
}
