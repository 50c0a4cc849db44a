//! `wattkey clock`: the meter's clock, and setting it.

use clap::Subcommand;
use serde_json::json;
use time::UtcOffset;

use crate::cli::{CommandError, CommandResult, Context, meter};
use wattkey::change::{Change, apply};
use wattkey::documents::clock::Clock;
use wattkey::error::{Code, Exit};
use wattkey::ledger::Outcome;
use wattkey::meter::MeterRef;
use wattkey::meter::driver::{ClockReading, Meter};
use wattkey::meter::time::{OffsetSource, in_hours, is_time_zone, parse_offset, rfc3339};

/// Drift that is left alone, in seconds.
const GOOD_ENOUGH_S: i64 = 2;
/// Drift that counts as set, in seconds: setting and reading take their time.
const SET_WITHIN_S: i64 = 5;
/// Drift beyond which a set needs --yes or an answer, in seconds.
const FAR_S: i64 = 300;
/// Minutes of the billing periods a clock must not jump back over: those of a load profile of 15 minutes.
const PERIOD_S: i64 = 900;

/// Show or set the meter's clock
#[derive(Debug, clap::Args)]
#[command(after_long_help = include_str!("../../data/help/clock.txt"))]
pub struct Arguments {
    /// What to do; shows the clock when left out.
    #[command(subcommand)]
    pub action: Option<Action>,

    /// Offset from UTC of the meter's time, such as +02:00; goes before what the meter says
    #[arg(long, value_name = "OFFSET", global = true, allow_hyphen_values = true, value_parser = given_offset)]
    pub utc_offset: Option<UtcOffset>,

    /// Set a clock, too, that is whole half hours off
    #[arg(long, global = true)]
    pub accept_offset: bool,
}

/// The subcommands.
#[derive(Debug, Clone, Copy, Subcommand)]
pub enum Action {
    /// Show the meter's clock and its drift
    Show,
    /// Set the meter's clock to this machine's
    Sync,
}

/// Shows or sets the clock.
pub fn run(arguments: &Arguments, context: &mut Context) -> CommandResult {
    meter::with(context, |meter, context| {
        let reading = meter.clock()?;
        let (offset, source) = reading.offset(arguments.utc_offset, meter.profile());
        let drift_s = reading.drift_s(Some(offset));
        let mut clock = Clock {
            link: meter.link_name(),
            meter: MeterRef::default(),
            read_at: rfc3339(reading.ours),
            time: reading.meter.to_string(),
            drift_s,
            offset: offset_text(offset),
            offset_from: source.word(),
            flags: reading.flags.clone(),
            set_to: None,
            drift_after_s: None,
            outcome: "shown",
            reason: None,
        };
        match arguments.action {
            None | Some(Action::Show) => {}
            Some(Action::Sync) if drift_s.abs() <= GOOD_ENOUGH_S && reading.flags.is_empty() => {
                clock.outcome = "left-alone";
                meter::settle_earlier(meter, context)?;
            }
            Some(Action::Sync) if is_time_zone(drift_s) && !arguments.accept_offset => {
                return Err(zone_not_drift(&clock));
            }
            // Without an offset of its own the meter is set to the time of the offset it was judged by.
            Some(Action::Sync) => {
                let given = if source == OffsetSource::Meter { arguments.utc_offset } else { Some(offset) };
                return sync(given, &reading, &mut clock, meter, context);
            }
        }
        clock.meter = MeterRef::of_reading(meter)?;
        context.print(&clock)?;
        Ok(Exit::Done)
    })
}

/// Why a clock that is whole half hours off is left alone.
fn zone_not_drift(clock: &Clock) -> CommandError {
    let way = if clock.drift_s > 0 { "ahead of" } else { "behind" };
    let by = match clock.offset_from {
        "given" => "--utc-offset".to_owned(),
        "meter" => "the meter itself".to_owned(),
        "profile" => "the profile".to_owned(),
        _ => "the time zone of this machine (TZ), for the meter tells none".to_owned(),
    };
    let message = format!(
        "the meter's clock is {} {way} UTC{}, the offset named by {by}: that is a time zone and no drift; the clock was \
         not set",
        in_hours(clock.drift_s),
        clock.offset
    );
    CommandError::new(Code::TimeZone, message)
}

