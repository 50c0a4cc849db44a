//! The protocols of RS485: DL/T 645-2007 and Modbus RTU, with several meters on one line.

use std::time::Duration;

use time::OffsetDateTime;
use wattkey::link::address::SimAddress;
use wattkey::link::{Interrupt, Link};
use wattkey::meter::dlt645::Dlt645Meter;
use wattkey::meter::log::{Extract, Period, Rows};
use wattkey::meter::profile::Library;
use wattkey::meter::{Answer, Item, Meter as _, MeterError, Value};
use wattkey::protocol::dlt645::{
    Address, Credentials, DataIdentifier, ErrorBits, Frame, FrameScanner, RelayOrder, Reply, Request, ScanEvent,
    interpret,
};
use wattkey::protocol::{hdlc, modbus};
use wattkey::sim::SimLink;
use wattkey::sim::face::ProtocolOrder;
use wattkey::sim::fault::{FaultRule, Faults};
use wattkey::sim::line::{LineAction, MeterSlot, SimLine};
use wattkey::sim::{Meter, Model};

use crate::bench::{BEGIN, credit, enter, meter};

/// A line and its time.
struct Wire {
    line: SimLine,
    elapsed: Duration,
    begin: OffsetDateTime,
}

impl Wire {
    /// Meters of a model with the protocols given out in turn.
    fn of(protocols: &str, count: u16, model: &str, changes: &[(&str, &str)]) -> Self {
        let order: ProtocolOrder = protocols.parse().unwrap();
        let model = Model::with_changes(model, changes.iter().copied()).unwrap();
        let places = (0..count).map(|index| MeterSlot {
            meter: Meter::new(model.clone(), index.into(), BEGIN).unwrap(),
            address: hdlc::Address::new(1, 17 + index).unwrap(),
            protocols: order.of(index.into()),
        });
        let line = SimLine::of(places.collect(), Faults::new(FaultRule::default(), 1));
        Wire { line, elapsed: Duration::ZERO, begin: BEGIN }
    }

    fn hear(&mut self, octets: &[u8]) -> Vec<u8> {
        self.elapsed += Duration::from_millis(100);
        let actions = self.line.hear(octets, self.elapsed, self.begin + self.elapsed);
        let sent = |action| match action {
            LineAction::Send(octets) => octets,
            LineAction::Pause(_) => Vec::new(),
            LineAction::HangUp => panic!("a line without faults hangs up"),
        };
        actions.into_iter().flat_map(sent).collect()
    }

    fn wait(&mut self, time: Duration) {
        self.elapsed += time;
    }

    fn meter(&mut self) -> &mut Meter {
        self.line.meters_mut().next().unwrap()
    }

    /// The answer to a DL/T 645 request; nothing when none or a damaged one came.
    fn ask(&mut self, address: Address, request: &Request) -> Option<Reply> {
        self.answer(&request.frame(address).unwrap()).map(|frame| interpret(request, address, &frame).unwrap())
    }

    fn answer(&mut self, frame: &Frame) -> Option<Frame> {
        let octets = self.hear(&frame.encode(4).unwrap());
        match FrameScanner::default().push(&octets).pop()? {
            ScanEvent::Frame(frame) => Some(frame),
            ScanEvent::Damaged => None,
        }
    }

    /// The digits of an item, highest first, or the bits of the refusal.
    fn digits(&mut self, item: &str) -> Result<String, u8> {
        let mut octets = Vec::new();
        let item: DataIdentifier = item.parse().unwrap();
        let mut request = Request::Read(item);
        for part in 1.. {
            match self.ask(own(), &request).expect("an answer") {
                Reply::Value { data, more, .. } => {
                    octets.extend(data);
                    if !more {
                        break;
                    }
                }
                Reply::Refused { error, .. } => return Err(error.0),
                other => panic!("{other:?}"),
            }
            request = Request::ReadFollowing(item, part);
        }
        Ok(octets.iter().rev().map(|octet| format!("{octet:02x}")).collect())
    }

    fn change(&mut self, request: &Request) -> Result<(), ErrorBits> {
        match self.ask(own(), request).expect("an answer") {
            Reply::Done { .. } => Ok(()),
            Reply::Refused { error, .. } => Err(error),
            other => panic!("{other:?}"),
        }
    }

