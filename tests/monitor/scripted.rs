//! The publisher against a broker of a few lines, for what a real one does only when it is unlucky.

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use wattkey::monitor::ending::Ending;
use wattkey::monitor::mqtt::conversation::{Refusal, Version};
use wattkey::monitor::mqtt::{Broker, Publisher, Report};
use wattkey::monitor::outbox::{MQTT, Outbox, Waiting};

/// Kinds of packets (MQTT 5, 2.1.2).
const CONNECT: u8 = 1;
const PUBLISH: u8 = 3;
const DISCONNECT: u8 = 14;
/// No packet: the connection is at its end.
const END: u8 = 0;

/// Reason codes (MQTT 5, 2.4).
const SUCCESS: u8 = 0;
const NOT_AUTHORIZED: u8 = 0x87;
const PAYLOAD_FORMAT_INVALID: u8 = 0x99;

/// What a broker does with a packet.
enum Deed {
    Send(Vec<u8>),
    HangUp,
    Nothing,
}

/// A packet that came: the connection it came on, its kind, and what is behind the fixed header.
struct Packet {
    connection: usize,
    kind: u8,
    body: Vec<u8>,
}

impl Packet {
    fn read(stream: &mut TcpStream, connection: usize) -> Option<Self> {
        let octet = |stream: &mut TcpStream| {
            let mut octet = [0u8];
            stream.read_exact(&mut octet).ok().map(|()| octet[0])
        };
        let kind = octet(stream)? >> 4;
        let (mut length, mut shift) = (0usize, 0);
        loop {
            let next = octet(stream)?;
            length |= usize::from(next & 0x7F) << shift;
            shift += 7;
            if next < 0x80 {
                break;
            }
        }
        let mut body = vec![0; length];
        stream.read_exact(&mut body).ok()?;
        Some(Packet { connection, kind, body })
    }

    /// The version of a CONNECT; 0 of another packet.
    fn version(&self) -> u8 {
        if self.kind == CONNECT { self.body[6] } else { 0 }
    }

    fn welcome(&self) -> Deed {
        Deed::Send(if self.version() == 5 { vec![0x20, 3, 0, 0, 0] } else { vec![0x20, 2, 0, 0] })
    }

    fn topic_length(&self) -> usize {
        usize::from(u16::from_be_bytes([self.body[0], self.body[1]]))
    }

    fn topic(&self) -> &str {
        std::str::from_utf8(&self.body[2..2 + self.topic_length()]).unwrap()
    }

    fn answer(&self, reason: u8) -> Deed {
        let id = 2 + self.topic_length();
        let id = [self.body[id], self.body[id + 1]];
        // Without a reason code it is taken, in both versions (MQTT 5, 3.4.2.1).
        Deed::Send(if reason == SUCCESS { vec![0x40, 2, id[0], id[1]] } else { vec![0x40, 4, id[0], id[1], reason, 0] })
    }

    /// The number of a message from the outbox.
    fn seq(&self) -> Option<u64> {
        let text = String::from_utf8_lossy(&self.body).into_owned();
        text.split_once("{\"seq\":")?.1.strip_suffix('}')?.parse().ok()
    }
}

/// A broker that does what `deed` says, one connection after the other.
fn broker(mut deed: impl FnMut(&Packet) -> Deed + Send + 'static) -> Broker {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    std::thread::spawn(move || {
        for (connection, stream) in listener.incoming().enumerate() {
            let mut stream = stream.unwrap();
            while let Some(packet) = Packet::read(&mut stream, connection) {
                match deed(&packet) {
                    Deed::Send(octets) => stream.write_all(&octets).unwrap_or_default(),
                    Deed::HangUp => break,
                    Deed::Nothing => {}
                }
            }
            deed(&Packet { connection, kind: END, body: Vec::new() });
        }
    });
    Broker::parse(&format!("mqtt://127.0.0.1:{port}"), None, "watch").unwrap()
}

/// What a publisher tells: versions it connected in, what is refused, and why it was away.
#[derive(Debug, Default)]
struct Told {
    versions: Vec<Version>,
    refused: Vec<Refusal>,
    away: Vec<String>,
}

fn publish(broker: Broker, outbox: &Path, ending: &Ending) -> JoinHandle<Told> {
    let (outbox, ending) = (outbox.to_owned(), ending.clone());
    std::thread::spawn(move || {
        let mut told = Told::default();
        let waiting = Waiting::open(&outbox, MQTT).unwrap();
        let report = |report| match report {
            Report::Connected(_, version) => told.versions.push(version),
            Report::Refused(refusal) => told.refused.push(refusal),
            Report::Away(error) => told.away.push(error.to_string()),
        };
        Publisher::new(broker, waiting, "site", Vec::new(), None).run(&ending, report).unwrap();
        told
    })
}

