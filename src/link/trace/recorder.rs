//! The wrapper that writes a trace while the line is used.

use std::io::Write;
use std::ops::Range;

use time::OffsetDateTime;
use zeroize::Zeroize;

use super::{Direction, Header, Record, cut};
use crate::link::{LineSettings, Link, LinkError, Moment, pass_on};
use crate::protocol::redaction::token_digits;

/// Secrets remembered at most; the oldest are forgotten first.
const MOST_SECRETS: usize = 32;

/// Shorter secrets are hidden only where they were sent, for they may stand anywhere by chance.
const SHORTEST_SECRET: usize = 4;

/// A secret is also hidden where so many of its bytes stand together: a frame may end in the middle of it.
const TELLING_PART: usize = 6;

/// Records that are held at most: a token is cut into a handful of parts.
const MOST_HELD: usize = 24;

/// Received bytes gathered into one record at most.
const LONGEST_RECORD: usize = 4096;

/// Records everything that passes on a link.
///
/// A record is written when the next event begins, so that notes about its bytes stand beside them, or, where it ends
/// in what may be half a token, when the rest has come; and at the latest when the link is dropped. When the file can no longer be written, nothing more is sent: an operation that was to be
/// recorded does not go on unrecorded.
pub struct TraceLink<L: Link> {
    inner: L,
    writer: Box<dyn Write + Send>,
    started: OffsetDateTime,
    pending: Option<Record>,
    /// Records that end in what may be the beginning of a token.
    held: Vec<Record>,
    /// Secrets sent so far: masked in what comes back, should the line echo or the meter tell them.
    secrets: Vec<Vec<u8>>,
    failure: Option<String>,
}

impl<L: Link> std::fmt::Debug for TraceLink<L> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("TraceLink").field("inner", &self.inner).finish_non_exhaustive()
    }
}

impl<L: Link> TraceLink<L> {
    /// Wraps `inner` and writes the header. `now` is the wall clock.
    ///
    /// # Errors
    /// [`LinkError::Fault`] when the header cannot be written.
    pub fn new(inner: L, mut writer: Box<dyn Write + Send>, now: OffsetDateTime) -> Result<Self, LinkError> {
        let now = now.replace_microsecond(now.microsecond()).unwrap_or(now);
        let started = now.checked_sub(time::Duration::try_from(inner.now()).unwrap_or_default()).unwrap_or(now);
        let text = Header::new(inner.name(), started).to_json().map_err(|problem| cannot_write(&problem))?;
        writeln!(writer, "{text}").map_err(|error| cannot_write(&error.to_string()))?;
        if let Some(settings) = inner.settings() {
            let mut link = TraceLink {
                inner,
                writer,
                started,
                pending: None,
                held: Vec::new(),
                secrets: Vec::new(),
                failure: None,
            };
            link.begin(Direction::Settings, Vec::new(), Some(settings.to_string()));
            return Ok(link);
        }
        Ok(TraceLink { inner, writer, started, pending: None, held: Vec::new(), secrets: Vec::new(), failure: None })
    }

    fn begin(&mut self, direction: Direction, bytes: Vec<Option<u8>>, note: Option<String>) {
        self.write_pending();
        let elapsed = time::Duration::try_from(self.inner.now()).unwrap_or_default();
        let time = self.started.checked_add(elapsed).unwrap_or(self.started);
        self.pending = Some(Record { time, direction, bytes, note, line: 0 });
    }

    fn write_pending(&mut self) {
        let Some(record) = self.pending.take() else { return };
        let is_end = matches!(record.direction, Direction::Closed | Direction::Timeout);
        self.held.push(record);
        if is_end || self.held.len() >= MOST_HELD || cut::find(&self.held).open.is_empty() {
            self.write_held();
        }
    }

    fn write_held(&mut self) {
        let mut held = std::mem::take(&mut self.held);
        // Everything is looked for before anything is hidden: a token of which a part was sent is a token all the same.
        let cut = cut::find(&held);
        for record in held.iter_mut().filter(|record| record.direction == Direction::Received) {
            mask_received(&mut record.bytes, &self.secrets);
        }
        // What is left open may be half a token.
        for piece in cut.hidden.into_iter().chain(cut.open) {
            if let Some(record) = held.get_mut(piece.record) {
                record.bytes.get_mut(piece.octets).unwrap_or_default().fill(None);
            }
        }
        for record in held {
            let written = record.to_json().and_then(|text| {
                writeln!(self.writer, "{text}").and_then(|()| self.writer.flush()).map_err(|error| error.to_string())
            });
            if let Err(problem) = written {
                self.failure.get_or_insert(problem);
            }
        }
    }

