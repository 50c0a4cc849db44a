//! The association: opened when first needed, with a fresh invocation counter, and always released.

use std::time::Duration;

use time::OffsetDateTime;

use super::counter::{SharedStore, StoredCounter};
use super::transport::Transport;
use crate::ledger::counters::CounterOwner;
use crate::link::{Link, LinkError, Moment};
use crate::meter::MeterError;
use crate::protocol::dlms::{
    ActionOutcome, AssociationSettings, AttributeDescriptor, Authentication, ClassId, ClientSecurity, Data,
    DataAccessResult, DlmsClient, DlmsError, GetItem, GetResult, InvocationCounter, MethodDescriptor, Outcome,
    Password, Protection, SetItem, Step, SuiteKeys, SystemTitle,
};
use crate::protocol::hdlc::ClientAddress;

/// A counter of the meter's from which on taking it wants a confirmation: a false one would use up the key.
const FAR_AHEAD: u32 = 1 << 31;

/// Octets of a list's answer beside the values: service header, ciphering.
const LIST_OVERHEAD: usize = 48;

/// How a client proves itself.
#[derive(Debug, Clone)]
pub enum Proof {
    /// Not at all.
    None,
    /// By a password.
    Password(Password),
    /// By keys.
    Keys {
        /// Our system title.
        title: SystemTitle,
        /// The keys shared with the meter.
        keys: SuiteKeys,
        /// Name of key and title in the counter store, from [`crate::ledger::counters::fingerprint`].
        fingerprint: String,
    },
}

/// As whom the meter is talked to.
#[derive(Debug, Clone)]
pub struct Access {
    /// The client.
    pub client: ClientAddress,
    /// Its proof.
    pub proof: Proof,
    /// The client that may read the invocation counter without proof.
    pub public: Option<ClientAddress>,
    /// Objects that may hold the invocation counter of this client, best first.
    pub counter_objects: Vec<AttributeDescriptor>,
    /// Longest APDU to propose, in octets.
    pub pdu: u16,
    /// Take a counter of the meter's that is implausibly high.
    pub accept_far_counter: bool,
}

/// Eight to 64 octets nobody can foresee, for each association.
pub type ChallengeSource = Box<dyn FnMut() -> Result<Vec<u8>, MeterError> + Send>;

/// What opens the line for HDLC: nothing, or the sign-on of mode E.
pub type Opener = Box<dyn FnMut(&mut dyn Link) -> Result<(), MeterError> + Send>;

/// One meter, one client, at most one association at a time.
pub struct Session {
    transport: Transport,
    access: Access,
    client: Option<DlmsClient>,
    counters: Option<SharedStore>,
    challenge: ChallengeSource,
    opener: Opener,
    /// Wall clock at a moment of the link's clock, from which all later times follow.
    anchor: (OffsetDateTime, Moment),
    /// The meter's own counter, once it was read in this session.
    meter_counter: Option<u32>,
    /// Whether answers to lists could be read so far.
    takes_lists: bool,
}

impl std::fmt::Debug for Session {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Session")
            .field("transport", &self.transport)
            .field("access", &self.access)
            .finish_non_exhaustive()
    }
}

impl Session {
    /// A session that has sent nothing yet. `now` is the wall clock.
    pub fn new(
        mut transport: Transport,
        access: Access,
        counters: Option<SharedStore>,
        challenge: ChallengeSource,
        opener: Opener,
        now: OffsetDateTime,
    ) -> Self {
        let anchor = (now, transport.link().now());
        Session {
            transport,
            access,
            client: None,
            counters,
            challenge,
            opener,
            anchor,
            meter_counter: None,
            takes_lists: true,
        }
    }

    /// The transport below.
    pub fn transport(&mut self) -> &mut Transport {
        &mut self.transport
    }

    /// What went over the line.
    pub fn traffic(&self) -> crate::meter::driver::Traffic {
        self.transport.traffic()
    }

    /// The link as the user wrote it.
    pub fn link_name(&self) -> String {
        self.transport.link_name()
    }

    /// The client.
    pub fn client(&self) -> ClientAddress {
        self.access.client
    }

    /// Gives the line back. The association is to be closed before.
    pub fn into_link(self) -> Box<dyn Link> {
        self.transport.into_link()
    }

    /// Our own time, by the wall clock at the start and the link's clock since.
    pub fn now(&mut self) -> OffsetDateTime {
        let (wall, moment) = self.anchor;
        let since = self.transport.link().now().saturating_sub(moment);
        wall.checked_add(time::Duration::try_from(since).unwrap_or_default()).unwrap_or(wall)
    }

