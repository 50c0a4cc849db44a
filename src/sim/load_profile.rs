//! The load profile: registers captured at fixed times of the clock.

use std::collections::VecDeque;

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

/// How a model captures.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LoadProfileRule {
    /// Seconds between captures; they fall on multiples of it since midnight UTC.
    pub period_s: u32,
    /// Rows kept.
    pub rows: usize,
}

/// One row: time, imported energy in Wh, voltage of L1 in tenths of a volt. Stored as a triple to keep files small.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "(i64, u32, u32)", into = "(i64, u32, u32)")]
pub struct Row {
    /// End of the period.
    pub at: OffsetDateTime,
    /// Imported energy in Wh, counted from the beginning.
    pub import_wh: u32,
    /// Voltage of L1 in tenths of a volt.
    pub voltage_dv: u32,
}

impl From<(i64, u32, u32)> for Row {
    fn from((seconds, import_wh, voltage_dv): (i64, u32, u32)) -> Self {
        let at = OffsetDateTime::from_unix_timestamp(seconds).unwrap_or(OffsetDateTime::UNIX_EPOCH);
        Row { at, import_wh, voltage_dv }
    }
}

impl From<Row> for (i64, u32, u32) {
    fn from(row: Row) -> Self {
        (row.at.unix_timestamp(), row.import_wh, row.voltage_dv)
    }
}

/// The newest rows, oldest first.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct LoadProfile {
    rows: VecDeque<Row>,
}

impl LoadProfile {
    /// The first capture time after `now`.
    pub fn next_capture(rule: &LoadProfileRule, now: OffsetDateTime) -> OffsetDateTime {
        let period = i64::from(rule.period_s.max(1));
        let seconds = (now.unix_timestamp().div_euclid(period)).saturating_add(1).saturating_mul(period);
        OffsetDateTime::from_unix_timestamp(seconds).unwrap_or(now)
    }

    /// Adds a row, dropping the oldest when full.
    pub fn capture(&mut self, rule: &LoadProfileRule, row: Row) {
        while self.rows.len() >= rule.rows.max(1) {
            self.rows.pop_front();
        }
        self.rows.push_back(row);
    }

    /// Rows, oldest first.
    pub fn rows(&self) -> impl ExactSizeIterator<Item = &Row> {
        self.rows.iter()
    }

    /// Empties the buffer.
    pub fn clear(&mut self) {
        self.rows.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn captures_fall_on_the_half_hour() {
        let rule = LoadProfileRule { period_s: 1800, rows: 2 };
        let at = |seconds| OffsetDateTime::from_unix_timestamp(seconds).unwrap();
        assert_eq!(LoadProfile::next_capture(&rule, at(0)), at(1800));
        assert_eq!(LoadProfile::next_capture(&rule, at(1799)), at(1800));
        assert_eq!(LoadProfile::next_capture(&rule, at(1800)), at(3600));
    }

    #[test]
    fn a_row_goes_through_json_as_three_numbers() {
        let row = Row::from((1_800_000_000, 1234, 2301));
        let text = serde_json::to_string(&row).unwrap();
        assert_eq!(text, "[1800000000,1234,2301]");
        assert_eq!(serde_json::from_str::<Row>(&text).unwrap(), row);
    }
}
