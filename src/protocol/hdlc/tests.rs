//! Known answers, and both ends against each other over lines that split, spoil and lose.

use std::time::Duration;

use super::*;

const UA: &[u8] = &[
    0x7e, 0xa0, 0x1f, 0x21, 0x02, 0x23, 0x73, 0xe6, 0xc7, 0x81, 0x80, 0x12, 0x05, 0x01, 0x80, 0x06, 0x01, 0x80, 0x07,
    0x04, 0x00, 0x00, 0x00, 0x01, 0x08, 0x04, 0x00, 0x00, 0x00, 0x01, 0x53, 0x3b, 0x7e,
];

fn address(text: &str) -> Address {
    text.parse().unwrap()
}

fn client_address() -> ClientAddress {
    ClientAddress::new(16).unwrap()
}

fn frame(control: Control, information: &[u8]) -> Vec<u8> {
    let (destination, source) = (client_address().to_wire(), address("1/17").to_wire());
    Frame { destination, source, control, segmented: false, information }.encode()
}

fn information(send: u8, receive: u8) -> Control {
    Control::Information { send: Sequence::new(send), receive: Sequence::new(receive), poll: true }
}

#[test]
fn the_ua_of_a_foreign_meter_is_read_and_made_alike() {
    let (frame, length) = Frame::parse(UA).unwrap();
    assert_eq!(length, UA.len() - 1);
    assert_eq!(frame.control, Control::UnnumberedAcknowledge);
    assert_eq!(Address::from_wire(frame.source), Some(address("1/17")));
    assert_eq!(ClientAddress::from_wire(frame.destination), Some(client_address()));
    let parameters = Parameters::decode(frame.information).unwrap();
    assert_eq!(parameters, Parameters::default());
    assert_eq!(parameters.encode(), frame.information);
    assert_eq!(frame.encode(), UA);
}

#[test]
fn addresses_take_the_octets_of_their_length() {
    for (text, octets) in [
        ("1/17", &[0x02, 0x23][..]),
        ("1/17@4", &[0x00, 0x02, 0x00, 0x23]),
        ("1/1000", &[0x00, 0x02, 0x0E, 0xD1]),
        ("1@1", &[0x03]),
        ("16383/16383", &[0xFE, 0xFE, 0xFE, 0xFF]),
    ] {
        let address = address(text);
        assert_eq!(address.to_wire().octets(), octets, "{text}");
        assert_eq!(Address::from_wire(address.to_wire()), Some(address));
        assert_eq!(address.to_string(), text);
    }
    assert_eq!(address("1/17@2"), address("1/17"));
    assert_eq!(address("1/17@1"), address("1@1"));
    for text in
        ["", "1", "1/", "/1", "1/17@3", "1/17@", "+1/17", "a/b", "1/2/3", "1/128@2", "128@1", "1/16384", "1/99999"]
    {
        assert!(text.parse::<Address>().is_err(), "{text}");
    }
}

#[test]
fn frames_split_anywhere_are_found() {
    let bytes = frame(information(0, 1), &[0x7E; 40]);
    for split in 0..=bytes.len() {
        let mut reader = FrameReader::new();
        reader.push(&bytes[..split]);
        let early = reader.next_frame().is_some();
        assert_eq!(early, split == bytes.len());
        reader.push(&bytes[split..]);
        if !early {
            assert_eq!(reader.next_frame().unwrap().information, [0x7E; 40]);
        }
        assert!(reader.next_frame().is_none());
        assert_eq!(reader.statistics().discarded_octets, 0);
    }
}

#[test]
fn a_flag_may_stand_in_every_field() {
    // 63/63 gives address octets 7E 7F; information lengths are tried until length, HCS and FCS have held a flag.
    let (mut in_length, mut in_header_check, mut in_frame_check) = (false, false, false);
    for length in 1..=600usize {
        for fill in [0x00u8, 0x7E, 0x55] {
            let (destination, source) = (client_address().to_wire(), address("63/63").to_wire());
            let control = information(7, 3);
            let content = vec![fill; length];
            let bytes = Frame { destination, source, control, segmented: true, information: &content }.encode();
            in_length |= bytes[2] == FLAG;
            in_header_check |= bytes[7..9].contains(&FLAG);
            in_frame_check |= bytes[bytes.len() - 3..bytes.len() - 1].contains(&FLAG);
            let mut reader = FrameReader::new();
            for octet in &bytes[..bytes.len() - 1] {
                reader.push(&[*octet]);
                assert!(reader.next_frame().is_none());
            }
            reader.push(&[FLAG]);
            let found = reader.next_frame().unwrap();
            assert_eq!((found.information, found.control, found.segmented), (&content[..], control, true));
        }
    }
    assert!(in_length && in_header_check && in_frame_check);
}

