//! The text that names a link, such as `/dev/ttyUSB0`, `tcp:10.0.0.7:4001?frame=7e1` or `sim:`.

use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;
use std::time::Duration;

use super::LinkError;
use super::direction::Direction;
use super::settings::{Frame, Parity};

/// Highest speed accepted in a link's text, in bit/s.
const HIGHEST_BAUD: u32 = 4_000_000;

/// Most requests of Modbus TCP that may be on their way at once: servers are built for 1 to 16 (Modbus Messaging on
/// TCP/IP Implementation Guide V1.0b, 4.3.2).
const MOST_IN_FLIGHT: u8 = 16;

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
    /// Form of DLMS data units on the connection (`framing=`).
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
    /// The serial line's bytes as they are: HDLC or IEC 62056-21.
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

impl FromStr for LinkAddress {
    type Err = LinkError;

    fn from_str(text: &str) -> Result<Self, LinkError> {
        if let Some(path) = text.strip_prefix("replay:") {
            if path.is_empty() {
                return Err(LinkError::Usage("replay: needs the trace file, such as replay:meter.jsonl".into()));
            }
            return Ok(LinkAddress::Replay(PathBuf::from(path)));
        }
        let (place, query) = text.split_once('?').unwrap_or((text, ""));
        let options = split_options(query)?;
        if let Some(name) = place.strip_prefix("sim:") {
            return Ok(LinkAddress::Sim(SimAddress { name: name.to_owned(), options }));
        }
        if let Some(place) = place.strip_prefix("tcp:") {
            return tcp(place, &options, None);
        }
        if let Some(place) = place.strip_prefix("listen:") {
            // Without a host every address of this computer is meant.
            let place = if place.starts_with(|c: char| c.is_ascii_digit()) && !place.contains([':', '.']) {
                format!("0.0.0.0:{place}")
            } else {
                place.to_owned()
            };
            return tcp(&place, &options, Some(DIAL_IN));
        }
        if let Some(place) = place.strip_prefix("rfc2217:") {
            let (host, port) = host_and_port(place, "rfc2217")?;
            let local = serial_options(&options, false)?;
            return Ok(LinkAddress::Rfc2217(Rfc2217Address { host, port, options: local.options }));
        }
        let path = place.strip_prefix("serial:");
        if path.is_some_and(str::is_empty) || (path.is_none() && !looks_like_port(place)) {
            let meant = meant(place).map(|meant| format!("; did you mean {meant}?")).unwrap_or_default();
            return Err(LinkError::Usage(format!(
                "{text:?} is not a link: write a port such as /dev/ttyUSB0 or COM7, tcp:HOST:PORT, rfc2217:HOST:PORT, listen:HOST:PORT, sim:, replay:FILE or, with --link, meter:NAME{meant}"
            )));
        }
        let local = serial_options(&options, true)?;
        Ok(LinkAddress::Serial(SerialAddress { path: path.unwrap_or(place).to_owned(), ..local }))
    }
}

