//! From a link's text to an open line.

use std::time::{Duration, Instant};

use super::address::{EchoMode, LinkAddress, SerialAddress, SerialOptions};
use super::direction::{DrivenLine, RequestToSend};
use super::echo::EchoFilter;
use super::given_frame::GivenFrame;
use super::interrupt::{Interrupt, POLL_SLICE};
use super::parity::SoftwareParity;
use super::rfc2217::Rfc2217Link;
use super::serial::SerialLink;
use super::tcp::TcpLink;
use super::trace::ReplayLink;
use super::{LineSettings, Link, LinkError};

/// What opening a link needs beyond its text.
#[derive(Debug, Clone)]
pub struct OpenOptions {
    /// Settings to start with where the text names none: the profile's or the protocol's.
    pub settings: LineSettings,
    /// Longest wait for a connection over the network.
    pub connect_timeout: Duration,
    /// The user's wish to stop.
    pub interrupt: Interrupt,
}

impl Default for OpenOptions {
    fn default() -> Self {
        OpenOptions {
            settings: LineSettings::eight_none_one(9600),
            connect_timeout: Duration::from_secs(5),
            interrupt: Interrupt::new(),
        }
    }
}

/// Opens a link, all but simulated ones.
///
/// # Errors
/// Those of the kind of link; [`LinkError::Usage`] for `sim:`, which the simulator opens.
pub fn open(address: &LinkAddress, options: &OpenOptions) -> Result<Box<dyn Link>, LinkError> {
    let name = address.to_string();
    let interrupt = options.interrupt.clone();
    match address {
        LinkAddress::Serial(serial) => {
            let asked = initial_settings(serial.options, options.settings);
            let port_settings = if serial.options.software_parity { eight_bits(asked) } else { asked };
            let link = serial_when_there(serial, &name, port_settings, &interrupt)?;
            if link.turns_round() {
                return finish_form(link, asked, serial.options);
            }
            finish_port(link, asked, serial.options)
        }
        LinkAddress::Rfc2217(remote) => {
            let asked = initial_settings(remote.options, options.settings);
            let port_settings = if remote.options.software_parity { eight_bits(asked) } else { asked };
            let link = Rfc2217Link::open(remote, name, port_settings, options.connect_timeout, interrupt)?;
            finish_port(link, asked, remote.options)
        }
        LinkAddress::Tcp(tcp) => {
            let link = match tcp.dials_in {
                None => TcpLink::open(&tcp.host, tcp.port, name, options.connect_timeout, interrupt)?,
                Some(wait) => TcpLink::accept(&tcp.host, tcp.port, name, wait, interrupt)?,
            };
            let asked = LineSettings::seven_even_one(options.settings.baud);
            finish(link, tcp.software_parity.then_some(asked), tcp.echo)
        }
        LinkAddress::Replay(path) => Ok(Box::new(ReplayLink::open(path, interrupt)?)),
        LinkAddress::Sim(_) => Err(LinkError::Usage(format!("{name} is opened by the simulator"))),
    }
}

/// Opens a local port; one that is not there is waited for as long as its text says.
fn serial_when_there(
    serial: &SerialAddress,
    name: &str,
    settings: LineSettings,
    interrupt: &Interrupt,
) -> Result<SerialLink, LinkError> {
    let begun = Instant::now();
    loop {
        match SerialLink::open(serial, name.to_owned(), settings, interrupt.clone()) {
            Err(LinkError::Absent { .. }) if begun.elapsed() < serial.wait => {
                if interrupt.requested() {
                    return Err(LinkError::Interrupted);
                }
                std::thread::sleep(POLL_SLICE);
            }
            other => return other,
        }
    }
}

fn initial_settings(text: SerialOptions, default: LineSettings) -> LineSettings {
    let settings = LineSettings { baud: text.baud.unwrap_or(default.baud), ..default };
    text.frame.map_or(settings, |frame| settings.with_frame(frame))
}

fn eight_bits(settings: LineSettings) -> LineSettings {
    LineSettings::eight_none_one(settings.baud)
}

/// Puts on a port what its text asks for.
fn finish_port<L: Link + RequestToSend + 'static>(
    link: L,
    asked: LineSettings,
    options: SerialOptions,
) -> Result<Box<dyn Link>, LinkError> {
    match options.direction {
        Some(direction) => finish_form(DrivenLine::new(link, direction)?, asked, options),
        None => finish_form(link, asked, options),
    }
}

/// Puts the character form on a port.
fn finish_form<L: Link + 'static>(
    link: L,
    asked: LineSettings,
    options: SerialOptions,
) -> Result<Box<dyn Link>, LinkError> {
    match options.frame {
        Some(frame) if !options.software_parity => finish(GivenFrame::new(link, frame), None, options.echo),
        _ => finish(link, options.software_parity.then_some(asked), options.echo),
    }
}

/// Puts software parity and the echo filter on a line where they are wanted.
fn finish<L: Link + 'static>(
    link: L,
    software_parity: Option<LineSettings>,
    echo: EchoMode,
) -> Result<Box<dyn Link>, LinkError> {
    match software_parity {
        // The echo is compared as it stands on the line, parity and all, so the filter goes below.
        Some(asked) => Ok(Box::new(SoftwareParity::new(EchoFilter::new(link, echo), asked)?)),
        None => Ok(Box::new(EchoFilter::new(link, echo))),
    }
}
