//! Raw bytes over TCP: device servers, gateways, and meters with a network port.

use std::io::{ErrorKind, Read, Write};
use std::net::{TcpStream, ToSocketAddrs};
use std::time::Duration;

use super::clock::LineClock;
use super::interrupt::Interrupt;
use super::{LineSettings, Link, LinkError, Moment};

/// A TCP connection as a line. It has no line settings: whatever the far side is set to holds.
#[derive(Debug)]
pub struct TcpLink {
    stream: TcpStream,
    clock: LineClock,
    name: String,
}

/// Connects, trying every address the name stands for, each for at most `within`.
pub(super) fn connect(host: &str, port: u16, within: Duration, name: &str) -> Result<TcpStream, LinkError> {
    let absent = |reason: String| LinkError::Absent { port: name.to_owned(), reason };
    let addresses =
        (host, port).to_socket_addrs().map_err(|error| absent(format!("{host} cannot be found ({error})")))?;
    let mut last = absent(format!("{host} has no address"));
    for address in addresses {
        match TcpStream::connect_timeout(&address, within) {
            Ok(stream) => {
                // Small request frames must not wait for the acknowledgement of the one before.
                let _ = stream.set_nodelay(true);
                stream.set_write_timeout(Some(within)).map_err(|error| LinkError::Fault(error.to_string()))?;
                return Ok(stream);
            }
            Err(error) => {
                last = absent(match error.kind() {
                    ErrorKind::ConnectionRefused => format!("nothing listens on port {port} there"),
                    ErrorKind::TimedOut => format!("{address} does not answer"),
                    _ => error.to_string(),
                });
            }
        }
    }
    Err(last)
}

/// Reads what comes within `wait`: `None` when nothing did.
pub(super) fn read_within(
    stream: &mut TcpStream,
    buffer: &mut [u8],
    wait: Duration,
) -> Result<Option<usize>, LinkError> {
    stream.set_read_timeout(Some(wait)).map_err(|error| LinkError::Fault(error.to_string()))?;
    match stream.read(buffer) {
        Ok(0) => Err(LinkError::Closed),
        Ok(count) => Ok(Some(count)),
        Err(error) => match error.kind() {
            ErrorKind::WouldBlock | ErrorKind::TimedOut | ErrorKind::Interrupted => Ok(None),
            _ => Err(stream_fault(&error)),
        },
    }
}

pub(super) fn stream_fault(error: &std::io::Error) -> LinkError {
    match error.kind() {
        ErrorKind::ConnectionReset
        | ErrorKind::ConnectionAborted
        | ErrorKind::BrokenPipe
        | ErrorKind::UnexpectedEof => LinkError::Closed,
        _ => LinkError::Fault(error.to_string()),
    }
}

impl TcpLink {
    /// Connects to `host` and `port`; `name` is the link as the user wrote it.
    ///
    /// # Errors
    /// [`LinkError::Absent`] when nothing listens there, or no address answers within `within`.
    pub fn open(
        host: &str,
        port: u16,
        name: String,
        within: Duration,
        interrupt: Interrupt,
    ) -> Result<Self, LinkError> {
        let stream = connect(host, port, within, &name)?;
        Ok(TcpLink { stream, clock: LineClock::start(interrupt), name })
    }
}

impl Link for TcpLink {
    fn now(&self) -> Moment {
        self.clock.now()
    }

    fn pause(&mut self, duration: Duration) -> Result<(), LinkError> {
        self.clock.pause(duration)
    }

    fn send(&mut self, bytes: &[u8]) -> Result<(), LinkError> {
        self.clock.check()?;
        self.stream.write_all(bytes).map_err(|error| stream_fault(&error))
    }

    fn receive(&mut self, buffer: &mut [u8], until: Moment) -> Result<usize, LinkError> {
        let stream = &mut self.stream;
        self.clock.wait_until(until, |wait| read_within(stream, buffer, wait))
    }

    fn configure(&mut self, _settings: LineSettings) -> Result<(), LinkError> {
        Ok(())
    }

    fn settings(&self) -> Option<LineSettings> {
        None
    }

    fn stop_requested(&self) -> bool {
        self.clock.stop_requested()
    }

    fn name(&self) -> String {
        self.name.clone()
    }
}
