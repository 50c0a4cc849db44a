//! Who made a pack: an Ed25519 signature over the digest of its lines.

use std::path::Path;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::headend::HeadEndError;
pub use crate::keys::SigningKey;
pub use crate::keys::VerifyingKey as PackKey;

/// What stands before the digest in the signed message, so that no signature for anything else holds.
const LABEL: &[u8] = b"wattkey pack 1\n";

/// Last line of a pack.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Trailer {
    /// The signature.
    pub signature: Signed,
}

/// Who signed, and the signature.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Signed {
    /// The signer's public key, 32 bytes in hex.
    pub key: String,
    /// The signature, 64 bytes in hex.
    pub ed25519: String,
}

impl Trailer {
    /// The trailer for these lines.
    pub fn over(lines: LineDigest, key: &SigningKey) -> Self {
        Trailer { signature: Signed { key: key.public().to_string(), ed25519: key.sign(&lines.message(LABEL)) } }
    }

    /// Whether the signature over these lines is by this key, and holds.
    pub fn holds(&self, lines: LineDigest, key: PackKey) -> bool {
        key.holds(&lines.message(LABEL), &self.signature.ed25519)
    }
}

/// The digest of lines while they pass by: SHA-256 over each line and a line feed, what is not signed left out.
#[derive(Debug, Clone, Default)]
pub struct LineDigest(Sha256);

impl PartialEq for LineDigest {
    fn eq(&self, other: &Self) -> bool {
        self.0.clone().finalize() == other.0.clone().finalize()
    }
}

impl LineDigest {
    /// Takes a line, without its end.
    pub fn take(&mut self, line: &str) {
        self.0.update(line.as_bytes());
        self.0.update(b"\n");
    }

    /// The message that is signed: `label` tells what the lines are.
    pub fn message(self, label: &[u8]) -> Vec<u8> {
        let mut message = label.to_vec();
        message.extend_from_slice(&self.0.finalize());
        message
    }
}

/// Reads the public key that packs are checked with from a file: PEM, or 64 hex digits.
///
/// # Errors
/// A file that cannot be read, or that is no Ed25519 public key.
pub fn load_key(path: &Path) -> Result<PackKey, HeadEndError> {
    let text = std::fs::read(path).map_err(|source| HeadEndError::File { path: path.to_owned(), source })?;
    PackKey::read(&text).map_err(|problem| HeadEndError::Pack { path: path.to_owned(), problem: problem.to_owned() })
}