#[test]
fn noise_before_and_after_is_skipped_and_counted() {
    let mut random = fastrand::Rng::with_seed(7);
    for _ in 0..300 {
        let good = frame(information(0, 0), b"answer");
        let noise: Vec<u8> = (0..random.usize(0..40)).map(|_| random.u8(..)).collect();
        let mut reader = FrameReader::new();
        reader.push(&noise);
        reader.push(&good);
        reader.push(&noise);
        let mut found = 0;
        for _ in 0..100 {
            while let Some(frame) = reader.next_frame() {
                assert_eq!(frame.information, b"answer");
                found += 1;
            }
            reader.give_up();
        }
        assert_eq!(found, 1, "{noise:02X?}");
        let counted = reader.statistics().discarded_octets;
        assert!(counted <= 2 * noise.len() as u64);
    }
}

#[test]
fn two_frames_may_share_a_flag() {
    let one = frame(information(0, 0), b"one");
    let mut both = one.clone();
    both.extend_from_slice(&frame(information(1, 0), b"two")[1..]);
    let mut reader = FrameReader::new();
    reader.push(&both);
    assert_eq!(reader.next_frame().unwrap().information, b"one");
    assert_eq!(reader.next_frame().unwrap().information, b"two");
}

#[test]
fn every_single_octet_error_is_noticed() {
    let good = frame(information(0, 0), b"answer");
    for index in 0..good.len() {
        for bit in 0..8 {
            let mut bytes = good.clone();
            bytes[index] ^= 1 << bit;
            let mut reader = FrameReader::new();
            reader.push(&bytes);
            reader.push(&good);
            let mut found = Vec::new();
            for _ in 0..60 {
                while let Some(frame) = reader.next_frame() {
                    found.push(frame.encode());
                }
                reader.give_up();
            }
            assert_eq!(found, std::slice::from_ref(&good), "octet {index} bit {bit}");
        }
    }
}

#[test]
fn parameters_from_ua_fields_of_all_shapes() {
    assert_eq!(Parameters::decode(&[]).unwrap(), Parameters::default());
    let wide = Parameters::decode(&[0x81, 0x80, 0x08, 0x05, 0x02, 0x04, 0x00, 0x06, 0x02, 0x02, 0x00]).unwrap();
    assert_eq!((wide.information_sent, wide.information_received), (1024, 512));
    let agreed = Parameters::with_information(700).agreed_with(&wide);
    assert_eq!((agreed.information_sent, agreed.information_received), (512, 700));
    assert!(Parameters::decode(&[0x81, 0x80, 0x05, 0x05]).is_err());
    assert!(Parameters::decode(&[0x81, 0x80, 0x02, 0x05, 0x02]).is_err());
}

#[test]
fn random_octets_never_upset_reader_or_parameters() {
    let mut random = fastrand::Rng::with_seed(1);
    for _ in 0..3000 {
        let bytes: Vec<u8> =
            (0..random.usize(0..80)).map(|_| if random.u8(..4) == 0 { FLAG } else { random.u8(..) }).collect();
        let _ = Parameters::decode(&bytes);
        let _ = Frame::parse(&bytes);
        let mut reader = FrameReader::new();
        for part in bytes.chunks(7) {
            reader.push(part);
            while reader.next_frame().is_some() {}
        }
    }
}

/// A line with virtual time, one client and a meter at 1/17 which answers each APDU with its reverse.
struct Bench {
    client: ClientConnection,
    line: ServerLine,
    now: Duration,
    requests: usize,
    /// Changes what goes over the line: (to the meter?, octets).
    fault: Box<dyn FnMut(bool, Vec<u8>) -> Vec<u8>>,
}

impl Bench {
    fn new(length: u16) -> Self {
        Bench::with_window(length, 1)
    }

