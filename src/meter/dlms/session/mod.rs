//! The association: opened when first needed, with a fresh invocation counter, and always released. Requests go
//! through here, one at a time.

mod faults;
mod lists;
mod opening;
mod orders;
mod short_names;

use std::time::Duration;

use time::OffsetDateTime;

use super::authentication::SecretSource;
pub use super::authentication::{AssociationKeys, Authentication, Proof};
use super::counter::SharedStore;
use super::transport::Transport;
use crate::keys::MeterSecrets;
use crate::link::{Link, LinkError, Moment};
use crate::meter::MeterError;
use crate::protocol::dlms::{
    ActionOutcome, AttributeDescriptor, ClassId, Conformance, Data, DataAccessResult, DlmsClient, DlmsError, GetItem,
    GetResult, MethodDescriptor, Outcome, SelectiveAccess, SetItem, Step, SystemTitle,
};
use crate::protocol::hdlc::ClientAddress;
use lists::ListLimit;
pub(super) use orders::Resolved;
use short_names::ShortNames;

/// As whom the meter is talked to.
#[derive(Debug, Clone)]
pub struct Access {
    /// The client.
    pub client: ClientAddress,
    /// Its authentication.
    pub authentication: Authentication,
    /// Where the secrets come from. With keys of a fleet `authentication` is found by it once the meter has told its names
    /// to the public client.
    pub source: Option<SecretSource>,
    /// The client that may read the invocation counter without authentication.
    pub public: Option<ClientAddress>,
    /// Objects that may hold the invocation counter of this client, best first.
    pub counter_objects: Vec<AttributeDescriptor>,
    /// Longest APDU to propose, in octets.
    pub pdu: u16,
    /// Services to offer.
    pub conformance: Conformance,
    /// Blocks of general block transfer to take in a row, 1 to 63.
    pub block_window: u8,
    /// The client whose association the meter holds open without being asked, if any.
    pub pre_established: Option<ClientAddress>,
    /// Take a counter of the meter's that is implausibly high.
    pub accept_far_counter: bool,
}

/// As many octets as asked for that nobody can foresee: challenges and dedicated keys.
pub type RandomSource = Box<dyn FnMut(usize) -> Result<Vec<u8>, MeterError> + Send>;

/// What opens the line for HDLC: nothing, or the sign-on of mode E.
pub type Opener = Box<dyn FnMut(&mut dyn Link) -> Result<(), MeterError> + Send>;

/// Asks whether the meter's implausibly high counter is to be taken, told that counter and our last one; `false` when
/// nobody can be asked.
pub type CounterQuestion = Box<dyn FnMut(u32, Option<u32>) -> bool + Send>;

