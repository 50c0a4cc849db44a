//! Running simulated meters until the user, or a signal, ends it.

use std::fs::{File, OpenOptions};
use std::io;
use std::path::Path;
use std::sync::mpsc;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use time::OffsetDateTime;

use super::RunArguments;
use super::reach;
use crate::cli::{CommandError, CommandResult, Context};
use wattkey::documents::sim::reach::Ready;
use wattkey::error::{Code, Exit};
use wattkey::files;
use wattkey::protocol::hdlc::Address;
use wattkey::sim::clock::SimClock;
use wattkey::sim::face::Protocols;
use wattkey::sim::fault::Faults;
use wattkey::sim::identity::Identity;
use wattkey::sim::line::{MODBUS_UNITS, MeterSlot, SimLine};
use wattkey::sim::link::DEFAULT_ADDRESS;
use wattkey::sim::serve::{
    Endpoint, EndpointError, HostError, HostedLine, LogFile, OpenEndpoint, SharedLine, TokenLog, lock,
};
use wattkey::sim::state::{MeterFile, StateError};
use wattkey::sim::{Meter, Model};

/// How often the wish to stop is looked at.
const LOOK: Duration = Duration::from_millis(100);
/// Looks between two savings of the time that has passed.
const LOOKS_A_SAVING: u32 = 100;

/// The logs that all lines share.
struct Logs {
    frames: Option<LogFile>,
    tokens: Option<TokenLog>,
    started: OffsetDateTime,
}

/// Listens, says so, and runs until it is to stop.
pub(super) fn run(arguments: &RunArguments, context: &mut Context) -> CommandResult {
    let interrupt = context.interrupt();
    let started = OffsetDateTime::now_utc();
    let model = model(arguments)?;
    let logs = Logs {
        frames: arguments.log.as_deref().map(|path| frame_log(path, started)).transpose()?,
        tokens: arguments.log_tokens.as_deref().map(|path| append(path).map(TokenLog::new)).transpose()?,
        started,
    };
    let beyond = MODBUS_UNITS..arguments.meters;
    if !arguments.separate && beyond.into_iter().any(|index| protocols(arguments, &model, index).modbus) {
        return Err(CommandError::new(Code::Usage, format!("a Modbus line has at most {MODBUS_UNITS} units"))
            .hint("Give fewer --meters, or --separate for a line each."));
    }
    let (failed, failures) = mpsc::channel();
    let mut endpoints = Vec::new();
    let mut lines = Vec::new();
    let mut reached = Vec::new();
    let count = if arguments.separate { arguments.meters } else { arguments.lines.min(arguments.meters) };
    for index in 0..count {
        let place = arguments.listen.further(index).ok_or_else(|| {
            CommandError::new(Code::Usage, format!("there are no {count} ports from {} on", arguments.listen))
                .hint("Give a lower port, or 0 for any that are free.")
        })?;
        let endpoint = place.open().map_err(|error| refused(error, &place))?;
        let line = hosted_line(arguments, &model, share(arguments.meters, count, index), &endpoint, &logs)?;
        reached.extend(reach::how_to_reach(line.line(), endpoint.link()));
        let line: SharedLine = Arc::new(Mutex::new(line));
        let failed = failed.clone();
        let tell = move |error: HostError| {
            let _ = failed.send(error);
        };
        endpoint
            .serve(Arc::clone(&line), tell)
            .map_err(|error| CommandError::new(Code::Internal, error.to_string()))?;
        endpoints.push(endpoint);
        lines.push(line);
    }
    context.print(&Ready { ready: true, meters: reached })?;
    let mut looks = 0u32;
    while !interrupt.requested() {
        match failures.recv_timeout(LOOK) {
            Ok(error) => return Err(unkept(error)),
            Err(_) => looks = looks.wrapping_add(1),
        }
        if looks.is_multiple_of(LOOKS_A_SAVING) {
            keep_all(&lines)?;
        }
    }
    keep_all(&lines)?;
    drop(endpoints);
    Ok(Exit::Done)
}

/// The meters of one of `lines` lines, as many on each as on any other or one more.
fn share(meters: u16, lines: u16, line: u16) -> std::ops::Range<u16> {
    let (each, over) = (meters / lines, meters % lines);
    let first = each.saturating_mul(line).saturating_add(line.min(over));
    first..first.saturating_add(each).saturating_add(u16::from(line < over))
}

fn model(arguments: &RunArguments) -> Result<Model, CommandError> {
    let name = arguments.model.as_deref().unwrap_or(Model::default_name());
    let changes = arguments.set.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    Model::with_changes(name, changes).map_err(|error| {
        CommandError::new(Code::Usage, error.to_string()).hint("`wattkey sim models` lists the models.")
    })
}

/// What the meter with this index speaks.
fn protocols(arguments: &RunArguments, model: &Model, index: u16) -> Protocols {
    arguments.serve.as_ref().map_or_else(|| Protocols::of(model), |order| order.of(index.into()))
}

