//! What only people can tell, what the meter tells at the end, and what the utility is told.

use serde_json::{Value, json};

use crate::commission::plan::{AnswerKind, Question};
use crate::commission::report::CommissionOutcome;
use crate::commission::run::{Ended, Run, Stop};
use crate::commission::step::{StepName, StepOutcome, StepState};
use crate::error::Exit;
use crate::headend::{Delivery, JobReport, ReportKind};
use crate::ledger::Outcome;
use crate::meter::time::rfc3339;

impl Run<'_> {
    /// A question: answered in the job, in an earlier run, or now. The answer is in the ledger.
    pub fn ask(&mut self, question: &Question) -> Ended {
        let step = question.id.as_str();
        let expected = match question.kind {
            AnswerKind::Yes => json!("yes"),
            AnswerKind::Text => Value::Null,
        };
        let outcome = |state| StepOutcome::new(step, state).expected(expected.clone());
        let given = self.config.job.answers.get(step).cloned();
        if self.config.dry_run {
            let planned = outcome(StepState::Planned).reason(question.ask.clone());
            return Ok(match given {
                Some(answer) => planned.before(answer),
                None => planned,
            });
        }
        if let Some(row) = self.done_before(step)
            && let Some(answer) = row.detail.get("answer").and_then(Value::as_str)
            && given.as_deref().is_none_or(|given| question.read(given).as_deref() == Ok(answer))
        {
            let reason = format!("answered on {}, row #{} of the ledger", row.at, row.seq);
            return Ok(outcome(StepState::Already).after(answer).reason(reason));
        }
        // An answer an earlier run was about to write down: it is asked for again.
        self.settle_step(step, Outcome::Failed, &Value::Null)?;
        let answer = match given {
            Some(answer) => answer,
            None => self.operator.answer(question).map_err(|error| Stop::unanswered(step, error))?,
        };
        let answer = question.read(&answer).map_err(|problem| Stop::failed(step, problem))?;
        let is_no = question.kind == AnswerKind::Yes && answer == "no";
        let detail = json!({"step": step, "ask": question.ask, "answer": answer});
        let fail = |error| Stop::ledger(step, error);
        let intent = self.intend_commission(detail.clone()).map_err(fail)?;
        let ending = if is_no { Outcome::Refused } else { Outcome::Accepted };
        self.ledger.conclude(intent, ending, detail, (self.config.now)()).map_err(fail)?;
        if is_no {
            let told = outcome(StepState::Failed).after(answer);
            return Err(Stop::with(told.reason(format!("answered no: {}", question.ask)), CommissionOutcome::Failed));
        }
        Ok(outcome(StepState::Done).after(answer))
    }

    /// What the meter tells at the end.
    pub fn final_status(&mut self) -> Ended {
        let step = StepName::Status.word();
        self.look(step)?;
        let status = &self.status;
        let sts = status.sts.clone().unwrap_or_default();
        let after = json!({
            "credit": status.credit.as_ref().and_then(|credit| credit.available),
            "relay": status.relay.as_ref().and_then(|relay| relay.output.clone()),
            "sgc": sts.sgc, "krn": sts.krn, "kt": sts.kt, "ti": sts.ti,
            "tamper": status.tamper, "alarms": status.alarms,
        });
        self.report.status = Some(self.status.clone());
        Ok(StepOutcome::new(step, StepState::Done).after(after))
    }

    /// Hands the result in.
    pub fn hand_in(&mut self) -> Ended {
        let step = StepName::Report.word();
        if self.config.dry_run {
            return Ok(StepOutcome::new(step, StepState::Planned));
        }
        let plan = &self.config.plan;
        // A new meter is reported as such whether or not anything had to be changed at it.
        let (kind, done) = match (plan.is_for_installed_meters(), self.report.changed_nothing()) {
            (true, true) => (ReportKind::AlreadyDone, "found as it should be"),
            (true, false) => (ReportKind::KeyChanged, "moved to another key"),
            (false, _) => (ReportKind::NewInstallation, "commissioned"),
        };
        let text = format!("{done} by the plan {}", plan.name);
        match self.hand(kind, &self.job_id.clone(), text) {
            None => Ok(StepOutcome::unable(step, "no head-end is given that takes it, or the meter tells no DRN")),
            Some(Ok(Delivery::Delivered { reference })) => {
                let outcome = StepOutcome::new(step, StepState::Done).after("delivered");
                Ok(match reference {
                    Some(reference) => outcome.reason(format!("the utility's number is {reference}")),
                    None => outcome,
                })
            }
            Some(Ok(Delivery::Queued { row, reason })) => {
                let outcome = StepOutcome::new(step, StepState::Done).after("queued");
                let why = reason.map(|reason| format!(": {reason}")).unwrap_or_default();
                Ok(outcome.reason(format!("row {row} of the outbox, for `wattkey headend send`{why}")))
            }
            Some(Err(error)) => Err(Stop::head_end(step, &error)),
        }
    }

    /// A job that failed is told to the utility as well, once it was clear which meter it is.
    pub fn tell_of_failure(&mut self) {
        let failed = matches!(
            self.report.outcome,
            CommissionOutcome::Failed | CommissionOutcome::Stopped | CommissionOutcome::Unknown
        );
        let of_the_meter = self.report.error.as_ref().is_none_or(|fault| fault.code.exit() == Exit::Safety);
        let wanted = failed && of_the_meter && !self.config.dry_run && self.intent.is_some();
        if !wanted || !self.config.plan.has(StepName::Report) {
            return;
        }
        let Some(culprit) = self.report.culprit() else { return };
        let text: String = format!("{}: {}", culprit.step, culprit.reason.clone().unwrap_or_default());
        let id = format!("{}/{}", self.job_id, culprit.step);
        let kind = if self.config.plan.is_for_installed_meters() {
            ReportKind::KeyChangeFailed
        } else {
            ReportKind::CommissioningFailed
        };
        match self.hand(kind, &id, text.chars().take(200).collect()) {
            Some(Ok(Delivery::Delivered { .. })) => self.report.notes.push("the utility was told of it".to_owned()),
            Some(Ok(Delivery::Queued { row, .. })) => {
                self.report.notes.push(format!("the report of it waits in row {row} of the outbox"));
            }
            Some(Err(error)) => self.report.notes.push(format!("the utility could not be told of it: {error}")),
            None => {}
        }
    }

    fn hand(
        &mut self,
        kind: ReportKind,
        id: &str,
        text: String,
    ) -> Option<Result<Delivery, crate::headend::HeadEndError>> {
        let drn = self.drn()?;
        let steps: Vec<Value> =
            self.report.steps.iter().map(|step| json!({"step": step.step, "state": step.state})).collect();
        let report = JobReport {
            id: id.to_owned(),
            drn,
            serial: self.reference.serial.clone(),
            vend_code: self.vend_code.clone(),
            kind,
            at: rfc3339((self.config.now)()),
            text,
            ledger_head: self.ledger.head().ok(),
            details: json!({"job": self.job_id, "plan": self.config.plan.name, "steps": steps}),
        };
        Some(self.head_end.as_mut()?.report(&report))
    }
}
