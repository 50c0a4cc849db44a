//! Changes over the line, and the clock, which is one.

use serde_json::{Value, json};

use crate::change::{Applied, Change, apply};
use crate::commission::report::{CommissionOutcome, Fault};
use crate::commission::run::{Ended, Run, Stop};
use crate::commission::step::{StepName, StepOutcome, StepState};
use crate::error::Code;
use crate::ledger::Outcome;
use crate::meter::driver::ClockReading;
use crate::meter::time::{OffsetSource, in_hours, is_time_zone};
use crate::meter::{Meter, MeterError};

/// Drift that is left alone when the plan says nothing, in seconds.
const DRIFT_S: u32 = 10;

impl Run<'_> {
    /// Makes a change that a step of a plan asks for. `Ok` of `None` means that the meter has no way to do this over the
    /// line; nothing was changed.
    pub fn change(
        &mut self,
        step: &str,
        change: &Change,
        before: &Value,
        expected: &Value,
    ) -> Result<Option<StepOutcome>, Box<Stop>> {
        let job = self.job_id.clone();
        let (meter, mut context) = self.change_context(&job);
        let extra = json!({"step": step, "expected": expected});
        let applied = apply(meter, &mut context, change, &extra).map_err(|error| Stop::change(step, error))?;
        let outcome = |state| StepOutcome::new(step, state).before(before.clone()).expected(expected.clone());
        let ended = step_of(&applied, &outcome);
        match (&applied.unrecorded, ended) {
            (None, ended) => ended,
            (Some(error), Ok(told)) => {
                Err(Stop::unrecorded(step, told.unwrap_or_else(|| outcome(StepState::Failed)), error))
            }
            (Some(error), Err(stop)) => Err(Stop::unrecorded(step, stop.outcome, error)),
        }
    }

    /// The clock: left alone when it is near enough.
    pub fn clock(&mut self) -> Ended {
        let step = StepName::Clock.word();
        let allowed = i64::from(self.values.clock_drift_s.unwrap_or(DRIFT_S));
        let given = self.values.utc_offset;
        let profile = self.meter.profile().clone();
        let drift = |reading: &ClockReading| reading.drift_s(Some(reading.offset(given, &profile).0));
        let told = |reading: &ClockReading| {
            let from = reading.offset(given, &profile).1;
            json!({"meter": reading.meter.to_string(), "drift_s": drift(reading), "offset_from": from.word()})
        };
        let good = |reading: &ClockReading| drift(reading).abs() <= allowed && reading.flags.is_empty();
        let expected = json!({"drift_s": format!("-{allowed} to {allowed}")});
        let reading = match self.meter.clock() {
            Ok(reading) => reading,
            Err(error @ (MeterError::NotOffered(_) | MeterError::NotSupported(_) | MeterError::Refused { .. })) => {
                return Ok(StepOutcome::unable(step, error.to_string()).expected(expected));
            }
            Err(error) => return Err(Stop::meter(step, &error)),
        };
        let before = told(&reading);
        let is_good = good(&reading);
        self.settle_step(step, if is_good { Outcome::Accepted } else { Outcome::Failed }, &before)?;
        let outcome = |state| StepOutcome::new(step, state).before(before.clone()).expected(expected.clone());
        if is_good {
            return Ok(outcome(StepState::Already));
        }
        if is_time_zone(drift(&reading)) && !self.config.accept_offset && !self.values.accept_offset.unwrap_or(false) {
            let reason = format!(
                "the clock is {} off, which is a time zone and no drift: give utc_offset in the plan, or accept_offset to \
                 set it all the same; it was not set",
                in_hours(drift(&reading))
            );
            return Err(Stop::unsafe_to_go_on(step, Code::TimeZone, reason));
        }
        if self.config.dry_run {
            return Ok(outcome(StepState::Planned));
        }
        let (offset, source) = reading.offset(given, &profile);
        let offset = if source == OffsetSource::Meter { given } else { Some(offset) };
        let change = Change::Clock { offset, tolerance_s: allowed };
        let done = self.change(step, &change, &before, &expected)?;
        let unable = || StepOutcome::unable(step, "the clock cannot be set over this line");
        Ok(done.unwrap_or_else(|| unable().before(before.clone()).expected(expected.clone())))
    }
}

/// What a change means for its step.
fn step_of(applied: &Applied, outcome: &dyn Fn(StepState) -> StepOutcome) -> Result<Option<StepOutcome>, Box<Stop>> {
    if applied.is_not_offered() {
        return Ok(None);
    }
    let after = applied.after.as_ref().map_or(Value::Null, |after| after.record.clone());
    let told = |state| {
        let told = outcome(state).after(after.clone());
        match &applied.reason {
            Some(reason) => told.reason(reason.clone()),
            None => told,
        }
    };
    let fault = applied.error.as_ref().map(|error| Fault::new(error.code(), error.to_string()));
    let (outcome, job) = match (applied.outcome, applied.took_effect()) {
        (Outcome::Accepted, Some(false)) => {
            let reason = "the meter accepted the change, and reports something else afterwards";
            (outcome(StepState::Failed).after(after).reason(reason), CommissionOutcome::Failed)
        }
        (Outcome::Accepted, _) if applied.after.is_some() => return Ok(Some(told(StepState::Done))),
        (Outcome::Accepted, _) => (told(StepState::Failed), CommissionOutcome::Failed),
        (Outcome::Refused, _) => {
            let reason = format!("the meter refused: {}", applied.reason.clone().unwrap_or_default());
            (outcome(StepState::Failed).reason(reason), CommissionOutcome::Failed)
        }
        (Outcome::Failed, _) => (told(StepState::Failed), CommissionOutcome::Failed),
        (Outcome::Unknown, _) => {
            let fault = Fault::new(Code::OutcomeUnknown, applied.reason.clone().unwrap_or_default());
            let stop = Stop { outcome: told(StepState::Unknown), job: CommissionOutcome::Unknown, fault: Some(fault) };
            return Err(Box::new(stop));
        }
    };
    // A line that failed says so; a meter that another one took the place of stops the job.
    let job = match &fault {
        Some(fault) if fault.code.exit() == crate::error::Exit::Safety => CommissionOutcome::Stopped,
        _ => job,
    };
    Err(Box::new(Stop { outcome, job, fault }))
}
