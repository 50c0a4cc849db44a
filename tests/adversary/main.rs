//! Against a peer that lies: every value shown is the meter's own, or there is an error within the time limit; after a
//! change the claim agrees with the meter. `WATTKEY_SEEDS=10000` makes it long, `WATTKEY_SEED` is the first one.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod far;
mod lying;

use std::time::Duration;

use serde_json::Value;
use time::OffsetDateTime;
use wattkey::change::{ChangeContext, TokenEvidence, enter_token};
use wattkey::ledger::{Author, Ledger, Operation, Outcome};
use wattkey::link::{Interrupt, LineSettings, MemoryLine};
use wattkey::meter::dlms::{Access, Authentication, DlmsMeter, Session, Transport, TransportSettings};
use wattkey::meter::dlt645::Dlt645Meter;
use wattkey::meter::iec62056_21::Iec62056_21Meter;
use wattkey::meter::modbus::{Exchange, ModbusMeter};
use wattkey::meter::profile::Library;
use wattkey::meter::{Item, Meter, MeterRef};
use wattkey::protocol::hdlc::ClientAddress;
use wattkey::protocol::iec62056_21::ClientOptions;
use wattkey::protocol::modbus::{Answer, Request, Table};
use wattkey::sts::{Amount, Commodity, RandomNumber, StaTables, Tid, Token, TokenContent};

use far::{Account, BEGIN};
use lying::{Habits, LyingLink};

const TIMEOUT: Duration = Duration::from_millis(500);
const RETRIES: u32 = 2;

/// What one request may take, and what the program may do around it: a connection opened anew, and closed.
const REQUEST: Duration = Duration::from_millis(500 * 3 + 2_000);

/// How long a reading may go on without an answer that can be attributed. A meter that is silent is also asked to connect
/// without parameters.
const READING: Duration = Duration::from_millis(500 * 3 + 10_000 + 500 * 3 + 1_000);

fn number(name: &str, otherwise: u64) -> u64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(otherwise)
}

fn seeds() -> std::ops::Range<u64> {
    let first = number("WATTKEY_SEED", 1);
    first..first + number("WATTKEY_SEEDS", 300)
}

fn now() -> OffsetDateTime {
    BEGIN
}

const HABITS: Habits = Habits {
    repeats: true,
    delay: Duration::from_millis(1_500),
    stranger: b"\x7E\xA0\x07\x03\x25\x73\x00\x00\x7E",
    dies: true,
};

fn lying(account: &Account, settings: LineSettings, habits: Habits, seed: u64) -> LyingLink {
    let mut line = MemoryLine::new(account.far_end(settings));
    wattkey::link::Link::configure(&mut line, settings).unwrap();
    LyingLink::new(line, habits, seed)
}

fn true_line(account: &Account, settings: LineSettings) -> Box<MemoryLine> {
    let mut line = MemoryLine::new(account.far_end(settings));
    wattkey::link::Link::configure(&mut line, settings).unwrap();
    Box::new(line)
}

fn dlms(link: Box<dyn wattkey::link::Link>) -> DlmsMeter {
    let settings = TransportSettings {
        server: "1/17".parse().unwrap(),
        max_info_field: 128,
        window: 1,
        wrapper: false,
        timeout: TIMEOUT,
        retries: RETRIES,
        octet_gap: Duration::from_millis(250),
    };
    let access = Access {
        client: ClientAddress::PUBLIC,
        authentication: Authentication::NONE,
        source: None,
        public: None,
        counter_objects: Vec::new(),
        pdu: u16::MAX,
        conformance: wattkey::protocol::dlms::Conformance::CLIENT,
        block_window: 1,
        pre_established: None,
        accept_far_counter: false,
    };
    let transport = Transport::new(link, settings, access.client);
    let session = Session::new(
        transport,
        access,
        None,
        Box::new(|_| unreachable!("nobody proves anything")),
        Box::new(|_| Ok(())),
        BEGIN,
    );
    let library = Library::default();
    DlmsMeter::new(session, library.find("wattkey-sim").unwrap(), None, None)
}

fn dlt645(link: Box<dyn wattkey::link::Link>) -> Dlt645Meter {
    let profile = Library::default().find("generic-dlt645").unwrap();
    let address = wattkey::protocol::dlt645::Address::ANY;
    Dlt645Meter::new(link, profile, address, None, (TIMEOUT, RETRIES), now)
}

