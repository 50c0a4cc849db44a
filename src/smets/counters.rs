//! Originator counters: they persist, and never go back.
//!
//! A device refuses a command whose counter is not above the last it accepted from the same party, so a counter
//! given out twice, or a file lost, would make requests fail on site. A new originator starts at the milliseconds
//! since 1970, which is above what any earlier file can have held. An older copy of the file that is put back is told by
//! the watermarks outside the state folder or by the folder's mark: what may have gone out since counts as gone out.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File, OpenOptions};
use std::io::{Read, Seek};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use super::identifier::Eui64;
use crate::error::Code;
use crate::files;
use crate::state::Watermarks;

const NAME: &str = "smets-counters.json";
const SCHEMA: &str = "wattkey/smets-counters/1";

#[derive(Debug, Serialize, Deserialize)]
struct Content {
    schema: String,
    originators: BTreeMap<String, Counter>,
}

/// Why a counter cannot be given out.
#[derive(Debug, thiserror::Error)]
pub enum CounterFileError {
    /// The file cannot be read or written.
    #[error("{path} cannot be kept: {source}", path = path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The file is not one of counters.
    #[error("{path} does not read as a file of counters: {problem}", path = path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        problem: String,
    },
    /// A counter that is not above the last that was sent.
    #[error("counter {counter} is not above {last}, which {originator} has sent; nothing was sent")]
    Used {
        /// The counter.
        counter: u64,
        /// The last that was sent.
        last: u64,
        /// Whose it is.
        originator: Eui64,
    },
}

impl CounterFileError {
    /// The stable code word.
    pub fn code(&self) -> Code {
        match self {
            CounterFileError::Io { .. } | CounterFileError::Damaged { .. } => Code::File,
            CounterFileError::Used { .. } => Code::Unsafe,
        }
    }
}

/// The state of one originator's counter.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counter {
    /// Highest counter given to a request.
    pub issued: u64,
    /// Highest counter that went out.
    pub sent: u64,
    /// Counters that went out to be transformed and whose signed command has not: each may go out once more with that.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub transformed: BTreeSet<u64>,
    /// Generation of the state folder when this was written.
    #[serde(default)]
    generation: i64,
}

/// What a counter goes out with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Use {
    /// A critical request that the DCC makes a pre-command of (command variant 4).
    Transform,
    /// The signed command of such a request (5 to 7), which keeps its counter.
    SignedCommand,
    /// Any other request.
    Request,
}

impl Use {
    /// The use that goes with a command variant.
    pub const fn of(command_variant: u8) -> Self {
        match command_variant {
            4 => Use::Transform,
            5..=7 => Use::SignedCommand,
            _ => Use::Request,
        }
    }
}

/// Kinds of these numbers among the watermarks.
const ISSUED: &str = "smets-issued";
const SENT: &str = "smets-sent";

/// The least counter that is a time in milliseconds since 1970, as this file gives them out; some originators number
/// their requests otherwise.
const LEAST_TIME: u64 = 1_000_000_000_000;

/// Brings a counter from a file that may be a copy of an earlier time up to what may have been used since.
fn catch_up(known: &mut Counter, originator: &str, marks: &Watermarks, now: OffsetDateTime) {
    let beside = |kind| marks.highest(kind, originator).and_then(|number| u64::try_from(number).ok()).unwrap_or(0);
    let is_copy = known.generation != marks.generation();
    // What this file numbers by the clock may have been used up to now; where an originator counts otherwise, only the
    // watermark tells.
    let lately = if is_copy && known.issued >= LEAST_TIME { milliseconds(now) } else { 0 };
    let sent = beside(SENT).max(lately);
    if is_copy || sent > known.sent {
        // Their signed commands may have gone out too.
        known.transformed.clear();
    }
    known.sent = known.sent.max(sent);
    known.issued = known.issued.max(beside(ISSUED)).max(known.sent);
    known.generation = marks.generation();
}

fn milliseconds(now: OffsetDateTime) -> u64 {
    u64::try_from(now.unix_timestamp_nanos() / 1_000_000).unwrap_or(0)
}

/// Transformed requests that are remembered for each originator; the oldest are forgotten, and must be transformed again.
const MAX_TRANSFORMED: usize = 10_000;

/// The file of counters.
#[derive(Debug)]
pub struct Counters {
    path: PathBuf,
}

impl Counters {
    /// The counters under a state folder.
    pub fn in_folder(state: &Path) -> Self {
        Counters { path: state.join(NAME) }
    }

