//! Bodies of the fuzz targets of the token stream; see [`crate::sts::fuzzing`].

use std::io;
use std::sync::Arc;

use super::stream::{Task, pump};
use crate::output::Format;
use crate::sts::{Keyring, MeterParameters};

/// Any bytes as the input of the stream: every line that is not blank gives exactly one line of JSON.
pub fn request_lines(data: &[u8]) {
    let task = Task {
        keyring: Keyring::default(),
        known: MeterParameters::default(),
        reveal_keys: false,
        form: Format::Jsonl,
    };
    let mut output = Vec::new();
    let outcome = pump(io::Cursor::new(data.to_vec()), &mut output, Arc::new(task), 1);
    assert!(outcome.is_ok());
    let data = data.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(data);
    let asked = data.split(|byte| *byte == b'\n').filter(|line| !line.trim_ascii().is_empty()).count();
    let answers: Vec<&[u8]> = output.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()).collect();
    assert_eq!(answers.len(), asked);
    for answer in answers {
        assert!(serde_json::from_slice::<serde_json::Value>(answer).is_ok());
    }
}
