//! A job from its first step to its report.

use std::sync::Arc;
use std::time::Duration;

use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use time::OffsetDateTime;

use super::guard::Guarded;
use super::interface::InterfaceMaterial;
use super::job::Job;
use super::operator::{Operator, Unanswered};
use super::plan::{Action, Plan, PlannedStep};
use super::registry::Registry;
use super::report::{CommissionOutcome, Fault, HeadEndNote, Report};
use super::step::{StepName, StepOutcome, StepState};
use super::values::Values;
use crate::change::{ChangeContext, ChangeError, PreparedSecrets, SafetyCause, read_status, settle_open_intents};
use crate::diagnosis::{Reach, Searcher};
use crate::error::Code;
use crate::headend::{Handshake, HeadEnd, HeadEndError};
use crate::hex;
use crate::ledger::{Act, Entry, EntryKind, Filter, IntentId, Ledger, LedgerError, Operation, Outcome};
use crate::link::Interrupt;
use crate::meter::MeterRef;
use crate::meter::time::rfc3339;
use crate::meter::{Meter, MeterError, Status};
use crate::sts::keyring::Keyring;
use crate::sts::{MeterParameters, Token};

/// Everything a job needs besides the meter, the ledger and the people.
#[derive(Clone)]
pub struct Commissioning<'a> {
    /// What is to be done.
    pub plan: &'a Plan,
    /// For which meter.
    pub job: &'a Job,
    /// Keys at hand, for reading tokens before they go in; none will do.
    pub keyring: Arc<Keyring>,
    /// Type certificates, when the utility supplied them.
    pub registry: Option<&'a dyn Registry>,
    /// Read, compare, and say what would be done; write nothing.
    pub dry_run: bool,
    /// Set a clock, too, that is whole half hours off.
    pub accept_offset: bool,
    /// Enter a key change, too, that moves to a later base date without the roll-over bit.
    pub accept_no_rollover: bool,
    /// New keys of the meter's interface, and new firmware.
    pub interface: InterfaceMaterial,
    /// Our clock.
    pub now: fn() -> OffsetDateTime,
    /// The user's wish to stop.
    pub interrupt: Interrupt,
    /// Longest time that reading back after a lost reply may take.
    pub read_back_limit: Duration,
}

impl std::fmt::Debug for Commissioning<'_> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Commissioning")
            .field("plan", &self.plan.name)
            .field("job", &self.job.id)
            .field("dry_run", &self.dry_run)
            .finish_non_exhaustive()
    }
}

impl Commissioning<'_> {
    /// Carries the plan out as far as it goes. Whatever happens there is a report: what ended the job before its last
    /// step is in it. Running the same job again goes on from what meter and ledger tell.
    pub fn run<'r>(
        &'r self,
        meter: &'r mut dyn Meter,
        head_end: Option<&'r mut dyn HeadEnd>,
        ledger: &'r mut Ledger,
        operator: &'r mut dyn Operator,
    ) -> Report {
        let now = rfc3339((self.now)());
        let report = Report {
            job: self.job.id.clone(),
            plan: self.plan.name.clone(),
            dry_run: self.dry_run,
            order: None,
            link: meter.link_name(),
            started_at: now.clone(),
            ended_at: now,
            meter: MeterRef::default(),
            identity: crate::meter::Identity::default(),
            outcome: CommissionOutcome::Failed,
            steps: Vec::new(),
            head_end: head_end.as_ref().map(|head_end| HeadEndNote {
                name: head_end.name().to_owned(),
                offline: head_end.is_offline(),
                verdict: None,
            }),
            status: None,
            error: None,
            notes: Vec::new(),
            operator: ledger.author().operator.clone(),
            host: ledger.author().host.clone(),
            tool: ledger.author().tool.clone(),
            ledger_head: String::new(),
            changed_earlier: false,
            refused_by: None,
        };
        let run = Run {
            config: self,
            meter: Guarded::new(meter),
            head_end,
            ledger,
            operator,
            values: Values::default(),
            searcher: Searcher::new(Arc::clone(&self.keyring), Reach::default()),
            job_id: self.job.id.clone(),
            vend_code: self.job.vend_code.clone(),
            reference: MeterRef::default(),
            status: Status::default(),
            history: Vec::new(),
            handshake: None,
            target: MeterParameters::default(),
            check_again: false,
            power_limit_token: None,
            secrets: None,
            intent: None,
            report,
        };
        run.whole()
    }
}

