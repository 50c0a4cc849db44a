//! One request to an adaptor: checked, signed, its counter used up, posted, and the answer judged.

use std::path::Path;
use std::time::Duration;

use serde_json::Value;
use time::OffsetDateTime;

use super::{ExchangeError, adaptor, signer};
use crate::smets::catalogue::{Role, Service, command_variant};
use crate::smets::counters::{Counters, Use};
use crate::smets::duis::build::examples_left;
use crate::smets::duis::check::{self, Circumstances};
use crate::smets::duis::decode::{Decoder, Message, MessageKind, RequestOutcome};
use crate::smets::duis::kind::RequestId;
use crate::smets::duis::stream::Messages;
use crate::smets::duis::tree::Element;

/// Wait for an adaptor when nothing else is asked for.
pub const TIMEOUT: Duration = Duration::from_secs(30);

/// How requests are sent.
#[derive(Debug, Clone, Copy)]
pub struct Route<'a> {
    /// Address of the adaptor, such as `http://localhost:8079`.
    pub adaptor: &'a str,
    /// Longest wait for its answer.
    pub timeout: Duration,
    /// Program that signs a request, with its arguments.
    pub sign_command: Option<&'a str>,
    /// Role the request is sent under, for the check.
    pub role: Option<Role>,
    /// Counters of the originators.
    pub counters: &'a Counters,
}

/// A request that was checked, and signed where there is a program for it.
#[derive(Debug)]
pub struct Prepared {
    /// The message.
    pub message: Element,
    /// Its text as it will be posted.
    pub xml: String,
    /// Its ID.
    pub id: RequestId,
    /// Its command variant.
    pub command_variant: u8,
    /// Where it goes.
    pub service: Service,
    /// Whether it carries a signature; nothing is verified.
    pub signed: bool,
}

/// What came back.
#[derive(Debug)]
pub struct Reply {
    /// HTTP status.
    pub http_status: u16,
    /// The body as it came.
    pub body: Vec<u8>,
    /// The answer, as `smets decode` shows it; `None` when the adaptor gave none.
    pub response: Option<Value>,
    /// What has become of the request.
    pub outcome: Option<RequestOutcome>,
    /// What a pre-command in the answer has other than the request asked for.
    pub misfits: Vec<String>,
}

impl Reply {
    /// Whether the DCC or the device said no.
    pub fn is_refusal(&self) -> bool {
        let code = self.response_code();
        code.is_some_and(|code| code.starts_with('E')) || self.outcome.is_some_and(RequestOutcome::is_refusal)
    }

    /// The response code.
    pub fn response_code(&self) -> Option<&str> {
        self.response.as_ref()?.get("response_code")?.as_str()
    }
}

impl Route<'_> {
    /// Checks a request and has it signed. `what` names it in errors.
    ///
    /// # Errors
    /// A request with an error, more than one, none; a program that does not sign, or does more than that.
    pub fn prepare(&self, xml: String, what: &str) -> Result<Prepared, ExchangeError> {
        let message = only_message(&xml, what)?;
        let examples = examples_left(&xml);
        let circumstances = Circumstances {
            role: self.role,
            last_counter: last_sent(&message, self.counters)?,
            now: Some(OffsetDateTime::now_utc()),
            examples_left: &examples,
        };
        let findings = check::request(&message, &circumstances);
        if let Some(finding) = findings.iter().find(|finding| finding.is_error()) {
            let problem = format!("{what}: {}: {} [{}]", finding.at, finding.problem, finding.rule);
            return Err(ExchangeError::Check(problem));
        }
        let (id, variant, service) = destination(&message, what)?;
        let Some(command) = self.sign_command else {
            let signed = message.child("Signature").is_some();
            return Ok(Prepared { message, xml, id, command_variant: variant, service, signed });
        };
        let xml = signer::run(command, &xml)?;
        only_a_signature_more(&message, &only_message(&xml, "what the signing command wrote")?)?;
        Ok(Prepared { message, xml, id, command_variant: variant, service, signed: true })
    }

    /// Uses the counter up, posts the request and judges the answer.
    ///
    /// # Errors
    /// A counter that was sent before; an adaptor that is not reached or gives no answer; an answer to something else.
    pub fn send(&self, request: &Prepared) -> Result<Reply, ExchangeError> {
        judge(request, self.post(request)?)
    }

    /// Uses the counter up and posts the request.
    pub(super) fn post(&self, request: &Prepared) -> Result<adaptor::Answer, ExchangeError> {
        self.counters.use_up(request.id.originator, request.id.counter, Use::of(request.command_variant))?;
        adaptor::post(self.adaptor, request.service, &request.xml, self.timeout)
    }
}

