//! Modbus TCP against a gateway of a few lines: its numbers, and what stands still behind it.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use wattkey::connect::{ConnectError, Connector, MeterOptions};
use wattkey::error::Code;
use wattkey::link::SharedLine;
use wattkey::meter::profile::Protocol;
use wattkey::meter::{Item, Meter, Value};

/// The most registers the gateway's meters give in one answer.
const LONGEST: u16 = 8;

/// A unit that is not there.
const MISSING: u8 = 9;

/// What a request was: its number, the unit, and the count of registers.
type Seen = Arc<Mutex<Vec<(u16, u8, u16)>>>;

/// A gateway to the holding registers of units that hold their own number; a time-out of its line takes 100 ms.
fn gateway() -> (u16, Seen) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let seen = Seen::default();
    let log = Arc::clone(&seen);
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            serve(stream.unwrap(), &log);
        }
    });
    (port, seen)
}

fn serve(mut stream: TcpStream, log: &Seen) {
    let mut request = [0u8; 12];
    while stream.read_exact(&mut request).is_ok() {
        let [number_high, number_low, _, _, _, _, unit, function, rest @ ..] = request;
        let [first, count] = [[rest[0], rest[1]], [rest[2], rest[3]]].map(u16::from_be_bytes);
        log.lock().unwrap().push((u16::from_be_bytes([number_high, number_low]), unit, count));
        let body = if unit == MISSING {
            std::thread::sleep(Duration::from_millis(100));
            vec![unit, function | 0x80, 0x0B]
        } else if count > LONGEST {
            vec![unit, function | 0x80, 2]
        } else {
            let registers: Vec<u8> = (first..first + count).flat_map(u16::to_be_bytes).collect();
            [&[unit, function, u8::try_from(registers.len()).unwrap()], registers.as_slice()].concat()
        };
        let mut answer = vec![number_high, number_low, 0, 0, 0, u8::try_from(body.len()).unwrap()];
        answer.extend(body);
        if stream.write_all(&answer).is_err() {
            return;
        }
    }
}

fn options(port: u16, unit: u8, link: &str) -> MeterOptions {
    MeterOptions {
        address: Some(unit.to_string()),
        protocol: Some(Protocol::Modbus),
        profile: Some("generic-modbus".to_owned()),
        timeout: Duration::from_secs(1),
        retries: 0,
        ..MeterOptions::on(format!("tcp:127.0.0.1:{port}?framing=mbap{link}"))
    }
}

/// The registers read, each of which holds its number; `None` where one gave no value.
fn read(meter: &mut dyn Meter, registers: &[u16]) -> Vec<Option<Value>> {
    let items: Vec<Item> =
        registers.iter().map(|register| format!("holding:{register}:u16").parse().unwrap()).collect();
    let readings = meter.read(&items).unwrap();
    readings.into_iter().map(|reading| reading.value).collect()
}

fn expected(registers: &[u16]) -> Vec<Option<Value>> {
    registers.iter().map(|register| Some(Value::Integer(i128::from(*register)))).collect()
}

#[test]
fn meters_on_one_connection_share_its_numbers() {
    let (port, seen) = gateway();
    let line = SharedLine::new();
    let mut meters = [3u8, 4]
        .map(|unit| Connector::new(options(port, unit, "&in-flight=4")).with_shared_line(line.clone()).open().unwrap());
    for registers in [[10u16, 200, 400], [20, 300, 500]] {
        for meter in &mut meters {
            assert_eq!(read(meter.as_mut(), &registers), expected(&registers));
        }
    }
    let numbers: Vec<u16> = seen.lock().unwrap().iter().map(|(number, ..)| *number).collect();
    assert_eq!(numbers, (1..=12).collect::<Vec<u16>>());
}

#[test]
fn a_refused_request_among_several_on_their_way_takes_no_value_away() {
    const MAP: &str = r#"
name = "own"
description = "registers that hold their own number"
protocol = "modbus"
[modbus]
bridge = 20
function = 3
[modbus.named]
a = { register = 10, type = "u16" }
b = { register = 100, type = "u16" }
c = { register = 200, type = "u16" }
d = { register = 212, type = "u16" }
e = { register = 300, type = "u16" }
"#;
    let (port, seen) = gateway();
    let folder = tempfile::tempdir().unwrap();
    let map = folder.path().join("own.toml");
    std::fs::write(&map, MAP).unwrap();
    let profile = Some(map.to_string_lossy().into_owned());
    let mut meter = Connector::new(MeterOptions { profile, ..options(port, 3, "&in-flight=4") }).open().unwrap();
    let mut values = |names: &[&str]| -> Vec<Option<Value>> {
        let items: Vec<Item> = names.iter().map(|name| name.parse().unwrap()).collect();
        meter.read(&items).unwrap().into_iter().map(|reading| reading.value).collect()
    };
    assert_eq!(values(&["b"]), expected(&[100]));
    // What lies between the third and the fourth is read with them, which the unit refuses.
    assert_eq!(values(&["a", "b", "c", "d", "e"]), expected(&[10, 100, 200, 212, 300]));
    let counts: Vec<u16> = seen.lock().unwrap().iter().map(|(.., count)| *count).collect();
    assert!(counts.iter().any(|count| *count > LONGEST), "{counts:?}");
    assert_eq!(counts.len(), 1 + 4 + 2, "nothing is asked for twice: {counts:?}");
}

#[test]
fn a_silent_unit_behind_a_gateway_does_not_make_the_next_one_look_silent() {
    let (port, seen) = gateway();
    let line = SharedLine::new();
    let open = |unit, timeout| {
        let options = MeterOptions { timeout, ..options(port, unit, "&in-flight=8") };
        Connector::new(options).with_shared_line(line.clone()).open().unwrap()
    };
    let items: Vec<Item> = (0..8).map(|nth| format!("holding:{}:u16", nth * 100).parse().unwrap()).collect();
    let refused = open(MISSING, Duration::from_secs(1)).read(&items).unwrap_err();
    assert_eq!(refused.code(), Code::NoReply);
    // Eight time-outs of the gateway's line would be 800 ms.
    assert_eq!(read(open(3, Duration::from_millis(300)).as_mut(), &[7]), expected(&[7]));
    let asked = seen.lock().unwrap().iter().filter(|(_, unit, _)| *unit == MISSING).count();
    assert_eq!(asked, 1);
}

#[test]
fn another_protocol_is_not_sent_into_modbus_tcp() {
    let connector = Connector::new(MeterOptions { protocol: Some(Protocol::Dlms), ..options(1, 3, "") });
    let refused = connector.open().unwrap_err();
    assert!(matches!(refused, ConnectError::Profile(_) | ConnectError::OtherFraming { .. }), "{refused}");
    let connector = Connector::new(MeterOptions { profile: None, protocol: Some(Protocol::Dlms), ..options(1, 3, "") });
    assert!(matches!(connector.open(), Err(ConnectError::OtherFraming { .. })));
}
