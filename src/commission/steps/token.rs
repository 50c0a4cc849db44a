//! One token that is not a key change: asked for, entered once, and its effect looked for.

use crate::change::{TokenEvidence, enter_token, explain, readout};
use crate::commission::report::{CommissionOutcome, Fault};
use crate::commission::run::{Run, Stop};
use crate::commission::step::{StepOutcome, StepState};
use crate::error::Code;
use crate::headend::{EngineeringKind, EngineeringRequest, TokenAnswer};
use crate::ledger::{Entry, Operation, Outcome};
use crate::meter::Status;
use crate::sts::{MeterParameters, Tid, Token};

/// What became of a token.
pub(in crate::commission) enum TokenEnd {
    /// The meter has it; what the step is to say of it.
    In(String),
    /// It went in with an earlier run.
    InBefore(String),
}

impl Run<'_> {
    /// A token of this kind from the head-end; `Err` of the reason when there is none.
    pub fn engineering_token(&mut self, step: &str, kind: EngineeringKind) -> Result<Result<Token, String>, Box<Stop>> {
        let Some(drn) = self.drn() else {
            return Ok(Err("the meter tells no DRN by which a token could be had".to_owned()));
        };
        let request = EngineeringRequest { drn, kind, found: self.found() };
        let Some(head_end) = self.head_end.as_mut() else {
            return Ok(Err("no head-end is given that has a token (--headend NAME|FILE)".to_owned()));
        };
        match head_end.engineering(&request).map_err(|error| Stop::head_end(step, &error))? {
            TokenAnswer::Issued(issue) => {
                issue.warnings.iter().for_each(|warning| self.remark(warning));
                Ok(issue.tokens.first().copied().ok_or_else(|| "the head-end's answer holds no token".to_owned()))
            }
            TokenAnswer::Refused(refusal) => {
                let message = refusal.operator_message.map(|message| format!("; {message}")).unwrap_or_default();
                Ok(Err(format!("{}; {}{message}", refusal.verdict.cause(), refusal.verdict.act())))
            }
        }
    }

    /// Enters a token unless the meter has it. `shows` is whether a status shows its effect, where one can tell.
    pub fn enter_once(
        &mut self,
        step: &str,
        token: Token,
        shows: &dyn Fn(&Status) -> Option<bool>,
    ) -> Result<TokenEnd, Box<Stop>> {
        let last4 = token.last_four();
        let rows = self.ledger.token_history(token).map_err(|error| Stop::ledger(step, error))?;
        let accepted = |row: &Entry| row.meter.is_same(&self.reference) && row.outcome == Some(Outcome::Accepted);
        if rows.iter().any(accepted) {
            return Ok(TokenEnd::InBefore(format!("the token ending {last4} went in before, by the ledger")));
        }
        let evidence = TokenEvidence { tid: self.tid_of(token), shows };
        let job = self.job_id.clone();
        let (meter, mut context) = self.change_context(&job);
        let entered = enter_token(meter, &mut context, Operation::EnterToken, token, &evidence)
            .map_err(|error| Stop::change(step, error))?;
        let result = entered.result.map(|result| format!(", {}", result.word())).unwrap_or_default();
        let note = entered.note.as_ref().map(|note| format!("; {note}")).unwrap_or_default();
        if let Some(error) = &entered.unrecorded {
            let state = if entered.outcome == Outcome::Accepted { StepState::Done } else { StepState::Unknown };
            let told = StepOutcome::new(step, state).reason(format!("token …{last4}{result}{note}"));
            return Err(Stop::unrecorded(step, told, error));
        }
        let in_doubt = matches!(entered.outcome, Outcome::Failed | Outcome::Unknown) && entered.read_back;
        match entered.outcome {
            Outcome::Accepted if entered.earlier_run => Ok(TokenEnd::InBefore(format!("token …{last4}{result}{note}"))),
            Outcome::Accepted => Ok(TokenEnd::In(format!("token …{last4}{result}{note}"))),
            _ if in_doubt && self.shows_after_all(step, shows)? => {
                Ok(TokenEnd::In(format!("token …{last4}; the meter shows that it took it{note}")))
            }
            Outcome::Refused => {
                let mut reason = format!("the meter refused the token ending {last4}{result}{note}");
                if entered.result.is_some() {
                    let mut told = readout(&self.status);
                    (told.last_result, told.last_token) = (None, None);
                    let now = (self.config.now)();
                    let diagnosis = explain(token, entered.result, told, &self.config.keyring, now);
                    reason.push_str(&format!("; diagnosis: {}", diagnosis.verdict));
                }
                Err(Stop::failed(step, reason))
            }
            Outcome::Failed => match &entered.error {
                Some(error) => Err(Stop::meter(step, error)),
                None => Err(Stop::failed(step, format!("the token ending {last4} did not reach the meter{note}"))),
            },
            Outcome::Unknown => {
                Err(doubt(step, format!("it cannot be told whether the meter took the token ending {last4}{note}")))
            }
        }
    }

    fn shows_after_all(&mut self, step: &str, shows: &dyn Fn(&Status) -> Option<bool>) -> Result<bool, Box<Stop>> {
        if self.config.interrupt.requested() {
            return Ok(false);
        }
        self.look(step)?;
        Ok(shows(&self.status) == Some(true))
    }

    fn tid_of(&self, token: Token) -> Option<Tid> {
        let known: MeterParameters = self.found().parameters;
        self.config.keyring.read(token, &known).content()?.tid()
    }
}

/// The end of a job whose outcome a person has to look at.
pub(in crate::commission) fn doubt(step: &str, reason: String) -> Box<Stop> {
    Box::new(Stop {
        outcome: StepOutcome::new(step, StepState::Unknown).reason(reason.clone()),
        job: CommissionOutcome::Unknown,
        fault: Some(Fault::new(Code::OutcomeUnknown, reason)),
    })
}
