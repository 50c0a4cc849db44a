//! One line: its thread asks the meters on it in turn, round after round, and opens the line again when it was lost.

use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender};
use std::time::{Duration, Instant};

use time::OffsetDateTime;

use super::plan::LinePlan;
use super::switching::{self, Order};
use crate::cli::{CommandError, Context, Folders, meter};
use crate::error::{Code, Exit};
use crate::link::{Interrupt, SharedLine};
use crate::meter::{Meter, MeterError};
use crate::monitor::record::place;
use crate::monitor::{Action, Reading};

/// The association with the only meter of a line stays open when it is asked at least this often.
const HOLD_UP_TO: Duration = Duration::from_secs(10);
/// Waits between attempts to open a line that cannot be opened.
const FIRST_WAIT: Duration = Duration::from_secs(1);
const LONGEST_WAIT: Duration = Duration::from_secs(30);
/// Longest wait without a look at the wish to stop.
const SLICE: Duration = Duration::from_millis(100);
/// A meter that stays silent is left out of at most so many rounds in a row.
const LONGEST_REST: u32 = 8;

/// What a line tells the watch.
#[derive(Debug)]
pub enum Told {
    /// A poll of the meter of that number among all meters.
    Polled(usize, Reading),
    /// An order was carried out, or could not be.
    Switched { meter: usize, action: Action, done: bool },
    /// Something for the person.
    Note(String),
    /// The plan is wrong: no later round can do better.
    Wrong(CommandError),
}

/// How long the watch goes on.
#[derive(Debug, Clone)]
pub struct Span {
    pub interval: Duration,
    pub rounds: Option<u64>,
    pub until: Option<Instant>,
    pub stop: Interrupt,
    pub silent_after: u32,
}

impl Span {
    fn is_over(&self) -> bool {
        self.stop.requested() || self.until.is_some_and(|until| Instant::now() >= until)
    }
}

/// A line under watch.
#[derive(Debug)]
pub struct Line {
    plan: LinePlan,
    /// Number of its first meter among all meters.
    first: usize,
    folders: Folders,
    span: Span,
    told: SyncSender<Told>,
    orders: Receiver<Order>,
    /// Everything that is gone when the line is lost.
    open: SharedLine,
    meters: Vec<Asked>,
    lost_for: u32,
}

/// What is known of a meter while it is watched.
#[derive(Debug, Default)]
struct Asked {
    driver: Option<Box<dyn Meter>>,
    missed: u32,
    /// Rounds it is still left out of.
    rest: u32,
}

/// Nobody listens any more.
struct Gone;

impl Line {
    pub fn new(
        plan: LinePlan,
        first: usize,
        folders: Folders,
        span: Span,
        told: SyncSender<Told>,
        orders: Receiver<Order>,
    ) -> Self {
        let meters = plan.meters.iter().map(|_| Asked::default()).collect();
        Line { plan, first, folders, span, told, orders, open: SharedLine::new(), meters, lost_for: 0 }
    }

    /// Watches until the end; every meter is left in a clean state.
    pub fn run(mut self) {
        let mut beat = Instant::now();
        let mut round = 0u64;
        while !self.span.is_over() && self.span.rounds.is_none_or(|rounds| round < rounds) {
            if self.round().is_err() {
                break;
            }
            round = round.saturating_add(1);
            if self.span.rounds.is_some_and(|rounds| round >= rounds) {
                break;
            }
            // Rounds begin on the beat of the interval; beats that a slow line missed are left out.
            beat = (beat + self.span.interval).max(Instant::now());
            let mut wait = beat.saturating_duration_since(Instant::now());
            if self.lost_for > 0 {
                let doubled = FIRST_WAIT.saturating_mul(1 << self.lost_for.saturating_sub(1).min(5));
                wait = wait.max(doubled.min(LONGEST_WAIT));
            }
            if self.wait(wait).is_err() {
                break;
            }
        }
        self.let_go();
    }

