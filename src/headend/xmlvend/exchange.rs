//! Messages and what becomes of them: numbered, stored, sent once, and asked about after a lost reply.

use std::sync::Arc;

use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;
use ureq::Agent;

use super::fault;
use super::request::{UseCase, write};
use super::settings::Settings;
use super::transport::{Lost, post};
use super::tree::{Node, parse};
use crate::headend::HeadEndError;
use crate::headend::message_id::{MessageEnd, MessageId, Sender};
use crate::headend::outbox::Outbox;
use crate::headend::verdict::{Refusal, ServerFault, Verdict};

/// How often a server is asked what it did, before that is left to a later run.
const ADVICE_TRIES: u32 = 3;

/// A clock further off than this is worth a word.
const CLOCK_SLACK_S: i64 = 300;

/// What a server answered.
#[derive(Debug)]
pub enum Reply {
    /// The root of the answer that was asked for.
    Payload(Node),
    /// A no.
    Fault(Refusal),
}

/// What a server says it did under an earlier number.
enum Advice {
    /// This was its answer.
    Reply(Reply),
    /// It did nothing.
    Never,
    /// It does not say.
    Silent(String),
}

/// The talk with one server.
#[derive(Debug)]
pub struct Exchange {
    pub settings: Arc<Settings>,
    agent: Agent,
    pub outbox: Outbox,
    sender: Sender,
    now: fn() -> OffsetDateTime,
    /// What should be known besides the answers, such as a wrong clock.
    pub warnings: Vec<String>,
}

impl Exchange {
    pub fn new(settings: Arc<Settings>, agent: Agent, outbox: Outbox, now: fn() -> OffsetDateTime) -> Self {
        let sender = Sender { client: settings.client_id.clone(), terminal: settings.terminal_id.clone() };
        Exchange { settings, agent, outbox, sender, now, warnings: Vec::new() }
    }

    fn name(&self) -> String {
        self.settings.url.clone()
    }

    /// Asks something that makes nothing: without an answer it may simply be asked again.
    ///
    /// # Errors
    /// No answer, or one that is none.
    pub fn ask(&mut self, use_case: &UseCase) -> Result<Reply, HeadEndError> {
        let id = self.number(use_case, None)?;
        let outcome = self.send(use_case, &id);
        let end = if outcome.is_ok() { MessageEnd::Answered } else { MessageEnd::Never };
        self.outbox.end_message(&self.sender, &id, end)?;
        outcome.map_err(|lost| match lost {
            Failure::NotSent(error) => error,
            Failure::Unanswered(problem) => HeadEndError::NoAnswer { name: self.name(), problem },
            Failure::Garbled(problem) => HeadEndError::Garbled { name: self.name(), problem },
        })
    }

