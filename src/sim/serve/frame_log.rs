//! The log of everything on the lines: a trace file, so that `trace decode` reads it.

use std::io::{self, Write};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use time::OffsetDateTime;

use crate::link::trace::{Direction, Header, Record};

/// Where log lines go; shared by all lines.
#[derive(Clone)]
pub struct LogFile(Arc<Mutex<dyn Write + Send>>);

impl std::fmt::Debug for LogFile {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("LogFile")
    }
}

impl LogFile {
    /// Begins a log. `started` is the wall clock.
    ///
    /// # Errors
    /// A writer that fails.
    pub fn begin(mut writer: impl Write + Send + 'static, started: OffsetDateTime) -> io::Result<Self> {
        let header = Header::new("sim".to_owned(), started);
        writeln!(writer, "{}", header.to_json().map_err(io::Error::other)?)?;
        writer.flush()?;
        Ok(LogFile(Arc::new(Mutex::new(writer))))
    }

    /// The log of one line.
    pub fn line(&self, name: &str, started: OffsetDateTime) -> FrameLog {
        FrameLog { file: self.clone(), name: name.to_owned(), started }
    }
}

/// The log of one line.
#[derive(Debug, Clone)]
pub struct FrameLog {
    file: LogFile,
    name: String,
    started: OffsetDateTime,
}

impl FrameLog {
    /// Writes what passed, as the client sees it: sent to the meters, received from them.
    ///
    /// # Errors
    /// A writer that fails.
    pub fn write(&mut self, elapsed: Duration, direction: Direction, bytes: &[u8]) -> io::Result<()> {
        let record = Record {
            time: self.started + elapsed,
            direction,
            bytes: bytes.iter().copied().map(Some).collect(),
            note: Some(self.name.clone()),
            line: 0,
        };
        let text = record.to_json().map_err(io::Error::other)?;
        let mut file = self.file.0.lock().unwrap_or_else(PoisonError::into_inner);
        writeln!(file, "{text}")?;
        file.flush()
    }
}
