//! XMLVend 2.1 (NRS 009-6-10:2010): SOAP over HTTPS with client certificates.
//!
//! Requests are written in the order and namespaces of the schemas; replies are read leniently, because real servers
//! break the schemas. Every message has a number that is on the disk before it goes out. A request for a token is sent
//! once: after a lost reply the server is asked what it did.

mod answer;
mod exchange;
mod fault;
mod late_alert;
mod request;
mod settings;
mod transport;
mod tree;

use std::sync::Arc;

use sha2::{Digest, Sha256};
use time::OffsetDateTime;
use ureq::Agent;

use self::answer::{CustomerResult, customers, meter_record, operator_message, token_issue};
use self::exchange::{Exchange, Reply};
use self::request::{Detail, Identifier, UseCase, test_type};
use super::outbox::{ItemState, Outbox};
use super::record::Found;
use super::report::{Delivery, JobReport};
use super::tokens::{EngineeringKind, EngineeringRequest, KeyChangeRequest, TokenAnswer};
use super::trial::{TrialRequest, TrialVend};
use super::verdict::{Handshake, Refusal, Verdict};
use super::{HeadEnd, HeadEndError, Query};
use crate::hex;
use crate::sts::{Drn, MeterParameters};

pub use settings::{CodeField, Profile, Settings, XmlvendSection};

/// Most tokens of a set that the reply to a key change carries.
const MOST_TOKENS: usize = 2;

/// Reads a text as every reply there is: whether any of them makes sense of it.
#[doc(hidden)]
pub fn look_through(text: &str, drn: Drn) -> bool {
    let Ok(root) = tree::parse(text) else { return false };
    let content = root.child("Body").and_then(|body| body.children.first()).unwrap_or(&root);
    let _ = (fault::read(content), operator_message(content));
    let (customers, tokens) = (customers(content), token_issue(content, "key-change".to_owned(), Some(drn)));
    let trial = answer::trial_vend(content, drn);
    customers.is_ok_and(|customers| !customers.is_empty()) || tokens.is_ok() || trial.is_ok()
}

/// What threads share: settings and the HTTP client.
#[derive(Debug, Clone)]
pub struct Server {
    settings: Arc<Settings>,
    agent: Agent,
}

impl Server {
    /// A server by its settings. Nothing is connected.
    ///
    /// # Errors
    /// A key that TLS does not take.
    pub fn new(settings: Settings) -> Result<Self, HeadEndError> {
        let agent = transport::agent(&settings)?;
        Ok(Server { settings: Arc::new(settings), agent })
    }
}

/// One server as a head-end.
#[derive(Debug)]
pub struct XmlvendHeadEnd {
    name: String,
    exchange: Exchange,
    card: Option<String>,
}

impl XmlvendHeadEnd {
    /// A head-end over a server. `card` is track 2 of the meter's card, for servers that want it.
    pub fn new(server: &Server, outbox: Outbox, now: fn() -> OffsetDateTime, card: Option<String>) -> Self {
        let name = server.settings.url.clone();
        let exchange = Exchange::new(Arc::clone(&server.settings), server.agent.clone(), outbox, now);
        XmlvendHeadEnd { name, exchange, card }
    }

    fn garbled(&self, problem: &str) -> HeadEndError {
        HeadEndError::Garbled { name: self.name.clone(), problem: problem.to_owned() }
    }

    /// The result for the meter asked about, out of a reply that may hold more meters of the customer. A reply that does
    /// not prove itself is no answer: it must hold a result, name the meter, and say whether it may vend.
    fn result_for(&self, drn: Drn, results: Vec<CustomerResult>) -> Result<Confirmed, HeadEndError> {
        if results.is_empty() {
            return Err(self.garbled("the answer holds no result of the check (confirmCustResult)"));
        }
        let of_other = results.iter().any(|result| result.meter_number().is_some());
        let mut ours = results.into_iter().filter(|result| result.meter_number() == Some(drn));
        let first = ours.next();
        if ours.next().is_some() {
            return Err(self.garbled("the answer holds several results for the meter"));
        }
        match first {
            None if of_other => Ok(Confirmed::OtherMeter),
            None => Err(self.garbled("the answer names no meter (meterDetail with msno)")),
            Some(CustomerResult { can_vend: None, .. }) => {
                Err(self.garbled("the answer does not say whether the meter may vend (custVendConfig with canVend)"))
            }
            Some(result) => Ok(Confirmed::Result(Box::new(result))),
        }
    }

    fn plain(&self, verdict: Verdict) -> Handshake {
        Handshake::plain(verdict, &self.name, false)
    }