/// Whether earlier runs of a job changed the meter, or may have: a change that was taken, or whose end nobody saw.
fn has_changed(rows: &[Entry]) -> bool {
    let is_change = |row: &&Entry| {
        row.kind == EntryKind::Intent && !matches!(row.operation, Operation::Commission | Operation::BulkJob)
    };
    rows.iter().filter(is_change).any(|intent| {
        let ends = |row: &&Entry| row.kind == EntryKind::Outcome && row.intent == Some(intent.seq);
        let end = rows.iter().filter(ends).filter_map(|row| row.outcome).next_back();
        end.is_none_or(|end| matches!(end, Outcome::Accepted | Outcome::Unknown))
    })
}

/// What ends a job at a step.
#[derive(Debug)]
pub(super) struct Stop {
    /// The outcome of the step.
    pub outcome: StepOutcome,
    /// How the job ended.
    pub job: CommissionOutcome,
    /// Error beneath, for the exit code.
    pub fault: Option<Fault>,
}

/// What a step gives: its outcome, or the end of the job.
pub(super) type Ended = Result<StepOutcome, Box<Stop>>;

impl Stop {
    /// A step that is known not to be achieved.
    pub fn failed(step: &str, reason: impl Into<String>) -> Box<Self> {
        Stop::with(StepOutcome::new(step, StepState::Failed).reason(reason), CommissionOutcome::Failed)
    }

    /// Going on could do harm.
    pub fn unsafe_to_go_on(step: &str, code: Code, reason: impl Into<String>) -> Box<Self> {
        let reason = reason.into();
        Box::new(Stop {
            outcome: StepOutcome::new(step, StepState::Failed).reason(reason.clone()),
            job: CommissionOutcome::Stopped,
            fault: Some(Fault::new(code, reason)),
        })
    }

    /// The numbers or the code of this meter were met on another.
    pub fn suspected_clone(step: &str, reason: &str) -> Box<Self> {
        let mut stop = Stop::unsafe_to_go_on(step, Code::WrongMeter, format!("suspected clone: {reason}"));
        stop.fault = stop.fault.map(|fault| fault.counted_as(Some(SafetyCause::Clone)));
        stop
    }

    /// An outcome and what it means for the job.
    pub fn with(outcome: StepOutcome, job: CommissionOutcome) -> Box<Self> {
        Box::new(Stop { outcome, job, fault: None })
    }

    /// Line or meter.
    pub fn meter(step: &str, error: &MeterError) -> Box<Self> {
        Stop::failure(step, error.code(), error.to_string())
    }

    fn failure(step: &str, code: Code, message: String) -> Box<Self> {
        let is_safety = code.exit() == crate::error::Exit::Safety;
        let job = if is_safety { CommissionOutcome::Stopped } else { CommissionOutcome::Failed };
        let outcome = StepOutcome::new(step, StepState::Failed).reason(message.clone());
        Box::new(Stop { outcome, job, fault: Some(Fault::new(code, message)) })
    }

    /// The ledger.
    pub fn ledger(step: &str, error: LedgerError) -> Box<Self> {
        Stop::failure(step, error.code(), error.to_string())
    }

    /// A change of which nothing was sent.
    pub fn change(step: &str, error: ChangeError) -> Box<Self> {
        match error {
            ChangeError::Meter(error) => Stop::meter(step, &error),
            ChangeError::Ledger(_) | ChangeError::Interrupted => Stop::failure(step, error.code(), error.to_string()),
            other => {
                let mut stop = Stop::unsafe_to_go_on(step, other.code(), other.to_string());
                stop.fault = stop.fault.map(|fault| fault.counted_as(other.safety_cause()));
                stop
            }
        }
    }

    /// The meter answered, and the answer could not be recorded: a person has to know before anything else is sent.
    pub fn unrecorded(step: &str, outcome: StepOutcome, error: &LedgerError) -> Box<Self> {
        let told = outcome.reason.clone().unwrap_or_default();
        let message = format!(
            "the outcome of {step} could not be recorded ({error}); the next run reads the meter back before it goes on"
        );
        let reason = if told.is_empty() { message.clone() } else { format!("{told}; {message}") };
        let fault = Some(Fault::new(Code::OutcomeUnrecorded, message));
        Box::new(Stop { outcome: outcome.reason(reason), job: CommissionOutcome::Stopped, fault })
    }

