//! A line in memory, with a virtual clock: what a pty or a socket cannot show is modelled bit by bit here, namely
//! speed, parity, echo, noise, delay and cuts. One thread, no waiting, the same result every time.
//!
//! The near side is a [`Link`]; the far side is any number of [`FarEnd`]s, such as simulated meters.

mod wire;

use std::collections::VecDeque;
use std::fmt::Debug;
use std::time::Duration;

use self::wire::WireCharacter;
use super::interrupt::Interrupt;
use super::{LineSettings, Link, LinkError, Moment};

/// A station at the far end of a [`MemoryLine`].
pub trait FarEnd: Send + Debug {
    /// How this station listens and talks until it says otherwise.
    fn settings(&self) -> LineSettings;

    /// One character has arrived, complete at `at`. What is to follow is carried out in order, each action after the
    /// one before is done.
    fn hear(&mut self, byte: u8, at: Moment) -> Vec<FarAction>;

    /// What the station does unasked when the line comes up, such as pushing its data.
    fn start(&mut self) -> Vec<FarAction> {
        Vec::new()
    }
}

/// What a far station does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FarAction {
    /// Waits before the next action.
    Pause(Duration),
    /// Sends bytes in its settings of that time.
    Send(Vec<u8>),
    /// Talks and listens in other settings from then on.
    Configure(LineSettings),
    /// Talks and listens in other settings once nothing has been heard for so long.
    ConfigureAfterSilence(Duration, LineSettings),
    /// Ends the connection: the near side gets [`LinkError::Closed`] once it has read what came before.
    HangUp,
}

/// A station that answers through a closure, for tests of a few lines.
pub struct FarClosure<F> {
    settings: LineSettings,
    answer: F,
}

impl<F> FarClosure<F> {
    /// `answer` gets each byte and its time, and gives what the station does.
    pub fn new(settings: LineSettings, answer: F) -> Self {
        FarClosure { settings, answer }
    }
}

impl<F> Debug for FarClosure<F> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("FarClosure").field("settings", &self.settings).finish_non_exhaustive()
    }
}

impl<F: FnMut(u8, Moment) -> Vec<FarAction> + Send> FarEnd for FarClosure<F> {
    fn settings(&self) -> LineSettings {
        self.settings
    }

    fn hear(&mut self, byte: u8, at: Moment) -> Vec<FarAction> {
        (self.answer)(byte, at)
    }
}

/// What a line does to the bytes on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineFaults {
    /// Whether the near side hears what it sends.
    pub echo: bool,
    /// Extra time every character takes from end to end, such as an adapter's latency timer.
    pub delay: Duration,
    /// Characters in 10,000 that arrive with one bit flipped, each way.
    pub flipped_per_10_000: u32,
    /// Characters in 10,000 that never arrive, each way.
    pub lost_per_10_000: u32,
    /// The line goes dead (without a word) once so many characters have passed, both ways counted.
    pub dead_after: Option<usize>,
    /// The connection ends once so many characters have passed, both ways counted.
    pub cut_after: Option<usize>,
    /// Seed of the noise.
    pub seed: u64,
}

impl Default for LineFaults {
    fn default() -> Self {
        LineFaults {
            echo: false,
            delay: Duration::ZERO,
            flipped_per_10_000: 0,
            lost_per_10_000: 0,
            dead_after: None,
            cut_after: None,
            seed: 1,
        }
    }
}

#[derive(Debug)]
struct Station {
    end: Box<dyn FarEnd>,
    settings: LineSettings,
    /// When its last action is done.
    busy_until: Moment,
    /// Settings that come into force at that time if nothing is heard before.
    fallback: Option<(Moment, LineSettings)>,
}

