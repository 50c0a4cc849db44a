//! Which meter it is, whether it is the one that is meant, and what the utility says of it.

use serde_json::{Value, json};

use crate::commission::operator::Unanswered;
use crate::commission::plan::{AnswerKind, Question};
use crate::commission::registry::{CertificateAnswer, CertifiedMeter};
use crate::commission::report::{CommissionOutcome, HeadEndNote};
use crate::commission::run::{Ended, Run, Stop};
use crate::commission::step::{StepName, StepOutcome, StepState};
use crate::error::Code;
use crate::headend::{Found, Handshake, Query, VendCode, Verdict};
use crate::ledger::{Entry, EntryKind, Filter, Operation, Outcome};
use crate::meter::Meter;
use crate::meter::MeterRef;
use crate::meter::status::{StsState, same_number};
use crate::sts::Drn;

impl Run<'_> {
    /// Reads the meter; from here on nothing goes to another one.
    pub fn identify(&mut self) -> Ended {
        let step = StepName::Identify.word();
        self.look(step)?;
        self.reference = MeterRef::of(&self.status);
        self.report.meter = self.reference.clone();
        self.report.identity = self.status.meter.clone();
        if self.reference.serial.is_none() && self.reference.drn.is_none() {
            let reason = "the meter tells neither serial number nor meter number: it cannot be told from another";
            return Err(Stop::unsafe_to_go_on(step, Code::WrongMeter, reason));
        }
        self.meter.expect(self.reference.clone());
        if self.job_id.is_empty() {
            self.job_id = self.reference.numbers().into_iter().next().unwrap_or_default();
            self.report.job.clone_from(&self.job_id);
        }
        let told = serde_json::to_value(&self.status.meter).unwrap_or(Value::Null);
        let mut told = told.as_object().cloned().unwrap_or_default();
        told.insert("drn".to_owned(), json!(self.reference.drn));
        if !self.config.dry_run {
            let name = self.reference.numbers();
            let question = format!("Commission meter {} by the plan {}?", name.join(", DRN "), self.config.plan.name);
            match self.operator.confirm(&question) {
                Ok(true) => {}
                Ok(false) => return Err(Stop::unsafe_to_go_on(step, Code::NotConfirmed, "nothing was sent")),
                Err(error @ Unanswered::BrokenOff(_)) => return Err(Stop::unanswered(step, error)),
                Err(error) => return Err(Stop::unsafe_to_go_on(step, Code::NotConfirmed, error.to_string())),
            }
            self.begin_job()?;
        }
        Ok(StepOutcome::new(step, StepState::Done).after(Value::Object(told)))
    }

    /// The meter's number, when it has one that can be: its own word, else the job's.
    pub fn drn(&self) -> Option<Drn> {
        self.reference.drn.or(self.config.job.drn)
    }

    /// What the meter says of itself, for the head-end.
    pub fn found(&self) -> Found {
        Found::from(&self.status)
    }

    /// Serial number, DRN and maker against the job, the plan and the ledger.
    pub fn record(&mut self) -> Ended {
        let step = StepName::Record.word();
        let job = self.config.job;
        let text = |drn: Option<Drn>| drn.map(|drn| drn.to_string());
        let drn = text(job.drn);
        let mut compared = 0;
        for (name, wanted, found) in [
            ("serial number", job.serial.clone(), self.reference.serial.clone()),
            ("meter number", drn.clone(), text(self.reference.drn)),
        ] {
            match (wanted, found) {
                (Some(wanted), Some(found)) if !same_number(&wanted, &found) => {
                    let reason = format!("this meter's {name} is {found}, and {wanted} is meant; nothing was sent");
                    return Err(Stop::unsafe_to_go_on(step, Code::WrongMeter, reason));
                }
                (Some(_), Some(_)) => compared += 1,
                _ => {}
            }
        }
        if compared == 0 && (job.serial.is_some() || drn.is_some()) {
            let reason = "the meter does not tell the number by which the job knows it: compare the label";
            return Err(Stop::unsafe_to_go_on(step, Code::WrongMeter, reason));
        }
        if let Some(problem) = self.status.problems.iter().find(|problem| problem.object == "sts.drn") {
            return Err(Stop::failed(step, format!("the meter's DRN cannot be: {}", problem.error)));
        }
        let maker_code = self.drn().map(maker_code);
        if let (Some(wanted), Some(found)) = (&self.values.manufacturer_code, &maker_code)
            && wanted != found
        {
            let reason = format!("suspected clone: the DRN has maker code {found}, and the plan is for {wanted}");
            return Err(Stop::unsafe_to_go_on(step, Code::WrongMeter, reason));
        }
        if let (Some(wanted), Some(found)) = (&self.values.model, &self.status.meter.model)
            && !wanted.eq_ignore_ascii_case(found)
        {
            return Err(Stop::failed(step, format!("the meter is a {found}, and the plan is for {wanted}")));
        }
        self.not_met_elsewhere(step, !self.config.plan.has(StepName::VendCode))?;
        let outcome = StepOutcome::new(step, StepState::Done)
            .after(json!({"serial": self.reference.serial, "drn": self.reference.drn, "manufacturer_code": maker_code}))
            .expected(json!({"serial": job.serial, "drn": drn, "manufacturer_code": self.values.manufacturer_code}));
        Ok(match compared {
            0 => outcome.reason("the job names neither serial number nor DRN: only the ledger was asked"),
            _ => outcome,
        })
    }

    /// Stops when the ledger holds something against this meter: its number on another meter, or, with `by_place`,
    /// the meter in another place. A place counts only when the head-end has confirmed the code it stands for.
    fn not_met_elsewhere(&self, step: &str, by_place: bool) -> Result<(), Box<Stop>> {
        let clone = |reason: String| Err(Stop::suspected_clone(step, &reason));
        let here = self.place().filter(|_| by_place && !self.config.job.moved);
        for number in self.reference.numbers() {
            let filter = Filter { meter: Some(number), ..Filter::default() };
            let rows = self.ledger.entries(&filter).map_err(|error| Stop::ledger(step, error))?;
            let both = |meter: &MeterRef| meter.serial.is_some() && meter.drn.is_some();
            let differs = |row: &&Entry| both(&row.meter) && !row.meter.is_same(&self.reference);
            if let Some(row) = rows.iter().filter(|_| both(&self.reference)).find(differs) {
                return clone(format!(
                    "serial number {} with DRN {} was met on {}, row #{} of the ledger",
                    row.meter.serial.as_deref().unwrap_or_default(),
                    row.meter.drn.map(|drn| drn.to_string()).unwrap_or_default(),
                    row.at,
                    row.seq
                ));
            }
            let commissioned = |row: &&Entry| {
                row.kind == EntryKind::Outcome
                    && row.operation == Operation::Commission
                    && row.outcome == Some(Outcome::Accepted)
                    && row.detail.get("outcome").is_some()
            };
            if let Some(row) = rows.iter().rev().find(commissioned)
                && let (Some(here), Some(there)) = (&here, row.detail.get("place").and_then(Value::as_str))
                && here != there
            {
                return clone(format!(
                    "it was commissioned under another vend code as job {} on {}, row #{} of the ledger; if it was \
                     moved on purpose, say so in the job (moved = yes)",
                    row.job.as_deref().unwrap_or_default(),
                    row.at,
                    row.seq
                ));
            }
        }
        Ok(())
    }

    /// The STS certificate in the utility's registry.
    pub fn certificate(&mut self) -> Ended {
        let step = StepName::Certificate.word();
        let Some(registry) = self.config.registry else {
            return Ok(StepOutcome::unable(step, "no registry of certificates is given (--certificates FILE)"));
        };
        let told = self.meter.certificate().map_err(|error| Stop::meter(step, &error))?;
        let sts = self.status.sts.as_ref();
        let meter = CertifiedMeter {
            manufacturer: self.status.meter.manufacturer.clone(),
            manufacturer_code: self.drn().map(maker_code),
            model: self.status.meter.model.clone(),
            certificate: told.or_else(|| self.values.certificate.clone()),
            sgc: sts.and_then(StsState::known_sgc),
        };
        let before = serde_json::to_value(&meter).unwrap_or(Value::Null);
        let outcome = |state| StepOutcome::new(step, state).before(before.clone());
        match registry.look_up(&meter) {
            CertificateAnswer::Good(words) => Ok(outcome(StepState::Done).reason(words)),
            CertificateAnswer::Bad(reason) => {
                Err(Stop::with(outcome(StepState::Failed).reason(reason), CommissionOutcome::Failed))
            }
            CertificateAnswer::OtherMaker(reason) => {
                let mut stop = Stop::suspected_clone(step, &reason);
                stop.outcome = stop.outcome.before(before);
                Err(stop)
            }
        }
    }

    /// The vend-code handshake.
    pub fn vend_code(&mut self) -> Ended {
        let step = StepName::VendCode.word();
        let code = match &self.vend_code {
            Some(code) => code.clone(),
            None => {
                let ask = "Vend code on the job sheet".to_owned();
                let question = Question { id: step.to_owned(), ask, kind: AnswerKind::Text };
                self.operator.answer(&question).map_err(|error| Stop::unanswered(step, error))?
            }
        };
        self.vend_code = Some(code.clone());
        let code: VendCode = code.parse().map_err(|problem| Stop::failed(step, format!("{problem}")))?;
        let handshake = self.shake_hands(step, Some(code))?;
        let verdict = handshake.verdict;
        let outcome = StepOutcome::new(step, StepState::Done).after(verdict.word());
        let told = reason_of(&handshake);
        handshake.warnings.iter().for_each(|warning| self.remark(warning));
        let active_elsewhere = verdict == Verdict::CodeMismatch
            && handshake.record.as_ref().and_then(|record| record.can_vend) == Some(true);
        let other_meter = verdict == Verdict::MeterMismatch;
        if let Some(record) = &handshake.record {
            self.target = record.parameters;
        }
        self.handshake = Some(handshake);
        match verdict {
            verdict if verdict.is_yes() => {
                self.not_met_elsewhere(step, true)?;
                Ok(if told.is_empty() { outcome } else { outcome.reason(told) })
            }
            Verdict::KeyChangeNeeded if self.config.plan.has(StepName::KeyChange) => {
                self.check_again = true;
                Ok(outcome.reason("the head-end wants the key change first; it is asked again after that"))
            }
            _ if active_elsewhere => {
                Err(Stop::suspected_clone(step, &format!("the meter is active under another code. {told}")))
            }
            _ if other_meter => {
                Err(Stop::suspected_clone(step, &format!("the number is that of another meter. {told}")))
            }
            _ => {
                self.report.refused_by = Some(verdict.word());
                let outcome = StepOutcome { state: StepState::Failed, ..outcome };
                Err(Stop::with(outcome.reason(format!("vend fail: {told}")), CommissionOutcome::Failed))
            }
        }
    }

    /// Asks the head-end.
    pub fn shake_hands(&mut self, step: &str, code: Option<VendCode>) -> Result<Handshake, Box<Stop>> {
        let Some(drn) = self.drn() else {
            return Err(Stop::failed(step, "the meter tells no DRN by which the head-end could look it up"));
        };
        let found = self.found();
        let Some(head_end) = self.head_end.as_mut() else {
            return Err(Stop::failed(step, "no head-end is given (--headend NAME|FILE)"));
        };
        let handshake = head_end.check(&Query { drn, code, found }).map_err(|error| Stop::head_end(step, &error))?;
        self.report.head_end = Some(HeadEndNote {
            name: handshake.head_end.clone(),
            offline: handshake.offline,
            verdict: Some(handshake.verdict.word()),
        });
        Ok(handshake)
    }

    /// Firmware against the lists of plan and record.
    pub fn firmware(&mut self) -> Ended {
        let step = StepName::Firmware.word();
        let mut allowed = self.values.firmware.clone();
        if let Some(record) = self.handshake.as_ref().and_then(|handshake| handshake.record.as_ref())
            && allowed.is_empty()
        {
            allowed.clone_from(&record.firmware_allowed);
        }
        let found = self.status.meter.firmware.clone();
        let outcome = |state| StepOutcome::new(step, state).before(found.clone()).expected(allowed.clone());
        match &found {
            _ if allowed.is_empty() => {
                Ok(StepOutcome::unable(step, "neither plan nor record lists the firmware allowed")
                    .before(found.clone()))
            }
            None => Ok(StepOutcome::unable(step, "the meter does not tell its firmware").expected(allowed.clone())),
            Some(found) if allowed.iter().any(|allowed| allowed == found) => Ok(outcome(StepState::Done)),
            Some(_) => {
                let told = outcome(StepState::Failed).reason("this firmware is not on the list");
                Err(Stop::with(told, CommissionOutcome::Failed))
            }
        }
    }
}

/// The maker code as it stands at the head of the number.
fn maker_code(drn: Drn) -> String {
    let digits = if drn.iin().drn_length() == 13 { 4 } else { 2 };
    format!("{:0digits$}", drn.manufacturer_code())
}

/// What a handshake says in words: cause, what differs, what to do, and the utility's own message.
pub(super) fn reason_of(handshake: &Handshake) -> String {
    let mut parts = Vec::new();
    if !handshake.verdict.is_yes() {
        parts.push(handshake.verdict.cause().to_owned());
        parts.extend(handshake.mismatches.iter().map(ToString::to_string));
        parts.push(handshake.verdict.act().to_owned());
    }
    if let Some(fault) = &handshake.fault {
        parts.push(format!("{} {}", fault.kind, fault.description).trim().to_owned());
    }
    parts.extend(handshake.operator_message.clone());
    if handshake.offline {
        parts.push("offline, unconfirmed".to_owned());
    }
    parts.join("; ")
}
