//! `wattkey smets request send`.

use std::path::PathBuf;
use std::time::Duration;

use serde::Serialize;
use serde_json::Value;
use time::OffsetDateTime;

use crate::cli::smets::adaptor;
use crate::cli::smets::input;
use crate::cli::smets::request::check::{Report, last_sent};
use crate::cli::{CommandError, CommandResult, Context};
use wattkey::error::{Code, Exit};
use wattkey::output::{Document, Style, paragraph};
use wattkey::smets::catalogue::{Role, Service, command_variant};
use wattkey::smets::counters::Counters;
use wattkey::smets::duis::build::examples_left;
use wattkey::smets::duis::check::{self, Circumstances, Severity};
use wattkey::smets::duis::decode::{Decoder, Message, MessageKind, RequestOutcome};
use wattkey::smets::duis::kind::RequestId;
use wattkey::smets::duis::stream::Messages;
use wattkey::smets::duis::tree::Element;
use wattkey::smets::gbcs;

/// Wait for an adaptor when --timeout is not given.
const TIMEOUT: Duration = Duration::from_secs(30);

/// Send a service request to a DCC adaptor
#[derive(Debug, clap::Args)]
#[command(after_long_help = "Examples:\n  \
    wattkey smets request send request.xml --adaptor http://localhost:8079\n  \
    wattkey smets request send request.xml --adaptor http://localhost:8079 --sign-command ./sign-request\n\n\
    The command variant decides the service: 4 is transformed, 1 3 5 7 are sent, 2 6 8 go to the DCC-only\n\
    service. The request is checked first, and its counter must be above the last one this originator sent;\n\
    the counter counts as used before the request goes out. The signing command gets the request on standard\n\
    input and writes the signed request on standard output.\n\n\
    A pre-command that comes back has not reached the device; it is to be checked, signed and sent as variant 5.\n\
    Exit codes: 0 accepted, 1 the DCC answers with an error code or the device refuses, 4 the adaptor is not reached, 5 the answer is\n\
    no DUIS response, 8 the check or the counter stopped it, or the outcome is unknown.")]
pub struct Arguments {
    /// File with one request; - reads standard input
    #[arg(value_name = "FILE")]
    pub file: PathBuf,

    /// Address of the adaptor, such as http://localhost:8079
    #[arg(long, value_name = "URL", env = "WATTKEY_SMETS_ADAPTOR")]
    pub adaptor: String,

    /// Program that signs, with its arguments
    #[arg(long, value_name = "COMMAND", env = "WATTKEY_SMETS_SIGN_COMMAND")]
    pub sign_command: Option<String>,

    /// Role it is sent under, for the check
    #[arg(long, value_name = "ROLE")]
    pub role: Option<Role>,
}

/// What became of the request.
#[derive(Debug, Serialize)]
struct Sent {
    request_id: RequestId,
    service: &'static str,
    http_status: u16,
    signed: bool,
    /// The answer, as `smets decode` shows it; absent when the adaptor gave none.
    #[serde(skip_serializing_if = "Option::is_none")]
    response: Option<Value>,
}

/// Checks, signs, sends and decodes the answer.
///
/// # Errors
/// See the exit codes of the help.
pub fn run(arguments: &Arguments, context: &mut Context) -> CommandResult {
    let mut xml = input::read(&arguments.file)?;
    let message = only_message(&xml, &arguments.file.display().to_string())?;
    let examples = examples_left(&xml);
    let circumstances = Circumstances {
        role: arguments.role,
        last_counter: last_sent(&message, context)?,
        now: Some(OffsetDateTime::now_utc()),
        examples_left: &examples,
    };
    let report = Report::of(arguments.file.display().to_string(), &message, &circumstances);
    if let Some(finding) = report.findings.iter().find(|finding| finding.severity == Severity::Error) {
        let problem = format!("{}: {} [{}]; nothing was sent", finding.at, finding.problem, finding.rule);
        return Err(CommandError::new(Code::Unsafe, problem).hint("`wattkey smets request check` lists everything."));
    }
    let (id, service) = route(&message)?;
    let mut signed = message.child("Signature").is_some();
    if let Some(command) = &arguments.sign_command {
        xml = adaptor::sign(command, &xml)?;
        let again = only_message(&xml, "what the signing command wrote")?;
        same_request(&message, &again)?;
        signed = true;
    } else if !signed {
        context.note("the request is not signed: only an adaptor that signs itself will take it");
    }
    Counters::in_folder(&context.folders.state()?).use_up(id.originator, id.counter)?;
    let timeout = context.options.timeout.unwrap_or(TIMEOUT);
    let answer = adaptor::post(&arguments.adaptor, service, &xml, timeout)?;
    let mut response = None;
    let mut outcome = None;
    let mut misfits = Vec::new();
    if let Some(mut found) = Messages::new(answer.body.as_slice()).next() {
        misfits
            .extend(found.message.as_ref().ok().map(|reply| pre_command_misfits(&message, reply)).unwrap_or_default());
        let mut decoder = Decoder::default();
        let decoded = decoder.decode(&mut found);
        if let Some(problem) = not_the_answer(&message, id, &decoded) {
            return Err(CommandError::new(Code::Unexpected, format!("the adaptor answers with {problem}"))
                .hint("What became of the request is not known; the counter is used up. Ask for its outcome before it is sent again."));
        }
        outcome = decoded.outcome;
        response = serde_json::to_value(decoded).ok();
    } else if service == Service::Transform {
        let problem = "the adaptor answers a request to be transformed with nothing";
        return Err(
            CommandError::new(Code::Unexpected, problem).hint("Read the adaptor's log; the counter is used up.")
        );
    }
    let code = response.as_ref().and_then(|response| response.get("response_code")).and_then(Value::as_str);
    let refused = code.is_some_and(|code| code.starts_with('E'));
    let understood = response.as_ref().is_none_or(|response| response.get("kind") != Some(&Value::from("unreadable")));
    let ok_status = (200..300).contains(&answer.status);
    let empty = answer.body.iter().all(u8::is_ascii_whitespace);
    if code.is_none() && (!ok_status || !understood || (response.is_none() && !empty)) {
        let problem = format!("the adaptor answers HTTP {} and no DUIS response", answer.status);
        return Err(
            CommandError::new(Code::Unexpected, problem).hint("Read the adaptor's log; the counter is used up.")
        );
    }
    context.print(&Sent { request_id: id, service: service.path(), http_status: answer.status, signed, response })?;
    match outcome {
        Some(RequestOutcome::PreCommand) => context.note(
            "what came back is a pre-command: check it with `wattkey smets request check --precommand REQUEST REPLY`, sign it, \
             and send it as variant 5; nothing has reached the device",
        ),
        Some(RequestOutcome::LocalCommand) => {
            context.note("what came back is the command for local delivery; nothing has reached the device");
        }
        _ => {}
    }
    for misfit in &misfits {
        context.note(format_args!("the pre-command does not fit the request, do not sign it: {misfit}"));
    }
    if !misfits.is_empty() {
        return Ok(Exit::Safety);
    }
    let refused = refused || outcome == Some(RequestOutcome::Answered(gbcs::Outcome::Refused));
    Ok(if refused { Exit::AnswerNo } else { Exit::Done })
}

