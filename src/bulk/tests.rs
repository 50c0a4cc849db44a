use std::collections::HashMap;
use std::sync::{Condvar, Mutex};
use std::time::Duration;

use serde_json::json;
use time::macros::datetime;

use super::list::{Known, PlanNeeds};
use super::run::{Event, JobRunner, Runners, Schedule, lines, lock_first_ports, no_order, run};
use super::state::close_open_jobs;
use super::*;
use crate::connect::port_lock::{LockError, PortLocks};
use crate::ledger::{Author, Ledger};
use crate::link::Interrupt;
use crate::meter::profile::Protocol;

const NOW: time::OffsetDateTime = datetime!(2026-11-21 08:30 UTC);

struct Anything;

impl Known for Anything {
    fn profile(&self, _: &str) -> Result<Protocol, String> {
        Ok(Protocol::Dlms)
    }

    fn plan(&self, _: &str, _: &[(String, String)]) -> Result<PlanNeeds, String> {
        Ok(PlanNeeds::default())
    }
}

fn list(jobs: u32, on_each: u32) -> JobList {
    let mut text = String::from("id,serial,link,address,plan\n");
    for job in 0..jobs {
        text.push_str(&format!("j{job},M{job},tcp:h:{},1/{},p\n", job / on_each + 1, job % on_each + 17));
    }
    JobList::read(text.as_bytes(), &Defaults::default(), &Anything).unwrap()
}

fn ledger() -> Ledger {
    let author = Author { operator: "tech".into(), host: "van-7".into(), tool: "wattkey 0.1.0".into() };
    Ledger::in_memory(author).unwrap()
}

/// What the meters saw: how often each was worked on, and how many lines were at work at once on each port.
#[derive(Default)]
struct World {
    done: Mutex<HashMap<String, u32>>,
    at_work: Mutex<HashMap<String, u32>>,
    /// Jobs that end otherwise than done, by id.
    fail: HashMap<String, JobOutcome>,
    panics: Option<String>,
    /// Every runner waits until so many are at work.
    meet: Option<(u32, Mutex<u32>, Condvar)>,
}

struct OnLine<'a>(&'a World);

impl Runners for World {
    fn for_line(&self) -> Box<dyn JobRunner + '_> {
        Box::new(OnLine(self))
    }
}

impl JobRunner for OnLine<'_> {
    fn run(&mut self, job: &Job, name: &str, _: &mut Ledger, step: &mut dyn FnMut(&str)) -> JobEnd {
        step("identify");
        assert!(name.ends_with(&job.id));
        let world = self.0;
        *world.at_work.lock().unwrap().entry(job.port.clone()).or_default() += 1;
        if let Some((wanted, here, signal)) = &world.meet {
            let mut here = here.lock().unwrap();
            *here += 1;
            signal.notify_all();
            let met = signal.wait_timeout_while(here, Duration::from_secs(60), |here| *here < *wanted).unwrap();
            assert!(!met.1.timed_out(), "the lines do not work side by side");
        }
        assert_eq!(world.at_work.lock().unwrap()[&job.port], 1, "two meters of one line at once");
        *world.at_work.lock().unwrap().get_mut(&job.port).unwrap() -= 1;
        if world.panics.as_ref() == Some(&job.id) {
            std::panic::resume_unwind(Box::new("a fault"));
        }
        *world.done.lock().unwrap().entry(job.id.clone()).or_default() += 1;
        let outcome = world.fail.get(&job.id).copied().unwrap_or(JobOutcome::Done);
        JobEnd {
            outcome,
            already: false,
            cause: (outcome != JobOutcome::Done).then(|| "no-reply".to_owned()),
            message: None,
            exit: 0,
            report: json!({"job": job.id}),
            fatal: false,
        }
    }
}

/// What a run told.
#[derive(Default, Debug)]
struct RunEvents {
    verdicts: HashMap<String, JobOutcome>,
    left: usize,
    fatal: Vec<String>,
}

struct Bench {
    folder: tempfile::TempDir,
    ledger: Ledger,
    stop: Interrupt,
    max_failures: Option<u64>,
    parallel: usize,
}

impl Bench {
    fn new() -> Self {
        Bench {
            folder: tempfile::tempdir().unwrap(),
            ledger: ledger(),
            stop: Interrupt::new(),
            max_failures: None,
            parallel: 16,
        }
    }

    fn run(&self, list: &JobList, world: &World, wanted: impl Fn(JobState) -> bool) -> RunEvents {
        let state = RunState::read(&self.ledger, "monday", list).unwrap();
        let lines = lines(list, list.positions().filter(|position| wanted(state.of(*position))));
        let ports = PortLocks::new(self.folder.path());
        let schedule = Schedule {
            run: "monday",
            list,
            lines: &lines,
            parallel: self.parallel,
            max_failures: self.max_failures,
            dry_run: false,
            ports: &ports,
            stop: self.stop.clone(),
            halt: false.into(),
            clock: &|| NOW,
            order: &no_order,
        };
        let locks = lock_first_ports(&schedule).unwrap();
        let mut told = RunEvents::default();
        run(&schedule, locks, &self.ledger, world, &mut |event| match event {
            Event::Ended(result) => {
                told.verdicts.insert(result.job.id.clone(), result.end.outcome);
            }
            Event::LineEnded { left, .. } => told.left += left,
            Event::Fatal(message) => told.fatal.push(message),
            Event::Began { .. } | Event::Step { .. } => {}
        });
        told
    }
}

