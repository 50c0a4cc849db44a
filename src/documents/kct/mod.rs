//! Documents of `wattkey kct`.

pub mod document;

/// `meter 01234567897, SGC 123456, KRN 1, …`: what is known of a key.
pub fn in_words(key: &crate::sts::MeterParameters) -> String {
    crate::output::diagnosis::parameters(key)
}
