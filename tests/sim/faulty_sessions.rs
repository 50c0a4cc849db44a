//! Our own client against meters on lines that fail in every way the simulator knows: it may fail, it may not hang, and
//! what it reads is right.
//!
//! `WATTKEY_FAULTY_SESSIONS=10000` runs so many sessions; `WATTKEY_FAULTY_SEED=N` runs the one with this seed.

use std::path::Path;
use std::time::Duration;

use wattkey::link::address::SimAddress;
use wattkey::link::{Interrupt, Link};
use wattkey::meter::dlms::{Access, Authentication, DlmsMeter, Session, Transport, TransportSettings};
use wattkey::meter::dlt645::Dlt645Meter;
use wattkey::meter::modbus::{Exchange, ModbusMeter};
use wattkey::meter::profile::Library;
use wattkey::meter::{Meter, MeterError, Status};
use wattkey::protocol::hdlc::ClientAddress;
use wattkey::sim::SimLink;

use crate::bench::BEGIN;

/// Sessions of an ordinary test run.
const SESSIONS: u64 = 150;
/// The rule of the session with this number, so that every kind of fault comes alone and with others.
const FAULTS: [&str; 10] = [
    "drop=5%",
    "corrupt=5%",
    "delay=700ms",
    "echo",
    "cut-after=2000",
    "power-cut=2%",
    "drop=2%,corrupt=2%,delay=90ms,echo,power-cut=0.5%",
    "drop=30%,corrupt=30%",
    "late=20%",
    "late=10%,drop=5%,echo",
];

/// What the client and the meter speak; they take turns when every fault has had its own.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Spoken {
    Dlms,
    Dlt645,
    Modbus,
}

fn spoken(seed: u64) -> Spoken {
    let turn = usize::try_from(seed).unwrap() / FAULTS.len() % 4;
    [Spoken::Dlms, Spoken::Dlt645, Spoken::Dlms, Spoken::Modbus][turn]
}

fn open(folder: &Path, seed: u64) -> SimLink {
    let faults = FAULTS[usize::try_from(seed).unwrap() % FAULTS.len()];
    let face = match spoken(seed) {
        Spoken::Dlms => "dlms",
        Spoken::Dlt645 => "dlt645",
        Spoken::Modbus => "modbus",
    };
    let options = [("seed", &*seed.to_string()), ("fault", faults), ("fresh", ""), ("face", face)];
    let options = options.map(|(name, value)| (name, value.to_owned()));
    let options = options.map(|(name, value)| (name.to_owned(), value)).to_vec();
    let address = SimAddress { name: "faulty".to_owned(), options };
    SimLink::open(&address, folder, BEGIN, "sim:faulty".to_owned(), Interrupt::new()).unwrap()
}

fn client(link: SimLink) -> DlmsMeter {
    let public = ClientAddress::PUBLIC;
    let settings = TransportSettings {
        server: "1/17".parse().unwrap(),
        max_info_field: 128,
        window: 1,
        wrapper: false,
        timeout: Duration::from_secs(2),
        retries: 2,
        octet_gap: Duration::from_millis(250),
    };
    let access = Access {
        client: public,
        authentication: Authentication::NONE,
        source: None,
        public: Some(public),
        counter_objects: Vec::new(),
        pdu: u16::MAX,
        conformance: wattkey::protocol::dlms::Conformance::CLIENT,
        block_window: 1,
        pre_established: None,
        accept_far_counter: false,
    };
    let transport = Transport::new(Box::new(link), settings, public);
    let challenge = Box::new(|_| Err(MeterError::NotSupported("no challenge is needed".to_owned())));
    let session = Session::new(transport, access, None, challenge, Box::new(|_| Ok(())), BEGIN);
    DlmsMeter::new(session, Library::default().find("wattkey-sim").unwrap(), None, None)
}

/// A bit that was turned would show here: readings of one phase of the model with the smallest load.
fn supplied_as_the_model_says(status: &Status, seed: u64) {
    let Some(supply) = &status.supply else { return };
    for phase in supply.phases.iter().filter(|phase| phase.voltage_v.is_some_and(|volts| volts > 0.0)) {
        let volts = phase.voltage_v.unwrap();
        assert!((120.0..290.0).contains(&volts), "seed {seed}: {volts} V");
        if let (Some(amperes), Some(watts)) = (phase.current_a, phase.active_power_w) {
            assert!((volts * amperes * 0.97 - watts).abs() < 8.0, "seed {seed}: {volts} V {amperes} A {watts} W");
        }
    }
    if let Some(hertz) = supply.frequency_hz {
        assert!((49.9..=50.1).contains(&hertz), "seed {seed}: {hertz} Hz");
    }
}

/// One session: whether the meter could be read.
fn run(folder: &Path, seed: u64) -> bool {
    let link = open(folder, seed);
    let (serial, drn) = {
        let meter = link.line().meters().next().unwrap();
        (meter.identity().serial.clone(), meter.identity().pan.drn().to_string())
    };
    let (timeout, retries) = (Duration::from_secs(2), 2);
    let (read, elapsed) = match spoken(seed) {
        Spoken::Dlms => {
            let mut meter = client(link);
            (meter.status(), meter.into_link().now())
        }
        Spoken::Dlt645 => {
            let profile = Library::default().find("generic-dlt645").unwrap();
            let mut meter = Dlt645Meter::new(
                Box::new(link),
                profile,
                "88000017".parse().unwrap(),
                None,
                (timeout, retries),
                || BEGIN,
            );
            (meter.status(), Duration::ZERO)
        }
        Spoken::Modbus => {
            let profile = Library::default().find("eastron-sdm630").unwrap();
            let exchange = Exchange::new(Box::new(link), timeout, retries, None);
            let mut meter = ModbusMeter::new(exchange, profile, 1, || BEGIN);
            (meter.status(), meter.into_exchange().into_link().now())
        }
    };
    assert!(elapsed < Duration::from_secs(1200), "seed {seed}: {elapsed:?} of the line's time");
    let Ok(status) = read else { return false };
    supplied_as_the_model_says(&status, seed);
    // The number of a DL/T 645 meter has twelve digits.
    let serial = if spoken(seed) == Spoken::Dlt645 { format!("{serial:0>12}") } else { serial };
    assert_eq!(status.meter.serial.as_deref(), Some(serial.as_str()), "seed {seed}");
    if let Some(sts) = status.sts {
        let seen = serde_json::to_value(&sts).unwrap();
        let seen = ["drn", "sgc", "krn", "kt", "ti", "ken"].map(|field| seen[field].clone());
        let expected: [serde_json::Value; 6] = [drn.into(), "123456".into(), 1.into(), 2.into(), 1.into(), 255.into()];
        assert_eq!(seen, expected, "seed {seed}");
    }
    if let Some(available) = status.credit.and_then(|credit| credit.available) {
        assert!((41.0..=42.1).contains(&available), "seed {seed}: {available} kWh");
    }
    true
}

#[test]
fn no_session_hangs_or_reads_what_is_not_so() {
    let folder = tempfile::tempdir().unwrap();
    let number = |name: &str| std::env::var(name).ok().and_then(|text| text.parse::<u64>().ok());
    if let Some(seed) = number("WATTKEY_FAULTY_SEED") {
        println!("seed {seed}: read {}", run(folder.path(), seed));
        return;
    }
    let sessions = number("WATTKEY_FAULTY_SESSIONS").unwrap_or(SESSIONS);
    let read = (0..sessions).filter(|seed| run(folder.path(), *seed)).count();
    println!("{read} of {sessions} meters could be read");
    assert!(read > 0);
}