fn iec62056_21(link: Box<dyn wattkey::link::Link>) -> Iec62056_21Meter {
    let options = ClientOptions { timeout: TIMEOUT, retries: RETRIES, highest_baud: 300, ..ClientOptions::default() };
    let profile = Library::default().find("generic-iec62056-21").unwrap();
    Iec62056_21Meter::new(link, options, profile, None, None, BEGIN)
}

/// Every number and text of a status that does not change by itself.
fn leaves(value: &Value, path: &str, found: &mut Vec<(String, Value)>) {
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                if !matches!(name.as_str(), "clock" | "read_at" | "problems" | "link" | "traffic") {
                    leaves(value, &format!("{path}/{name}"), found);
                }
            }
        }
        // An element names itself (a phase, a tariff), so that one that is missing moves none of the others.
        Value::Array(list) => {
            for value in list {
                let name = ["phase", "tariff"].into_iter().find_map(|key| value.get(key)).unwrap_or(&Value::Null);
                leaves(value, &format!("{path}/{name}"), found);
            }
        }
        leaf => found.push((path.to_owned(), leaf.clone())),
    }
}

fn told(meter: &mut dyn Meter) -> Option<Vec<(String, Value)>> {
    let status = meter.status().ok()?;
    let mut found = Vec::new();
    leaves(&serde_json::to_value(status).unwrap(), "", &mut found);
    Some(found)
}

/// Statuses over a lying line hold nothing that a true line does not tell, and end in time.
fn statuses(
    face: &str,
    settings: LineSettings,
    habits: Habits,
    open: fn(Box<dyn wattkey::link::Link>) -> Box<dyn Meter>,
) {
    let account = Account::of(face);
    let truth = told(open(true_line(&account, settings)).as_mut()).unwrap();
    assert!(truth.len() > 5, "{truth:?}");
    let mut shown = 0usize;
    for seed in seeds() {
        let link = lying(&account, settings, habits, seed);
        let watch = link.watch();
        let mut meter = open(Box::new(link));
        for _ in 0..2 {
            watch.begin();
            let found = told(meter.as_mut());
            let since = watch.since_the_last_answer();
            assert!(since <= READING, "seed {seed}: a reading went on for {since:?} after the last answer");
            let Some(found) = found else { continue };
            for leaf in &found {
                assert!(truth.contains(leaf), "seed {seed}: {leaf:?} is not what the meter holds, {truth:?}");
            }
            shown += found.len();
        }
        let before = watch.now();
        meter.close();
        let closing = watch.now().saturating_sub(before);
        assert!(closing <= REQUEST, "seed {seed}: closing took {closing:?}");
    }
    assert!(shown > 0, "no status came through at all: nothing was shown");
}

#[test]
fn dlms_shows_what_the_meter_holds() {
    statuses("dlms", LineSettings::eight_none_one(9_600), HABITS, |link| Box::new(dlms(link)));
}

#[test]
fn dlt645_shows_what_the_meter_holds() {
    // A refusal names no item, so that one which comes twice cannot be told from that of the next item.
    let habits = Habits { repeats: false, ..HABITS };
    statuses("dlt645", LineSettings::eight_even_one(2_400), habits, |link| Box::new(dlt645(link)));
}

#[test]
fn iec62056_21_shows_what_the_meter_holds() {
    statuses("iec62056-21", LineSettings::seven_even_one(300), HABITS, |link| Box::new(iec62056_21(link)));
}

/// Registers one by one, which all have replies of one form.
#[test]
fn modbus_shows_what_the_meter_holds() {
    let account = Account::of("modbus");
    let settings = LineSettings::eight_none_one(9_600);
    let requests: Vec<Request> =
        (0..24).map(|at| Request::Read { table: Table::Input, first: at * 2, count: 2 }).collect();
    let mut line = Exchange::new(true_line(&account, settings), TIMEOUT, RETRIES, None);
    let unit = (1..=247).find(|unit| line.ask(*unit, &requests[0]).is_ok()).unwrap();
    let truth: Vec<Option<Answer>> = requests.iter().map(|request| line.ask(unit, request).ok()).collect();
    // A frame without a number that comes twice cannot be told from the next answer, whatever a client does.
    let habits = Habits { repeats: false, stranger: &[0x20, 0x04, 0x02, 0x00, 0x07, 0x44, 0xF1], ..HABITS };
    let mut shown = 0u32;
    for seed in seeds() {
        let mut exchange = Exchange::new(Box::new(lying(&account, settings, habits, seed)), TIMEOUT, RETRIES, None);
        for (request, truth) in requests.iter().zip(&truth) {
            let begun = exchange.link().now();
            let answer = exchange.ask(unit, request);
            let took = exchange.link().now() - begun;
            assert!(took <= REQUEST + Duration::from_secs(1), "seed {seed}: {request:?} took {took:?}");
            if let Ok(answer) = answer {
                assert_eq!(Some(&answer), truth.as_ref(), "seed {seed}: {request:?}");
                shown += 1;
            }
        }
    }
    assert!(shown > 0);
}

