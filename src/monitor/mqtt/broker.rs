//! Where the broker is and how to reach it: address, TLS files, and the open stream.

use std::fmt;
use std::io::{self, Read, Write};
use std::net::{TcpStream, ToSocketAddrs};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName};
use rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned};
use zeroize::Zeroizing;

/// How long a connection attempt to one address may take.
const CONNECT_TIME: Duration = Duration::from_secs(5);

/// Longest wait of one read, so that the stop wish is seen.
const READ_SLICE: Duration = Duration::from_millis(50);

/// Certificates of a TLS connection, in PEM files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TlsFiles {
    /// Certificate authorities the broker is held against.
    pub authorities: PathBuf,
    /// Our own certificate and key, where the broker asks for them.
    pub client: Option<(PathBuf, PathBuf)>,
}

/// A broker and how to speak to it.
#[derive(Clone)]
pub struct Broker {
    /// Host name or address.
    pub host: String,
    /// TCP port: 1883, or 8883 with TLS.
    pub port: u16,
    /// TLS, when asked for by `mqtts://`.
    pub tls: Option<TlsFiles>,
    /// Client identifier; two clients with one identifier throw each other off.
    pub client_id: String,
    /// User name and password.
    pub login: Option<(String, Zeroizing<String>)>,
}

impl fmt::Debug for Broker {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let login = self.login.as_ref().map(|(user, _)| (user, "[redacted]"));
        formatter
            .debug_struct("Broker")
            .field("host", &self.host)
            .field("port", &self.port)
            .field("tls", &self.tls)
            .field("client_id", &self.client_id)
            .field("login", &login)
            .finish()
    }
}

/// Why the broker cannot be reached.
#[derive(Debug, thiserror::Error)]
pub enum BrokerError {
    /// The address cannot be understood.
    #[error("{0:?} is not a broker: write mqtt://HOST:PORT, or mqtts://HOST:PORT for TLS")]
    Address(String),
    /// A certificate or key file cannot be used.
    #[error("{file}: {reason}")]
    Certificate {
        /// The file.
        file: String,
        /// What is wrong with it.
        reason: String,
    },
    /// The connection failed or broke.
    #[error("the broker {0}: {1}")]
    Line(String, io::Error),
    /// The broker answered and said no.
    #[error("the broker {0} refused the connection: {1}")]
    Refused(String, String),
    /// It said that it does not speak the version of MQTT it was spoken to in.
    #[error("the broker {0} does not speak this version of MQTT")]
    OtherVersion(String),
    /// It did not answer the CONNECT of MQTT 5: it hung up, said nothing or something else.
    #[error(transparent)]
    Unanswered(Box<BrokerError>),
    /// What came is no MQTT.
    #[error("the broker {0}: {1}")]
    Protocol(String, String),
}

impl Broker {
    /// Reads `mqtt://HOST[:PORT]` or `mqtts://HOST[:PORT]`; `authorities` is needed for the second.
    ///
    /// # Errors
    /// [`BrokerError::Address`], and [`BrokerError::Certificate`] when TLS is asked for without a file.
    pub fn parse(text: &str, tls: Option<TlsFiles>, client_id: &str) -> Result<Self, BrokerError> {
        let bad = || BrokerError::Address(text.to_owned());
        let (scheme, rest) = text.split_once("://").ok_or_else(bad)?;
        let (secure, default_port) = match scheme {
            "mqtt" => (false, 1_883),
            "mqtts" => (true, 8_883),
            _ => return Err(bad()),
        };
        let (host, port) = match rest.rsplit_once(':') {
            Some((host, port)) if !port.contains(']') => (host, port.parse().map_err(|_| bad())?),
            _ => (rest, default_port),
        };
        let host = host.trim_start_matches('[').trim_end_matches(']');
        if host.is_empty() || host.contains('/') {
            return Err(bad());
        }
        let tls = if secure {
            Some(tls.ok_or_else(|| BrokerError::Certificate {
                file: text.to_owned(),
                reason: "TLS needs the file of the authority that signed the broker's certificate".to_owned(),
            })?)
        } else {
            None
        };
        Ok(Broker { host: host.to_owned(), port, tls, client_id: client_id.to_owned(), login: None })
    }

    /// Looks whether the certificate files can be used, before the first connection needs them.
    ///
    /// # Errors
    /// [`BrokerError::Certificate`].
    pub fn check(&self) -> Result<(), BrokerError> {
        self.tls.as_ref().map(client_config).transpose().map(drop)
    }

    /// The address as people read it.
    pub fn name(&self) -> String {
        format!("{}:{}", self.host, self.port)
    }

