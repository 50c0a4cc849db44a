//! One POST, one reply, and what can be said when there is none.

use std::io::{ErrorKind, Read};
use std::time::Duration;

use rustls::AlertDescription;
use rustls::pki_types::PrivateKeyDer;
use ureq::tls::{Certificate, ClientCert, PrivateKey, RootCerts, TlsConfig};
use ureq::unversioned::resolver::DefaultResolver;
use ureq::unversioned::transport::{Connector, RustlsConnector, TcpConnector};
use ureq::{Agent, Timeout};

use super::late_alert::ReadBeforeGivingUp;
use super::settings::Settings;
use super::tree::MAX_REPLY;
use crate::headend::HeadEndError;
use crate::keys::pem;

/// Longest wait for a connection.
const CONNECT: Duration = Duration::from_secs(15);

/// A reply that came whole.
#[derive(Debug)]
pub struct HttpReply {
    /// HTTP status.
    pub status: u16,
    /// The body, unpacked.
    pub body: String,
}

/// Why there is no reply.
#[derive(Debug)]
pub enum Lost {
    /// The server cannot have seen the request.
    NotSent(HeadEndError),
    /// It may have.
    Unanswered(String),
}

/// A client for one server.
///
/// # Errors
/// A key that the library does not take.
pub fn agent(settings: &Settings) -> Result<Agent, HeadEndError> {
    let login = match &settings.credentials.identity {
        None => None,
        Some(identity) => {
            let label = match &identity.key {
                PrivateKeyDer::Pkcs1(_) => "RSA PRIVATE KEY",
                PrivateKeyDer::Sec1(_) => "EC PRIVATE KEY",
                _ => "PRIVATE KEY",
            };
            // The library takes the kind of a key only from PEM.
            let text = pem(label, identity.key.secret_der());
            let unusable = |error: ureq::Error| HeadEndError::Certificate { problem: error.to_string() };
            let key = PrivateKey::from_pem(text.as_bytes()).map_err(unusable)?;
            let chain: Vec<Certificate<'static>> =
                identity.chain.iter().map(|der| Certificate::from_der(der).to_owned()).collect();
            Some(ClientCert::new_with_certs(&chain, key))
        }
    };
    let roots: Vec<Certificate<'static>> =
        settings.authorities.iter().map(|der| Certificate::from_der(der).to_owned()).collect();
    let tls = TlsConfig::builder()
        .client_cert(login)
        .root_certs(RootCerts::new_with_certs(&roots))
        .unversioned_rustls_crypto_provider(std::sync::Arc::new(rustls::crypto::ring::default_provider()))
        .build();
    let wait = settings.timeout;
    let config = Agent::config_builder()
        .tls_config(tls)
        .timeout_resolve(Some(wait.min(CONNECT)))
        .timeout_connect(Some(wait.min(CONNECT)))
        .timeout_send_request(Some(wait))
        .timeout_send_body(Some(wait))
        .timeout_recv_response(Some(wait))
        .timeout_recv_body(Some(wait))
        .http_status_as_error(false)
        .max_redirects(0)
        .proxy(None)
        // A connection kept from before may be half dead, and then nobody can say whether the request arrived.
        .max_idle_connections(0)
        .user_agent(concat!("wattkey/", env!("CARGO_PKG_VERSION")))
        .build();
    let connector = ().chain(TcpConnector::default()).chain(ReadBeforeGivingUp).chain(RustlsConnector::default());
    Ok(Agent::with_parts(config, connector, DefaultResolver::default()))
}

/// Posts a message.
///
/// # Errors
/// [`Lost`].
pub fn post(agent: &Agent, settings: &Settings, message: &str) -> Result<HttpReply, Lost> {
    let sent = agent
        .post(&settings.url)
        .header("Content-Type", "text/xml; charset=utf-8")
        .header("SOAPAction", &settings.soap_action)
        .send(message);
    let mut response = sent.map_err(|error| match classify(&settings.url, error) {
        // In TLS 1.3 a server refuses after the client has begun to talk, and its reason may be lost with the line.
        Lost::Unanswered(problem) if settings.credentials.identity.is_none() => {
            Lost::Unanswered(format!("{problem}; no client certificate is configured, which some servers want"))
        }
        lost => lost,
    })?;
    let status = response.status().as_u16();
    let mut body = Vec::new();
    let limit = MAX_REPLY as u64 + 1;
    let read = response.body_mut().as_reader().take(limit).read_to_end(&mut body);
    read.map_err(|error| Lost::Unanswered(format!("the reply broke off: {error}")))?;
    let body = String::from_utf8(body).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned());
    Ok(HttpReply { status, body })
}

fn classify(url: &str, error: ureq::Error) -> Lost {
    let not_reached = |problem: String| Lost::NotSent(HeadEndError::Unreachable { name: url.to_owned(), problem });
    match error {
        ureq::Error::HostNotFound | ureq::Error::ConnectionFailed | ureq::Error::BadUri(_) => {
            not_reached(error.to_string())
        }
        ureq::Error::Timeout(Timeout::Resolve | Timeout::Connect) => not_reached(error.to_string()),
        ureq::Error::Rustls(problem) => of_tls(url, &problem),
        ureq::Error::Tls(problem) => certificate(url, problem.to_owned()),
        ureq::Error::Io(problem) => match problem.get_ref().and_then(|inner| inner.downcast_ref::<rustls::Error>()) {
            Some(inner) => of_tls(url, inner),
            None if problem.kind() == ErrorKind::ConnectionRefused => not_reached(problem.to_string()),
            None => Lost::Unanswered(problem.to_string()),
        },
        other => Lost::Unanswered(other.to_string()),
    }
}

fn certificate(url: &str, problem: String) -> Lost {
    Lost::NotSent(HeadEndError::Certificate { problem: format!("{url}: {problem}; nothing was sent") })
}

/// What TLS says, in words that tell whose certificate it is about.
fn of_tls(url: &str, error: &rustls::Error) -> Lost {
    match error {
        rustls::Error::InvalidCertificate(problem) => certificate(
            url,
            format!(
                "the server's certificate is not accepted ({problem:?}); check ca and url, and that the server's key has \
                 2048 bits if it is RSA"
            ),
        ),
        // Alerts of the handshake: the server has read nothing of the request.
        rustls::Error::AlertReceived(
            alert @ (AlertDescription::CertificateRequired
            | AlertDescription::BadCertificate
            | AlertDescription::UnsupportedCertificate
            | AlertDescription::CertificateRevoked
            | AlertDescription::CertificateExpired
            | AlertDescription::CertificateUnknown
            | AlertDescription::UnknownCA
            | AlertDescription::AccessDenied
            | AlertDescription::HandshakeFailure
            | AlertDescription::DecryptError),
        ) => certificate(
            url,
            format!("the server does not accept the client's certificate ({alert:?}); check certificate and key"),
        ),
        rustls::Error::PeerIncompatible(_) | rustls::Error::NoCertificatesPresented => {
            certificate(url, format!("server and client have no TLS in common ({error})"))
        }
        other => Lost::Unanswered(other.to_string()),
    }
}
