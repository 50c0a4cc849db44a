//! The fuzz bodies over seeded inputs: valid examples damaged in a few places, and noise. `fuzz/` runs the same bodies
//! under `cargo fuzz`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod bodies;
mod tokens;

use bodies::link::{link_address, telnet, trace_file};
use wattkey::protocol::hdlc::{Address, ClientAddress, Control, Frame};

/// Octets that mean something to one of the protocols, more likely than others.
const TELLING: &[u8] =
    b"\x00\x01\x02\x03\x04\x06\x09\x15\x16\x33\x68\x7e\x7f\x80\x81\x82\xa0\xc0\xc4\xfe\xff/?!()*\r\n";

/// Runs `body` over the examples and over `count` inputs made of them.
fn spoil(seed: u64, count: usize, examples: &[Vec<u8>], body: impl Fn(&[u8])) {
    let mut random = fastrand::Rng::with_seed(seed);
    body(&[]);
    examples.iter().for_each(|example| body(example));
    for round in 0..count {
        let mut input = examples[random.usize(..examples.len())].clone();
        if round % 8 == 0 {
            let other = &examples[random.usize(..examples.len())];
            input.extend_from_slice(&other[random.usize(..=other.len())..]);
        }
        for _ in 0..random.usize(1..5) {
            let at = random.usize(..=input.len());
            match random.u8(..7) {
                0 => input.insert(at, random.u8(..)),
                1 | 2 => input.insert(at, TELLING[random.usize(..TELLING.len())]),
                3 if at < input.len() => drop(input.remove(at)),
                4 => input.truncate(at),
                5 if at < input.len() => input[at] = random.u8(..),
                _ if at < input.len() => input[at] ^= 1 << random.u8(..8),
                _ => {}
            }
        }
        body(&input);
    }
}

fn hex(text: &str) -> Vec<u8> {
    let digits: Vec<u8> = text.bytes().filter(u8::is_ascii_hexdigit).collect();
    digits.chunks(2).map(|pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap()).collect()
}

/// Frames and APDUs made by programs of others: `tests/data/dlms`, the last word of each line.
fn recorded(file: &str) -> Vec<Vec<u8>> {
    let text = std::fs::read_to_string(format!("{}/tests/data/dlms/{file}", env!("CARGO_MANIFEST_DIR"))).unwrap();
    let lines = text.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty());
    let found: Vec<_> = lines.map(|line| hex(line.rsplit([' ', '\t']).next().unwrap())).collect();
    assert!(found.len() > 5 && found.iter().all(|octets| octets.len() > 1), "{file}");
    found
}

/// Each with its choice in front and its length before it, as the dialogues take them.
fn dialogues(apdus: &[Vec<u8>]) -> Vec<Vec<u8>> {
    let short: Vec<_> = apdus.iter().filter(|apdu| apdu.len() < 256).collect();
    let one = |apdu: &Vec<u8>| [&[u8::try_from(apdu.len()).unwrap()], apdu.as_slice()].concat();
    let all: Vec<u8> = short.iter().flat_map(|apdu| one(apdu)).collect();
    (0..16u8).flat_map(|choice| [[&[choice], all.as_slice()].concat(), [&[choice << 3], &all[..40]].concat()]).collect()
}

/// The examples of a target that are kept in the repository.
fn corpus(target: &str) -> Vec<Vec<u8>> {
    let folder = format!("{}/fuzz/corpus/{target}", env!("CARGO_MANIFEST_DIR"));
    let files = std::fs::read_dir(&folder).unwrap_or_else(|error| panic!("{folder}: {error}"));
    let mut paths: Vec<_> = files.map(|file| file.unwrap().path()).collect();
    paths.sort();
    paths.iter().map(|path| std::fs::read(path).unwrap()).collect()
}

/// Rounds of a target by the time that one input of it takes.
fn rounds(target: &str) -> usize {
    match target {
        // Files are written, or a hundred keys tried.
        "pack" | "key_change_set" | "case_lines" => 200,
        "duis" | "profile" | "order_file" => 500,
        _ => 2_000,
    }
}

#[test]
fn every_example_of_the_corpus_and_what_is_near_it() {
    for ((name, body), seed) in bodies::TARGETS.iter().zip(100..) {
        let examples = corpus(name);
        assert!(!examples.is_empty(), "{name} has no examples");
        spoil(seed, rounds(name), &examples, body);
    }
}

#[test]
fn hdlc_frames() {
    let mut frames = recorded("frames.txt");
    let (destination, source) = ("1/17".parse::<Address>().unwrap().to_wire(), ClientAddress::PUBLIC.to_wire());
    let control = Control::from_octet(0x10);
    frames.push(Frame { destination, source, control, segmented: true, information: &[0x7E; 20] }.encode());
    spoil(11, 10_000, &frames, bodies::protocol::hdlc_frames);
}

#[test]
fn hdlc_connections() {
    let examples: Vec<Vec<u8>> = (0..8u8)
        .flat_map(|stage| {
            [0x73u8, 0x1F, 0x97, 0x10, 0x30, 0x11, 0x15, 0x13]
                .map(|control| [&[stage, control, 0xE6, 0xE7, 0x00, 0xC4, 1, 0xC1, 0][..], &[control; 60]].concat())
        })
        .chain(recorded("frames.txt").into_iter().map(|frame| [&[5], frame.as_slice()].concat()))
        .collect();
    spoil(12, 3_000, &examples, bodies::protocol::hdlc_connection);
}

