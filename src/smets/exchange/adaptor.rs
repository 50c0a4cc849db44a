//! A DCC adaptor over HTTP: one POST, one answer.

use std::io::Read;
use std::time::Duration;

use super::ExchangeError;
use crate::smets::catalogue::Service;
use crate::smets::duis::stream::MAX_MESSAGE;

/// What an adaptor answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// HTTP status.
    pub status: u16,
    /// The body, as far as a message may be long.
    pub body: Vec<u8>,
}

/// Posts a request to the service it belongs to. `base` is such as `http://localhost:8079`.
///
/// # Errors
/// An adaptor that is not reached (nothing was sent), or one that was and gave no answer (outcome unknown).
pub fn post(base: &str, service: Service, xml: &str, timeout: Duration) -> Result<Answer, ExchangeError> {
    let url = format!("{}{}", base.trim_end_matches('/'), service.path());
    if !base.starts_with("http://") {
        return Err(ExchangeError::Address(base.to_owned()));
    }
    let agent: ureq::Agent = ureq::Agent::config_builder()
        .timeout_global(Some(timeout))
        .http_status_as_error(false)
        .max_redirects(0)
        .proxy(None)
        .build()
        .into();
    let sent = agent.post(&url).header("Content-Type", "application/xml").send(xml);
    let mut response = sent.map_err(|error| fault(&url, &error))?;
    let status = response.status().as_u16();
    let mut body = Vec::new();
    let read = response.body_mut().as_reader().take(MAX_MESSAGE).read_to_end(&mut body);
    read.map_err(|error| ExchangeError::Unanswered { url, problem: error.to_string() })?;
    Ok(Answer { status, body })
}

fn fault(url: &str, error: &ureq::Error) -> ExchangeError {
    let never_reached = match error {
        ureq::Error::HostNotFound | ureq::Error::ConnectionFailed | ureq::Error::BadUri(_) => true,
        ureq::Error::Timeout(ureq::Timeout::Resolve | ureq::Timeout::Connect) => true,
        ureq::Error::Io(error) => error.kind() == std::io::ErrorKind::ConnectionRefused,
        _ => false,
    };
    let (url, problem) = (url.to_owned(), error.to_string());
    if never_reached { ExchangeError::NotReached { url, problem } } else { ExchangeError::Unanswered { url, problem } }
}