#[test]
fn every_job_is_done_once_lines_side_by_side_and_meters_of_a_line_in_turn() {
    let bench = Bench::new();
    let list = list(48, 3);
    let world = World { meet: Some((16, Mutex::new(0), Condvar::new())), ..World::default() };
    let told = bench.run(&list, &world, |_| true);
    assert_eq!(told.verdicts.len(), 48);
    assert!(world.done.lock().unwrap().values().all(|times| *times == 1));
    let found = bench.ledger.verify(None).unwrap();
    assert_eq!((found.entries, found.open, found.broken), (96, 0, None));
}

#[test]
fn more_lines_than_threads_are_all_served() {
    let bench = Bench { parallel: 2, ..Bench::new() };
    let told = bench.run(&list(20, 2), &World::default(), |_| true);
    assert_eq!((told.verdicts.len(), told.left), (20, 0));
}

#[test]
fn what_is_done_is_not_done_again() {
    let bench = Bench::new();
    let list = list(12, 3);
    let fail = HashMap::from([("j3".to_owned(), JobOutcome::Failed), ("j4".to_owned(), JobOutcome::Unknown)]);
    bench.run(&list, &World { fail, ..World::default() }, |_| true);
    let again = World::default();
    let told = bench.run(&list, &again, |state| !matches!(state, JobState::Done | JobState::Unknown));
    assert_eq!(told.verdicts, HashMap::from([("j3".to_owned(), JobOutcome::Done)]));
    let state = RunState::read(&bench.ledger, "monday", &list).unwrap();
    assert_eq!((state.count(JobState::Done), state.count(JobState::Unknown)), (11, 1));
    assert_eq!(RunState::read(&bench.ledger, "monda", &list).unwrap().count(JobState::Fresh), 12);
}

#[test]
fn a_job_whose_process_died_begins_anew() {
    let mut bench = Bench::new();
    let list = list(2, 1);
    let meter = crate::meter::MeterRef { serial: Some("M0".into()), drn: None };
    let act = crate::ledger::Act {
        meter: &meter,
        operation: crate::ledger::Operation::BulkJob,
        token: None,
        job: Some("monday/j0"),
        detail: json!({}),
    };
    bench.ledger.intend(&act, NOW).unwrap();
    assert!(bench.ledger.open_intents(&meter).unwrap().is_empty(), "the bracket is no act on the meter");
    let state = RunState::read(&bench.ledger, "monday", &list).unwrap();
    assert_eq!((state.of(0), state.of(1)), (JobState::Begun, JobState::Fresh));
    assert_eq!(close_open_jobs(&mut bench.ledger, "monday", NOW).unwrap(), 1);
    assert_eq!(close_open_jobs(&mut bench.ledger, "monday", NOW).unwrap(), 0);
    let told = bench.run(&list, &World::default(), |state| state != JobState::Done);
    assert_eq!(told.verdicts.len(), 2);
    assert_eq!(bench.ledger.verify(None).unwrap().open, 0);
    assert_eq!(bench.ledger.runs().unwrap(), ["monday"]);
}

#[test]
fn an_id_that_stood_for_another_meter_is_named() {
    let bench = Bench::new();
    bench.run(&list(2, 1), &World::default(), |_| true);
    let text = "id,serial,link,plan\nj0,M0,sim:a,p\nj1,OTHER,sim:b,p\n";
    let edited = JobList::read(text.as_bytes(), &Defaults::default(), &Anything).unwrap();
    let state = RunState::read(&bench.ledger, "monday", &edited).unwrap();
    assert_eq!(state.other_meters.len(), 1);
    assert_eq!((state.other_meters[0].ledger.as_str(), state.other_meters[0].list.as_str()), ("M1", "OTHER"));
}

#[test]
fn enough_failures_keep_further_jobs_from_beginning() {
    let bench = Bench { max_failures: Some(2), parallel: 1, ..Bench::new() };
    let fail = (0..10).map(|job| (format!("j{job}"), JobOutcome::Failed)).collect();
    let told = bench.run(&list(10, 10), &World { fail, ..World::default() }, |_| true);
    assert_eq!((told.verdicts.len(), told.left), (2, 8));
}

#[test]
fn a_wish_to_stop_keeps_jobs_from_beginning() {
    let bench = Bench::new();
    bench.stop.raise();
    let told = bench.run(&list(10, 2), &World::default(), |_| true);
    assert_eq!((told.verdicts.len(), told.left), (0, 10));
    assert_eq!(bench.ledger.verify(None).unwrap().entries, 0);
}

#[test]
fn a_fault_in_one_job_leaves_the_others_alone() {
    let bench = Bench::new();
    let told = bench.run(&list(6, 3), &World { panics: Some("j1".into()), ..World::default() }, |_| true);
    assert_eq!(told.verdicts["j1"], JobOutcome::Unknown);
    assert_eq!(told.verdicts.values().filter(|verdict| **verdict == JobOutcome::Done).count(), 5);
}

#[test]
fn a_port_of_another_process_is_refused_before_anything_begins() {
    let bench = Bench::new();
    let ports = PortLocks::new(bench.folder.path());
    let _held = ports.take("h:2").unwrap();
    let list = list(4, 2);
    let lines = lines(&list, list.positions());
    let schedule = Schedule {
        run: "monday",
        list: &list,
        lines: &lines,
        parallel: 4,
        max_failures: None,
        dry_run: false,
        ports: &ports,
        stop: Interrupt::new(),
        halt: false.into(),
        clock: &|| NOW,
        order: &no_order,
    };
    assert!(matches!(lock_first_ports(&schedule), Err(LockError::Busy { what, .. }) if what == "the port h:2"));
}
