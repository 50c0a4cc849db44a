//! Record, send, read back, conclude: the steps that every change has in common.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::ChangeError;
use super::context::ChangeContext;
use super::request::{Change, Observation, Seen};
use crate::ledger::{IntentId, LedgerError, Outcome};
use crate::link::LinkError;
use crate::meter::driver::ClockReading;
use crate::meter::status::{Limits, RelayState};
use crate::meter::{Answer, Meter, MeterError, Value as MeterValue};

/// Silence before each attempt to read back, for the meter to give up the old association.
const READ_BACK_PAUSES: [Duration; 3] = [Duration::from_millis(500), Duration::from_secs(2), Duration::from_secs(2)];

/// Said when the reply was lost and reading back showed the outcome.
pub(super) const READ_BACK: &str = "the reply was lost; the outcome was read back";

/// How a change ended.
#[derive(Debug)]
pub struct Applied {
    /// How it ended.
    pub outcome: Outcome,
    /// What the meter reported afterwards, where it could be read.
    pub after: Option<Observation>,
    /// The meter's reason, or what stands behind the outcome when it is not the meter's plain answer.
    pub reason: Option<String>,
    /// Whether the reply was lost, so that the outcome was read back.
    pub read_back: bool,
    /// Why there is no answer of the meter.
    pub error: Option<MeterError>,
    /// Why the outcome could not be recorded; its intent then stays open.
    pub unrecorded: Option<LedgerError>,
}

impl Applied {
    /// Whether the meter showed afterwards what was wanted; `None` when it does not show it.
    pub fn took_effect(&self) -> Option<bool> {
        self.after.as_ref().and_then(|after| after.took_effect)
    }

    /// The relay, when it is what was read afterwards.
    pub fn relay(&self) -> Option<&RelayState> {
        match &self.after.as_ref()?.seen {
            Seen::Relay(relay) => Some(relay),
            _ => None,
        }
    }

    /// The clock, when it is what was read afterwards.
    pub fn clock(&self) -> Option<&ClockReading> {
        match &self.after.as_ref()?.seen {
            Seen::Clock(clock) => Some(clock),
            _ => None,
        }
    }

    /// The object's value, when it is what was read afterwards.
    pub fn object(&self) -> Option<&MeterValue> {
        match &self.after.as_ref()?.seen {
            Seen::Object(value) => value.as_ref(),
            _ => None,
        }
    }

    /// The limits, when they are what was read afterwards.
    pub fn limits(&self) -> Option<&Limits> {
        match &self.after.as_ref()?.seen {
            Seen::Limits(limits) => Some(limits),
            _ => None,
        }
    }

    /// Whether the meter has no way to make this change over the line.
    pub fn is_not_offered(&self) -> bool {
        matches!(self.error, Some(MeterError::NotOffered(_) | MeterError::NotSupported(_)))
    }

    pub(super) fn new(outcome: Outcome) -> Self {
        Applied { outcome, after: None, reason: None, read_back: false, error: None, unrecorded: None }
    }
}

/// Makes one change. It is recorded before it is sent, sent once, and read back: after a lost reply over a new
/// association. A first wish to stop waits until the outcome is settled. `extra` is recorded with the change.
///
/// # Errors
/// [`ChangeError`], only when nothing was sent.
pub fn apply(
    meter: &mut dyn Meter,
    context: &mut ChangeContext<'_>,
    change: &Change,
    extra: &Value,
) -> Result<Applied, ChangeError> {
    let detail = merged(&change.detail(), extra);
    let intent = context.intend(change.operation(), None, detail)?;
    let protection = context.interrupt.protect(None);
    let mut applied = match change.send(meter) {
        Ok(Answer::Done) => confirmed(meter, change),
        Ok(Answer::Refused(reason)) => Applied { reason: Some(reason), ..Applied::new(Outcome::Refused) },
        Err(error) if error.leaves_doubt() => after_loss(meter, context, change, error),
        Err(error) => Applied { reason: Some(error.to_string()), error: Some(error), ..Applied::new(Outcome::Failed) },
    };
    drop(protection);
    conclude(context, intent, &mut applied, extra);
    Ok(applied)
}