    fn modbus(&mut self, unit: u8, request: &modbus::Request) -> Option<modbus::Answer> {
        let sent = request.encode(unit).unwrap();
        let received = self.hear(&sent);
        let found = modbus::find_answer(&sent, &received)?;
        Some(modbus::interpret(request, found.answer).unwrap())
    }
}

fn own() -> Address {
    "000088000017".parse().unwrap()
}

fn credentials(password: &str) -> Credentials {
    Credentials::from_digits(password, "01020304").unwrap()
}

fn write(item: &str, password: &str, data: &[u8]) -> Request {
    let identifier = item.parse().unwrap();
    Request::Write { identifier, credentials: credentials(password), data: data.to_vec() }
}

fn control(order: RelayOrder) -> Request {
    Request::Control { order, credentials: credentials("02000000"), expiry: [0x99; 6] }
}

#[test]
fn tariffs_add_up_and_a_year_of_settlements_comes_in_following_frames() {
    let mut wire = Wire::of("dlt645", 1, "three-phase-ct", &[("history_days", "70")]);
    let block = wire.digits("0001FF00").unwrap();
    let values: Vec<i64> =
        block.as_bytes().chunks(8).map(|digits| str::from_utf8(digits).unwrap().parse().unwrap()).collect();
    // The highest octets, those of the last tariff, stand first.
    let [tariffs @ .., total] = values.as_slice() else { panic!("{values:?}") };
    assert!((total - tariffs.iter().sum::<i64>()).abs() <= 4, "rounded down each: {values:?}");
    assert_eq!(wire.digits("00010000").unwrap(), format!("{total:08}"));
    assert_eq!(wire.digits("00010400").unwrap(), format!("{:08}", tariffs[0]));
    assert_eq!(wire.digits("0001FFFF").unwrap().len(), 5 * 13 * 8, "260 octets, in two frames");
    let months: Vec<String> =
        ["00010000", "00010001", "00010002", "00010003"].map(|item| wire.digits(item).unwrap()).into();
    assert!(months[0] > months[1] && months[1] > months[2], "{months:?}");
    assert_eq!(months[3], "00000000", "70 days have two ends of a month");
    assert_eq!(wire.digits("00010500"), Err(2), "there are four tariffs");
}

#[test]
fn purchases_remaining_energy_and_counters_follow_the_meter() {
    let quiet = [("supply.base_load_w", "0"), ("supply.peak_load_w", "0")];
    let mut wire = Wire::of("dlt645", 1, "single-phase-keypad", &quiet);
    assert_eq!(wire.digits("00900100").unwrap(), "00004210");
    assert_eq!(wire.digits("00900200"), Err(2), "this one counts in energy");
    assert_eq!(wire.digits("02010200"), Err(2), "one phase");
    assert_eq!(wire.digits("0201FF00"), Err(2), "no blocks");
    let key = wire.meter().payment().register().key.clone();
    for tid in [6_700_000, 6_700_001] {
        enter(wire.meter(), credit(&key, tid, 256));
    }
    assert_eq!(wire.digits("00900100").unwrap(), "00009330");
    assert_eq!(
        (wire.digits("03330201").unwrap(), wire.digits("03330601").unwrap()),
        ("0002".to_owned(), "00005120".to_owned())
    );
    wire.meter().power_off();
    wire.meter().power_on();
    assert_eq!(wire.digits("03110000").unwrap(), "000001");

    let mut by_amount = Wire::of("dlt645", 1, "single-phase-keypad", &[&quiet[..], &[("dlt645.price", "52")]].concat());
    assert_eq!(by_amount.digits("00900200").unwrap(), "00002189", "42.10 kWh at 0.52");
    assert_eq!(by_amount.digits("04000503").unwrap(), "0208", "prepayment by amount, programming allowed");
}