    fn context(&self, number: usize) -> Option<Context> {
        let plan = self.plan.meters.get(number)?;
        Some(Context::of_one_meter(plan.options.clone(), self.folders.clone(), self.open.clone()))
    }

    /// Every meter once, but those that rest.
    fn round(&mut self) -> Result<(), Gone> {
        let hold = self.plan.meters.len() == 1 && self.span.interval <= HOLD_UP_TO;
        for number in 0..self.plan.meters.len() {
            if self.span.is_over() {
                return Ok(());
            }
            self.carry_out_waiting()?;
            match self.meters.get_mut(number) {
                Some(asked) if asked.rest > 0 => {
                    asked.rest = asked.rest.saturating_sub(1);
                    continue;
                }
                _ => {}
            }
            if let Some(problem) = self.poll(number)? {
                return self.lose(number, problem);
            }
            if !hold && let Some(driver) = self.meters.get_mut(number).and_then(|asked| asked.driver.as_mut()) {
                driver.close();
            }
        }
        self.lost_for = 0;
        Ok(())
    }

    /// Asks one meter; gives the problem when the line was lost over it.
    fn poll(&mut self, number: usize) -> Result<Option<Code>, Gone> {
        let answer = self.driver(number).and_then(|driver| driver.status().map_err(Failure::from));
        let now = now();
        let name = self.plan.meters.get(number).map(|meter| meter.name.clone()).unwrap_or_default();
        let silent_after = self.span.silent_after.max(1);
        let Some(asked) = self.meters.get_mut(number) else { return Ok(None) };
        let (reading, lost) = match answer {
            Ok(status) => {
                asked.missed = 0;
                (Reading::from_status(&self.plan.link, &name, now, &status), None)
            }
            Err(failure) if failure.code == Code::Interrupted => return Ok(None),
            Err(Failure { wrong: Some(error), .. }) => {
                // Nobody is told when the watch is ending anyway.
                let _ = self.told.send(Told::Wrong(error));
                return Err(Gone);
            }
            Err(failure) => {
                asked.missed = asked.missed.saturating_add(1);
                if asked.missed == 1 {
                    self.told
                        .send(Told::Note(format!("{}: {}", place(&name, &self.plan.link), failure.words)))
                        .map_err(drop_gone)?;
                }
                if let Some(driver) = &mut asked.driver {
                    driver.close();
                }
                // One silent meter must not take the line from the others for good.
                let beyond = asked.missed.saturating_sub(silent_after);
                asked.rest = if failure.lost { 0 } else { beyond.min(LONGEST_REST) };
                let silent = Reading::silent(&self.plan.link, &name, now);
                (Reading { problem: Some(failure.code.word()), ..silent }, failure.lost.then_some(failure.code))
            }
        };
        self.told.send(Told::Polled(self.first.saturating_add(number), reading)).map_err(drop_gone)?;
        Ok(lost)
    }

    /// The meter's driver, made on first use and after the line was lost.
    fn driver(&mut self, number: usize) -> Result<&mut Box<dyn Meter>, Failure> {
        let is_there = self.meters.get(number).is_some_and(|asked| asked.driver.is_some());
        if !is_there {
            let context = self.context(number).ok_or_else(Failure::no_such_meter)?;
            let driver = meter::open(&context).map_err(Failure::from)?;
            if let Some(asked) = self.meters.get_mut(number) {
                asked.driver = Some(driver);
            }
        }
        self.meters.get_mut(number).and_then(|asked| asked.driver.as_mut()).ok_or_else(Failure::no_such_meter)
    }

