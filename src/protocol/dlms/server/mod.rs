//! The meter's half of an association: APDUs in, typed requests out, answers back into APDUs.

mod association;
mod exchange;
mod general;
mod general_blocks;
mod short_names;

use super::apdu::{
    AccessItem, AccessResult, ActionItem, ActionOutcome, ExceptionResponse, GetItem, GetResult, InitiateResponse, tag,
};
use super::conformance::Conformance;
use super::data::Data;
use super::results::DataAccessResult;
use super::security::{
    Envelope, GeneralKeys, Hls, KeyKind, Password, Protection, SecretKey, SecurityControl, SuiteKeys, SystemTitle,
    Wrapping, protect, unprotect,
};
use exchange::Exchange;
use general::GeneralForm;
use general_blocks::GeneralTransfer;
pub use short_names::ShortNameList;

/// How a client must prove itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ServerAuthentication {
    /// Not at all.
    None,
    /// With this password.
    Lls(Password),
    /// With challenge and answer.
    Hls(Hls),
}

/// The rules of one association, that is, for one client number.
#[derive(Debug, Clone)]
pub struct ServerSettings {
    /// How the client must prove itself.
    pub authentication: ServerAuthentication,
    /// The meter's system title.
    pub title: SystemTitle,
    /// Keys shared with this client; HLS-GMAC and ciphering need them.
    pub keys: Option<SuiteKeys>,
    /// What general-ciphering and general-signing need beside them; its `key_info` and `signed` are not looked at.
    pub general: GeneralKeys,
    /// Protection each request must have at least; replies have the same as their request.
    pub required: Option<Protection>,
    /// Services the meter knows.
    pub conformance: Conformance,
    /// Longest APDU the meter takes and sends, in octets; 0 for no limit.
    pub max_pdu: u16,
    /// Most attributes or methods of one GET, SET or ACTION; 0 for no limit. Longer lists are refused.
    pub longest_list: usize,
    /// The objects under short names, for a meter that knows no others.
    pub short_names: Option<ShortNameList>,
}

/// Invocation counters of the meter, to be kept between associations.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ServerCounters {
    /// The next one the meter uses itself.
    pub own_next: u32,
    /// The last one taken from the client, which each new one must exceed.
    pub client_last: Option<u32>,
}

/// A request for the object model.
#[derive(Debug, Clone, PartialEq)]
pub enum ServerRequest {
    /// Read these.
    Get(Vec<GetItem>),
    /// Write these.
    Set(Vec<(GetItem, Data)>),
    /// Do these, which may be of any kind.
    Access(Vec<AccessItem>),
    /// Call these, in order.
    Action(Vec<ActionItem>),
}

/// The object model's answer, of the same kind and length as the request.
#[derive(Debug, Clone, PartialEq)]
pub enum ServerAnswer {
    /// The values, in order.
    Get(Vec<GetResult>),
    /// What came of the writes, in order.
    Set(Vec<DataAccessResult>),
    /// What came of each, in order.
    Access(Vec<AccessResult>),
    /// What came of the calls, in order.
    Action(Vec<ActionOutcome>),
}

/// What is to be done with an APDU that came in.
#[derive(Debug, Clone, PartialEq)]
pub enum ServerStep {
    /// Send this.
    Reply(Vec<u8>),
    /// Ask the object model and give its answer to [`ServerAssociation::answer`].
    Request(ServerRequest),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Phase {
    Closed,
    /// The AARE asked for the handshake.
    Handshake,
    Open,
}

/// The form of a protected request, which its answer takes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Came {
    wrapping: Wrapping,
    key: KeyKind,
    protection: Protection,
}

