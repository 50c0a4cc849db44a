//! Durations, sizes and powers as people write them in options and files.

use std::time::Duration;

/// Reads `5s`, `800ms`, `2m` or `1h`; a bare number is seconds.
///
/// # Errors
/// One sentence that says what is wrong.
pub fn parse_duration(text: &str) -> Result<Duration, String> {
    let text = text.trim();
    let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let unit = text.get(digits.len()..).unwrap_or_default();
    let value: f64 =
        digits.trim().parse().map_err(|_| format!("{text:?} is not a duration: write a number and ms, s, m or h"))?;
    let scale = match unit {
        "ms" => 0.001,
        "" | "s" => 1.0,
        "m" | "min" => 60.0,
        "h" => 3600.0,
        _ => return Err(format!("{unit:?} is not a unit of time: use ms, s, m or h")),
    };
    let seconds = value * scale;
    if !seconds.is_finite() || !(0.0..=31_536_000.0).contains(&seconds) {
        return Err(format!("{text:?} is outside 0 to one year"));
    }
    Ok(Duration::from_secs_f64(seconds))
}

/// Octets, with `k`, `M` or `G` for powers of 1024.
///
/// # Errors
/// A sentence for the user.
pub fn parse_size(text: &str) -> Result<u64, String> {
    let wrong = || format!("{text:?} is not a size: write a number, with k, M or G for powers of 1024");
    let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let scale = match text.get(digits.len()..).unwrap_or_default().to_ascii_lowercase().trim_end_matches('b') {
        "" => 1,
        "k" => 1 << 10,
        "m" => 1 << 20,
        "g" => 1u64 << 30,
        _ => return Err(wrong()),
    };
    let value: u64 = digits.trim().parse().map_err(|_| wrong())?;
    value.checked_mul(scale).filter(|size| *size > 0).ok_or_else(wrong)
}

/// Watts, or kilowatts with `kW`. Nothing at all is no power: a limit of it would cut a customer off.
///
/// # Errors
/// A sentence for the user.
pub fn parse_power(text: &str) -> Result<f64, String> {
    let wrong = || format!("{text:?} is not a power: write a number above 0, with W or kW");
    let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let scale = match text.get(digits.len()..).unwrap_or_default().to_ascii_lowercase().as_str() {
        "" | "w" => 1.0,
        "kw" => 1_000.0,
        _ => return Err(wrong()),
    };
    let value: f64 = digits.trim().parse().map_err(|_| wrong())?;
    Some(value * scale).filter(|watts| watts.is_finite() && *watts > 0.0).ok_or_else(wrong)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_and_powers() {
        assert_eq!(["10M", "1k", "512", "1GB"].map(parse_size), [10 << 20, 1 << 10, 512, 1 << 30].map(Ok));
        assert!(["", "0", "10X", "-1"].iter().all(|text| parse_size(text).is_err()));
        assert_eq!(["4600", "4.6kW", "20 kW"].map(parse_power), [4_600.0, 4_600.0, 20_000.0].map(Ok));
        assert!(["", "0", "-3", "x", "3MW", "inf", "nan"].iter().all(|text| parse_power(text).is_err()));
    }
}
