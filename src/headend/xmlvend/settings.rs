//! The section of an XMLVend server, and its file of credentials.

use std::path::{Path, PathBuf};
use std::time::Duration;

use rustls::pki_types::CertificateDer;
use serde::Deserialize;
use time::UtcOffset;

use crate::headend::HeadEndError;
use crate::headend::certificate::load_authorities;
use crate::headend::login::{Login, load_login};
use crate::headend::section::{rebase_files, timeout};
use crate::keys::Exposure;

/// Wait for a reply where the section is silent.
const TIMEOUT_S: f64 = 60.0;

/// Which extensions a server has.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Profile {
    /// The standard alone.
    #[default]
    Nrs,
    /// Eskom's reports.
    Eskom,
    /// Conlog's server, whose published classes have Eskom's reports too.
    Conlog,
}

impl Profile {
    /// Whether fault reports may carry the types of Eskom's extension.
    pub const fn has_eskom_reports(self) -> bool {
        matches!(self, Profile::Eskom | Profile::Conlog)
    }
}

/// Which field of the customer a vend code is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
pub enum CodeField {
    /// Account number.
    #[default]
    #[serde(rename = "accNo")]
    AccountNumber,
    /// Location reference.
    #[serde(rename = "locRef")]
    LocationReference,
    /// Identity number.
    #[serde(rename = "idNo")]
    IdNumber,
    /// The code is not compared.
    #[serde(rename = "none")]
    None,
}

/// `kind = "xmlvend"`
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct XmlvendSection {
    /// Address of the service.
    pub url: String,
    /// Extensions it has.
    #[serde(default)]
    pub profile: Profile,
    /// Number of the client: an EAN of 13 digits, the same as in the certificate, or another name.
    pub client_id: String,
    /// Name of this terminal; no two computers may share one.
    pub terminal_id: String,
    /// Field that a vend code is.
    #[serde(default)]
    pub vend_code: CodeField,
    /// Certificate of the authority that signed the server's, PEM.
    #[serde(default)]
    pub ca: Option<PathBuf>,
    /// File with certificate, key and login.
    #[serde(default)]
    pub credentials: Option<PathBuf>,
    /// Wait for a reply, in seconds.
    #[serde(default)]
    pub timeout_s: Option<f64>,
    /// Value of the SOAPAction header.
    #[serde(default)]
    pub soap_action: String,
    /// Offset of the server's clock from UTC, such as `+02:00`.
    #[serde(default)]
    pub utc_offset: Option<String>,
    /// Token technology of the meters, `02` for keypads.
    #[serde(default)]
    pub token_technology: Option<String>,
    /// Allow an address without TLS.
    #[serde(default)]
    pub plain_http: bool,
}

/// What the driver works with, checked.
#[derive(Debug)]
pub struct Settings {
    /// Address of the service.
    pub url: String,
    /// Extensions.
    pub profile: Profile,
    /// `clientID`
    pub client_id: String,
    /// `terminalID`
    pub terminal_id: String,
    /// Field that a vend code is.
    pub vend_code: CodeField,
    /// Authorities that may have signed the server's certificate.
    pub authorities: Vec<CertificateDer<'static>>,
    /// Certificate, key and login.
    pub credentials: Login,
    /// Wait for a reply.
    pub timeout: Duration,
    /// SOAPAction header, in quotes.
    pub soap_action: String,
    /// Offset of the server's clock.
    pub utc_offset: UtcOffset,
    /// Token technology.
    pub token_technology: String,
}

