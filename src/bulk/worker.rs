//! A job of the list on its line: the meter opened, commissioned by its plan, and left in order.

use std::sync::Arc;

use serde_json::Value;
use time::OffsetDateTime;

use super::list::Job;
use super::outcome::{JobEnd, JobOutcome};
use super::plan_cache::{PlanCache, commission_job};
use super::run::{JobRunner, Runners};
use crate::change::read_back_limit;
use crate::commission::{
    CommissionOutcome, Commissioning, InterfaceMaterial, Operator, Question, Registry, Report, StepOutcome, Unanswered,
};
use crate::connect::{ConnectError, Connector, MeterOptions};
use crate::error::{Code, Exit};
use crate::headend::{Factory, HeadEnd, HeadEndError};
use crate::ledger::Ledger;
use crate::link::Interrupt;
use crate::meter::profile::Protocol;
use crate::sts::keyring::Keyring;

/// What the lines have in common.
pub struct WorkerContext<'a> {
    /// Options of the command, over which those of a row go.
    pub options: MeterOptions,
    /// Opens meters of this run: it is given the options of a row and the line's own wish to stop.
    pub connect: &'a (dyn Fn(MeterOptions, Interrupt) -> Connector + Sync),
    /// Plans at hand.
    pub plans: &'a PlanCache,
    /// Keys at hand.
    pub keyring: Arc<Keyring>,
    /// The utility's register of certificates.
    pub registry: Option<&'a (dyn Registry + Sync)>,
    /// Opens the head-end, once a line.
    pub head_end: Option<&'a Factory>,
    /// Whether nothing is to be written.
    pub dry_run: bool,
    /// Whether clocks that are whole half hours off are set, too.
    pub accept_offset: bool,
    /// Whether key changes may move to a later base date without the roll-over bit.
    pub accept_no_rollover: bool,
    /// New keys of the meters' interface, and new firmware.
    pub interface: InterfaceMaterial,
    /// Raised by the first wish to stop: a line ends after its step.
    pub stop: Interrupt,
}

impl std::fmt::Debug for WorkerContext<'_> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("WorkerContext").field("dry_run", &self.dry_run).finish_non_exhaustive()
    }
}

impl Runners for WorkerContext<'_> {
    fn for_line(&self) -> Box<dyn JobRunner + '_> {
        Box::new(Line { context: self, head_end: None })
    }
}

/// One line.
struct Line<'a> {
    context: &'a WorkerContext<'a>,
    /// Opened for the first job that comes.
    head_end: Option<Box<dyn HeadEnd>>,
}

/// Nobody is asked. Between two steps the user's wish to stop is handed to the line, which then sends nothing more.
struct BetweenSteps<'a> {
    stop: &'a Interrupt,
    of_line: Interrupt,
    step: &'a mut dyn FnMut(&str),
    stopped: bool,
}

impl Operator for BetweenSteps<'_> {
    fn answer(&mut self, question: &Question) -> Result<String, Unanswered> {
        Err(Unanswered::NonInteractive { question: question.ask.clone(), option: format!("answer.{}", question.id) })
    }

    fn confirm(&mut self, _question: &str) -> Result<bool, Unanswered> {
        // The whole run was confirmed before it began.
        Ok(true)
    }

    fn step_begins(&mut self, step: &str) {
        if self.stop.requested() && !self.stopped {
            self.stopped = true;
            self.of_line.raise();
        }
        (self.step)(step);
    }

    fn step_ended(&mut self, _outcome: &StepOutcome) {}
}

/// Why a job did not come to a report.
enum Failure {
    Plan(Code, String),
    HeadEnd(HeadEndError),
    Connect(ConnectError),
}

impl Failure {
    fn code(&self) -> Code {
        match self {
            Failure::Plan(code, _) => *code,
            Failure::HeadEnd(error) => error.code(),
            Failure::Connect(error) => error.code(),
        }
    }

    fn message(&self) -> String {
        match self {
            Failure::Plan(_, problem) => problem.clone(),
            Failure::HeadEnd(error) => error.to_string(),
            Failure::Connect(error) => error.to_string(),
        }
    }
}

