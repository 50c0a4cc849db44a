//! The client's half of an association: requests in, APDUs out, answers back.

mod association;
mod exchange;
mod general_blocks;
mod lists;
mod protection;
mod short_names;
#[cfg(test)]
mod tests;

use std::ops::Range;

use super::apdu::{
    ActionOutcome, AssociationResult, GetItem, GetResult, InitiateResponse, InvokeId, ReleaseRequest, SetItem,
    apdu_name, tag,
};
use super::conformance::Conformance;
use super::data::Data;
use super::error::DlmsError;
use super::identifiers::MethodDescriptor;
use super::results::DataAccessResult;
use super::security::{
    GeneralKeys, Hls, InvocationCounter, KeyKind, Password, Protection, SecretKey, SuiteKeys, SystemTitle, Wrapping,
};
use exchange::Operation;
use general_blocks::GeneralTransfer;
pub use lists::ListRefusal;

/// How the client proves itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Authentication {
    /// Not at all.
    None,
    /// A password, in the clear.
    Lls(Password),
    /// Challenge and answer; GMAC needs [`ClientSecurity`].
    Hls {
        /// The mechanism with its secret.
        mechanism: Hls,
        /// Our challenge: 8 to 64 octets nobody can foresee, new for each association.
        challenge: Vec<u8>,
    },
}

/// Keys of a client, and what they are used for.
pub struct ClientSecurity {
    /// Our system title.
    pub title: SystemTitle,
    /// The keys shared with the meter.
    pub keys: SuiteKeys,
    /// How requests are protected and replies must be; `None` uses the keys for the handshake alone.
    pub protection: Option<Protection>,
    /// A key for this association alone, which its requests are then encrypted with: random, new for each.
    pub dedicated: Option<SecretKey>,
    /// Keys and forms of general-ciphering and general-signing, where requests go out in them.
    pub general: GeneralKeys,
    /// As many octets as asked for that nobody can foresee, for the keys of general-ciphering.
    pub random: Box<dyn FnMut(usize) -> Vec<u8> + Send>,
    /// Where invocation counters come from.
    pub counter: Box<dyn InvocationCounter>,
}

impl std::fmt::Debug for ClientSecurity {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut debug = f.debug_struct("ClientSecurity");
        debug.field("title", &self.title).field("protection", &self.protection).finish_non_exhaustive()
    }
}

/// What an association is to be.
#[derive(Debug)]
pub struct AssociationSettings {
    /// How we prove ourselves.
    pub authentication: Authentication,
    /// Our system title, for an association without keys; with keys theirs holds.
    pub title: Option<SystemTitle>,
    /// Keys, for ciphering and for HLS-GMAC.
    pub security: Option<ClientSecurity>,
    /// Whether objects are named by short names.
    pub short_names: bool,
    /// Services we offer with logical names; general protection is added when APDUs are ciphered.
    pub conformance: Conformance,
    /// Longest APDU we take, in octets.
    pub max_pdu: u16,
    /// Blocks of general block transfer we take in a row, 1 to 63.
    pub block_window: u8,
    /// The meter's system title, for meters that do not send it.
    pub server_title: Option<SystemTitle>,
}

impl AssociationSettings {
    /// An association without authentication, as the public client has it.
    pub fn public() -> Self {
        AssociationSettings {
            authentication: Authentication::None,
            title: None,
            security: None,
            short_names: false,
            conformance: Conformance::CLIENT,
            max_pdu: u16::MAX,
            block_window: 1,
            server_title: None,
        }
    }

    /// An association with a password.
    pub fn lls(password: Password) -> Self {
        AssociationSettings { authentication: Authentication::Lls(password), ..AssociationSettings::public() }
    }

    /// An association with the GMAC handshake.
    pub fn hls_gmac(challenge: Vec<u8>, security: ClientSecurity) -> Self {
        AssociationSettings {
            authentication: Authentication::Hls { mechanism: Hls::Gmac, challenge },
            security: Some(security),
            ..AssociationSettings::public()
        }
    }
}

