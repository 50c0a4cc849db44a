//! Ciphering, security suite 0: AES-GCM-128 with a 12-octet tag.

mod envelope;
mod keys;
mod suite0;
#[cfg(test)]
mod tests;

pub use envelope::{Envelope, Wrapping};
pub use keys::{Password, SecretKey, SuiteKeys, SystemTitle, SystemTitleError};
pub use suite0::{CipherFault, Protection, gmac, gmac_matches, protect, unprotect};

/// Gives numbers that were never used before under the same key.
///
/// A number used twice under one key breaks AES-GCM and gives the key away. An implementation therefore stores what
/// it is about to give, durably, before it returns.
pub trait InvocationCounter: Send {
    /// The next number, already stored as used.
    ///
    /// # Errors
    /// A sentence that says why there is none; nothing may then be sent.
    fn reserve(&mut self) -> Result<u32, String>;
}