#[test]
fn axdr_values() {
    let mut examples: Vec<Vec<u8>> =
        recorded("apdus.txt").into_iter().filter_map(|apdu| Some(apdu.get(4..)?.to_vec())).collect();
    examples.push(hex("0203 0906 0100010800FF 0f00 0412abcd"));
    examples.push(hex("1302 0212 0903 04 0001 02aabb"));
    examples.push(hex("0102 0203 0c0161 1744000000 1907ea0b1506080000008000ff"));
    spoil(13, 20_000, &examples, bodies::protocol::axdr);
}

#[test]
fn dlms_apdus() {
    spoil(14, 20_000, &recorded("apdus.txt"), bodies::protocol::dlms_apdu);
}

#[test]
fn dlms_dialogues() {
    let examples = dialogues(&recorded("apdus.txt"));
    spoil(15, 3_000, &examples, bodies::protocol::dlms_client);
    spoil(16, 3_000, &examples, bodies::protocol::dlms_server);
    spoil(17, 3_000, &[hex("0001 0001 0010 0003 c40100 0001")], bodies::protocol::dlms_wrapper);
}

#[test]
fn iec62056_21_clients() {
    let answers: [&[u8]; 7] = [
        b"/GRX5\\2PEER21V1\r\n",
        b"/GRX5PEER21V1\r\n\x02F.F(00000000)\r\n1.8.0(012345.67*kWh)\r\n!\r\n\x03\x29",
        b"/GRXAPEER\r\n\r\n1.8.0(012345.67*kWh)\r\n!\r\n",
        b"\x06",
        b"\x15\x15\x15",
        b"\x02(ER23)\x03\x2b",
        b"\x01P0\x02(1234)\x03\x60",
    ];
    let choices = (0..11u8).flat_map(|choice| [choice, choice | 0x70]);
    let examples: Vec<Vec<u8>> =
        choices.flat_map(|choice| answers.map(|answer| [&[choice], answer, answer].concat())).collect();
    spoil(18, 5_000, &examples, bodies::protocol::iec62056_21_client);
}

#[test]
fn iec62056_21_servers_and_texts() {
    let examples: Vec<Vec<u8>> = [
        &b"/?!\r\n\x06050\r\n"[..],
        b"/?88000017!\r\n\x06051\r\n\x01P1\x02(00000000)\x03\x61\x01R1\x021.8.0()\x03\x5a",
        b"/?!\r\n\x06252\r\n\x7e\xa0",
        b"/?!\r\n\x06051\r\n\x01W3\x02C.50.0(1234\x04\x10\x01W3\x025678)\x03\x21\x01B0\x03\x71",
        b"GRX5\\2PEER21V1",
        b"1.8.0(012345.67*kWh)(01&02)\r\n0.9.1(120000)\r\n!\r\n",
    ]
    .map(<[u8]>::to_vec)
    .into();
    spoil(19, 10_000, &examples, bodies::protocol::iec62056_21_server);
    spoil(20, 20_000, &examples, bodies::protocol::iec62056_21_text);
}

#[test]
fn dlt645_frames() {
    let examples = [
        hex("fefefefe 68 170000880000 68 93 06 4a3333bb3333 d9 16"),
        hex("fefefefe 68 170000880000 68 91 08 3335c333bbbb3333 42 16"),
        hex("68 170000880000 68 d1 01 35 76 16"),
        hex("fefefefe 68 170000880000 68 11 04 33333433 51 16"),
        hex("fefefefe 68 170000880000 68 12 05 3333343334 87 16"),
        hex("68 aaaaaaaaaaaa 68 13 00 df 16"),
        hex("68 999999999999 68 08 06 333333333b44 bf 16"),
    ];
    spoil(21, 20_000, &examples, bodies::protocol::dlt645);
}

#[test]
fn modbus_requests() {
    let examples = [
        hex("01 04 0000 0002 71cb"),
        hex("01 03 fc00 0002 f45b"),
        hex("00 06 0012 3f80 384e"),
        hex("01 10 0014 0002 04 41100000 e6a9"),
        hex("01 04 0000 01 04 0000 0002 71cb"),
    ];
    spoil(26, 20_000, &examples, bodies::protocol::modbus_server);
}

#[test]
fn modbus_answers() {
    let examples = [
        hex("00 01 03 04 43660000 ee40"),
        hex("01 01 84 02 c2c1"),
        hex("02 01 06 0014 0005 080d"),
        hex("03 01 10 0014 0002 010c"),
        hex("00 01 03 0000 0002 c40b 01 03 04 43660000 ee40"),
    ];
    spoil(22, 20_000, &examples, bodies::protocol::modbus);
}

#[test]
fn traces_telnet_and_link_texts() {
    let trace = br#"{"schema":"wattkey/trace/1","link":"/dev/ttyUSB0","started":"2026-11-21T04:12:32Z"}
{"time":"2026-11-21T04:12:32Z","direction":"settings","note":"300 7e1"}
{"time":"2026-11-21T04:12:32.1Z","direction":"sent","hex":"7e7e"}
{"time":"2026-11-21T04:12:32.4Z","direction":"received","hex":"2f**2583550454552"}
{"time":"2026-11-21T04:12:34Z","direction":"timeout","note":"nothing came within 5s"}
{"time":"2026-11-21T04:12:41Z","direction":"closed"}
"#;
    spoil(23, 5_000, &[trace.to_vec()], trace_file);
    spoil(24, 10_000, &[hex("fffd2c fffa2c6500002580fff0 41ffff42")], telnet);
    let links = [
        "serial:/dev/ttyUSB0?baud=9600&frame=7e1-soft&dtr=on&shared",
        "tcp:[2001:db8::7]:4059?framing=wrapper",
        "rfc2217:h:1?echo=strip",
        "sim:bench?model=x&fresh",
        "replay:a?b",
        "COM12",
        "com7?baud=300",
    ];
    spoil(25, 20_000, &links.map(|link| link.as_bytes().to_vec()), link_address);
}
