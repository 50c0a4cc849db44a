//! Several changes of single objects, given together: each has its own intent and its own outcome, the requests may hold
//! more than one.

use serde_json::Value;

use super::ChangeError;
use super::context::ChangeContext;
use super::request::Change;
use super::transaction::{Applied, conclude, judged, merged, read_back, unread};
use crate::ledger::{IntentId, Outcome};
use crate::meter::{Answer, Carried, Meter, MeterError, Order};

/// Said of what never left because one before it has no answer.
const NOT_SENT: &str = "not sent, for one before it was not answered";

/// Makes several changes of objects in their order: all intents are recorded before the first is sent, each is sent
/// once, and the objects are read back, after a lost reply over a new association. A refused change does not hold up the
/// others; after one without an answer nothing more is sent. `extra` is recorded with each.
///
/// # Errors
/// [`ChangeError`], only when nothing was sent.
pub fn apply_together(
    meter: &mut dyn Meter,
    context: &mut ChangeContext<'_>,
    changes: &[Change],
    extra: &Value,
) -> Result<Vec<Applied>, ChangeError> {
    let orders: Vec<Order> = changes.iter().filter_map(Change::order).collect();
    debug_assert_eq!(orders.len(), changes.len(), "only changes of objects are given together");
    let intents = intend_all(context, changes, extra)?;
    let protection = context.interrupt.protect(None);
    let carried = meter.carry_out(&orders);
    let mut applied = outcomes(meter, context, changes, carried);
    drop(protection);
    for (intent, applied) in intents.into_iter().zip(&mut applied) {
        conclude(context, intent, applied, extra);
    }
    Ok(applied)
}

/// Records every intent, or none that stays open.
fn intend_all(
    context: &mut ChangeContext<'_>,
    changes: &[Change],
    extra: &Value,
) -> Result<Vec<IntentId>, ChangeError> {
    let mut intents = Vec::new();
    for change in changes {
        match context.intend(change.operation(), None, merged(&change.detail(), extra)) {
            Ok(intent) => intents.push(intent),
            Err(error) => {
                for intent in intents {
                    let reason = Some(format!("not sent: {error}"));
                    conclude(context, intent, &mut Applied { reason, ..Applied::new(Outcome::Failed) }, extra);
                }
                return Err(error);
            }
        }
    }
    Ok(intents)
}

fn outcomes(meter: &mut dyn Meter, context: &ChangeContext<'_>, changes: &[Change], carried: Carried) -> Vec<Applied> {
    let Carried { answers, in_doubt, mut error } = carried;
    let (answered, rest) = changes.split_at(answers.len().min(changes.len()));
    let (doubtful, unsent) = rest.split_at(in_doubt.min(rest.len()));
    // After a lost reply all of them are read over the new association.
    let doubts = settled(meter, context, doubtful, &mut error);
    let mut applied = of_answers(meter, answered, answers);
    applied.extend(doubts);
    let reason = error.as_ref().map_or_else(|| NOT_SENT.to_owned(), |error| format!("not sent: {error}"));
    for _ in unsent {
        let reason = reason.clone();
        applied.push(Applied { reason: Some(reason), error: error.take(), ..Applied::new(Outcome::Failed) });
    }
    applied
}

/// What the meter answered, and what it reports of those that it took.
fn of_answers(meter: &mut dyn Meter, changes: &[Change], answers: Vec<Answer>) -> Vec<Applied> {
    let taken: Vec<&Change> =
        changes.iter().zip(&answers).filter(|(_, answer)| **answer == Answer::Done).map(|(change, _)| change).collect();
    let (mut observations, problem) = match Change::observe_together(&taken, meter) {
        Ok(observations) => (observations.into_iter(), None),
        Err(problem) => (Vec::new().into_iter(), Some(problem)),
    };
    answers
        .into_iter()
        .map(|answer| match answer {
            Answer::Refused(reason) => Applied { reason: Some(reason), ..Applied::new(Outcome::Refused) },
            Answer::Done => match &problem {
                Some(problem) => unread(problem),
                None => Applied { after: observations.next(), ..Applied::new(Outcome::Accepted) },
            },
        })
        .collect()
}

/// What became of those whose reply was lost. The error stays with the first that did not take effect.
fn settled(
    meter: &mut dyn Meter,
    context: &ChangeContext<'_>,
    changes: &[Change],
    error: &mut Option<MeterError>,
) -> Vec<Applied> {
    if changes.is_empty() {
        return Vec::new();
    }
    let told = error.as_ref().map(MeterError::to_string).unwrap_or_default();
    let changes: Vec<&Change> = changes.iter().collect();
    let found = read_back(meter, context, |meter| Change::observe_together(&changes, meter));
    let applied: Vec<Applied> = match found {
        Ok(observations) => observations.into_iter().map(|observation| judged(Ok(observation), &told)).collect(),
        Err(problem) => changes.iter().map(|_| judged(Err(problem.to_string()), &told)).collect(),
    };
    applied
        .into_iter()
        .map(
            |applied| {
                if applied.outcome == Outcome::Accepted { applied } else { Applied { error: error.take(), ..applied } }
            },
        )
        .collect()
}