/// The meter's half of an association with one client.
#[derive(Debug)]
pub struct ServerAssociation {
    pub(super) settings: ServerSettings,
    pub(super) counters: ServerCounters,
    phase: Phase,
    negotiated: InitiateResponse,
    client_title: Option<SystemTitle>,
    client_challenge: Vec<u8>,
    own_challenge: Vec<u8>,
    /// The key of this association alone, where the client sent one.
    dedicated: Option<SecretKey>,
    /// How the request being answered came.
    came: Option<Came>,
    /// Whether it came in general-ciphering or general-signing.
    form: GeneralForm,
    /// What draws the keys of answers.
    dice: fastrand::Rng,
    exchange: Exchange,
    general: GeneralTransfer,
}

impl ServerAssociation {
    /// An association that is not open.
    pub fn new(settings: ServerSettings, counters: ServerCounters) -> Self {
        ServerAssociation {
            negotiated: InitiateResponse { conformance: settings.conformance, max_pdu: settings.max_pdu },
            settings,
            counters,
            phase: Phase::Closed,
            client_title: None,
            client_challenge: Vec::new(),
            own_challenge: Vec::new(),
            dedicated: None,
            came: None,
            form: GeneralForm::default(),
            dice: fastrand::Rng::with_seed(0),
            exchange: Exchange::None,
            general: GeneralTransfer::default(),
        }
    }

    /// Whether the client has proved itself and may ask.
    pub fn is_open(&self) -> bool {
        self.phase == Phase::Open
    }

    /// The counters, to be kept for the next association.
    pub fn counters(&self) -> ServerCounters {
        self.counters
    }

    /// Forgets the association, as when the line below it is closed. Counters stay.
    pub fn close(&mut self) {
        self.phase = Phase::Closed;
        self.exchange = Exchange::None;
        self.general = GeneralTransfer::default();
        self.client_title = None;
        self.dedicated = None;
        self.came = None;
        self.form = GeneralForm::default();
    }

    /// Takes an APDU from the client. `random` gives the challenge of the handshake.
    pub fn receive(&mut self, apdu: &[u8], random: &mut fastrand::Rng) -> ServerStep {
        if apdu.first() == Some(&tag::GENERAL_BLOCK_TRANSFER) && self.uses_general_blocks() {
            return self.receive_block(apdu, random);
        }
        self.general = GeneralTransfer::default();
        let step = self.receive_whole(apdu, random);
        self.in_blocks(step)
    }

    fn receive_whole(&mut self, apdu: &[u8], random: &mut fastrand::Rng) -> ServerStep {
        let first = apdu.first().copied().unwrap_or(0);
        match first {
            tag::AARQ => return ServerStep::Reply(self.receive_aarq(apdu, random)),
            tag::RLRQ => return ServerStep::Reply(self.receive_rlrq()),
            _ if self.phase == Phase::Closed => return exception(ExceptionResponse::NOT_ALLOWED),
            _ => {}
        }
        self.came = None;
        if matches!(first, tag::GENERAL_CIPHERING | tag::GENERAL_SIGNING) {
            self.dice = random.fork();
        }
        let plain = match self.open_any(apdu) {
            Ok(plain) => plain,
            Err(refusal) => {
                self.form = GeneralForm::default();
                return exception(refusal);
            }
        };
        let least = self.settings.required;
        let protection = self.came.map(|came| came.protection).or(self.form.protection());
        let covered = protection.is_some_and(|protection| least.is_none_or(|least| protection.covers(least)));
        if self.settings.required.is_some() && !covered {
            return exception(ExceptionResponse::NOT_ALLOWED);
        }
        self.receive_plain(&plain)
    }

    /// Makes the APDU of the object model's answer to the request last given; a long one goes out in blocks, of which
    /// this is the first.
    pub fn answer(&mut self, answer: ServerAnswer) -> Vec<u8> {
        let reply = match self.first_reply(answer) {
            Some(plain) => self.seal(plain),
            None => ExceptionResponse::NOT_ALLOWED.to_bytes(),
        };
        self.cut(reply)
    }

    #[cfg(test)]
    pub(super) fn phase_open_for_test(&mut self) {
        self.phase = Phase::Open;
    }