    /// Opens the association unless it stands.
    ///
    /// # Errors
    /// [`MeterError`].
    pub fn open(&mut self) -> Result<(), MeterError> {
        if self.client.is_some() {
            return Ok(());
        }
        match self.access.proof.clone() {
            Proof::None => self.associate(AssociationSettings::public()),
            Proof::Password(password) => self.associate(AssociationSettings::lls(password)),
            Proof::Keys { title, keys, fingerprint } => self.open_ciphered(title, &keys, fingerprint),
        }
    }

    /// Takes the counter from the store; on first contact, and once after a refusal, from the meter as well.
    fn open_ciphered(&mut self, title: SystemTitle, keys: &SuiteKeys, fingerprint: String) -> Result<(), MeterError> {
        let missing = || MeterError::CredentialsMissing("keys need a place to keep the invocation counter".to_owned());
        let store = self.counters.clone().ok_or_else(missing)?;
        let owner = self.owner(fingerprint);
        let failed = || MeterError::Unexpected("the counter store failed in another thread".to_owned());
        let known = store.lock().map_err(|_| failed())?.last(&owner)?;
        let mut looked = self.meter_counter.is_some();
        if known.is_none() && !looked {
            self.look_at_counter()?;
            looked = true;
        }
        let first = self.associate_ciphered(&store, &owner, title, keys);
        let Err(error) = first else { return Ok(()) };
        if looked || !may_be_the_counter(&error) {
            return Err(error);
        }
        self.close();
        let used = store.lock().map_err(|_| failed())?.last(&owner)?;
        self.look_at_counter().map_err(|_| error_again(&error))?;
        let ahead = self.meter_counter.is_some_and(|meter| used.is_none_or(|used| meter >= used));
        if ahead { self.associate_ciphered(&store, &owner, title, keys) } else { Err(error) }
    }

    fn associate_ciphered(
        &mut self,
        store: &SharedStore,
        owner: &CounterOwner,
        title: SystemTitle,
        keys: &SuiteKeys,
    ) -> Result<(), MeterError> {
        let floor = match self.meter_counter {
            Some(meter) => meter.checked_add(1).ok_or(crate::ledger::counters::CounterError::Exhausted)?,
            None => 1,
        };
        let counter: Box<dyn InvocationCounter> = Box::new(StoredCounter::new(store.clone(), owner.clone(), floor));
        let protection = Some(Protection::AuthenticatedEncryption);
        let security = ClientSecurity { title, keys: keys.clone(), protection, counter };
        let challenge = (self.challenge)()?;
        self.associate(AssociationSettings::hls_gmac(challenge, security))
    }

    fn owner(&mut self, key: String) -> CounterOwner {
        let place = format!("{} {}", self.transport.link().name(), self.transport.settings().server);
        CounterOwner { meter: place, client: u16::from(self.access.client.number()), key }
    }

    /// Reads the meter's counter as the public client, in an association of its own. A meter that has no such client
    /// or object leaves it unknown.
    fn look_at_counter(&mut self) -> Result<(), MeterError> {
        let Some(public) = self.access.public else { return Ok(()) };
        let client = std::mem::replace(&mut self.access.client, public);
        let found = self.associate(AssociationSettings::public()).and_then(|()| self.read_counter());
        self.access.client = client;
        self.close();
        match found {
            Ok(Some(meter)) if meter >= FAR_AHEAD && !self.access.accept_far_counter => {
                Err(MeterError::CounterFarAhead { meter, ours: 0 })
            }
            Ok(meter) => {
                self.meter_counter = meter;
                Ok(())
            }
            Err(MeterError::Authentication(_) | MeterError::Refused { .. } | MeterError::NotOffered(_)) => Ok(()),
            Err(error) => Err(error),
        }
    }

    fn read_counter(&mut self) -> Result<Option<u32>, MeterError> {
        for object in self.access.counter_objects.clone() {
            if let Ok(data) = self.get(object, None)? {
                return Ok(data.as_u64().and_then(|number| u32::try_from(number).ok()));
            }
        }
        Ok(None)
    }

    fn associate(&mut self, settings: AssociationSettings) -> Result<(), MeterError> {
        let result = self.try_associate(settings);
        if result.is_err() {
            self.close();
        }
        result
    }