    /// The line is gone: no meter behind it has answered. It is opened anew in the next round.
    fn lose(&mut self, at: usize, problem: Code) -> Result<(), Gone> {
        self.lost_for = self.lost_for.saturating_add(1);
        self.open = SharedLine::new();
        let now = now();
        for (number, asked) in self.meters.iter_mut().enumerate() {
            asked.driver = None;
            asked.rest = 0;
            if number > at
                && let Some(meter) = self.plan.meters.get(number)
            {
                let silent = Reading::silent(&self.plan.link, &meter.name, now);
                let reading = Reading { problem: Some(problem.word()), ..silent };
                self.told.send(Told::Polled(self.first.saturating_add(number), reading)).map_err(drop_gone)?;
            }
        }
        Ok(())
    }

    fn wait(&mut self, duration: Duration) -> Result<(), Gone> {
        let until = Instant::now() + duration;
        loop {
            self.carry_out_waiting()?;
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() || self.span.is_over() {
                return Ok(());
            }
            match self.orders.recv_timeout(left.min(SLICE)) {
                Ok(order) => self.carry_out(&order)?,
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => std::thread::sleep(left.min(SLICE)),
            }
        }
    }

    fn carry_out_waiting(&mut self) -> Result<(), Gone> {
        while let Ok(order) = self.orders.try_recv() {
            self.carry_out(&order)?;
        }
        Ok(())
    }

    fn carry_out(&mut self, order: &Order) -> Result<(), Gone> {
        let outcome = match self.context(order.meter) {
            Some(context) => match self.driver(order.meter) {
                Ok(driver) => {
                    let outcome = switching::carry_out(driver.as_mut(), &context, order);
                    driver.close();
                    outcome.map_err(|error| error.message)
                }
                Err(failure) => Err(failure.words),
            },
            None => Err("there is no such meter".to_owned()),
        };
        let (word, reason, done) = outcome.unwrap_or_else(|words| ("failed", Some(words), false));
        let name = self.plan.meters.get(order.meter).map(|meter| meter.name.as_str()).unwrap_or_default();
        let action = order.record(&self.plan.link, name, word, reason);
        let meter = self.first.saturating_add(order.meter);
        self.told.send(Told::Switched { meter, action, done }).map_err(drop_gone)
    }

    fn let_go(&mut self) {
        for driver in self.meters.iter_mut().filter_map(|asked| asked.driver.as_mut()) {
            driver.close();
        }
    }
}

/// The time to the millisecond.
fn now() -> OffsetDateTime {
    let now = OffsetDateTime::now_utc();
    now.replace_millisecond(now.millisecond()).unwrap_or(now)
}

fn drop_gone<T>(_: T) -> Gone {
    Gone
}

/// Why a meter was not read.
#[derive(Debug)]
struct Failure {
    code: Code,
    words: String,
    /// Whether the line itself is gone, and with it every meter on it.
    lost: bool,
    /// The error, when it is one of the plan and not of line or meter.
    wrong: Option<CommandError>,
}

impl Failure {
    fn no_such_meter() -> Self {
        Failure { code: Code::Internal, words: "there is no such meter".to_owned(), lost: false, wrong: None }
    }
}

/// Whether an error is about the port or the connection and not about one meter.
fn is_of_the_line(code: Code) -> bool {
    matches!(code, Code::PortAbsent | Code::PortBusy | Code::PortPermission | Code::PortFault | Code::ConnectionLost)
}

/// Whether an error is about options and files, so that asking again cannot help.
fn is_of_the_plan(code: Code) -> bool {
    code.exit() == Exit::Usage
        || matches!(
            code,
            Code::KeyFile | Code::KeyFileExposed | Code::KeyFileSealed | Code::KeyMissing | Code::CredentialsMissing
        )
}

impl From<MeterError> for Failure {
    fn from(error: MeterError) -> Self {
        let code = error.code();
        Failure { code, words: error.to_string(), lost: is_of_the_line(code), wrong: None }
    }
}

impl From<CommandError> for Failure {
    fn from(error: CommandError) -> Self {
        let wrong = is_of_the_plan(error.code).then(|| error.clone());
        Failure { lost: is_of_the_line(error.code), code: error.code, words: error.message, wrong }
    }
}
