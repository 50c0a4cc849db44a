//! How the association is opened: by whom, with which authentication, under which invocation counter.

use time::OffsetDateTime;

use super::faults::{error_again, may_be_the_counter};
use super::{AssociationKeys, Authentication, Proof, Session};
use crate::keys::{CounterOwner, MeterSecrets};
use crate::meter::MeterError;
use crate::meter::dlms::counter::{SharedStore, StoredCounter};
use crate::protocol::dlms::{
    self, AssociationSettings, AttributeDescriptor, ClassId, ClientSecurity, DlmsClient, InvocationCounter, ObisCode,
    Outcome, SecretKey, SystemTitle,
};

/// A counter of the meter's from which on taking it wants a confirmation: a false one would use up the key.
const FAR_AHEAD: u32 = 1 << 31;

/// Octets of a challenge: more than any mechanism needs, as long as every meter takes.
const CHALLENGE: usize = 16;

/// Objects that name a meter, as its public client may read them: device name, serial number.
const NAMES: [ObisCode; 2] = [ObisCode([0, 0, 42, 0, 0, 255]), ObisCode([0, 0, 96, 1, 0, 255])];

impl Session {
    /// Opens the association unless it stands.
    ///
    /// # Errors
    /// [`MeterError`].
    pub fn open(&mut self) -> Result<(), MeterError> {
        if self.client.is_some() {
            return Ok(());
        }
        self.or_by_short_names(|session| session.choose_keys().and_then(|()| session.open_by_names()))
    }

    /// Some meters know short names only. They say so, or refuse the context of the association, as others do that want it
    /// ciphered: what failed for one of these reasons is tried again by short names.
    fn or_by_short_names<T>(
        &mut self,
        mut attempt: impl FnMut(&mut Self) -> Result<T, MeterError>,
    ) -> Result<T, MeterError> {
        let first = match attempt(self) {
            Err(error) if !self.short_names && (self.refused_context || matches!(error, MeterError::ShortNames(_))) => {
                error
            }
            other => return other,
        };
        if self.access.authentication.keys.as_ref().is_some_and(|keys| keys.dedicated) {
            return Err(match first {
                MeterError::ShortNames(why) => {
                    MeterError::ShortNames(format!("{why}; dedicated_key is for logical names"))
                }
                other => other,
            });
        }
        self.short_names = true;
        self.close();
        attempt(self).map_err(|second| {
            self.short_names = false;
            match (first, second) {
                (_, second @ MeterError::Link(_)) => second,
                (first, MeterError::Authentication(reason)) => {
                    MeterError::Authentication(format!("{first}; asked for by short names: {reason}"))
                }
                (MeterError::ShortNames(why), second) => {
                    MeterError::ShortNames(format!("{why}; asked for by short names: {second}"))
                }
                // Refused for the same reason: it was not about the names.
                (first, _) if self.refused_context => first,
                (first, MeterError::Refused { .. } | MeterError::NoReply { .. }) => first,
                (_, second) => second,
            }
        })
    }

    /// Opens the association with the names in use.
    fn open_by_names(&mut self) -> Result<(), MeterError> {
        let Authentication { proof, title, keys } = self.access.authentication.clone();
        match (keys, title) {
            (Some(keys), Some(title)) => self.open_ciphered(&proof, title, &keys),
            (Some(_), None) => Err(MeterError::CredentialsMissing("keys need a system title".to_owned())),
            (None, title) => {
                let settings = AssociationSettings { title, ..self.settings(&proof)? };
                self.associate(settings)
            }
        }
    }

    /// Learns the meter's names as the public client and finds its keys among those of the fleet.
    fn choose_keys(&mut self) -> Result<(), MeterError> {
        let Some(source) = self.access.source.clone().filter(|_| self.secrets.is_none()) else { return Ok(()) };
        if !source.credentials.is_by_meter() {
            return Ok(());
        }
        let secrets = source.find(&self.names()?)?;
        self.use_secrets(secrets)
    }

    /// The secrets the next association is opened with; `None` without credentials, or before a meter of a fleet is known.
    pub fn secrets(&self) -> Option<MeterSecrets> {
        let source = self.access.source.as_ref().filter(|source| !source.credentials.is_by_meter());
        self.secrets.clone().or_else(|| source.map(|source| source.credentials.secrets.clone()))
    }

    /// Ends the association; the next one is opened with these secrets. Its counters begin above those used so far.
    ///
    /// # Errors
    /// [`MeterError::CredentialsMissing`] when a secret is missing that the credentials promise.
    pub fn use_secrets(&mut self, secrets: MeterSecrets) -> Result<(), MeterError> {
        let Some(source) = &self.access.source else {
            return Err(MeterError::CredentialsMissing("there are no credentials to change the keys of".to_owned()));
        };
        let lacks = |field: &str| source.missing(&format!("[dlms] {field} is missing"));
        let next = source.authentication(&secrets).map_err(lacks)?;
        self.close();
        if let (Some(before), Some(store)) = (self.access.authentication.keys.clone(), self.counters.clone()) {
            let owner = self.owner(before.fingerprint);
            let used = store.lock().ok().and_then(|store| store.last(&owner).ok().flatten());
            self.meter_counter = self.meter_counter.max(used);
        }
        self.access.authentication = next;
        self.secrets = Some(secrets);
        Ok(())
    }

