//! A local serial port, through `serialport` without libudev.
//!
//! A port is opened as named, whether or not any list shows it. Settings are never read back to check them: ptys and
//! some adapters report 8N1 whatever they do. Modem lines that a port does not have are no error.

#[cfg(unix)]
pub mod access;

use std::io::{ErrorKind, Read, Write};
use std::time::Duration;

use super::address::SerialAddress;
use super::clock::LineClock;
use super::direction::{Direction, RequestToSend};
use super::interrupt::Interrupt;
use super::kernel_direction::{Beside, KernelDirection};
use super::{LineSettings, Link, LinkError, Moment, Parity};

/// How long passive heads need after their supply from DTR or RTS comes up.
const HEAD_SUPPLY_SETTLES: Duration = Duration::from_millis(250);

/// Time allowed beyond the characters' own for a write to be taken by the port.
const WRITE_SLACK: Duration = Duration::from_secs(2);

/// An open serial port.
pub struct SerialLink {
    port: Box<dyn serialport::SerialPort>,
    path: String,
    name: String,
    settings: LineSettings,
    clock: LineClock,
    /// A pseudo terminal has no wire: what was written has arrived.
    has_wire: bool,
    /// When the last sent character has left at the latest.
    leaves_by: Moment,
    /// Held while the driver turns the line round.
    kernel: Option<KernelDirection>,
}

impl std::fmt::Debug for SerialLink {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("SerialLink").field("name", &self.name).field("settings", &self.settings).finish()
    }
}

impl SerialLink {
    /// Opens the port in `settings` and sets its modem lines: DTR on and RTS off unless the address says otherwise.
    /// `name` is the link as the user wrote it.
    ///
    /// # Errors
    /// [`LinkError::Absent`], [`LinkError::Busy`], [`LinkError::Permission`] or [`LinkError::Fault`].
    pub fn open(
        address: &SerialAddress,
        name: String,
        settings: LineSettings,
        interrupt: Interrupt,
    ) -> Result<Self, LinkError> {
        let system_name = system_name(&address.path);
        let direction = address.options.direction;
        let beside = direction.and_then(|direction| Some((Beside::open(&system_name)?, direction)));
        let builder = serialport::new(&system_name, settings.baud)
            .data_bits(data_bits(settings))
            .parity(parity(settings))
            .stop_bits(stop_bits(settings))
            .timeout(super::interrupt::POLL_SLICE);
        // Windows never shares a port.
        #[cfg(unix)]
        let builder = builder.exclusive(!address.shared);
        let mut port = builder.open().map_err(|error| open_fault(&address.path, &error))?;
        let dtr = port.write_data_terminal_ready(address.options.dtr.unwrap_or(true));
        // Only now is the port ours.
        let kernel = beside.and_then(|(beside, direction)| KernelDirection::take(beside, direction));
        let rts = match kernel {
            Some(_) => Ok(()),
            None => port.write_request_to_send(address.options.rts.unwrap_or(direction == Some(Direction::OnToListen))),
        };
        // What came before anybody listened, such as the echo of the last session's end, answers nothing of ours.
        let _ = port.clear(serialport::ClearBuffer::Input);
        let clock = LineClock::start(interrupt);
        if dtr.is_ok() && rts.is_ok() {
            clock.pause(HEAD_SUPPLY_SETTLES)?;
        }
        let has_wire = !is_pseudo_terminal(&system_name);
        Ok(SerialLink { port, path: system_name, name, settings, clock, has_wire, leaves_by: Moment::ZERO, kernel })
    }

    /// Whether the driver turns an RS485 line round by itself.
    pub const fn turns_round(&self) -> bool {
        self.kernel.is_some()
    }

    fn io_fault(&self, error: &std::io::Error) -> LinkError {
        if cfg!(unix) && !std::path::Path::new(&self.path).exists() {
            return LinkError::Fault(format!("{} was unplugged", self.path));
        }
        match error.kind() {
            ErrorKind::BrokenPipe | ErrorKind::UnexpectedEof => LinkError::Closed,
            _ => LinkError::Fault(format!("{}: {error}", self.path)),
        }
    }
}

impl RequestToSend for SerialLink {
    fn request_to_send(&mut self, on: bool) -> Result<(), LinkError> {
        let refused = |error: serialport::Error| {
            LinkError::Fault(format!("{} does not set RTS ({error}): write its name without rs485=", self.path))
        };
        self.port.write_request_to_send(on).map_err(refused)
    }
}

impl Link for SerialLink {
    fn now(&self) -> Moment {
        self.clock.now()
    }

    fn pause(&mut self, duration: Duration) -> Result<(), LinkError> {
        self.clock.pause(duration)
    }

