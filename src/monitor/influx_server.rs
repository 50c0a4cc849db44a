//! Records on their way to a server that takes InfluxDB's line protocol over HTTP.

use std::path::Path;
use std::time::Duration;

use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use ureq::Agent;
use ureq::http::Uri;
use ureq::tls::{Certificate, RootCerts, TlsConfig};
use zeroize::Zeroizing;

use super::forwarding::{Outgoing, Sink, SinkError};
use super::influx;

/// How long the server may take to be reached, and for one batch.
const CONNECT: Duration = Duration::from_secs(5);
const TIME: Duration = Duration::from_secs(20);
/// Longest part of a server's words that is told.
const LONGEST_REASON: usize = 200;

/// A server that takes the line protocol.
pub struct InfluxServer {
    url: String,
    /// Without what may be secret.
    name: String,
    token: Option<Zeroizing<String>>,
    agent: Agent,
}

impl std::fmt::Debug for InfluxServer {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("InfluxServer").field("name", &self.name).finish_non_exhaustive()
    }
}

impl InfluxServer {
    /// `url` is the whole address of a write, such as `http://host:8086/api/v2/write?org=o&bucket=b`; `authority` a file of
    /// certificates (PEM) for `https`.
    ///
    /// # Errors
    /// What is wrong with the address or the file, in a sentence.
    pub fn new(url: &str, token: Option<Zeroizing<String>>, authority: Option<&Path>) -> Result<Self, String> {
        let address: Uri = url.parse().map_err(|error| format!("it is no address of a write: {error}"))?;
        let (Some(scheme), Some(place)) = (address.scheme_str(), address.authority()) else {
            return Err("it is no address of a write: it begins with http:// or https://".to_owned());
        };
        let is_tls = scheme == "https";
        if !is_tls && scheme != "http" {
            return Err(format!("it is no address of a write: it begins with http:// or https://, not {scheme}"));
        }
        let keys =
            address.query().unwrap_or_default().split('&').map(|part| part.split('=').next().unwrap_or_default());
        if place.as_str().contains('@') || keys.clone().any(|key| ["u", "p", "token"].contains(&key)) {
            return Err("it holds a login: put a token into the file of credentials".to_owned());
        }
        if address
            .query()
            .unwrap_or_default()
            .split('&')
            .any(|part| part.starts_with("precision=") && part != "precision=ns")
        {
            return Err("times go out in nanoseconds: leave precision out".to_owned());
        }
        if token.as_ref().is_some_and(|token| !token.chars().all(|c| c.is_ascii_graphic())) {
            return Err("the token holds blanks or signs that no token has".to_owned());
        }
        let name = format!("{scheme}://{place}{}", address.path());
        let mut roots = Vec::new();
        if let Some(path) = authority {
            let unusable = |problem: String| format!("{} cannot be used: {problem}", path.display());
            let found = CertificateDer::pem_file_iter(path).map_err(|error| unusable(error.to_string()))?;
            for certificate in found {
                let certificate = certificate.map_err(|error| unusable(error.to_string()))?;
                roots.push(Certificate::from_der(&certificate).to_owned());
            }
        }
        if is_tls && roots.is_empty() {
            return Err("https needs the certificate of the authority that signed the server's".to_owned());
        }
        let tls = TlsConfig::builder()
            .root_certs(RootCerts::new_with_certs(&roots))
            .unversioned_rustls_crypto_provider(std::sync::Arc::new(rustls::crypto::ring::default_provider()))
            .build();
        let config = Agent::config_builder()
            .tls_config(tls)
            .timeout_connect(Some(CONNECT))
            .timeout_global(Some(TIME))
            .http_status_as_error(false)
            .max_redirects(0)
            .proxy(None)
            .user_agent(concat!("wattkey/", env!("CARGO_PKG_VERSION")))
            .build();
        Ok(InfluxServer { url: url.to_owned(), name, token, agent: config.into() })
    }
}

impl Sink for InfluxServer {
    fn name(&self) -> String {
        self.name.clone()
    }

    /// A point has the time and tags of its reading: one that is sent again replaces itself.
    fn take(&mut self, records: &[Outgoing]) -> Result<(), SinkError> {
        let lines: String = records.iter().filter_map(|record| influx::line(&record.document)).collect();
        if lines.is_empty() {
            return Ok(());
        }
        let mut request = self.agent.post(&self.url).header("Content-Type", "text/plain; charset=utf-8");
        if let Some(token) = &self.token {
            request = request.header("Authorization", &format!("Token {}", token.as_str()));
        }
        let mut response = request.send(&lines).map_err(|error| SinkError::Away(error.to_string()))?;
        let status = response.status().as_u16();
        if (200..300).contains(&status) {
            return Ok(());
        }
        let body = response.body_mut().with_config().limit(4_096).read_to_string().unwrap_or_default();
        let words: String = body.chars().filter(|c| !c.is_control()).take(LONGEST_REASON).collect();
        let reason = format!("it answers {status}: {words}");
        // What is wrong with the points themselves; all else may be mended at the server.
        Err(if matches!(status, 400 | 413 | 422) { SinkError::Refused(reason) } else { SinkError::Away(reason) })
    }
}
