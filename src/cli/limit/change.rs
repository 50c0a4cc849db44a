//! Setting and lifting limits: old value, question, ledger, order, read back.

use serde_json::json;
use time::OffsetDateTime;

use super::document::{Limit, words};
use super::{Which, not_confirmed};
use crate::cli::{CommandError, Context, Outcome, ledger, meter};
use crate::error::{Code, Exit};
use crate::ledger::{Act, Ending, Operation};
use crate::meter::status::Limits;
use crate::meter::{Answer, Meter, MeterError};

/// How far what is read back may be from what was set: meters hold whole steps.
const TOLERANCE: f64 = 0.005;

/// Changes each limit of `wanted` to so many W, or lifts it.
pub(super) fn run(wanted: &[(Which, Option<f64>)], context: &mut Context) -> Outcome {
    meter::with(context, |meter, context| {
        let before = meter.limits()?;
        let reference = meter::reference(meter)?;
        let name =
            reference.serial.clone().or_else(|| reference.drn.clone()).unwrap_or_else(|| "without a number".to_owned());
        let orders: Vec<String> = wanted.iter().map(|(which, watts)| order(*which, *watts)).collect();
        context.note(format!("the limits are: {}", words(&before)));
        let question = format!("Meter {name}, now {}: {}?", words(&before), orders.join(" and "));
        if !context.confirm(&question)? {
            return Err(not_confirmed());
        }
        let mut book = ledger::open(context)?;
        let mut reason = None;
        let mut last = Ending::Accepted;
        for (which, watts) in wanted {
            let detail = json!({"limit": which.word(), "watts": watts, "before": before});
            let act = Act { meter: &reference, operation: Operation::SetLimit, token: None, job: None, detail };
            let intent = book.intend(&act, OffsetDateTime::now_utc())?;
            let answer = give(meter, *which, *watts);
            let (mut ending, mut why) = meter::ending(&answer);
            // After a lost answer the meter is read back, never ordered again.
            let is_open = matches!(ending, Ending::Accepted | Ending::Unknown);
            let after = if is_open { meter.limits().ok() } else { None };
            if ending == Ending::Unknown && after.as_ref().is_some_and(|after| is_set(*which, *watts, after)) {
                (ending, why) = (Ending::Accepted, Some("the answer was lost; the limit was read back".to_owned()));
            }
            book.conclude(intent, ending, json!({"after": after, "reason": why}), OffsetDateTime::now_utc())?;
            match (ending, answer) {
                (Ending::Unknown, Err(error)) => {
                    let message = format!("it is open whether the meter took the limit: {error}");
                    return Err(CommandError::new(Code::OutcomeUnknown, message).hint("Read it with `wattkey limit`."));
                }
                (Ending::Failed, Err(error)) => return Err(error.into()),
                _ => {}
            }
            (last, reason) = (ending, why);
            if last != Ending::Accepted {
                break;
            }
        }
        let limits = meter.limits()?;
        let followed = wanted.iter().all(|(which, watts)| is_set(*which, *watts, &limits));
        let document = Limit {
            link: meter.link_name(),
            serial: reference.serial,
            limits,
            before: Some(before),
            outcome: last.word(),
            reason,
        };
        context.print(&document)?;
        Ok(match (last, followed) {
            (Ending::Accepted, true) => Exit::Done,
            (Ending::Accepted, false) => Exit::AnswerNo,
            _ => Exit::MeterRefused,
        })
    })
}

fn give(meter: &mut dyn Meter, which: Which, watts: Option<f64>) -> Result<Answer, MeterError> {
    match which {
        Which::Power => meter.set_power_limit(watts),
        Which::Demand => meter.set_demand_limit(watts),
    }
}

fn order(which: Which, watts: Option<f64>) -> String {
    match watts {
        Some(watts) => format!("set the {} limit to {watts} W", which.word()),
        None => format!("lift the {} limit", which.word()),
    }
}

fn is_set(which: Which, wanted: Option<f64>, limits: &Limits) -> bool {
    let found = match which {
        Which::Power => limits.power_w,
        Which::Demand => limits.demand_w,
    };
    match (wanted, found) {
        (None, None) => true,
        (Some(wanted), Some(found)) => (wanted - found).abs() <= wanted * TOLERANCE,
        _ => false,
    }
}

impl Which {
    fn word(self) -> &'static str {
        match self {
            Which::Power => "power",
            Which::Demand => "demand",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_read_back_must_be_what_was_set() {
        let limits = Limits { power_w: Some(5_000.0), ..Limits::default() };
        assert!(is_set(Which::Power, Some(5_000.0), &limits) && is_set(Which::Power, Some(5_010.0), &limits));
        assert!(!is_set(Which::Power, Some(6_000.0), &limits) && !is_set(Which::Power, None, &limits));
        assert!(is_set(Which::Demand, None, &limits) && !is_set(Which::Demand, Some(1.0), &limits));
    }
}
