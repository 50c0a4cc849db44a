//! Originator counters: they persist, and never go back.
//!
//! A device refuses a command whose counter is not above the last it accepted from the same party, so a counter
//! given out twice, or a file lost, would make requests fail on site. A new originator starts at the milliseconds
//! since 1970, which is above what any earlier file can have held.

use std::collections::BTreeMap;
use std::fs::{self, File, OpenOptions};
use std::io::{Read, Seek};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use super::identifier::Eui64;
use crate::error::Code;
use crate::files;

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
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counter {
    /// Highest counter given to a request.
    pub issued: u64,
    /// Highest counter that went out.
    pub sent: u64,
}

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
            Ok(text) => Ok(self.parse(&text)?.originators.get(&originator.to_string()).copied().unwrap_or_default()),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Counter::default()),
            Err(error) => Err(self.fault(error)),
        }
    }

    /// Gives out the next counter of an originator.
    ///
    /// # Errors
    /// When the file cannot be kept.
    pub fn issue(&self, originator: Eui64, now: OffsetDateTime) -> Result<u64, CounterFileError> {
        let clock = u64::try_from(now.unix_timestamp_nanos() / 1_000_000).unwrap_or(0);
        let counter = self.change(originator, |counter| {
            counter.issued = counter.issued.max(counter.sent).saturating_add(1).max(clock);
        })?;
        Ok(counter.issued)
    }

    /// Notes, before it goes out, that a counter is used.
    ///
    /// # Errors
    /// When the counter is not above the last that went out, or the file cannot be kept.
    pub fn use_up(&self, originator: Eui64, counter: u64) -> Result<(), CounterFileError> {
        let mut last = None;
        self.change(originator, |known| {
            if counter > known.sent {
                known.sent = counter;
                known.issued = known.issued.max(counter);
            } else {
                last = Some(known.sent);
            }
        })?;
        match last {
            None => Ok(()),
            Some(last) => Err(CounterFileError::Used { counter, last, originator }),
        }
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
        let counter = content.originators.entry(originator.to_string()).or_default();
        change(counter);
        let counter = *counter;
        // A file half written would lose every counter.
        let text = serde_json::to_string_pretty(&content).unwrap_or_default();
        files::replace_with(&self.path, text.as_bytes()).map_err(fault)?;
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
        counters.use_up(SUPPLIER, first + 10).unwrap();
        assert_eq!(counters.issue(SUPPLIER, datetime!(2020-01-01 00:00 UTC)).unwrap(), first + 11);
        assert_eq!(counters.of(SUPPLIER).unwrap(), Counter { issued: first + 11, sent: first + 10 });
        assert_eq!(counters.of(Eui64([0; 8])).unwrap(), Counter::default());
    }

    #[test]
    fn a_used_counter_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let counters = Counters::in_folder(folder.path());
        counters.use_up(SUPPLIER, 7).unwrap();
        assert_eq!(counters.use_up(SUPPLIER, 7).unwrap_err().code(), Code::Unsafe);
        assert_eq!(counters.use_up(SUPPLIER, 6).unwrap_err().code(), Code::Unsafe);
        counters.use_up(SUPPLIER, 8).unwrap();
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