/// An offset as `--utc-offset` takes it.
fn offset_text(offset: UtcOffset) -> String {
    let (hours, minutes, _) = offset.as_hms();
    let sign = if offset.is_negative() { '-' } else { '+' };
    format!("{sign}{:02}:{:02}", hours.unsigned_abs(), minutes.unsigned_abs())
}

fn sync(
    given: Option<UtcOffset>,
    reading: &ClockReading,
    clock: &mut Clock,
    meter: &mut dyn Meter,
    context: &mut Context,
) -> Result<Exit, CommandError> {
    if let Some(why) = needs_answer(reading, clock.drift_s)
        && !context.confirm(&format!("The meter's clock is {} s off; {why}. Set it?", clock.drift_s))?
    {
        return Err(CommandError::new(Code::NotConfirmed, "the clock was not set"));
    }
    let reference = MeterRef::read(meter)?;
    clock.meter = reference.clone();
    let change = Change::Clock { offset: given, tolerance_s: SET_WITHIN_S };
    let extra = json!({"before": {"drift_s": clock.drift_s, "meter": clock.time}});
    let mut applied = meter::with_changes(meter, context, &reference, &|_| false, |meter, changes| {
        apply(meter, changes, &change, &extra)
    })?;
    let after = applied.clock();
    clock.drift_after_s = after.map(|after| after.drift_s(given));
    clock.set_to = after.filter(|_| applied.outcome == Outcome::Accepted).map(|after| after.meter.to_string());
    (clock.outcome, clock.reason) = (applied.outcome.word(), applied.reason.clone());
    context.finish(clock, meter::exit_of(&mut applied, Exit::MeterRefused))
}

/// Why setting the clock is not to be done without an answer.
fn needs_answer(reading: &ClockReading, drift_s: i64) -> Option<&'static str> {
    let meter_now = reading.ours.unix_timestamp().saturating_add(drift_s);
    let crosses = drift_s > 0 && meter_now.div_euclid(PERIOD_S) != reading.ours.unix_timestamp().div_euclid(PERIOD_S);
    if crosses {
        Some("setting it back crosses the end of a billing period, which is then counted twice")
    } else if drift_s.abs() > FAR_S {
        Some("that is more than five minutes")
    } else {
        None
    }
}

fn given_offset(text: &str) -> Result<UtcOffset, String> {
    parse_offset(text).ok_or_else(|| format!("{text:?} is not an offset from UTC: write +02:00, -03:30 or Z"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::OffsetDateTime;
    use time::macros::{datetime, offset};
    use wattkey::meter::MeterTime;

    fn reading(ours: OffsetDateTime) -> ClockReading {
        ClockReading { meter: MeterTime { local: datetime!(2026-11-21 10:00), offset: None }, ours, flags: Vec::new() }
    }

    #[test]
    fn small_steps_need_no_answer_unless_they_go_back_over_a_period() {
        let inside = reading(datetime!(2026-11-21 10:07 UTC));
        assert_eq!(needs_answer(&inside, 60), None);
        assert_eq!(needs_answer(&inside, -250), None);
        assert!(needs_answer(&inside, -400).is_some());
        let just_before = reading(datetime!(2026-11-21 10:14:50 UTC));
        assert!(needs_answer(&just_before, 20).is_some(), "the meter is past the quarter, we are not");
        assert_eq!(needs_answer(&just_before, -20), None);
    }

    #[test]
    fn offsets_are_read() {
        assert_eq!(given_offset("+02:00"), Ok(offset!(+2)));
        assert_eq!(given_offset("-03:30"), Ok(offset!(-3:30)));
        assert_eq!(given_offset("+5"), Ok(offset!(+5)));
        assert!(given_offset("noon").is_err() && given_offset("+99").is_err());
    }
}
