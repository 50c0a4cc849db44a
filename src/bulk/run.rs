//! One thread a line: the jobs of a line in turn, the lines side by side.

use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::mpsc::{SyncSender, sync_channel};
use std::thread;
use std::time::Instant;

use serde_json::{Value, json};
use time::OffsetDateTime;

use super::list::{Job, JobList};
use super::outcome::{JobEnd, JobOutcome};
use crate::connect::port_lock::{Lock, LockError, PortLocks};
use crate::error::{Code, Exit};
use crate::ledger::{Act, Ledger, LedgerError, Operation};
use crate::link::Interrupt;
use crate::meter::MeterRef;

/// Events that may wait for whoever shows them.
const WAITING_EVENTS: usize = 256;
/// Stack of a line's thread, in octets.
const STACK: usize = 2 * 1024 * 1024;

/// Does the jobs of one line, one after the other.
pub trait JobRunner {
    /// Does a job. `name` is the job's in the ledger; `step` is told what is being done.
    fn run(&mut self, job: &Job, name: &str, ledger: &mut Ledger, step: &mut dyn FnMut(&str)) -> JobEnd;
}

/// Gives each line its runner, in the line's own thread.
pub trait Runners: Sync {
    /// A runner for a line that begins.
    fn for_line(&self) -> Box<dyn JobRunner + '_>;
}

/// A line and the jobs to be done on it, by their positions in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinePlan {
    /// The port.
    pub port: String,
    /// Positions in the order of the list.
    pub positions: Vec<u32>,
}

/// Sorts jobs by line, the longest line first so that none is left over at the end.
pub fn lines(list: &JobList, positions: impl Iterator<Item = u32>) -> Vec<LinePlan> {
    let mut lines: Vec<LinePlan> = Vec::new();
    let mut places: HashMap<&str, usize> = HashMap::new();
    for position in positions {
        let port = list.port(position);
        let place = *places.entry(port).or_insert_with(|| {
            lines.push(LinePlan { port: port.to_owned(), positions: Vec::new() });
            lines.len() - 1
        });
        if let Some(line) = lines.get_mut(place) {
            line.positions.push(position);
        }
    }
    lines.sort_by_key(|line| std::cmp::Reverse(line.positions.len()));
    lines
}

/// What is to be done.
pub struct Schedule<'a> {
    /// Name of the run.
    pub run: &'a str,
    /// The list.
    pub list: &'a JobList,
    /// Its lines.
    pub lines: &'a [LinePlan],
    /// Lines worked on at a time, above 0.
    pub parallel: usize,
    /// Jobs that may fail before no further one begins.
    pub max_failures: Option<u64>,
    /// Whether nothing is to be written, not to the ledger either.
    pub dry_run: bool,
    /// The locks of the ports.
    pub ports: &'a PortLocks,
    /// Raised when lines are to end after their step.
    pub stop: Interrupt,
    /// Set when no further job is to begin.
    pub halt: AtomicBool,
    /// The time of day.
    pub clock: &'a (dyn Fn() -> OffsetDateTime + Sync),
    /// The work order a job stands for: what its rows in the ledger say of it.
    pub order: &'a (dyn Fn(&Job) -> Option<Value> + Sync),
}

/// A job that stands for no work order.
pub fn no_order(_job: &Job) -> Option<Value> {
    None
}

impl std::fmt::Debug for Schedule<'_> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Schedule").field("run", &self.run).field("lines", &self.lines.len()).finish()
    }
}

/// A job that ended, as it is told.
#[derive(Debug, Clone, PartialEq)]
pub struct JobResult {
    /// Which line of the schedule.
    pub line: usize,
    /// The job.
    pub job: Job,
    /// What became of it.
    pub end: JobEnd,
    /// The work order it stands for.
    pub order: Option<Value>,
    /// How long it took, in seconds.
    pub seconds: f64,
}