    fn with_window(length: u16, window: u8) -> Self {
        let mut settings = ClientSettings::new(address("1/17"), client_address());
        settings.parameters = Parameters::with_information(length).with_window(window);
        settings.retries = 4;
        let mut line = ServerLine::new(ServerSettings {
            parameters: Parameters::with_information(length).with_window(window),
            ..ServerSettings::default()
        });
        line.add(address("1/16"));
        line.add(address("1/17"));
        let client = ClientConnection::new(settings);
        Bench { client, line, now: Duration::ZERO, requests: 0, fault: Box::new(|_, octets| octets) }
    }

    fn run(&mut self) -> ClientEvent {
        for _ in 0..10_000 {
            while let Some(frame) = self.client.poll_transmit() {
                self.client.transmitted(self.now);
                let octets = (self.fault)(true, frame.octets);
                self.line.receive(&octets, self.now);
            }
            while let Some(event) = self.line.poll_event() {
                if let ServerEvent::Request { station, mut apdu, .. } = event {
                    self.requests += 1;
                    apdu.reverse();
                    self.line.respond(station, &apdu);
                }
            }
            while let Some(octets) = self.line.poll_transmit() {
                let octets = (self.fault)(false, octets);
                self.client.receive(&octets, self.now);
            }
            if let Some(event) = self.client.poll_event() {
                return event;
            }
            if let Some(deadline) = self.client.deadline()
                && self.client.transmit_is_empty()
            {
                self.now = self.now.max(deadline);
                self.client.handle_timeout(self.now);
                self.line.handle_timeout(self.now);
            }
        }
        panic!("the line hangs");
    }

    fn connect(&mut self) -> ClientEvent {
        self.client.connect(self.now);
        self.run()
    }

    fn ask(&mut self, apdu: &[u8]) -> ClientEvent {
        self.client.send(apdu, self.now).unwrap();
        self.run()
    }
}

fn reversed(apdu: &[u8]) -> ClientEvent {
    ClientEvent::Message(apdu.iter().rev().copied().collect())
}

#[test]
fn messages_of_many_segments_go_both_ways() {
    for length in [8, 64, 128, 300, 2000] {
        let mut bench = Bench::new(length);
        assert!(matches!(bench.connect(), ClientEvent::Connected { .. }));
        for size in [0usize, 1, 5, 125, 126, 2000] {
            let apdu: Vec<u8> = (0..size).map(|n| (n % 251) as u8).collect();
            assert_eq!(bench.ask(&apdu), reversed(&apdu), "{length} {size}");
        }
        bench.client.disconnect(bench.now);
        assert_eq!(bench.run(), ClientEvent::Disconnected);
        assert_eq!(bench.client.statistics().repetitions, 0);
    }
}

#[test]
fn lost_and_spoilt_frames_are_repeated_and_nothing_is_done_twice() {
    for seed in 0..200u64 {
        let mut random = fastrand::Rng::with_seed(seed);
        let mut bench = Bench::new(32);
        bench.fault = Box::new(move |_, mut octets| {
            match random.u8(..12) {
                0 => octets.clear(),
                1 => {
                    let index = random.usize(..octets.len());
                    octets[index] ^= 1 << random.u8(..8);
                }
                2 => octets.insert(0, random.u8(..)),
                _ => {}
            }
            octets
        });
        if !matches!(bench.connect(), ClientEvent::Connected { .. }) {
            continue;
        }
        for round in 0..6usize {
            let apdu = vec![round as u8; 20 * round];
            match bench.ask(&apdu) {
                ClientEvent::Failed(_) => break,
                event => assert_eq!(event, reversed(&apdu), "seed {seed}"),
            }
            assert_eq!(bench.requests, round + 1, "seed {seed}: a repeated frame was taken for a new one");
        }
    }
}

#[test]
fn an_echo_is_told_from_an_answer() {
    let mut bench = Bench::new(128);
    bench.line = ServerLine::new(ServerSettings::default());
    bench.client.connect(Duration::ZERO);
    for _ in 0..5 {
        while let Some(frame) = bench.client.poll_transmit() {
            bench.client.receive(&frame.octets, bench.now);
        }
        bench.now = bench.client.deadline().unwrap_or(bench.now);
        bench.client.handle_timeout(bench.now);
    }
    let event = bench.client.poll_event();
    assert!(matches!(event, Some(ClientEvent::Failed(ClientFault::EchoOnly { attempts: 5, .. }))), "{event:?}");
    assert_eq!(bench.client.statistics().echoes, 5);
}

