//! Block ciphers of the STS encryption algorithms: EA07 (STA) and EA11 (MISTY1), and DES for making decoder keys.
//!
//! All work on the 64-bit block of a token as one big-endian number.

pub mod misty1;
pub mod search_des;
pub mod sta;
pub mod sta_tables;