    fn send(&mut self, bytes: &[u8]) -> Result<(), LinkError> {
        self.clock.check()?;
        let on_the_wire = self.settings.time_for(bytes.len());
        let fault = |error: serialport::Error| LinkError::Fault(error.to_string());
        self.port.set_timeout(on_the_wire.saturating_add(WRITE_SLACK)).map_err(fault)?;
        let begun = self.clock.now().max(self.leaves_by);
        self.port.write_all(bytes).map_err(|error| self.io_fault(&error))?;
        self.port.flush().map_err(|error| self.io_fault(&error))?;
        // USB adapters report the buffer as drained while characters still wait in the adapter.
        self.leaves_by = begun.saturating_add(on_the_wire);
        Ok(())
    }

    fn receive(&mut self, buffer: &mut [u8], until: Moment) -> Result<usize, LinkError> {
        let clock = self.clock.clone();
        clock.wait_until(until, |wait| {
            self.port.set_timeout(wait).map_err(|error| LinkError::Fault(error.to_string()))?;
            match self.port.read(buffer) {
                Ok(0) => Err(LinkError::Closed),
                Ok(count) => Ok(Some(count)),
                Err(error) => match error.kind() {
                    ErrorKind::TimedOut | ErrorKind::WouldBlock | ErrorKind::Interrupted => Ok(None),
                    _ => Err(self.io_fault(&error)),
                },
            }
        })
    }

    fn configure(&mut self, settings: LineSettings) -> Result<(), LinkError> {
        if self.has_wire {
            let last_leaves = self.leaves_by.saturating_add(self.settings.time_for(1));
            self.clock.pause(last_leaves.saturating_sub(self.clock.now()))?;
        }
        let refused = |error: serialport::Error| LinkError::SettingsRefused {
            port: self.path.clone(),
            settings: settings.to_string(),
            reason: error.to_string(),
        };
        self.port.set_baud_rate(settings.baud).map_err(refused)?;
        self.port.set_data_bits(data_bits(settings)).map_err(refused)?;
        self.port.set_parity(parity(settings)).map_err(refused)?;
        self.port.set_stop_bits(stop_bits(settings)).map_err(refused)?;
        self.settings = settings;
        Ok(())
    }

    fn settings(&self) -> Option<LineSettings> {
        Some(self.settings)
    }

    fn stop_requested(&self) -> bool {
        self.clock.stop_requested()
    }

    fn name(&self) -> String {
        self.name.clone()
    }
}

fn data_bits(settings: LineSettings) -> serialport::DataBits {
    if settings.data_bits == 7 { serialport::DataBits::Seven } else { serialport::DataBits::Eight }
}

fn parity(settings: LineSettings) -> serialport::Parity {
    match settings.parity {
        Parity::None => serialport::Parity::None,
        Parity::Even => serialport::Parity::Even,
        Parity::Odd => serialport::Parity::Odd,
    }
}

fn stop_bits(settings: LineSettings) -> serialport::StopBits {
    if settings.stop_bits == 2 { serialport::StopBits::Two } else { serialport::StopBits::One }
}

/// The name the system opens: on Windows COM10 and above need the device form.
fn system_name(path: &str) -> String {
    if cfg!(windows) { super::names::windows_device_name(path) } else { path.to_owned() }
}

#[cfg(unix)]
fn is_pseudo_terminal(path: &str) -> bool {
    std::fs::canonicalize(path).is_ok_and(|real| real.starts_with("/dev/pts"))
}

#[cfg(not(unix))]
fn is_pseudo_terminal(_path: &str) -> bool {
    false
}

/// Why a port did not open, told apart as far as the system tells.
#[cfg(unix)]
fn open_fault(path: &str, error: &serialport::Error) -> LinkError {
    match access::examine(path) {
        access::Access::Absent(reason) => LinkError::Absent { port: path.to_owned(), reason },
        access::Access::Denied(remedy) => LinkError::Permission { port: path.to_owned(), remedy },
        access::Access::Busy(holder) => LinkError::Busy { port: path.to_owned(), holder },
        // Another program's advisory lock does not keep the device from being opened for a look.
        access::Access::Open if error.kind() == serialport::ErrorKind::NoDevice => {
            LinkError::Busy { port: path.to_owned(), holder: access::holder(path) }
        }
        access::Access::Open => LinkError::Fault(format!("{path}: {error}")),
    }
}

/// Why a port did not open. `serialport` folds the numbers of Windows into a text in the user's language, so the port is
/// opened once more for its number: 5 (ERROR_ACCESS_DENIED) and 32 (ERROR_SHARING_VIOLATION) are what Windows says of a
/// port that another program holds, 2 and 3 of one that is not there.
#[cfg(not(unix))]
fn open_fault(path: &str, error: &serialport::Error) -> LinkError {
    let port = path.to_owned();
    let again = std::fs::OpenOptions::new().read(true).write(true).open(system_name(path));
    match again.err().and_then(|error| error.raw_os_error()) {
        Some(5 | 32) => LinkError::Busy { port, holder: None },
        Some(2 | 3) => LinkError::Absent { port, reason: "there is no such port".to_owned() },
        // Gone again, or there again, since.
        _ if error.kind() == serialport::ErrorKind::NoDevice => {
            LinkError::Absent { port, reason: "it cannot be opened".to_owned() }
        }
        _ => LinkError::Fault(format!("{path}: {error}")),
    }
}
