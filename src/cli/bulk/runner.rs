//! A job of the list on its line: the meter opened, commissioned by its plan, and left in order.

use std::sync::Arc;

use serde_json::Value;
use time::OffsetDateTime;

use super::shelf::{Shelf, commission_job};
use crate::bulk::run::{JobRunner, Runners};
use crate::bulk::{Job, JobEnd, Verdict};
use crate::cli::context::SharedContext;
use crate::cli::global::ProtocolName;
use crate::cli::{CommandError, GlobalOptions, meter};
use crate::commission::{Attendant, Commissioning, JobOutcome, Question, Registry, Report, StepOutcome, Unanswered};
use crate::error::{Code, Exit};
use crate::headend::{Factory, HeadEnd};
use crate::ledger::Ledger;
use crate::link::Interrupt;
use crate::sts::keyring::Keyring;

/// What the lines have in common.
pub(super) struct Crew<'a> {
    pub(super) options: &'a GlobalOptions,
    pub(super) shared: SharedContext,
    pub(super) shelf: &'a Shelf,
    pub(super) keyring: Arc<Keyring>,
    pub(super) registry: Option<&'a (dyn Registry + Sync)>,
    pub(super) head_end: Option<&'a Factory>,
    pub(super) dry_run: bool,
    /// Raised by the first Ctrl-C: a line ends after its step.
    pub(super) stop: Interrupt,
}

impl Runners for Crew<'_> {
    fn for_line(&self) -> Box<dyn JobRunner + '_> {
        Box::new(Line { crew: self, head_end: None })
    }
}

/// One line of the crew.
struct Line<'a> {
    crew: &'a Crew<'a>,
    /// Opened for the first job that comes.
    head_end: Option<Box<dyn HeadEnd>>,
}

/// Nobody is asked. Between two steps the user's wish to stop is handed to the line, which then sends nothing more.
struct BetweenSteps<'a> {
    stop: &'a Interrupt,
    of_line: Interrupt,
    step: &'a mut dyn FnMut(&str),
    broken_off: bool,
}

impl Attendant for BetweenSteps<'_> {
    fn answer(&mut self, question: &Question) -> Result<String, Unanswered> {
        Err(Unanswered::Nobody { question: question.ask.clone(), option: format!("answer.{}", question.id) })
    }

    fn confirm(&mut self, _question: &str) -> Result<bool, Unanswered> {
        // The whole run was confirmed before it began.
        Ok(true)
    }

    fn step_begins(&mut self, step: &str) {
        if self.stop.requested() && !self.broken_off {
            self.broken_off = true;
            self.of_line.raise();
        }
        (self.step)(step);
    }

    fn step_ended(&mut self, _outcome: &StepOutcome) {}
}

impl JobRunner for Line<'_> {
    fn run(&mut self, job: &Job, name: &str, ledger: &mut Ledger, step: &mut dyn FnMut(&str)) -> JobEnd {
        match self.commission(job, name, ledger, step) {
            Ok(report) => end_of(&report),
            Err(error) => JobEnd {
                verdict: match (error.code, error.code.exit()) {
                    (Code::Interrupted, _) => Verdict::Interrupted,
                    (_, Exit::Safety) => Verdict::Stopped,
                    _ => Verdict::Failed,
                },
                cause: Some(error.code.word().to_owned()),
                message: Some(error.message.clone()),
                exit: error.code.exit().number(),
                report: Value::Null,
                fatal: error.code == Code::Ledger,
            },
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
    ) -> Result<Report, CommandError> {
        let crew = self.crew;
        let plan = crew.shelf.plan_of(&listed.plan).map_err(|problem| CommandError::new(Code::Config, problem))?;
        let job = commission_job(listed, name).map_err(|problem| CommandError::new(Code::BadValue, problem))?;
        if let (None, Some(factory)) = (&self.head_end, crew.head_end) {
            self.head_end = Some(factory.open()?);
        }
        let of_line = Interrupt::new();
        let mut context = crew.shared.line(options(crew.options, listed), of_line.clone());
        let mut attendant = BetweenSteps { stop: &crew.stop, of_line, step, broken_off: false };
        let commissioning = Commissioning {
            plan: &plan,
            job: &job,
            keyring: Arc::clone(&crew.keyring),
            registry: crew.registry.map(|registry| registry as &dyn Registry),
            dry_run: crew.dry_run,
            now: OffsetDateTime::now_utc,
        };
        let mut report = None;
        let head_end = &mut self.head_end;
        meter::with(&mut context, |meter, _| {
            let head_end = head_end.as_deref_mut().map(|head_end| head_end as &mut dyn HeadEnd);
            report = Some(commissioning.run(meter, head_end, ledger, &mut attendant));
            Ok(Exit::Done)
        })?;
        report.ok_or_else(|| CommandError::new(Code::Interrupted, "stopped before the meter was opened"))
    }
}

/// The options of the command with the row's in their place.
fn options(run: &GlobalOptions, job: &Job) -> GlobalOptions {
    let protocol =
        job.protocol.as_deref().and_then(|word| <ProtocolName as clap::ValueEnum>::from_str(word, false).ok());
    GlobalOptions {
        link: Some(job.link.clone()),
        address: job.address.clone(),
        protocol,
        profile: job.profile.clone(),
        trace: None,
        non_interactive: true,
        verbose: 0,
        ..run.clone()
    }
}

fn end_of(report: &Report) -> JobEnd {
    let fault = report.error.as_ref();
    let verdict = match (report.outcome, fault.map(|fault| fault.code)) {
        (JobOutcome::Commissioned, _) => Verdict::Done,
        (JobOutcome::Planned, _) => Verdict::Planned,
        (_, Some(Code::Interrupted)) => Verdict::Interrupted,
        (JobOutcome::Unknown, _) => Verdict::Unknown,
        (JobOutcome::Stopped, _) => Verdict::Stopped,
        (JobOutcome::Failed, _) => Verdict::Failed,
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
        verdict,
        cause: report.cause(),
        message: if verdict.is_good() { None } else { reason.or_else(|| fault.map(|fault| fault.message.clone())) },
        exit: report.exit().number(),
        report: kept,
        fatal: fault.is_some_and(|fault| fault.code == Code::Ledger),
    }
}
