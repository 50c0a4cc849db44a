//! The watch: takes what the lines report, finds events, limits demand, and hands everything to an observer.

use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use time::OffsetDateTime;

use super::demand::{DemandAction, DemandGuard, DemandLimit};
use super::poller::{LineEvent, LinePoller, Span};
use super::switching::SwitchOrder;
use super::words::MeterWords;
use super::{Detector, MeterReading, Record, Thresholds};
use crate::connect::{ConnectError, Connector, MeterOptions};
use crate::ledger::{Ledger, LedgerError};
use crate::link::{Interrupt, SharedLine};
use crate::meter::driver::RelayAction;

/// Reports of the lines that may wait for the watch.
const WAITING: usize = 1_024;
/// Longest wait without a look at the clock.
const SLICE: Duration = Duration::from_millis(200);
/// What stands for line and meter in an event of all meters together.
const ALL: &str = "*";

/// One line and the meters on it.
#[derive(Debug)]
pub struct LinePlan {
    /// The link as the user writes it.
    pub link: String,
    /// The meters, in the order they are asked.
    pub meters: Vec<MeterPlan>,
}

/// One meter: how it is talked to, and what it is called in every record.
#[derive(Debug, Clone)]
pub struct MeterPlan {
    /// Its name.
    pub name: String,
    /// How to talk to it.
    pub options: MeterOptions,
}

/// What to watch, and how long.
#[derive(Debug)]
pub struct WatchPlan {
    /// The lines.
    pub lines: Vec<LinePlan>,
    /// Time from the start of one round to the next.
    pub interval: Duration,
    /// Rounds after which it ends.
    pub rounds: Option<u64>,
    /// Time after which it ends.
    pub duration: Option<Duration>,
    /// When a reading is worth an event.
    pub thresholds: Thresholds,
    /// Power of all meters together that should not be exceeded.
    pub demand: Option<DemandLimit>,
    /// Whether relays are switched for it; else what would be done is only recorded.
    pub act: bool,
}

impl WatchPlan {
    /// A word for each meter, in the order of the plan.
    pub fn words(&self) -> MeterWords {
        let meters = self.lines.iter().flat_map(|line| line.meters.iter().map(move |meter| (line, meter)));
        MeterWords::new(meters.map(|(line, meter)| (line.link.as_str(), meter.name.as_str())))
    }
}

/// How the threads of the lines open meters and the ledger.
#[derive(Clone)]
pub struct WatchEnvironment {
    /// Opens a meter on its line.
    pub connect: Arc<dyn Fn(MeterOptions) -> Connector + Send + Sync>,
    /// Opens the ledger, for switching.
    pub ledger: Arc<dyn Fn() -> Result<Ledger, LedgerError> + Send + Sync>,
}

impl std::fmt::Debug for WatchEnvironment {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("WatchEnvironment").finish_non_exhaustive()
    }
}

impl WatchEnvironment {
    pub(super) fn connector(&self, options: MeterOptions, line: SharedLine) -> Connector {
        (self.connect)(options).with_shared_line(line)
    }
}

/// What is known of a watched meter now.
#[derive(Debug, Clone, Default)]
pub struct MeterView {
    /// Its last reading; a silent meter keeps its last values, with the reason beside them.
    pub reading: Option<MeterReading>,
    /// Conditions that last.
    pub events: Vec<String>,
}

/// Takes what a watch finds.
pub trait Observer {
    /// Why it can take no more, which ends the watch.
    type Error;

    /// Records, in order; those that came together come in one call.
    ///
    /// # Errors
    /// Ends the watch.
    fn records(&mut self, records: &[Record]) -> Result<(), Self::Error>;

    /// Something for the person.
    fn note(&mut self, text: String);

    /// The state of all meters: after reports, after a pause without any, and, with `round_ended`, when every meter was
    /// asked once more.
    ///
    /// # Errors
    /// Ends the watch.
    fn state(&mut self, meters: &[MeterView], readings: u64, round_ended: bool) -> Result<(), Self::Error>;
}

/// Why a watch ended before its time.
#[derive(Debug)]
pub enum WatchError<E> {
    /// Options or files are wrong.
    Connect(ConnectError),
    /// The observer takes no more.
    Observer(E),
    /// The thread of a line failed.
    Thread,
}

/// What a watch found by its end.
#[derive(Debug)]
pub struct WatchEnd {
    /// The meters as they were last seen.
    pub meters: Vec<MeterView>,
    /// Whether any meter answered.
    pub answered: bool,
    /// Meters whose relays were opened for the demand limit and still are.
    pub still_open: Vec<String>,
}

/// Sends notes from other threads into the watch. A note is lost when the watch is too busy to take it, a reading never.
#[derive(Clone)]
pub struct NoteSender(mpsc::SyncSender<LineEvent>);

impl std::fmt::Debug for NoteSender {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("NoteSender").finish_non_exhaustive()
    }
}

impl NoteSender {
    /// Sends a note.
    pub fn send(&self, note: String) {
        drop(self.0.try_send(LineEvent::Note(note)));
    }
}

