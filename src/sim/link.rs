//! `sim:` links: a meter in this process, on a line that takes no time, kept by name between runs.

use std::collections::VecDeque;
use std::path::Path;
use std::time::Duration;

use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use crate::link::address::SimAddress;
use crate::link::{Interrupt, LineSettings, Link, LinkError, Moment};
use crate::protocol::hdlc::Address;
use crate::sim::clock::{SimClock, Speed};
use crate::sim::face::Protocols;
use crate::sim::fault::{FaultRule, Faults};
use crate::sim::line::{Baud, LineAction, MeterSlot, SimLine};
use crate::sim::meter::Meter;
use crate::sim::model::Model;
use crate::sim::state::{MeterFile, StateError};
use crate::sim::tamper::Tamper;

/// Address of a simulated meter where nothing else is said: logical device 1, physical address 17.
pub const DEFAULT_ADDRESS: (u16, u16) = (1, 17);

/// What the text of a `sim:` link asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SimRequest {
    name: String,
    model: Option<String>,
    seed: Option<u64>,
    changes: Vec<(String, String)>,
    fresh: bool,
    clock: Option<OffsetDateTime>,
    tamper: Option<Tamper>,
    faults: FaultRule,
    protocols: Option<Protocols>,
    baud: Option<Baud>,
}

impl SimRequest {
    /// Understands the options of a link's text.
    ///
    /// # Errors
    /// [`LinkError::Usage`] for an option or value that is none.
    pub fn parse(address: &SimAddress) -> Result<Self, LinkError> {
        let mut request = SimRequest {
            name: address.name.clone(),
            model: None,
            seed: None,
            changes: Vec::new(),
            fresh: false,
            clock: None,
            tamper: None,
            faults: FaultRule::default(),
            protocols: None,
            baud: None,
        };
        for (option, value) in &address.options {
            request.option(option, value).map_err(LinkError::Usage)?;
        }
        Ok(request)
    }

    fn option(&mut self, option: &str, value: &str) -> Result<(), String> {
        match option {
            "model" => self.model = Some(value.to_owned()),
            "seed" => {
                let seed = value.parse().map_err(|_| format!("sim: seed {value:?} is not a whole number"))?;
                self.seed = Some(seed);
            }
            "fresh" => {
                self.fresh = match value {
                    "" | "1" | "true" => true,
                    "0" | "false" => false,
                    _ => return Err(format!("sim: fresh={value}: write fresh, or fresh=1 or fresh=0")),
                };
            }
            "clock" => {
                let time = OffsetDateTime::parse(value, &Rfc3339);
                let wrong = |_| format!("sim: clock {value:?} is not a time: write it as 2026-11-21T08:00:00Z");
                self.clock = Some(time.map_err(wrong)?);
            }
            "tamper" => {
                self.tamper = Some(value.parse().map_err(|error| format!("sim: {error}"))?);
            }
            "fault" => self.faults = value.parse()?,
            "serve" | "face" => self.protocols = Some(value.parse().map_err(|error| format!("sim: {error}"))?),
            "baud" => self.baud = Some(value.parse().map_err(|error| format!("sim: {error}"))?),
            changed if changed.contains('.') => self.changes.push((changed.to_owned(), value.to_owned())),
            _ => {
                return Err(format!(
                    "sim: has no option {option:?}; it takes model, seed, fresh, clock, tamper, fault, serve, baud, and \
                     model values by their dotted name such as lockout.after=3"
                ));
            }
        }
        Ok(())
    }

    /// The protocols asked for, or those of the model.
    pub fn protocols(&self) -> Option<Protocols> {
        self.protocols
    }

    /// The name of the file that keeps the meter. Unnamed meters of different models and seeds are different meters.
    fn kept_as(&self) -> String {
        if !self.name.is_empty() {
            return self.name.clone();
        }
        let model = self.model.iter().map(String::as_str);
        let seed = self.seed.map(|seed| seed.to_string());
        std::iter::once("unnamed").chain(model).chain(seed.as_deref()).collect::<Vec<_>>().join(".")
    }

