//! The heart of the watch: takes what the lines tell, finds events, limits demand, and hands everything on.

use std::io::{self, IsTerminal};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use time::OffsetDateTime;

use super::Arguments;
use super::line::{Line, Span, Told};
use super::live::{Row, Screen, table};
use super::output::{Form, Outputs};
use super::plan::{LinePlan, Plan};
use super::publish::Publishing;
use super::switching::Order;
use crate::cli::{CommandError, Context, Outcome};
use crate::error::{Code, Exit};
use crate::link::Interrupt;
use crate::meter::driver::RelayAction;
use crate::monitor::demand::{DemandAction, DemandGuard, DemandLimit};
use crate::monitor::{Detector, Reading, Record, Thresholds};
use crate::output::Format;

/// Reports of the lines that may wait for the watch.
const WAITING: usize = 1_024;
/// Longest wait without a look at the clock.
const SLICE: Duration = Duration::from_millis(200);
/// What stands for line and meter in an event of all meters together.
const ALL: &str = "*";

/// Watches until the end that was asked for.
///
/// # Errors
/// An outbox or a file that cannot be opened; standard output that fails.
pub fn run(arguments: &Arguments, plan: Plan, context: &mut Context) -> Outcome {
    let format = shown(context);
    let stop = context.interrupt();
    let (tell, told) = mpsc::sync_channel(WAITING);
    let publishing = match plan.mqtt {
        Some(mqtt) => {
            let tell = tell.clone();
            // Notes are lost when the watch is too busy to take them, readings never.
            Some(Publishing::start(mqtt, &plan.lines, context, move |note| drop(tell.try_send(Told::Note(note))))?)
        }
        None => None,
    };
    let form = if format == Shown::Lines(Form::Csv) { Form::Csv } else { Form::Jsonl };
    let outputs = Outputs::open(&plan.output, form, matches!(format, Shown::Lines(_)), publishing)?;
    let span = Span {
        interval: plan.interval,
        rounds: arguments.count,
        until: arguments.duration.map(|duration| Instant::now() + duration),
        stop: stop.clone(),
        silent_after: plan.thresholds.silent_after_polls,
    };
    let mut watch = Watch::new(&plan.lines, plan.thresholds, plan.demand, arguments.act, outputs, format, context);
    let mut threads = Vec::new();
    let mut orders = Vec::new();
    let mut first = 0usize;
    for line in plan.lines {
        let (order, ordered) = mpsc::channel();
        let count = line.meters.len();
        let line = Line::new(line, first, context.folders.clone(), span.clone(), tell.clone(), ordered);
        first = first.saturating_add(count);
        orders.push(order);
        threads.push(std::thread::spawn(move || line.run()));
    }
    drop(tell);
    watch.orders = orders;
    let taken = watch.take(&told, &threads, context);
    if taken.is_err() {
        // Standard output is gone: the lines end after the exchange under way.
        let _ = stop.raise();
    }
    drop(told);
    for thread in threads {
        thread.join().map_err(|_| CommandError::new(Code::Internal, "the thread of a line failed"))?;
    }
    let ended = watch.end(&stop, context);
    taken?;
    ended
}

/// What standard output gets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shown {
    /// A table that is drawn over and over.
    Live,
    /// A table after each round, one below the other.
    Tables,
    /// A line for each record.
    Lines(Form),
}

fn shown(context: &Context) -> Shown {
    let asked = context.options.format.or(context.options.json.then_some(Format::Json));
    match asked {
        Some(Format::Csv) => Shown::Lines(Form::Csv),
        Some(Format::Json | Format::Jsonl) => Shown::Lines(Form::Jsonl),
        _ if io::stdout().is_terminal() => Shown::Live,
        Some(Format::Table) => Shown::Tables,
        None => Shown::Lines(Form::Jsonl),
    }
}

/// Where a meter is, and what is known of it.
#[derive(Debug)]
struct Watched {
    line: usize,
    number: usize,
    /// As the demand order has it: the name, with its line where the name alone is not enough.
    key: String,
    detector: Detector,
    row: Row,
    /// Whether it was polled since demand was last looked at.
    polled: bool,
    answered: u64,
}

