//! Setting and removing limits: old value, question, change, read back.

use serde_json::json;

use super::not_confirmed;
use crate::cli::{CommandResult, Context, meter};
use wattkey::change::{Change, LimitKind, apply};
use wattkey::documents::limit::{Limit, words};
use wattkey::error::Exit;
use wattkey::ledger::Outcome;
use wattkey::meter::MeterRef;

/// Changes each limit of `wanted` to so many W, or removes it.
pub(super) fn run(wanted: &[(LimitKind, Option<f64>)], context: &mut Context) -> CommandResult {
    meter::with(context, |meter, context| {
        let before = meter.limits()?;
        let reference = MeterRef::read(meter)?;
        let changes: Vec<Change> =
            wanted.iter().map(|(kind, watts)| Change::Limit { kind: *kind, watts: *watts }).collect();
        let orders: Vec<String> = changes.iter().map(Change::to_string).collect();
        context.note(format!("the limits are: {}", words(&before)));
        let question = format!("Meter {}, now {}: {}?", reference.name(), words(&before), orders.join(" and "));
        if !context.confirm(&question)? {
            return Err(not_confirmed());
        }
        let mut document = Limit {
            link: meter.link_name(),
            serial: reference.serial.clone(),
            meter: reference.clone(),
            limits: before.clone(),
            before: Some(before.clone()),
            outcome: Outcome::Accepted.word(),
            reason: None,
        };
        let mut exit = Ok(Exit::Done);
        for change in &changes {
            let extra = json!({"before": before});
            let mut applied = meter::with_changes(meter, context, &reference, &|_| false, |meter, context| {
                apply(meter, context, change, &extra)
            })?;
            if let Some(limits) = applied.limits() {
                document.limits = limits.clone();
            }
            (document.outcome, document.reason) = (applied.outcome.word(), applied.reason.clone());
            exit = meter::exit_of(&mut applied, Exit::MeterRefused);
            if !matches!(exit, Ok(Exit::Done)) {
                break;
            }
        }
        context.finish(&document, exit)
    })
}
