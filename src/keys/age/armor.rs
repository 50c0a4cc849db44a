//! The text form: base64 in lines of 64 between a first and a last line.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::{AgeError, BEGIN};

const END: &str = "-----END AGE ENCRYPTED FILE-----";
const COLUMNS: usize = 64;

pub(super) fn encode(file: &[u8]) -> Vec<u8> {
    let text = STANDARD.encode(file);
    let mut armored = Vec::with_capacity(text.len() + text.len() / COLUMNS + 80);
    armored.extend_from_slice(BEGIN.as_bytes());
    armored.push(b'\n');
    for line in text.as_bytes().chunks(COLUMNS) {
        armored.extend_from_slice(line);
        armored.push(b'\n');
    }
    armored.extend_from_slice(END.as_bytes());
    armored.push(b'\n');
    armored
}

/// Strict but for line ends: CRLF and blank space after the last line are taken.
pub(super) fn decode(armored: &[u8]) -> Result<Vec<u8>, AgeError> {
    let text = std::str::from_utf8(armored).map_err(|_| AgeError::Payload)?;
    let mut lines = text.trim_end().lines();
    if lines.next() != Some(BEGIN) {
        return Err(AgeError::Header);
    }
    let mut joined = String::with_capacity(text.len());
    let mut last = false;
    for line in lines.by_ref() {
        if line == END {
            last = true;
            break;
        }
        // Only the last line of content may be short.
        if line.is_empty() || line.len() > COLUMNS || !joined.len().is_multiple_of(COLUMNS) {
            return Err(AgeError::Payload);
        }
        joined.push_str(line);
    }
    if !last || lines.next().is_some() {
        return Err(AgeError::Payload);
    }
    STANDARD.decode(joined).map_err(|_| AgeError::Payload)
}