    /// Asks for something that is made once: after a lost reply the server is asked what it did, and the request is
    /// never sent a second time while that is open. `intent` names what it is for.
    ///
    /// # Errors
    /// [`HeadEndError::OutcomeUnknown`] while it is open; nothing sent; a database that failed.
    pub fn ask_once(&mut self, use_case: &UseCase, intent: &str) -> Result<Reply, HeadEndError> {
        if let Some(open) = self.outbox.open_message(&self.sender, intent)? {
            match self.settle(&open)? {
                Advice::Reply(reply) => {
                    self.warnings.push("this is the answer to an earlier request whose reply was lost".to_owned());
                    return Ok(reply);
                }
                Advice::Never => {}
                Advice::Silent(problem) => return Err(self.unknown(&open, &problem)),
            }
        }
        let id = self.number(use_case, Some(intent))?;
        let lost = match self.send(use_case, &id) {
            // The message stays open: a later run asks about it first.
            Ok(Reply::Fault(refusal)) if refusal.verdict == Verdict::Indeterminate => {
                return Err(self.unknown(&id, &words(&refusal)));
            }
            // A server that failed may have failed after it made the token.
            Ok(Reply::Fault(refusal)) if refusal.verdict == Verdict::ServerError => {
                return match self.settle(&id)? {
                    Advice::Reply(reply) => Ok(reply),
                    Advice::Never => Ok(Reply::Fault(refusal)),
                    Advice::Silent(problem) => Err(self.unknown(&id, &format!("{}; {problem}", words(&refusal)))),
                };
            }
            Ok(reply) => {
                self.outbox.end_message(&self.sender, &id, MessageEnd::Answered)?;
                return Ok(reply);
            }
            Err(Failure::NotSent(error)) => {
                self.outbox.end_message(&self.sender, &id, MessageEnd::Never)?;
                return Err(error);
            }
            Err(Failure::Unanswered(problem) | Failure::Garbled(problem)) => problem,
        };
        match self.settle(&id)? {
            Advice::Reply(reply) => {
                self.warnings.push("the reply was lost; the server told again what it had answered".to_owned());
                Ok(reply)
            }
            Advice::Never => {
                let fault = ServerFault {
                    kind: String::new(),
                    description: format!("{lost}; asked again, the server says it did nothing"),
                    code: None,
                };
                Ok(Reply::Fault(Refusal { fault: Some(fault), ..Refusal::plain(Verdict::NeverDone) }))
            }
            Advice::Silent(problem) => Err(self.unknown(&id, &format!("{lost}; {problem}"))),
        }
    }

    fn unknown(&self, id: &MessageId, problem: &str) -> HeadEndError {
        let problem = format!("message {}/{}: {problem}", id.date_time, id.number);
        HeadEndError::OutcomeUnknown { name: self.name(), problem }
    }

    fn number(&mut self, use_case: &UseCase, intent: Option<&str>) -> Result<MessageId, HeadEndError> {
        let (now, offset) = ((self.now)(), self.settings.utc_offset);
        self.outbox.next_message(&self.sender, use_case.name(), intent, now, offset)
    }

    /// Asks what the server did under a number, and writes the end down when it says.
    fn settle(&mut self, open: &MessageId) -> Result<Advice, HeadEndError> {
        let use_case = UseCase::LastResponse(open.clone());
        let mut problem = String::new();
        for _ in 0..ADVICE_TRIES {
            let id = self.number(&use_case, None)?;
            let answer = self.send(&use_case, &id);
            self.outbox.end_message(&self.sender, &id, MessageEnd::Answered)?;
            let advice = match answer {
                Ok(Reply::Payload(advice)) => match last_response(&advice, open) {
                    Ok(reply) => Advice::Reply(reply),
                    Err(wrong) => Advice::Silent(wrong),
                },
                Ok(Reply::Fault(refusal)) if refusal.verdict == Verdict::NeverDone => Advice::Never,
                Ok(Reply::Fault(refusal)) if matches!(refusal.verdict, Verdict::Busy | Verdict::ServerError) => {
                    problem = words(&refusal);
                    continue;
                }
                Ok(Reply::Fault(refusal)) => Advice::Silent(words(&refusal)),
                Err(Failure::NotSent(error)) => {
                    problem = error.to_string();
                    continue;
                }
                Err(Failure::Unanswered(lost) | Failure::Garbled(lost)) => {
                    problem = lost;
                    continue;
                }
            };
            match &advice {
                Advice::Reply(_) => self.outbox.end_message(&self.sender, open, MessageEnd::Answered)?,
                Advice::Never => self.outbox.end_message(&self.sender, open, MessageEnd::Never)?,
                Advice::Silent(_) => {}
            }
            return Ok(advice);
        }
        Ok(Advice::Silent(format!("asked what it did, it gave no answer: {problem}")))
    }