    /// A head-end that gave no answer.
    pub fn head_end(step: &str, error: &HeadEndError) -> Box<Self> {
        let outcome = StepOutcome::new(step, StepState::Failed).reason(error.to_string());
        let unknown = error.code() == Code::OutcomeUnknown;
        let job = if unknown { CommissionOutcome::Unknown } else { CommissionOutcome::Failed };
        Box::new(Stop { outcome, job, fault: Some(Fault::new(error.code(), error.to_string())) })
    }

    /// A question without an answer.
    pub fn unanswered(step: &str, error: Unanswered) -> Box<Self> {
        let code = match error {
            Unanswered::NonInteractive { .. } => Code::MissingAnswer,
            Unanswered::BrokenOff(_) => Code::Interrupted,
        };
        let outcome = StepOutcome::new(step, StepState::Failed).reason(error.to_string());
        Box::new(Stop { outcome, job: CommissionOutcome::Stopped, fault: Some(Fault::new(code, error.to_string())) })
    }
}

/// A job under way.
pub(super) struct Run<'a> {
    pub config: &'a Commissioning<'a>,
    pub meter: Guarded<'a>,
    pub head_end: Option<&'a mut dyn HeadEnd>,
    pub ledger: &'a mut Ledger,
    pub operator: &'a mut dyn Operator,
    pub values: Values,
    pub searcher: Searcher,
    /// The job's id; without one, the meter's number.
    pub job_id: String,
    /// The job's vend code, else what was answered.
    pub vend_code: Option<String>,
    pub reference: MeterRef,
    /// What the meter told last.
    pub status: Status,
    /// Rows of this job about this meter, as the job began.
    pub history: Vec<Entry>,
    pub handshake: Option<Handshake>,
    /// The key the meter is to be on.
    pub target: MeterParameters,
    /// The head-end wants a key change before it says yes.
    pub check_again: bool,
    /// A power-limit token that came with a key change.
    pub power_limit_token: Option<Token>,
    /// The change of the interface's keys, once it is known what the meter holds of it.
    pub secrets: Option<PreparedSecrets>,
    /// The row of this job, open while it runs.
    pub intent: Option<IntentId>,
    pub report: Report,
}

impl<'a> Run<'a> {
    fn whole(mut self) -> Report {
        match self.config.job.values(self.config.plan) {
            Ok(values) => {
                self.values = values;
                self.steps();
            }
            Err(problem) => {
                self.report.error = Some(Fault::new(Code::BadValue, problem));
            }
        }
        let dry_run = self.config.dry_run;
        self.conclude_job(dry_run);
        self.report.ended_at = rfc3339((self.config.now)());
        self.report.ledger_head = self.ledger.head().unwrap_or_default();
        self.report
    }

    fn steps(&mut self) {
        let plan = self.config.plan;
        for planned in &plan.steps {
            let word = planned.word().to_owned();
            self.operator.step_begins(&word);
            let ended = self.step(planned);
            let (outcome, stop) = match ended {
                Ok(outcome) => (outcome, None),
                Err(stop) => {
                    let Stop { outcome, job, fault } = *stop;
                    (outcome, Some((job, fault)))
                }
            };
            self.operator.step_ended(&outcome);
            self.report.steps.push(outcome);
            if let Some((job, fault)) = stop {
                self.report.outcome = job;
                self.report.error = fault;
                self.tell_of_failure();
                return;
            }
        }
        self.report.outcome =
            if self.config.dry_run { CommissionOutcome::Planned } else { CommissionOutcome::Commissioned };
    }

