//! Whose network an electricity meter point is on: the first two digits of an MPAN, by a table with its source.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

const TEXT: &str = include_str!("../../data/smets/distributors.json");

static TABLE: LazyLock<File> = LazyLock::new(|| serde_json::from_str(TEXT).unwrap_or_default());

#[derive(Debug, Default, Deserialize)]
struct File {
    distributors: BTreeMap<String, String>,
}

/// The distributor of an MPAN's first two digits. `None` for independent networks, whose numbers begin at 24, and for
/// numbers nobody has.
pub fn distributor(id: &str) -> Option<&'static str> {
    TABLE.distributors.get(id).map(String::as_str)
}

/// Whether an independent network may have the number.
pub fn is_independent(id: &str) -> bool {
    id.parse::<u8>().is_ok_and(|number| (24..=39).contains(&number))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fourteen_licence_areas_have_names() {
        assert!((10..=23).all(|id| distributor(&id.to_string()).is_some()));
        assert_eq!(TABLE.distributors.len(), 14);
        assert!(distributor("24").is_none() && is_independent("24"));
        assert!(distributor("09").is_none() && !is_independent("09") && !is_independent("40"));
    }
}