#[test]
fn silence_noise_and_other_stations_are_told_apart() {
    let outcome = |reply: &[u8]| {
        let mut settings = ClientSettings::new(address("1/17"), client_address());
        settings.retries = 0;
        let mut client = ClientConnection::new(settings);
        client.connect(Duration::ZERO);
        client.receive(reply, Duration::from_millis(100));
        client.handle_timeout(Duration::from_secs(1));
        client.handle_timeout(Duration::from_secs(6));
        client.poll_event()
    };
    let fault = |event| match event {
        Some(ClientEvent::Failed(fault)) => fault,
        other => panic!("{other:?}"),
    };
    assert!(matches!(fault(outcome(&[])), ClientFault::NoReply { frame: "SNRM", attempts: 1, .. }));
    assert!(matches!(fault(outcome(b"/GRX5 garbage\r\n")), ClientFault::Garbled { octets: 15, bad: 0 }));
    let mut spoilt = UA.to_vec();
    spoilt[25] ^= 4;
    assert!(matches!(fault(outcome(&spoilt)), ClientFault::Garbled { octets: 33, bad: 1 }));
    let (destination, source) = (client_address().to_wire(), address("1/18").to_wire());
    let control = Control::UnnumberedAcknowledge;
    let other = Frame { destination, source, control, segmented: false, information: &[] }.encode();
    assert!(matches!(fault(outcome(&other)), ClientFault::NotForUs { frames: 1 }));
    assert!(matches!(fault(outcome(&frame(Control::DisconnectedMode, &[]))), ClientFault::Refused(_)));
    assert!(matches!(outcome(&frame(Control::UnnumberedAcknowledge, &[])), Some(ClientEvent::Connected { .. })));
}

#[test]
fn a_busy_meter_is_asked_again_and_given_up_in_the_end() {
    let mut client = ClientConnection::new(ClientSettings::new(address("1/17"), client_address()));
    let mut now = Duration::ZERO;
    client.connect(now);
    client.receive(UA, now);
    assert!(matches!(client.poll_event(), Some(ClientEvent::Connected { .. })));
    client.send(b"x", now).unwrap();
    while client.poll_transmit().is_some() {}
    let not_ready = frame(Control::ReceiveNotReady { receive: Sequence::new(1), poll: true }, &[]);
    client.receive(&not_ready, now);
    now = client.deadline().unwrap();
    client.handle_timeout(now);
    let asked = client.poll_transmit().unwrap().octets;
    assert!(matches!(Frame::parse(&asked).unwrap().0.control, Control::ReceiveReady { .. }));
    client.receive(&frame(information(0, 1), b"\xE6\xE7\x00done"), now);
    assert_eq!(client.poll_event(), Some(ClientEvent::Message(b"done".to_vec())));
    client.send(b"x", now).unwrap();
    let event = loop {
        client.receive(&frame(Control::ReceiveNotReady { receive: Sequence::new(2), poll: true }, &[]), now);
        if let Some(event) = client.poll_event() {
            break event;
        }
        now = client.deadline().unwrap();
        client.handle_timeout(now);
        while client.poll_transmit().is_some() {}
    };
    assert!(matches!(event, ClientEvent::Failed(ClientFault::Busy(_))));
}

#[test]
fn stations_are_silent_to_others_and_drop_idle_connections() {
    let mut bench = Bench::new(128);
    assert!(matches!(bench.connect(), ClientEvent::Connected { .. }));
    let mut other = ClientConnection::new(ClientSettings::new(address("1/99"), client_address()));
    other.connect(Duration::ZERO);
    bench.line.receive(&other.poll_transmit().unwrap().octets, bench.now);
    assert!(bench.line.poll_transmit().is_none());
    let mut long = ClientConnection::new(ClientSettings::new(address("1/16@4"), client_address()));
    long.connect(Duration::ZERO);
    bench.line.receive(&long.poll_transmit().unwrap().octets, bench.now);
    long.receive(&bench.line.poll_transmit().unwrap(), bench.now);
    assert!(matches!(long.poll_event(), Some(ClientEvent::Connected { .. })));
    bench.now += Duration::from_secs(121);
    assert_eq!(bench.ask(b"late"), ClientEvent::Failed(ClientFault::Dropped));
}