/// An APDU to send.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutgoingApdu {
    /// The octets.
    pub octets: Vec<u8>,
    /// Where passwords or keys stand in them.
    pub secrets: Vec<Range<usize>>,
}

/// What both sides agreed on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AssociationInfo {
    /// Services both can use.
    pub conformance: Conformance,
    /// Longest APDU the meter takes; 0 for no limit.
    pub max_pdu: u16,
    /// The meter's system title, if it sent one.
    pub server_title: Option<SystemTitle>,
}

/// What an exchange came to.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome {
    /// The association stands.
    Associated(AssociationInfo),
    /// The value of one attribute.
    Get(GetResult),
    /// The front of an array that may be of any length, and whether it is the whole.
    Front {
        /// The array as far as it was read, or the meter's reason.
        result: GetResult,
        /// Whether nothing is missing.
        whole: bool,
    },
    /// The values of several attributes, in the order asked.
    GetList(Vec<GetResult>),
    /// What came of a write.
    Set(DataAccessResult),
    /// What came of several writes, in order.
    SetList(Vec<DataAccessResult>),
    /// What came of a call.
    Action(ActionOutcome),
    /// What came of several calls, in order.
    ActionList(Vec<ActionOutcome>),
    /// The meter refused several writes or calls as one.
    ListRefused(ListRefusal),
    /// The association is over.
    Released,
}

/// What is to be done next.
#[derive(Debug, Clone, PartialEq)]
pub enum Step {
    /// Send this and give the reply to [`DlmsClient::receive`].
    Send(OutgoingApdu),
    /// The exchange is over.
    Done(Outcome),
    /// Send this, which the meter does not answer, and go on with [`DlmsClient::go_on`].
    Stream(OutgoingApdu),
    /// A part of the answer came, and the next follows by itself: wait for it.
    More,
    /// This APDU was no answer but a notification, or the answer to an earlier request: wait for the next.
    Unsolicited(Vec<u8>),
}

/// The client's half of an association. Each request gives a [`Step`]; send what it says, and hand the reply back,
/// until [`Step::Done`].
#[derive(Debug)]
pub struct DlmsClient {
    settings: AssociationSettings,
    negotiated: Option<InitiateResponse>,
    refused_context: bool,
    server_title: Option<SystemTitle>,
    /// The highest counter of the meter's, and the key it was under.
    server_counters: ServerCounters,
    /// The meter's challenge.
    server_challenge: Vec<u8>,
    /// Whether nothing of the handshake is left to do.
    is_proved: bool,
    /// Whether the meter holds the association open by itself.
    is_pre_established: bool,
    invoke: u8,
    operation: Operation,
    general: GeneralTransfer,
}

impl DlmsClient {
    /// A client that has no association yet.
    pub fn new(settings: AssociationSettings) -> Self {
        DlmsClient {
            refused_context: false,
            server_title: settings.server_title,
            settings,
            negotiated: None,
            server_counters: ServerCounters::default(),
            server_challenge: Vec::new(),
            is_proved: false,
            is_pre_established: false,
            invoke: 0,
            operation: Operation::None,
            general: GeneralTransfer::default(),
        }
    }

    /// What both sides agreed on; `None` before the association stands.
    pub fn info(&self) -> Option<AssociationInfo> {
        let negotiated = self.negotiated?;
        Some(AssociationInfo {
            conformance: negotiated.conformance,
            max_pdu: negotiated.max_pdu,
            server_title: self.server_title,
        })
    }

    /// Asks for the association.
    ///
    /// # Errors
    /// [`DlmsError::Request`] when keys are missing; [`DlmsError::Counter`].
    pub fn associate(&mut self) -> Result<Step, DlmsError> {
        self.negotiated = None;
        self.server_counters = ServerCounters::default();
        self.is_proved = false;
        self.server_title = self.settings.server_title;
        let octets = self.build_aarq()?;
        self.operation = Operation::Associate;
        let secrets = super::apdu::AarqApdu::password_range(&octets).into_iter().collect();
        Ok(Step::Send(OutgoingApdu { octets, secrets }))
    }