/// The near side of the line.
#[derive(Debug)]
pub struct MemoryLine {
    now: Moment,
    settings: LineSettings,
    stations: Vec<Station>,
    faults: LineFaults,
    noise: fastrand::Rng,
    passed: usize,
    /// On their way to the near side, by time of arrival.
    coming: VecDeque<(Moment, WireCharacter)>,
    /// Arrived and not yet taken.
    arrived: VecDeque<u8>,
    hung_up_at: Option<Moment>,
    interrupt: Interrupt,
    sent: Vec<u8>,
    configured: Vec<(Moment, LineSettings)>,
}

impl MemoryLine {
    /// A line with one station, in the settings the station starts with.
    pub fn new(far: impl FarEnd + 'static) -> Self {
        Self::with_stations(vec![Box::new(far)])
    }

    /// A line with several stations, as on RS485. All hear the near side; they do not hear each other.
    pub fn with_stations(ends: Vec<Box<dyn FarEnd>>) -> Self {
        let settings = ends.first().map_or(LineSettings::eight_none_one(9600), |end| end.settings());
        let mut line = MemoryLine {
            now: Moment::ZERO,
            settings,
            stations: Vec::new(),
            faults: LineFaults::default(),
            noise: fastrand::Rng::with_seed(1),
            passed: 0,
            coming: VecDeque::new(),
            arrived: VecDeque::new(),
            hung_up_at: None,
            interrupt: Interrupt::new(),
            sent: Vec::new(),
            configured: Vec::new(),
        };
        for mut end in ends {
            let actions = end.start();
            let settings = end.settings();
            let mut station = Station { end, settings, busy_until: Moment::ZERO, fallback: None };
            line.carry_out(&mut station, actions, Moment::ZERO);
            line.stations.push(station);
        }
        line
    }

    /// The same line with faults.
    #[must_use]
    pub fn with_faults(mut self, faults: LineFaults) -> Self {
        self.noise = fastrand::Rng::with_seed(faults.seed);
        self.faults = faults;
        self
    }

    /// The same line, which ends its waits when `interrupt` says so.
    #[must_use]
    pub fn with_interrupt(mut self, interrupt: Interrupt) -> Self {
        self.interrupt = interrupt;
        self
    }

    /// Every byte the near side has sent, for tests.
    pub fn sent(&self) -> &[u8] {
        &self.sent
    }

    /// Every change of the near side's settings and its time, for tests.
    pub fn configured(&self) -> &[(Moment, LineSettings)] {
        &self.configured
    }

    /// Puts bytes on the way to the near side now, as noise or a stranger's traffic would.
    pub fn disturb(&mut self, bytes: &[u8]) {
        let settings = self.settings;
        let mut at = self.now;
        for &byte in bytes {
            at = at.saturating_add(settings.time_for(1));
            self.deliver(at, WireCharacter::new(byte, settings));
        }
    }

    fn carry_out(&mut self, station: &mut Station, actions: Vec<FarAction>, from: Moment) {
        let mut at = station.busy_until.max(from);
        for action in actions {
            match action {
                FarAction::Pause(duration) => at = at.saturating_add(duration),
                FarAction::Send(bytes) => {
                    for byte in bytes {
                        at = at.saturating_add(station.settings.time_for(1));
                        if let Some(character) = self.pass(WireCharacter::new(byte, station.settings)) {
                            self.deliver(at.saturating_add(self.faults.delay), character);
                        }
                    }
                }
                FarAction::Configure(settings) => station.settings = settings,
                FarAction::ConfigureAfterSilence(silence, settings) => {
                    station.fallback = Some((at.saturating_add(silence), settings));
                }
                FarAction::HangUp => self.hung_up_at = Some(self.hung_up_at.map_or(at, |other| other.min(at))),
            }
        }
        station.busy_until = at;
    }

    fn deliver(&mut self, at: Moment, character: WireCharacter) {
        let place = self.coming.partition_point(|(other, _)| *other <= at);
        self.coming.insert(place, (at, character));
    }