    fn refused(&self, refusal: Refusal) -> Handshake {
        Handshake { fault: refusal.fault, operator_message: refusal.operator_message, ..self.plain(refusal.verdict) }
    }

    /// Whether the code is the customer's, once the meter's customers are known.
    fn code_verdict(&mut self, query: &Query, known: &CustomerResult) -> Result<Option<Handshake>, HeadEndError> {
        let Some(code) = &query.code else { return Ok(None) };
        let field = self.exchange.settings.vend_code;
        let compare = |told: &Option<String>| match told {
            Some(told) if code.is(told) => None,
            Some(_) => Some(Verdict::CodeMismatch),
            None => Some(Verdict::CodeMissing),
        };
        match field {
            CodeField::None => Ok(None),
            CodeField::AccountNumber => Ok(compare(&known.customer.account).map(|verdict| self.plain(verdict))),
            CodeField::LocationReference => Ok(compare(&known.customer.location).map(|verdict| self.plain(verdict))),
            // No reply repeats an identity number: the customer is looked up by it, and has to have this meter.
            CodeField::IdNumber => {
                let by_code = UseCase::ConfirmCode(field, code.as_str().to_owned());
                Ok(match self.exchange.ask(&by_code)? {
                    Reply::Fault(refusal) => Some(self.refused(refusal)),
                    Reply::Payload(reply)
                        if customers(&reply)
                            .map_err(|problem| self.garbled(&problem))?
                            .iter()
                            .any(|result| result.meter_number() == Some(query.drn)) =>
                    {
                        None
                    }
                    Reply::Payload(_) => Some(self.plain(Verdict::CodeMismatch)),
                })
            }
        }
    }

    /// Everything that is needed to name a meter with its key.
    fn detail(&self, drn: Drn, found: &Found) -> Result<Identifier, HeadEndError> {
        if let Some(card) = &self.card {
            return Ok(Identifier::Card(card.clone()));
        }
        let detail = Detail::of(drn, found, &self.exchange.settings.token_technology);
        detail.map(Identifier::Detail).map_err(|missing| HeadEndError::Incomplete { missing: missing.join(", ") })
    }

    /// Asks `confirmMeter` by number, and with the whole detail when the server lacks it.
    fn confirm_meter(&mut self, query: &Query) -> Result<Reply, HeadEndError> {
        let reply = self.exchange.ask(&UseCase::ConfirmMeter(Identifier::Number(query.drn)))?;
        let lacks = |reply: &Reply| matches!(reply, Reply::Fault(no) if no.verdict == Verdict::IncompleteRecord);
        let detail = Detail::of(query.drn, &query.found, &self.exchange.settings.token_technology);
        match detail {
            Ok(detail) if lacks(&reply) => self.exchange.ask(&UseCase::ConfirmMeter(Identifier::Detail(detail))),
            _ => Ok(reply),
        }
    }

    /// Asks for tokens. `keys` are the one that a key-change set has to start from, and the one asked for.
    fn tokens(
        &mut self,
        use_case: &UseCase,
        kind: String,
        drn: Option<Drn>,
        keys: Option<(&MeterParameters, &MeterParameters)>,
    ) -> Result<TokenAnswer, HeadEndError> {
        let reply = self.exchange.ask_once(use_case, &intent(use_case, drn))?;
        let reply = match (reply, &self.card) {
            // A refused request made nothing, so it may be asked again with the card.
            (Reply::Fault(no), Some(card)) if no.verdict == Verdict::CardNeeded => {
                let card = Identifier::Card(card.clone());
                let with_card = match use_case.clone() {
                    UseCase::Engineering(_, kind) => UseCase::Engineering(card, kind),
                    UseCase::KeyChange { from, to, .. } => UseCase::KeyChange { meter: card, from, to },
                    other => other,
                };
                self.exchange.ask_once(&with_card, &intent(&with_card, drn))?
            }
            (reply, _) => reply,
        };
        let warnings = std::mem::take(&mut self.exchange.warnings);
        match reply {
            Reply::Fault(refusal) => Ok(TokenAnswer::Refused(refusal)),
            Reply::Payload(reply) => {
                let issue = token_issue(&reply, kind, drn).map_err(|problem| self.garbled(&problem))?;
                if let Some((found, target)) = keys {
                    answer::starts_from(&reply, &issue, found, target).map_err(|problem| self.garbled(&problem))?;
                }
                let warnings = [issue.warnings.clone(), warnings].concat();
                Ok(TokenAnswer::Issued(super::TokenIssue { warnings, ..issue }))
            }
        }
    }
}

/// What a reply about a customer proves.
enum Confirmed {
    /// This is the customer of the meter asked about.
    Result(Box<CustomerResult>),
    /// It names other meters only.
    OtherMeter,
}