/// Whether text without a scheme names a local port: a path, or a Windows port name.
fn looks_like_port(text: &str) -> bool {
    text.starts_with('/') || text.starts_with("./") || text.starts_with(r"\\.\") || super::names::is_com_name(text)
}

/// The options behind a link, each with its value; empty for one without.
fn split_options(query: &str) -> Result<Vec<(String, String)>, LinkError> {
    let parts = query.split('&').filter(|part| !part.is_empty());
    parts
        .map(|part| match part.split_once('=').unwrap_or((part, "")) {
            ("", value) => Err(LinkError::Usage(format!("the option ={value} of the link has no name"))),
            (name, value) => Ok((name.to_owned(), value.to_owned())),
        })
        .collect()
}

/// How long a meter that dials in is waited for where the text does not say.
const DIAL_IN: Duration = Duration::from_secs(60);

/// A connection that we make or, with `dials_in`, one that the meter makes.
fn tcp(place: &str, options: &[(String, String)], dials_in: Option<Duration>) -> Result<LinkAddress, LinkError> {
    let scheme = if dials_in.is_some() { "listen" } else { "tcp" };
    let (host, port) = host_and_port(place, scheme)?;
    let mut address = TcpAddress {
        host,
        port,
        software_parity: false,
        framing: TcpFraming::Raw,
        in_flight: 1,
        echo: EchoMode::default(),
        gap: None,
        dials_in,
    };
    for (key, value) in options {
        match (key.as_str(), value.as_str()) {
            ("wait", _) if dials_in.is_some() => {
                let wait = duration(value).ok_or_else(|| {
                    LinkError::Usage(format!("wait={value}: write a time such as 30s or 10min, an hour at most"))
                })?;
                address.dials_in = Some(wait);
            }
            ("frame", "7e1" | "7e1-soft" | "7E1") => address.software_parity = true,
            ("frame", "8n1" | "8N1") => address.software_parity = false,
            ("frame", _) => {
                return Err(LinkError::Usage(format!(
                    "frame={value} on a tcp link: only 7e1 and 8n1 can be made in software"
                )));
            }
            ("framing", "raw") => address.framing = TcpFraming::Raw,
            ("framing", "wrapper") => address.framing = TcpFraming::Wrapper,
            ("framing", "mbap") => address.framing = TcpFraming::Mbap,
            ("framing", _) => return Err(LinkError::Usage(format!("framing={value}: write raw, wrapper or mbap"))),
            ("in-flight", _) => {
                let count = value.parse().ok().filter(|count| (1..=MOST_IN_FLIGHT).contains(count));
                address.in_flight = count.ok_or_else(|| {
                    LinkError::Usage(format!(
                        "in-flight={value}: write how many requests the device takes at once, 1 to {MOST_IN_FLIGHT}"
                    ))
                })?;
            }
            ("echo", _) => address.echo = echo_mode(value)?,
            ("gap", _) => address.gap = Some(gap(value)?),
            _ if dials_in.is_some() => {
                return Err(unknown_option(key, scheme, "frame, framing, in-flight, echo, gap, wait"));
            }
            _ => return Err(unknown_option(key, scheme, "frame, framing, in-flight, echo, gap")),
        }
    }
    if address.in_flight > 1 && address.framing != TcpFraming::Mbap {
        return Err(LinkError::Usage(
            "in-flight is for Modbus TCP, where answers carry a number: write framing=mbap with it".to_owned(),
        ));
    }
    Ok(LinkAddress::Tcp(address))
}

/// The link that somebody probably meant who wrote `place`.
fn meant(place: &str) -> Option<String> {
    if place.is_empty() || place.contains(char::is_whitespace) {
        return None;
    }
    if let Some((scheme, rest)) = place.split_once(':')
        && ["tcp", "listen", "rfc2217", "serial", "sim", "replay", "meter"]
            .contains(&scheme.to_ascii_lowercase().as_str())
    {
        let scheme = scheme.to_ascii_lowercase();
        return (!place.starts_with(&scheme)).then(|| format!("{scheme}:{rest}"));
    }
    if place == "sim" {
        return Some("sim:".to_owned());
    }
    // A host of digits, dots or letters with a port number behind.
    let has_port = place.rsplit_once(':').is_some_and(|(host, port)| !host.is_empty() && port.parse::<u16>().is_ok());
    if has_port {
        return Some(format!("tcp:{place}"));
    }
    let is_plain = place.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.'));
    if place.ends_with(".jsonl") {
        return Some(format!("replay:{place}"));
    }
    (is_plain && place.to_ascii_lowercase().starts_with("tty")).then(|| format!("/dev/{place}"))
}

/// What a serial port's text says beside its name; `shared` and `wait` are for local ports.
fn serial_options(options: &[(String, String)], local: bool) -> Result<SerialAddress, LinkError> {
    let mut found = SerialOptions::default();
    let (mut shared, mut wait) = (false, Duration::ZERO);
    for (key, value) in options {
        match key.as_str() {
            "baud" => {
                let baud = value.parse().ok().filter(|baud| (50..=HIGHEST_BAUD).contains(baud));
                found.baud = Some(baud.ok_or_else(|| {
                    LinkError::Usage(format!("baud={value}: write a speed from 50 to {HIGHEST_BAUD} bit/s"))
                })?);
            }
            "frame" => {
                let form = value.strip_suffix("-soft");
                found.software_parity = form.is_some();
                let frame: Frame = form.unwrap_or(value).parse().map_err(LinkError::Usage)?;
                if found.software_parity && (frame.data_bits, frame.parity) != (7, Parity::Even) {
                    return Err(LinkError::Usage(format!("frame={value}: only 7e1 can be made in software")));
                }
                found.frame = Some(frame);
            }
            "dtr" => found.dtr = Some(on_or_off(key, value)?),
            "rts" => found.rts = Some(on_or_off(key, value)?),
            "rs485" => {
                found.direction = Some(match value.as_str() {
                    "rts" => Direction::OnToSend,
                    "rts-inverted" => Direction::OnToListen,
                    _ => return Err(LinkError::Usage(format!("rs485={value}: write rts or rts-inverted"))),
                });
            }
            "echo" => found.echo = echo_mode(value)?,
            "gap" => found.gap = Some(gap(value)?),
            "shared" if local => shared = value.is_empty() || on_or_off(key, value)?,
            "wait" if local => {
                wait = duration(value).ok_or_else(|| {
                    LinkError::Usage(format!("wait={value}: write a time such as 30s or 500ms, an hour at most"))
                })?;
            }
            _ if local => {
                return Err(unknown_option(key, "serial", "baud, frame, dtr, rts, rs485, echo, gap, shared, wait"));
            }
            _ => return Err(unknown_option(key, "rfc2217", "baud, frame, dtr, rts, rs485, echo, gap")),
        }
    }
    if found.direction.is_some() && found.rts.is_some() {
        return Err(LinkError::Usage("rs485= and rts= both set RTS: write one of them".to_owned()));
    }
    Ok(SerialAddress { path: String::new(), options: found, shared, wait })
}

fn unknown_option(key: &str, scheme: &str, known: &str) -> LinkError {
    LinkError::Usage(format!("{key:?} is not an option of a {scheme} link, which takes {known}"))
}

/// Longest time a port may be waited for.
const LONGEST_WAIT: Duration = Duration::from_secs(3600);

/// Longest pause inside a frame that makes sense.
const LONGEST_GAP: Duration = Duration::from_secs(60);

fn gap(value: &str) -> Result<Duration, LinkError> {
    duration(value)
        .filter(|gap| !gap.is_zero() && *gap <= LONGEST_GAP)
        .ok_or_else(|| LinkError::Usage(format!("gap={value}: write a pause such as 400ms or 2s, a minute at most")))
}

/// `30s` or `500ms`.
fn duration(text: &str) -> Option<Duration> {
    let found = match text.strip_suffix("ms") {
        Some(number) => Duration::from_millis(number.parse().ok()?),
        None => Duration::from_secs(text.strip_suffix('s')?.parse().ok()?),
    };
    Some(found).filter(|found| *found <= LONGEST_WAIT)
}

fn on_or_off(key: &str, value: &str) -> Result<bool, LinkError> {
    match value {
        "on" => Ok(true),
        "off" => Ok(false),
        _ => Err(LinkError::Usage(format!("{key}={value}: write on or off"))),
    }
}

fn echo_mode(value: &str) -> Result<EchoMode, LinkError> {
    match value {
        "auto" => Ok(EchoMode::Auto),
        "strip" | "on" => Ok(EchoMode::Strip),
        "off" => Ok(EchoMode::Off),
        _ => Err(LinkError::Usage(format!("echo={value}: write auto, strip or off"))),
    }
}

/// `HOST:PORT`, where an IPv6 address stands in brackets.
fn host_and_port(place: &str, scheme: &str) -> Result<(String, u16), LinkError> {
    let wrong = || LinkError::Usage(format!("{scheme}:{place} needs host and port, such as {scheme}:192.0.2.7:4059"));
    let (host, port) = place.rsplit_once(':').ok_or_else(wrong)?;
    let port = port.parse().ok().filter(|port| *port != 0).ok_or_else(wrong)?;
    let bare = host.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    let host = bare.unwrap_or(host);
    if host.is_empty() || host.contains(['[', ']']) || (bare.is_none() && host.contains(':')) {
        return Err(wrong());
    }
    Ok((host.to_owned(), port))
}

/// Collects `key=value` pairs behind a `?`.
struct Query(String);

impl Query {
    fn push(&mut self, key: &str, value: impl fmt::Display) {
        self.0.push(if self.0.is_empty() { '?' } else { '&' });
        self.0.push_str(key);
        let value = value.to_string();
        if !value.is_empty() {
            self.0.push('=');
            self.0.push_str(&value);
        }
    }

    fn serial(options: &SerialOptions) -> Query {
        let mut query = Query(String::new());
        if let Some(baud) = options.baud {
            query.push("baud", baud);
        }
        if let Some(frame) = options.frame {
            query.push("frame", format_args!("{frame}{}", if options.software_parity { "-soft" } else { "" }));
        }
        for (key, level) in [("dtr", options.dtr), ("rts", options.rts)] {
            if let Some(level) = level {
                query.push(key, if level { "on" } else { "off" });
            }
        }
        if let Some(direction) = options.direction {
            query.push("rs485", if direction == Direction::OnToSend { "rts" } else { "rts-inverted" });
        }
        query.echo(options.echo);
        query.gap(options.gap);
        query
    }

    fn gap(&mut self, gap: Option<Duration>) {
        if let Some(gap) = gap {
            self.push("gap", in_words(gap));
        }
    }

    fn echo(&mut self, echo: EchoMode) {
        match echo {
            EchoMode::Auto => {}
            EchoMode::Strip => self.push("echo", "strip"),
            EchoMode::Off => self.push("echo", "off"),
        }
    }
}

/// A time as the text takes it: `30s` or `500ms`.
fn in_words(time: Duration) -> String {
    match time.subsec_millis() {
        0 => format!("{}s", time.as_secs()),
        _ => format!("{}ms", time.as_millis()),
    }
}

/// Puts brackets round an IPv6 address.
fn bracketed(host: &str) -> String {
    if host.contains(':') { format!("[{host}]") } else { host.to_owned() }
}

impl fmt::Display for LinkAddress {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            LinkAddress::Serial(address) => {
                let mut query = Query::serial(&address.options);
                if address.shared {
                    query.push("shared", "");
                }
                if !address.wait.is_zero() {
                    query.push("wait", in_words(address.wait));
                }
                let prefix = if query.0.is_empty() && address.path.starts_with('/') { "" } else { "serial:" };
                write!(formatter, "{prefix}{}{}", address.path, query.0)
            }
            LinkAddress::Tcp(address) => {
                let mut query = Query(String::new());
                if address.software_parity {
                    query.push("frame", "7e1");
                }
                match address.framing {
                    TcpFraming::Raw => {}
                    TcpFraming::Wrapper => query.push("framing", "wrapper"),
                    TcpFraming::Mbap => query.push("framing", "mbap"),
                }
                if address.in_flight > 1 {
                    query.push("in-flight", address.in_flight);
                }
                query.echo(address.echo);
                query.gap(address.gap);
                let scheme = if address.dials_in.is_some() { "listen" } else { "tcp" };
                if let Some(wait) = address.dials_in.filter(|wait| *wait != DIAL_IN) {
                    query.push("wait", in_words(wait));
                }
                write!(formatter, "{scheme}:{}:{}{}", bracketed(&address.host), address.port, query.0)
            }
            LinkAddress::Rfc2217(address) => {
                let query = Query::serial(&address.options);
                write!(formatter, "rfc2217:{}:{}{}", bracketed(&address.host), address.port, query.0)
            }
            LinkAddress::Sim(address) => {
                let mut query = Query(String::new());
                for (key, value) in &address.options {
                    query.push(key, value);
                }
                write!(formatter, "sim:{}{}", address.name, query.0)
            }
            LinkAddress::Replay(path) => write!(formatter, "replay:{}", path.display()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