fn await_that(what: &str, mut is_so: impl FnMut() -> bool) {
    let until = Instant::now() + Duration::from_secs(30);
    while !is_so() {
        assert!(Instant::now() < until, "{what}");
        std::thread::sleep(Duration::from_millis(20));
    }
}

fn fill(outbox: &Path, topics: impl Iterator<Item = &'static str>) {
    let make = |seq: u64| format!("{{\"seq\":{seq}}}").into_bytes();
    let messages = topics.map(|topic| (topic, &make as &dyn Fn(u64) -> Vec<u8>));
    Outbox::open(outbox, 100_000, &[MQTT]).unwrap().store(messages).unwrap();
}

#[test]
fn a_refused_topic_waits_and_goes_out_when_the_broker_takes_it() {
    const EACH: usize = 1_000;
    let folder = tempfile::tempdir().unwrap();
    let outbox = folder.path().join("outbox.db");
    fill(&outbox, (0..2 * EACH).map(|nth| if nth % 2 == 0 { "event" } else { "reading" }));
    // The first connection takes no events, and is lost when all readings are in; the next one takes everything.
    let came = Arc::new(Mutex::new(BTreeMap::<(usize, String), Vec<u64>>::new()));
    let log = Arc::clone(&came);
    let broker = broker(move |packet| match packet.kind {
        CONNECT => packet.welcome(),
        PUBLISH => {
            let mut log = log.lock().unwrap();
            let list = log.entry((packet.connection, packet.topic().to_owned())).or_default();
            list.extend(packet.seq());
            match (packet.connection, packet.topic()) {
                (0, "site/event") => packet.answer(NOT_AUTHORIZED),
                (0, "site/reading") if list.len() == EACH => Deed::HangUp,
                _ => packet.answer(SUCCESS),
            }
        }
        _ => Deed::Nothing,
    });
    let ending = Ending::default();
    let publisher = publish(broker, &outbox, &ending);
    let waiting = Waiting::open(&outbox, MQTT).unwrap();
    await_that("everything is taken", || waiting.is_empty().unwrap());
    ending.begin(Duration::from_secs(5));
    let told = publisher.join().unwrap();
    assert_eq!(told.versions, [Version::V5_0, Version::V5_0]);
    assert!(told.refused.iter().all(|refusal| refusal.message.is_some() && !refusal.is_final));
    let came = came.lock().unwrap();
    let events = |connection| came.get(&(connection, "site/event".to_owned())).unwrap();
    assert!(
        events(0).len() < EACH / 2,
        "{} of {EACH} events were offered to a broker that takes none",
        events(0).len()
    );
    // The one behind the first that was refused tries the topic; the others follow in their order.
    let mut expected: Vec<u64> = (0..EACH as u64).map(|nth| 2 * nth + 1).collect();
    expected.swap(0, 1);
    assert_eq!(*events(1), expected);
}

#[test]
fn an_answer_that_never_comes_holds_up_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let outbox = folder.path().join("outbox.db");
    fill(&outbox, std::iter::repeat_n("event", 2_000).chain(["reading"]));
    // The first connection takes no events; the next one takes them, and forgets to say so of one.
    let broker = broker(move |packet| match (packet.kind, packet.connection, packet.seq()) {
        (CONNECT, ..) => packet.welcome(),
        (PUBLISH, 0, Some(2_001)) => Deed::HangUp,
        (PUBLISH, 0, Some(_)) => packet.answer(NOT_AUTHORIZED),
        (PUBLISH, _, Some(7)) => Deed::Nothing,
        (PUBLISH, ..) => packet.answer(SUCCESS),
        _ => Deed::Nothing,
    });
    let ending = Ending::default();
    let publisher = publish(broker, &outbox, &ending);
    let waiting = Waiting::open(&outbox, MQTT).unwrap();
    await_that("all the others are taken", || waiting.len().unwrap() == 1);
    ending.begin(Duration::ZERO);
    publisher.join().unwrap();
}