    /// What is known of an originator.
    ///
    /// # Errors
    /// A file that is there and cannot be understood.
    pub fn of(&self, originator: Eui64) -> Result<Counter, CounterFileError> {
        match fs::read_to_string(&self.path) {
            Ok(text) => Ok(self.parse(&text)?.originators.remove(&originator.to_string()).unwrap_or_default()),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Counter::default()),
            Err(error) => Err(self.fault(error)),
        }
    }

    /// Gives out the next counter of an originator.
    ///
    /// # Errors
    /// When the file cannot be kept.
    pub fn issue(&self, originator: Eui64, now: OffsetDateTime) -> Result<u64, CounterFileError> {
        let clock = milliseconds(now);
        let counter = self.change(originator, |counter| {
            counter.issued = counter.issued.max(counter.sent).saturating_add(1).max(clock);
        })?;
        Ok(counter.issued)
    }

    /// Notes, before it goes out, that a counter is used. Each goes out once; that of a transformed request once more,
    /// with its signed command.
    ///
    /// # Errors
    /// When the counter went out before or is not above the last that did, or the file cannot be kept.
    pub fn use_up(&self, originator: Eui64, counter: u64, purpose: Use) -> Result<(), CounterFileError> {
        let mut last = None;
        self.change(originator, |known| {
            let is_known_command = purpose == Use::SignedCommand && known.transformed.remove(&counter);
            if counter <= known.sent && !is_known_command {
                last = Some(known.sent);
                return;
            }
            known.sent = known.sent.max(counter);
            known.issued = known.issued.max(counter);
            if purpose == Use::Transform {
                known.transformed.insert(counter);
                if known.transformed.len() > MAX_TRANSFORMED {
                    known.transformed.pop_first();
                }
            }
        })?;
        match last {
            None => Ok(()),
            Some(last) => Err(CounterFileError::Used { counter, last, originator }),
        }
    }

    /// Takes back the use of a signed command's counter, when it is certain that nothing went out.
    ///
    /// # Errors
    /// When the file cannot be kept.
    pub fn give_back(&self, originator: Eui64, counter: u64) -> Result<(), CounterFileError> {
        self.change(originator, |known| {
            known.transformed.insert(counter);
        })?;
        Ok(())
    }

    /// Changes one counter under a lock, on disk before this returns.
    fn change(&self, originator: Eui64, change: impl FnOnce(&mut Counter)) -> Result<Counter, CounterFileError> {
        let fault = |error: std::io::Error| self.fault(error);
        if let Some(folder) = self.path.parent() {
            files::create_private_folder(folder).map_err(fault)?;
        }
        let lock = self.path.with_extension("lock");
        let lock =
            files::private(OpenOptions::new().create(true).truncate(false).write(true)).open(lock).map_err(fault)?;
        lock.lock().map_err(fault)?;
        let mut content = match File::open(&self.path) {
            Ok(mut file) => {
                let mut text = String::new();
                file.rewind().map_err(fault)?;
                file.read_to_string(&mut text).map_err(fault)?;
                self.parse(&text)?
            }
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                Content { schema: SCHEMA.to_owned(), originators: BTreeMap::new() }
            }
            Err(error) => return Err(fault(error)),
        };
        let name = originator.to_string();
        let marks = self.path.parent().map(Watermarks::of).unwrap_or_default();
        let counter = content.originators.entry(name.clone()).or_default();
        catch_up(counter, &name, &marks, OffsetDateTime::now_utc());
        change(counter);
        let counter = counter.clone();
        // A file half written would lose every counter.
        let text = serde_json::to_string_pretty(&content).unwrap_or_default();
        files::replace_with(&self.path, text.as_bytes()).map_err(fault)?;
        for (kind, number) in [(ISSUED, counter.issued), (SENT, counter.sent)] {
            marks.raise(kind, &name, i64::try_from(number).unwrap_or(i64::MAX));
        }
        Ok(counter)
    }

    fn parse(&self, text: &str) -> Result<Content, CounterFileError> {
        let content: Result<Content, _> = serde_json::from_str(text);
        match content {
            Ok(content) if content.schema == SCHEMA => Ok(content),
            Ok(content) => Err(self.damaged(&format!("its schema is {:?}", content.schema))),
            Err(error) => Err(self.damaged(&error.to_string())),
        }
    }

    fn damaged(&self, problem: &str) -> CounterFileError {
        CounterFileError::Damaged { path: self.path.clone(), problem: problem.to_owned() }
    }

    fn fault(&self, source: std::io::Error) -> CounterFileError {
        CounterFileError::Io { path: self.path.clone(), source }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::datetime;

    const SUPPLIER: Eui64 = Eui64([0x90, 0xb3, 0xd5, 0x1f, 0x30, 0x01, 0, 0]);

    #[test]
    fn counters_rise_even_when_the_clock_goes_back() {
        let folder = tempfile::tempdir().unwrap();
        let counters = Counters::in_folder(folder.path());
        let first = counters.issue(SUPPLIER, datetime!(2026-11-21 00:00 UTC)).unwrap();
        assert_eq!(first, 1_795_219_200_000);
        assert_eq!(counters.issue(SUPPLIER, datetime!(2020-01-01 00:00 UTC)).unwrap(), first + 1);
        counters.use_up(SUPPLIER, first + 10, Use::Request).unwrap();
        assert_eq!(counters.issue(SUPPLIER, datetime!(2020-01-01 00:00 UTC)).unwrap(), first + 11);
        assert_eq!(
            counters.of(SUPPLIER).unwrap(),
            Counter { issued: first + 11, sent: first + 10, ..Counter::default() }
        );
        assert_eq!(counters.of(Eui64([0; 8])).unwrap(), Counter::default());
    }

    #[test]
    fn an_older_copy_of_the_file_sends_nothing_twice() {
        let home = tempfile::tempdir().unwrap();
        let (state, beside) = (home.path().join("state"), home.path().join("cache/watermarks.sqlite"));
        fs::create_dir(&state).unwrap();
        let file = state.join(NAME);
        for beside in [Some(&*beside), None] {
            crate::state::check(&state, beside).unwrap();
            let counters = Counters::in_folder(&state);
            let now = OffsetDateTime::now_utc() - time::Duration::MINUTE;
            let counter = counters.issue(SUPPLIER, now).unwrap();
            counters.use_up(SUPPLIER, counter, Use::Transform).unwrap();
            let copy = fs::read(&file).unwrap();
            counters.use_up(SUPPLIER, counter, Use::SignedCommand).unwrap();
            let mut next = counter;
            if beside.is_some() {
                next = counters.issue(SUPPLIER, now).unwrap();
                counters.use_up(SUPPLIER, next, Use::Request).unwrap();
            }
            fs::write(&file, copy).unwrap();
            if beside.is_none() {
                // The folder's mark tells that it is a copy, though no higher number went out.
                fs::remove_file(state.join("anchor")).unwrap();
                crate::state::check(&state, None).unwrap();
            }
            assert_eq!(counters.use_up(SUPPLIER, next, Use::Request).unwrap_err().code(), Code::Unsafe);
            let again = counters.use_up(SUPPLIER, counter, Use::SignedCommand);
            assert_eq!(again.unwrap_err().code(), Code::Unsafe);
            assert!(counters.issue(SUPPLIER, now).unwrap() > next);
        }
    }

    #[test]
    fn a_used_counter_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let counters = Counters::in_folder(folder.path());
        counters.use_up(SUPPLIER, 7, Use::Request).unwrap();
        assert_eq!(counters.use_up(SUPPLIER, 7, Use::Request).unwrap_err().code(), Code::Unsafe);
        assert_eq!(counters.use_up(SUPPLIER, 6, Use::Request).unwrap_err().code(), Code::Unsafe);
        counters.use_up(SUPPLIER, 8, Use::Request).unwrap();
    }

    #[test]
    fn the_counter_of_a_transformed_request_goes_out_once_more_with_its_command() {
        let folder = tempfile::tempdir().unwrap();
        let counters = Counters::in_folder(folder.path());
        counters.use_up(SUPPLIER, 7, Use::Transform).unwrap();
        counters.use_up(SUPPLIER, 9, Use::Transform).unwrap();
        counters.use_up(SUPPLIER, 7, Use::Request).unwrap_err();
        counters.use_up(SUPPLIER, 7, Use::SignedCommand).unwrap();
        counters.use_up(SUPPLIER, 7, Use::SignedCommand).unwrap_err();
        counters.use_up(SUPPLIER, 8, Use::SignedCommand).unwrap_err();
        counters.use_up(SUPPLIER, 9, Use::SignedCommand).unwrap();
        assert_eq!(counters.of(SUPPLIER).unwrap(), Counter { issued: 9, sent: 9, ..Counter::default() });
    }

    #[test]
    fn a_damaged_file_is_never_overwritten() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join(NAME), "{").unwrap();
        let counters = Counters::in_folder(folder.path());
        assert_eq!(counters.issue(SUPPLIER, datetime!(2026-11-21 00:00 UTC)).unwrap_err().code(), Code::File);
        assert_eq!(fs::read_to_string(folder.path().join(NAME)).unwrap(), "{");
    }
}
