//! What a simulated meter speaks on the line.

pub mod dlms;
pub mod iec62056_21;
