//! The steps, by what they work on.

mod change;
mod credit;
mod identity;
mod interface;
mod key;
mod limits;
mod questions;
mod relay;
mod token;