    /// Reads an attribute.
    ///
    /// # Errors
    /// [`DlmsError::Request`] without an association; [`DlmsError::Counter`].
    pub fn get(&mut self, item: impl Into<GetItem>) -> Result<Step, DlmsError> {
        self.start_get(vec![item.into()], true)
    }

    /// Reads the front of an attribute that is an array of any length: at most `most` elements, and no more blocks once
    /// they hold 128 octets for each of these.
    ///
    /// # Errors
    /// Those of [`DlmsClient::get`].
    pub fn get_front(&mut self, item: impl Into<GetItem>, most: usize) -> Result<Step, DlmsError> {
        self.start_get_front(item.into(), most)
    }

    /// Reads several attributes with as few requests as the meter allows: lists no longer than its APDU limit, or one
    /// by one when it takes no lists.
    ///
    /// # Errors
    /// Those of [`DlmsClient::get`].
    pub fn get_list(&mut self, items: Vec<GetItem>) -> Result<Step, DlmsError> {
        self.start_get(items, false)
    }

    /// Writes an attribute, in blocks when it is long.
    ///
    /// # Errors
    /// [`DlmsError::Request`] without an association or when the value is too long for the meter.
    pub fn set(&mut self, item: SetItem) -> Result<Step, DlmsError> {
        self.start_set(item, false)
    }

    /// As [`DlmsClient::set`] for a value that is a password or a key, so that no trace records it.
    ///
    /// # Errors
    /// Those of [`DlmsClient::set`].
    pub fn set_secret(&mut self, item: SetItem) -> Result<Step, DlmsError> {
        self.start_set(item, true)
    }

    /// Calls a method, in blocks when its argument is long.
    ///
    /// # Errors
    /// Those of [`DlmsClient::set`].
    pub fn action(&mut self, method: MethodDescriptor, argument: Option<Data>) -> Result<Step, DlmsError> {
        self.start_action(method, argument, None)
    }

    /// As [`DlmsClient::action`] for an argument that is a token, a password or a key, so that no trace records more
    /// than its last `shown` octets.
    ///
    /// # Errors
    /// Those of [`DlmsClient::set`].
    pub fn action_secret(&mut self, method: MethodDescriptor, argument: Data, shown: usize) -> Result<Step, DlmsError> {
        self.start_action(method, Some(argument), Some(shown))
    }

    /// Takes an association that the meter holds open for this client without being asked, with these services.
    pub fn pre_established(&mut self, conformance: Conformance, max_pdu: u16) {
        let protected = self.settings.security.as_ref().is_some_and(|security| security.protection.is_some());
        // A key of its own goes out with the request for an association alone.
        if let Some(security) = &mut self.settings.security {
            security.dedicated = None;
        }
        let general = if protected { Conformance::GENERAL_PROTECTION } else { Conformance::from_bits(0) };
        self.server_counters = ServerCounters::default();
        self.server_title = self.settings.server_title;
        self.negotiated = Some(InitiateResponse { conformance: conformance.with(general), max_pdu });
        self.is_proved = true;
        self.is_pre_established = true;
    }

    /// Whether the meter holds the association open by itself, so that there is nothing to release.
    pub fn is_pre_established(&self) -> bool {
        self.is_pre_established
    }

    /// Ends the association.
    ///
    /// # Errors
    /// None at present; kept for the form.
    pub fn release(&mut self) -> Result<Step, DlmsError> {
        self.operation = Operation::Release;
        let octets = ReleaseRequest::default().to_bytes();
        Ok(Step::Send(OutgoingApdu { octets, secrets: Vec::new() }))
    }

