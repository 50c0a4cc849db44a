//! Whose packs are taken.

use std::path::Path;

use super::signature::{PackKey, load_key};
use crate::headend::HeadEndError;

/// Which packs are taken.
#[derive(Debug, Clone, Default)]
pub struct PackTrust {
    /// Keys whose signature is trusted.
    pub keys: Vec<PackKey>,
    /// Take a pack that is not signed by one of them.
    pub accept_unverified: bool,
}

impl PackTrust {
    /// Trusts a key given as 64 hex digits or as the file of a public key.
    ///
    /// # Errors
    /// A file that cannot be read or holds no such key.
    pub fn add(&mut self, key: &str) -> Result<(), HeadEndError> {
        let key = match key.parse() {
            Ok(key) => key,
            Err(_) => load_key(Path::new(key))?,
        };
        self.keys.push(key);
        Ok(())
    }
}