impl JobRunner for Line<'_> {
    fn run(&mut self, job: &Job, name: &str, ledger: &mut Ledger, step: &mut dyn FnMut(&str)) -> JobEnd {
        match self.commission(job, name, ledger, step) {
            Ok(report) => end_of(&report),
            Err(failure) => {
                let code = failure.code();
                JobEnd {
                    outcome: match (code, code.exit()) {
                        (Code::Interrupted, _) => JobOutcome::Interrupted,
                        (_, Exit::Safety) => JobOutcome::Stopped,
                        _ => JobOutcome::Failed,
                    },
                    already: false,
                    cause: Some(code.word().to_owned()),
                    message: Some(failure.message()),
                    exit: code.exit().number(),
                    report: Value::Null,
                    fatal: code == Code::Ledger,
                }
            }
        }
    }
}

impl Line<'_> {
    fn commission(
        &mut self,
        listed: &Job,
        name: &str,
        ledger: &mut Ledger,
        step: &mut dyn FnMut(&str),
    ) -> Result<Report, Failure> {
        let context = self.context;
        let plan = context.plans.plan(&listed.plan).map_err(|problem| Failure::Plan(Code::Config, problem))?;
        let job = commission_job(listed, name).map_err(|problem| Failure::Plan(Code::BadValue, problem))?;
        if let (None, Some(factory)) = (&self.head_end, context.head_end) {
            self.head_end = Some(factory.open().map_err(Failure::HeadEnd)?);
        }
        let of_line = context.stop.for_part();
        let options = options_of(&context.options, listed);
        let limit = read_back_limit(options.timeout, options.retries);
        let mut connector = (context.connect)(options, of_line.clone());
        if context.interface.secrets.is_some() {
            connector = connector.without_proof();
        }
        let mut meter = connector.open().map_err(Failure::Connect)?;
        let commissioning = Commissioning {
            plan: &plan,
            job: &job,
            keyring: Arc::clone(&context.keyring),
            registry: context.registry.map(|registry| registry as &dyn Registry),
            dry_run: context.dry_run,
            accept_offset: context.accept_offset,
            accept_no_rollover: context.accept_no_rollover,
            interface: context.interface.clone(),
            now: OffsetDateTime::now_utc,
            interrupt: of_line.clone(),
            read_back_limit: limit,
        };
        let mut operator = BetweenSteps { stop: &context.stop, of_line, step, stopped: false };
        let head_end = self.head_end.as_deref_mut().map(|head_end| head_end as &mut dyn HeadEnd);
        let report = commissioning.run(meter.as_mut(), head_end, ledger, &mut operator);
        meter.close();
        Ok(report)
    }
}

/// The options of the command with the row's in their place.
fn options_of(run: &MeterOptions, job: &Job) -> MeterOptions {
    MeterOptions {
        link: Some(job.link.clone()),
        address: job.address.clone(),
        protocol: job.protocol.as_deref().and_then(Protocol::from_word),
        profile: job.profile.clone(),
        trace: None,
        ..run.clone()
    }
}

/// What became of a job, by the report of its commissioning.
pub fn end_of(report: &Report) -> JobEnd {
    let fault = report.error.as_ref();
    let outcome = match (report.outcome, fault.map(|fault| fault.code)) {
        (CommissionOutcome::Commissioned, _) => JobOutcome::Done,
        (CommissionOutcome::Planned, _) => JobOutcome::Planned,
        (_, Some(Code::Interrupted)) => JobOutcome::Interrupted,
        (CommissionOutcome::Unknown, _) => JobOutcome::Unknown,
        (CommissionOutcome::Stopped, _) => JobOutcome::Stopped,
        (CommissionOutcome::Failed, _) => JobOutcome::Failed,
    };
    let reason = report.culprit().and_then(|step| {
        let reason = step.reason.clone()?;
        Some(format!("{}: {reason}", step.step))
    });
    let mut kept = serde_json::to_value(report).unwrap_or_default();
    if let Value::Object(fields) = &mut kept {
        // The steps have what the certificate shows; the whole readout would make the ledger many times as large.
        fields.remove("status");
    }
    JobEnd {
        outcome,
        already: report.was_already_so(),
        cause: report.cause(),
        message: if outcome.is_good() { None } else { reason.or_else(|| fault.map(|fault| fault.message.clone())) },
        exit: report.exit().number(),
        report: kept,
        fatal: fault.is_some_and(|fault| matches!(fault.code, Code::Ledger | Code::OutcomeUnrecorded)),
    }
}
