//! Ciphering, signatures and key wrap of the security suites 0, 1 and 2.

mod ecdsa;
mod envelope;
mod gcm;
mod general;
mod hls;
mod keys;
mod suite;
#[cfg(test)]
mod tests;
mod wrap;

pub use ecdsa::{PrivateKey, PublicKey};
pub use envelope::{Envelope, KeyKind, Wrapping};
pub use gcm::{CipherFault, Protection, SecurityControl, TAG_LENGTH, gmac, gmac_matches, protect, unprotect};
pub use general::Parties as GeneralParties;
pub use general::{
    AgreementKeys, GeneralFault, GeneralKeys, KeyInfo, cipher_generally, decipher_generally, general_originator,
    sign_generally, signed_content, unsign_generally,
};
pub use hls::{Hls, ManufacturerHls, Parties, SignatureKeys};
pub use keys::{Password, SecretKey, SuiteKeys, SystemTitle, SystemTitleError};
pub use suite::Suite;
pub use wrap::{unwrap_key, wrap_key};

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