struct Watch {
    meters: Vec<Watched>,
    orders: Vec<Sender<Order>>,
    outputs: Outputs,
    shown: Shown,
    screen: Option<Screen>,
    demand: Option<Demand>,
    readings: u64,
    /// A round has ended, and its table is to be printed.
    table_due: bool,
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
    fn new(
        lines: &[LinePlan],
        thresholds: Thresholds,
        limit: Option<DemandLimit>,
        act: bool,
        outputs: Outputs,
        shown: Shown,
        context: &Context,
    ) -> Self {
        let names: Vec<&str> =
            lines.iter().flat_map(|line| line.meters.iter().map(|meter| meter.name.as_str())).collect();
        let mut meters = Vec::new();
        for (line, plan) in lines.iter().enumerate() {
            for (number, meter) in plan.meters.iter().enumerate() {
                let alone = names.iter().filter(|name| **name == meter.name).count() == 1;
                let key = if alone { meter.name.clone() } else { format!("{} on {}", meter.name, plan.link) };
                let detector = Detector::new(thresholds.clone());
                meters.push(Watched { line, number, key, detector, row: Row::default(), polled: false, answered: 0 });
            }
        }
        let demand = limit.map(|limit| {
            let own = Thresholds { demand_w: Some(limit.limit_w), reverse_flow_w: 0.0, ..thresholds.clone() };
            let guard = DemandGuard::new(limit.clone());
            Demand { guard, limit, detector: Detector::new(own), act, pending: None }
        });
        let screen = (shown == Shown::Live).then(|| Screen::new(context.style()));
        Watch { meters, orders: Vec::new(), outputs, shown, screen, demand, readings: 0, table_due: false }
    }

    /// Takes reports until every line has ended.
    fn take(
        &mut self,
        told: &Receiver<Told>,
        threads: &[JoinHandle<()>],
        context: &Context,
    ) -> Result<(), CommandError> {
        loop {
            let ended = threads.iter().all(JoinHandle::is_finished);
            let first = match told.recv_timeout(SLICE) {
                Ok(first) => Some(first),
                // The publisher may still hold the channel when every line has ended.
                Err(RecvTimeoutError::Timeout) if ended => None,
                Err(RecvTimeoutError::Timeout) => {
                    self.draw(false)?;
                    continue;
                }
                Err(RecvTimeoutError::Disconnected) => None,
            };
            let Some(first) = first else { return Ok(()) };
            // What has piled up is written in one step.
            let mut records = Vec::new();
            for report in std::iter::once(first).chain(told.try_iter().take(WAITING)) {
                self.note_report(report, &mut records, context)?;
            }
            self.outputs.write(&records, context)?;
            self.tell(&records, context);
            self.draw(false)?;
            if std::mem::take(&mut self.table_due) {
                let rows: Vec<Row> = self.meters.iter().map(|meter| meter.row.clone()).collect();
                context.write(&table(&rows, context.style()))?;
            }
        }
    }

    fn note_report(&mut self, report: Told, records: &mut Vec<Record>, context: &Context) -> Result<(), CommandError> {
        match report {
            Told::Wrong(error) => return Err(error),
            Told::Note(note) => self.note(note, context),
            Told::Polled(index, reading) => self.polled(index, reading, records),
            Told::Switched { meter, action, done } => {
                records.push(Record::Action(Box::new(action)));
                self.switched(meter, done);
            }
        }
        Ok(())
    }

    fn note(&mut self, note: String, context: &Context) {
        match &mut self.screen {
            Some(screen) => screen.tell(note),
            None => context.note(note),
        }
    }

