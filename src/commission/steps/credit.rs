//! Tokens of one's own: clearing tamper conditions, and the first credit.

use serde_json::{Value, json};

use super::token::TokenEnd;
use crate::commission::report::JobOutcome;
use crate::commission::run::{Ended, Run, Stop};
use crate::commission::step::{StepName, StepOutcome, StepState};
use crate::headend::EngineeringKind;
use crate::meter::Status;

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
        Err(Stop::with(told, JobOutcome::Failed))
    }

    /// The first credit: the job's own token, else one of the head-end.
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
        self.look(step)?;
        let after = self.balance();
        Ok(outcome(state).after(after).reason(words))
    }

    fn balance(&self) -> Value {
        match &self.status.credit {
            Some(credit) => json!({"available": credit.available, "unit": credit.unit}),
            None => Value::Null,
        }
    }
}
