//! One connection: octets in, the line's actions out, until either side ends it.

use std::io::{self, Read, Write};
use std::time::Instant;

use crate::sim::line::LineAction;
use crate::sim::serve::hosted::{HostError, SharedLine, lock};

/// How a connection ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// The client closed it, or it broke.
    ByClient,
    /// The line closed it.
    ByMeter,
}

/// Talks with one client.
///
/// # Errors
/// [`HostError`]: the simulated meters can no longer be kept.
pub fn talk(line: &SharedLine, reader: &mut impl Read, writer: &mut impl Write) -> Result<Ending, HostError> {
    lock(line).connected();
    let mut buffer = [0u8; 4096];
    loop {
        let count = match reader.read(&mut buffer) {
            Ok(0) => return Ok(Ending::ByClient),
            Ok(count) => count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(_) => return Ok(Ending::ByClient),
        };
        let octets = buffer.get(..count).unwrap_or_default();
        let actions = lock(line).exchange(octets)?;
        if let Some(ending) = carry_out(line, actions, writer) {
            return Ok(ending);
        }
    }
}

/// Does what the line wants; the lock is not held meanwhile.
pub(super) fn carry_out(line: &SharedLine, actions: Vec<LineAction>, writer: &mut impl Write) -> Option<Ending> {
    // Pauses add up from here, so that none of them is made longer by the one before.
    let mut due = Instant::now();
    for action in actions {
        match action {
            LineAction::Pause(pause) => {
                due += lock(line).host_time(pause);
                std::thread::sleep(due.saturating_duration_since(Instant::now()));
            }
            LineAction::Send(bytes) => {
                if writer.write_all(&bytes).and_then(|()| writer.flush()).is_err() {
                    return Some(Ending::ByClient);
                }
            }
            LineAction::HangUp => return Some(Ending::ByMeter),
        }
    }
    None
}