#[test]
fn a_message_that_is_refused_by_itself_holds_up_no_others() {
    let folder = tempfile::tempdir().unwrap();
    let outbox = folder.path().join("outbox.db");
    fill(&outbox, std::iter::repeat_n("reading", 5));
    let broker = broker(|packet| match (packet.kind, packet.seq()) {
        (CONNECT, _) => packet.welcome(),
        (PUBLISH, Some(2)) => packet.answer(PAYLOAD_FORMAT_INVALID),
        (PUBLISH, Some(3)) => packet.answer(NOT_AUTHORIZED),
        (PUBLISH, _) => packet.answer(SUCCESS),
        _ => Deed::Nothing,
    });
    let ending = Ending::default();
    let publisher = publish(broker, &outbox, &ending);
    let waiting = Waiting::open(&outbox, MQTT).unwrap();
    await_that("the first are taken", || waiting.len().unwrap() == 1);
    fill(&outbox, std::iter::repeat_n("reading", 5));
    await_that("so are those after them", || waiting.len().unwrap() == 1);
    ending.begin(Duration::from_secs(5));
    let told = publisher.join().unwrap();
    assert_eq!(told.versions.len(), 1);
    let refused: Vec<_> = told.refused.iter().map(|refusal| (refusal.message, refusal.is_final)).collect();
    // The third is offered once more when it is known that its topic is taken.
    assert_eq!(refused, [(Some(2), true), (Some(3), false), (Some(3), false)]);
    let left: Vec<u64> = waiting.next(0, 10).unwrap().iter().map(|message| message.seq).collect();
    assert_eq!(left, [3], "the second is set aside");
}

#[test]
fn without_room_for_the_last_words_the_will_is_left_to_the_broker() {
    for is_taken in [true, false] {
        let folder = tempfile::tempdir().unwrap();
        let outbox = folder.path().join("outbox.db");
        fill(&outbox, std::iter::empty());
        let seen = Arc::new(Mutex::new(Vec::new()));
        let log = Arc::clone(&seen);
        let broker = broker(move |packet| {
            let is_online = packet.kind == PUBLISH && packet.body.ends_with(b"online");
            let word = match packet.kind {
                PUBLISH if is_online => "online",
                DISCONNECT => "leave",
                END => "end",
                _ => "other",
            };
            log.lock().unwrap().push(word);
            match packet.kind {
                CONNECT => packet.welcome(),
                PUBLISH if is_taken || is_online => packet.answer(SUCCESS),
                _ => Deed::Nothing,
            }
        });
        let saw = |word| seen.lock().unwrap().contains(&word);
        let ending = Ending::default();
        let publisher = publish(broker, &outbox, &ending);
        await_that("the watch is online", || saw("online"));
        ending.begin(Duration::from_millis(300));
        assert_eq!(publisher.join().unwrap().versions, [Version::V5_0]);
        await_that("the connection is at its end", || saw("end"));
        assert_eq!(saw("leave"), is_taken);
    }
}

/// The versions spoken to a broker that hangs up on the MQTT 5 of these connections, and takes the reading on the others.
fn spoken(hangs_up: fn(usize) -> bool) -> (Vec<u8>, Told) {
    let folder = tempfile::tempdir().unwrap();
    let outbox = folder.path().join("outbox.db");
    fill(&outbox, std::iter::once("reading"));
    let spoken = Arc::new(Mutex::new(Vec::new()));
    let log = Arc::clone(&spoken);
    let broker = broker(move |packet| match packet.kind {
        CONNECT => {
            log.lock().unwrap().push(packet.version());
            if packet.version() == 5 && hangs_up(packet.connection) { Deed::HangUp } else { packet.welcome() }
        }
        PUBLISH => packet.answer(SUCCESS),
        _ => Deed::Nothing,
    });
    let ending = Ending::default();
    let publisher = publish(broker, &outbox, &ending);
    let waiting = Waiting::open(&outbox, MQTT).unwrap();
    await_that("the reading is taken", || waiting.is_empty().unwrap());
    ending.begin(Duration::from_secs(2));
    let told = publisher.join().unwrap();
    (spoken.lock().unwrap().clone(), told)
}

#[test]
fn a_broker_that_hangs_up_once_is_spoken_to_in_mqtt_5() {
    let (versions, told) = spoken(|connection| connection == 0);
    assert_eq!((versions, told.versions, told.away.len()), (vec![5, 4, 5], vec![Version::V5_0], 0));
    let (versions, told) = spoken(|_| true);
    assert_eq!((versions, told.versions, told.away.len()), (vec![5, 4, 5, 4], vec![Version::V3_1_1], 0));
}

#[test]
fn an_old_broker_that_refuses_the_login_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let outbox = folder.path().join("outbox.db");
    fill(&outbox, std::iter::empty());
    let (come, came) = std::sync::mpsc::channel();
    let broker = broker(move |packet| match (packet.kind, packet.version()) {
        (CONNECT, 5) => Deed::HangUp,
        // Not authorized (MQTT 3.1.1, 3.2.2.3).
        (CONNECT, _) => {
            come.send(()).unwrap_or_default();
            Deed::Send(vec![0x20, 2, 0, 5])
        }
        _ => Deed::Nothing,
    });
    let ending = Ending::default();
    let publisher = publish(broker, &outbox, &ending);
    came.recv_timeout(Duration::from_secs(30)).unwrap();
    ending.begin(Duration::ZERO);
    let told = publisher.join().unwrap();
    assert!(told.away.iter().all(|why| why.contains("refused the connection")), "{:?}", told.away);
}
