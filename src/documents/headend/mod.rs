//! Documents of `wattkey headend`.

pub mod check;
pub mod outbox;
pub mod pack;
pub mod report;
pub mod tokens;
pub mod trial;
pub mod verify;

use crate::headend::MeterRecord;
use crate::sts::MeterParameters;

/// `SGC 123456, KRN 1, …`: what is known of a key; empty when nothing is.
pub fn key_in_words(key: &MeterParameters) -> String {
    crate::output::diagnosis::parameters(&MeterParameters { drn: None, dkga: None, ..*key })
}

/// A record in one line.
pub fn in_words(record: &MeterRecord) -> String {
    let text = |label: &str, value: &Option<String>| value.as_ref().map(|value| format!("{label}{value}"));
    let watts = |label: &str, value: Option<f64>| value.map(|value| format!("{label} {value} W"));
    let fields = [
        text("serial ", &record.serial),
        text("", &record.maker),
        text("", &record.model),
        Some(key_in_words(&record.parameters)).filter(|words| !words.is_empty()),
        watts("limit", record.power_limit_w),
        watts("unbalance", record.phase_unbalance_w),
        record.can_vend.map(|can| if can { "vending on".to_owned() } else { "vending off".to_owned() }),
    ];
    fields.into_iter().flatten().collect::<Vec<_>>().join(", ")
}