impl XmlvendSection {
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
        let is_tls = self.url.starts_with("https://");
        if !is_tls && !self.url.starts_with("http://") {
            return Err(wrong("url is no address such as https://vend.example:8443/xmlvend"));
        }
        if !is_tls && !self.plain_http {
            return Err(wrong(
                "url has no TLS, so anybody on the way could read the login and the tokens; use https, or \
                              set plain_http = true where the network itself is safe",
            ));
        }
        for (field, text) in [("client_id", &self.client_id), ("terminal_id", &self.terminal_id)] {
            if text.trim().is_empty() || text.len() > 100 || text.chars().any(char::is_control) {
                return Err(wrong(&format!("{field} has to be a name of 1 to 100 characters")));
            }
        }
        let timeout = timeout(self.timeout_s.unwrap_or(TIMEOUT_S)).map_err(wrong)?;
        if self.soap_action.chars().any(|c| c.is_control() || c == '"' || !c.is_ascii()) {
            return Err(wrong("soap_action has characters that no header takes"));
        }
        let technology = self.token_technology.as_deref().unwrap_or("02");
        if technology.len() != 2 || !technology.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(wrong("token_technology has two digits, such as 02"));
        }
        let authorities = match &self.ca {
            Some(path) => load_authorities(path)?,
            None if is_tls => {
                return Err(wrong(
                    "ca is missing: name the PEM file of the authority that signed the server's \
                                  certificate; for public ones /etc/ssl/certs/ca-certificates.crt",
                ));
            }
            None => Vec::new(),
        };
        let credentials = match &self.credentials {
            Some(path) => load_login(path, exposure)?,
            None => Login::default(),
        };
        Ok(Settings {
            url: self.url.clone(),
            profile: self.profile,
            client_id: self.client_id.clone(),
            terminal_id: self.terminal_id.clone(),
            vend_code: self.vend_code,
            authorities,
            credentials,
            timeout,
            soap_action: format!("\"{}\"", self.soap_action),
            utc_offset: self
                .utc_offset
                .as_deref()
                .map_or(Some(UtcOffset::UTC), offset)
                .ok_or_else(|| wrong("utc_offset is no offset from UTC, such as +02:00"))?,
            token_technology: technology.to_owned(),
        })
    }
}

/// `+02:00`, `-03:30` or `Z`.
fn offset(text: &str) -> Option<UtcOffset> {
    if text == "Z" {
        return Some(UtcOffset::UTC);
    }
    let (sign, rest) = match text.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, text.strip_prefix('+')?),
    };
    let (hours, minutes) = rest.split_once(':')?;
    let number = |text: &str| text.parse::<i8>().ok().filter(|number| (0..60).contains(number));
    UtcOffset::from_hms(sign * number(hours)?, sign * number(minutes)?, 0).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn section(text: &str) -> Result<Settings, String> {
        let base = "url = \"http://127.0.0.1:1/x\"\nclient_id = \"6004708001981\"\nterminal_id = \"T\"\n";
        let parsed: toml::Table = format!("{base}{text}").parse().unwrap();
        let section: XmlvendSection = parsed.try_into().map_err(|error: toml::de::Error| error.message().to_owned())?;
        section.settle("city", Exposure::Refuse).map_err(|error| error.to_string())
    }

    #[test]
    fn a_section_is_checked_value_by_value() {
        let settings = section("plain_http = true\nutc_offset = \"+02:00\"\nvend_code = \"locRef\"").unwrap();
        assert_eq!((settings.utc_offset.whole_hours(), settings.soap_action.as_str()), (2, "\"\""));
        assert_eq!(settings.vend_code, CodeField::LocationReference);
        let told = |text: &str| section(text).unwrap_err();
        assert!(told("").contains("no TLS"));
        assert!(told("plain_http = true\ntimeout_s = 0").contains("timeout_s"));
        assert!(told("plain_http = true\nutc_offset = \"2\"").contains("utc_offset"));
        assert!(told("plain_http = true\ntoken_technology = \"2\"").contains("two digits"));
        assert!(told("plain_http = true\nsoap_action = \"a\\\"b\"").contains("soap_action"));
        assert!(told("plain_http = true\ncolour = 1").contains("unknown field"));
        assert!(told("profile = \"acme\"").contains("unknown variant"));
    }
}