pub(super) fn judge(request: &Prepared, answer: adaptor::Answer) -> Result<Reply, ExchangeError> {
    let mut reply =
        Reply { http_status: answer.status, response: None, outcome: None, misfits: Vec::new(), body: answer.body };
    if let Some(mut found) = Messages::new(reply.body.as_slice()).next() {
        if let Ok(message) = &found.message {
            reply.misfits = pre_command_misfits(&request.message, message);
        }
        let mut decoder = Decoder::default();
        let decoded = decoder.decode(&mut found);
        if let Some(problem) = not_the_answer(&request.message, request.id, &decoded) {
            return Err(ExchangeError::Reply(format!("with {problem}")));
        }
        reply.outcome = decoded.outcome;
        reply.response = serde_json::to_value(decoded).ok();
    } else if request.service == Service::Transform {
        return Err(ExchangeError::Reply("a request to be transformed with nothing".to_owned()));
    }
    let understood = reply.response.as_ref().is_none_or(|response| response.get("kind") != Some(&"unreadable".into()));
    let ok_status = (200..300).contains(&reply.http_status);
    let empty = reply.body.iter().all(u8::is_ascii_whitespace);
    if reply.response_code().is_none() && (!ok_status || !understood || (reply.response.is_none() && !empty)) {
        return Err(ExchangeError::Reply(format!("HTTP {} and no DUIS response", reply.http_status)));
    }
    Ok(reply)
}

/// The highest counter that was sent for the originator of a message, where this one has to be above it.
///
/// # Errors
/// A file of counters that is there and cannot be understood.
pub fn last_sent(message: &Element, counters: &Counters) -> Result<Option<u64>, ExchangeError> {
    let Some(id) = message.text_at(&["Header", "RequestID"]).and_then(RequestId::parse) else { return Ok(None) };
    let known = counters.of(id.originator)?;
    let variant = message.text_at(&["Header", "CommandVariant"]).and_then(|text| text.parse().ok());
    // A signed command keeps the counter of the request it was made from.
    if variant.map(Use::of) == Some(Use::SignedCommand) && known.transformed.contains(&id.counter) {
        return Ok(None);
    }
    Ok((known.sent > 0).then_some(known.sent))
}

/// What a reply is in place of the answer to this request; `None` when it is the answer.
pub(super) fn not_the_answer(request: &Element, id: RequestId, reply: &Message<'_>) -> Option<String> {
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

fn pre_command_misfits(request: &Element, reply: &Element) -> Vec<String> {
    if check::pre_command_payload(reply).is_none() {
        return Vec::new();
    }
    check::pre_command(request, reply).misfits().map(str::to_owned).collect()
}

/// The one message of a text; `what` names the text in errors.
///
/// # Errors
/// [`ExchangeError::Message`] for none, more than one, or a damaged one.
pub fn only_message(xml: &str, what: &str) -> Result<Element, ExchangeError> {
    let fault = |problem: String, is_readable| ExchangeError::Message { what: what.to_owned(), problem, is_readable };
    let mut messages = Messages::new(xml.as_bytes());
    match (messages.next().map(|found| found.message), messages.next()) {
        (Some(Ok(message)), None) => Ok(message),
        (Some(Ok(_)), Some(_)) => Err(fault("holds more than one message: give them one by one".to_owned(), true)),
        (Some(Err(error)), _) => Err(fault(format!("cannot be read: {error}"), false)),
        (None, _) => Err(fault("holds no DUIS message".to_owned(), false)),
    }
}

fn destination(message: &Element, what: &str) -> Result<(RequestId, u8, Service), ExchangeError> {
    let id = message.text_at(&["Header", "RequestID"]).and_then(RequestId::parse);
    let variant = message.text_at(&["Header", "CommandVariant"]).and_then(|text| text.parse().ok());
    match (id, variant, variant.and_then(command_variant)) {
        (Some(id), Some(variant), Some(known)) => Ok((id, variant, known.service)),
        _ => Err(ExchangeError::Message {
            what: what.to_owned(),
            problem: "has no sound RequestID and CommandVariant in its header".to_owned(),
            is_readable: true,
        }),
    }
}

/// A signing command may add a signature and nothing else.
fn only_a_signature_more(before: &Element, after: &Element) -> Result<(), ExchangeError> {
    let same = before.child("Header") == after.child("Header") && before.child("Body") == after.child("Body");
    match (same, after.child("Signature")) {
        (true, Some(_)) => Ok(()),
        (false, _) => Err(ExchangeError::Signing("the signing command changed the request".to_owned())),
        (true, None) => Err(ExchangeError::Signing("the signing command added no signature".to_owned())),
    }
}

/// The text of a file.
pub(super) fn read(path: &Path) -> Result<String, ExchangeError> {
    std::fs::read_to_string(path).map_err(|error| ExchangeError::file(path, error))
}