#[test]
fn wrong_passwords_lock_and_the_right_one_opens_again_in_time() {
    let mut wire = Wire::of("dlt645", 1, "single-phase-keypad", &[("dlt645.lock_s", "600")]);
    let alarm = |password| write("04001001", password, &[0x00, 0x10, 0x00, 0x00]);
    assert_eq!(wire.change(&alarm("02000000")), Ok(()));
    assert_eq!(wire.digits("04001001").unwrap(), "00001000");
    for _ in 0..3 {
        assert_eq!(wire.change(&alarm("02999999")), Err(ErrorBits::PASSWORD));
    }
    assert_eq!(wire.change(&alarm("04123456")), Err(ErrorBits::PASSWORD), "locked, even for the right one");
    assert_eq!(wire.digits("04000503").unwrap(), "0100", "programming is not allowed now");
    wire.wait(Duration::from_secs(600));
    assert_eq!(wire.change(&alarm("04123456")), Ok(()));
    assert_eq!(wire.change(&write("00010000", "02000000", &[0; 4])), Err(ErrorBits::OTHER), "read only");
    assert_eq!(wire.change(&write("04777777", "02000000", &[0; 4])), Err(ErrorBits::NO_DATA));
    let change = Frame {
        address: own(),
        control: 0x18,
        data: vec![0x03, 0x0C, 0x00, 0x04, 0x02, 0, 0, 0, 0x02, 0x21, 0x43, 0x65],
    };
    assert_eq!(wire.answer(&change).unwrap().control, 0x98);
    assert_eq!(wire.change(&alarm("02654321")), Ok(()));

    let mut with_module = Wire::of("dlt645", 1, "single-phase-keypad", &[("dlt645.security_module", "true")]);
    for _ in 0..5 {
        assert_eq!(with_module.change(&control(RelayOrder::Trip)), Err(ErrorBits::PASSWORD));
    }
    assert_eq!(with_module.digits("04000503").unwrap(), "0108", "that was no wrong password");
}

#[test]
fn the_relay_opens_closes_waits_for_the_button_and_is_kept_closed() {
    let mut wire = Wire::of("dlt645", 1, "single-phase-keypad", &[]);
    assert_eq!(wire.change(&control(RelayOrder::Trip)), Ok(()));
    assert_eq!(wire.digits("04000503").unwrap(), "0158", "open, and told to");
    assert_eq!(wire.digits("02020100").unwrap(), "000000");
    assert_eq!(wire.change(&control(RelayOrder::PermitClosing)), Ok(()));
    assert!(!wire.meter().is_connected());
    wire.wait(Duration::from_secs(5));
    assert_eq!(wire.digits("04000503").unwrap(), "0108", "somebody pressed the button");
    assert_eq!(wire.change(&control(RelayOrder::KeepSuppliedOn)), Ok(()));
    assert_eq!(wire.change(&control(RelayOrder::Trip)), Err(ErrorBits::OTHER));
    wire.wait(Duration::from_secs(30 * 86_400));
    assert_eq!(wire.digits("00900100").unwrap(), "00000000");
    assert!(wire.digits("00900101").unwrap().parse::<u32>().unwrap() > 0, "overdrawn, and supplied");
    assert!(wire.meter().is_connected());
    assert_eq!(wire.change(&control(RelayOrder::KeepSuppliedOff)), Ok(()));
    assert!(!wire.meter().is_connected());
    let lapsed = Request::Control {
        order: RelayOrder::Close,
        credentials: credentials("02000000"),
        expiry: [0, 0, 0, 0x01, 0x01, 0x20],
    };
    assert_eq!(wire.change(&lapsed), Err(ErrorBits::OTHER));
}

#[test]
fn broadcast_time_is_taken_once_a_day_and_nearby_and_a_freeze_keeps_registers() {
    let mut wire = Wire::of("dlt645", 2, "single-phase-keypad", &[]);
    let time = |hour: u8, minute: u8| Request::BroadcastTime([0, minute, hour, 0x21, 0x11, 0x26]);
    let clocks = |wire: &Wire| wire.line.meters().map(|meter| meter.clock().time().as_hms()).collect::<Vec<_>>();
    assert_eq!(wire.ask(Address::ALL, &time(0x09, 0x00)), None);
    assert_eq!(clocks(&wire), [(8, 0, 0); 2], "an hour away");
    wire.ask(Address::ALL, &time(0x08, 0x04));
    assert_eq!(clocks(&wire), [(8, 4, 0); 2]);
    wire.ask(Address::ALL, &time(0x08, 0x05));
    assert_eq!(clocks(&wire), [(8, 4, 0); 2], "once a day");
    assert_eq!(wire.digits("05010101"), Err(2), "nothing is frozen yet");
    assert_eq!(wire.answer(&Frame { address: Address::ALL, control: 0x16, data: vec![0x99; 4] }), None);
    let frozen = wire.digits("00010000").unwrap();
    wire.wait(Duration::from_secs(36_000));
    assert_eq!(wire.digits("05010101").unwrap(), frozen);
    assert_eq!(wire.digits("05010001").unwrap(), "2611210804");
    assert!(wire.digits("00010000").unwrap() > frozen);
}

