//! What the lights of a hub mean: a table a user may edit.

use serde::{Deserialize, Serialize};

const TEXT: &str = include_str!("../../../data/smets/lights.json");

/// One pattern of one light.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Light {
    /// Which hubs.
    pub hub: String,
    /// Which light.
    pub light: String,
    /// What it does.
    pub pattern: String,
    /// What that means.
    pub meaning: String,
    /// Whether no public source was read for it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub unverified: bool,
}

#[derive(Debug, Deserialize)]
struct File {
    records: Vec<Light>,
}

/// The table as shipped, as the text of its file.
pub fn shipped_text() -> &'static str {
    TEXT
}

/// Reads such a table.
///
/// # Errors
/// What is wrong with it.
pub fn parse(text: &str) -> Result<Vec<Light>, String> {
    serde_json::from_str::<File>(text).map(|file| file.records).map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_table_reads_and_marks_what_is_recalled() {
        let lights = parse(TEXT).expect("the data file parses");
        assert!(lights.iter().all(|light| light.unverified == (light.hub == "SMETS2")));
    }
}
