//! Meters that speak IEC 62056-21.

pub mod session;

pub use session::{Session, SessionError};
