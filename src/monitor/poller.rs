//! One line: its thread asks the meters on it in turn, round after round, and opens the line again when it was lost.

use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender};
use std::time::{Duration, Instant};

use time::OffsetDateTime;

use super::backoff::Backoff;
use super::record::place;
use super::switching::{SwitchContext, SwitchOrder};
use super::watch::{LinePlan, WatchEnvironment};
use super::{Action, MeterReading};
use crate::connect::ConnectError;
use crate::error::{Code, Exit};
use crate::link::{Interrupt, SharedLine};
use crate::meter::{Meter, MeterError};

/// The association with the only meter of a line stays open when it is polled at least this often.
const HOLD_UP_TO: Duration = Duration::from_secs(10);
/// Until a line that is lost is opened anew.
const WAITS: Backoff = Backoff::new(Duration::from_secs(1), Duration::from_secs(30));
/// Longest wait without a look at the wish to stop.
const SLICE: Duration = Duration::from_millis(100);
/// A meter that stays silent is left out of at most so many rounds in a row.
const LONGEST_REST: u32 = 8;

/// What a line reports to the watch.
#[derive(Debug)]
pub(super) enum LineEvent {
    /// A poll of the meter of that number among all meters.
    Polled(usize, Box<MeterReading>),
    /// An order was carried out, or could not be.
    Switched { meter: usize, action: Action, done: bool },
    /// Something for the person.
    Note(String),
    /// Options or files are wrong: no later round can do better.
    Wrong(ConnectError),
}

/// How long the watch goes on.
#[derive(Debug, Clone)]
pub(super) struct Span {
    pub(super) interval: Duration,
    pub(super) rounds: Option<u64>,
    pub(super) until: Option<Instant>,
    pub(super) stop: Interrupt,
    pub(super) silent_after: u32,
}

impl Span {
    fn is_over(&self) -> bool {
        self.stop.requested() || self.until.is_some_and(|until| Instant::now() >= until)
    }
}

/// A line under watch: its thread polls the meters on it.
pub(super) struct LinePoller {
    plan: LinePlan,
    /// Number of its first meter among all meters.
    first: usize,
    environment: WatchEnvironment,
    span: Span,
    events: SyncSender<LineEvent>,
    orders: Receiver<SwitchOrder>,
    /// Everything that is gone when the line is lost.
    open: SharedLine,
    meters: Vec<PolledMeter>,
    /// How long is waited until a line that is lost is opened anew.
    lost: Option<Duration>,
    waits: Backoff,
}

/// What is known of a meter while it is watched.
#[derive(Debug, Default)]
struct PolledMeter {
    driver: Option<Box<dyn Meter>>,
    missed: u32,
    /// Rounds it is still left out of.
    rest: u32,
}

/// Nobody listens any more.
struct Gone;

impl LinePoller {
    pub(super) fn new(
        plan: LinePlan,
        first: usize,
        environment: WatchEnvironment,
        span: Span,
        events: SyncSender<LineEvent>,
        orders: Receiver<SwitchOrder>,
    ) -> Self {
        let meters = plan.meters.iter().map(|_| PolledMeter::default()).collect();
        LinePoller {
            plan,
            first,
            environment,
            span,
            events,
            orders,
            open: SharedLine::new(),
            meters,
            lost: None,
            waits: WAITS,
        }
    }

