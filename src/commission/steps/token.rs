//! One token that is not a key change: asked for, entered once, and its effect looked for.

use serde_json::json;

use crate::commission::report::{Fault, JobOutcome};
use crate::commission::run::{Run, Stop, is_same};
use crate::commission::step::{StepOutcome, StepState};
use crate::entry::{explain, readout};
use crate::error::Code;
use crate::headend::{EngineeringKind, EngineeringRequest, TokenAnswer};
use crate::ledger::{Ending, Entry, EntryKind, IntentId, Operation};
use crate::meter::entry::{Order, Verdict, deliver};
use crate::meter::{Meter, MeterError, Status, TokenReport};
use crate::sts::{MeterParameters, Tid, Token};

/// What became of a token.
pub(in crate::commission) enum TokenEnd {
    /// The meter has it; what the step is to say of it.
    In(String),
    /// It went in with an earlier run.
    InBefore(String),
}

/// Whether the meter has a token, as far as the meter itself shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Held {
    Yes,
    No,
    CannotTell,
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
        let ledger = |error| Stop::ledger(step, error);
        let last4 = token.last_four();
        let digits = token.to_string();
        let rows = self.ledger.token_history(&digits).map_err(ledger)?;
        let rows: Vec<_> = rows.into_iter().filter(|row| is_same(&row.meter, &self.reference)).collect();
        if rows.iter().any(|row| row.ending == Some(Ending::Accepted)) {
            return Ok(TokenEnd::InBefore(format!("the token ending {last4} went in before, by the ledger")));
        }
        let concluded = |seq: i64| rows.iter().any(|row| row.intent == Some(seq));
        let open: Vec<_> =
            rows.iter().filter(|row| row.kind == EntryKind::Intent && !concluded(row.seq)).cloned().collect();
        let in_doubt = !open.is_empty() || rows.last().is_some_and(|row| row.ending == Some(Ending::Unknown));
        if in_doubt {
            let held = match self.holds(token, shows) {
                Held::CannotTell if self.got_none_since(&open) => Held::No,
                held => held,
            };
            let ending = match held {
                Held::Yes => Ending::Accepted,
                Held::No => Ending::Failed,
                Held::CannotTell => Ending::Unknown,
            };
            for row in &open {
                if let Some(intent) = IntentId::of(row) {
                    let detail = json!({"step": step, "read_back": true});
                    self.ledger.conclude(intent, ending, detail, (self.config.now)()).map_err(ledger)?;
                }
            }
            match held {
                Held::Yes => {
                    return Ok(TokenEnd::InBefore(format!(
                        "an earlier run sent the token ending {last4}; the meter shows that it took it"
                    )));
                }
                Held::No => {}
                Held::CannotTell => {
                    let reason = format!(
                        "an earlier run sent the token ending {last4}, and the meter does not show whether it took it: \
                         look at its credit and its last token, then enter it at the keypad or leave it"
                    );
                    return Err(doubt(step, reason));
                }
            }
        }
        let before = match self.meter.token_report() {
            Ok(report) => report,
            Err(MeterError::NotOffered(_) | MeterError::NotSupported(_) | MeterError::Refused { .. }) => {
                TokenReport::default()
            }
            Err(error) => return Err(Stop::meter(step, &error)),
        };
        let job = self.job_id.clone();
        let order =
            Order { token, meter: &self.reference, operation: Operation::EnterToken, job: Some(&job), before: &before };
        let entered = match deliver(&mut self.meter, self.ledger, &order, &self.config.now) {
            Ok(entered) => entered,
            Err(error) => return Err(Stop::meter(step, &error)),
        };
        let result = entered.result.map(|result| format!(", {}", result.word())).unwrap_or_default();
        let note = entered.note.as_ref().map(|note| format!("; {note}")).unwrap_or_default();
        match entered.verdict {
            Verdict::Accepted => Ok(TokenEnd::In(format!("token …{last4}{result}{note}"))),
            Verdict::Refused if entered.read_back && self.held_after_all(token, step, shows)? => {
                Ok(TokenEnd::In(format!("token …{last4}; the answer was lost, and the meter shows that it took it")))
            }
            Verdict::Refused => {
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
            Verdict::Unknown if self.held_after_all(token, step, shows)? => {
                Ok(TokenEnd::In(format!("token …{last4}; the meter shows that it took it{note}")))
            }
            Verdict::Unknown => {
                Err(doubt(step, format!("it cannot be told whether the meter took the token ending {last4}{note}")))
            }
        }
    }

    fn held_after_all(
        &mut self,
        token: Token,
        step: &str,
        shows: &dyn Fn(&Status) -> Option<bool>,
    ) -> Result<bool, Box<Stop>> {
        self.look(step)?;
        Ok(self.holds(token, shows) == Held::Yes)
    }

    /// Whether the meter has the token: by its effect, by its identifier among those remembered, or as the last one.
    fn holds(&mut self, token: Token, shows: &dyn Fn(&Status) -> Option<bool>) -> Held {
        let sts = self.status.sts.clone().unwrap_or_default();
        let tids = sts.tids.clone().unwrap_or_default();
        if let Some(tid) = self.tid_of(token)
            && !tids.is_empty()
        {
            if tids.contains(&tid.minutes()) {
                return Held::Yes;
            }
            // One that is older than all that are remembered may have been pushed out.
            if tids.iter().min().is_some_and(|oldest| *oldest < tid.minutes()) {
                return Held::No;
            }
        }
        if let Ok(report) = self.meter.token_report()
            && report.token.as_deref() == Some(token.to_string().as_str())
            && let Some(taken) = report.verdict()
        {
            return if taken { Held::Yes } else { Held::No };
        }
        match shows(&self.status) {
            Some(true) => Held::Yes,
            _ => Held::CannotTell,
        }
    }

    /// Whether the meter still has as its last token the one it had before the newest of these intents: then what was
    /// intended never reached it.
    fn got_none_since(&mut self, open: &[Entry]) -> bool {
        let Some(before) = open.last().and_then(|row| row.detail.get("last_token")?.as_str().map(str::to_owned)) else {
            return false;
        };
        let report = self.meter.token_report().unwrap_or_default();
        report.is_final() && report.token.is_some_and(|last| self.ledger.mark(&last).hash == before)
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
        job: JobOutcome::Unknown,
        fault: Some(Fault::new(Code::OutcomeUnknown, reason)),
    })
}
