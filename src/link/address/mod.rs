//! The text that names a link, such as `/dev/ttyUSB0`, `tcp:10.0.0.7:4001?frame=7e1` or `sim:`.

mod read;
mod write;

use std::path::PathBuf;
use std::time::Duration;

use super::direction::Direction;
use super::settings::Frame;

/// How long a meter that dials in is waited for where the text does not say.
const DIAL_IN: Duration = Duration::from_secs(60);

/// A link as the user wrote it.
///
/// ```
/// use wattkey::link::LinkAddress;
/// let link: LinkAddress = "serial:/dev/ttyUSB0?baud=9600&frame=8n1".parse()?;
/// assert!(matches!(link, LinkAddress::Serial(ref port) if port.options.baud == Some(9600)));
/// let com: LinkAddress = "COM12".parse()?;
/// assert_eq!(com.to_string(), "serial:COM12");
/// assert!("tcp:somewhere".parse::<LinkAddress>().is_err());
/// # Ok::<(), wattkey::link::LinkError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LinkAddress {
    /// A local serial port, opened as given even when no list shows it.
    Serial(SerialAddress),
    /// Raw bytes over TCP.
    Tcp(TcpAddress),
    /// A serial port over the network, its settings carried by RFC 2217.
    Rfc2217(Rfc2217Address),
    /// A simulated meter in this process; opened by the simulator, not by [`super::open`].
    Sim(SimAddress),
    /// A recorded trace that plays the meter.
    Replay(PathBuf),
}

impl LinkAddress {
    /// What stands around data units; a line that is no TCP connection has them as they are.
    pub fn framing(&self) -> TcpFraming {
        match self {
            LinkAddress::Tcp(tcp) => tcp.framing,
            _ => TcpFraming::Raw,
        }
    }
}

/// A local serial port.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SerialAddress {
    /// Device file or port name as the user gave it.
    pub path: String,
    /// Settings in the text.
    pub options: SerialOptions,
    /// Whether other programs may open the port at the same time (`shared`).
    pub shared: bool,
    /// How long a port that is not there is waited for (`wait=30s`): the adapter is yet to be plugged in.
    pub wait: Duration,
}

/// Settings a serial port's text may carry; what is absent is left to the profile and the protocol.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct SerialOptions {
    /// Speed in bit/s (`baud=`).
    pub baud: Option<u32>,
    /// Character form on the wire (`frame=`).
    pub frame: Option<Frame>,
    /// Whether the port stays at 8N1 and parity is made in software (`frame=7e1-soft`), for adapters that cannot do 7E1.
    pub software_parity: bool,
    /// Data terminal ready: powers many passive heads (`dtr=on|off`).
    pub dtr: Option<bool>,
    /// Request to send (`rts=on|off`).
    pub rts: Option<bool>,
    /// How RTS tells an RS485 converter when to send (`rs485=`); it then is not for `rts`.
    pub direction: Option<Direction>,
    /// What to do about an echo of sent bytes (`echo=`).
    pub echo: EchoMode,
    /// Longest pause inside a frame (`gap=`); the protocol's own on a serial port where it is absent.
    pub gap: Option<Duration>,
}

/// What to do about a head or adapter that hands back what was sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum EchoMode {
    /// Find out at the first exchange.
    #[default]
    Auto,
    /// The line echoes: always drop it.
    Strip,
    /// The line does not echo: pass on every byte.
    Off,
}

/// A TCP connection that carries the line's bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TcpAddress {
    /// Host name or address.
    pub host: String,
    /// TCP port.
    pub port: u16,
    /// Whether even parity is added and taken off in software (`frame=7e1`).
    pub software_parity: bool,
    /// What stands around data units on the connection (`framing=`).
    pub framing: TcpFraming,
    /// Requests of Modbus TCP that may be on their way at once (`in-flight=`), 1 to 16.
    pub in_flight: u8,
    /// What to do about an echo of sent bytes (`echo=`).
    pub echo: EchoMode,
    /// Longest pause inside a frame (`gap=`); the time-out where it is absent.
    pub gap: Option<Duration>,
    /// For how long a meter that dials in is waited for (`listen:HOST:PORT?wait=`); `None` when we connect.
    pub dials_in: Option<Duration>,
}

/// How data units travel on a TCP connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum TcpFraming {
    /// The serial line's bytes as they are.
    #[default]
    Raw,
    /// The wrapper of IEC 62056-47, which DLMS puts around each data unit.
    Wrapper,
    /// The header of Modbus TCP.
    Mbap,
}

/// A serial port behind a telnet server with RFC 2217.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rfc2217Address {
    /// Host name or address.
    pub host: String,
    /// TCP port.
    pub port: u16,
    /// Settings in the text.
    pub options: SerialOptions,
}

/// A simulated meter.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SimAddress {
    /// Name under which its state is kept; empty for the unnamed one.
    pub name: String,
    /// Options in the order given; one without `=` has an empty value.
    pub options: Vec<(String, String)>,
}