/// The channel of a watch that has not begun, so that what takes its records can send notes.
#[derive(Debug)]
pub struct WatchChannel {
    sender: mpsc::SyncSender<LineEvent>,
    receiver: Receiver<LineEvent>,
}

impl Default for WatchChannel {
    fn default() -> Self {
        let (sender, receiver) = mpsc::sync_channel(WAITING);
        WatchChannel { sender, receiver }
    }
}

impl WatchChannel {
    /// Sends notes into the watch.
    pub fn notes(&self) -> NoteSender {
        NoteSender(self.sender.clone())
    }

    /// Watches until the end that was asked for, or until `stop` is raised.
    ///
    /// # Errors
    /// [`WatchError`].
    pub fn run<O: Observer>(
        self,
        plan: WatchPlan,
        environment: &WatchEnvironment,
        stop: &Interrupt,
        observer: &mut O,
    ) -> Result<WatchEnd, WatchError<O::Error>> {
        let WatchChannel { sender, receiver } = self;
        let span = Span {
            interval: plan.interval,
            rounds: plan.rounds,
            until: plan.duration.map(|duration| Instant::now() + duration),
            stop: stop.clone(),
            silent_after: plan.thresholds.silent_after_polls,
        };
        let mut watch = Watch::new(&plan);
        let mut threads = Vec::new();
        let mut first = 0usize;
        for line in plan.lines {
            let (order, ordered) = mpsc::channel();
            let count = line.meters.len();
            let poller = LinePoller::new(line, first, environment.clone(), span.clone(), sender.clone(), ordered);
            first = first.saturating_add(count);
            watch.orders.push(order);
            threads.push(std::thread::spawn(move || poller.run()));
        }
        drop(sender);
        let taken = watch.take(&receiver, &threads, observer);
        if taken.is_err() {
            // Nobody takes records any more: the lines end after the exchange under way.
            let _ = stop.raise();
        }
        drop(receiver);
        for thread in threads {
            thread.join().map_err(|_| WatchError::Thread)?;
        }
        taken?;
        Ok(watch.end())
    }
}

/// Where a meter is, and what is known of it.
#[derive(Debug)]
struct WatchedMeter {
    line: usize,
    number: usize,
    /// As the demand order has it: the name, with its line where the name alone is not enough.
    key: String,
    detector: Detector,
    view: MeterView,
    /// Whether it was polled since demand was last looked at.
    polled: bool,
    answered: u64,
}

struct Watch {
    meters: Vec<WatchedMeter>,
    orders: Vec<Sender<SwitchOrder>>,
    demand: Option<Demand>,
    readings: u64,
    round_ended: bool,
}

/// Demand of all meters together.
struct Demand {
    guard: DemandGuard,
    limit: DemandLimit,
    detector: Detector,
    act: bool,
    /// The action that is under way, or was told last when nothing may be done.
    pending: Option<DemandAction>,
}

impl Watch {
    fn new(plan: &WatchPlan) -> Self {
        let WatchPlan { lines, thresholds, .. } = plan;
        let names: Vec<&str> =
            lines.iter().flat_map(|line| line.meters.iter().map(|meter| meter.name.as_str())).collect();
        let mut meters = Vec::new();
        for (line, plan) in lines.iter().enumerate() {
            for (number, meter) in plan.meters.iter().enumerate() {
                let alone = names.iter().filter(|name| **name == meter.name).count() == 1;
                let key = if alone { meter.name.clone() } else { format!("{} on {}", meter.name, plan.link) };
                let detector = Detector::new(thresholds.clone());
                meters.push(WatchedMeter {
                    line,
                    number,
                    key,
                    detector,
                    view: MeterView::default(),
                    polled: false,
                    answered: 0,
                });
            }
        }
        let demand = plan.demand.clone().map(|limit| {
            let own = Thresholds { demand_w: Some(limit.limit_w), reverse_flow_w: 0.0, ..thresholds.clone() };
            let guard = DemandGuard::new(limit.clone());
            Demand { guard, limit, detector: Detector::new(own), act: plan.act, pending: None }
        });
        Watch { meters, orders: Vec::new(), demand, readings: 0, round_ended: false }
    }

    fn views(&self) -> Vec<MeterView> {
        self.meters.iter().map(|meter| meter.view.clone()).collect()
    }