    /// What the wire makes of a character; `None` when it is lost.
    fn pass(&mut self, mut character: WireCharacter) -> Option<WireCharacter> {
        self.passed = self.passed.saturating_add(1);
        if self.faults.cut_after.is_some_and(|limit| self.passed > limit) {
            self.hung_up_at = Some(self.hung_up_at.unwrap_or(self.now));
            return None;
        }
        if self.faults.dead_after.is_some_and(|limit| self.passed > limit) {
            return None;
        }
        if self.noise.u32(..10_000) < self.faults.lost_per_10_000 {
            return None;
        }
        if self.noise.u32(..10_000) < self.faults.flipped_per_10_000 {
            character.flip(self.noise.u8(..8));
        }
        Some(character)
    }

    /// Moves time to `to`: what arrives until then is read in the settings of now.
    fn advance(&mut self, to: Moment) {
        self.now = self.now.max(to);
        while let Some((at, character)) = self.coming.front().copied()
            && at <= self.now
        {
            self.coming.pop_front();
            self.arrived.push_back(character.read_as(self.settings));
        }
    }

    fn closed(&self) -> bool {
        self.hung_up_at.is_some_and(|at| at <= self.now)
    }
}

impl Link for MemoryLine {
    fn now(&self) -> Moment {
        self.now
    }

    fn pause(&mut self, duration: Duration) -> Result<(), LinkError> {
        if self.interrupt.immediate() {
            return Err(LinkError::Interrupted);
        }
        self.advance(self.now.saturating_add(duration));
        Ok(())
    }

    fn send(&mut self, bytes: &[u8]) -> Result<(), LinkError> {
        if self.interrupt.immediate() {
            return Err(LinkError::Interrupted);
        }
        if self.closed() {
            return Err(LinkError::Closed);
        }
        self.sent.extend_from_slice(bytes);
        for &byte in bytes {
            self.advance(self.now.saturating_add(self.settings.time_for(1)));
            let character = WireCharacter::new(byte, self.settings);
            if self.faults.echo {
                self.arrived.push_back(byte);
            }
            let Some(character) = self.pass(character) else { continue };
            let heard_at = self.now.saturating_add(self.faults.delay);
            let mut stations = std::mem::take(&mut self.stations);
            for station in &mut stations {
                if let Some((due, settings)) = station.fallback.take()
                    && due <= heard_at
                {
                    station.settings = settings;
                }
                let actions = station.end.hear(character.read_as(station.settings), heard_at);
                self.carry_out(station, actions, heard_at);
            }
            self.stations = stations;
        }
        Ok(())
    }

    fn receive(&mut self, buffer: &mut [u8], until: Moment) -> Result<usize, LinkError> {
        if self.interrupt.immediate() {
            return Err(LinkError::Interrupted);
        }
        let begun = self.now;
        if self.arrived.is_empty() {
            match self.coming.front().map(|(at, _)| *at) {
                Some(at) if at <= until => self.advance(at),
                _ => match self.hung_up_at {
                    Some(at) if at <= until.max(self.now) => {
                        self.advance(at);
                        return Err(LinkError::Closed);
                    }
                    _ => {
                        self.advance(until);
                        return Err(LinkError::Timeout(until.saturating_sub(begun)));
                    }
                },
            }
        }
        let mut count = 0usize;
        for slot in buffer.iter_mut() {
            let Some(byte) = self.arrived.pop_front() else { break };
            *slot = byte;
            count = count.saturating_add(1);
        }
        Ok(count)
    }

    fn configure(&mut self, settings: LineSettings) -> Result<(), LinkError> {
        self.settings = settings;
        self.configured.push((self.now, settings));
        Ok(())
    }

    fn settings(&self) -> Option<LineSettings> {
        Some(self.settings)
    }

    fn stop_requested(&self) -> bool {
        self.interrupt.requested()
    }

    fn name(&self) -> String {
        "memory".to_owned()
    }
}

#[cfg(test)]
mod tests;