    fn step(&mut self, planned: &PlannedStep) -> Ended {
        let ended = match &planned.action {
            Action::Ask(question) => self.ask(question),
            Action::Step(StepName::Identify) => self.find_secrets().and_then(|()| self.identify()),
            Action::Step(StepName::Record) => self.record(),
            Action::Step(StepName::Certificate) => self.certificate(),
            Action::Step(StepName::VendCode) => self.vend_code(),
            Action::Step(StepName::Firmware) => self.firmware(),
            Action::Step(StepName::Clock) => self.clock(),
            Action::Step(StepName::KeyRegister) => self.key_register(),
            Action::Step(StepName::KeyChange) => self.key_change(),
            Action::Step(StepName::ClearTamper) => self.clear_tamper(),
            Action::Step(StepName::PowerLimit) => self.power_limit(),
            Action::Step(StepName::PhaseUnbalance) => self.phase_unbalance(),
            Action::Step(StepName::RelayTest) => self.relay_test(),
            Action::Step(StepName::FirstCredit) => self.first_credit(),
            Action::Step(StepName::DlmsKeys) => self.dlms_keys(),
            Action::Step(StepName::FirmwareUpdate) => self.firmware_update(),
            Action::Step(StepName::Status) => self.final_status(),
            Action::Step(StepName::Report) => self.hand_in(),
        };
        // What cannot be done is a failure, unless the plan lets it be left out.
        match ended {
            Ok(outcome) if outcome.unable && !planned.optional => {
                let reason = outcome.reason.clone().unwrap_or_default();
                let outcome = StepOutcome { state: StepState::Failed, ..outcome };
                let outcome = outcome.reason(format!("{reason}; the plan does not let it be left out"));
                Err(Stop::with(outcome, CommissionOutcome::Failed))
            }
            other => other,
        }
    }

    /// Something to know, once.
    pub fn remark(&mut self, note: impl Into<String>) {
        let note = note.into();
        if !self.report.notes.contains(&note) {
            self.report.notes.push(note);
        }
    }

    /// Reads the meter anew.
    pub fn look(&mut self, step: &str) -> Result<(), Box<Stop>> {
        self.status =
            read_status(&mut self.meter, self.searcher.vending_keys()).map_err(|error| Stop::meter(step, &error))?;
        Ok(())
    }

    /// Begins the job in the ledger, or takes up the row that an earlier run left open.
    pub fn begin_job(&mut self) -> Result<(), Box<Stop>> {
        let step = StepName::Identify.word();
        let ledger = |error| Stop::ledger(step, error);
        let job = self.job_id.clone();
        let mut rows = self.ledger.entries(&Filter { job: Some(job.clone()), ..Filter::default() }).map_err(ledger)?;
        // Beginning and end of the job in a bulk run name the meter of the list, and tell nothing of the meter.
        rows.retain(|row| row.operation != Operation::BulkJob);
        let mine = |row: &Entry| row.meter.is_same(&self.reference);
        // What ended without anything being sent, as at a wrong address, does not tie the job to that meter.
        let failed: Vec<i64> =
            rows.iter().filter(|row| row.outcome == Some(Outcome::Failed)).filter_map(|row| row.intent).collect();
        let tied = |row: &&Entry| !failed.contains(&row.seq) && !row.intent.is_some_and(|seq| failed.contains(&seq));
        if let Some(other) = rows.iter().filter(tied).find(|row| !mine(row)) {
            let reason =
                format!("job {job} was begun on meter {}, and this is another; nothing was sent", other.meter.name());
            return Err(Stop::unsafe_to_go_on(step, Code::WrongMeter, reason));
        }
        let open = self.ledger.open_intents(&self.reference).map_err(ledger)?;
        self.settle_others(step)?;
        let detail = self.job_detail();
        let same_plan = |row: &Entry| row.detail.get("plan_hash") == detail.get("plan_hash");
        let begun = open.iter().find(|row| {
            row.job.as_deref() == Some(&job)
                && row.operation == Operation::Commission
                && row.detail.get("plan").is_some()
        });
        self.intent = match begun {
            Some(row) if same_plan(row) => IntentId::of(row),
            Some(row) => {
                if let Some(intent) = IntentId::of(row) {
                    let detail = json!({"note": "the plan has changed since"});
                    self.ledger.conclude(intent, Outcome::Failed, detail, (self.config.now)()).map_err(ledger)?;
                }
                None
            }
            None => None,
        };
        if self.intent.is_some() {
            self.remark("an earlier run of this job was cut short: it goes on from there");
        } else {
            self.intent = Some(self.intend_commission(detail).map_err(ledger)?);
        }
        self.report.changed_earlier = has_changed(&rows);
        self.history = rows;
        Ok(())
    }

    /// Changes that other commands left open at this meter are settled before anything is sent.
    fn settle_others(&mut self, step: &str) -> Result<(), Box<Stop>> {
        let job = self.job_id.clone();
        let (meter, mut context) = self.change_context(&job);
        let keeps = |row: &Entry| row.job.as_deref() == Some(job.as_str());
        let settled = settle_open_intents(meter, &mut context, &keeps).map_err(|error| Stop::change(step, error))?;
        settled.iter().for_each(|intent| self.remark(intent.in_words()));
        Ok(())
    }

