//! A line of simulated meters as the host keeps it: its clock, what is logged of it, and where its meters are kept.

use std::fs::File;
use std::io::{self, Write};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use serde::Serialize;

use crate::link::trace::Direction;
use crate::sim::clock::SimClock;
use crate::sim::line::{LineAction, SimLine};
use crate::sim::meter::{Entry, Meter};
use crate::sim::serve::frame_log::FrameLog;
use crate::sim::state::{MeterFile, StateError};

/// The file in which the host accounts for what its meters accepted: one JSON object a token, on disk before the
/// answer leaves.
#[derive(Debug, Clone)]
pub struct TokenLog(Arc<Mutex<File>>);

#[derive(Serialize)]
struct TokenRecord<'a> {
    schema: &'static str,
    at: String,
    serial: &'a str,
    drn: String,
    token: &'a str,
    result: crate::sts::TokenResult,
    display: &'a str,
    credit_before_kwh: f64,
    credit_after_kwh: f64,
}

impl TokenLog {
    /// Writes to `file`.
    pub fn new(file: File) -> Self {
        TokenLog(Arc::new(Mutex::new(file)))
    }

    fn account(&self, meter: &Meter, entry: &Entry) -> io::Result<()> {
        let (Some(token), true) = (&entry.token, entry.result.is_taken()) else { return Ok(()) };
        let format = &time::format_description::well_known::Rfc3339;
        let record = TokenRecord {
            schema: "wattkey/sim-token/1",
            at: entry.at.format(format).unwrap_or_default(),
            serial: &meter.identity().serial,
            drn: meter.identity().pan.drn().to_string(),
            token,
            result: entry.result,
            display: &entry.display,
            credit_before_kwh: entry.credit_before as f64 / 100.0,
            credit_after_kwh: entry.credit_after as f64 / 100.0,
        };
        let mut line = serde_json::to_vec(&record)?;
        line.push(b'\n');
        let mut file = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        file.write_all(&line)?;
        file.sync_data()
    }
}

/// Why the host cannot go on.
#[derive(Debug, thiserror::Error)]
pub enum HostError {
    /// A meter's state cannot be kept.
    #[error(transparent)]
    State(#[from] StateError),
    /// A log cannot be written.
    #[error("the log cannot be written: {0}")]
    Log(#[from] io::Error),
}

/// A line and all that belongs to it.
#[derive(Debug)]
pub struct HostedLine {
    line: SimLine,
    clock: SimClock,
    began: Instant,
    files: Vec<MeterFile>,
    kept: Vec<u64>,
    frames: Option<FrameLog>,
    tokens: Option<TokenLog>,
}

/// A line shared between the thread that talks on it and the one that watches over all.
pub type SharedLine = Arc<Mutex<HostedLine>>;

impl HostedLine {
    /// A line whose clock starts now. `files` are the places of its meters, in their order, or none at all.
    pub fn new(line: SimLine, clock: SimClock, files: Vec<MeterFile>) -> Self {
        let kept = line.meters().map(|meter| meter.changes()).collect();
        HostedLine { line, clock, began: Instant::now(), files, kept, frames: None, tokens: None }
    }

    /// Logs every frame.
    pub fn log_frames(&mut self, log: FrameLog) {
        self.frames = Some(log);
    }

    /// Accounts for accepted tokens.
    pub fn log_tokens(&mut self, log: TokenLog) {
        self.tokens = Some(log);
    }

    /// A client has come: what an earlier one left half done is dropped.
    pub fn connected(&mut self) {
        self.line.reset();
    }

    /// Takes octets and gives what the line does, after everything worth keeping is on disk.
    ///
    /// # Errors
    /// [`HostError`].
    pub fn exchange(&mut self, octets: &[u8]) -> Result<Vec<LineAction>, HostError> {
        let elapsed = self.began.elapsed();
        if let Some(log) = &mut self.frames {
            log.write(elapsed, Direction::Sent, octets)?;
        }
        let actions = self.line.hear(octets, elapsed, self.clock.at(elapsed));
        self.keep(false)?;
        self.log_actions(elapsed, &actions)?;
        Ok(actions)
    }

    /// What comes in pieces, on a line with a speed, is one record.
    fn log_actions(&mut self, elapsed: Duration, actions: &[LineAction]) -> io::Result<()> {
        let in_pieces = self.line.has_speed();
        let Some(log) = &mut self.frames else { return Ok(()) };
        let mut pieces = Vec::new();
        for action in actions {
            match action {
                LineAction::Send(bytes) if in_pieces => pieces.extend_from_slice(bytes),
                LineAction::Send(bytes) => log.write(elapsed, Direction::Received, bytes)?,
                LineAction::HangUp => {
                    if !pieces.is_empty() {
                        log.write(elapsed, Direction::Received, &std::mem::take(&mut pieces))?;
                    }
                    log.write(elapsed, Direction::Closed, &[])?;
                }
                LineAction::Pause(_) => {}
            }
        }
        if pieces.is_empty() { Ok(()) } else { log.write(elapsed, Direction::Received, &pieces) }
    }

    /// How long the host waits for a pause of the meter's.
    pub fn host_time(&self, pause: Duration) -> Duration {
        self.clock.host_time(pause)
    }

    /// Writes meters to disk: those with changes worth it, or all.
    ///
    /// # Errors
    /// [`HostError`].
    pub fn keep(&mut self, all: bool) -> Result<(), HostError> {
        if all {
            self.line.advance(self.clock.at(self.began.elapsed()));
        }
        for (index, meter) in self.line.meters_mut().enumerate() {
            for entry in meter.take_journal() {
                if let Some(log) = &self.tokens {
                    log.account(meter, &entry)?;
                }
            }
            let Some(kept) = self.kept.get_mut(index) else { continue };
            if let Some(file) = self.files.get(index).filter(|_| all || *kept != meter.changes()) {
                file.save(meter)?;
            }
            *kept = meter.changes();
        }
        Ok(())
    }

    /// The meters of the line.
    pub fn line(&self) -> &SimLine {
        &self.line
    }
}

/// The line, whatever became of the thread that held it before.
pub fn lock(line: &SharedLine) -> MutexGuard<'_, HostedLine> {
    line.lock().unwrap_or_else(PoisonError::into_inner)
}
