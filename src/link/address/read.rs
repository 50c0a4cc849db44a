//! A link out of its text.

use std::path::PathBuf;
use std::str::FromStr;
use std::time::Duration;

use super::{
    DIAL_IN, EchoMode, LinkAddress, Rfc2217Address, SerialAddress, SerialOptions, SimAddress, TcpAddress, TcpFraming,
};
use crate::link::direction::Direction;
use crate::link::settings::{Frame, Parity};
use crate::link::{LinkError, names};

/// Highest speed accepted in a link's text, in bit/s.
const HIGHEST_BAUD: u32 = 4_000_000;

/// Most requests of Modbus TCP that may be on their way at once: servers are built for 1 to 16 (Modbus Messaging on
/// TCP/IP Implementation Guide V1.0b, 4.3.2).
const MOST_IN_FLIGHT: u8 = 16;

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
    text.starts_with('/') || text.starts_with("./") || text.starts_with(r"\\.\") || names::is_com_name(text)
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
                    LinkError::Usage(format!("wait={value}: write a time such as 30s or 500ms, an hour at most"))
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
