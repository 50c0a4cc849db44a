//! One connection to a token server: a call goes out in a frame, its reply comes back in one.

use std::fmt;
use std::io::{self, ErrorKind, Read, Write};
use std::net::{TcpStream, ToSocketAddrs};
use std::sync::Arc;
use std::time::{Duration, Instant};

use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned};
use thrift::protocol::{
    TBinaryInputProtocol, TBinaryOutputProtocol, TInputProtocol, TMessageIdentifier, TMessageType, TOutputProtocol,
    TType,
};
use thrift::{ApplicationErrorKind, TConfiguration};
use zeroize::Zeroizing;

use super::messages::{self, ApiFault};
use super::settings::Settings;
use crate::headend::HeadEndError;

/// Longest reply that is read: a set of four tokens takes some 2 KiB.
const LONGEST: usize = 1 << 20;

/// Longest wait for a connection.
const CONNECT: Duration = Duration::from_secs(10);

/// The input and the output that calls are written for.
pub type Input<'b> = TBinaryInputProtocol<&'b [u8]>;
/// See [`Input`].
pub type Output<'b> = TBinaryOutputProtocol<&'b mut Vec<u8>>;

/// Why a call has no answer.
#[derive(Debug)]
pub enum Lost {
    /// The server may have carried it out.
    Unanswered(String),
    /// What came is no answer to it.
    Garbled(String),
}

/// A reply: what was asked for, or the server's no.
pub type Reply<T> = Result<T, ApiFault>;

/// A socket whose reads and writes, however many there are, end by one moment: a peer that sends an octet now and then
/// gains no time by it.
#[derive(Debug)]
struct TimedSocket {
    socket: TcpStream,
    until: Instant,
}

impl TimedSocket {
    fn rest(&self) -> io::Result<Duration> {
        let rest = self.until.saturating_duration_since(Instant::now());
        if rest.is_zero() { Err(ErrorKind::TimedOut.into()) } else { Ok(rest) }
    }
}

impl Read for TimedSocket {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        self.socket.set_read_timeout(Some(self.rest()?))?;
        self.socket.read(into)
    }
}

impl Write for TimedSocket {
    fn write(&mut self, octets: &[u8]) -> io::Result<usize> {
        self.socket.set_write_timeout(Some(self.rest()?))?;
        self.socket.write(octets)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.socket.flush()
    }
}

/// The octets of a connection, in TLS or plain.
enum Stream {
    Plain(TimedSocket),
    Tls(Box<StreamOwned<ClientConnection, TimedSocket>>),
}

impl Stream {
    fn end_by(&mut self, until: Instant) {
        match self {
            Stream::Plain(socket) => socket.until = until,
            Stream::Tls(stream) => stream.sock.until = until,
        }
    }

    fn octets(&mut self) -> &mut dyn ReadWrite {
        match self {
            Stream::Plain(socket) => socket,
            Stream::Tls(stream) => stream.as_mut(),
        }
    }
}

trait ReadWrite: Read + Write {}

impl<S: Read + Write> ReadWrite for S {}

/// A connection.
pub struct Client {
    stream: Stream,
    timeout: Duration,
    sequence: i32,
}

impl fmt::Debug for Client {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Client").field("sequence", &self.sequence).finish_non_exhaustive()
    }
}

impl Client {
    /// Connects.
    ///
    /// # Errors
    /// [`HeadEndError::Unreachable`], [`HeadEndError::Certificate`]: nothing was sent.
    pub fn connect(settings: &Settings) -> Result<Self, HeadEndError> {
        let unreachable = |problem: String| HeadEndError::Unreachable { name: settings.address.clone(), problem };
        let mut last = "the name has no address".to_owned();
        let addresses = settings.address.to_socket_addrs().map_err(|error| unreachable(error.to_string()))?;
        let wait = settings.timeout.min(CONNECT);
        let mut connected = None;
        for address in addresses {
            match TcpStream::connect_timeout(&address, wait) {
                Ok(socket) => {
                    connected = Some(socket);
                    break;
                }
                Err(error) => last = error.to_string(),
            }
        }
        let socket = connected.ok_or_else(|| unreachable(last))?;
        socket.set_nodelay(true).map_err(|error| unreachable(error.to_string()))?;
        let socket = TimedSocket { socket, until: Instant::now() + settings.timeout };
        let stream = match &settings.authorities {
            None => Stream::Plain(socket),
            Some(authorities) => Stream::Tls(Box::new(secured(socket, settings, authorities)?)),
        };
        Ok(Client { stream, timeout: settings.timeout, sequence: 0 })
    }