    /// Longest plain APDU that fits the client's limit once it is protected as the request was.
    fn room(&self) -> usize {
        let limit = match self.negotiated.max_pdu {
            0 => usize::from(u16::MAX),
            limit => usize::from(limit),
        };
        let overhead = match (self.form.is_used(), self.came) {
            (true, _) => GeneralKeys::OVERHEAD,
            (false, Some(_)) => Envelope::OVERHEAD,
            (false, None) => 0,
        };
        limit.saturating_sub(overhead)
    }

    /// The content of a request in whatever form it came.
    fn open_any(&mut self, apdu: &[u8]) -> Result<Vec<u8>, ExceptionResponse> {
        let content = self.take_signature(apdu)?.unwrap_or_else(|| apdu.to_vec());
        match content.first() {
            Some(&tag::GENERAL_CIPHERING) => self.open_general(&content),
            Some(first) if Envelope::is_protected(*first) => self.open_request(&content),
            _ => Ok(content),
        }
    }

    fn seal(&mut self, plain: Vec<u8>) -> Vec<u8> {
        if !self.form.is_used() {
            return self.envelope(&plain).unwrap_or(plain);
        }
        let sealed = self.envelope(&plain);
        self.seal_generally(plain, sealed)
    }

    /// The envelope of the request around an answer, where it had one.
    fn envelope(&mut self, plain: &[u8]) -> Option<Vec<u8>> {
        let (came, keys) = (self.came?, self.settings.keys.as_ref()?);
        let counter = self.counters.own_next;
        self.counters.own_next = counter.wrapping_add(1);
        let keys = keys_of(keys, self.dedicated.as_ref(), came.key);
        let content = protect(&keys, came.protection, self.settings.title, counter, plain);
        let envelope = Envelope {
            tag: Envelope::tag_for(came.wrapping, came.key, plain.first().copied().unwrap_or(0)),
            title: Some(self.settings.title),
            security_control: came.protection.security_control(keys.suite),
            counter,
            content: &content,
        };
        Some(envelope.to_bytes())
    }

    /// Takes the protection off a request and counts its counter as used.
    fn open_request(&mut self, apdu: &[u8]) -> Result<Vec<u8>, ExceptionResponse> {
        let refusal = ExceptionResponse::DECIPHERING;
        let envelope = Envelope::from_bytes(apdu).map_err(|_| refusal)?;
        let keys = self.settings.keys.as_ref().ok_or(refusal)?;
        let title = envelope.title.or(self.client_title).ok_or(refusal)?;
        let control = SecurityControl::from_octet(envelope.security_control).ok_or(refusal)?;
        let key = envelope.key();
        if control.suite != keys.suite || control.broadcast || (key == KeyKind::Dedicated && self.dedicated.is_none()) {
            return Err(refusal);
        }
        let keys = keys_of(keys, self.dedicated.as_ref(), key);
        let plain = unprotect(&keys, control, title, envelope.counter, envelope.content).map_err(|_| refusal)?;
        self.take_counter(envelope.counter)?;
        let wrapping = if envelope.is_general() { Wrapping::General } else { Wrapping::ServiceSpecific };
        self.came = Some(Came { wrapping, key, protection: control.protection });
        Ok(plain)
    }

    fn take_counter(&mut self, counter: u32) -> Result<(), ExceptionResponse> {
        if let Some(last) = self.counters.client_last.filter(|&last| counter <= last) {
            return Err(ExceptionResponse::counter(last.saturating_add(1)));
        }
        self.counters.client_last = Some(counter);
        Ok(())
    }
}

fn exception(exception: ExceptionResponse) -> ServerStep {
    ServerStep::Reply(exception.to_bytes())
}

fn keys_of(keys: &SuiteKeys, dedicated: Option<&SecretKey>, key: KeyKind) -> SuiteKeys {
    match (key, dedicated) {
        (KeyKind::Dedicated, Some(dedicated)) => keys.with_encryption(dedicated.clone()),
        _ => keys.clone(),
    }
}
