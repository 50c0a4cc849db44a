//! Simulated meters on a line in memory, and drivers on it.

use std::time::Duration;

use time::OffsetDateTime;
use time::macros::datetime;
use wattkey::keys::counters::{CounterOwner, fingerprint};
use wattkey::link::memory::LineFaults;
use wattkey::link::{FarAction, FarEnd, LineSettings, Link, MemoryLine};
use wattkey::meter::dlms::counter::SharedStore;
use wattkey::meter::dlms::session::{AssociationKeys, Proof};
use wattkey::meter::dlms::{Access, Authentication, Cache, DlmsMeter, Session, Transport, TransportSettings};
use wattkey::meter::profile::{Library, Profile};
use wattkey::protocol::dlms::{
    AttributeDescriptor, ClassId, Conformance, Hls, ObisCode, Password, Protection, SecretKey, SuiteKeys, SystemTitle,
};
use wattkey::protocol::hdlc::{Address, ClientAddress};
use wattkey::sim::fault::{FaultRule, Faults};
use wattkey::sim::line::{LineAction, SimLine};
use wattkey::sim::meter::Meter as SimulatedMeter;
use wattkey::sim::model::Model;

pub const START: OffsetDateTime = datetime!(2026-11-21 08:00 UTC);

/// A line of simulated meters as the far end of a line in memory.
#[derive(Debug)]
pub struct Meters {
    line: SimLine,
}

impl Meters {
    pub fn at(addresses: &[&str]) -> Self {
        Self::of(Model::default_name(), 0, addresses)
    }

    /// Meters of one model, numbered from `seed` on.
    pub fn of(model: &str, seed: u64, addresses: &[&str]) -> Self {
        Self::changed(model, seed, addresses, |_| {})
    }

    /// The same, of a model with a change.
    pub fn changed(model: &str, seed: u64, addresses: &[&str], change: impl Fn(&mut Model)) -> Self {
        let meters = addresses.iter().zip(seed..).map(|(address, seed)| {
            let mut model = Model::named(model).unwrap();
            model.faces.checks_invocation_counter = true;
            change(&mut model);
            (SimulatedMeter::new(model, seed, START).unwrap(), address.parse::<Address>().unwrap())
        });
        Meters { line: SimLine::new(meters.collect(), Faults::new(FaultRule::default(), 1)) }
    }
}

impl FarEnd for Meters {
    fn settings(&self) -> LineSettings {
        LineSettings::eight_none_one(9600)
    }

    fn hear(&mut self, byte: u8, at: Duration) -> Vec<FarAction> {
        let time = START + time::Duration::try_from(at).unwrap();
        let actions = self.line.hear(&[byte], at, time);
        let action = |action| match action {
            LineAction::Pause(duration) => FarAction::Pause(duration),
            LineAction::Send(octets) => FarAction::Send(octets),
            LineAction::HangUp => FarAction::HangUp,
        };
        actions.into_iter().map(action).collect()
    }
}

/// A line at 9600 8N1 to these meters.
pub fn line(addresses: &[&str], faults: LineFaults) -> MemoryLine {
    MemoryLine::new(Meters::at(addresses)).with_faults(faults)
}

/// Waits and repetitions of the drivers here.
fn transport_settings(address: &str) -> TransportSettings {
    TransportSettings {
        server: address.parse().unwrap(),
        max_info_field: 2030,
        window: 1,
        wrapper: false,
        timeout: Duration::from_secs(2),
        retries: 2,
        octet_gap: Duration::from_millis(250),
    }
}

/// The public client without anything to prove.
fn public() -> Access {
    Access {
        client: ClientAddress::PUBLIC,
        authentication: Authentication::NONE,
        source: None,
        public: None,
        counter_objects: Vec::new(),
        pdu: u16::MAX,
        conformance: Conformance::CLIENT,
        block_window: 1,
        pre_established: None,
        accept_far_counter: false,
    }
}

/// A driver without authentication on a link.
pub fn driver(link: Box<dyn Link>, address: &str) -> DlmsMeter {
    let library = Library::default();
    let profile = library.find("generic-dlms").unwrap();
    DlmsMeter::new(public_session(link, address), profile, Some(library), None)
}

