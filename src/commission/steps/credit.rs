//! Tokens of one's own: clearing tamper conditions, and the first credit.

use serde_json::{Value, json};

use super::token::{TokenEnd, doubt};
use crate::commission::report::CommissionOutcome;
use crate::commission::run::{Ended, Run, Stop};
use crate::commission::step::{StepName, StepOutcome, StepState};
use crate::headend::EngineeringKind;
use crate::ledger::{Entry, EntryKind, IntentId, Operation, Outcome};
use crate::meter::{Meter, Status};

impl Run<'_> {
    /// A clear-tamper token when a tamper condition holds.
    pub fn clear_tamper(&mut self) -> Ended {
        let step = StepName::ClearTamper.word();
        self.look(step)?;
        let Some(tamper) = self.status.tamper.clone() else {
            return Ok(StepOutcome::not_wanted(step, "the meter does not tell tamper conditions"));
        };
        let outcome = |state| StepOutcome::new(step, state).before(tamper.clone()).expected(json!([]));
        if tamper.is_empty() {
            return Ok(outcome(StepState::Already));
        }
        if self.config.dry_run {
            return Ok(outcome(StepState::Planned));
        }
        let token = match self.engineering_token(step, EngineeringKind::ClearTamper)? {
            Ok(token) => token,
            Err(reason) => return Ok(StepOutcome::unable(step, reason).before(tamper.clone()).expected(json!([]))),
        };
        let cleared = |status: &Status| status.tamper.as_ref().map(Vec::is_empty);
        let (TokenEnd::In(words) | TokenEnd::InBefore(words)) = self.enter_once(step, token, &cleared)?;
        self.look(step)?;
        let after = self.status.tamper.clone().unwrap_or_default();
        if after.is_empty() {
            return Ok(outcome(StepState::Done).after(json!([])).reason(words));
        }
        let told = outcome(StepState::Failed).after(after);
        let told = told.reason(format!("{words}; the condition holds again: close the covers, then run the job again"));
        Err(Stop::with(told, CommissionOutcome::Failed))
    }

    /// The first credit: the job's own token, else one of the head-end. A head-end may make a new token each time it
    /// is asked, so the whole step is a row of its own: once it is accepted, nobody is asked again.
    pub fn first_credit(&mut self) -> Ended {
        let step = StepName::FirstCredit.word();
        let before = self.balance();
        let outcome = |state| StepOutcome::new(step, state).before(before.clone());
        if let Some(row) = self.done_before(step) {
            let reason = format!("it went in on {}, row #{} of the ledger", row.at, row.seq);
            return Ok(outcome(StepState::Already).reason(reason));
        }
        if self.config.dry_run {
            return Ok(outcome(StepState::Planned));
        }
        if let Some(reason) = self.credit_of_earlier_run(step)? {
            return Ok(outcome(StepState::Already).reason(reason));
        }
        let fail = |error| Stop::ledger(step, error);
        let intent = self.intend_commission(json!({"step": step})).map_err(fail)?;
        let ended = self.enter_credit(step, before);
        let (ending, reason) = match &ended {
            Ok(told) if told.state == StepState::Skipped => (Outcome::Failed, told.reason.clone()),
            Ok(told) => (Outcome::Accepted, told.reason.clone()),
            Err(stop) if stop.job == CommissionOutcome::Unknown => (Outcome::Unknown, stop.outcome.reason.clone()),
            Err(stop) => (Outcome::Failed, stop.outcome.reason.clone()),
        };
        let detail = json!({"step": step, "reason": reason});
        self.ledger.conclude(intent, ending, detail, (self.config.now)()).map_err(fail)?;
        ended
    }

    fn enter_credit(&mut self, step: &str, before: Value) -> Ended {
        let token = match self.config.job.credit_token {
            Some(token) => token,
            None => match self.engineering_token(step, EngineeringKind::FirstCredit)? {
                Ok(token) => token,
                Err(reason) => return Ok(StepOutcome::unable(step, reason).before(before)),
            },
        };
        let (state, words) = match self.enter_once(step, token, &|_| None)? {
            TokenEnd::In(words) => (StepState::Done, words),
            TokenEnd::InBefore(words) => (StepState::Already, words),
        };
        // The token is in, whether the meter can still be read or not.
        let after = self.look(step).map_or(Value::Null, |()| self.balance());
        Ok(StepOutcome::new(step, state).before(before).after(after).reason(words))
    }

    /// What an earlier run of this job left open or in doubt: gives the reason when its token is in, nothing when the
    /// step may be done from its beginning.
    fn credit_of_earlier_run(&mut self, step: &str) -> Result<Option<String>, Box<Stop>> {
        let of_step = |row: &&Entry| row.detail.get("step").and_then(Value::as_str) == Some(step);
        let in_doubt = self.history.iter().filter(of_step).filter(|row| row.outcome == Some(Outcome::Unknown));
        let in_doubt = in_doubt.filter_map(|row| row.intent).max();
        let Some(first) = self.left_open(step)?.first().map(|row| row.seq).or(in_doubt) else { return Ok(None) };
        let tokens: Vec<&Entry> = self
            .history
            .iter()
            .filter(|row| row.seq > first && row.operation == Operation::EnterToken && row.token.is_some())
            .collect();
        let last4 = |row: &Entry| row.token.as_ref().map(|token| token.last4.clone()).unwrap_or_default();
        let taken = tokens.iter().find(|row| row.outcome == Some(Outcome::Accepted)).map(|row| last4(row));
        let sent = tokens.iter().rev().find(|row| row.kind == EntryKind::Intent).map(|row| (*row).clone());
        // The same token is had again from a job or a pack, and then recognised; else only the meter can tell.
        let comes_again =
            self.config.job.credit_token.is_some() || self.head_end.as_ref().is_some_and(|one| one.is_offline());
        let taken = match (taken, sent) {
            (Some(last4), _) => Some(last4),
            (None, Some(sent)) if !comes_again => {
                let report = self.meter.token_report().unwrap_or_default();
                let held = report.token.map(|token| self.ledger.mark_token(token).hash);
                match (held == sent.token.as_ref().map(|token| token.hash.clone()), report.is_accepted()) {
                    (true, Some(true)) => Some(last4(&sent)),
                    (true, Some(false)) => None,
                    _ => {
                        let reason = format!(
                            "an earlier run sent the token ending {}, and the meter does not show whether it took it; \
                             another is not asked for: look at its credit and its last token",
                            last4(&sent)
                        );
                        return Err(doubt(step, reason));
                    }
                }
            }
            _ => None,
        };
        let ending = if taken.is_some() { Outcome::Accepted } else { Outcome::Failed };
        if !comes_again {
            self.close_token(step, ending)?;
        }
        self.settle_step(step, ending, &json!({"token_last4": taken}))?;
        Ok(taken.map(|last4| format!("the token ending {last4} went in with an earlier run")))
    }

    /// Concludes the token's own row, which an earlier run left open.
    fn close_token(&mut self, step: &str, ending: Outcome) -> Result<(), Box<Stop>> {
        let fail = |error| Stop::ledger(step, error);
        for row in self.ledger.open_intents(&self.reference).map_err(fail)? {
            let ours = row.operation == Operation::EnterToken && row.job.as_deref() == Some(&self.job_id);
            if let Some(intent) = IntentId::of(&row).filter(|_| ours) {
                let detail = json!({"step": step, "read_back": true});
                self.ledger.conclude(intent, ending, detail, (self.config.now)()).map_err(fail)?;
            }
        }
        Ok(())
    }

    fn balance(&self) -> Value {
        match &self.status.credit {
            Some(credit) => json!({"available": credit.available, "unit": credit.unit}),
            None => Value::Null,
        }
    }
}