/// A name for what a message is for: the same question gives the same name.
fn intent(use_case: &UseCase, drn: Option<Drn>) -> String {
    let drn = drn.map(|drn| drn.to_string()).unwrap_or_default();
    let digest = Sha256::digest(format!("{use_case:?}"));
    format!("{} {drn} {}", use_case.name(), hex::encode(digest.get(..8).unwrap_or_default()))
}

impl HeadEnd for XmlvendHeadEnd {
    fn name(&self) -> &str {
        &self.name
    }

    fn is_offline(&self) -> bool {
        false
    }

    fn meter_of_serial(&mut self, _serial: &str) -> Result<Option<Drn>, HeadEndError> {
        let problem = "XMLVend knows meters by their number, not by a maker's serial number; give --drn".to_owned();
        Err(HeadEndError::NotSupported { name: self.name.clone(), problem })
    }

    fn check(&mut self, query: &Query) -> Result<Handshake, HeadEndError> {
        let mut known = None;
        let mut message = None;
        match self.exchange.ask(&UseCase::ConfirmCustomer(Identifier::Number(query.drn)))? {
            Reply::Payload(reply) => {
                message = operator_message(&reply);
                match self.result_for(query.drn, customers(&reply).map_err(|problem| self.garbled(&problem))?)? {
                    Confirmed::Result(result) => known = Some(*result),
                    Confirmed::OtherMeter => {
                        return Ok(Handshake { operator_message: message, ..self.plain(Verdict::MeterMismatch) });
                    }
                }
            }
            Reply::Fault(refusal) if refusal.verdict == Verdict::Unsupported => {
                let warning = "the server does not confirm customers: code and vending state were not checked";
                self.exchange.warnings.push(warning.to_owned());
                if query.code.is_some() && self.exchange.settings.vend_code != CodeField::None {
                    return Ok(self.refused(refusal));
                }
            }
            // By the meter's number "no customer" is about the meter.
            Reply::Fault(refusal) => {
                let refusal = match refusal.verdict {
                    Verdict::CodeNotFound => Refusal { verdict: Verdict::NotRegistered, ..refusal },
                    _ => refusal,
                };
                return Ok(self.refused(refusal));
            }
        }
        if let Some(known) = &known
            && let Some(no) = self.code_verdict(query, known)?
        {
            return Ok(no);
        }
        let mut record = match self.confirm_meter(query)? {
            Reply::Payload(reply) => {
                message = operator_message(&reply).or(message);
                let detail =
                    reply.find("meterDetail").ok_or_else(|| self.garbled("the answer holds no meterDetail"))?;
                if reply.children.iter().filter(|child| child.name == "confirmMeterResult").count() > 1 {
                    return Err(
                        self.garbled("the answer holds several results (confirmMeterResult) where one was asked for")
                    );
                }
                let record = meter_record(detail).map_err(|problem| self.garbled(&problem))?;
                if record.parameters.drn.is_none() {
                    return Err(self.garbled("the answer names no meter (meterDetail without a readable msno)"));
                }
                record
            }
            Reply::Fault(refusal) => match (refusal.verdict, known.as_ref().and_then(|result| result.meter.clone())) {
                (Verdict::Unsupported, Some(record)) => record,
                _ => return Ok(self.refused(refusal)),
            },
        };
        if let Some(of_customer) = known.as_ref().and_then(|result| result.meter.as_ref())
            && let Some(words) = answer::contradiction(&of_customer.parameters, &record.parameters)
        {
            return Err(self.garbled(&format!("its two answers about the meter contradict each other: {words}")));
        }
        let mut verdict = match known.as_ref().and_then(|result| result.can_vend) {
            Some(true) => Verdict::RegisteredActive,
            Some(false) => Verdict::RegisteredInactive,
            None => Verdict::RegisteredUnchecked,
        };
        if let Some(result) = known {
            record.can_vend = result.can_vend;
            record.customer = result.customer;
        }
        record.operator_message = message;
        // The record of another meter is no answer, whatever else it says.
        if record.parameters.drn.is_some_and(|drn| drn != query.drn) {
            verdict = Verdict::MeterMismatch;
        }
        let found = Found {
            parameters: MeterParameters { drn: Some(query.drn), ..query.found.parameters },
            ..query.found.clone()
        };
        let handshake = self.plain(verdict).compared(record, &found);
        Ok(Handshake { warnings: std::mem::take(&mut self.exchange.warnings), ..handshake })
    }

