//! Every service and every authentication against the meter. `WATTKEY_DLMS_INFORMATION` sets the information field
//! asked for, `WATTKEY_DLMS_FAULTS` loses frames of ours, `WATTKEY_DLMS_SESSIONS` repeats the whole.

use std::env;
use std::time::Duration;

use time::macros::datetime;
use wattkey::error::Exit;
use wattkey::protocol::dlms::*;
use wattkey::protocol::hdlc::{ClientAddress, ClientSettings, Parameters};

use crate::driver::{Driver, Failure};

struct Counting(u32);

impl InvocationCounter for Counting {
    fn reserve(&mut self) -> Result<u32, String> {
        self.0 += 1;
        Ok(self.0)
    }
}

fn number(name: &str, otherwise: u64) -> u64 {
    env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(otherwise)
}

fn peer() -> Option<String> {
    env::var("WATTKEY_DLMS_PEER").ok()
}

fn line(peer: &str, client: u8, seed: u64) -> Driver {
    let mut settings = ClientSettings::new("1/17".parse().unwrap(), ClientAddress::new(client).unwrap());
    settings.parameters = Parameters::with_information(number("WATTKEY_DLMS_INFORMATION", 128) as u16);
    settings.response_timeout = Duration::from_millis(1500);
    settings.octet_gap = Duration::from_millis(30);
    settings.retries = 6;
    let faults = env::var("WATTKEY_DLMS_FAULTS").is_ok();
    Driver::open(peer, settings, faults.then_some(seed))
}

fn gmac(protection: Option<Protection>, first_counter: u32, encryption_key: [u8; 16]) -> AssociationSettings {
    let authentication_key = SecretKey::new(std::array::from_fn(|n| 0xD0 + n as u8));
    let keys = SuiteKeys::suite_0(SecretKey::new(encryption_key), authentication_key);
    let counter = Box::new(Counting(first_counter));
    let security = ClientSecurity {
        title: SystemTitle(*b"TECH0001"),
        keys,
        protection,
        dedicated: None,
        general: GeneralKeys::default(),
        random: Box::new(|count| vec![7; count]),
        counter,
    };
    AssociationSettings::hls_gmac(b"0123456789abcdef".to_vec(), security)
}

const RIGHT_KEY: [u8; 16] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15];

/// A session: association, calls, release.
struct Session {
    driver: Driver,
    client: DlmsClient,
}

impl Session {
    fn open(peer: &str, number: u8, settings: AssociationSettings, seed: u64) -> Result<Self, Failure> {
        let mut driver = line(peer, number, seed);
        let mut client = DlmsClient::new(settings);
        driver.connect()?;
        let step = client.associate();
        driver.run(&mut client, step)?;
        Ok(Session { driver, client })
    }

    fn get(&mut self, item: impl Into<GetItem>) -> GetResult {
        let step = self.client.get(item);
        match self.driver.run(&mut self.client, step) {
            Ok(Outcome::Get(result)) => result,
            other => panic!("{other:?}"),
        }
    }

    fn list(&mut self, items: Vec<GetItem>) -> Vec<GetResult> {
        let step = self.client.get_list(items);
        match self.driver.run(&mut self.client, step) {
            Ok(Outcome::GetList(results)) => results,
            other => panic!("{other:?}"),
        }
    }

    fn set(&mut self, attribute: AttributeDescriptor, value: Data) -> DataAccessResult {
        let step = self.client.set(SetItem { attribute, value });
        match self.driver.run(&mut self.client, step) {
            Ok(Outcome::Set(result)) => result,
            other => panic!("{other:?}"),
        }
    }

    fn action(&mut self, method: MethodDescriptor, argument: Data) -> ActionOutcome {
        let step = self.client.action(method, Some(argument));
        match self.driver.run(&mut self.client, step) {
            Ok(Outcome::Action(outcome)) => outcome,
            other => panic!("{other:?}"),
        }
    }

    fn close(mut self) {
        let step = self.client.release();
        let released = self.driver.run(&mut self.client, step).map_err(|error| format!("{error:?}"));
        assert_eq!(released, Ok(Outcome::Released));
        self.driver.disconnect().unwrap();
        eprintln!("{} requests, {:?}", self.driver.requests, self.driver.statistics());
    }
}

fn at(class: ClassId, instance: &str, attribute: i8) -> AttributeDescriptor {
    AttributeDescriptor::new(class, instance.parse().unwrap(), attribute)
}

fn registers() -> Vec<GetItem> {
    let names = ["1.0.1.8.0.255", "1.0.2.8.0.255", "1.0.32.7.0.255", "1.0.31.7.0.255", "1.0.14.7.0.255"];
    names.iter().flat_map(|name| [2, 3].map(|number| at(ClassId::REGISTER, name, number).into())).collect()
}

#[test]
fn the_public_client_reads_what_it_may() {
    let Some(peer) = peer() else { return };
    for round in 0..number("WATTKEY_DLMS_SESSIONS", 1) {
        let mut session = Session::open(&peer, 16, AssociationSettings::public(), round).unwrap();
        let name = session.get(at(ClassId::DATA, "0.0.42.0.0.255", 2)).unwrap();
        assert_eq!(name.as_text().unwrap(), "GRX88000017");
        let list = session.get(at(ClassId::ASSOCIATION_LN, "0.0.40.0.0.255", 2)).unwrap();
        let (objects, misread) = decode_object_list(&list).unwrap();
        assert_eq!(misread, 0);
        assert_eq!(objects.len(), 21);
        let gateway = objects.iter().find(|object| object.class == ClassId::TOKEN_GATEWAY).unwrap();
        assert!(!gateway.is_callable(1) && !gateway.is_readable(6));
        let denied = session.get(at(ClassId::REGISTER, "1.0.1.8.0.255", 2));
        assert_eq!(denied, Err(DataAccessResult::ReadWriteDenied));
        let unknown = session.get(at(ClassId::REGISTER, "1.0.9.9.9.255", 2));
        assert_eq!(unknown, Err(DataAccessResult::ObjectUndefined));
        session.close();
    }
}

