//! `wattkey bulk run`: a list checked whole, then done, a thread a line.

use std::collections::HashSet;
use std::fs::File;
use std::io::{self, IsTerminal, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use clap_complete::engine::ArgValueCandidates;
use time::OffsetDateTime;

use super::results::Results;
use crate::cli::candidates;
use crate::cli::options::head_end::HeadEndOptions;
use crate::cli::options::interface::InterfaceOptions;
use crate::cli::options::order_file::{self, OpenOrders};
use crate::cli::ui::{LineBars, LineProgress, PlainProgress, ShownLine};
use crate::cli::{CommandError, CommandResult, Context, ledger_file};
use wattkey::bulk::documents::{CheckDocument, JobDocument, RunDocument};
use wattkey::bulk::plan_cache::PlanCache;
use wattkey::bulk::run::{Event, LinePlan, Schedule, lines, lock_first_ports, no_order, run as carry_out};
use wattkey::bulk::state::close_open_jobs;
use wattkey::bulk::worker::WorkerContext;
use wattkey::bulk::{Defaults, JobEnd, JobList, JobOutcome, JobState, ListError, RunDirectory, RunRecord, RunState};
use wattkey::commission::Registry;
use wattkey::connect::MeterOptions;
use wattkey::connect::port_lock::PortLocks;
use wattkey::error::{Code, Exit};
use wattkey::headend::registry::Registry as CertificateRegistry;
use wattkey::ledger::Ledger;
use wattkey::link::Interrupt;
use wattkey::meter::time::rfc3339;
use wattkey::sts::keyring::Keyring;

/// Problems of an order file that are shown.
const MOST_SHOWN: usize = 20;

/// Do the jobs of a list
#[derive(Debug, clap::Args)]
#[command(after_long_help = include_str!("../../../data/help/bulk/run.txt"))]
pub struct Arguments {
    /// List of jobs, CSV or JSON Lines, or a file of `wattkey orders take`; - is standard input
    #[arg(value_name = "JOBS")]
    jobs: PathBuf,

    /// Name of the run [default: that of the list's file]
    #[arg(add = ArgValueCandidates::new(candidates::runs), long, value_name = "NAME")]
    run: Option<String>,

    /// Plan of rows that name none
    #[arg(add = ArgValueCandidates::new(candidates::plans), long, value_name = "NAME|FILE")]
    plan: Option<String>,

    /// Go on with a run that was begun: all that is not done, save what is in doubt
    #[arg(long)]
    resume: bool,

    /// Go on with these jobs only; may be given again
    #[arg(long, value_enum, value_name = "STATE")]
    only: Vec<Only>,

    /// Begin no further job once so many are not done
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    max_failures: Option<u64>,

    /// Read every meter and tell what would be done; write nothing
    #[arg(long, conflicts_with_all = ["resume", "only"])]
    dry_run: bool,

    /// Set clocks, too, that are whole half hours off: such a drift looks like a time zone
    #[arg(long)]
    accept_offset: bool,

    /// Enter key changes, too, that move to a later base date without the roll-over bit: the meter keeps its old token
    /// identifiers and calls new tokens old
    #[arg(long)]
    accept_no_rollover: bool,

    #[command(flatten)]
    interface: InterfaceOptions,

    /// Check the list and talk to no meter
    #[arg(long, conflicts_with_all = ["resume", "only", "dry_run"])]
    check_only: bool,

    /// Lines worked on at a time
    #[arg(long, value_name = "N", default_value_t = 64, value_parser = clap::value_parser!(u16).range(1..=1024))]
    lines: u16,

    /// The utility's register of STS certificates: CSV or JSON, as `wattkey certificate check` takes it
    #[arg(long, value_name = "FILE")]
    certificates: Option<PathBuf>,

    #[command(flatten)]
    head_end: HeadEndOptions,
}

/// Jobs to go on with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, clap::ValueEnum)]
enum Only {
    /// Failed, or broken off
    Failed,
    /// Stopped for safety, as at a wrong meter
    Stopped,
    /// In doubt: a person has looked at the meter meanwhile
    Unknown,
    /// Never begun, or cut short
    Open,
}

impl Only {
    fn holds(self, state: JobState) -> bool {
        match self {
            Only::Failed => state == JobState::Failed,
            Only::Stopped => state == JobState::Stopped,
            Only::Unknown => state == JobState::Unknown,
            Only::Open => matches!(state, JobState::Fresh | JobState::Begun),
        }
    }
}

impl Arguments {
    fn wants(&self, state: JobState) -> bool {
        if self.only.is_empty() {
            !matches!(state, JobState::Done | JobState::Unknown)
        } else {
            self.only.iter().any(|only| only.holds(state))
        }
    }

    fn goes_on(&self) -> bool {
        self.resume || !self.only.is_empty()
    }
}

/// Checks, then does.
pub(super) fn run(arguments: &Arguments, context: &mut Context) -> CommandResult {
    let began = Instant::now();
    let orders = order_file::open(&arguments.jobs, context)?;
    let of_orders = orders.as_ref().map(|orders| orders.head_end(context)).transpose()?.flatten();
    let is_named = arguments.head_end.is_named(context);
    let plans = PlanCache::new(context.library(), is_named || of_orders.is_some());
    let list = read(arguments, context, &plans, orders.as_ref())?;
    if arguments.check_only {
        let on_lines = lines(&list, list.positions()).len() as u64;
        let shown = arguments.jobs.display().to_string();
        let digest = list.digest().to_owned();
        context.print(&CheckDocument { list: shown, jobs: list.len() as u64, lines: on_lines, digest })?;
        return Ok(Exit::Done);
    }
    let options = context.meter_options()?;
    let head_end = if is_named { Some(arguments.head_end.factory(context)?) } else { of_orders };
    let keyring = Arc::new(context.key_file()?.as_ref().map(Keyring::from).unwrap_or_default());
    let name = arguments.run.clone().unwrap_or_else(|| super::name_of_list(&arguments.jobs));
    let runs = super::run_directory(context)?;
    let ports = PortLocks::new(&context.folders.state()?);
    let _run_lock = runs.lock_run(&name)?;
    let mut book = if arguments.dry_run { ledger_file::open(context)? } else { ledger_file::open_to_write(context)? };
    let state = if arguments.dry_run { None } else { Some(state(&book, &name, &list, arguments)?) };
    let wanted = |position: u32| state.as_ref().is_none_or(|state| arguments.wants(state.of(position)));
    let lines = lines(&list, list.positions().filter(|position| wanted(*position)));
    let jobs: u64 = lines.iter().map(|line| line.positions.len() as u64).sum();
    let mut summary = RunDocument {
        run: name.clone(),
        dry_run: arguments.dry_run,
        jobs: list.len() as u64,
        lines: lines.len() as u64,
        done_before: state.as_ref().map_or(0, |state| state.count(JobState::Done) as u64),
        ..RunDocument::default()
    };
    summary.left_in_doubt = match &state {
        Some(state) if !arguments.only.contains(&Only::Unknown) => state.count(JobState::Unknown) as u64,
        _ => 0,
    };
    if summary.left_in_doubt > 0 {
        context.note(format!(
            "{} jobs are in doubt and left for a person: look at the meters, then --only unknown.",
            summary.left_in_doubt
        ));
    }
    let register = arguments.certificates.as_deref().map(CertificateRegistry::load).transpose()?;
    let question = format!("Commission {jobs} meters on {} lines?", lines.len());
    if !arguments.dry_run && jobs > 0 && !context.confirm(&question)? {
        return Err(CommandError::new(Code::NotConfirmed, "nothing was sent"));
    }
    let stop = context.interrupt();
    let schedule = Schedule {
        run: &name,
        list: &list,
        lines: &lines,
        parallel: usize::from(arguments.lines),
        max_failures: arguments.max_failures,
        dry_run: arguments.dry_run,
        ports: &ports,
        stop: stop.clone(),
        halt: std::sync::atomic::AtomicBool::new(false),
        clock: &OffsetDateTime::now_utc,
        order: &|job| orders.as_ref().map_or_else(|| no_order(job), |orders| orders.file.mark(&job.id)),
    };
    let locks = lock_first_ports(&schedule)?;
    if !arguments.dry_run {
        close_open_jobs(&mut book, &name, OffsetDateTime::now_utc())?;
        keep_record(&runs, &name, arguments, &list)?;
    }
    let template = context.connector()?.quietly().holding_port();
    let connect =
        |options: MeterOptions, of_line: Interrupt| template.clone().with_options(options).with_interrupt(of_line);
    let workers = WorkerContext {
        options,
        connect: &connect,
        plans: &plans,
        keyring,
        registry: register.as_ref().map(|register| register as &(dyn Registry + Sync)),
        head_end: head_end.as_ref(),
        dry_run: arguments.dry_run,
        accept_offset: arguments.accept_offset,
        accept_no_rollover: arguments.accept_no_rollover,
        interface: arguments.interface.material(context)?,
        stop: stop.clone(),
    };
    let mut show = Show { results: Results::new(context.format(), context.style()), run: &name, trouble: None };
    if jobs > 0 && context.prompter.has_person() {
        context.note("Ctrl-C stops after the jobs under way; the same command with --resume goes on.");
    }
    let mut progress = progress(&lines, context);
    let mut fatal = None;
    carry_out(&schedule, locks, &book, &workers, &mut |event| match event {
        Event::Began { line, id } => progress.began(line, &id),
        Event::Step { line, step } => progress.step(line, &step),
        Event::Ended(result) => {
            count(&mut summary, &result.end);
            progress.ended(result.line, result.end.outcome.is_good());
            progress.around(&mut || show.job(&JobDocument::new(show.run, &result), &schedule));
        }
        Event::LineEnded { line, left } => {
            summary.not_begun += left as u64;
            progress.line_ended(line, left);
        }
        Event::Fatal(message) => fatal = Some(message),
    });
    progress.finish();
    drop(progress);
    summary.seconds = (began.elapsed().as_secs_f64() * 1000.0).round() / 1000.0;
    if !arguments.dry_run {
        summary.ledger_head = book.head().unwrap_or_default();
    }
    if let Some(message) = fatal {
        return Err(CommandError::new(Code::Ledger, format!("{message}; every line has ended"))
            .hint("Free room on the disk or make the state folder writable, then give --resume."));
    }
    if let Some(error) = show.trouble {
        return Err(CommandError::from(error).hint("The ledger has every job; --resume goes on."));
    }
    show.results.end(&summary)?;
    let open = [
        summary.failed,
        summary.stopped,
        summary.unknown,
        summary.interrupted,
        summary.not_begun,
        summary.left_in_doubt,
    ];
    let all_good = open.iter().all(|count| *count == 0);
    Ok(match (all_good, stop.requested()) {
        (true, _) => Exit::Done,
        (false, true) => Exit::Interrupted,
        (false, false) => Exit::BulkFailures,
    })
}

/// The list, or every row that is wrong with it.
fn read(
    arguments: &Arguments,
    context: &Context,
    plans: &PlanCache,
    orders: Option<&OpenOrders>,
) -> Result<JobList, CommandError> {
    let path = &arguments.jobs;
    let source: Box<dyn Read> = if let Some(orders) = orders {
        for (name, text) in orders.file.named_plans() {
            plans.add(&name, text).map_err(|problem| CommandError::new(Code::BadValue, problem))?;
        }
        Box::new(io::Cursor::new(orders.job_list()?))
    } else if path == Path::new("-") {
        Box::new(io::stdin().lock())
    } else {
        let file = File::open(path).map_err(|error| {
            CommandError::new(Code::File, format!("the list {} cannot be read: {error}", path.display()))
        })?;
        Box::new(file)
    };
    let options = &context.options;
    let defaults = Defaults {
        link: options.link.clone(),
        address: options.address.clone(),
        protocol: options.protocol.map(|protocol| protocol.word().to_owned()),
        profile: options.profile.clone(),
        plan: arguments.plan.clone(),
    };
    let shown = if path == Path::new("-") { "standard input".to_owned() } else { path.display().to_string() };
    JobList::read(source, &defaults, plans).map_err(|error| {
        let message = format!("nothing was sent, the list {shown} cannot be used: {error}");
        match error {
            ListError::Empty if orders.is_some() => CommandError::new(
                Code::OrderConflict,
                format!("nothing was sent: every order of {shown} was withdrawn or is done"),
            )
            .hint("Take new ones with `wattkey orders take`."),
            ListError::Rows { bad, .. } if orders.is_some() => {
                let problems = bad.into_iter().flat_map(|row| row.problems).take(MOST_SHOWN);
                problems
                    .fold(CommandError::new(Code::BadValue, message), CommandError::hint)
                    .hint("Meters without a line of their own are done one by one: wattkey commission --orders FILE.")
            }
            ListError::Rows { bad, .. } => {
                bad.into_iter().fold(CommandError::new(Code::BadValue, message), |error, row| {
                    row.problems
                        .into_iter()
                        .fold(error, |error, problem| error.hint(format!("line {}: {problem}", row.line)))
                })
            }
            _ => CommandError::new(Code::BadValue, message)
                .hint("`wattkey bulk run --help` names the columns; save a spreadsheet as CSV UTF-8."),
        }
    })
}

/// How far the run is, if it may go on.
fn state(book: &Ledger, name: &str, list: &JobList, arguments: &Arguments) -> Result<RunState, CommandError> {
    let state = RunState::read(book, name, list)?;
    if state.begun && !arguments.goes_on() {
        let done = state.count(JobState::Done);
        return Err(CommandError::new(
            Code::Unsafe,
            format!("nothing was sent: the run {name:?} was begun before, and {done} of {} jobs are done", list.len()),
        )
        .hint("Give --resume to go on with what is not done.")
        .hint("If this is another list, give it a name of its own with --run NAME."));
    }
    if let Some(first) = state.other_meters.first() {
        let ids: HashSet<&str> = state.other_meters.iter().map(|other| other.id.as_str()).collect();
        return Err(CommandError::new(
            Code::WrongMeter,
            format!(
                "nothing was sent: {} jobs of the list were done under the same id for another meter: job {:?} was {}, now it is {}",
                ids.len(),
                first.id,
                first.ledger,
                first.list
            ),
        )
        .hint("Give new jobs new ids, or the list a run of its own with --run NAME."));
    }
    Ok(state)
}

fn keep_record(runs: &RunDirectory, name: &str, arguments: &Arguments, list: &JobList) -> Result<(), CommandError> {
    let now = rfc3339(OffsetDateTime::now_utc());
    let before = runs.record(name)?;
    let on_lines = lines(list, list.positions()).len() as u64;
    runs.keep(&RunRecord {
        run: name.to_owned(),
        list: arguments.jobs.display().to_string(),
        digest: list.digest().to_owned(),
        jobs: list.len() as u64,
        lines: on_lines,
        begun_at: before.map_or_else(|| now.clone(), |before| before.begun_at),
        started_at: now,
    })?;
    Ok(())
}

fn count(summary: &mut RunDocument, end: &JobEnd) {
    summary.already += u64::from(end.already);
    let counter = match end.outcome {
        JobOutcome::Done => &mut summary.done,
        JobOutcome::Planned => &mut summary.planned,
        JobOutcome::Failed => &mut summary.failed,
        JobOutcome::Stopped => &mut summary.stopped,
        JobOutcome::Unknown => &mut summary.unknown,
        JobOutcome::Interrupted => &mut summary.interrupted,
    };
    *counter += 1;
}

/// Bars at a terminal, plain lines elsewhere.
fn progress<'a>(lines: &[LinePlan], context: &'a Context) -> Box<dyn LineProgress + 'a> {
    let shown = lines
        .iter()
        .map(|line| ShownLine { name: wattkey::output::sanitize(&line.port), jobs: line.positions.len() as u64 })
        .collect();
    if io::stderr().is_terminal() && !context.options.quiet {
        return Box::new(LineBars::new(shown));
    }
    Box::new(PlainProgress::new(shown, move |text: &str| context.note(text)))
}

/// Writes results as they come; when they cannot be written, the lines end after their jobs.
struct Show<'a> {
    results: Results,
    run: &'a str,
    trouble: Option<io::Error>,
}

impl Show<'_> {
    fn job(&mut self, document: &JobDocument, schedule: &Schedule<'_>) {
        if self.trouble.is_none()
            && let Err(error) = self.results.job(document)
        {
            schedule.halt.store(true, std::sync::atomic::Ordering::SeqCst);
            self.trouble = Some(error);
        }
    }
}
