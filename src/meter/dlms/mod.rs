//! The DLMS/COSEM driver.

pub mod answers;
pub mod assemble;
pub mod convert;
pub mod objects;
pub mod plan;
pub mod unit;