/// A line of meters, which count up from the first index and go on from the state kept of them.
fn hosted_line(
    arguments: &RunArguments,
    model: &Model,
    indices: std::ops::Range<u16>,
    endpoint: &OpenEndpoint,
    logs: &Logs,
) -> Result<HostedLine, CommandError> {
    let began = arguments.clock.unwrap_or(logs.started);
    let wrong = |error: wattkey::sts::FieldError| CommandError::new(Code::Usage, error.to_string());
    let mut meters = Vec::new();
    let mut files = Vec::new();
    let mut latest = began;
    for (place, index) in (0u16..).zip(indices.clone()) {
        let seed = arguments.seed.wrapping_add(index.into());
        let mut kept = None;
        if let Some(folder) = &arguments.state {
            let serial = Identity::of(model, seed).map_err(wrong)?.serial;
            let file = MeterFile::open(folder, &serial).map_err(state)?;
            kept = file.load().map_err(state)?;
            files.push(file);
        }
        let mut meter = match kept {
            Some(meter) if meter.model() == model => meter,
            Some(meter) => return Err(another_model(&meter, model)),
            None => Meter::new(model.clone(), seed, began).map_err(wrong)?,
        };
        if let Some(tamper) = arguments.tamper {
            meter.tamper_with(tamper);
        }
        latest = latest.max(meter.now());
        let (logical, physical) = DEFAULT_ADDRESS;
        let address = Address::new(logical, physical.saturating_add(place))
            .map_err(|error| CommandError::new(Code::Usage, error.to_string()))?;
        let protocols = protocols(arguments, model, index);
        meters.push(MeterSlot { meter, address, protocols });
    }
    let faults = Faults::new(arguments.fault.clone(), arguments.seed.wrapping_add(indices.start.into()));
    // Time never runs backwards for a meter: where the kept ones are ahead, the clock starts from them.
    let clock = SimClock::starting(latest, arguments.speed);
    let mut line = SimLine::of(meters, faults);
    if let Some(baud) = arguments.baud {
        line.set_baud(baud);
    }
    let mut line = HostedLine::new(line, clock, files);
    if let Some(log) = &logs.frames {
        line.log_frames(log.line(endpoint.link(), logs.started));
    }
    if let Some(log) = &logs.tokens {
        line.log_tokens(log.clone());
    }
    line.keep(true).map_err(unkept)?;
    Ok(line)
}

fn another_model(kept: &Meter, model: &Model) -> CommandError {
    let serial = &kept.identity().serial;
    CommandError::new(
        Code::Usage,
        format!("meter {serial} is kept as model {} with values other than those of {}", kept.model().name, model.name),
    )
    .hint("Give the model and --set values it was made with, or another --state folder.")
}

fn keep_all(lines: &[SharedLine]) -> Result<(), CommandError> {
    lines.iter().try_for_each(|line| lock(line).keep(true).map_err(unkept))
}

fn frame_log(path: &Path, started: OffsetDateTime) -> Result<LogFile, CommandError> {
    let begun = if path == Path::new("-") {
        LogFile::begin(io::stderr(), started)
    } else {
        let mut options = OpenOptions::new();
        let opened = files::private(options.create(true).write(true).truncate(true)).open(path);
        opened.and_then(|file| LogFile::begin(file, started))
    };
    begun.map_err(|error| CommandError::new(Code::File, format!("cannot write the log {}: {error}", path.display())))
}

fn append(path: &Path) -> Result<File, CommandError> {
    files::private(OpenOptions::new().create(true).append(true)).open(path).map_err(|error| {
        CommandError::new(Code::File, format!("cannot write the token log {}: {error}", path.display()))
    })
}

fn refused(error: EndpointError, listen: &Endpoint) -> CommandError {
    let code = match error {
        EndpointError::Busy(_) => Code::PortBusy,
        EndpointError::Permission(_) => Code::PortPermission,
        EndpointError::Absent { .. } => Code::PortAbsent,
    };
    let plain = CommandError::new(code, error.to_string()).hint("Give another --listen; port 0 takes any free one.");
    match (code, listen) {
        (Code::PortBusy, Endpoint::Pty(_)) => {
            plain.hint("The link of a pty that nobody serves any more can be removed.")
        }
        _ => plain,
    }
}

fn state(error: StateError) -> CommandError {
    let code = match error {
        StateError::BadName(_) => Code::Usage,
        StateError::Busy(_) => Code::PortBusy,
        StateError::Io { .. } | StateError::Unreadable { .. } => Code::File,
    };
    CommandError::new(code, error.to_string())
}

fn unkept(error: HostError) -> CommandError {
    CommandError::new(Code::File, error.to_string())
}

#[cfg(test)]
mod tests {
    use super::share;

    #[test]
    fn every_meter_is_on_one_line() {
        for (meters, lines) in [(1000, 16), (5, 5), (7, 3), (1, 1)] {
            let shares: Vec<_> = (0..lines).map(|line| share(meters, lines, line)).collect();
            let all: Vec<u16> = shares.iter().cloned().flatten().collect();
            assert_eq!(all, (0..meters).collect::<Vec<_>>(), "{meters} over {lines}");
            let sizes: Vec<usize> = shares.iter().map(ExactSizeIterator::len).collect();
            assert!(sizes.iter().max().unwrap() - sizes.iter().min().unwrap() <= 1);
        }
    }
}