#[test]
fn all_stations_address_takes_whoever_answers() {
    let mut client = ClientConnection::new(ClientSettings::new(address("1/127"), client_address()));
    client.connect(Duration::ZERO);
    client.receive(UA, Duration::ZERO);
    assert!(matches!(client.poll_event(), Some(ClientEvent::Connected { server, .. }) if server == address("1/17")));
}

#[test]
fn octets_that_trickle_in_put_off_the_repetition() {
    let mut client = ClientConnection::new(ClientSettings::new(address("1/17"), client_address()));
    client.connect(Duration::ZERO);
    while client.poll_transmit().is_some() {}
    // The header check, which vouches for the length, comes before the time-out; the rest takes longer.
    for (index, octet) in UA.iter().enumerate() {
        let now = Duration::from_millis(4790 + 20 * index as u64);
        client.handle_timeout(now);
        client.receive(&[*octet], now);
    }
    assert!(client.poll_transmit().is_none(), "nothing is repeated while the answer comes in");
    assert!(matches!(client.poll_event(), Some(ClientEvent::Connected { .. })));
}

#[test]
fn windows_spare_the_acknowledgements_and_lose_nothing() {
    let apdu: Vec<u8> = (0..1000u32).map(|index| index as u8).collect();
    let mut frames = Vec::new();
    for window in 1..=7 {
        let mut bench = Bench::with_window(32, window);
        assert!(
            matches!(bench.connect(), ClientEvent::Connected { parameters, .. } if parameters.window_sent == window)
        );
        assert_eq!(bench.ask(&apdu), reversed(&apdu));
        frames.push(bench.client.statistics().frames_sent);
        // Every frame of either side is lost once, then every third.
        for lost in 0..70 {
            let mut bench = Bench::with_window(32, window);
            bench.connect();
            let mut count = 0;
            bench.fault = Box::new(move |_, octets| {
                count += 1;
                if count == lost { Vec::new() } else { octets }
            });
            assert_eq!(bench.ask(&apdu), reversed(&apdu), "window {window}, frame {lost}");
            assert_eq!(bench.requests, 1);
        }
        let mut dice = fastrand::Rng::with_seed(u64::from(window));
        let mut bench = Bench::with_window(32, window);
        bench.connect();
        bench.fault = Box::new(move |_, octets| if dice.u8(..) < 20 { Vec::new() } else { octets });
        for _ in 0..5 {
            assert_eq!(bench.ask(&apdu), reversed(&apdu), "window {window}");
        }
        assert_eq!(bench.requests, 5);
    }
    assert!(frames[6] * 5 < frames[0] * 3, "{frames:?}");
}

#[test]
fn a_message_without_an_answer_is_over_when_it_has_arrived() {
    let mut bench = Bench::new(128);
    bench.connect();
    bench.client.send(b"block", bench.now).unwrap();
    bench.client.expect_acknowledgement();
    let sent = bench.client.poll_transmit().unwrap();
    bench.line.receive(&sent.octets, bench.now);
    let ready = Control::ReceiveReady { receive: Sequence::new(1), poll: true };
    bench.client.receive(&frame(ready, &[]), bench.now);
    assert_eq!(bench.client.poll_event(), Some(ClientEvent::Delivered));
    assert!(bench.client.is_idle());
}

#[test]
fn secrets_are_pointed_out_in_every_segment() {
    let mut settings = ClientSettings::new(address("1/17"), client_address());
    settings.parameters = Parameters::with_information(10);
    let mut client = ClientConnection::new(settings);
    client.connect(Duration::ZERO);
    client.receive(UA, Duration::ZERO);
    while client.poll_transmit().is_some() {}
    client.send_secret(b"before PASSWORD after", std::slice::from_ref(&(7..15)), Duration::ZERO).unwrap();
    let mut secret = Vec::new();
    for acknowledged in 1..=3 {
        let sent = client.poll_transmit().unwrap();
        // The last range is that of the frame check, which would help to guess.
        if let Some((check, ranges)) = sent.secrets.split_last() {
            assert_eq!(*check, sent.octets.len() - 3..sent.octets.len() - 1);
            secret.extend(ranges.iter().flat_map(|range| sent.octets[range.clone()].to_vec()));
        }
        let ready = Control::ReceiveReady { receive: Sequence::new(acknowledged), poll: true };
        client.receive(&frame(ready, &[]), Duration::ZERO);
    }
    assert_eq!(secret, b"PASSWORD");
}
