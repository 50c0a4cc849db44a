//! Codes that come back: response codes, DCC alerts, device alerts, and texts a user adds to them.

pub mod dcc_alert;
pub mod device_alert;
pub mod response;
pub mod texts;