    fn try_associate(&mut self, mut settings: AssociationSettings) -> Result<(), MeterError> {
        let proved = settings.authentication != Authentication::None;
        settings.max_pdu = self.access.pdu;
        (self.opener)(self.transport.link())?;
        match self.transport.connect(self.access.client) {
            // A meter that still holds somebody's connection says DM: end that one and ask again.
            Err(MeterError::Refused { .. }) => {
                self.transport.disconnect();
                self.transport.connect(self.access.client)?;
            }
            other => other?,
        }
        let mut client = DlmsClient::new(settings);
        let step = client.associate();
        match self.run(&mut client, step) {
            Ok(Outcome::Associated(_)) => {
                self.client = Some(client);
                Ok(())
            }
            Ok(other) => Err(MeterError::Unexpected(format!("{other:?}"))),
            // A refusal of one who gave proof is about the proof, whatever reason the meter gives.
            Err(MeterError::Refused { reason, .. }) if proved => Err(MeterError::Authentication(reason)),
            Err(error) => Err(error),
        }
    }

    /// Reads one attribute.
    ///
    /// # Errors
    /// [`MeterError`].
    pub fn get(
        &mut self,
        attribute: AttributeDescriptor,
        access: Option<crate::protocol::dlms::SelectiveAccess>,
    ) -> Result<GetResult, MeterError> {
        match self.request(|client| client.get(GetItem { attribute, access }))? {
            Outcome::Get(result) => Ok(result),
            other => Err(MeterError::Unexpected(format!("{other:?}"))),
        }
    }

    /// Reads several attributes with as few requests as the meter allows. Lists are kept to what the meter answers in
    /// one APDU, for some meters send a list's blocks in a form of their own; one that cannot be read is asked for item
    /// by item.
    ///
    /// # Errors
    /// [`MeterError`].
    pub fn get_list(&mut self, attributes: &[AttributeDescriptor]) -> Result<Vec<GetResult>, MeterError> {
        if attributes.is_empty() {
            return Ok(Vec::new());
        }
        self.open()?;
        let limit = self.client.as_ref().and_then(DlmsClient::info).map_or(0, |info| usize::from(info.max_pdu));
        let room = if limit == 0 { usize::MAX } else { limit.saturating_sub(LIST_OVERHEAD) };
        let mut results = Vec::new();
        let mut rest = attributes;
        while !rest.is_empty() {
            let mut size = 0usize;
            let fits = rest.iter().take_while(|attribute| {
                size = size.saturating_add(answer_size(attribute));
                size <= room
            });
            let (list, behind) = rest.split_at(fits.count().max(1).min(rest.len()));
            results.extend(self.get_one_list(list)?);
            rest = behind;
        }
        Ok(results)
    }

    fn get_one_list(&mut self, attributes: &[AttributeDescriptor]) -> Result<Vec<GetResult>, MeterError> {
        if attributes.len() > 1 && self.takes_lists {
            let items = attributes.iter().map(|attribute| GetItem { attribute: *attribute, access: None }).collect();
            match self.request(|client| client.get_list(items)) {
                Ok(Outcome::GetList(results)) if results.len() == attributes.len() => return Ok(results),
                Ok(_) | Err(MeterError::Garbled(_) | MeterError::Unexpected(_)) => self.takes_lists = false,
                Err(error) => return Err(error),
            }
        }
        attributes.iter().map(|attribute| self.get(*attribute, None)).collect()
    }

    /// Writes an attribute.
    ///
    /// # Errors
    /// [`MeterError`].
    pub fn set(&mut self, attribute: AttributeDescriptor, value: Data) -> Result<DataAccessResult, MeterError> {
        match self.request(|client| client.set(SetItem { attribute, value }))? {
            Outcome::Set(result) => Ok(result),
            other => Err(MeterError::Unexpected(format!("{other:?}"))),
        }
    }

    /// Calls a method.
    ///
    /// # Errors
    /// [`MeterError`].
    pub fn action(&mut self, method: MethodDescriptor, argument: Data) -> Result<ActionOutcome, MeterError> {
        match self.request(|client| client.action(method, Some(argument)))? {
            Outcome::Action(outcome) => Ok(outcome),
            other => Err(MeterError::Unexpected(format!("{other:?}"))),
        }
    }

    /// Fails when the user asked to stop, before anything is sent.
    ///
    /// # Errors
    /// [`LinkError::Interrupted`].
    pub fn check_stop(&mut self) -> Result<(), MeterError> {
        if self.transport.link().stop_requested() { Err(LinkError::Interrupted.into()) } else { Ok(()) }
    }