/// What happens during a run.
#[derive(Debug)]
pub enum Event {
    /// A job begins.
    Began {
        /// Which line of the schedule.
        line: usize,
        /// The job's id.
        id: String,
    },
    /// A step of the job under way on this line begins.
    Step {
        /// Which line of the schedule.
        line: usize,
        /// The step's word.
        step: String,
    },
    /// A job ended; it is in the ledger.
    Ended(Box<JobResult>),
    /// A line has no more jobs to do.
    LineEnded {
        /// Which line of the schedule.
        line: usize,
        /// Jobs that were not begun.
        left: usize,
    },
    /// The ledger cannot be written: no further job begins.
    Fatal(String),
}

/// Locks the ports of the first lines before anything begins, so that a run in another process is refused whole.
///
/// # Errors
/// [`LockError::Busy`] names the port.
pub fn lock_first_ports(schedule: &Schedule<'_>) -> Result<Vec<Option<Lock>>, LockError> {
    schedule.lines.iter().take(schedule.parallel).map(|line| schedule.ports.take(&line.port).map(Some)).collect()
}

/// Carries it out and tells `each` what happens, in this thread; ends when every line has ended.
pub fn run(
    schedule: &Schedule<'_>,
    locks: Vec<Option<Lock>>,
    ledger: &Ledger,
    runners: &dyn Runners,
    each: &mut dyn FnMut(Event),
) {
    let (sender, events) = sync_channel(WAITING_EVENTS);
    let shared =
        Shared { next_line: AtomicUsize::new(0), failures: AtomicU64::new(0), locks: std::sync::Mutex::new(locks) };
    thread::scope(|scope| {
        for number in 0..schedule.parallel.min(schedule.lines.len()) {
            let worker = Worker { schedule, shared: &shared, events: sender.clone(), ledger: ledger.handle() };
            let name = format!("line {number}");
            let spawned =
                thread::Builder::new().name(name).stack_size(STACK).spawn_scoped(scope, move || worker.work(runners));
            if let Err(error) = spawned {
                // With at least one thread every line still gets its turn.
                if number == 0 {
                    each(Event::Fatal(format!("the system gives no thread: {error}")));
                }
                break;
            }
        }
        drop(sender);
        for event in events {
            each(event);
        }
    });
}

struct Shared {
    next_line: AtomicUsize,
    failures: AtomicU64,
    locks: std::sync::Mutex<Vec<Option<Lock>>>,
}

struct Worker<'a> {
    schedule: &'a Schedule<'a>,
    shared: &'a Shared,
    events: SyncSender<Event>,
    ledger: Ledger,
}

impl Worker<'_> {
    fn work(mut self, runners: &dyn Runners) {
        loop {
            let number = self.shared.next_line.fetch_add(1, Ordering::SeqCst);
            let Some(line) = self.schedule.lines.get(number) else { return };
            let left = self.line(number, line, runners);
            self.tell(Event::LineEnded { line: number, left });
        }
    }

    fn tell(&self, event: Event) {
        // The other end lasts as long as the threads do.
        let _ = self.events.send(event);
    }

    fn may_begin(&self) -> bool {
        !self.schedule.stop.requested() && !self.schedule.halt.load(Ordering::SeqCst)
    }

    /// The jobs of one line; tells how many were not begun.
    fn line(&mut self, number: usize, line: &LinePlan, runners: &dyn Runners) -> usize {
        let mut locks = self.shared.locks.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let held = locks.get_mut(number).and_then(Option::take);
        drop(locks);
        let held = match held {
            Some(lock) => Ok(lock),
            None if self.may_begin() => self.schedule.ports.take(&line.port),
            None => return line.positions.len(),
        };
        let mut runner = runners.for_line();
        for (done, position) in line.positions.iter().enumerate() {
            if !self.may_begin() {
                return line.positions.len() - done;
            }
            let Some(job) = self.schedule.list.job(*position) else { continue };
            self.tell(Event::Began { line: number, id: job.id.clone() });
            let began = Instant::now();
            let end = match &held {
                Ok(_) => self.bracketed(number, &job, runner.as_mut()),
                Err(error) => Ok(refused(error)),
            };
            let end = match end {
                Ok(end) => end,
                Err(error) => {
                    self.stop_all(error.to_string());
                    return line.positions.len() - done;
                }
            };
            if end.fatal {
                self.stop_all(end.message.clone().unwrap_or_default());
            }
            if !end.outcome.is_good() && end.outcome != JobOutcome::Interrupted {
                let failures = self.shared.failures.fetch_add(1, Ordering::SeqCst) + 1;
                if self.schedule.max_failures.is_some_and(|most| failures >= most) {
                    self.schedule.halt.store(true, Ordering::SeqCst);
                }
            }
            let seconds = began.elapsed().as_secs_f64();
            let order = (self.schedule.order)(&job);
            self.tell(Event::Ended(Box::new(JobResult { line: number, job, end, order, seconds })));
        }
        0
    }

    fn stop_all(&self, message: String) {
        self.schedule.halt.store(true, Ordering::SeqCst);
        self.tell(Event::Fatal(message));
    }

    fn bracketed(&mut self, number: usize, job: &Job, runner: &mut dyn JobRunner) -> Result<JobEnd, LedgerError> {
        let name = format!("{}/{}", self.schedule.run, job.id);
        let events = self.events.clone();
        let mut step = |step: &str| {
            // A job under way does not wait for whoever shows its steps.
            let _ = events.try_send(Event::Step { line: number, step: step.to_owned() });
        };
        if self.schedule.dry_run {
            return Ok(guarded(job, &name, &mut self.ledger, runner, &mut step));
        }
        let order = (self.schedule.order)(job);
        bracketed(&mut self.ledger, job, &name, order, self.schedule.clock, &mut |ledger| {
            guarded(job, &name, ledger, runner, &mut step)
        })
    }
}

