//! Modbus meters: register maps as profiles, and meters that describe themselves by SunSpec.

mod assemble;
mod clock;
mod driver;
mod exchange;
mod identify;
pub mod mbap;
mod name;
mod pending;
mod plan;
mod sunspec;
mod values;

pub use driver::ModbusMeter;
pub use exchange::Exchange;
pub use identify::{Identified, identify};
pub use name::role_of_code;
pub use plan::{Span, requests};

#[cfg(test)]
mod tests;
