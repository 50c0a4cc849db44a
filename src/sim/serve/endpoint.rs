//! Where a line of meters is reached: the text of `--listen`, and the open port.

use std::fmt;
use std::io;
use std::net::{TcpListener, ToSocketAddrs};
use std::path::PathBuf;
use std::str::FromStr;

#[cfg(unix)]
use super::pty;
use super::{HostError, SharedLine, rfc2217, tcp};

/// A place to listen at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Endpoint {
    /// Raw TCP.
    Tcp {
        /// Address to listen on.
        host: String,
        /// Port; 0 lets the system choose.
        port: u16,
    },
    /// TCP with RFC 2217.
    Rfc2217 {
        /// Address to listen on.
        host: String,
        /// Port; 0 lets the system choose.
        port: u16,
    },
    /// A pseudo-terminal with a symbolic link to its client side.
    Pty(PathBuf),
}

/// Why a place cannot be listened at.
#[derive(Debug, thiserror::Error)]
pub enum EndpointError {
    /// Another program, or another line, is there.
    #[error("{0} is in use")]
    Busy(String),
    /// This user may not.
    #[error("{0}: permission denied")]
    Permission(String),
    /// It is not there, or the system has none.
    #[error("{endpoint}: {reason}")]
    Absent {
        /// The place.
        endpoint: String,
        /// What the system said.
        reason: String,
    },
}

impl FromStr for Endpoint {
    type Err = String;

    /// Reads `tcp:HOST:PORT`, `tcp:PORT`, `rfc2217:HOST:PORT`, `rfc2217:PORT` or `pty:PATH`. Without a host it is the
    /// loopback.
    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || format!("{text:?} is no place to listen: write tcp:HOST:PORT, rfc2217:HOST:PORT or pty:PATH");
        if let Some(path) = text.strip_prefix("pty:") {
            return if path.is_empty() { Err(wrong()) } else { Ok(Endpoint::Pty(PathBuf::from(path))) };
        }
        let (kind, place) = text.split_once(':').ok_or_else(wrong)?;
        let (host, port) = place.rsplit_once(':').unwrap_or(("127.0.0.1", place));
        let host = host.trim_start_matches('[').trim_end_matches(']').to_owned();
        let port = port.parse().map_err(|_| wrong())?;
        match kind {
            _ if host.is_empty() => Err(wrong()),
            "tcp" => Ok(Endpoint::Tcp { host, port }),
            "rfc2217" => Ok(Endpoint::Rfc2217 { host, port }),
            _ => Err(wrong()),
        }
    }
}

impl fmt::Display for Endpoint {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Endpoint::Tcp { host, port } => write!(formatter, "tcp:{host}:{port}"),
            Endpoint::Rfc2217 { host, port } => write!(formatter, "rfc2217:{host}:{port}"),
            Endpoint::Pty(path) => write!(formatter, "pty:{}", path.display()),
        }
    }
}

impl Endpoint {
    /// The place of the line `index` steps further: ports count up, a path gets a number. `None` past the last port.
    pub fn further(&self, index: u16) -> Option<Self> {
        let further = |port: u16| if port == 0 { Some(0) } else { port.checked_add(index) };
        Some(match self {
            Endpoint::Tcp { host, port } => Endpoint::Tcp { host: host.clone(), port: further(*port)? },
            Endpoint::Rfc2217 { host, port } => Endpoint::Rfc2217 { host: host.clone(), port: further(*port)? },
            Endpoint::Pty(path) if index == 0 => Endpoint::Pty(path.clone()),
            Endpoint::Pty(path) => {
                let mut path = path.clone().into_os_string();
                path.push(format!(".{}", index.saturating_add(1)));
                Endpoint::Pty(path.into())
            }
        })
    }

    /// Opens it.
    ///
    /// # Errors
    /// [`EndpointError`].
    pub fn open(&self) -> Result<OpenEndpoint, EndpointError> {
        match self {
            Endpoint::Tcp { host, port } => {
                let (listener, link) = listen("tcp", host, *port)?;
                Ok(OpenEndpoint { link, port: OpenPort::Tcp(listener) })
            }
            Endpoint::Rfc2217 { host, port } => {
                let (listener, link) = listen("rfc2217", host, *port)?;
                Ok(OpenEndpoint { link, port: OpenPort::Rfc2217(listener) })
            }
            #[cfg(unix)]
            Endpoint::Pty(path) => {
                let link = path.display().to_string();
                let pty = pty::Pty::open(path).map_err(|error| refused(&link, &error))?;
                Ok(OpenEndpoint { link, port: OpenPort::Pty(pty) })
            }
            #[cfg(not(unix))]
            Endpoint::Pty(path) => Err(EndpointError::Absent {
                endpoint: path.display().to_string(),
                reason: "this system has no pseudo-terminals; use tcp:".to_owned(),
            }),
        }
    }
}

