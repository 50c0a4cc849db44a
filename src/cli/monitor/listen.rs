//! `wattkey monitor --listen`: what meters report by themselves.

use std::io::{ErrorKind, Read};
use std::net::{TcpListener, TcpStream, UdpSocket};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, SyncSender};
use std::time::{Duration, Instant};

use time::OffsetDateTime;

use super::Arguments;
use crate::cli::{CommandError, CommandResult, Context};
use wattkey::documents::push::Push;
use wattkey::error::{Code, Exit};
use wattkey::link::{Interrupt, LineSettings, Link, LinkError};
use wattkey::meter::dlms::push::{PushReader, ReportKeys};
use wattkey::meter::log::PushTemplate;
use wattkey::meter::profile::Protocol;
use wattkey::meter::time::rfc3339;

/// How long a wait for bytes lasts before a wish to stop is looked for.
const POLL: Duration = Duration::from_millis(200);
/// Connections that are open at once; more are turned away.
const MOST_CONNECTIONS: usize = 64;
/// A connection over which nothing comes for so long is closed.
const IDLE: Duration = Duration::from_secs(600);
/// Parts that wait to be read; whoever sends more waits, too.
const MOST_WAITING: usize = 256;
/// Longest datagram.
const LONGEST_DATAGRAM: usize = 65_536;

/// Bytes that came, from whom.
type Heard = (String, Vec<u8>);

/// Takes reports until the end that was asked for.
pub fn run(endpoint: Option<&str>, arguments: &Arguments, context: &mut Context) -> CommandResult {
    let keys = ReportKeys::new(context.credentials()?.dlms);
    let stop = context.interrupt();
    let (sender, receiver) = mpsc::sync_channel(MOST_WAITING);
    let templates = if endpoint.is_some() { push_setups(context) } else { Vec::new() };
    match endpoint {
        None => return on_link(arguments, &keys, context),
        Some(text) => match text.split_once(':') {
            Some(("tcp", place)) => {
                let listener = TcpListener::bind(place).map_err(|error| unusable(text, &error))?;
                tell(&listener.local_addr().map(|address| format!("tcp:{address}")), context);
                listen_tcp(listener, sender, stop.clone());
            }
            Some(("udp", place)) => {
                let socket = UdpSocket::bind(place).map_err(|error| unusable(text, &error))?;
                tell(&socket.local_addr().map(|address| format!("udp:{address}")), context);
                listen_udp(socket, sender, stop.clone());
            }
            _ => {
                return Err(CommandError::new(Code::Usage, format!("--listen {text:?} is no endpoint"))
                    .hint("Write tcp:HOST:PORT or udp:HOST:PORT; without a value the line of --link is listened to."));
            }
        },
    }
    print_reports(&receiver, (arguments, &templates), &keys, &stop, context)
}

/// The push setups of the meter of `--link`, which name the values of reports that do not: every meter of a model sends the
/// same. Without the option, or where they cannot be read, none are known.
fn push_setups(context: &Context) -> Vec<PushTemplate> {
    if context.options.link.is_none() {
        return Vec::new();
    }
    let read = || -> Result<Vec<PushTemplate>, CommandError> {
        let mut meter = context.connector()?.open()?;
        let templates = meter.push_templates();
        meter.close();
        Ok(templates?)
    };
    match read() {
        Ok(templates) => templates,
        Err(error) => {
            context.note(format!("the push setups of the meter are not known: {}", error.message));
            Vec::new()
        }
    }
}

fn unusable(endpoint: &str, error: &std::io::Error) -> CommandError {
    CommandError::new(Code::PortAbsent, format!("{endpoint} cannot be listened on: {error}"))
}

fn tell(place: &std::io::Result<String>, context: &Context) {
    if let Ok(place) = place {
        context.note(format!("ready: {place}"));
    }
}

/// One thread accepts, and one reads each connection.
fn listen_tcp(listener: TcpListener, sender: SyncSender<Heard>, stop: Interrupt) {
    std::thread::spawn(move || {
        let open = std::sync::Arc::new(());
        for stream in listener.incoming().flatten() {
            if stop.requested() {
                return;
            }
            // A connection holds a count of `open` for as long as it lives.
            if std::sync::Arc::strong_count(&open) > MOST_CONNECTIONS {
                continue;
            }
            let (sender, stop, guard) = (sender.clone(), stop.clone(), std::sync::Arc::clone(&open));
            std::thread::spawn(move || {
                read_connection(stream, &sender, &stop);
                drop(guard);
            });
        }
    });
}

