//! The key the meter is on, and bringing it to the one the utility holds.

use serde_json::{Value, json};

use crate::change::{ChangeContext, Entered, EntryOutcome, Expected, Prepared, SetFit};
use crate::commission::report::CommissionOutcome;
use crate::commission::run::{Ended, Run, Stop};
use crate::commission::step::{StepName, StepOutcome, StepState};
use crate::commission::steps::identity::reason_of;
use crate::diagnosis::key_change_set::{Claim, ClaimSource};
use crate::headend::record::Difference;
use crate::headend::{KeyChangeRequest, MeterRecord, TokenAnswer, TokenIssue, VendCode, Verdict};
use crate::ledger::{IntentId, Operation, Outcome};
use crate::sts::MeterParameters;

impl Run<'_> {
    /// What the meter is to be on: as the head-end tells, and where it tells nothing, as the plan does.
    fn target(&self) -> MeterParameters {
        let (record, values) = (&self.target, &self.values);
        MeterParameters {
            sgc: record.sgc.or(values.sgc),
            krn: record.krn.or(values.krn),
            kt: record.kt.or(values.kt),
            ti: record.ti.or(values.ti),
            ..*record
        }
    }

    fn key_differences(&self) -> Vec<Difference> {
        let of_key = |difference: &Difference| difference.field.is_key();
        MeterRecord::of(self.target()).differences(&self.found()).into_iter().filter(of_key).collect()
    }

    /// Learns from the head-end, by the meter's number alone, what the meter is to be on, where no vend code was asked for.
    fn look_up_record(&mut self, step: &str) -> Result<(), Box<Stop>> {
        let is_asked = self.head_end.as_ref().is_some_and(|head_end| head_end.keeps_records());
        if self.handshake.is_some() || !is_asked || self.drn().is_none() {
            return Ok(());
        }
        let handshake = self.shake_hands(step, None)?;
        handshake.warnings.iter().for_each(|warning| self.remark(warning));
        let told = reason_of(&handshake);
        match (&handshake.record, handshake.verdict) {
            (_, Verdict::Blocked) => {
                self.report.refused_by = Some(Verdict::Blocked.word());
                return Err(Stop::failed(step, told));
            }
            (_, Verdict::MeterMismatch) => return Err(Stop::suspected_clone(step, &told)),
            (Some(record), verdict) => {
                self.target = record.parameters;
                if !verdict.is_yes() {
                    self.remark(format!("{}: {told}", verdict.word()));
                }
            }
            (None, verdict) => {
                if key_of(&self.target()).is_null() {
                    self.report.refused_by = Some(verdict.word());
                }
                self.remark(format!("the head-end has no record of it: {told}"));
            }
        }
        self.handshake = Some(handshake);
        Ok(())
    }

    /// SGC, KRN, KT and TI against the record.
    pub fn key_register(&mut self) -> Ended {
        let step = StepName::KeyRegister.word();
        self.look_up_record(step)?;
        let (target, found) = (self.target(), self.found().parameters);
        let outcome = |state| StepOutcome::new(step, state).before(key_of(&found)).expected(key_of(&target));
        if key_of(&target).is_null() {
            let reason = "neither head-end nor plan tells the key it should be on";
            return Ok(StepOutcome::unable(step, reason).before(key_of(&found)));
        }
        if key_of(&found).is_null() {
            return Ok(StepOutcome::unable(step, "the meter does not tell the key it is on").expected(key_of(&target)));
        }
        let differences = self.key_differences();
        if differences.is_empty() {
            return Ok(outcome(StepState::Done));
        }
        let words: Vec<String> = differences.iter().map(ToString::to_string).collect();
        if self.config.plan.has(StepName::KeyChange) {
            return Ok(outcome(StepState::Done).reason(format!("{}; a key change follows", words.join("; "))));
        }
        let told = outcome(StepState::Failed).reason(format!("{}; the plan has no key change", words.join("; ")));
        Err(Stop::with(told, CommissionOutcome::Failed))
    }

    /// A key-change set, when the key is not the one of the record.
    pub fn key_change(&mut self) -> Ended {
        let step = StepName::KeyChange.word();
        self.look_up_record(step)?;
        let target = self.target();
        let before = key_of(&self.found().parameters);
        let outcome = |state| StepOutcome::new(step, state).before(before.clone()).expected(key_of(&target));
        let pending = self.status.sts.as_ref().and_then(|sts| sts.kct_pending.clone()).unwrap_or_default();
        if self.key_differences().is_empty() {
            self.close_sections(step)?;
            if !self.check_again {
                let already = outcome(StepState::Already);
                return Ok(match pending.as_slice() {
                    [] => already,
                    _ => already.reason("the meter holds sections of an unfinished set, which it forgets by itself"),
                });
            }
        }
        if self.config.dry_run {
            return Ok(outcome(StepState::Planned));
        }
        let issue = match self.key_change_tokens(step, target)? {
            Ok(issue) => issue,
            Err((verdict, reason)) if verdict == Verdict::KeyAlreadyRight && self.key_differences().is_empty() => {
                return Ok(outcome(StepState::Already).reason(reason));
            }
            Err((verdict, reason)) => {
                self.report.refused_by = Some(verdict.word());
                let told = outcome(StepState::Failed).reason(format!("no tokens: {reason}"));
                return Err(Stop::with(told, CommissionOutcome::Failed));
            }
        };
        issue.warnings.iter().for_each(|warning| self.remark(warning));
        let Entered { outcome: entered, document, unrecorded } = self.enter_set(step, &issue)?;
        self.power_limit_token = issue.power_limit;
        document.notes.iter().for_each(|note| self.remark(note));
        let told = |state| {
            let results: Vec<String> = document
                .steps
                .iter()
                .map(|step| {
                    format!("…{} {}", step.token_last4, step.result.map_or(step.outcome, |result| result.word()))
                })
                .collect();
            let mut reasons = results;
            reasons.extend(document.steps.iter().filter_map(|step| step.note.clone()));
            if let Some(diagnosis) = &document.diagnosis {
                reasons.push(format!("diagnosis: {}", diagnosis.verdict));
            }
            outcome(state).reason(reasons.join("; "))
        };
        if let Some(error) = &unrecorded {
            let state = if entered == EntryOutcome::Accepted { StepState::Done } else { StepState::Unknown };
            return Err(Stop::unrecorded(step, told(state), error));
        }
        match entered {
            EntryOutcome::Accepted => {}
            EntryOutcome::Refused | EntryOutcome::Incomplete => {
                return Err(Stop::with(told(StepState::Failed), CommissionOutcome::Failed));
            }
            EntryOutcome::Unknown => return Err(Stop::with(told(StepState::Unknown), CommissionOutcome::Unknown)),
        }
        self.look(step)?;
        let after = key_of(&self.found().parameters);
        let left: Vec<String> = self.key_differences().iter().map(ToString::to_string).collect();
        if !left.is_empty() {
            let told = told(StepState::Failed).after(after);
            let told = told.reason(format!("the set was taken, and yet {}", left.join("; ")));
            return Err(Stop::with(told, CommissionOutcome::Failed));
        }
        if self.check_again {
            self.ask_again(step)?;
        }
        Ok(told(StepState::Done).after(after))
    }

    /// The meter is on the key it is to be on: sections whose end an earlier run did not see are in.
    fn close_sections(&mut self, step: &str) -> Result<(), Box<Stop>> {
        let fail = |error| Stop::ledger(step, error);
        if self.config.dry_run || key_of(&self.target()).is_null() {
            return Ok(());
        }
        for row in self.ledger.open_intents(&self.reference).map_err(fail)? {
            let ours = row.operation == Operation::KeyChange && row.job.as_deref() == Some(&self.job_id);
            if let Some(intent) = IntentId::of(&row).filter(|_| ours) {
                let detail = json!({"step": step, "read_back": true, "key": key_of(&self.found().parameters)});
                self.ledger.conclude(intent, Outcome::Accepted, detail, (self.config.now)()).map_err(fail)?;
            }
        }
        Ok(())
    }

    /// Tokens from the head-end, or its refusal with the words for it.
    #[allow(clippy::type_complexity, reason = "an end of the job, else tokens or the refusal with its words")]
    fn key_change_tokens(
        &mut self,
        step: &str,
        target: MeterParameters,
    ) -> Result<Result<TokenIssue, (Verdict, String)>, Box<Stop>> {
        let Some(drn) = self.drn() else {
            return Err(Stop::failed(step, "the meter tells no DRN by which tokens could be had"));
        };
        // What the head-end holds is where it leads to; only what the plan alone says is asked for by name.
        let to = (key_of(&self.target).is_null()).then_some(target);
        let sections = self.status.sts.as_ref().and_then(|sts| sts.kct_supported);
        let request = KeyChangeRequest { drn, found: self.found(), to, sections };
        let Some(head_end) = self.head_end.as_mut() else {
            return Err(Stop::failed(step, "the key differs, and no head-end is given that has a set (--headend)"));
        };
        match head_end.key_change(&request).map_err(|error| Stop::head_end(step, &error))? {
            TokenAnswer::Issued(issue) => Ok(Ok(issue)),
            TokenAnswer::Refused(refusal) => {
                let mut reason = format!("{}; {}", refusal.verdict.cause(), refusal.verdict.act());
                if let Some(message) = refusal.operator_message {
                    reason.push_str(&format!("; {message}"));
                }
                Ok(Err((refusal.verdict, reason)))
            }
        }
    }

    /// What the record in which the set came, and the plan, say of the key it leads to.
    fn claims(&self, issue: &TokenIssue) -> Vec<Claim> {
        let values = &self.values;
        let planned =
            MeterParameters { sgc: values.sgc, krn: values.krn, kt: values.kt, ti: values.ti, ..Default::default() };
        let planned = Claim { source: ClaimSource::Plan, target: planned };
        issue.claims(self.target).into_iter().chain([planned]).collect()
    }

    fn enter_set(&mut self, step: &str, issue: &TokenIssue) -> Result<Entered, Box<Stop>> {
        let expected = Expected {
            drn: self.reference.drn,
            serial: self.reference.serial.clone().filter(|_| self.reference.drn.is_none()),
            claims: self.claims(issue),
            accept_no_rollover: self.config.accept_no_rollover || self.values.accept_no_rollover.unwrap_or(false),
        };
        let prepared = Prepared::new(&mut self.meter, &issue.tokens, &expected, &self.searcher)
            .map_err(|error| Stop::change(step, error))?;
        if prepared.fit != SetFit::AlreadyApplied {
            for caution in prepared.cautions() {
                self.operator.note(&caution);
            }
        }
        let Run { meter, ledger, searcher, reference, config, job_id, .. } = self;
        let mut context = ChangeContext {
            ledger,
            meter: reference.clone(),
            job: Some(job_id),
            now: &config.now,
            interrupt: config.interrupt.clone(),
            read_back_limit: config.read_back_limit,
        };
        prepared.enter(meter, &mut context, searcher).map_err(|error| Stop::change(step, error))
    }

    /// The head-end said that the key change comes first: now it must say yes.
    fn ask_again(&mut self, step: &str) -> Result<(), Box<Stop>> {
        let code = self.vend_code.as_ref().and_then(|code| code.parse::<VendCode>().ok());
        let handshake = self.shake_hands(step, code)?;
        let verdict = handshake.verdict;
        self.handshake = Some(handshake);
        if verdict.is_yes() {
            self.check_again = false;
            return Ok(());
        }
        let reason = format!("vend fail after the key change: {}; {}", verdict.cause(), verdict.act());
        Err(Stop::failed(step, reason))
    }
}

/// The part of the parameters a key change alters, as far as it is told.
fn key_of(parameters: &MeterParameters) -> Value {
    let told =
        parameters.sgc.is_some() || parameters.krn.is_some() || parameters.kt.is_some() || parameters.ti.is_some();
    if !told {
        return Value::Null;
    }
    json!({
        "sgc": parameters.sgc.map(|sgc| sgc.to_string()),
        "krn": parameters.krn.map(|krn| krn.number()),
        "kt": parameters.kt.map(|kt| kt.number()),
        "ti": parameters.ti.map(|ti| ti.number()),
    })
}
