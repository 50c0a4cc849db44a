//! Which values a place can mean.

/// Whether `value` lies from `low` to `high`, as far as they are given.
pub fn contain(low: Option<f64>, high: Option<f64>, value: f64) -> bool {
    low.is_none_or(|low| value >= low) && high.is_none_or(|high| value <= high)
}

/// Limits in words, such as `0 to 600 V`.
pub fn in_words(low: Option<f64>, high: Option<f64>, unit: Option<&str>) -> String {
    let unit = unit.map(|unit| format!(" {unit}")).unwrap_or_default();
    match (low, high) {
        (Some(low), Some(high)) => format!("{low} to {high}{unit}"),
        (Some(low), None) => format!("from {low}{unit} on"),
        (None, Some(high)) => format!("up to {high}{unit}"),
        (None, None) => "any".to_owned(),
    }
}