    /// Takes an APDU from the meter.
    ///
    /// # Errors
    /// [`DlmsError`]; the exchange is then over, the association may still stand.
    pub fn receive(&mut self, apdu: &[u8]) -> Result<Step, DlmsError> {
        let first = apdu.first().copied().unwrap_or(0);
        if matches!(first, tag::DATA_NOTIFICATION | tag::EVENT_NOTIFICATION | 0xCA) {
            return Ok(Step::Unsolicited(apdu.to_vec()));
        }
        if first == tag::GENERAL_BLOCK_TRANSFER && self.takes_general_blocks() {
            return self.receive_general(apdu);
        }
        match std::mem::replace(&mut self.operation, Operation::None) {
            Operation::Associate => self.receive_aare(apdu),
            Operation::Release => self.receive_rlre(apdu),
            Operation::None => Err(DlmsError::Unexpected {
                expected: "nothing, for nothing was asked",
                got: apdu_name(first).to_owned(),
            }),
            operation => self.receive_service(operation, apdu),
        }
    }

    /// Whether both sides use general block transfer.
    fn takes_general_blocks(&self) -> bool {
        self.negotiated.is_some_and(|negotiated| negotiated.conformance.contains(Conformance::GENERAL_BLOCK_TRANSFER))
    }

    /// Whether the meter takes ACCESS, which has no ciphered form but the general ones.
    fn takes_access(&self) -> bool {
        let ciphered = self.settings.security.as_ref().is_some_and(|security| security.protection.is_some());
        self.negotiated.is_some_and(|negotiated| {
            negotiated.conformance.contains(Conformance::ACCESS)
                && (!ciphered || negotiated.conformance.contains(Conformance::GENERAL_PROTECTION))
        })
    }

    /// The number of the next request, with which what was left of the last one's blocks is forgotten.
    fn next_invoke(&mut self) -> InvokeId {
        self.general = GeneralTransfer::default();
        self.invoke = self.invoke.wrapping_add(1) & 0x0F;
        InvokeId::confirmed(self.invoke)
    }

    fn negotiated(&self) -> Result<InitiateResponse, DlmsError> {
        self.negotiated.ok_or(DlmsError::Request("a request was made without an association"))
    }

    /// Longest plain APDU that fits the meter's limit once it is protected.
    fn room(&self) -> Result<usize, DlmsError> {
        let limit = match self.negotiated()?.max_pdu {
            0 => usize::from(u16::MAX),
            limit => usize::from(limit),
        };
        Ok(limit.saturating_sub(self.overhead()))
    }

    fn wrapping(&self) -> Wrapping {
        let general = |initiate: InitiateResponse| initiate.conformance.contains(Conformance::GENERAL_PROTECTION);
        if self.negotiated.is_some_and(general) { Wrapping::General } else { Wrapping::ServiceSpecific }
    }

    /// Our system title, where we have one.
    fn own_title(&self) -> Option<SystemTitle> {
        self.settings.security.as_ref().map(|security| security.title).or(self.settings.title)
    }

    /// The key of the requests: the dedicated one once the association stands.
    fn key_kind(&self) -> KeyKind {
        let dedicated = self.settings.security.as_ref().is_some_and(|security| security.dedicated.is_some());
        if dedicated && self.is_proved && !self.settings.short_names { KeyKind::Dedicated } else { KeyKind::Global }
    }
}

/// The last invocation counters of the meter's replies, one for each key.
#[derive(Debug, Clone, Copy, Default)]
struct ServerCounters {
    global: Option<u32>,
    dedicated: Option<u32>,
}

impl ServerCounters {
    /// Takes the counter of a reply. One that is below the last belongs to an earlier reply; so does the last itself where
    /// replies have no number of their own (short names).
    fn take(&mut self, key: KeyKind, counter: u32, is_numbered: bool) -> Result<(), DlmsError> {
        let last = if key == KeyKind::Dedicated { &mut self.dedicated } else { &mut self.global };
        match *last {
            Some(last) if counter < last || counter == last && !is_numbered => {
                Err(DlmsError::Replayed { counter, last })
            }
            _ => {
                *last = Some(counter);
                Ok(())
            }
        }
    }
}

const fn is_accepted(result: AssociationResult) -> bool {
    matches!(result, AssociationResult::Accepted)
}
