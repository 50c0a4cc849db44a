//! How a household's load runs through the day.

/// Load at each full hour in percent of the swing between night and evening peak. Own shape: a small morning peak, a
/// flat noon, a large evening peak.
const HOURLY_PERCENT: [u32; 24] =
    [6, 3, 2, 2, 4, 12, 30, 42, 34, 26, 24, 26, 30, 26, 22, 24, 34, 56, 84, 100, 92, 68, 38, 16];

/// Load in `slot` of the day (five minutes each), interpolated between full hours.
pub(super) fn percent(slot: i64) -> u32 {
    const SLOTS_AN_HOUR: u32 = 12;
    let slot = u32::try_from(slot).unwrap_or(0);
    let hour = (slot / SLOTS_AN_HOUR) as usize;
    let at = |hour: usize| HOURLY_PERCENT.get(hour % HOURLY_PERCENT.len()).copied().unwrap_or(0);
    let past = slot % SLOTS_AN_HOUR;
    (at(hour) * (SLOTS_AN_HOUR - past) + at(hour + 1) * past) / SLOTS_AN_HOUR
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn joins_at_midnight_and_peaks_in_the_evening() {
        assert_eq!(percent(0), HOURLY_PERCENT[0]);
        assert!((6..=16).contains(&percent(287)));
        assert_eq!((0..288).max_by_key(|slot| percent(*slot)), Some(19 * 12));
    }
}
