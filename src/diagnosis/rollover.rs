//! The roll-over of the token identifier: 24 bits of minutes end 31.9 years after the base date.
//!
//! A vendor that was not updated goes on counting from zero; a vendor that was issues on the next base date. Either
//! way a meter that was not brought over by a key change calls the token old, or cannot read it.

use time::{Duration, OffsetDateTime};

use super::evidence::Readout;
use super::fit::Fit;
use super::identity::{Difference, Parameter};
use crate::sts::tid::TID_COUNT;
use crate::sts::{BaseDate, DecoderKeyGenerationAlgorithm, MeterParameters};

/// How far before now a token that rolled over may have been made.
const RECENT: Duration = Duration::days(200);

/// Whether a token that reads under another key shows a roll-over: same supply group, another key revision, and
/// another base date.
pub fn between_keys(key: &MeterParameters, meter: &Readout, differences: &[Difference]) -> bool {
    let differs = |parameter| differences.iter().any(|difference| difference.parameter == parameter);
    key.sgc.is_some() && key.sgc == meter.sgc && differs(Parameter::KeyRevision) && differs(Parameter::BaseDate)
}

/// What shows a roll-over in a token that reads under the meter's own key; `None` when nothing does.
pub fn under_own_key(fit: &Fit, meter: &Readout, now: OffsetDateTime) -> Option<String> {
    let tid = fit.content.tid()?;
    let oldest = meter.oldest_tid()?;
    if tid >= oldest {
        return None;
    }
    let base = meter.base_date.or(fit.identity.base_date)?;
    let below = format!("TID {tid} lies below the oldest the meter remembers ({oldest})");
    let is_recent = |time: OffsetDateTime| time <= now && now - time <= RECENT;
    let run_over = tid.time(base) + Duration::minutes(i64::from(TID_COUNT));
    if is_recent(run_over) {
        let date = run_over.date();
        return Some(format!("{below}; counted on past 2^24 minutes from {base} it is {date}: the counter ran over"));
    }
    if is_recent(tid.time(base)) && oldest.time(base) > now {
        let (date, stored) = (tid.time(base).date(), oldest.time(base).date());
        return Some(format!(
            "{below}; counted from {base} it is {date}, and the oldest remembered would be {stored}, which is still to come: \
             those are of the base date before, and a key change without the roll-over bit left them in the memory"
        ));
    }
    let dkga = meter.dkga.or(fit.identity.dkga)?;
    let next: BaseDate = base.next()?;
    if dkga == DecoderKeyGenerationAlgorithm::Dkga02 && is_recent(tid.time(next)) {
        let date = tid.time(next).date();
        return Some(format!(
            "{below}; counted from base date {next} it is {date}: vending has moved to {next}, the meter is on {base}"
        ));
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnosis::fit::tests::content;
    use crate::diagnosis::identity::differences;
    use crate::sts::{Tid, TokenClass};
    use time::macros::datetime;

    const NOW: OffsetDateTime = datetime!(2026-11-21 00:00 UTC);

    fn credit(tid: u32, dkga: DecoderKeyGenerationAlgorithm) -> Fit {
        Fit {
            content: content(TokenClass::Credit, u64::from(tid) << 32),
            identity: MeterParameters {
                dkga: Some(dkga),
                base_date: Some(BaseDate::Base1993),
                ..MeterParameters::default()
            },
            ken: None,
        }
    }

    fn meter(oldest: u32) -> Readout {
        Readout {
            sgc: "123456".parse().ok(),
            krn: "1".parse().ok(),
            base_date: Some(BaseDate::Base1993),
            tid_oldest: Tid::new(oldest).ok(),
            ..Readout::default()
        }
    }

    fn minutes_since(start: OffsetDateTime, time: OffsetDateTime) -> u32 {
        u32::try_from((time - start).whole_minutes()).unwrap()
    }

    #[test]
    fn a_counter_that_ran_over_is_told_by_its_date() {
        let end = BaseDate::Base1993.start() + Duration::minutes(i64::from(TID_COUNT));
        let now = end + Duration::days(100);
        let dkga04 = DecoderKeyGenerationAlgorithm::Dkga04;
        let fresh = minutes_since(end, now - Duration::days(3));
        assert!(under_own_key(&credit(fresh, dkga04), &meter(16_000_000), now).is_some());
        let future = minutes_since(end, now + Duration::days(3));
        assert!(under_own_key(&credit(future, dkga04), &meter(16_000_000), now).is_none());
        assert!(under_own_key(&credit(fresh, dkga04), &meter(16_000_000), now + Duration::days(300)).is_none());
    }

    #[test]
    fn the_next_base_date_counts_under_dkga02_only() {
        let tid = minutes_since(BaseDate::Base2014.start(), NOW - Duration::days(10));
        let oldest = tid + 1_000_000;
        assert!(under_own_key(&credit(tid, DecoderKeyGenerationAlgorithm::Dkga02), &meter(oldest), NOW).is_some());
        assert!(under_own_key(&credit(tid, DecoderKeyGenerationAlgorithm::Dkga04), &meter(oldest), NOW).is_none());
        let not_below = meter(tid);
        assert!(under_own_key(&credit(tid, DecoderKeyGenerationAlgorithm::Dkga02), &not_below, NOW).is_none());
    }

    #[test]
    fn identifiers_left_by_a_set_without_the_roll_over_bit_lie_in_the_future() {
        let dkga02 = DecoderKeyGenerationAlgorithm::Dkga02;
        let new = |oldest: u32| Readout { base_date: Some(BaseDate::Base2014), ..meter(oldest) };
        let fresh = minutes_since(BaseDate::Base2014.start(), NOW - Duration::days(3));
        let credit = Fit {
            identity: MeterParameters { base_date: Some(BaseDate::Base2014), ..credit(fresh, dkga02).identity },
            ..credit(fresh, dkga02)
        };
        assert!(under_own_key(&credit, &new(16_500_000), NOW).is_some());
        let sane = minutes_since(BaseDate::Base2014.start(), NOW - Duration::days(1));
        assert!(under_own_key(&credit, &new(sane), NOW).is_none(), "an old token below sane ones");
        assert!(under_own_key(&credit, &new(16_500_000), NOW + Duration::days(250)).is_none());
    }

    #[test]
    fn between_keys_needs_the_same_group_another_revision_and_another_base_date() {
        let meter = meter(0);
        let mut key = MeterParameters {
            sgc: "123456".parse().ok(),
            krn: "2".parse().ok(),
            base_date: Some(BaseDate::Base2014),
            ..MeterParameters::default()
        };
        assert!(between_keys(&key, &meter, &differences(&key, &meter)));
        key.krn = "1".parse().ok();
        assert!(!between_keys(&key, &meter, &differences(&key, &meter)), "base date alone");
        key.krn = "2".parse().ok();
        key.base_date = Some(BaseDate::Base1993);
        assert!(!between_keys(&key, &meter, &differences(&key, &meter)), "revision alone");
        key.base_date = Some(BaseDate::Base2014);
        key.sgc = "654321".parse().ok();
        assert!(!between_keys(&key, &meter, &differences(&key, &meter)), "another group");
        key.sgc = None;
        assert!(!between_keys(&key, &meter, &differences(&key, &meter)), "group unknown");
    }
}