/// What a reply is in place of the answer to this request; `None` when it is the answer.
fn not_the_answer(request: &Element, id: RequestId, reply: &Message<'_>) -> Option<String> {
    match reply.kind {
        MessageKind::Response | MessageKind::Smets1Response | MessageKind::Unreadable => {}
        MessageKind::Request => return Some("a request, not a response".to_owned()),
        MessageKind::DeviceAlert | MessageKind::DccAlert => return Some("an alert, not the response".to_owned()),
        // An acknowledgement may have a header and no body that is known here.
        MessageKind::Unknown => {}
    }
    if let Some(other) = reply.request_id.filter(|other| *other != id) {
        return Some(format!("the response to another request, {other}"));
    }
    let asked = request.text_at(&["Header", "ServiceReferenceVariant"]);
    let (asked, told) = asked.zip(reply.srv).filter(|(asked, told)| asked != told)?;
    Some(format!("the response to {told}, and {asked} was sent"))
}

/// What a pre-command in the reply has other than the request asked for.
fn pre_command_misfits(request: &Element, reply: &Element) -> Vec<String> {
    if reply.at(&["Body", "ResponseMessage", "PreCommand"]).is_none() {
        return Vec::new();
    }
    let findings = check::pre_command(request, reply);
    findings.into_iter().filter(|finding| finding.severity == Severity::Error).map(|finding| finding.problem).collect()
}

/// The one message of a text.
fn only_message(xml: &str, what: &str) -> Result<Element, CommandError> {
    let mut messages = Messages::new(xml.as_bytes());
    match (messages.next().map(|found| found.message), messages.next()) {
        (Some(Ok(message)), None) => Ok(message),
        (Some(Ok(_)), Some(_)) => Err(CommandError::new(Code::BadValue, format!("{what} holds more than one message"))
            .hint("Send them one by one.")),
        (Some(Err(error)), _) => Err(CommandError::new(Code::Garbled, format!("{what}: {error}"))),
        (None, _) => Err(CommandError::new(Code::Garbled, format!("{what} holds no DUIS request"))),
    }
}

fn route(message: &Element) -> Result<(RequestId, Service), CommandError> {
    let id = message.text_at(&["Header", "RequestID"]).and_then(RequestId::parse);
    let variant = message.text_at(&["Header", "CommandVariant"]).and_then(|text| text.parse().ok());
    match (id, variant.and_then(command_variant)) {
        (Some(id), Some(variant)) => Ok((id, variant.service)),
        _ => Err(CommandError::new(Code::BadValue, "the header has no sound RequestID and CommandVariant")),
    }
}

/// A signing command may add a signature and nothing else.
fn same_request(before: &Element, after: &Element) -> Result<(), CommandError> {
    let same = before.child("Header") == after.child("Header") && before.child("Body") == after.child("Body");
    let problem = match (same, after.child("Signature")) {
        (true, Some(_)) => return Ok(()),
        (false, _) => "the signing command changed the request; nothing was sent",
        (true, None) => "the signing command added no signature; nothing was sent",
    };
    Err(CommandError::new(Code::Authentication, problem)
        .hint("It has to write the same request with a Signature at its end."))
}

impl Document for Sent {
    const SCHEMA: &'static str = "wattkey/smets-sent/1";

    fn table(&self, style: Style) -> String {
        let part = |name: &str| {
            self.response.as_ref().and_then(|response| response.get(name)).and_then(Value::as_str).unwrap_or_default()
        };
        let mut text = paragraph(style, "sent", 12, &format!("{} to {}", self.request_id, self.service));
        let answer = format!("HTTP {} {} {}", self.http_status, part("response_code"), part("response_meaning"));
        text.push_str(&paragraph(style, "answer", 12, &answer));
        text
    }

    fn csv_header(&self) -> Vec<String> {
        ["request_id", "service", "http_status", "response_code"].map(str::to_owned).to_vec()
    }

    fn csv_rows(&self) -> Vec<Vec<String>> {
        let code = self.response.as_ref().and_then(|response| response.get("response_code")).and_then(Value::as_str);
        vec![vec![
            self.request_id.to_string(),
            self.service.to_owned(),
            self.http_status.to_string(),
            code.unwrap_or_default().to_owned(),
        ]]
    }
}
