//! The section of a token server.

use std::path::{Path, PathBuf};
use std::time::Duration;

use rustls::pki_types::CertificateDer;
use serde::Deserialize;

use crate::headend::HeadEndError;
use crate::headend::certificate::load_authorities;
use crate::headend::login::{Login, load_login};
use crate::headend::section::{rebase_files, timeout};
use crate::keys::Exposure;

/// Wait for a reply where the section is silent.
const TIMEOUT_S: f64 = 30.0;

/// `kind = "token-api"`
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TokenApiSection {
    /// Host and port.
    pub address: String,
    /// Name of this computer in the numbers of its messages: no two may share one.
    pub terminal_id: String,
    /// Realm of the login; `local` when left out.
    #[serde(default)]
    pub realm: Option<String>,
    /// PEM file of the authority that signed the server's certificate.
    #[serde(default)]
    pub ca: Option<PathBuf>,
    /// File with operator and password, and perhaps a client certificate.
    #[serde(default)]
    pub credentials: Option<PathBuf>,
    /// Longest wait for a reply, in seconds.
    #[serde(default)]
    pub timeout_s: Option<f64>,
    /// Allow a connection without TLS.
    #[serde(default)]
    pub plain_tcp: bool,
}

/// A section whose values are checked and whose files are read.
#[derive(Debug)]
pub struct Settings {
    /// Host and port.
    pub address: String,
    /// Host alone, as the server's certificate has it.
    pub host: String,
    /// Name of this computer.
    pub terminal_id: String,
    /// Realm of the login.
    pub realm: String,
    /// Authorities that may have signed the server's certificate; none without TLS.
    pub authorities: Option<Vec<CertificateDer<'static>>>,
    /// Operator, password, client certificate.
    pub login: Login,
    /// Wait for a reply.
    pub timeout: Duration,
}

impl TokenApiSection {
    /// Makes relative paths start elsewhere.
    pub fn rebase(&mut self, base: &dyn Fn(&Path) -> PathBuf) {
        rebase_files([&mut self.ca, &mut self.credentials], base);
    }

    /// Checks every value and loads the files.
    ///
    /// # Errors
    /// The value or file that does not do.
    pub fn settle(&self, name: &str, exposure: Exposure) -> Result<Settings, HeadEndError> {
        let wrong = |problem: &str| HeadEndError::Setup { name: name.to_owned(), problem: problem.to_owned() };
        let (host, port) = self.address.rsplit_once(':').ok_or_else(|| wrong("address is no HOST:PORT"))?;
        if host.is_empty() || port.parse::<u16>().is_err() {
            return Err(wrong("address is no HOST:PORT"));
        }
        let is_name = |character: char| character.is_ascii_alphanumeric() || matches!(character, '-' | '_' | '.');
        if self.terminal_id.is_empty() || self.terminal_id.len() > 40 || !self.terminal_id.chars().all(is_name) {
            return Err(wrong("terminal_id has to be 1 to 40 letters, digits, hyphens, dots or underscores"));
        }
        let timeout = timeout(self.timeout_s.unwrap_or(TIMEOUT_S)).map_err(wrong)?;
        let authorities = match (&self.ca, self.plain_tcp) {
            (Some(path), false) => Some(load_authorities(path)?),
            (None, true) => None,
            (Some(_), true) => return Err(wrong("ca and plain_tcp = true contradict each other: leave one out")),
            (None, false) => {
                return Err(wrong(
                    "ca is missing: name the PEM file of the authority that signed the server's certificate, or set \
                     plain_tcp = true where the network itself is safe",
                ));
            }
        };
        let login = match &self.credentials {
            Some(path) => load_login(path, exposure)?,
            None => return Err(wrong("credentials is missing: name the file with operator and password")),
        };
        if login.operator.is_none() || login.password.is_none() {
            return Err(wrong("the file of credentials needs operator and password"));
        }
        Ok(Settings {
            address: self.address.clone(),
            host: host.trim_matches(['[', ']']).to_owned(),
            terminal_id: self.terminal_id.clone(),
            realm: self.realm.clone().unwrap_or_else(|| "local".to_owned()),
            authorities,
            login,
            timeout,
        })
    }
}
