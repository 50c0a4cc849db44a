//! A recorded trace that plays the meter.

use std::fs::File;
use std::io::BufReader;
use std::path::Path;
use std::time::Duration;

use super::{Direction, Header, Record};
use crate::link::interrupt::Interrupt;
use crate::link::{LineSettings, Link, LinkError, Moment};
use crate::protocol::redaction::fill;

/// Answers what the trace holds, as long as what is sent is what the trace holds. Time is the trace's own: a replay
/// does not wait.
#[derive(Debug)]
pub struct ReplayLink {
    header: Header,
    records: Vec<Record>,
    /// The record under way, and how many of its bytes have passed.
    next: usize,
    offset: usize,
    now: Moment,
    settings: Option<LineSettings>,
    name: String,
    interrupt: Interrupt,
}

impl ReplayLink {
    /// Opens a trace file.
    ///
    /// # Errors
    /// [`LinkError::Absent`] when there is no such file; [`LinkError::Usage`] when it is no trace.
    pub fn open(path: &Path, interrupt: Interrupt) -> Result<Self, LinkError> {
        let name = format!("replay:{}", path.display());
        let file =
            File::open(path).map_err(|error| LinkError::Absent { port: name.clone(), reason: error.to_string() })?;
        let (header, records) =
            super::read(BufReader::new(file)).map_err(|error| LinkError::Usage(format!("{name}: {error}")))?;
        Ok(Self::new(header, records, name, interrupt))
    }

    /// Plays records already read.
    ///
    /// Hidden octets of what the meter sent are filled, and the checks of their frames set right, so that a session in
    /// which a token was read plays as well.
    pub fn new(header: Header, mut records: Vec<Record>, name: String, interrupt: Interrupt) -> Self {
        for record in records.iter_mut().filter(|record| record.direction == Direction::Received) {
            record.bytes = fill(&record.bytes).into_iter().map(Some).collect();
        }
        ReplayLink { header, records, next: 0, offset: 0, now: Moment::ZERO, settings: None, name, interrupt }
    }

    fn step(&mut self) {
        self.next = self.next.saturating_add(1);
        self.offset = 0;
    }

    /// The next record that is about the line's traffic; the clock moves to its time.
    fn current(&mut self) -> Option<(Direction, usize)> {
        loop {
            let record = self.records.get(self.next)?;
            if record.bytes.len() <= self.offset && !matches!(record.direction, Direction::Timeout | Direction::Closed)
            {
                self.step();
                continue;
            }
            self.now = self.now.max(super::moment(record, &self.header));
            return Some((record.direction, self.next));
        }
    }

    fn check(&self) -> Result<(), LinkError> {
        if self.interrupt.immediate() { Err(LinkError::Interrupted) } else { Ok(()) }
    }
}

impl Link for ReplayLink {
    fn now(&self) -> Moment {
        self.now
    }

    fn pause(&mut self, duration: Duration) -> Result<(), LinkError> {
        self.check()?;
        self.now = self.now.saturating_add(duration);
        Ok(())
    }

    fn send(&mut self, bytes: &[u8]) -> Result<(), LinkError> {
        self.check()?;
        for (place, &byte) in bytes.iter().enumerate() {
            // What the recorded session received and this one leaves unread is passed over.
            while matches!(self.current(), Some((direction, _)) if direction != Direction::Sent) {
                self.step();
            }
            let Some(record) = self.records.get(self.next) else {
                let line = self.records.last().map_or(1, |record| record.line);
                return Err(LinkError::ReplayMismatch {
                    line,
                    offset: place,
                    detail: format!("the trace ends here, {byte:02x} was sent"),
                });
            };
            match record.bytes.get(self.offset) {
                Some(None) => {}
                Some(Some(expected)) if *expected == byte => {}
                expected => {
                    let expected = expected.copied().flatten();
                    let expected = expected.map_or_else(|| "nothing".to_owned(), |byte| format!("{byte:02x}"));
                    return Err(LinkError::ReplayMismatch {
                        line: record.line,
                        offset: self.offset,
                        detail: format!("{expected} is recorded, {byte:02x} was sent"),
                    });
                }
            }
            self.offset = self.offset.saturating_add(1);
        }
        Ok(())
    }

    fn receive(&mut self, buffer: &mut [u8], until: Moment) -> Result<usize, LinkError> {
        self.check()?;
        let begun = self.now;
        match self.current() {
            Some((Direction::Received, index)) => {
                let record = self.records.get(index).map(|record| record.bytes.as_slice()).unwrap_or_default();
                let mut count = 0usize;
                for (slot, byte) in buffer.iter_mut().zip(record.iter().skip(self.offset)) {
                    *slot = byte.unwrap_or(0);
                    count = count.saturating_add(1);
                }
                self.offset = self.offset.saturating_add(count);
                Ok(count)
            }
            Some((Direction::Closed, _)) => Err(LinkError::Closed),
            found => {
                if matches!(found, Some((Direction::Timeout, _))) {
                    self.step();
                }
                self.now = self.now.max(until);
                Err(LinkError::Timeout(until.saturating_sub(begun)))
            }
        }
    }

    fn configure(&mut self, settings: LineSettings) -> Result<(), LinkError> {
        self.settings = Some(settings);
        Ok(())
    }

    fn settings(&self) -> Option<LineSettings> {
        self.settings
    }

    fn stop_requested(&self) -> bool {
        self.interrupt.requested()
    }

    fn name(&self) -> String {
        self.name.clone()
    }
}