#[test]
fn a_password_opens_registers_and_the_load_profile() {
    let Some(peer) = peer() else { return };
    for round in 0..number("WATTKEY_DLMS_SESSIONS", 1) {
        let settings = AssociationSettings::lls(Password::new(*b"12345678"));
        let mut session = Session::open(&peer, 32, settings, 100 + round).unwrap();
        let values = session.list(registers());
        let raw = values[4].as_ref().unwrap();
        let volts = ScalerUnit::from_data(values[5].as_ref().unwrap()).unwrap();
        assert_eq!((volts.apply(raw), volts.unit), (Some(230.1), Unit::VOLT));
        let buffer = at(ClassId::PROFILE_GENERIC, "1.0.99.1.0.255", 2);
        let rows = session.get(buffer).unwrap();
        assert_eq!(rows.as_elements().unwrap().len(), 200);
        let chosen = |access| GetItem { attribute: buffer, access: Some(access) };
        let rows = session.get(chosen(SelectiveAccess::by_entry((3, 4), (1, 0)))).unwrap();
        assert_eq!(rows.as_elements().unwrap().len(), 2);
        let (from, to) = (datetime!(2026-01-02 03:00), datetime!(2026-01-02 06:00));
        let range = SelectiveAccess::by_clock(DateTime::from_local(from), DateTime::from_local(to), &[]);
        let rows = session.get(chosen(range)).unwrap();
        let rows = rows.as_elements().unwrap();
        assert_eq!(rows.len(), 4);
        let first = DateTime::from_data(&rows[0].as_elements().unwrap()[0]).unwrap();
        assert_eq!(first.local(), Some(from));
        session.close();
    }
}

#[test]
fn gmac_opens_everything_under_each_protection() {
    let Some(peer) = peer() else { return };
    let both = Protection::AuthenticatedEncryption;
    let protections = [Some(both), Some(Protection::Encryption), Some(Protection::Authentication), None];
    for round in 0..number("WATTKEY_DLMS_SESSIONS", 1) {
        for (index, protection) in protections.into_iter().enumerate() {
            let seed = 1000 + 10 * round + index as u64;
            let settings = gmac(protection, 10_000 * seed as u32, RIGHT_KEY);
            let mut session =
                Session::open(&peer, 48, settings, seed).unwrap_or_else(|error| panic!("{protection:?}: {error:?}"));
            let threshold = at(ClassId::CREDIT, "0.0.19.10.0.255", 5);
            assert_eq!(session.set(threshold, Data::Int32(777 + index as i32)), DataAccessResult::Success);
            assert_eq!(session.get(threshold), Ok(Data::Int32(777 + index as i32)));
            let serial = at(ClassId::DATA, "0.0.96.1.0.255", 2);
            let long = Data::OctetString(b"0123456789".repeat(40));
            assert_eq!(session.set(serial, long.clone()), DataAccessResult::Success);
            assert_eq!(session.get(serial), Ok(long));
            assert_eq!(session.set(serial, Data::OctetString(b"88000017".to_vec())), DataAccessResult::Success);
            let values = session.list(registers());
            assert!(values.iter().all(Result::is_ok), "{values:?}");
            let rows = session.get(at(ClassId::PROFILE_GENERIC, "1.0.99.1.0.255", 2)).unwrap();
            assert_eq!(rows.as_elements().unwrap().len(), 200);
            let enter = MethodDescriptor::new(ClassId::TOKEN_GATEWAY, "0.0.19.40.0.255".parse().unwrap(), 1);
            let token = format!("{:020}", 12_345_678_901_234_000_001 + seed * 7);
            let entered = session.action(enter, Data::OctetString(token.into_bytes()));
            assert_eq!(entered.result, ActionResult::Success);
            let status = session.get(at(ClassId::TOKEN_GATEWAY, "0.0.19.40.0.255", 6)).unwrap();
            assert_eq!(status.as_elements().unwrap()[0].as_u64(), Some(3), "{status:?}");
            let relay =
                |method| MethodDescriptor::new(ClassId::DISCONNECT_CONTROL, "0.0.96.3.10.255".parse().unwrap(), method);
            assert_eq!(session.action(relay(1), Data::Int8(0)).result, ActionResult::Success);
            assert_eq!(session.get(at(ClassId::DISCONNECT_CONTROL, "0.0.96.3.10.255", 2)), Ok(Data::Boolean(false)));
            assert_eq!(session.action(relay(2), Data::Int8(0)).result, ActionResult::Success);
            session.close();
        }
    }
}

#[test]
fn wrong_credentials_are_told_as_such() {
    let Some(peer) = peer() else { return };
    let wrong_password = AssociationSettings::lls(Password::new(*b"wrong"));
    let wrong_key = gmac(Some(Protection::AuthenticatedEncryption), 1, [0x55; 16]);
    let no_ciphering = gmac(None, 1, [0x55; 16]);
    for (client, settings) in [(32, wrong_password), (48, wrong_key), (48, no_ciphering)] {
        match Session::open(&peer, client, settings, 1).map(|_| ()) {
            Err(Failure::Dlms(error)) => {
                assert_eq!(error.code().exit(), Exit::Authentication, "client {client}: {error}");
            }
            other => panic!("client {client}: {other:?}"),
        }
    }
}