    /// Calls a method and reads its result.
    ///
    /// # Errors
    /// [`Lost`]; the server's own exception is `Ok(Err(…))`.
    pub fn call<T>(
        &mut self,
        method: &str,
        arguments: impl FnOnce(&mut Output<'_>) -> thrift::Result<()>,
        result: impl Fn(&mut Input<'_>, TType) -> thrift::Result<T>,
    ) -> Result<Reply<T>, Lost> {
        self.sequence = self.sequence.wrapping_add(1);
        // The sign-in has the password in it.
        let mut message = Zeroizing::new(Vec::new());
        write_call(&mut message, method, self.sequence, arguments).map_err(|error| Lost::Garbled(error.to_string()))?;
        let mut frame = Zeroizing::new(Vec::with_capacity(message.len() + 4));
        frame.extend(u32::try_from(message.len()).unwrap_or(u32::MAX).to_be_bytes());
        frame.extend_from_slice(&message);
        self.stream.end_by(Instant::now() + self.timeout);
        let octets = self.stream.octets();
        octets.write_all(&frame).and_then(|()| octets.flush()).map_err(|error| {
            // Part of it may have gone out.
            Lost::Unanswered(format!("the request could not be sent whole: {}", in_words(&error)))
        })?;
        let body = self.frame().map_err(|error| match error.kind() {
            ErrorKind::InvalidData => Lost::Garbled(error.to_string()),
            _ => Lost::Unanswered(in_words(&error)),
        })?;
        read_reply(&body, method, self.sequence, result)
    }

    /// Reads a frame within the time for a reply.
    fn frame(&mut self) -> io::Result<Vec<u8>> {
        self.stream.end_by(Instant::now() + self.timeout);
        let octets = self.stream.octets();
        let mut head = [0u8; 4];
        octets.read_exact(&mut head)?;
        let length = usize::try_from(u32::from_be_bytes(head)).unwrap_or(usize::MAX);
        if length > LONGEST {
            let problem = "what answers there is no token server: its reply begins with no length of a frame";
            return Err(io::Error::new(ErrorKind::InvalidData, problem));
        }
        let mut body = vec![0u8; length];
        octets.read_exact(&mut body)?;
        Ok(body)
    }
}

/// TLS over a socket. The handshake is done here, so that its failure is known to have sent nothing.
fn secured(
    socket: TimedSocket,
    settings: &Settings,
    authorities: &[CertificateDer<'static>],
) -> Result<StreamOwned<ClientConnection, TimedSocket>, HeadEndError> {
    let unreachable = |problem: String| HeadEndError::Unreachable { name: settings.address.clone(), problem };
    let unusable = |error: rustls::Error| HeadEndError::Certificate { problem: error.to_string() };
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(authorities.iter().cloned());
    let builder = ClientConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(unusable)?
        .with_root_certificates(roots);
    let config = match &settings.login.identity {
        None => builder.with_no_client_auth(),
        Some(identity) => {
            builder.with_client_auth_cert(identity.chain.clone(), identity.key.clone_key()).map_err(unusable)?
        }
    };
    let host = ServerName::try_from(settings.host.clone())
        .map_err(|error| unreachable(format!("the host has no name for TLS: {error}")))?;
    let connection = ClientConnection::new(Arc::new(config), host).map_err(unusable)?;
    let mut stream = StreamOwned::new(connection, socket);
    while stream.conn.is_handshaking() {
        stream.conn.complete_io(&mut stream.sock).map_err(|error| unreachable(format!("TLS: {}", in_words(&error))))?;
    }
    Ok(stream)
}

fn in_words(error: &io::Error) -> String {
    match error.kind() {
        ErrorKind::TimedOut | ErrorKind::WouldBlock => "no reply in time".to_owned(),
        ErrorKind::UnexpectedEof => "the connection was closed before the reply".to_owned(),
        _ => error.to_string(),
    }
}

fn write_call(
    into: &mut Vec<u8>,
    method: &str,
    sequence: i32,
    arguments: impl FnOnce(&mut Output<'_>) -> thrift::Result<()>,
) -> thrift::Result<()> {
    let mut out = TBinaryOutputProtocol::new(into, true);
    out.write_message_begin(&TMessageIdentifier::new(method, TMessageType::Call, sequence))?;
    messages::whole(&mut out, arguments)?;
    out.write_message_end()?;
    out.flush()
}

/// What a reply says. Nothing is believed that is not the reply to this call.
pub fn read_reply<T>(
    body: &[u8],
    method: &str,
    sequence: i32,
    result: impl Fn(&mut Input<'_>, TType) -> thrift::Result<T>,
) -> Result<Reply<T>, Lost> {
    let garbled = |problem: String| Lost::Garbled(problem);
    let limits = TConfiguration::builder()
        .max_message_size(Some(LONGEST))
        .max_frame_size(Some(LONGEST))
        .max_string_size(Some(LONGEST))
        .max_container_size(Some(1_000))
        .build()
        .map_err(|error| garbled(error.to_string()))?;
    let mut input = TBinaryInputProtocol::with_config(body, true, limits);
    let of_form = |_: thrift::Error| garbled("it is no reply in the form of the interface".to_owned());
    let head = input.read_message_begin().map_err(of_form)?;
    if head.sequence_number != sequence || head.name != method {
        return Err(garbled(format!("the answer is to another call ({})", head.name)));
    }
    match head.message_type {
        TMessageType::Reply => {}
        TMessageType::Exception => {
            let refused = thrift::Error::read_application_error_from_in_protocol(&mut input).map_err(of_form)?;
            return match refused.kind {
                ApplicationErrorKind::UnknownMethod => {
                    Ok(Err(ApiFault { code: UNKNOWN_METHOD.to_owned(), message: refused.message }))
                }
                _ => Err(garbled(format!("the server could not handle the call: {}", refused.message))),
            };
        }
        other => return Err(garbled(format!("a message of type {other:?} came"))),
    }
    let (mut value, mut fault) = (None, None);
    messages::read_fields(&mut input, |input, id, kind| {
        match (id, kind) {
            (0, kind) => value = Some(result(input, kind)?),
            (1, TType::Struct) => fault = Some(ApiFault::read(input)?),
            _ => return Ok(false),
        }
        Ok(true)
    })
    .map_err(of_form)?;
    match (value, fault) {
        (Some(value), None) => Ok(Ok(value)),
        (None, Some(fault)) => Ok(Err(fault)),
        (None, None) => Err(garbled("the reply holds neither a result nor a refusal".to_owned())),
        (Some(_), Some(_)) => Err(garbled("the reply holds a result and a refusal".to_owned())),
    }
}

/// Code of a fault that says that the server does not know the method.
pub const UNKNOWN_METHOD: &str = "UnknownMethod";

#[cfg(test)]
mod tests {
    use super::*;

    /// A reply with a text as its result.
    fn reply(method: &str, sequence: i32, kind: TMessageType, id: i16, text: &str) -> Vec<u8> {
        let mut body = Vec::new();
        let mut out = TBinaryOutputProtocol::new(&mut body, true);
        out.write_message_begin(&TMessageIdentifier::new(method, kind, sequence)).unwrap();
        messages::whole(&mut out, |out| messages::text(out, id, text)).unwrap();
        body
    }

    fn read(body: &[u8]) -> Result<Reply<String>, Lost> {
        read_reply(body, "ask", 7, |input, kind| match kind {
            TType::String => input.read_string(),
            _ => Err(thrift::Error::from("no text")),
        })
    }

    #[test]
    fn only_the_reply_to_this_call_is_believed() {
        let good = reply("ask", 7, TMessageType::Reply, 0, "yes");
        assert_eq!(read(&good).unwrap().unwrap(), "yes");
        for wrong in [
            reply("ask", 8, TMessageType::Reply, 0, "yes"),
            reply("other", 7, TMessageType::Reply, 0, "yes"),
            reply("ask", 7, TMessageType::Call, 0, "yes"),
            reply("ask", 7, TMessageType::Reply, 5, "neither a result nor a refusal"),
        ] {
            assert!(matches!(read(&wrong), Err(Lost::Garbled(_))));
        }
    }

    #[test]
    fn damaged_replies_are_told_and_take_no_memory() {
        let good = reply("ask", 7, TMessageType::Reply, 0, "yes");
        for end in 0..good.len() {
            assert!(read(&good[..end]).is_err(), "{end}");
        }
        // A text that says it is of two gigabytes.
        let mut long = good.clone();
        let place = long.windows(4).rposition(|window| window == [0, 0, 0, 3]).unwrap();
        long[place..place + 4].copy_from_slice(&i32::MAX.to_be_bytes());
        assert!(read(&long).is_err());
        let mut random = fastrand::Rng::with_seed(11);
        for _ in 0..20_000 {
            let mut noise = good.clone();
            for _ in 0..random.usize(1..6) {
                let at = random.usize(..noise.len());
                noise[at] = random.u8(..);
            }
            let _ = read(&noise);
        }
    }

    #[test]
    fn an_octet_now_and_then_gains_no_time() {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let dripping = std::thread::spawn(move || {
            let (mut socket, _) = listener.accept().unwrap();
            while socket.write_all(&[0]).is_ok() {
                std::thread::sleep(Duration::from_millis(20));
            }
        });
        let socket = TcpStream::connect(address).unwrap();
        let timeout = Duration::from_millis(200);
        let stream = Stream::Plain(TimedSocket { socket, until: Instant::now() + timeout });
        let mut client = Client { stream, timeout, sequence: 0 };
        let begun = Instant::now();
        // Four zeros are a frame without octets, which is no reply; a hundred times that many octets never end one.
        let answer = client.call("ask", |_| Ok(()), |input, _| input.read_string());
        assert!(answer.is_err() && begun.elapsed() < Duration::from_secs(5));
        drop(client);
        dripping.join().unwrap();
    }
}
