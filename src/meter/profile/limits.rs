//! Which values a place can mean.

use serde::Deserialize;

/// Lowest and highest value that can be right, written as `[low, high]`.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
pub struct Limits(pub f64, pub f64);

impl Limits {
    /// Whether `value` lies between them.
    pub fn contain(self, value: f64) -> bool {
        contain(Some(self.0), Some(self.1), value)
    }

    /// Both in words, such as `0 to 600 V`.
    pub fn in_words(self, unit: Option<&str>) -> String {
        in_words(Some(self.0), Some(self.1), unit)
    }
}

/// Whether `value` lies from `low` to `high`, as far as they are given.
pub fn contain(low: Option<f64>, high: Option<f64>, value: f64) -> bool {
    low.is_none_or(|low| value >= low) && high.is_none_or(|high| value <= high)
}

/// Limits in words, as far as they are given.
pub fn in_words(low: Option<f64>, high: Option<f64>, unit: Option<&str>) -> String {
    let unit = unit.map(|unit| format!(" {unit}")).unwrap_or_default();
    match (low, high) {
        (Some(low), Some(high)) => format!("{low} to {high}{unit}"),
        (Some(low), None) => format!("from {low}{unit} on"),
        (None, Some(high)) => format!("up to {high}{unit}"),
        (None, None) => "any".to_owned(),
    }
}
