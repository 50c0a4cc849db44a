//! One connection to a token server: a call goes out in a frame, its reply comes back in one.

use std::fmt;
use std::io::{self, ErrorKind, Read, Write};
use std::net::{TcpStream, ToSocketAddrs};
use std::sync::Arc;
use std::time::{Duration, Instant};

use rustls::pki_types::ServerName;
use rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned};
use thrift::protocol::{
    TBinaryInputProtocol, TBinaryOutputProtocol, TInputProtocol, TMessageIdentifier, TMessageType, TOutputProtocol,
    TType,
};
use thrift::{ApplicationErrorKind, TConfiguration};

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

trait Stream: Read + Write + Send {}

impl<S: Read + Write + Send> Stream for S {}

/// A connection.
pub struct Client {
    stream: Box<dyn Stream>,
    /// The socket beneath, for its time limits.
    socket: TcpStream,
    timeout: Duration,
    sequence: i32,
}

impl fmt::Debug for Client {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Client").field("socket", &self.socket).finish_non_exhaustive()
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
        let of_socket = |error: io::Error| unreachable(error.to_string());
        socket.set_nodelay(true).map_err(of_socket)?;
        socket.set_read_timeout(Some(settings.timeout)).map_err(of_socket)?;
        socket.set_write_timeout(Some(settings.timeout)).map_err(of_socket)?;
        let beneath = socket.try_clone().map_err(of_socket)?;
        let stream: Box<dyn Stream> = match &settings.authorities {
            None => Box::new(beneath),
            Some(authorities) => {
                let mut roots = RootCertStore::empty();
                roots.add_parsable_certificates(authorities.iter().cloned());
                let unusable = |error: rustls::Error| HeadEndError::Certificate { problem: error.to_string() };
                let builder = ClientConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
                    .with_safe_default_protocol_versions()
                    .map_err(unusable)?
                    .with_root_certificates(roots);
                let config = match &settings.login.identity {
                    None => builder.with_no_client_auth(),
                    Some(identity) => builder
                        .with_client_auth_cert(identity.chain.clone(), identity.key.clone_key())
                        .map_err(unusable)?,
                };
                let host = ServerName::try_from(settings.host.clone())
                    .map_err(|error| unreachable(format!("the host has no name for TLS: {error}")))?;
                let connection = ClientConnection::new(Arc::new(config), host).map_err(unusable)?;
                let mut stream = StreamOwned::new(connection, beneath);
                // The handshake now, so that its failure is known to have sent nothing.
                while stream.conn.is_handshaking() {
                    stream.conn.complete_io(&mut stream.sock).map_err(|error| unreachable(format!("TLS: {error}")))?;
                }
                Box::new(stream)
            }
        };
        Ok(Client { stream, socket, timeout: settings.timeout, sequence: 0 })
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
        let mut message = Vec::new();
        write_call(&mut message, method, self.sequence, arguments).map_err(|error| Lost::Garbled(error.to_string()))?;
        let length = u32::try_from(message.len()).unwrap_or(u32::MAX);
        let mut frame = length.to_be_bytes().to_vec();
        frame.append(&mut message);
        self.stream.write_all(&frame).and_then(|()| self.stream.flush()).map_err(|error| {
            // Part of it may have gone out.
            Lost::Unanswered(format!("the request could not be sent whole: {error}"))
        })?;
        let body = self.frame().map_err(|error| Lost::Unanswered(in_words(&error)))?;
        read_reply(&body, method, self.sequence, result)
    }

    /// Reads a frame within the time for a reply.
    fn frame(&mut self) -> io::Result<Vec<u8>> {
        let until = Instant::now() + self.timeout;
        let mut head = [0u8; 4];
        self.fill(&mut head, until)?;
        let length = usize::try_from(u32::from_be_bytes(head)).unwrap_or(usize::MAX);
        if length > LONGEST {
            return Err(io::Error::new(ErrorKind::InvalidData, format!("a reply of {length} octets")));
        }
        let mut body = vec![0u8; length];
        self.fill(&mut body, until)?;
        Ok(body)
    }

    fn fill(&mut self, mut into: &mut [u8], until: Instant) -> io::Result<()> {
        while !into.is_empty() {
            let rest = until.saturating_duration_since(Instant::now());
            if rest.is_zero() {
                return Err(ErrorKind::TimedOut.into());
            }
            self.socket.set_read_timeout(Some(rest))?;
            match self.stream.read(into) {
                Ok(0) => return Err(ErrorKind::UnexpectedEof.into()),
                Ok(count) => into = into.get_mut(count..).unwrap_or_default(),
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }
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
fn read_reply<T>(
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
    let of_form = |error: thrift::Error| garbled(format!("it is no reply of the interface: {error}"));
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