/// A job between its two rows of the ledger; `order` is what they say of the work order it stands for.
///
/// # Errors
/// Those of the ledger: then nothing was begun, or the end is not recorded.
pub fn bracketed(
    ledger: &mut Ledger,
    job: &Job,
    name: &str,
    order: Option<Value>,
    clock: &dyn Fn() -> OffsetDateTime,
    work: &mut dyn FnMut(&mut Ledger) -> JobEnd,
) -> Result<JobEnd, LedgerError> {
    let meter = MeterRef { serial: job.serial.clone(), drn: job.drn.as_deref().and_then(|drn| drn.parse().ok()) };
    let with_order = |mut detail: Value| {
        if let (Some(order), Some(fields)) = (&order, detail.as_object_mut()) {
            fields.insert("order".to_owned(), order.clone());
        }
        detail
    };
    let detail = with_order(json!({
        "list_line": job.line, "port": job.port, "address": job.address, "plan": job.plan, "profile": job.profile,
    }));
    let act = Act { meter: &meter, operation: Operation::BulkJob, token: None, job: Some(name), detail };
    let intent = ledger.intend(&act, clock())?;
    let began = Instant::now();
    let end = work(ledger);
    let detail = with_order(json!({
        "verdict": end.outcome, "already": end.already, "cause": end.cause, "message": end.message, "exit": end.exit,
        "seconds": (began.elapsed().as_secs_f64() * 1000.0).round() / 1000.0,
        "list_line": job.line, "port": job.port, "address": job.address, "plan": job.plan, "report": end.report,
    }));
    ledger.conclude(intent, end.outcome.ledger_outcome(), detail, clock())?;
    Ok(end)
}

/// Runs the job; a fault of the program in one line leaves the others alone.
fn guarded(
    job: &Job,
    name: &str,
    ledger: &mut Ledger,
    runner: &mut dyn JobRunner,
    step: &mut dyn FnMut(&str),
) -> JobEnd {
    catch_unwind(AssertUnwindSafe(|| runner.run(job, name, ledger, step))).unwrap_or_else(|_| JobEnd {
        outcome: JobOutcome::Unknown,
        already: false,
        cause: Some(Code::Internal.word().to_owned()),
        message: Some("a fault in the program broke the job off: read the meter before anything else".to_owned()),
        exit: Exit::Internal.number(),
        report: Value::Null,
        fatal: false,
    })
}

fn refused(error: &LockError) -> JobEnd {
    JobEnd {
        outcome: JobOutcome::Failed,
        already: false,
        cause: Some(error.code().word().to_owned()),
        message: Some(error.to_string()),
        exit: error.code().exit().number(),
        report: Value::Null,
        fatal: false,
    }
}
