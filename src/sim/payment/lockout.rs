//! The pause a meter imposes after wrong entries, doubling with each further one.

use serde::{Deserialize, Serialize};
use time::{Duration, OffsetDateTime};

/// How a model locks out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LockoutRule {
    /// Wrong entries in a row before the first pause; 0 means never.
    pub after: u32,
    /// First pause in seconds.
    pub first_s: u32,
    /// Longest pause in seconds.
    pub longest_s: u32,
    /// Whether switching the meter off and on ends the pause.
    pub ended_by_power_cut: bool,
}

/// Wrong entries so far, and the pause that may be running.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Lockout {
    wrong_entries: u32,
    #[serde(with = "time::serde::rfc3339::option")]
    until: Option<OffsetDateTime>,
}

impl Lockout {
    /// Whole seconds until tokens are taken again, rounded up; 0 when they are.
    pub fn seconds_left(&self, now: OffsetDateTime) -> u32 {
        let Some(until) = self.until else { return 0 };
        let left = (until - now).whole_milliseconds().max(0);
        u32::try_from((left + 999) / 1000).unwrap_or(u32::MAX)
    }

    /// Wrong entries in a row.
    pub fn wrong_entries(&self) -> u32 {
        self.wrong_entries
    }

    /// Counts a wrong entry and starts a pause when the rule says so; tells whether one began.
    pub fn wrong_entry(&mut self, rule: &LockoutRule, now: OffsetDateTime) -> bool {
        self.wrong_entries = self.wrong_entries.saturating_add(1);
        if rule.after == 0 || self.wrong_entries < rule.after {
            return false;
        }
        let doublings = self.wrong_entries - rule.after;
        let pause = 1u64.checked_shl(doublings).map_or(u64::MAX, |factor| factor.saturating_mul(rule.first_s.into()));
        let pause = pause.min(rule.longest_s.into());
        self.until = Some(now + Duration::seconds(i64::try_from(pause).unwrap_or(i64::MAX)));
        true
    }

    /// A good token ends counting and pausing.
    pub fn good_token(&mut self) {
        *self = Lockout::default();
    }

    /// The supply went off and came back.
    pub fn power_cut(&mut self, rule: &LockoutRule) {
        if rule.ended_by_power_cut {
            *self = Lockout::default();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RULE: LockoutRule = LockoutRule { after: 3, first_s: 10, longest_s: 1280, ended_by_power_cut: true };

    fn at(seconds: i64) -> OffsetDateTime {
        OffsetDateTime::UNIX_EPOCH + Duration::seconds(seconds)
    }

    #[test]
    fn pauses_double_up_to_the_longest() {
        let mut lockout = Lockout::default();
        let mut now = 0;
        let mut pauses = Vec::new();
        for _ in 0..12 {
            lockout.wrong_entry(&RULE, at(now));
            let left = lockout.seconds_left(at(now));
            pauses.push(left);
            now += i64::from(left);
        }
        assert_eq!(pauses, [0, 0, 10, 20, 40, 80, 160, 320, 640, 1280, 1280, 1280]);
        assert_eq!(lockout.seconds_left(at(now)), 0);
    }

    #[test]
    fn a_power_cut_ends_it_only_where_the_model_says_so() {
        let mut lockout = Lockout::default();
        for _ in 0..3 {
            lockout.wrong_entry(&RULE, at(0));
        }
        let mut kept = lockout.clone();
        kept.power_cut(&LockoutRule { ended_by_power_cut: false, ..RULE });
        assert_eq!(kept.seconds_left(at(0)), 10);
        lockout.power_cut(&RULE);
        assert_eq!(lockout.seconds_left(at(0)), 0);
    }

    #[test]
    fn zero_means_never() {
        let mut lockout = Lockout::default();
        for _ in 0..100 {
            assert!(!lockout.wrong_entry(&LockoutRule { after: 0, ..RULE }, at(0)));
        }
        assert_eq!(lockout.seconds_left(at(0)), 0);
    }
}
