//! The hash that ties each row to the one before it.
//!
//! `hash = SHA-256(previous hash ‖ fields)`, where each field is its length in octets (u32, big endian) and its
//! UTF-8 text, and an absent field is the length `FFFFFFFF` alone. The first row follows [`genesis`], which holds the
//! ledger's salt, so that a changed salt shows as well. Fields in order: seq, at, kind, intent, serial, drn, operation,
//! token hash, token last four, job, detail, ending, operator, host, tool. Removing rows from the end cannot be seen
//! from the file alone: note the last hash elsewhere.

use sha2::{Digest, Sha256};

use super::entry::{Entry, EntryText};
use crate::hex;

/// The hash the first row follows: SHA-256 over a label and the salt under which tokens are kept.
pub fn genesis(salt: &[u8]) -> String {
    let mut hash = Sha256::new();
    hash.update(b"wattkey ledger\0");
    hash.update(salt);
    hex::encode(&hash.finalize())
}

/// The hash of `entry` (whose own `hash` is not looked at) after a row with hash `previous`.
pub fn link(previous: &str, entry: &Entry) -> String {
    link_text(previous, &EntryText::from(entry))
}

/// The same for a row that is kept as texts.
pub fn link_text(previous: &str, entry: &EntryText) -> String {
    let seq = entry.seq.to_string();
    let intent = entry.intent.map(|seq| seq.to_string());
    let fields: [Option<&str>; 15] = [
        Some(&seq),
        Some(&entry.at),
        Some(&entry.kind),
        intent.as_deref(),
        entry.serial.as_deref(),
        entry.drn.as_deref(),
        Some(&entry.operation),
        entry.token_hash.as_deref(),
        entry.token_last4.as_deref(),
        entry.job.as_deref(),
        Some(&entry.detail),
        entry.ending.as_deref(),
        Some(&entry.operator),
        Some(&entry.host),
        Some(&entry.tool),
    ];
    let mut hash = Sha256::new();
    hash.update(previous.as_bytes());
    for field in fields {
        match field {
            Some(text) => {
                hash.update(u32::try_from(text.len()).unwrap_or(u32::MAX - 1).to_be_bytes());
                hash.update(text.as_bytes());
            }
            None => hash.update(u32::MAX.to_be_bytes()),
        }
    }
    hex::encode(&hash.finalize())
}