impl LinkAddress {
    /// The serial settings in the text, for links that have any.
    pub fn serial_options(&self) -> Option<SerialOptions> {
        match self {
            LinkAddress::Serial(address) => Some(address.options),
            LinkAddress::Rfc2217(address) => Some(address.options),
            LinkAddress::Tcp(_) | LinkAddress::Sim(_) | LinkAddress::Replay(_) => None,
        }
    }

    /// Longest pause inside a frame, where the text gives one (`gap=`).
    pub fn gap(&self) -> Option<Duration> {
        match self {
            LinkAddress::Tcp(address) => address.gap,
            other => other.serial_options().and_then(|options| options.gap),
        }
    }

    /// Whether a network lies between, which hands frames on in parts and with pauses of its own.
    pub fn is_remote(&self) -> bool {
        matches!(self, LinkAddress::Tcp(_) | LinkAddress::Rfc2217(_))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::link::LinkError;

    fn parse(text: &str) -> LinkAddress {
        text.parse().unwrap_or_else(|error| panic!("{text}: {error}"))
    }

    #[test]
    fn every_form_prints_and_reads_back() {
        for text in [
            "/dev/ttyUSB0",
            "serial:/dev/ttyUSB0?baud=9600&frame=8n1&dtr=on&rts=off",
            "serial:/dev/ttyUSB0?frame=7e1-soft&echo=strip&shared",
            "serial:/dev/ttyUSB0?wait=30s",
            "serial:/dev/ttyUSB0?gap=400ms",
            "tcp:192.0.2.7:4059?gap=2s",
            "tcp:192.0.2.7:502?framing=mbap",
            "tcp:192.0.2.7:502?framing=mbap&in-flight=4",
            "serial:/dev/ttyUSB0?wait=1500ms",
            "serial:COM7",
            r"serial:\\.\COM12",
            "tcp:192.0.2.7:4059",
            "tcp:[2001:db8::7]:4059?frame=7e1",
            "listen:0.0.0.0:4059?framing=wrapper&wait=90s",
            "tcp:meter.example:4059?framing=wrapper&echo=off",
            "rfc2217:127.0.0.1:2217?baud=300&frame=7e1&rts=on",
            "serial:/dev/ttyS1?baud=2400&rs485=rts",
            "rfc2217:127.0.0.1:2217?rs485=rts-inverted&echo=strip",
            "sim:",
            "sim:bench?model=generic&seed=7&fresh",
            "replay:traces/a?b.jsonl",
        ] {
            assert_eq!(parse(text).to_string(), text);
        }
    }

    #[test]
    fn short_forms_mean_the_long_ones() {
        assert_eq!(parse("COM7"), parse("serial:COM7"));
        assert_eq!(parse("com12?baud=300"), parse("serial:com12?baud=300"));
        assert_eq!(parse("/dev/pts/4?shared=on"), parse("serial:/dev/pts/4?shared"));
        assert_eq!(parse("tcp:h:1?frame=7e1-soft"), parse("tcp:h:1?frame=7e1"));
    }

    #[test]
    fn what_is_wrong_is_said() {
        for (text, word) in [
            ("", "not a link"),
            ("ttyUSB0", "not a link"),
            ("serial:", "not a link"),
            ("COMX", "not a link"),
            ("replay:", "trace file"),
            ("tcp:host", "host and port"),
            ("tcp::4059", "host and port"),
            ("tcp:host:0", "host and port"),
            ("tcp:::1:4059", "host and port"),
            ("tcp:host:99999", "host and port"),
            ("tcp:h:1?baud=9600", "not an option"),
            ("tcp:h:1?frame=8e1", "software"),
            ("tcp:h:1?framing=hdlc", "raw, wrapper or mbap"),
            ("tcp:h:1?framing=mbap&in-flight=17", "1 to 16"),
            ("tcp:h:1?in-flight=4", "framing=mbap with it"),
            ("/dev/x?baud=fast", "speed"),
            ("/dev/x?baud=0", "speed"),
            ("/dev/x?frame=9x9", "character form"),
            ("/dev/x?frame=8e1-soft", "software"),
            ("/dev/x?dtr=high", "on or off"),
            ("/dev/x?echo=maybe", "auto, strip or off"),
            ("/dev/x?speed=1", "not an option"),
            ("/dev/x?wait=30", "30s or 500ms"),
            ("/dev/x?wait=2h", "30s or 500ms"),
            ("tcp:h:1?gap=0s", "400ms or 2s"),
            ("tcp:h:1?gap=61s", "400ms or 2s"),
            ("rfc2217:h:1?shared", "not an option"),
        ] {
            match text.parse::<LinkAddress>() {
                Err(LinkError::Usage(message)) => assert!(message.contains(word), "{text}: {message}"),
                other => panic!("{text}: {other:?}"),
            }
        }
    }
}
