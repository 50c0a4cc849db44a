//! `wattkey commission --orders FILE`: the meter at hand, by its work order.

use std::collections::HashSet;
use std::path::Path;

use time::OffsetDateTime;

use super::{Arguments, check, commissioning, head_end, keep_sheet, with_options};
use crate::cli::options::order_file::{self, OpenOrders};
use crate::cli::{CommandError, CommandResult, Context, ledger_file, meter};
use wattkey::bulk::plan_cache::commission_job;
use wattkey::bulk::run::bracketed;
use wattkey::bulk::state::close_open_jobs;
use wattkey::bulk::worker::end_of;
use wattkey::bulk::{RunDirectory, RunRecord};
use wattkey::commission::Plan;
use wattkey::error::Code;
use wattkey::headend::HeadEnd;
use wattkey::headend::registry::Registry as CertificateRegistry;
use wattkey::ledger::Outcome;
use wattkey::meter::time::rfc3339;
use wattkey::meter::{Meter, MeterRef};
use wattkey::orders::order_file::OrderLine;
use wattkey::output::sanitize;

use super::terminal_operator::TerminalOperator;

/// Finds the order of the meter and carries it out. Its result is in the ledger as that of a job of `bulk run`.
pub(super) fn run(arguments: &Arguments, path: &Path, context: &mut Context) -> CommandResult {
    let orders = order_file::open(path, context)?.ok_or_else(|| {
        CommandError::new(Code::BadValue, format!("{} is no order file", path.display()))
            .hint("`wattkey orders take -o FILE` writes one.")
    })?;
    let register = arguments.certificates.as_deref().map(CertificateRegistry::load).transpose()?;
    let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let run = order_file::run_name(path, &stem);
    let runs = RunDirectory::new(&context.folders.state()?);
    let _lock = runs.lock_run(&run)?;
    meter::with_unproved(context, |meter, context| {
        let done = done_in(&run, context)?;
        let line = order_of(&orders, arguments, &done, meter)?;
        let of_orders = orders.head_end_of(context, &|other| other.order.id == line.order.id)?;
        context.note(format!("the order is {}", sanitize(&line.order.id)));
        let listed = orders.file.job_of(line, &meter.link_name());
        let name = format!("{run}/{}", line.order.id);
        let bad = |problem: String| CommandError::new(Code::BadValue, problem);
        let job = with_options(commission_job(&listed, &name).map_err(bad)?, arguments)?;
        let plan = orders.file.plans.get(&line.order.plan_digest).map(|plan| plan.text.as_str()).unwrap_or_default();
        let plan = Plan::parse(&line.order.plan, plan)?;
        let mut head_end: Option<Box<dyn HeadEnd>> = match &of_orders {
            Some(factory) if !arguments.head_end.is_named(context) => Some(factory.open()?),
            _ => head_end(arguments, &plan, context)?,
        };
        check(&job, &plan, arguments, context)?;
        let commissioning = commissioning(&plan, &job, register.as_ref(), arguments, context)?;
        let mut book = ledger_file::open_to_write(context)?;
        let mut person = TerminalOperator::new(context);
        let mut head_end = head_end.as_deref_mut();
        if arguments.dry_run {
            let mut report = commissioning.run(meter, head_end.map(|one| one as _), &mut book, &mut person);
            report.order = orders.file.mark(&line.order.id);
            context.print(&report)?;
            return Ok(report.exit());
        }
        close_open_jobs(&mut book, &run, OffsetDateTime::now_utc())?;
        keep_record(&runs, &run, path, &orders)?;
        let mut done = None;
        let order = orders.file.mark(&line.order.id);
        bracketed(&mut book, &listed, &name, order.clone(), &OffsetDateTime::now_utc, &mut |book| {
            let head_end = head_end.take().map(|one| one as _);
            let report = commissioning.run(meter, head_end, book, &mut person);
            let end = end_of(&report);
            done = Some(report);
            end
        })?;
        let mut report = done.ok_or_else(|| CommandError::new(Code::Internal, "the job gave no report"))?;
        report.order = order;
        context.print(&report)?;
        keep_sheet(arguments, &report, context)?;
        Ok(report.exit())
    })
}

/// The order that is named, else that of the meter at hand.
fn order_of<'o>(
    orders: &'o OpenOrders,
    arguments: &Arguments,
    done: &HashSet<String>,
    meter: &mut dyn Meter,
) -> Result<&'o OrderLine, CommandError> {
    let mut own = orders.file.orders.iter().filter(|line| orders.is_own(line));
    if let Some(id) = &arguments.id {
        return own.find(|line| line.order.id == *id).ok_or_else(|| {
            CommandError::new(Code::BadValue, format!("there is no order {id:?} in the file that is this device's"))
        });
    }
    let found = MeterRef::read(meter)?;
    let is_its = |line: &&OrderLine| {
        let named = MeterRef {
            serial: line.order.serial.clone(),
            drn: line.order.drn.as_deref().and_then(|drn| drn.parse().ok()),
        };
        named.is_same(&found)
    };
    // Of several the first that is not done; one that is done says so when it is read again.
    let its: Vec<&OrderLine> = own.filter(is_its).collect();
    let left = its.iter().find(|line| !done.contains(&line.order.id));
    left.or(its.first()).copied().ok_or_else(|| {
        CommandError::new(
            Code::WrongMeter,
            format!("nothing was sent: the meter {} has no order in this file", found.name()),
        )
        .hint("Compare the label with the order; `wattkey orders take` shows what this device holds (--held).")
    })
}

/// Orders that this laptop has done in a run.
fn done_in(run: &str, context: &Context) -> Result<HashSet<String>, CommandError> {
    let mut done = HashSet::new();
    ledger_file::open(context)?.each_job_mark(run, &mut |mark| {
        if mark.ending == Some(Outcome::Accepted) {
            done.insert(mark.id);
        }
    })?;
    Ok(done)
}

fn keep_record(runs: &RunDirectory, run: &str, path: &Path, orders: &OpenOrders) -> Result<(), CommandError> {
    let now = rfc3339(OffsetDateTime::now_utc());
    let before = runs.record(run)?;
    runs.keep(&RunRecord {
        run: run.to_owned(),
        list: path.display().to_string(),
        digest: orders.file.header.lease.clone(),
        jobs: orders.file.orders.len() as u64,
        lines: 1,
        begun_at: before.map_or_else(|| now.clone(), |before| before.begun_at),
        started_at: now,
    })?;
    Ok(())
}