    /// Takes reports until every line has ended.
    fn take<O: Observer>(
        &mut self,
        events: &Receiver<LineEvent>,
        threads: &[JoinHandle<()>],
        observer: &mut O,
    ) -> Result<(), WatchError<O::Error>> {
        loop {
            let ended = threads.iter().all(JoinHandle::is_finished);
            let first = match events.recv_timeout(SLICE) {
                Ok(first) => Some(first),
                // A sender of notes may still hold the channel when every line has ended.
                Err(RecvTimeoutError::Timeout) if ended => None,
                Err(RecvTimeoutError::Timeout) => {
                    observer.state(&self.views(), self.readings, false).map_err(WatchError::Observer)?;
                    continue;
                }
                Err(RecvTimeoutError::Disconnected) => None,
            };
            let Some(first) = first else { return Ok(()) };
            // What has piled up is handed on in one step.
            let mut records = Vec::new();
            for event in std::iter::once(first).chain(events.try_iter().take(WAITING)) {
                match event {
                    LineEvent::Wrong(error) => return Err(WatchError::Connect(error)),
                    LineEvent::Note(note) => observer.note(note),
                    LineEvent::Polled(index, reading) => self.polled(index, *reading, &mut records),
                    LineEvent::Switched { meter, action, done } => {
                        records.push(Record::Action(Box::new(action)));
                        self.switched(meter, done);
                    }
                }
            }
            observer.records(&records).map_err(WatchError::Observer)?;
            let round_ended = std::mem::take(&mut self.round_ended);
            observer.state(&self.views(), self.readings, round_ended).map_err(WatchError::Observer)?;
        }
    }

    fn polled(&mut self, index: usize, reading: MeterReading, records: &mut Vec<Record>) {
        let Some(watched) = self.meters.get_mut(index) else { return };
        self.readings = self.readings.saturating_add(1);
        watched.polled = true;
        watched.answered = watched.answered.saturating_add(u64::from(reading.answered));
        let events = watched.detector.push(&reading);
        watched.view.events = watched.detector.open().map(|event| event.cause.to_string()).collect();
        // A silent meter keeps its last values on the screen, with the reason beside them.
        match (&mut watched.view.reading, reading.answered) {
            (Some(shown), false) => (shown.answered, shown.problem) = (false, reading.problem),
            (shown, _) => *shown = Some(reading.clone()),
        }
        records.push(Record::MeterReading(Box::new(reading)));
        records.extend(events.into_iter().map(|event| Record::Event(Box::new(event))));
        if self.meters.iter().all(|meter| meter.polled || meter.detector.missed() > 0) {
            self.meters.iter_mut().for_each(|meter| meter.polled = false);
            self.limit_demand(records);
            self.round_ended = true;
        }
    }

    /// Every meter was polled: looks at them together.
    fn limit_demand(&mut self, records: &mut Vec<Record>) {
        let Some(demand) = &mut self.demand else { return };
        let power = |meter: &WatchedMeter| meter.view.reading.as_ref().and_then(|reading| reading.active_power_w);
        let powers: Vec<(String, f64)> =
            self.meters.iter().filter_map(|meter| Some((meter.key.clone(), power(meter)?))).collect();
        let total_w: f64 = powers.iter().map(|(_, power)| power).sum();
        let mut together = MeterReading::silent(ALL, ALL, OffsetDateTime::now_utc());
        together.answered = true;
        together.active_power_w = Some(total_w);
        records.extend(demand.detector.push(&together).into_iter().map(|event| Record::Event(Box::new(event))));
        if demand.act && demand.pending.is_some() {
            return;
        }
        let action = demand.guard.push(&powers);
        let (name, relay) = match &action {
            DemandAction::Open(name) => (name, RelayAction::Disconnect),
            // Nobody is let back in while the power of a silent meter is unknown.
            DemandAction::Close(name) if self.meters.iter().all(|meter| meter.detector.missed() == 0) => {
                (name, RelayAction::Connect)
            }
            DemandAction::Close(_) | DemandAction::Wait | DemandAction::Exhausted => {
                demand.pending = demand.pending.take().filter(|_| action != DemandAction::Wait);
                return;
            }
        };
        let Some(meter) = self.meters.iter().find(|meter| meter.key == *name) else { return };
        let order = SwitchOrder { meter: meter.number, action: relay, total_w, limit_w: demand.limit.limit_w };
        if !demand.act {
            // Told once, not at every poll while it lasts.
            if demand.pending.as_ref() != Some(&action) {
                let line = meter.view.reading.as_ref().map(|reading| reading.line.clone()).unwrap_or_default();
                records.push(Record::Action(Box::new(order.record(&line, name, "advised", None))));
                demand.pending = Some(action);
            }
            return;
        }
        let sent = self.orders.get(meter.line).is_some_and(|orders| orders.send(order).is_ok());
        demand.pending = sent.then_some(action);
    }

    fn switched(&mut self, meter: usize, done: bool) {
        let Some(demand) = &mut self.demand else { return };
        let Some(action) = demand.pending.take() else { return };
        let power = self
            .meters
            .get(meter)
            .and_then(|meter| Some((meter.key.clone(), meter.view.reading.as_ref()?.active_power_w?)));
        if done {
            demand.guard.done(&action, power.as_slice());
        } else {
            demand.guard.failed(&action);
        }
    }

    fn end(self) -> WatchEnd {
        let opened = self.demand.iter().flat_map(|demand| demand.guard.opened());
        WatchEnd {
            still_open: opened.map(str::to_owned).collect(),
            answered: self.meters.iter().any(|meter| meter.answered > 0),
            meters: self.meters.into_iter().map(|meter| meter.view).collect(),
        }
    }
}