#[test]
fn answers_of_several_meters_collide_and_wildcards_part_them() {
    let mut wire = Wire::of("dlt645", 3, "single-phase-keypad", &[]);
    assert_eq!(wire.ask(Address::ANY, &Request::ReadAddress), None, "a collision");
    for (wild, found) in [("AAAAAAAAAA18", "000088000018"), ("AAAA88AAAA19", "000088000019")] {
        let reply = wire.ask(wild.parse().unwrap(), &Request::ReadAddress);
        assert_eq!(reply, Some(Reply::Address(found.parse().unwrap())));
    }
    assert_eq!(wire.ask("AAAAAAAAAA20".parse().unwrap(), &Request::ReadAddress), None);
    let renamed = Frame { address: "AAAAAAAAAA18".parse().unwrap(), control: 0x15, data: vec![0x42, 0, 0, 0, 0, 0] };
    assert_eq!(wire.answer(&renamed).unwrap().address.to_string(), "000000000042");
    assert_eq!(wire.ask("AAAAAAAAAA18".parse().unwrap(), &Request::ReadAddress), None, "it moved");
}

#[test]
fn every_register_of_the_shipped_profile_reads_within_its_limits() {
    let profile = Library::default().find("eastron-sdm630").unwrap().modbus;
    let mut wire = Wire::of("modbus", 2, "three-phase-ct", &[]);
    for (role, place) in profile.registers {
        let (first, count) = (place.register, place.kind.registers());
        let request = match place.function {
            3 => modbus::Request::Read { table: modbus::Table::Holding, first, count },
            _ => modbus::Request::Read { table: modbus::Table::Input, first, count },
        };
        let Some(modbus::Answer::Registers(registers)) = wire.modbus(2, &request) else { panic!("{role:?}") };
        let value = place.kind.decode(&registers, profile.word_order).unwrap() * place.scale;
        let limits = place.low().unwrap_or(1.0)..=place.high().unwrap_or(f64::MAX);
        assert!(limits.contains(&value), "{role:?}: {value}");
    }
}

#[test]
fn units_are_numbered_renumbered_and_silent_where_there_is_none() {
    let mut wire = Wire::of("modbus", 2, "single-phase-keypad", &[]);
    let volts = modbus::Request::Read { table: modbus::Table::Input, first: 0, count: 2 };
    let serial = modbus::Request::Read { table: modbus::Table::Holding, first: 0xFC00, count: 2 };
    assert_ne!(wire.modbus(1, &serial), wire.modbus(2, &serial));
    assert_eq!(wire.modbus(3, &volts), None);
    let beyond = modbus::Request::Read { table: modbus::Table::Input, first: 0x300, count: 2 };
    assert_eq!(wire.modbus(1, &beyond), Some(modbus::Answer::Exception(modbus::ExceptionCode::IllegalDataAddress)));
    let long = modbus::Request::Read { table: modbus::Table::Input, first: 0, count: 82 };
    assert_eq!(wire.modbus(1, &long), Some(modbus::Answer::Exception(modbus::ExceptionCode::IllegalValue)));
    let nine = modbus::RegisterType::F32.encode(9.0, modbus::WordOrder::Big).unwrap();
    let renumber = modbus::Request::WriteMultiple { first: 0x14, values: nine };
    assert_eq!(wire.modbus(1, &renumber), Some(modbus::Answer::Written));
    assert_eq!(wire.modbus(1, &volts), None);
    assert!(matches!(wire.modbus(9, &volts), Some(modbus::Answer::Registers(_))));
    let kept: Meter = serde_json::from_str(&serde_json::to_string(wire.meter()).unwrap()).unwrap();
    assert_eq!(kept.modbus().unit, Some(9), "it outlasts the power");
}