    /// What the meter tells anybody of its name. The number comes first, then the device name and the system title.
    pub fn names(&mut self) -> Result<Vec<String>, MeterError> {
        let Some(public) = self.access.public else { return Ok(Vec::new()) };
        let client = std::mem::replace(&mut self.access.client, public);
        let found = self.or_by_short_names(|session| {
            session.associate(AssociationSettings::public())?;
            session.read_names()
        });
        self.access.client = client;
        self.close();
        match found {
            Err(MeterError::Authentication(_) | MeterError::Refused { .. } | MeterError::ShortNames(_)) => {
                Ok(Vec::new())
            }
            other => other,
        }
    }

    fn read_names(&mut self) -> Result<Vec<String>, MeterError> {
        let mut names = Vec::new();
        for name in NAMES.into_iter().rev() {
            let value = self.get(AttributeDescriptor::new(ClassId::DATA, name, 2), None)?;
            let text = value.ok().and_then(|data| crate::meter::dlms::convert::value(&data).as_text());
            names.extend(text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty()));
        }
        let title = self.client.as_ref().and_then(DlmsClient::info).and_then(|info| info.server_title);
        names.extend(title.map(|title| title.to_string()));
        Ok(names)
    }

    /// An association with this proof; keys and title are still to be added.
    fn settings(&mut self, proof: &Proof) -> Result<AssociationSettings, MeterError> {
        Ok(match proof {
            Proof::None => AssociationSettings::public(),
            Proof::Password(password) => AssociationSettings::lls(password.clone()),
            Proof::Hls(mechanism) => {
                let challenge = (self.random)(CHALLENGE)?;
                let authentication = dlms::Authentication::Hls { mechanism: mechanism.clone(), challenge };
                AssociationSettings { authentication, ..AssociationSettings::public() }
            }
        })
    }

    /// Takes the counter from the store; on first contact, and once after a refusal, from the meter as well.
    fn open_ciphered(&mut self, proof: &Proof, title: SystemTitle, keys: &AssociationKeys) -> Result<(), MeterError> {
        let missing = || MeterError::CredentialsMissing("keys need a place to keep the invocation counter".to_owned());
        let store = self.counters.clone().ok_or_else(missing)?;
        let owner = self.owner(keys.fingerprint.clone());
        let failed = || MeterError::Unexpected("the counter store failed in another thread".to_owned());
        let (known, tells) = {
            let store = store.lock().map_err(|_| failed())?;
            (store.last(&owner)?, store.tells(&owner, OffsetDateTime::now_utc())?)
        };
        let mut looked = self.meter_counter.is_some();
        // On every contact: what is stored here may be a copy of an earlier time. A meter that does not report it is asked
        // again after a day, or when it refuses.
        if !looked && tells != Some(false) {
            if let Err(error) = self.look_at_counter(known) {
                // A public client that is switched off may be silent: the next command does without it.
                if known.is_some() && matches!(error, MeterError::NoReply { .. }) {
                    store.lock().map_err(|_| failed())?.note_silence(&owner, OffsetDateTime::now_utc())?;
                }
                return Err(error);
            }
            looked = true;
        }
        let first = self.associate_ciphered(&store, &owner, (proof, title, keys));
        let Err(error) = first else { return Ok(()) };
        if looked || !may_be_the_counter(&error) {
            return Err(error);
        }
        self.close();
        let used = store.lock().map_err(|_| failed())?.last(&owner)?;
        match self.look_at_counter(used) {
            Err(far @ MeterError::CounterFarAhead { .. }) => return Err(far),
            looked => looked.map_err(|_| error_again(&error))?,
        }
        let ahead = self.meter_counter.is_some_and(|meter| used.is_none_or(|used| meter >= used));
        if ahead { self.associate_ciphered(&store, &owner, (proof, title, keys)) } else { Err(error) }
    }

    fn associate_ciphered(
        &mut self,
        store: &SharedStore,
        owner: &CounterOwner,
        (proof, title, with): (&Proof, SystemTitle, &AssociationKeys),
    ) -> Result<(), MeterError> {
        let counter = StoredCounter::new(store.clone(), owner.clone(), self.meter_counter);
        let counter: Box<dyn InvocationCounter> = Box::new(counter);
        let dedicated =
            if with.dedicated { SecretKey::from_octets(&(self.random)(with.keys.suite.key_length())?) } else { None };
        // Numbers are drawn by the system; a failure gives none, and then no key is made.
        let random = Box::new(|count: usize| {
            let mut octets = vec![0u8; count];
            getrandom::fill(&mut octets).map(|()| octets).unwrap_or_default()
        });
        let security = ClientSecurity {
            title,
            keys: with.keys.clone(),
            protection: with.protection,
            dedicated,
            general: with.general.clone(),
            random,
            counter,
        };
        let settings = AssociationSettings { security: Some(security), ..self.settings(proof)? };
        self.associate(settings)
    }

    /// The place the meter answers at: link and address.
    pub fn place(&mut self) -> String {
        format!("{} {}", self.transport.link().name(), self.transport.settings().server)
    }

    fn owner(&mut self, key: String) -> CounterOwner {
        CounterOwner { meter: self.place(), client: u16::from(self.access.client.number()), key }
    }

    /// Reads the meter's counter as the public client, in an association of its own. A meter that has no such client
    /// or object leaves it unknown.
    fn look_at_counter(&mut self, ours: Option<u32>) -> Result<(), MeterError> {
        let Some(public) = self.access.public else { return Ok(()) };
        let client = std::mem::replace(&mut self.access.client, public);
        let found = self.associate(AssociationSettings::public()).and_then(|()| self.read_counter());
        self.access.client = client;
        self.close();
        match found {
            Ok(Some(meter)) if self.is_far(meter, ours) && !self.may_take(meter, ours) => {
                Err(MeterError::CounterFarAhead { meter, ours: ours.unwrap_or(0) })
            }
            Ok(meter) => {
                self.meter_counter = meter;
                Ok(())
            }
            Err(MeterError::Authentication(_) | MeterError::Refused { .. } | MeterError::NotOffered(_)) => Ok(()),
            Err(error) => Err(error),
        }
    }

    /// Whether taking the counter would use up half of all there are at once.
    fn is_far(&self, meter: u32, ours: Option<u32>) -> bool {
        meter >= FAR_AHEAD && ours.is_none_or(|ours| ours < FAR_AHEAD)
    }

    fn may_take(&mut self, meter: u32, ours: Option<u32>) -> bool {
        self.access.accept_far_counter || (self.counter_question)(meter, ours)
    }

    fn read_counter(&mut self) -> Result<Option<u32>, MeterError> {
        for object in self.access.counter_objects.clone() {
            if let Ok(data) = self.get(object, None)? {
                return Ok(data.as_u64().and_then(|number| u32::try_from(number).ok()));
            }
        }
        Ok(None)
    }

    /// Opens the connection below an association and closes it again.
    pub(in crate::meter::dlms) fn knock(&mut self) -> Result<(), MeterError> {
        (self.opener)(self.transport.link())?;
        let found = self.transport.connect(self.access.client);
        self.transport.disconnect();
        match found {
            // It holds somebody's connection, and is there.
            Err(MeterError::Refused { .. }) => Ok(()),
            other => other,
        }
    }

    fn associate(&mut self, settings: AssociationSettings) -> Result<(), MeterError> {
        let result = self.try_associate(AssociationSettings { short_names: self.short_names, ..settings });
        if result.is_err() {
            self.close();
        }
        result
    }

    fn try_associate(&mut self, mut settings: AssociationSettings) -> Result<(), MeterError> {
        self.refused_context = false;
        let has_credentials = settings.authentication != dlms::Authentication::None;
        settings.max_pdu = self.access.pdu;
        settings.conformance = self.access.conformance;
        settings.block_window = self.access.block_window;
        (self.opener)(self.transport.link())?;
        match self.transport.connect(self.access.client) {
            // A meter that still holds somebody's connection says DM: end that one and ask again.
            Err(MeterError::Refused { .. }) => {
                self.transport.disconnect();
                match self.transport.connect(self.access.client) {
                    Err(MeterError::Refused { .. }) => self.transport.connect_plainly(self.access.client)?,
                    other => other?,
                }
            }
            // Some meters answer an SNRM with parameters by silence.
            Err(error @ MeterError::NoReply { echo: false, .. }) if !self.transport.settings().wrapper => {
                self.transport.connect_plainly(self.access.client).map_err(|_| error)?;
            }
            other => other?,
        }
        let mut client = DlmsClient::new(settings);
        if self.access.pre_established == Some(self.access.client) {
            if has_credentials {
                let text = format!(
                    "client {} is associated without being asked, and proves nothing: its credentials need auth = \"none\"",
                    self.access.client.number()
                );
                return Err(MeterError::CredentialsMissing(text));
            }
            client.pre_established(self.access.conformance, self.access.pdu);
            self.client = Some(client);
            return Ok(());
        }
        let step = client.associate();
        let answer = self.run(&mut client, step);
        self.refused_context = client.is_context_refused();
        match answer {
            Ok(Outcome::Associated(_)) => {
                self.client = Some(client);
                Ok(())
            }
            Ok(other) => Err(MeterError::Unexpected(format!("{other:?}"))),
            Err(error @ MeterError::ShortNames(_)) => Err(error),
            // A refusal of a client that gave credentials is about them, whatever reason the meter gives.
            Err(MeterError::Refused { reason, .. }) if has_credentials => Err(MeterError::Authentication(reason)),
            Err(error) => Err(error),
        }
    }
}
