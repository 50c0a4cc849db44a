//! Simulated meters: a payment meter as a pure state machine, the faces it shows on a line, and the hosts that put it
//! behind a link in this process or behind a port.

pub mod billing;
pub mod clock;
pub mod display;
pub mod energy;
pub mod events;
pub mod face;
pub mod fault;
pub mod identity;
pub mod image;
pub mod lab_keys;
pub mod line;
pub mod link;
pub mod load_profile;
pub mod meter;
pub mod model;
pub mod payment;
pub mod relay;
pub mod security;
pub mod serve;
pub mod state;
pub mod supply;
pub mod tamper;

pub use link::{SimLink, SimRequest};
pub use meter::Meter;
pub use model::{Model, ModelError};
