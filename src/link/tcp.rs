//! Raw bytes over TCP: device servers, gateways, and meters with a network port.

use std::io::{ErrorKind, Read, Write};
use std::net::{TcpListener, TcpStream, ToSocketAddrs};
use std::time::Duration;

use super::clock::LineClock;
use super::interrupt::Interrupt;
use super::{LineSettings, Link, LinkError, Moment};

/// How often it is looked whether a meter has dialled in.
const POLL: Duration = Duration::from_millis(50);

/// Longest time that octets wait to go out to a meter that has dialled in.
const WRITE: Duration = Duration::from_secs(5);

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

    /// Waits for a meter that dials in on `host` and `port`. The first connection is the line; nobody else is let in.
    ///
    /// # Errors
    /// [`LinkError::Busy`] when somebody listens there already, [`LinkError::Absent`] when the address is not ours or no
    /// meter dials in within `wait`, [`LinkError::Interrupted`].
    pub fn accept(
        host: &str,
        port: u16,
        name: String,
        wait: Duration,
        interrupt: Interrupt,
    ) -> Result<Self, LinkError> {
        let absent = |reason: String| LinkError::Absent { port: name.clone(), reason };
        let listener = TcpListener::bind((host, port)).map_err(|error| match error.kind() {
            ErrorKind::AddrInUse => LinkError::Busy { port: name.clone(), holder: None },
            ErrorKind::PermissionDenied => LinkError::Permission { port: name.clone(), remedy: None },
            _ => absent(format!("this computer cannot listen there ({error})")),
        })?;
        let fault = |error: std::io::Error| LinkError::Fault(error.to_string());
        listener.set_nonblocking(true).map_err(fault)?;
        let clock = LineClock::start(interrupt);
        loop {
            match listener.accept() {
                Ok((stream, _)) => {
                    stream.set_nonblocking(false).map_err(fault)?;
                    let _ = stream.set_nodelay(true);
                    stream.set_write_timeout(Some(WRITE)).map_err(fault)?;
                    return Ok(TcpLink { stream, clock, name });
                }
                Err(error) if error.kind() == ErrorKind::WouldBlock => {}
                Err(error) => return Err(fault(error)),
            }
            if clock.check().is_err() || clock.stop_requested() {
                return Err(LinkError::Interrupted);
            }
            if clock.now() >= wait {
                return Err(absent(format!("no meter dialled in within {} s", wait.as_secs())));
            }
            std::thread::sleep(POLL);
        }
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