    /// One request in the open association. After an error of the line or the protocol the association is closed.
    fn request(
        &mut self,
        build: impl FnOnce(&mut DlmsClient) -> Result<Step, DlmsError>,
    ) -> Result<Outcome, MeterError> {
        self.open()?;
        let Some(mut client) = self.client.take() else {
            return Err(MeterError::Unexpected("there is no association".to_owned()));
        };
        let step = build(&mut client);
        let result = self.run(&mut client, step);
        match &result {
            // The meter answered, if only with an exception: the association stands.
            Ok(_) | Err(MeterError::Refused { .. } | MeterError::BadValue(_)) => self.client = Some(client),
            Err(_) => self.close(),
        }
        result
    }

    fn run(&mut self, client: &mut DlmsClient, first: Result<Step, DlmsError>) -> Result<Outcome, MeterError> {
        let mut step = first.map_err(|error| self.translate(error))?;
        loop {
            let reply = match step {
                Step::Done(outcome) => return Ok(outcome),
                Step::Send(apdu) => self.transport.exchange(&apdu.octets, &apdu.secrets)?,
                Step::Unsolicited(_) => self.transport.receive()?,
            };
            step = client.receive(&reply).map_err(|error| self.translate(error))?;
        }
    }

    fn translate(&mut self, error: DlmsError) -> MeterError {
        let text = error.to_string();
        match error {
            DlmsError::Decryption { .. } => {
                self.transport.count_undecipherable();
                MeterError::Undecipherable(text)
            }
            DlmsError::AssociationRefused { diagnostic, .. } if diagnostic.is_about_credentials() => {
                MeterError::Authentication(text)
            }
            DlmsError::AssociationRefused { .. } => {
                MeterError::Refused { what: "the association".to_owned(), reason: text }
            }
            DlmsError::ServerNotAuthentic | DlmsError::HandshakeRejected(_) => MeterError::Authentication(text),
            DlmsError::Exception(exception) if exception.expected_counter.is_some() || exception.service == 5 => {
                MeterError::Authentication(text)
            }
            DlmsError::Exception(_) | DlmsError::Service(_) => {
                MeterError::Refused { what: "the request".to_owned(), reason: text }
            }
            DlmsError::Decode { .. } | DlmsError::Blocks(_) => MeterError::Garbled(text),
            DlmsError::Unexpected { .. } | DlmsError::Replayed { .. } | DlmsError::Unprotected(_) => {
                MeterError::Unexpected(text)
            }
            DlmsError::Counter(_) | DlmsError::Request(_) => MeterError::BadValue(text),
        }
    }

    /// Releases the association: with the wrapper by RLRQ, over HDLC by DISC, which ends everything at once.
    pub fn close(&mut self) {
        let client = self.client.take();
        if let (Some(mut client), true) = (client, self.transport.settings().wrapper)
            && let Ok(Step::Send(apdu)) = client.release()
        {
            let (timeout, retries) = (self.transport.settings().timeout, self.transport.settings().retries);
            self.transport.set_patience(timeout.min(Duration::from_secs(1)), 0);
            if self.transport.force_send(&apdu.octets, &apdu.secrets).is_ok() {
                let _ = self.transport.receive();
            }
            self.transport.set_patience(timeout, retries);
        }
        self.transport.disconnect();
    }
}

/// Octets an attribute's value takes in a list's answer, guessed on the high side from its class.
fn answer_size(attribute: &AttributeDescriptor) -> usize {
    match (attribute.class, attribute.attribute) {
        (ClassId::REGISTER | ClassId::EXTENDED_REGISTER, 2 | 3) => 10,
        (ClassId::DISCONNECT_CONTROL, _) | (ClassId::STS_ATTRIBUTES, 4..) => 6,
        (ClassId::ACCOUNT, 2 | 4 | 5 | 16) => 8,
        _ => 24,
    }
}

/// Whether a stale invocation counter may stand behind this: meters answer one with a refusal, an exception, or
/// silence.
fn may_be_the_counter(error: &MeterError) -> bool {
    matches!(
        error,
        MeterError::Authentication(_)
            | MeterError::Refused { .. }
            | MeterError::NoReply { .. }
            | MeterError::Undecipherable(_)
    )
}

/// The same error once more, for when looking for its cause failed too.
fn error_again(error: &MeterError) -> MeterError {
    match error {
        MeterError::Authentication(text) => MeterError::Authentication(text.clone()),
        MeterError::Undecipherable(text) => MeterError::Undecipherable(text.clone()),
        MeterError::NoReply { address, what, echo } => {
            MeterError::NoReply { address: address.clone(), what: what.clone(), echo: *echo }
        }
        other => MeterError::Authentication(other.to_string()),
    }
}