    fn model(&self) -> Result<Model, LinkError> {
        let name = self.model.as_deref().unwrap_or(Model::default_name());
        let changes = self.changes.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        Model::with_changes(name, changes).map_err(|error| LinkError::Usage(error.to_string()))
    }

    fn seed(&self) -> u64 {
        self.seed.unwrap_or_else(|| if self.name.is_empty() { 0 } else { seed_of(&self.name) })
    }

    /// The kept meter, when it is the one asked for, or a fresh one.
    fn meter(&self, kept: Option<Meter>, now: OffsetDateTime) -> Result<Meter, LinkError> {
        let asks_for_another = |meter: &Meter| -> Result<bool, LinkError> {
            let model = (self.model.is_some() || !self.changes.is_empty()) && *meter.model() != self.model()?;
            Ok(model || self.seed.is_some_and(|seed| seed != meter.seed()))
        };
        match kept {
            Some(meter) if asks_for_another(&meter)? => Err(LinkError::Usage(format!(
                "sim:{} is kept as another model or with other values; add fresh to begin anew, or give another name",
                self.name
            ))),
            Some(meter) => Ok(meter),
            None => Meter::new(self.model()?, self.seed(), now).map_err(|error| LinkError::Usage(error.to_string())),
        }
    }
}

/// FNV-1a: the same name makes the same meter on every machine.
fn seed_of(name: &str) -> u64 {
    name.bytes().fold(0xCBF2_9CE4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01B3))
}

/// A link to a meter in this process.
#[derive(Debug)]
pub struct SimLink {
    line: SimLine,
    file: MeterFile,
    kept: u64,
    clock: SimClock,
    now: Moment,
    /// On their way to the near side, by time of arrival.
    coming: VecDeque<(Moment, Vec<u8>)>,
    arrived: VecDeque<u8>,
    hung_up_at: Option<Moment>,
    settings: LineSettings,
    interrupt: Interrupt,
    name: String,
}

impl SimLink {
    /// Opens the meter kept under the link's name in `folder`, or makes it. `now` is the wall clock, and `name` the
    /// link as the user wrote it.
    ///
    /// # Errors
    /// [`LinkError::Usage`] for options that make no meter, [`LinkError::Busy`] when another process has the meter
    /// open, [`LinkError::Fault`] when its file cannot be used.
    pub fn open(
        address: &SimAddress,
        folder: &Path,
        now: OffsetDateTime,
        name: String,
        interrupt: Interrupt,
    ) -> Result<Self, LinkError> {
        let request = SimRequest::parse(address)?;
        let unusable = |error: StateError| unusable(error, &name);
        let file = MeterFile::open(folder, &request.kept_as()).map_err(unusable)?;
        let kept = if request.fresh { None } else { file.load().map_err(unusable)? };
        let began = match (&kept, request.clock) {
            (Some(meter), Some(_)) => meter.now(),
            (_, clock) => clock.unwrap_or(now),
        };
        let mut meter = request.meter(kept, began)?;
        meter.advance(began);
        if let Some(tamper) = request.tamper {
            meter.tamper_with(tamper);
        }
        file.save(&meter).map_err(unusable)?;
        let (logical, physical) = DEFAULT_ADDRESS;
        let address = Address::new(logical, physical).map_err(|error| LinkError::Usage(error.to_string()))?;
        let faults = Faults::new(request.faults, meter.seed());
        let kept = meter.changes();
        let protocols = request.protocols.unwrap_or_else(|| Protocols::of(meter.model()));
        let mut line = SimLine::of(vec![MeterSlot { meter, address, protocols }], faults);
        if let Some(baud) = request.baud {
            line.set_baud(baud);
        }
        Ok(SimLink {
            line,
            file,
            kept,
            clock: SimClock::starting(began, Speed::REAL),
            now: Moment::ZERO,
            coming: VecDeque::new(),
            arrived: VecDeque::new(),
            hung_up_at: None,
            settings: LineSettings::eight_none_one(9600),
            interrupt,
            name,
        })
    }