#[test]
fn meters_of_all_protocols_share_one_line() {
    let mut wire = Wire::of("dlt645,modbus,dlms+iec62056-21", 3, "single-phase-keypad", &[]);
    let volts = modbus::Request::Read { table: modbus::Table::Input, first: 0, count: 2 };
    for _ in 0..2 {
        assert!(wire.digits("02010100").is_ok());
        assert!(matches!(wire.modbus(2, &volts), Some(modbus::Answer::Registers(_))));
        assert_eq!(wire.hear(b"/?88000019!\r\n")[..4], *b"/WKS");
        let destination = hdlc::Address::new(1, 19).unwrap().to_wire();
        let source = hdlc::ClientAddress::PUBLIC.to_wire();
        let control = hdlc::Control::SetNormalResponseMode;
        let connect = hdlc::Frame { destination, source, control, segmented: false, information: &[] }.encode();
        wire.wait(Duration::from_secs(90));
        assert_eq!(wire.hear(&connect)[6], 0x73);
    }
    assert_eq!(wire.modbus(1, &volts), None, "the first meter speaks DL/T 645");
}

fn linked(folder: &std::path::Path, options: &[(&str, &str)]) -> SimLink {
    let options = options.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    let address = SimAddress { name: "linked".to_owned(), options };
    SimLink::open(&address, folder, BEGIN, "sim:linked".to_owned(), Interrupt::new()).unwrap()
}

#[test]
fn the_driver_reads_a_linked_meter_by_its_face() {
    let folder = tempfile::tempdir().unwrap();
    let link = linked(folder.path(), &[("face", "dlt645"), ("model", "three-phase-ct")]);
    let profile = Library::default().find("generic-dlt645").unwrap();
    let limits = (Duration::from_secs(2), 0);
    let mut meter = Dlt645Meter::new(Box::new(link), profile, Address::ANY, None, limits, || BEGIN);
    let status = meter.status().unwrap();
    assert_eq!(status.supply.unwrap().phases.len(), 3);
    assert_eq!(status.energy.unwrap().export_kwh, Some(0.0));
    assert_eq!(status.credit.unwrap().unit.as_deref(), Some("kWh"));
    assert!(status.problems.is_empty(), "{:?}", status.problems);
    assert_eq!(meter.address(), own());
}

fn dlt645_meter(folder: &std::path::Path, options: &[(&str, &str)], password: Option<&str>) -> Dlt645Meter {
    let link = linked(folder, options);
    let profile = Library::default().find("generic-dlt645").unwrap();
    Dlt645Meter::new(
        Box::new(link),
        profile,
        Address::ANY,
        password.map(credentials),
        (Duration::from_secs(2), 0),
        || BEGIN,
    )
}

#[test]
fn load_records_come_by_time_by_count_and_in_following_frames() {
    let folder = tempfile::tempdir().unwrap();
    let options = [("face", "dlt645"), ("dlt645.longest_data", "60")];
    let mut meter = dlt645_meter(folder.path(), &options, None);
    let whole = meter.load_profile(&Extract::default()).unwrap();
    assert!(whole.rows.len() >= 140, "{} rows of half an hour", whole.rows.len());
    assert_eq!(whole.period_s, 1800);
    let names: Vec<&str> = whole.columns.iter().map(|column| column.object.as_str()).collect();
    assert_eq!(names, ["clock", "32.7.0", "1.8.0", "2.8.0", "3.8.0", "4.8.0"]);
    let last = meter.load_profile(&Extract { rows: Rows::Last(5), ..Extract::default() }).unwrap();
    assert_eq!(last.rows, whole.rows[whole.rows.len() - 5..]);
    let Value::Time(from) = &whole.rows[40][0] else { panic!() };
    let Value::Time(to) = &whole.rows[49][0] else { panic!() };
    let period = Period { from: Some(from.local.assume_utc()), to: Some(to.local.assume_utc()) };
    let columns = vec!["1.8.0".to_owned()];
    let part = meter.load_profile(&Extract { period, columns, ..Extract::default() }).unwrap();
    let expected: Vec<Vec<Value>> = whole.rows[40..50].iter().map(|row| vec![row[0].clone(), row[2].clone()]).collect();
    assert_eq!(part.rows, expected);
}