/// Records how a change ended.
pub(super) fn conclude(context: &mut ChangeContext<'_>, intent: IntentId, applied: &mut Applied, extra: &Value) {
    let after = applied.after.as_ref().map_or(Value::Null, |after| after.record.clone());
    let detail = merged(&json!({"after": after, "reason": applied.reason, "read_back": applied.read_back}), extra);
    applied.unrecorded = context.conclude(intent, applied.outcome, detail);
}

/// The meter took it: what does it report now?
fn confirmed(meter: &mut dyn Meter, change: &Change) -> Applied {
    match change.observe(meter) {
        Ok(after) => Applied { after: Some(after), ..Applied::new(Outcome::Accepted) },
        Err(error) => unread(&error),
    }
}

/// The meter took it and tells no more.
pub(super) fn unread(error: &MeterError) -> Applied {
    let reason = format!("the meter accepted the change and could not be read afterwards: {error}");
    Applied { reason: Some(reason), ..Applied::new(Outcome::Accepted) }
}

fn after_loss(meter: &mut dyn Meter, context: &ChangeContext<'_>, change: &Change, error: MeterError) -> Applied {
    let found = read_back(meter, context, |meter| change.observe(meter)).map_err(|problem| problem.to_string());
    let applied = judged(found, &error.to_string());
    let error = (applied.outcome != Outcome::Accepted).then_some(error);
    Applied { error, ..applied }
}

/// What stands of a change whose reply was lost for the reason `error`, by what was read back afterwards.
pub(super) fn judged(found: Result<Observation, String>, error: &str) -> Applied {
    let lost = |outcome, reason: String, after| Applied {
        after,
        reason: Some(reason),
        read_back: true,
        ..Applied::new(outcome)
    };
    match found {
        Ok(after) => match after.took_effect {
            Some(true) => lost(Outcome::Accepted, READ_BACK.to_owned(), Some(after)),
            Some(false) => {
                let reason = format!("the reply was lost, and the meter reports what it reported before: {error}");
                lost(Outcome::Failed, reason, Some(after))
            }
            None => {
                let reason = format!("the reply was lost, and the meter does not show whether it acted: {error}");
                lost(Outcome::Unknown, reason, Some(after))
            }
        },
        Err(problem) => {
            let reason = format!("the reply was lost ({error}), and the meter could not be read back: {problem}");
            lost(Outcome::Unknown, reason, None)
        }
    }
}

/// Looks at the meter over new associations until one look succeeds or the time limit of reading back is over.
///
/// # Errors
/// The last failure.
pub(super) fn read_back<T>(
    meter: &mut dyn Meter,
    context: &ChangeContext<'_>,
    mut look: impl FnMut(&mut dyn Meter) -> Result<T, MeterError>,
) -> Result<T, MeterError> {
    let until = Instant::now() + context.read_back_limit;
    let _protection = context.interrupt.protect(Some(until));
    let mut last = None;
    for pause in READ_BACK_PAUSES {
        meter.close();
        match meter.pause(pause).and_then(|()| look(meter)) {
            Ok(found) => return Ok(found),
            Err(error) => last = Some(error),
        }
        if context.interrupt.immediate() {
            break;
        }
    }
    match last {
        // The limit ends waits as a wish to stop does; where nobody wished, it is silence.
        Some(MeterError::Link(LinkError::Interrupted)) if context.interrupt.wishes() == 0 => {
            Err(MeterError::Lost(format!("no answer within {:.0} s", context.read_back_limit.as_secs_f64())))
        }
        Some(error) => Err(error),
        None => Err(MeterError::Lost("there was no time to read it back".to_owned())),
    }
}

/// The fields of both objects; `extra` adds to `detail`.
pub(super) fn merged(detail: &Value, extra: &Value) -> Value {
    let mut merged = detail.clone();
    if let (Value::Object(fields), Value::Object(more)) = (&mut merged, extra) {
        for (key, value) in more {
            fields.insert(key.clone(), value.clone());
        }
    }
    merged
}