/// As [`driver`], with a profile that was chosen and a cache of object lists.
pub fn driver_with_cache(link: Box<dyn Link>, profile: Profile, cache: Cache) -> DlmsMeter {
    DlmsMeter::new(public_session(link, "1/17"), profile, None, Some(cache))
}

/// What a driver offers the meter.
#[derive(Debug, Clone, Copy)]
pub struct Offer {
    /// HDLC frames in a row.
    pub window: u8,
    /// Services.
    pub conformance: Conformance,
}

impl Default for Offer {
    fn default() -> Self {
        Offer { window: 1, conformance: Conformance::CLIENT }
    }
}

/// As [`driver`], at 1/17, with another offer.
pub fn driver_with(link: Box<dyn Link>, offer: Offer) -> DlmsMeter {
    let library = Library::default();
    DlmsMeter::new(offering(link, "1/17", offer), library.find("wattkey-sim").unwrap(), None, None)
}

fn public_session(link: Box<dyn Link>, address: &str) -> Session {
    offering(link, address, Offer::default())
}

fn offering(link: Box<dyn Link>, address: &str, offer: Offer) -> Session {
    let access = Access { conformance: offer.conformance, ..public() };
    let settings = TransportSettings { window: offer.window, ..transport_settings(address) };
    let transport = Transport::new(link, settings, access.client);
    let no_challenge = Box::new(|_| unreachable!("nobody proves anything here"));
    Session::new(transport, access, None, no_challenge, Box::new(|_| Ok(())), START)
}

/// A session of client 32, which has this password.
pub fn reader(link: Box<dyn Link>, password: &str) -> Session {
    let authentication = Authentication { proof: Proof::Password(Password::new(password)), ..Authentication::NONE };
    let access = Access { client: ClientAddress::new(32).unwrap(), authentication, ..public() };
    let transport = Transport::new(link, transport_settings("1/17"), access.client);
    let no_challenge = Box::new(|_| unreachable!("a password answers no challenge"));
    Session::new(transport, access, None, no_challenge, Box::new(|_| Ok(())), START)
}

const TITLE: [u8; 8] = *b"TECH0001";
const ENCRYPTION_KEY: [u8; 16] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15];

/// Whose counters the manager's are, on the line in memory.
pub fn manager_owner() -> CounterOwner {
    CounterOwner { meter: "memory 1/17".to_owned(), client: 48, key: fingerprint(&ENCRYPTION_KEY, &TITLE) }
}

/// A session of client 48, which proves itself by GMAC and has its counters from `store`.
pub fn manager(link: Box<dyn Link>, store: &SharedStore) -> Session {
    let authentication_key = SecretKey::new(std::array::from_fn(|n| 0xD0 + n as u8));
    let authentication = Authentication {
        proof: Proof::Hls(Hls::Gmac),
        title: Some(SystemTitle(TITLE)),
        keys: Some(AssociationKeys {
            keys: SuiteKeys::suite_0(SecretKey::new(ENCRYPTION_KEY), authentication_key),
            protection: Some(Protection::AuthenticatedEncryption),
            dedicated: false,
            general: wattkey::protocol::dlms::GeneralKeys::default(),
            fingerprint: manager_owner().key,
        }),
    };
    let counter = AttributeDescriptor::new(ClassId::DATA, ObisCode([0, 0, 43, 1, 0, 255]), 2);
    let access = Access {
        client: ClientAddress::new(48).unwrap(),
        authentication,
        public: Some(ClientAddress::PUBLIC),
        counter_objects: vec![counter],
        ..public()
    };
    let transport = Transport::new(link, transport_settings("1/17"), access.client);
    let challenge = Box::new(|_| Ok(b"0123456789abcdef".to_vec()));
    Session::new(transport, access, Some(store.clone()), challenge, Box::new(|_| Ok(())), START)
}

/// The manager's driver.
pub fn manager_driver(session: Session) -> DlmsMeter {
    let library = Library::default();
    DlmsMeter::new(session, library.find("wattkey-sim").unwrap(), None, None)
}