/// One meter, one client, at most one association at a time.
pub struct Session {
    transport: Transport,
    access: Access,
    client: Option<DlmsClient>,
    counters: Option<SharedStore>,
    random: RandomSource,
    counter_question: CounterQuestion,
    opener: Opener,
    /// Wall clock at a moment of the link's clock, from which all later times follow.
    anchor: (OffsetDateTime, Moment),
    /// The meter's own counter, once it was read in this session.
    meter_counter: Option<u32>,
    /// The secrets in use, once they were found among those of a fleet or changed.
    secrets: Option<MeterSecrets>,
    /// Whether the meter knows its objects by short names only, and which.
    short_names: bool,
    names: Option<ShortNames>,
    /// Whether the meter refused the last association for how its objects were to be named, or for its ciphering.
    refused_context: bool,
    /// How long lists of attributes may be.
    list_limit: ListLimit,
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
        random: RandomSource,
        opener: Opener,
        now: OffsetDateTime,
    ) -> Self {
        let anchor = (now, transport.link().now());
        Session {
            transport,
            access,
            client: None,
            counters,
            random,
            counter_question: Box::new(|_, _| false),
            opener,
            anchor,
            meter_counter: None,
            secrets: None,
            short_names: false,
            names: None,
            refused_context: false,
            list_limit: ListLimit::UNKNOWN,
        }
    }

    /// The same, with somebody to ask about a counter that is implausibly high. Without, such a one is refused unless
    /// [`Access::accept_far_counter`] says otherwise.
    #[must_use]
    pub fn with_counter_question(mut self, question: CounterQuestion) -> Self {
        self.counter_question = question;
        self
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

    /// Where the secrets come from; `None` without credentials.
    pub(super) fn source(&self) -> Option<&SecretSource> {
        self.access.source.as_ref()
    }

    /// The meter's system title, once it told it.
    pub(super) fn server_title(&self) -> Option<SystemTitle> {
        self.client.as_ref().and_then(DlmsClient::info).and_then(|info| info.server_title)
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

    /// Reads one attribute.
    ///
    /// # Errors
    /// [`MeterError`].
    pub fn get(
        &mut self,
        attribute: AttributeDescriptor,
        access: Option<SelectiveAccess>,
    ) -> Result<GetResult, MeterError> {
        self.open()?;
        if self.is_short() {
            return self.get_short(attribute, access);
        }
        match self.request(|client| client.get(GetItem { attribute, access }))? {
            Outcome::Get(result) => Ok(result),
            other => Err(MeterError::Unexpected(format!("{other:?}"))),
        }
    }

    /// Reads the front of an attribute that is an array of any length, `most` elements of it; whether that is all.
    ///
    /// # Errors
    /// [`MeterError`].
    pub fn get_front(&mut self, attribute: AttributeDescriptor, most: usize) -> Result<(GetResult, bool), MeterError> {
        self.open()?;
        if self.is_short() {
            return Ok((self.get_short(attribute, None)?, true));
        }
        match self.request(|client| client.get_front(GetItem { attribute, access: None }, most))? {
            Outcome::Front { result, whole } => Ok((result, whole)),
            other => Err(MeterError::Unexpected(format!("{other:?}"))),
        }
    }

    /// Writes an attribute. The password of an association is kept out of records of the line.
    ///
    /// # Errors
    /// [`MeterError`].
    pub fn set(&mut self, attribute: AttributeDescriptor, value: Data) -> Result<DataAccessResult, MeterError> {
        let is_password = matches!((attribute.class, attribute.attribute), (ClassId::ASSOCIATION_LN, 7));
        self.open()?;
        if self.is_short() {
            return self.set_short(attribute, value, is_password);
        }
        let item = SetItem { attribute, value };
        match self.request(|client| if is_password { client.set_secret(item) } else { client.set(item) })? {
            Outcome::Set(result) => Ok(result),
            other => Err(MeterError::Unexpected(format!("{other:?}"))),
        }
    }

    /// Calls a method.
    ///
    /// # Errors
    /// [`MeterError`].
    pub fn action(&mut self, method: MethodDescriptor, argument: Data) -> Result<ActionOutcome, MeterError> {
        self.open()?;
        if self.is_short() {
            return self.action_short(method, argument, false);
        }
        match self.request(|client| client.action(method, Some(argument)))? {
            Outcome::Action(outcome) => Ok(outcome),
            other => Err(MeterError::Unexpected(format!("{other:?}"))),
        }
    }

    /// Calls a method with a token, a password or a key; records of the line show its last `shown` octets at most.
    ///
    /// # Errors
    /// [`MeterError`].
    pub fn action_secret(
        &mut self,
        method: MethodDescriptor,
        argument: Data,
        shown: usize,
    ) -> Result<ActionOutcome, MeterError> {
        self.open()?;
        if self.is_short() {
            return self.action_short(method, argument, true);
        }
        match self.request(|client| client.action_secret(method, argument, shown))? {
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
        let mut step = first.map_err(|error| faults::translate(error, &mut self.transport))?;
        loop {
            let reply = match step {
                Step::Done(outcome) => return Ok(outcome),
                Step::Send(apdu) => self.transport.exchange(&apdu.octets, &apdu.secrets)?,
                Step::Unsolicited(_) => self.transport.receive()?,
                Step::More => self.transport.receive_more()?,
                Step::Stream(apdu) => {
                    self.transport.deliver(&apdu.octets, &apdu.secrets)?;
                    step = client.go_on().map_err(|error| faults::translate(error, &mut self.transport))?;
                    continue;
                }
            };
            step = client.receive(&reply).map_err(|error| faults::translate(error, &mut self.transport))?;
        }
    }

    /// Releases the association: with the wrapper by RLRQ, over HDLC by DISC, which ends everything at once.
    pub fn close(&mut self) {
        // What a meter lists depends on who asks.
        self.names = None;
        let client = self.client.take();
        let is_released =
            self.transport.settings().wrapper && client.as_ref().is_some_and(|client| !client.is_pre_established());
        if let (Some(mut client), true) = (client, is_released)
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
