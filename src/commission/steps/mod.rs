//! The steps, by what they work on.

mod credit;
mod identity;
mod key;
mod limits;
mod people;
mod relay;
mod token;
mod write;