    /// Opens the connection.
    ///
    /// # Errors
    /// [`BrokerError::Line`] or [`BrokerError::Certificate`].
    pub(super) fn connect(&self) -> Result<Stream, BrokerError> {
        let line = |error| BrokerError::Line(self.name(), error);
        let mut last = io::Error::new(io::ErrorKind::NotFound, "the host has no address");
        for address in (self.host.as_str(), self.port).to_socket_addrs().map_err(line)? {
            match TcpStream::connect_timeout(&address, CONNECT_TIME) {
                Ok(socket) => {
                    socket.set_nodelay(true).map_err(line)?;
                    socket.set_read_timeout(Some(READ_SLICE)).map_err(line)?;
                    socket.set_write_timeout(Some(CONNECT_TIME)).map_err(line)?;
                    return self.secure(socket);
                }
                Err(error) => last = error,
            }
        }
        Err(line(last))
    }

    fn secure(&self, socket: TcpStream) -> Result<Stream, BrokerError> {
        let Some(files) = &self.tls else { return Ok(Stream::Plain(socket)) };
        let config = client_config(files)?;
        let name = ServerName::try_from(self.host.clone()).map_err(|_| BrokerError::Address(self.host.clone()))?;
        let connection = ClientConnection::new(Arc::new(config), name)
            .map_err(|error| BrokerError::Line(self.name(), io::Error::other(error)))?;
        Ok(Stream::Tls(Box::new(StreamOwned::new(connection, socket))))
    }
}

fn client_config(files: &TlsFiles) -> Result<ClientConfig, BrokerError> {
    let fail = |file: &Path, reason: String| BrokerError::Certificate { file: file.display().to_string(), reason };
    let certificates = |file: &Path| -> Result<Vec<CertificateDer<'static>>, BrokerError> {
        let found = CertificateDer::pem_file_iter(file)
            .and_then(|found| found.collect::<Result<Vec<_>, _>>())
            .map_err(|error| fail(file, error.to_string()))?;
        if found.is_empty() { Err(fail(file, "holds no certificate in PEM form".to_owned())) } else { Ok(found) }
    };
    let mut roots = RootCertStore::empty();
    for certificate in certificates(&files.authorities)? {
        roots.add(certificate).map_err(|error| fail(&files.authorities, error.to_string()))?;
    }
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let builder = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| fail(&files.authorities, error.to_string()))?
        .with_root_certificates(roots);
    match &files.client {
        None => Ok(builder.with_no_client_auth()),
        Some((certificate, key)) => {
            let chain = certificates(certificate)?;
            let secret = PrivateKeyDer::from_pem_file(key).map_err(|error| fail(key, error.to_string()))?;
            builder.with_client_auth_cert(chain, secret).map_err(|error| fail(key, error.to_string()))
        }
    }
}

/// A plain or a secured connection.
#[derive(Debug)]
pub(super) enum Stream {
    Plain(TcpStream),
    Tls(Box<StreamOwned<ClientConnection, TcpStream>>),
}

impl Stream {
    /// Reads what has come: `None` when nothing came within a slice.
    pub(super) fn read_slice(&mut self, buffer: &mut [u8]) -> io::Result<Option<usize>> {
        let result = match self {
            Stream::Plain(socket) => socket.read(buffer),
            Stream::Tls(stream) => stream.read(buffer),
        };
        match result {
            Ok(count) => Ok(Some(count)),
            Err(error)
                if matches!(
                    error.kind(),
                    io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut | io::ErrorKind::Interrupted
                ) =>
            {
                Ok(None)
            }
            Err(error) => Err(error),
        }
    }

    pub(super) fn write_all(&mut self, octets: &[u8]) -> io::Result<()> {
        match self {
            Stream::Plain(socket) => socket.write_all(octets),
            Stream::Tls(stream) => {
                stream.write_all(octets)?;
                stream.flush()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses() {
        let broker = Broker::parse("mqtt://cabinet.local", None, "box").unwrap();
        assert_eq!((broker.host.as_str(), broker.port), ("cabinet.local", 1_883));
        let broker = Broker::parse("mqtt://[::1]:1884", None, "box").unwrap();
        assert_eq!((broker.host.as_str(), broker.port), ("::1", 1_884));
        assert!(matches!(Broker::parse("cabinet:1883", None, "box"), Err(BrokerError::Address(_))));
        assert!(matches!(Broker::parse("mqtt://cabinet:x", None, "box"), Err(BrokerError::Address(_))));
        assert!(matches!(Broker::parse("mqtts://cabinet", None, "box"), Err(BrokerError::Certificate { .. })));
    }

    #[test]
    fn the_password_is_not_shown() {
        let mut broker = Broker::parse("mqtt://cabinet", None, "box").unwrap();
        broker.login = Some(("crew".into(), Zeroizing::new("secret".into())));
        assert!(!format!("{broker:?}").contains("secret"));
    }
}
