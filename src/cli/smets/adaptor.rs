//! A DCC adaptor over HTTP: one POST, one answer. And the signing hook in front of it.

use std::io::{Read, Write};
use std::process::{Command, Stdio};
use std::time::Duration;

use crate::cli::CommandError;
use wattkey::error::Code;
use wattkey::smets::catalogue::Service;
use wattkey::smets::duis::stream::MAX_MESSAGE;

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
pub fn post(base: &str, service: Service, xml: &str, timeout: Duration) -> Result<Answer, CommandError> {
    let url = format!("{}{}", base.trim_end_matches('/'), service.path());
    if !base.starts_with("http://") {
        return Err(CommandError::new(Code::BadValue, format!("--adaptor {base:?} is no plain HTTP address"))
            .hint("Write it as http://localhost:8079; in front of a TLS address put a local proxy such as stunnel."));
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
    read.map_err(|error| unknown(&url, &error.to_string()))?;
    Ok(Answer { status, body })
}

fn fault(url: &str, error: &ureq::Error) -> CommandError {
    let never_reached = match error {
        ureq::Error::HostNotFound | ureq::Error::ConnectionFailed | ureq::Error::BadUri(_) => true,
        ureq::Error::Timeout(ureq::Timeout::Resolve | ureq::Timeout::Connect) => true,
        ureq::Error::Io(error) => error.kind() == std::io::ErrorKind::ConnectionRefused,
        _ => false,
    };
    if never_reached {
        return CommandError::new(Code::NoReply, format!("{url} is not reached: {error}; nothing was sent"))
            .hint("Check that the adaptor runs and the address is right.");
    }
    unknown(url, &error.to_string())
}

fn unknown(url: &str, problem: &str) -> CommandError {
    CommandError::new(Code::OutcomeUnknown, format!("{url} took the request and gave no whole answer: {problem}"))
        .hint("Look at what the adaptor received before sending anything again; the counter is used up.")
}

/// Runs the signing command: the request goes to its standard input, the signed request comes from its standard
/// output. The command is split at blanks and run without a shell.
///
/// # Errors
/// A command that cannot be run, fails, or writes no UTF-8.
pub fn sign(command: &str, xml: &str) -> Result<String, CommandError> {
    let failed = |problem: String| {
        CommandError::new(Code::Authentication, format!("the signing command {command:?} {problem}; nothing was sent"))
            .hint("It has to read the request on standard input and write the signed request on standard output.")
    };
    let mut words = command.split_whitespace();
    let program = words.next().ok_or_else(|| failed("is empty".to_owned()))?;
    let mut child = Command::new(program)
        .args(words)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::inherit())
        .spawn()
        .map_err(|error| failed(format!("cannot be run: {error}")))?;
    let input = child.stdin.take();
    let text = xml.to_owned();
    // A command may write before it has read everything, so writing goes on beside.
    let writer = std::thread::spawn(move || input.map(|mut input| input.write_all(text.as_bytes())));
    let output = child.wait_with_output().map_err(|error| failed(format!("fails: {error}")))?;
    let _ = writer.join();
    if !output.status.success() {
        return Err(failed(format!("ends with {}", output.status)));
    }
    String::from_utf8(output.stdout).map_err(|_| failed("writes no UTF-8".to_owned()))
}