    fn polled(&mut self, index: usize, reading: Reading, records: &mut Vec<Record>) {
        let Some(watched) = self.meters.get_mut(index) else { return };
        self.readings = self.readings.saturating_add(1);
        watched.polled = true;
        watched.answered = watched.answered.saturating_add(u64::from(reading.answered));
        let events = watched.detector.push(&reading);
        watched.row.events = watched.detector.open().map(|event| event.cause.to_string()).collect();
        // A silent meter keeps its last values on the screen, with the reason beside them.
        match (&mut watched.row.reading, reading.answered) {
            (Some(shown), false) => (shown.answered, shown.problem) = (false, reading.problem),
            (shown, _) => *shown = Some(reading.clone()),
        }
        if let Some(screen) = &mut self.screen {
            screen.touch();
        }
        records.push(Record::Reading(Box::new(reading)));
        records.extend(events.into_iter().map(|event| Record::Event(Box::new(event))));
        if self.meters.iter().all(|meter| meter.polled || meter.detector.missed() > 0) {
            self.meters.iter_mut().for_each(|meter| meter.polled = false);
            self.limit_demand(records);
            self.table_due = self.shown == Shown::Tables;
        }
    }

    /// Every meter was polled: looks at them together.
    fn limit_demand(&mut self, records: &mut Vec<Record>) {
        let Some(demand) = &mut self.demand else { return };
        let power = |meter: &Watched| meter.row.reading.as_ref().and_then(|reading| reading.active_power_w);
        let powers: Vec<(String, f64)> =
            self.meters.iter().filter_map(|meter| Some((meter.key.clone(), power(meter)?))).collect();
        let total_w: f64 = powers.iter().map(|(_, power)| power).sum();
        let mut together = Reading::silent(ALL, ALL, OffsetDateTime::now_utc());
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
        let order = Order { meter: meter.number, action: relay, total_w, limit_w: demand.limit.limit_w };
        if !demand.act {
            // Told once, not at every poll while it lasts.
            if demand.pending.as_ref() != Some(&action) {
                let line = meter.row.reading.as_ref().map(|reading| reading.line.clone()).unwrap_or_default();
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
            .and_then(|meter| Some((meter.key.clone(), meter.row.reading.as_ref()?.active_power_w?)));
        if done {
            demand.guard.done(&action, power.as_slice());
        } else {
            demand.guard.failed(&action);
        }
    }

    /// Events and actions in words, where no line of output tells them.
    fn tell(&mut self, records: &[Record], context: &Context) {
        if self.outputs.tells_events() {
            return;
        }
        for record in records.iter().filter(|record| !matches!(record, Record::Reading(_))) {
            self.note(record.sentence(), context);
        }
    }

    fn draw(&mut self, at_once: bool) -> Result<(), CommandError> {
        let Some(screen) = &mut self.screen else { return Ok(()) };
        let rows: Vec<Row> = self.meters.iter().map(|meter| meter.row.clone()).collect();
        let footer = format!("{} readings; Ctrl-C ends", self.readings);
        screen.draw(&rows, &footer, at_once)
    }

    fn end(mut self, stop: &Interrupt, context: &Context) -> Outcome {
        self.draw(true)?;
        if let Some(demand) = &self.demand {
            let open: Vec<&str> = demand.guard.opened().collect();
            if !open.is_empty() {
                context.note(format_args!(
                    "these relays were opened for the demand limit and still are: {}; `wattkey relay connect` closes them",
                    open.join(", ")
                ));
            }
        }
        if let Some(publishing) = self.outputs.publishing.take() {
            let waiting = publishing.end()?;
            if waiting > 0 {
                context.note(format_args!("messages that wait on disk and go out with the next watch: {waiting}"));
            }
        }
        if let Some(failed) = self.outputs.failed.take() {
            return Err(failed);
        }
        if stop.requested() {
            return Ok(Exit::Interrupted);
        }
        if self.meters.iter().any(|meter| meter.answered > 0) {
            return Ok(Exit::Done);
        }
        let last = self.meters.iter().find_map(|meter| meter.row.reading.as_ref()?.problem);
        let code = Code::ALL.iter().find(|code| Some(code.word()) == last);
        Ok(code.map_or(Exit::NoReply, |code| code.exit()))
    }
}
