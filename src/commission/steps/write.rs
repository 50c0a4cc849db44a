//! A change that shows in what the meter tells: journalled, done, read back; and the clock, which is one.

use std::time::Duration;

use serde_json::{Value, json};

use crate::commission::guard::Guarded;
use crate::commission::report::{Fault, JobOutcome};
use crate::commission::run::{Ended, Run, Stop};
use crate::commission::step::{StepName, StepOutcome, StepState};
use crate::ledger::{Act, Ending, Operation};
use crate::meter::driver::ClockReading;
use crate::meter::{Answer, Meter, MeterError};

/// Associations tried for reading back after a lost answer.
const READ_BACK_TRIES: u32 = 3;
/// Silence before each of them, for the meter to give up the old association.
const READ_BACK_PAUSE: Duration = Duration::from_secs(2);
/// Drift that is left alone when the plan says nothing, in seconds.
const DRIFT_S: u32 = 10;

/// Reads what is there, and tells whether it is what was wanted.
pub(super) type ReadBack<'c> = dyn FnMut(&mut Guarded<'_>) -> Result<(Value, bool), MeterError> + 'c;

/// One change.
pub(in crate::commission) struct Change<'c> {
    /// Word of the step.
    pub step: &'c str,
    /// For the ledger.
    pub operation: Operation,
    /// What was read before.
    pub before: Value,
    /// What should be read.
    pub expected: Value,
    /// Does it.
    pub make: &'c mut dyn FnMut(&mut Guarded<'_>) -> Result<Answer, MeterError>,
    /// Reads what is there now, and whether that is what was wanted.
    pub read: &'c mut ReadBack<'c>,
}

impl Run<'_> {
    /// Does it. `Ok` of `None` means that the meter has no way to do this over the line; nothing was changed.
    pub fn change(&mut self, change: Change<'_>) -> Result<Option<StepOutcome>, Box<Stop>> {
        let Change { step, operation, before, expected, make, read } = change;
        let fail = |error| Stop::ledger(step, error);
        let act = Act {
            meter: &self.reference,
            operation,
            token: None,
            job: Some(&self.job_id),
            detail: json!({"step": step, "before": before, "expected": expected}),
        };
        let intent = self.ledger.intend(&act, (self.config.now)()).map_err(fail)?;
        let outcome = |state| StepOutcome::new(step, state).before(before.clone()).expected(expected.clone());
        let answer = make(&mut self.meter);
        let (ending, after, ended) = match answer {
            Ok(Answer::Done) => match read(&mut self.meter) {
                Ok((after, true)) => (Ending::Accepted, after.clone(), Ok(Some(outcome(StepState::Done).after(after)))),
                Ok((after, false)) => {
                    let told = outcome(StepState::Failed).after(after.clone());
                    let told = told.reason("the meter took it, and what it tells afterwards is something else");
                    (Ending::Accepted, after, Err(Stop::with(told, JobOutcome::Failed)))
                }
                Err(error) => (Ending::Accepted, Value::Null, Err(Stop::meter(step, &error))),
            },
            Ok(Answer::Refused(reason)) => {
                let told = outcome(StepState::Failed).reason(format!("the meter refused: {reason}"));
                (Ending::Refused, Value::Null, Err(Stop::with(told, JobOutcome::Failed)))
            }
            Err(error) if error.leaves_doubt() => match self.read_after_loss(read) {
                Some((after, true)) => {
                    let told = outcome(StepState::Done).after(after.clone());
                    let told = told.reason("the answer was lost; the meter was read back");
                    (Ending::Accepted, after, Ok(Some(told)))
                }
                Some((after, false)) => {
                    let told = outcome(StepState::Failed).after(after.clone());
                    let told = told.reason(format!("the answer was lost and the meter holds the old value: {error}"));
                    let fault = Some(Fault::new(error.code(), error.to_string()));
                    (Ending::Failed, after, Err(Box::new(Stop { outcome: told, job: JobOutcome::Failed, fault })))
                }
                None => {
                    let told = outcome(StepState::Unknown);
                    let told = told.reason(format!("the answer was lost and the meter cannot be read: {error}"));
                    let fault = Some(Fault::new(error.code(), error.to_string()));
                    (
                        Ending::Unknown,
                        Value::Null,
                        Err(Box::new(Stop { outcome: told, job: JobOutcome::Unknown, fault })),
                    )
                }
            },
            Err(MeterError::NotOffered(_) | MeterError::NotSupported(_)) => (Ending::Failed, Value::Null, Ok(None)),
            Err(error) => (Ending::Failed, Value::Null, Err(Stop::meter(step, &error))),
        };
        let reason = match &ended {
            Ok(told) => told.as_ref().and_then(|told| told.reason.clone()),
            Err(stop) => stop.outcome.reason.clone(),
        };
        let detail = json!({"step": step, "after": after, "reason": reason});
        self.ledger.conclude(intent, ending, detail, (self.config.now)()).map_err(fail)?;
        ended
    }

    fn read_after_loss(&mut self, read: &mut ReadBack<'_>) -> Option<(Value, bool)> {
        for _ in 0..READ_BACK_TRIES {
            self.meter.close();
            self.meter.pause(READ_BACK_PAUSE).ok()?;
            if let Ok(found) = read(&mut self.meter) {
                return Some(found);
            }
        }
        None
    }

    /// The clock: left alone when it is near enough.
    pub fn clock(&mut self) -> Ended {
        let step = StepName::Clock.word();
        let allowed = i64::from(self.values.clock_drift_s.unwrap_or(DRIFT_S));
        let offset = self.values.utc_offset;
        let drift = |reading: &ClockReading| match (reading.meter.offset, offset) {
            (None, Some(offset)) => (reading.meter.local.assume_offset(offset) - reading.ours).whole_seconds(),
            _ => reading.meter.drift_s(reading.ours),
        };
        let told = |reading: &ClockReading| json!({"meter": reading.meter.to_string(), "drift_s": drift(reading)});
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
        self.settle(step, if is_good { Ending::Accepted } else { Ending::Failed }, &before)?;
        let outcome = |state| StepOutcome::new(step, state).before(before.clone()).expected(expected.clone());
        if is_good {
            return Ok(outcome(StepState::Already));
        }
        if self.config.dry_run {
            return Ok(outcome(StepState::Planned));
        }
        let done = self.change(Change {
            step,
            operation: Operation::SetClock,
            before: before.clone(),
            expected: expected.clone(),
            make: &mut |meter| meter.set_clock(offset).map(|(answer, _)| answer),
            read: &mut |meter| meter.clock().map(|reading| (told(&reading), good(&reading))),
        })?;
        let unable = || StepOutcome::unable(step, "the clock cannot be set over this line");
        Ok(done.unwrap_or_else(|| unable().before(before.clone()).expected(expected.clone())))
    }
}