/// A listener, and the link a client gives to reach it.
fn listen(kind: &str, host: &str, port: u16) -> Result<(TcpListener, String), EndpointError> {
    let name = format!("{kind}:{host}:{port}");
    let open = || {
        let addresses: Vec<_> = (host, port).to_socket_addrs()?.collect();
        TcpListener::bind(addresses.as_slice())
    };
    let listener = open().map_err(|error| refused(&name, &error))?;
    let port = listener.local_addr().map_or(port, |address| address.port());
    let host = match host {
        "0.0.0.0" | "::" => "127.0.0.1".to_owned(),
        host if host.contains(':') => format!("[{host}]"),
        host => host.to_owned(),
    };
    Ok((listener, format!("{kind}:{host}:{port}")))
}

fn refused(endpoint: &str, error: &io::Error) -> EndpointError {
    match error.kind() {
        io::ErrorKind::AddrInUse | io::ErrorKind::ResourceBusy => EndpointError::Busy(endpoint.to_owned()),
        io::ErrorKind::PermissionDenied => EndpointError::Permission(endpoint.to_owned()),
        _ => EndpointError::Absent { endpoint: endpoint.to_owned(), reason: error.to_string() },
    }
}

#[derive(Debug)]
enum OpenPort {
    Tcp(TcpListener),
    Rfc2217(TcpListener),
    #[cfg(unix)]
    Pty(pty::Pty),
}

/// A place that is being listened at. The link of a pseudo-terminal goes when this is dropped.
#[derive(Debug)]
pub struct OpenEndpoint {
    link: String,
    port: OpenPort,
}

impl OpenEndpoint {
    /// The link a client gives to reach it.
    pub fn link(&self) -> &str {
        &self.link
    }

    /// Serves the line here from a thread of its own, which lasts as long as the process. When the line's meters can no
    /// longer be kept, `failed` is told.
    ///
    /// # Errors
    /// What the system says when it has no thread or handle left.
    pub fn serve(&self, line: SharedLine, failed: impl FnOnce(HostError) + Send + 'static) -> io::Result<()> {
        let serve: Box<dyn FnOnce() -> Result<(), HostError> + Send> = match &self.port {
            OpenPort::Tcp(listener) => {
                let listener = listener.try_clone()?;
                Box::new(move || tcp::serve(&listener, &line))
            }
            OpenPort::Rfc2217(listener) => {
                let listener = listener.try_clone()?;
                Box::new(move || rfc2217::serve(&listener, &line))
            }
            #[cfg(unix)]
            OpenPort::Pty(pty) => {
                let ours = pty.try_clone()?;
                Box::new(move || pty::serve(&ours, &line))
            }
        };
        let run = move || {
            if let Err(error) = serve() {
                failed(error);
            }
        };
        std::thread::Builder::new().stack_size(256 * 1024).spawn(run).map(|_| ())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_read_and_counted_on() {
        let place: Endpoint = "tcp:4059".parse().unwrap();
        assert_eq!(place, Endpoint::Tcp { host: "127.0.0.1".to_owned(), port: 4059 });
        assert_eq!(place.further(2), Some(Endpoint::Tcp { host: "127.0.0.1".to_owned(), port: 4061 }));
        assert_eq!("tcp:h:65535".parse::<Endpoint>().unwrap().further(1), None);
        let pty: Endpoint = "pty:/tmp/m".parse().unwrap();
        assert_eq!(pty.further(0), Some(pty.clone()));
        assert_eq!(pty.further(1), Some(Endpoint::Pty("/tmp/m.2".into())));
        for wrong in ["tcp:", "udp:h:1", "pty:", "4059", "tcp:h:99999"] {
            assert!(wrong.parse::<Endpoint>().is_err(), "{wrong}");
        }
    }
}
