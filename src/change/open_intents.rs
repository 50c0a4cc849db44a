//! Changes of earlier runs whose outcome nobody saw: settled by reading the meter before anything else is sent.

use serde_json::json;

use super::ChangeError;
use super::context::ChangeContext;
use super::request::Change;
use super::token::await_idle;
use crate::ledger::{Entry, IntentId, Operation, Outcome};
use crate::meter::{Meter, TokenReport};

/// What became of a change of an earlier run.
#[derive(Debug, Clone, PartialEq)]
pub struct SettledIntent {
    /// The intent.
    pub entry: Entry,
    /// Its outcome; `None` when the meter does not show it and the intent stays open.
    pub outcome: Option<Outcome>,
}

impl SettledIntent {
    /// One sentence.
    pub fn in_words(&self) -> String {
        let token = self.entry.token.as_ref().map(|token| format!(" of token …{}", token.last4)).unwrap_or_default();
        let what = format!("a {}{token} of {} by an earlier run", self.entry.operation.word(), self.entry.at);
        match self.outcome {
            Some(Outcome::Accepted) => format!("{what}: the meter shows that it took effect"),
            Some(Outcome::Refused) => format!("{what}: the meter shows that it refused it"),
            Some(Outcome::Failed) => format!("{what}: the meter shows that it had no effect"),
            Some(Outcome::Unknown) | None => format!("{what} has no known outcome: the meter does not show it"),
        }
    }
}

/// Settles what earlier runs left open at this meter, by what the meter reports now. Tokens of key-change sets and steps
/// of jobs, which know more, settle theirs themselves; `keeps` says which rows are left to the caller.
///
/// # Errors
/// Those of line and ledger.
pub fn settle_open_intents(
    meter: &mut dyn Meter,
    context: &mut ChangeContext<'_>,
    keeps: &dyn Fn(&Entry) -> bool,
) -> Result<Vec<SettledIntent>, ChangeError> {
    let open = context.ledger.open_intents(&context.meter)?;
    let mut settled = Vec::new();
    let mut report: Option<TokenReport> = None;
    for entry in open.into_iter().filter(|entry| !keeps(entry)) {
        let found = match entry.operation {
            Operation::EnterToken | Operation::KeyChange => {
                if report.is_none() {
                    report = await_idle(meter)?;
                }
                report.as_ref().and_then(|report| outcome_of_token(&entry, report, context))
            }
            Operation::Commission
            | Operation::BulkJob
            | Operation::ChangeKeys
            | Operation::TransferFirmware
            | Operation::ActivateFirmware => None,
            _ => match Change::of_intent(&entry) {
                Some(change) => {
                    let observation = change.observe(meter)?;
                    observation.took_effect.map(|did| if did { Outcome::Accepted } else { Outcome::Failed })
                }
                None => None,
            },
        };
        if let (Some(outcome), Some(intent)) = (found, IntentId::of(&entry)) {
            let detail = json!({"read_back": true, "step": entry.detail.get("step")});
            if let Some(error) = context.conclude(intent, outcome, detail) {
                return Err(error.into());
            }
        }
        settled.push(SettledIntent { entry, outcome: found });
    }
    Ok(settled)
}

/// What the meter's report of its last token says of the one that was intended.
fn outcome_of_token(entry: &Entry, report: &TokenReport, context: &ChangeContext<'_>) -> Option<Outcome> {
    let last = context.ledger.mark_token(report.token?).hash;
    if entry.token.as_ref().is_some_and(|token| token.hash == last) {
        return report.is_accepted().map(|accepted| if accepted { Outcome::Accepted } else { Outcome::Refused });
    }
    let before = entry.detail.get("last_token")?.as_str()?;
    (before == last).then_some(Outcome::Failed)
}
