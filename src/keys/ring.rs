//! The keys of a key file as the STS engine uses them.

use super::KeyFile;
use crate::sts::Keyring;

impl From<&KeyFile> for Keyring {
    fn from(file: &KeyFile) -> Self {
        let decoder_keys = file.decoder_keys().iter().map(|entry| (entry.drn, entry.key.clone()));
        Keyring::new(file.vending_keys().iter().cloned(), decoder_keys, file.tables().clone())
    }
}