    /// The meter, and what a change to it needs.
    pub fn change_context<'s>(&'s mut self, job: &'s str) -> (&'s mut Guarded<'a>, ChangeContext<'s>) {
        let context = ChangeContext {
            ledger: &mut *self.ledger,
            meter: self.reference.clone(),
            job: Some(job),
            now: &self.config.now,
            interrupt: self.config.interrupt.clone(),
            read_back_limit: self.config.read_back_limit,
        };
        (&mut self.meter, context)
    }

    fn job_detail(&self) -> Value {
        let plan = self.config.plan;
        let mut hash = Sha256::new();
        hash.update(plan.text.as_bytes());
        let digest = hex::encode(hash.finalize().get(..8).unwrap_or_default());
        let overrides: serde_json::Map<String, Value> =
            self.config.job.overrides.iter().map(|(key, value)| (key.clone(), json!(value))).collect();
        json!({"plan": plan.name, "plan_hash": digest, "overrides": overrides, "place": self.place(),
               "link": self.report.link})
    }

    /// The place the vend code stands for, as a mark: enough to tell two places apart.
    pub fn place(&self) -> Option<String> {
        let code = self.vend_code.as_ref()?;
        let plain: String = code.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_uppercase).collect();
        self.ledger.mark(&plain).hash.get(..16).map(str::to_owned)
    }

    pub fn intend_commission(&mut self, detail: Value) -> Result<IntentId, LedgerError> {
        let act = Act {
            meter: &self.reference,
            operation: Operation::Commission,
            token: None,
            job: Some(&self.job_id),
            detail,
        };
        self.ledger.intend(&act, (self.config.now)())
    }

    /// Ends the job in the ledger.
    fn conclude_job(&mut self, dry_run: bool) {
        let Some(intent) = self.intent.filter(|_| !dry_run) else { return };
        // Stopped by hand: the row stays open, and the next run takes it up.
        if self.report.error.as_ref().is_some_and(|fault| fault.code == Code::Interrupted) {
            return;
        }
        let ending = match self.report.outcome {
            CommissionOutcome::Commissioned => Outcome::Accepted,
            CommissionOutcome::Unknown => Outcome::Unknown,
            CommissionOutcome::Failed | CommissionOutcome::Stopped | CommissionOutcome::Planned => Outcome::Failed,
        };
        let steps: Vec<Value> = self
            .report
            .steps
            .iter()
            .map(|step| json!({"step": step.step, "state": step.state, "reason": step.reason}))
            .collect();
        let detail = json!({"outcome": self.report.outcome, "steps": steps, "place": self.place()});
        if let Err(error) = self.ledger.conclude(intent, ending, detail, (self.config.now)()) {
            self.report.error = Some(Fault::new(error.code(), error.to_string()));
        }
    }

    /// Whether an earlier run of this job has this step's end in the ledger, and the row.
    pub fn done_before(&self, step: &str) -> Option<&Entry> {
        self.history.iter().rev().find(|row| {
            row.kind == EntryKind::Outcome
                && row.outcome == Some(Outcome::Accepted)
                && row.detail.get("step").and_then(Value::as_str) == Some(step)
        })
    }

    /// Intents of this step that an earlier run left open.
    pub fn left_open(&self, step: &str) -> Result<Vec<Entry>, Box<Stop>> {
        let open = self.ledger.open_intents(&self.reference).map_err(|error| Stop::ledger(step, error))?;
        let of_step = |row: &Entry| {
            row.job.as_deref() == Some(&self.job_id) && row.detail.get("step").and_then(Value::as_str) == Some(step)
        };
        Ok(open.into_iter().filter(of_step).collect())
    }

    /// Concludes what an earlier run left open of this step, by what the meter tells now.
    pub fn settle_step(&mut self, step: &str, outcome: Outcome, detail: &Value) -> Result<(), Box<Stop>> {
        if self.config.dry_run {
            return Ok(());
        }
        for row in self.left_open(step)? {
            if let Some(intent) = IntentId::of(&row) {
                let detail = json!({"step": step, "read_back": true, "found": detail});
                self.ledger
                    .conclude(intent, outcome, detail, (self.config.now)())
                    .map_err(|error| Stop::ledger(step, error))?;
            }
        }
        Ok(())
    }
}
