//! How likely a fit is an accident.
//!
//! A wrong key passes the 16-bit check with probability 1/65536. What it then shows is random, and only a share of
//! random blocks looks sane. The chance of a false fit is therefore: candidates tried ÷ 65536 × that share.

use time::{Duration, OffsetDateTime};

use super::cause::Strength;
use super::fit::Fit;
use crate::sts::tid::TID_COUNT;
use crate::sts::{BaseDate, TokenClass};

/// Chance of a false fit below which a cause is strong.
pub const STRONG_BELOW: f64 = 0.01;

/// Chance of a false fit above which a sane fit explains nothing.
pub const WORTHLESS_ABOVE: f64 = 0.05;

/// The same for a fit that does not look sane.
pub const WORTHLESS_ABOVE_UNLESS_SANE: f64 = 0.01;

/// Values the 16-bit check can take.
const CHECKS: f64 = 65_536.0;

/// How far a laptop's clock may be behind: a battery that has run down sets it back by some years.
const CLOCK_MAY_BE_BEHIND: Duration = Duration::days(3 * 365);

const MINUTES_A_YEAR: f64 = 365.0 * 24.0 * 60.0;

/// How a decrypted block looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Plausibility {
    /// A subclass that is not defined, a time far in the future or values out of range.
    Implausible,
    /// Nothing impossible, but made more than a year ago, or some years from now by this computer's clock, which may
    /// be behind.
    Aged,
    /// Defined subclass, a TID within a year of now, or values in range where there is no TID.
    Sane,
}

/// How the block of `fit` looks at `now`.
pub fn plausibility(fit: &Fit, now: OffsetDateTime) -> Plausibility {
    if !fit.has_defined_subclass() {
        return Plausibility::Implausible;
    }
    if let Some(tid) = fit.content.tid() {
        let bases = fit.identity.base_date.map_or(BaseDate::ALL.to_vec(), |base| vec![base]);
        return bases
            .into_iter()
            .flat_map(|base| [tid.time(base), tid.time(base) + Duration::minutes(i64::from(TID_COUNT))])
            .map(|time| age(time, now))
            .max()
            .unwrap_or(Plausibility::Implausible);
    }
    if fit.is_in_range() { Plausibility::Sane } else { Plausibility::Implausible }
}

fn age(time: OffsetDateTime, now: OffsetDateTime) -> Plausibility {
    if (now - time).abs() <= Duration::days(365) {
        Plausibility::Sane
    } else if time <= now + CLOCK_MAY_BE_BEHIND {
        Plausibility::Aged
    } else {
        Plausibility::Implausible
    }
}

/// Share of random blocks of `class` that look sane.
///
/// Credit has 8 of 16 subclasses defined, all with a TID. Management has 6 with a TID; a first section must name a
/// KRN of 1 to 9 and one of two allowed key types, a second a TI of 0 to 99; the third and fourth say nothing that
/// can be checked. Of tests only those asking for one thing or everything count, which is next to none.
pub fn sane_share(class: TokenClass) -> f64 {
    let tid = 2.0 * MINUTES_A_YEAR / f64::from(TID_COUNT);
    match class {
        TokenClass::Credit => 8.0 / 16.0 * tid,
        TokenClass::Management => (6.0 * tid + 9.0 / 16.0 * 2.0 / 4.0 + 100.0 / 256.0 + 2.0) / 16.0,
        TokenClass::Test | TokenClass::Reserved => 1.0e-6,
    }
}

/// Share of random blocks of `class` that look like one of this plausibility.
///
/// Half of the subclasses of credit are defined, and nearly any time in the past is one that may be aged.
pub fn share(plausibility: Plausibility, class: TokenClass) -> f64 {
    match plausibility {
        Plausibility::Sane => sane_share(class),
        Plausibility::Aged => 0.5,
        Plausibility::Implausible => 1.0,
    }
}

/// Chance that a fit found among `tried` candidates is false.
pub fn of_false_fit(tried: usize, share: f64) -> f64 {
    tried as f64 / CHECKS * share
}

/// What the chance allows to be said.
pub fn strength(chance: f64) -> Strength {
    if chance < STRONG_BELOW { Strength::Strong } else { Strength::Possible }
}

/// The chance in words: `1 in 3000`.
pub fn in_words(chance: f64) -> String {
    if chance <= 0.0 {
        return "nil".to_owned();
    }
    if chance > 0.5 {
        return "high".to_owned();
    }
    let one_in = (1.0 / chance).min(1.0e12);
    // Two digits are enough for a person.
    let scale = 10f64.powf(one_in.log10().floor() - 1.0).max(1.0);
    format!("1 in {}", (one_in / scale).floor() * scale)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_share_of_credit_blocks_is_half_of_two_years_of_minutes() {
        let share = sane_share(TokenClass::Credit);
        assert!((share - 0.0313).abs() < 0.0002, "{share}");
    }

    #[test]
    fn eighteen_hundred_candidates_are_strong_only_with_plausibility() {
        assert_eq!(strength(of_false_fit(1800, 1.0)), Strength::Possible);
        assert_eq!(strength(of_false_fit(1800, 0.0313)), Strength::Strong);
        assert_eq!(strength(of_false_fit(32_400, 0.0313)), Strength::Possible);
        assert_eq!(strength(of_false_fit(199, 1.0)), Strength::Strong);
    }

    #[test]
    fn chances_read_as_one_in_so_many() {
        assert_eq!(in_words(0.000_33), "1 in 3000");
        assert_eq!(in_words(0.25), "1 in 4");
    }
}
