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

/// A unit that answers once and is then silent.
const FAILING: u8 = 9;

/// What a request was: its number, the unit, and the count of registers.
type Seen = Arc<Mutex<Vec<(u16, u8, u16)>>>;

/// A gateway to the holding registers of units that hold their own number; `line_timeout` is how long it waits for a unit.
fn gateway(line_timeout: Duration) -> (u16, Seen) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let seen = Seen::default();
    let log = Arc::clone(&seen);
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            serve(stream.unwrap(), &log, line_timeout);
        }
    });
    (port, seen)
}

fn serve(mut stream: TcpStream, log: &Seen, line_timeout: Duration) {
    let mut request = [0u8; 12];
    while stream.read_exact(&mut request).is_ok() {
        let [number_high, number_low, _, _, _, _, unit, function, rest @ ..] = request;
        let [first, count] = [[rest[0], rest[1]], [rest[2], rest[3]]].map(u16::from_be_bytes);
        log.lock().unwrap().push((u16::from_be_bytes([number_high, number_low]), unit, count));
        let asked = log.lock().unwrap().iter().filter(|(_, asked, _)| *asked == unit).count();
        let body = if unit == FAILING && asked > 1 {
            std::thread::sleep(line_timeout);
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
    let (port, seen) = gateway(Duration::from_millis(100));
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
    let (port, seen) = gateway(Duration::from_millis(100));
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

/// Asks a unit that falls silent, and the next one; gives how often the first was asked.
fn after_a_silent_unit(line_timeout: Duration, timeout: Duration, retries: u32, link: &str) -> usize {
    let (port, seen) = gateway(line_timeout);
    let line = SharedLine::new();
    let [mut failing, mut sound] = [FAILING, 3].map(|unit| {
        let options = MeterOptions { timeout, retries, ..options(port, unit, link) };
        Connector::new(options).with_shared_line(line.clone()).open().unwrap()
    });
    assert_eq!(read(failing.as_mut(), &[7]), expected(&[7]));
    let items: Vec<Item> = (1..9).map(|nth| format!("holding:{}:u16", nth * 100).parse().unwrap()).collect();
    assert_eq!(failing.read(&items).unwrap_err().code(), Code::NoReply);
    assert_eq!(read(sound.as_mut(), &[7]), expected(&[7]));
    seen.lock().unwrap().iter().filter(|(_, unit, _)| *unit == FAILING).count()
}

#[test]
fn a_silent_unit_behind_a_gateway_does_not_make_the_next_one_look_silent() {
    // Seven time-outs of the gateway's line are still to come when the first is told.
    assert_eq!(after_a_silent_unit(Duration::from_millis(150), Duration::from_millis(400), 0, "&in-flight=8"), 9);
    // The gateway waits for longer than we do, and twice more for the repetitions.
    assert_eq!(after_a_silent_unit(Duration::from_millis(700), Duration::from_millis(300), 2, ""), 4);
}

#[test]
fn a_slow_device_is_read_with_its_answers_to_earlier_attempts() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut request = [0u8; 12];
        while stream.read_exact(&mut request).is_ok() {
            let mut stream = stream.try_clone().unwrap();
            let answer = [request[0], request[1], 0, 0, 0, 5, request[6], 3, 2, request[8], request[9]];
            std::thread::spawn(move || {
                std::thread::sleep(Duration::from_millis(500));
                stream.write_all(&answer).unwrap_or_default();
            });
        }
    });
    let options = MeterOptions { timeout: Duration::from_millis(300), retries: 2, ..options(port, 3, "") };
    let mut meter = Connector::new(options).open().unwrap();
    assert_eq!(read(meter.as_mut(), &[100, 200, 300]), expected(&[100, 200, 300]));
}

#[test]
fn another_protocol_is_not_sent_into_modbus_tcp() {
    for (protocol, profile) in [(Some(Protocol::Dlms), None), (None, Some("generic-dlms".to_owned()))] {
        let connector = Connector::new(MeterOptions { protocol, profile, ..options(1, 3, "") });
        assert!(matches!(connector.open(), Err(ConnectError::OtherFraming { .. })));
    }
}

#[test]
fn a_trace_of_modbus_tcp_plays_the_meter() {
    let (port, _) = gateway(Duration::from_millis(100));
    let folder = tempfile::tempdir().unwrap();
    let trace = folder.path().join("trace.jsonl");
    let registers = [10u16, 200, 400];
    let mut meter =
        Connector::new(MeterOptions { trace: Some(trace.clone()), ..options(port, 3, "&in-flight=4") }).open().unwrap();
    let recorded = read(meter.as_mut(), &registers);
    meter.close();
    drop(meter);
    let link = Some(format!("replay:{}", trace.display()));
    let mut replayed = Connector::new(MeterOptions { link, ..options(port, 3, "") }).open().unwrap();
    assert_eq!(read(replayed.as_mut(), &registers), recorded);
}