    /// The far end, with its one meter.
    pub fn line(&self) -> &SimLine {
        &self.line
    }

    fn keep(&mut self) -> Result<(), LinkError> {
        for meter in self.line.meters_mut() {
            meter.take_journal();
            if meter.changes() != self.kept {
                self.file.save(meter).map_err(|error| unusable(error, &self.name))?;
                self.kept = meter.changes();
            }
        }
        Ok(())
    }

    fn schedule(&mut self, actions: Vec<LineAction>) {
        let mut at = self.now;
        for action in actions {
            match action {
                LineAction::Pause(duration) => at = at.saturating_add(duration),
                LineAction::Send(bytes) => self.coming.push_back((at, bytes)),
                LineAction::HangUp => self.hung_up_at = Some(at),
            }
        }
    }

    fn advance(&mut self, to: Moment) {
        self.now = self.now.max(to);
        while self.coming.front().is_some_and(|(at, _)| *at <= self.now) {
            if let Some((_, bytes)) = self.coming.pop_front() {
                self.arrived.extend(bytes);
            }
        }
    }

    fn check(&self) -> Result<(), LinkError> {
        if self.interrupt.immediate() { Err(LinkError::Interrupted) } else { Ok(()) }
    }
}

fn unusable(error: StateError, name: &str) -> LinkError {
    match error {
        StateError::BadName(_) => LinkError::Usage(error.to_string()),
        StateError::Busy(_) => LinkError::Busy { port: name.to_owned(), holder: None },
        StateError::Io { .. } => LinkError::StateFolder(error.to_string()),
        StateError::Unreadable { .. } => LinkError::Fault(error.to_string()),
    }
}

impl Drop for SimLink {
    /// Keeps the time that passed and what was consumed in it; anything weightier was kept when it happened.
    fn drop(&mut self) {
        self.line.advance(self.clock.at(self.now));
        for meter in self.line.meters_mut() {
            let _ = self.file.save(meter);
        }
    }
}

impl Link for SimLink {
    fn now(&self) -> Moment {
        self.now
    }

    fn pause(&mut self, duration: Duration) -> Result<(), LinkError> {
        self.check()?;
        self.advance(self.now.saturating_add(duration));
        Ok(())
    }

    fn send(&mut self, bytes: &[u8]) -> Result<(), LinkError> {
        self.check()?;
        if self.hung_up_at.is_some() {
            return Err(LinkError::Closed);
        }
        let actions = self.line.hear(bytes, self.now, self.clock.at(self.now));
        self.keep()?;
        self.schedule(actions);
        Ok(())
    }

    fn receive(&mut self, buffer: &mut [u8], until: Moment) -> Result<usize, LinkError> {
        self.check()?;
        let begun = self.now;
        self.advance(self.now);
        if self.arrived.is_empty() {
            match (self.coming.front().map(|(at, _)| *at), self.hung_up_at) {
                (Some(at), _) if at <= until => self.advance(at),
                (None, Some(at)) if at <= until.max(begun) => {
                    self.advance(at);
                    return Err(LinkError::Closed);
                }
                _ => {
                    self.advance(until);
                    return Err(LinkError::Timeout(until.saturating_sub(begun)));
                }
            }
        }
        let count = self.arrived.len().min(buffer.len());
        for (slot, byte) in buffer.iter_mut().zip(self.arrived.drain(..count)) {
            *slot = byte;
        }
        Ok(count)
    }

    fn configure(&mut self, settings: LineSettings) -> Result<(), LinkError> {
        self.settings = settings;
        Ok(())
    }

    fn settings(&self) -> Option<LineSettings> {
        Some(self.settings)
    }

    fn stop_requested(&self) -> bool {
        self.interrupt.requested()
    }

    fn name(&self) -> String {
        self.name.clone()
    }
}