/// A driver of a register map reads the same over a lying line.
#[test]
fn a_register_map_shows_what_the_meter_holds() {
    let account = Account::of("modbus");
    let settings = LineSettings::eight_none_one(9_600);
    let library = Library::default();
    let open = |link: Box<dyn wattkey::link::Link>| {
        let exchange = Exchange::new(link, TIMEOUT, RETRIES, None);
        ModbusMeter::new(exchange, library.find("eastron-sdm120").unwrap(), 1, now)
    };
    let item: Item = "input:0:f32".parse().unwrap();
    let truth = open(true_line(&account, settings)).read(std::slice::from_ref(&item)).map(|read| read[0].value.clone());
    let habits = Habits { repeats: false, ..HABITS };
    for seed in seeds() {
        let link = lying(&account, settings, habits, seed);
        let watch = link.watch();
        let mut meter = open(Box::new(link));
        let read = meter.read(std::slice::from_ref(&item));
        let since = watch.since_the_last_answer();
        assert!(since <= READING, "seed {seed}: a reading went on for {since:?} after the last answer");
        if let Ok(read) = read {
            assert_eq!(truth.as_ref().ok(), Some(&read[0].value), "seed {seed}");
        }
    }
}

fn credit(account: &Account, tid: u32) -> Token {
    let content = TokenContent::Credit {
        commodity: Commodity::Electricity,
        rnd: RandomNumber::from_bits(5),
        tid: Tid::new(tid).unwrap(),
        amount: Amount::at_least(10).unwrap(),
    };
    account.look(|meter| meter.payment().register().key.make(&content, StaTables::iec_sample()))
}

/// A token over a lying line: what is claimed of it is what became of it.
#[test]
fn a_claim_about_a_token_is_true() {
    let settings = LineSettings::eight_none_one(9_600);
    let account = Account::of("dlms");
    let mut claims = [0u32; 3];
    for seed in seeds() {
        let token = credit(&account, 6_700_000 + u32::try_from(seed).unwrap());
        let newest = |account: &Account| account.look(|meter| meter.payment().tids().newest());
        let before = newest(&account);
        let link = lying(&account, settings, HABITS, seed);
        let watch = link.watch();
        let mut meter = dlms(Box::new(link));
        let author = Author { operator: "o".into(), host: "h".into(), tool: "t".into() };
        let mut ledger = Ledger::in_memory(author).unwrap();
        let mut context = ChangeContext {
            ledger: &mut ledger,
            meter: MeterRef { serial: Some("23456789".into()), drn: None },
            job: None,
            now: &now,
            interrupt: Interrupt::new(),
            read_back_limit: REQUEST,
        };
        let claim = enter_token(&mut meter, &mut context, Operation::EnterToken, token, &TokenEvidence::NONE);
        let was_taken = newest(&account) != before;
        let since = watch.since_the_last_answer();
        // The reading before, the token itself, and the read-back.
        assert!(since <= READING + REQUEST * 2, "seed {seed}: a token went on for {since:?} after the last answer");
        match claim.map(|step| step.outcome) {
            Ok(Outcome::Accepted) => {
                assert!(was_taken, "seed {seed}: said to be accepted, and it was not");
                claims[0] += 1;
            }
            Ok(Outcome::Unknown) => claims[1] += 1,
            Ok(_) | Err(_) => {
                assert!(!was_taken, "seed {seed}: said to be refused or not sent, and it was taken");
                claims[2] += 1;
            }
        }
    }
    assert!(claims[0] > 0, "{claims:?}");
}