#[test]
fn freezes_records_and_orders_have_names() {
    let folder = tempfile::tempdir().unwrap();
    let options = [("face", "dlt645")];
    let mut meter = dlt645_meter(folder.path(), &options, Some("02000000"));
    let item = |name: &str| name.parse::<Item>().unwrap();
    let instant = Extract { object: Some("instant".to_owned()), ..Extract::default() };
    assert!(matches!(meter.load_profile(&instant), Err(MeterError::NotOffered(_))));
    assert_eq!(meter.write(&item("freeze"), "now").unwrap(), Answer::Done);
    assert_eq!(meter.load_profile(&instant).unwrap().rows.len(), 1);
    let demand = meter.read(&[item("demand-import-maximum"), item("address"), item("speed")]).unwrap();
    let Some(Value::List(parts)) = &demand[0].value else { panic!("{demand:?}") };
    assert!(matches!(parts.as_slice(), [Value::Real(_), Value::Time(_)]), "{parts:?}");
    assert_eq!(demand[1].value, Some(Value::Text("000088000017".to_owned())));
    assert!(demand[2].value.is_none() && demand[2].error.is_some());
    assert_eq!(meter.write(&item("speed"), "9600").unwrap(), Answer::Done);
    // What cannot be undone wants the meter's address.
    for name in ["clear-demand", "clear-meter", "clear-events"] {
        assert!(matches!(meter.write(&item(name), "yes"), Err(MeterError::BadValue(_))), "{name}");
    }
    assert_eq!(meter.write(&item("clear-meter"), "000088000017").unwrap(), Answer::Done);
    let after = meter.read(&[item("energy-import")]).unwrap();
    assert_eq!(after[0].value, Some(Value::Real(0.0)));
    assert_eq!(meter.write(&item("address"), "000000000042").unwrap(), Answer::Done);
    assert_eq!(meter.read(&[item("address")]).unwrap()[0].value, Some(Value::Text("000000000042".to_owned())));
}

#[test]
fn event_records_tell_begin_and_end() {
    let mut wire = Wire::of("dlt645", 1, "single-phase-keypad", &[]);
    assert_eq!(wire.digits("03110001").unwrap(), "0".repeat(24), "nothing happened yet");
    wire.meter().power_off();
    wire.wait(Duration::from_secs(3600));
    let _ = wire.hear(&[0xFE]);
    wire.meter().power_on();
    let record = wire.digits("03110001").unwrap();
    let (end, begin) = record.split_at(12);
    assert!(begin.starts_with("26") && end.starts_with("26") && end > begin, "{record}");
    assert!(wire.digits("0311000B").is_err(), "ten are kept");
}

#[test]
fn a_line_with_a_speed_takes_the_time_of_its_octets() {
    let folder = tempfile::tempdir().unwrap();
    let mut link = linked(folder.path(), &[("face", "modbus"), ("baud", "9600")]);
    let request = modbus::Request::Read { table: modbus::Table::Input, first: 0, count: 80 }.encode(1).unwrap();
    let begun = link.now();
    link.send(&request).unwrap();
    let mut received = Vec::new();
    while received.len() < 165 {
        let mut buffer = [0; 64];
        let count = link.receive(&mut buffer, begun + Duration::from_secs(5)).unwrap();
        received.extend_from_slice(&buffer[..count]);
    }
    assert!(modbus::find_answer(&request, &received).is_some());
    let characters = (link.now() - begun).as_secs_f64() * 9600.0 / 10.0;
    assert!((characters - (8.0 + 3.5 + 165.0)).abs() < 0.01, "{characters} characters");
}

#[test]
fn a_kept_meter_of_before_these_faces_is_still_read() {
    let mut text = serde_json::to_value(meter("single-phase-keypad", &[])).unwrap();
    for name in ["billing", "dlt645", "modbus"] {
        text.as_object_mut().unwrap().remove(name).expect(name);
    }
    for (section, name) in [("relay", "kept_supplied"), ("relay", "closes_at"), ("events", "counts")] {
        text[section].as_object_mut().unwrap().remove(name).expect(name);
    }
    for name in ["dlt645", "modbus"] {
        text["model"].as_object_mut().unwrap().remove(name).expect(name);
    }
    text["model"]["relay"].as_object_mut().unwrap().remove("button_after_s").unwrap();
    assert!(serde_json::from_value::<Meter>(text).is_ok());
}