fn read_connection(mut stream: TcpStream, sender: &SyncSender<Heard>, stop: &Interrupt) {
    let peer = stream.peer_addr().map_or_else(|_| "tcp".to_owned(), |address| address.to_string());
    let _ = stream.set_read_timeout(Some(POLL));
    let mut buffer = [0u8; 4_096];
    let mut heard = Instant::now();
    while !stop.requested() && heard.elapsed() < IDLE {
        match stream.read(&mut buffer) {
            Ok(0) => return,
            Ok(count) => {
                heard = Instant::now();
                if sender.send((peer.clone(), buffer.get(..count).unwrap_or_default().to_vec())).is_err() {
                    return;
                }
            }
            Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => {}
            Err(_) => return,
        }
    }
}

fn listen_udp(socket: UdpSocket, sender: SyncSender<Heard>, stop: Interrupt) {
    std::thread::spawn(move || {
        let _ = socket.set_read_timeout(Some(POLL));
        let mut buffer = vec![0u8; LONGEST_DATAGRAM];
        while !stop.requested() {
            if let Ok((count, peer)) = socket.recv_from(&mut buffer) {
                let octets = buffer.get(..count).unwrap_or_default().to_vec();
                if sender.send((peer.to_string(), octets)).is_err() {
                    return;
                }
            }
        }
    });
}

/// Meters on the line of `--link`, which report without being asked.
fn on_link(arguments: &Arguments, keys: &ReportKeys, context: &mut Context) -> CommandResult {
    context.choose_link()?;
    let connector = context.connector()?;
    // Reports are messages of DLMS.
    connector.carried(Some(Protocol::Dlms))?;
    let mut link = connector.open_link(LineSettings::eight_none_one(9_600))?;
    let name = link.name();
    context.note(format!("ready: {name}"));
    let mut reader = PushReader::default();
    let mut buffer = [0u8; 1_024];
    let end = End::of(arguments);
    let mut printed = 0u64;
    while !end.is_reached(printed) {
        let until = link.now().saturating_add(POLL);
        match link.receive(&mut buffer, until) {
            Ok(count) => {
                let octets = buffer.get(..count).unwrap_or_default();
                print(&mut reader, (&name, octets), keys, &mut printed, context)?;
            }
            Err(LinkError::Timeout(_)) => {}
            Err(LinkError::Interrupted) => return Ok(Exit::Interrupted),
            Err(error) => return Err(error.into()),
        }
        if link.stop_requested() {
            return Ok(Exit::Interrupted);
        }
    }
    Ok(Exit::Done)
}

/// When it ends by itself.
struct End {
    count: Option<u64>,
    at: Option<Instant>,
}

impl End {
    fn of(arguments: &Arguments) -> Self {
        let at = arguments.duration.and_then(|duration| Instant::now().checked_add(duration));
        End { count: arguments.count, at }
    }

    fn is_reached(&self, printed: u64) -> bool {
        self.count.is_some_and(|count| printed >= count) || self.at.is_some_and(|at| Instant::now() >= at)
    }
}

fn print_reports(
    receiver: &Receiver<Heard>,
    (arguments, templates): (&Arguments, &[PushTemplate]),
    keys: &ReportKeys,
    stop: &Interrupt,
    context: &Context,
) -> CommandResult {
    let end = End::of(arguments);
    // One reader a sender; the one that was silent longest makes room.
    let mut readers: Vec<(String, PushReader)> = Vec::new();
    let mut printed = 0u64;
    while !end.is_reached(printed) {
        if stop.requested() {
            return Ok(Exit::Interrupted);
        }
        let (peer, octets) = match receiver.recv_timeout(POLL) {
            Ok(heard) => heard,
            Err(RecvTimeoutError::Timeout) => continue,
            Err(RecvTimeoutError::Disconnected) => return Ok(Exit::Done),
        };
        let known = readers.iter().position(|(name, _)| *name == peer);
        let (name, mut reader) = match known {
            Some(place) => readers.remove(place),
            None => (peer, PushReader::with_templates(templates.to_vec())),
        };
        print(&mut reader, (&name, &octets), keys, &mut printed, context)?;
        if readers.len() >= MOST_CONNECTIONS {
            readers.remove(0);
        }
        readers.push((name, reader));
    }
    Ok(Exit::Done)
}

fn print(
    reader: &mut PushReader,
    (from, octets): (&str, &[u8]),
    keys: &ReportKeys,
    printed: &mut u64,
    context: &Context,
) -> Result<(), CommandError> {
    for report in reader.push(octets, keys) {
        let received_at = rfc3339(OffsetDateTime::now_utc());
        context.print_of_several(&Push { received_at, from: from.to_owned(), report }, *printed == 0)?;
        *printed = printed.saturating_add(1);
    }
    Ok(())
}
