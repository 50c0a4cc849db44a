//! The time one request may take, whatever arrives meanwhile.

use std::time::Duration;

use crate::link::Moment;

/// What a request may take beyond its waits: the request itself, and the silences around it.
const ALLOWANCE: Duration = Duration::from_secs(2);

/// When a request is given up. Noise, frames for others and answers to other questions never lengthen it; only an
/// answer that has validly begun may, by the time its length takes on the line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RequestLimit {
    until: Moment,
}

impl RequestLimit {
    /// Counts from `now`: all waits of a request and its repetitions, and two seconds.
    pub fn start(now: Moment, timeout: Duration, retries: u32) -> Self {
        let waits = timeout.saturating_mul(retries.saturating_add(1));
        RequestLimit { until: now.saturating_add(waits).saturating_add(ALLOWANCE) }
    }

    /// Ends at a moment.
    pub fn at(until: Moment) -> Self {
        RequestLimit { until }
    }

    /// The last moment of it.
    pub fn until(&self) -> Moment {
        self.until
    }

    /// Whether it has passed.
    pub fn is_over(&self, now: Moment) -> bool {
        now >= self.until
    }

    /// `moment`, or the limit when that comes first.
    pub fn cap(&self, moment: Moment) -> Moment {
        moment.min(self.until)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_waits_and_two_seconds() {
        let limit = RequestLimit::start(Duration::from_secs(100), Duration::from_secs(5), 2);
        assert_eq!(limit.until(), Duration::from_secs(117));
        assert!(!limit.is_over(Duration::from_secs(116)) && limit.is_over(limit.until()));
        assert_eq!(limit.cap(Duration::from_secs(200)), limit.until());
    }
}
