//! Limits: over the line where the meter lets them be written, else by token.

use serde_json::{Value, json};

use super::token::TokenEnd;
use crate::change::{Change, LimitKind, is_limit};
use crate::commission::report::CommissionOutcome;
use crate::commission::run::{Ended, Run, Stop};
use crate::commission::step::{StepName, StepOutcome, StepState};
use crate::headend::EngineeringKind;
use crate::ledger::Outcome;
use crate::meter::status::Limits;
use crate::meter::{Meter, MeterError, Status};
use crate::sts::Token;

/// One of the two limits.
struct Limit {
    step: &'static str,
    /// What it should be, in W.
    watts: f64,
    /// Where it is told.
    told: fn(&Limits) -> Option<f64>,
    kind: EngineeringKind,
}

impl Limit {
    fn holds(&self, limits: &Limits) -> Option<bool> {
        (self.told)(limits).map(|found| is_limit(found, self.watts))
    }
}

impl Run<'_> {
    /// Active power limit.
    pub fn power_limit(&mut self) -> Ended {
        let step = StepName::PowerLimit.word();
        let record = self.handshake.as_ref().and_then(|handshake| handshake.record.as_ref());
        match self.values.power_limit_w.or(record.and_then(|record| record.power_limit_w)) {
            Some(watts) => {
                let kind = EngineeringKind::PowerLimit(watts);
                self.limit(&Limit { step, watts, told: |limits| limits.power_w, kind }, true)
            }
            None => Ok(StepOutcome::not_wanted(step, "neither plan nor record names a power limit")),
        }
    }

    /// Limit of the unbalance between phases.
    pub fn phase_unbalance(&mut self) -> Ended {
        let step = StepName::PhaseUnbalance.word();
        let record = self.handshake.as_ref().and_then(|handshake| handshake.record.as_ref());
        match self.values.phase_unbalance_w.or(record.and_then(|record| record.phase_unbalance_w)) {
            Some(watts) => {
                let kind = EngineeringKind::PhaseUnbalance(watts);
                self.limit(&Limit { step, watts, told: |limits| limits.phase_unbalance_w, kind }, false)
            }
            None => Ok(StepOutcome::not_wanted(step, "neither plan nor record names a limit of unbalance")),
        }
    }

    fn limit(&mut self, limit: &Limit, over_the_line: bool) -> Ended {
        let step = limit.step;
        let limits = match self.meter.limits() {
            Ok(limits) => limits,
            Err(MeterError::NotOffered(_) | MeterError::NotSupported(_) | MeterError::Refused { .. }) => {
                Limits::default()
            }
            Err(error) => return Err(Stop::meter(step, &error)),
        };
        let before = watts((limit.told)(&limits));
        let expected = watts(Some(limit.watts));
        let held = limit.holds(&limits);
        self.settle_step(step, if held == Some(true) { Outcome::Accepted } else { Outcome::Failed }, &before)?;
        let outcome = |state| StepOutcome::new(step, state).before(before.clone()).expected(expected.clone());
        if held == Some(true) {
            return Ok(outcome(StepState::Already));
        }
        if self.config.dry_run {
            return Ok(outcome(StepState::Planned));
        }
        if over_the_line
            && self.power_limit_token.is_none()
            && let Some(done) = self.change(
                step,
                &Change::Limit { kind: LimitKind::Power, watts: Some(limit.watts) },
                &before,
                &expected,
            )?
        {
            return Ok(done);
        }
        let token = match self.power_limit_token.take().filter(|_| over_the_line) {
            Some(token) => token,
            None => match self.engineering_token(step, limit.kind)? {
                Ok(token) => token,
                Err(reason) => return Ok(StepOutcome::unable(step, reason).before(before).expected(expected)),
            },
        };
        self.limit_by_token(limit, token, &outcome)
    }

    fn limit_by_token(&mut self, limit: &Limit, token: Token, outcome: &dyn Fn(StepState) -> StepOutcome) -> Ended {
        let step = limit.step;
        let shows = |status: &Status| status.limits.as_ref().and_then(|limits| limit.holds(limits));
        let (TokenEnd::In(words) | TokenEnd::InBefore(words)) = self.enter_once(step, token, &shows)?;
        self.look(step)?;
        let limits = self.status.limits.clone().unwrap_or_default();
        let after = watts((limit.told)(&limits));
        match limit.holds(&limits) {
            Some(true) => Ok(outcome(StepState::Done).after(after).reason(words)),
            Some(false) => {
                let told = outcome(StepState::Failed).after(after);
                Err(Stop::with(told.reason(format!("{words}, and yet another limit holds")), CommissionOutcome::Failed))
            }
            None => Ok(outcome(StepState::Done).reason(format!("{words}; the meter does not tell its limit"))),
        }
    }
}

fn watts(watts: Option<f64>) -> Value {
    watts.map_or(Value::Null, |watts| json!({"limit_w": watts}))
}