    fn send(&mut self, use_case: &UseCase, id: &MessageId) -> Result<Reply, Failure> {
        let message = zeroize::Zeroizing::new(write(use_case, id, &self.settings));
        let reply = post(&self.agent, &self.settings, &message).map_err(|lost| match lost {
            Lost::NotSent(error) => Failure::NotSent(error),
            Lost::Unanswered(problem) => Failure::Unanswered(problem),
        })?;
        let garbled = |problem: String| Failure::Garbled(format!("HTTP {}, and {problem}", reply.status));
        let root = parse(&reply.body).map_err(garbled)?;
        let body = if root.name == "Envelope" { root.child("Body") } else { None };
        let content = body.and_then(|body| body.children.first());
        let content = content.ok_or_else(|| garbled("it is no SOAP envelope with a body".to_owned()))?;
        if content.name == "Fault" {
            let response = content.find("xmlvendFaultResp");
            self.look_at_clock(response);
            return Ok(Reply::Fault(fault::read(content)));
        }
        if content.name != use_case.reply() {
            return Err(garbled(format!("{} came in the place of {}", content.name, use_case.reply())));
        }
        if !(200..300).contains(&reply.status) {
            return Err(garbled(format!("{} came with it", content.name)));
        }
        if content.children.iter().filter(|child| child.name == "reqMsgID").count() > 1 {
            return Err(garbled("the answer names several messages that it is to".to_owned()));
        }
        if !is_about(content.child("reqMsgID"), id) {
            let problem = match content.child("reqMsgID") {
                Some(_) => "the answer is to another message",
                None => "the answer does not say to which message it is",
            };
            return Err(garbled(problem.to_owned()));
        }
        self.look_at_clock(Some(content));
        Ok(Reply::Payload(content.clone()))
    }

    fn look_at_clock(&mut self, reply: Option<&Node>) {
        let told = reply.and_then(|reply| reply.told_at(&["respDateTime"]));
        // Without an offset it cannot be told what time it is meant to be.
        let Some(server) = told.and_then(|text| OffsetDateTime::parse(text, &Rfc3339).ok()) else { return };
        let drift = ((self.now)() - server).whole_seconds();
        if drift.abs() > CLOCK_SLACK_S && self.warnings.iter().all(|warning| !warning.contains("clock")) {
            let direction = if drift > 0 { "ahead of" } else { "behind" };
            let minutes = drift.unsigned_abs().div_ceil(60);
            let warning = format!("this computer's clock is {minutes} min {direction} the server's: set it");
            self.warnings.push(warning);
        }
    }
}

/// Why a message has no answer.
enum Failure {
    NotSent(HeadEndError),
    Unanswered(String),
    Garbled(String),
}

/// Whether a reply repeats our message's number. One that repeats none may be the reply to another request.
fn is_about(told: Option<&Node>, id: &MessageId) -> bool {
    told.is_some_and(|told| {
        told.told("uniqueNumber").is_some_and(|number| number.parse() == Ok(id.number))
            && told.told("dateTime").is_some_and(|time| time.starts_with(&id.date_time))
    })
}

fn last_response(advice: &Node, open: &MessageId) -> Result<Reply, String> {
    if !is_about(advice.child("adviceReqMsgID"), open) {
        return Err("it did not tell of that message".to_owned());
    }
    let last = advice.child("lastResponse").ok_or("it told of no answer")?;
    // The answer's content stands in it, or by some servers the answer as an element of its own.
    let last = match last.children.as_slice() {
        [only] if only.name.ends_with("Resp") => only,
        _ => last,
    };
    // The advice names the message; what stands inside need not repeat its number, but must not name another.
    let inner = last.child("reqMsgID").filter(|told| told.told("uniqueNumber").is_some());
    if inner.is_some_and(|told| !is_about(Some(told), open)) {
        return Err("it told of another message".to_owned());
    }
    Ok(match last.child("fault") {
        Some(_) => {
            let detail = last.clone().inside("xmlvendFaultResp", "detail");
            Reply::Fault(fault::read(&detail.inside("detail", "Fault")))
        }
        None => Reply::Payload(last.clone()),
    })
}

/// A server's words in one line.
fn words(refusal: &Refusal) -> String {
    let description = refusal.fault.as_ref().map(|fault| format!("{} {}", fault.kind, fault.description));
    description.unwrap_or_else(|| refusal.verdict.cause().to_owned()).trim().to_owned()
}