    /// Watches until the end; every meter is left in a clean state.
    pub(super) fn run(mut self) {
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
            let wait = beat.saturating_duration_since(Instant::now());
            if self.wait(wait.max(self.lost.unwrap_or_default())).is_err() {
                break;
            }
        }
        self.close_all();
    }

    /// Every meter once, but those that rest.
    fn round(&mut self) -> Result<(), Gone> {
        let hold = self.plan.meters.len() == 1 && self.span.interval <= HOLD_UP_TO;
        for number in 0..self.plan.meters.len() {
            if self.span.is_over() {
                return Ok(());
            }
            self.switch_waiting()?;
            match self.meters.get_mut(number) {
                Some(polled) if polled.rest > 0 => {
                    polled.rest = polled.rest.saturating_sub(1);
                    continue;
                }
                _ => {}
            }
            if let Some(problem) = self.poll(number)? {
                return self.lose(number, problem);
            }
            if !hold && let Some(driver) = self.meters.get_mut(number).and_then(|polled| polled.driver.as_mut()) {
                driver.close();
            }
        }
        self.lost = None;
        self.waits.begin_anew();
        Ok(())
    }

    /// Asks one meter; gives the problem when the line was lost over it.
    fn poll(&mut self, number: usize) -> Result<Option<Code>, Gone> {
        let answer = self.driver(number).and_then(|driver| driver.status().map_err(Failure::from));
        let now = now();
        let name = self.plan.meters.get(number).map(|meter| meter.name.clone()).unwrap_or_default();
        let silent_after = self.span.silent_after.max(1);
        let Some(polled) = self.meters.get_mut(number) else { return Ok(None) };
        let (reading, lost) = match answer {
            Ok(status) => {
                polled.missed = 0;
                (MeterReading::from_status(&self.plan.link, &name, now, &status), None)
            }
            Err(failure) if failure.code == Code::Interrupted => return Ok(None),
            Err(Failure { wrong: Some(error), .. }) => {
                // Nobody is events when the watch is ending anyway.
                let _ = self.events.send(LineEvent::Wrong(error));
                return Err(Gone);
            }
            Err(failure) => {
                polled.missed = polled.missed.saturating_add(1);
                if polled.missed == 1 {
                    self.events
                        .send(LineEvent::Note(format!("{}: {}", place(&name, &self.plan.link), failure.words)))
                        .map_err(drop_gone)?;
                }
                if let Some(driver) = &mut polled.driver {
                    driver.close();
                }
                // One silent meter must not take the line from the others for good.
                let beyond = polled.missed.saturating_sub(silent_after);
                polled.rest = if failure.lost { 0 } else { beyond.min(LONGEST_REST) };
                let silent = MeterReading::silent(&self.plan.link, &name, now);
                (MeterReading { problem: Some(failure.code.word()), ..silent }, failure.lost.then_some(failure.code))
            }
        };
        self.events.send(LineEvent::Polled(self.first.saturating_add(number), Box::new(reading))).map_err(drop_gone)?;
        Ok(lost)
    }

    /// The meter's driver, made on first use and after the line was lost.
    fn driver(&mut self, number: usize) -> Result<&mut Box<dyn Meter>, Failure> {
        let is_there = self.meters.get(number).is_some_and(|polled| polled.driver.is_some());
        if !is_there {
            let plan = self.plan.meters.get(number).ok_or_else(Failure::no_such_meter)?;
            let driver = self.environment.connector(plan.options.clone(), self.open.clone()).open()?;
            if let Some(polled) = self.meters.get_mut(number) {
                polled.driver = Some(driver);
            }
        }
        self.meters.get_mut(number).and_then(|polled| polled.driver.as_mut()).ok_or_else(Failure::no_such_meter)
    }

    /// The line is gone: no meter behind it has answered. It is opened anew in the next round.
    fn lose(&mut self, at: usize, problem: Code) -> Result<(), Gone> {
        self.lost = Some(self.waits.lengthen());
        self.open = SharedLine::new();
        let now = now();
        for (number, polled) in self.meters.iter_mut().enumerate() {
            polled.driver = None;
            polled.rest = 0;
            if number > at
                && let Some(meter) = self.plan.meters.get(number)
            {
                let silent = MeterReading::silent(&self.plan.link, &meter.name, now);
                let reading = MeterReading { problem: Some(problem.word()), ..silent };
                self.events
                    .send(LineEvent::Polled(self.first.saturating_add(number), Box::new(reading)))
                    .map_err(drop_gone)?;
            }
        }
        Ok(())
    }

    fn wait(&mut self, duration: Duration) -> Result<(), Gone> {
        let until = Instant::now() + duration;
        loop {
            self.switch_waiting()?;
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() || self.span.is_over() {
                return Ok(());
            }
            match self.orders.recv_timeout(left.min(SLICE)) {
                Ok(order) => self.switch(&order)?,
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => std::thread::sleep(left.min(SLICE)),
            }
        }
    }

    fn switch_waiting(&mut self) -> Result<(), Gone> {
        while let Ok(order) = self.orders.try_recv() {
            self.switch(&order)?;
        }
        Ok(())
    }

    fn switch(&mut self, order: &SwitchOrder) -> Result<(), Gone> {
        let (environment, stop) = (self.environment.clone(), self.span.stop.clone());
        let options = self.plan.meters.get(order.meter).map(|meter| meter.options.clone()).unwrap_or_default();
        let context = SwitchContext { environment: &environment, options: &options, stop: &stop };
        let outcome = match self.driver(order.meter) {
            Ok(driver) => {
                let outcome = order.carry_out(driver.as_mut(), &context);
                driver.close();
                outcome.map_err(|error| error.to_string())
            }
            Err(failure) => Err(failure.words),
        };
        let (word, reason, done) = outcome.unwrap_or_else(|words| ("failed", Some(words), false));
        let name = self.plan.meters.get(order.meter).map(|meter| meter.name.as_str()).unwrap_or_default();
        let action = order.record(&self.plan.link, name, word, reason);
        let meter = self.first.saturating_add(order.meter);
        self.events.send(LineEvent::Switched { meter, action, done }).map_err(drop_gone)
    }

    fn close_all(&mut self) {
        for driver in self.meters.iter_mut().filter_map(|polled| polled.driver.as_mut()) {
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
    /// The error, when it is one of options and files and not of line or meter.
    wrong: Option<ConnectError>,
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

impl From<ConnectError> for Failure {
    fn from(error: ConnectError) -> Self {
        let (code, words) = (error.code(), error.to_string());
        Failure { code, words, lost: is_of_the_line(code), wrong: is_of_the_plan(code).then_some(error) }
    }
}