    fn key_change(&mut self, request: &KeyChangeRequest) -> Result<TokenAnswer, HeadEndError> {
        if request.set_size() > MOST_TOKENS {
            return Ok(TokenAnswer::Refused(Refusal::plain(Verdict::SetNotCarried)));
        }
        let use_case = match request.to {
            None => UseCase::UpdateMeterKey(self.detail(request.drn, &request.found)?),
            Some(to) => {
                // Both keys have to be told whole.
                let from = Detail::of(request.drn, &request.found, &self.exchange.settings.token_technology);
                from.map_err(|missing| HeadEndError::Incomplete { missing: missing.join(", ") })?;
                let to = to.or(MeterParameters { drn: None, ..request.found.parameters });
                UseCase::KeyChange { meter: Identifier::Number(request.drn), from: request.found.parameters, to }
            }
        };
        let keys = (&request.found.parameters, &request.to.unwrap_or_default());
        self.tokens(&use_case, "key-change".to_owned(), Some(request.drn), Some(keys))
    }

    fn engineering(&mut self, request: &EngineeringRequest) -> Result<TokenAnswer, HeadEndError> {
        let kind = request.kind.to_string();
        let EngineeringKind::Test(test) = request.kind else {
            let use_case = UseCase::Engineering(Identifier::Number(request.drn), request.kind);
            return self.tokens(&use_case, kind, Some(request.drn), None);
        };
        match test_type(test) {
            Some(name) => {
                let at = request.found.parameters.ea.map_or("07", |ea| ea.code()).to_owned();
                self.tokens(&UseCase::Test { kind: name, at }, kind, None, None)
            }
            None => Ok(TokenAnswer::Refused(Refusal::plain(Verdict::Unsupported))),
        }
    }

    fn trial_vend(&mut self, request: &TrialRequest) -> Result<Result<TrialVend, Refusal>, HeadEndError> {
        let ask = |meter| UseCase::TrialVend(meter, request.amount.clone(), request.currency.clone());
        let mut reply = self.exchange.ask(&ask(Identifier::Number(request.drn)))?;
        // Servers that lack the meter's key, or compare it with the record, want it named.
        if matches!(&reply, Reply::Fault(no) if no.verdict == Verdict::IncompleteRecord)
            && let Ok(detail) = self.detail(request.drn, &request.found)
        {
            reply = self.exchange.ask(&ask(detail))?;
        }
        match reply {
            Reply::Fault(refusal) => Ok(Err(refusal)),
            Reply::Payload(reply) => {
                let trial = answer::trial_vend(&reply, request.drn).map_err(|problem| self.garbled(&problem))?;
                Ok(Ok(TrialVend { warnings: std::mem::take(&mut self.exchange.warnings), ..trial }))
            }
        }
    }

    fn report(&mut self, report: &JobReport) -> Result<Delivery, HeadEndError> {
        let item = self.exchange.outbox.put_report(report)?;
        if item.state == ItemState::Delivered {
            return Ok(Delivery::Delivered { reference: item.reference });
        }
        self.exchange.outbox.sending(item.row)?;
        let use_case = UseCase::Report(Box::new(report.clone()));
        let outcome = self.exchange.ask_once(&use_case, &format!("report {}", report.id));
        let outbox = &mut self.exchange.outbox;
        match outcome {
            Ok(Reply::Payload(reply)) => {
                let reference = reply.find("custFaultLog").and_then(|log| log.told("refNo")).map(str::to_owned);
                outbox.settle(item.row, ItemState::Delivered, reference.as_deref(), None)?;
                Ok(Delivery::Delivered { reference })
            }
            Ok(Reply::Fault(refusal)) => {
                let told = refusal.fault.map(|fault| format!("{} {}", fault.kind, fault.description));
                let reason = format!("{}: {}", refusal.verdict.word(), told.unwrap_or_default().trim());
                let again = matches!(
                    refusal.verdict,
                    Verdict::Busy
                        | Verdict::ServerError
                        | Verdict::NeverDone
                        | Verdict::MessageExpired
                        | Verdict::DuplicateMessage
                );
                let state = if again { ItemState::Queued } else { ItemState::Refused };
                outbox.settle(item.row, state, None, Some(&reason))?;
                Ok(Delivery::Queued { row: item.row, reason: Some(reason) })
            }
            Err(error @ HeadEndError::Outbox { .. }) => Err(error),
            Err(error) => {
                let state = match &error {
                    HeadEndError::OutcomeUnknown { .. } => ItemState::Sent,
                    _ => ItemState::Queued,
                };
                let reason = error.to_string();
                outbox.settle(item.row, state, None, Some(&reason))?;
                Ok(Delivery::Queued { row: item.row, reason: Some(reason) })
            }
        }
    }
}

#[cfg(test)]
mod tests;