    fn check(&self) -> Result<(), LinkError> {
        self.failure.as_ref().map_or(Ok(()), |problem| Err(cannot_write(problem)))
    }

    fn record_sent(&mut self, bytes: &[u8], secrets: &[Range<usize>]) {
        let masked = |index: usize| secrets.iter().any(|range| range.contains(&index));
        let bytes_or_mask = bytes.iter().enumerate().map(|(index, byte)| (!masked(index)).then_some(*byte)).collect();
        self.begin(Direction::Sent, bytes_or_mask, None);
        for secret in secrets.iter().filter_map(|range| bytes.get(range.clone())) {
            // Check characters are hidden where they are sent; elsewhere they are any bytes.
            if secret.len() < SHORTEST_SECRET || self.secrets.iter().any(|known| known == secret) {
                continue;
            }
            if self.secrets.len() >= MOST_SECRETS {
                self.secrets.remove(0).zeroize();
            }
            self.secrets.push(secret.to_vec());
        }
    }
}

fn cannot_write(problem: &str) -> LinkError {
    LinkError::Fault(format!("the trace file cannot be written: {problem}"))
}

/// Whether more may be gathered into a record; one that ends in digits goes on until they end.
fn has_room(record: &Record) -> bool {
    let ends_in_digits = record.bytes.last().is_some_and(|byte| byte.is_some_and(|byte| byte.is_ascii_digit()));
    record.bytes.len() < LONGEST_RECORD || (ends_in_digits && record.bytes.len() < LONGEST_RECORD * 2)
}

/// Hides what was sent as a secret, and all but the last four digits of a token that a meter tells.
fn mask_received(bytes: &mut [Option<u8>], secrets: &[Vec<u8>]) {
    let plain: Vec<u8> = bytes.iter().map(|byte| byte.unwrap_or(0)).collect();
    let mut hidden = token_digits(&plain);
    for secret in secrets {
        for part in secret.windows(secret.len().clamp(1, TELLING_PART)) {
            hidden.extend(crate::link::occurrences(&plain, part));
        }
    }
    for range in hidden {
        bytes.get_mut(range).unwrap_or_default().fill(None);
    }
}

impl<L: Link> Drop for TraceLink<L> {
    fn drop(&mut self) {
        self.write_pending();
        self.write_held();
        self.secrets.iter_mut().for_each(Zeroize::zeroize);
    }
}

impl<L: Link> Link for TraceLink<L> {
    pass_on!(self => self.inner; now pause settings stop_requested echo name);

    fn send(&mut self, bytes: &[u8]) -> Result<(), LinkError> {
        self.check()?;
        self.record_sent(bytes, &[]);
        self.inner.send(bytes)
    }

    fn send_secret(&mut self, bytes: &[u8], secrets: &[Range<usize>]) -> Result<(), LinkError> {
        self.check()?;
        self.record_sent(bytes, secrets);
        self.inner.send_secret(bytes, secrets)
    }

    fn receive(&mut self, buffer: &mut [u8], until: Moment) -> Result<usize, LinkError> {
        let result = self.inner.receive(buffer, until);
        match &result {
            Ok(count) => {
                let new = buffer.iter().take(*count).map(|byte| Some(*byte));
                match &mut self.pending {
                    Some(record)
                        if record.direction == Direction::Received && record.note.is_none() && has_room(record) =>
                    {
                        record.bytes.extend(new);
                    }
                    _ => {
                        let new = new.collect();
                        self.begin(Direction::Received, new, None);
                    }
                }
            }
            Err(error @ LinkError::Timeout(_)) => self.begin(Direction::Timeout, Vec::new(), Some(error.to_string())),
            Err(LinkError::Closed) => self.begin(Direction::Closed, Vec::new(), None),
            Err(error) => self.begin(Direction::Note, Vec::new(), Some(error.to_string())),
        }
        result
    }

    fn configure(&mut self, settings: LineSettings) -> Result<(), LinkError> {
        self.begin(Direction::Settings, Vec::new(), Some(settings.to_string()));
        self.inner.configure(settings)
    }

    fn note(&mut self, text: &str) {
        match &mut self.pending {
            Some(record) if matches!(record.direction, Direction::Sent | Direction::Received) => {
                let note = record.note.get_or_insert_default();
                if !note.is_empty() {
                    note.push_str("; ");
                }
                note.push_str(text);
            }
            _ => self.begin(Direction::Note, Vec::new(), Some(text.to_owned())),
        }
        self.inner.note(text);
    }
}
