//! Keys of the meters' interfaces in a pack: a table that was sealed by age before it went in, and comes out as it was.
//! Its lines, `{"dlms_keys": "…"}` with a part in base64 each, stand behind the records and under the same signature.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};

/// How a line of the table begins.
const PREFIX: &str = "{\"dlms_keys\"";
/// Octets in one line: in base64 they stay below the longest line that is taken.
const PART: usize = 36 * 1024;
/// Most lines: some hundred thousand meters.
pub(super) const MOST_PARTS: usize = 2_000;

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct KeyLine {
    dlms_keys: String,
}

/// Whether a line is a part of the table.
pub(super) fn is_part(line: &str) -> bool {
    line.starts_with(PREFIX)
}

/// The lines of a sealed table.
///
/// # Errors
/// One sentence when the table is too long.
pub(super) fn lines_of(sealed: &[u8]) -> Result<Vec<String>, String> {
    if sealed.len().div_ceil(PART) > MOST_PARTS {
        return Err("the table of keys is longer than a pack takes".to_owned());
    }
    let line = |part: &[u8]| serde_json::to_string(&KeyLine { dlms_keys: STANDARD.encode(part) });
    sealed.chunks(PART).map(|part| line(part).map_err(|error| error.to_string())).collect()
}

/// The octets of one line.
///
/// # Errors
/// One sentence.
pub(super) fn octets_of(line: &str) -> Result<Vec<u8>, String> {
    let KeyLine { dlms_keys } = serde_json::from_str(line).map_err(|error| error.to_string())?;
    STANDARD.decode(dlms_keys).map_err(|_| "a part of its keys is not base64".to_owned())
}
