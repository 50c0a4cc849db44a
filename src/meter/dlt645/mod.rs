//! DL/T 645 meters of both editions: items of the profile, read one by one or in blocks.

mod change;
mod clock;
mod driver;
mod exchange;
mod items;
mod keypad;
mod logs;
mod orders;
mod search;
mod words;

pub use driver::Dlt645Meter;
pub use exchange::Exchange;
pub use keypad::KeypadMeter;
pub use search::{FoundAddress, Search, search};

#[cfg(test)]
mod tests;
