//! The client against the server of this crate, on a line that keeps time in its head.

use super::*;
use crate::protocol::iec62056_21::message::{message, option_select};
use crate::protocol::iec62056_21::server::tests::{Bench, options};
use crate::protocol::iec62056_21::{ACK, Server, ServerStep};

/// What a scripted far end does with each transmission: its number from 0, and the bytes.
type Script = Box<dyn FnMut(usize, &[u8]) -> Vec<u8>>;

struct Run {
    result: Result<Done, Failure>,
    sent: Vec<Vec<u8>>,
    configured: Vec<(u32, CharacterForm)>,
}

/// Runs the operation begun on `client` against a script.
fn play(client: &mut Client, script: &mut Script) -> Run {
    let mut waiting = VecDeque::new();
    let (mut sent, mut configured) = (Vec::new(), Vec::new());
    for _ in 0..10_000 {
        match client.step() {
            Step::Send { bytes, .. } => {
                waiting.extend(script(sent.len(), &bytes));
                sent.push(bytes);
            }
            Step::Configure(baud, form) => configured.push((baud, form)),
            Step::Pause(_) => {}
            Step::Drain => waiting.clear(),
            Step::Receive(_) => match waiting.pop_front() {
                Some(byte) => client.heard(&[byte]),
                None => client.silence(),
            },
            Step::Finished(result) => return Run { result, sent, configured },
        }
    }
    panic!("the operation never ends");
}

fn meter(identification: &str) -> (Script, std::sync::Arc<std::sync::Mutex<Bench>>) {
    let store = std::sync::Arc::new(std::sync::Mutex::new(Bench::new()));
    let mut server = Server::new(options(identification));
    let shared = store.clone();
    let script: Script = Box::new(move |_, bytes| {
        let mut answer = Vec::new();
        for byte in bytes {
            for step in server.hear(*byte, Duration::ZERO, &mut *shared.lock().unwrap()) {
                if let ServerStep::Send(bytes) = step {
                    answer.extend(bytes);
                }
            }
        }
        answer
    });
    (script, store)
}

fn signed_on(identification: &str) -> (Client, Script, std::sync::Arc<std::sync::Mutex<Bench>>) {
    let (mut script, store) = meter(identification);
    let mut client = Client::new(ClientOptions::default());
    client.sign_on(Purpose::Programming);
    let run = play(&mut client, &mut script);
    assert!(matches!(run.result, Ok(Done::Programming(_, ref operand)) if operand == "1234"), "{:?}", run.result);
    client.command(&Command::password("00000000"));
    assert_eq!(play(&mut client, &mut script).result, Ok(Done::Acknowledged));
    (client, script, store)
}

#[test]
fn a_readout_in_every_mode() {
    for (identification, speeds) in
        [("GRX5SIM", vec![300, 9600]), ("GRX0SIM", vec![300]), ("GRXESIM", vec![300, 9600]), ("GRX9SIM", vec![300])]
    {
        let (mut script, _) = meter(identification);
        let mut client = Client::new(ClientOptions::default());
        client.sign_on(Purpose::Readout);
        let run = play(&mut client, &mut script);
        match run.result {
            Ok(Done::Readout(found, block)) => {
                assert_eq!(found.to_string(), format!("/{identification}"));
                assert_eq!(block.find("1.8.0").unwrap().first().unwrap().text, "012345.67");
            }
            other => panic!("{identification}: {other:?}"),
        }
        assert_eq!(run.configured.iter().map(|(baud, _)| *baud).collect::<Vec<_>>(), speeds, "{identification}");
    }
}

#[test]
fn programming_mode_reads_writes_and_refuses() {
    let (mut client, mut script, store) = signed_on("GRX5SIM");
    client.command(&Command::read("1.8.0"));
    match play(&mut client, &mut script).result {
        Ok(Done::Data(block)) => assert_eq!(block.sets[0].first().unwrap().unit.as_deref(), Some("kWh")),
        other => panic!("{other:?}"),
    }
    client.command(&Command::write("C.50.0", "12345678901234567890"));
    assert_eq!(play(&mut client, &mut script).result, Ok(Done::Acknowledged));
    client.command(&Command::write("C.99.9", "1"));
    assert!(matches!(play(&mut client, &mut script).result, Err(Failure::Refused { reason, .. }) if reason == "ER10"));
    client.command(&Command::write("C.50.1", "7").with_code(Code::EXECUTE));
    assert_eq!(play(&mut client, &mut script).result, Ok(Done::Acknowledged));
    assert_eq!(store.lock().unwrap().writes, ["W1 C.50.0(12345678901234567890)", "E2 C.50.1(7)"]);
}

#[test]
fn partial_blocks_go_both_ways() {
    let (mut client, mut script, store) = signed_on("GRX5SIM");
    client.command(&Command::read("P.01").with_code(Code::parse("R3").unwrap()));
    match play(&mut client, &mut script).result {
        Ok(Done::Data(block)) => assert_eq!(block.sets[0].first().unwrap().text, "0123456789ABCDEF"),
        other => panic!("{other:?}"),
    }
    let mut client = Client { options: ClientOptions { block: 10, ..client.options.clone() }, ..client };
    client.command(&Command::write("P.02", "0123456789ABCDEF0123").with_code(Code::parse("W3").unwrap()));
    let run = play(&mut client, &mut script);
    assert_eq!(run.result, Ok(Done::Acknowledged));
    assert_eq!(run.sent.len(), 3);
    assert_eq!(store.lock().unwrap().writes, ["W3 P.02(0123456789ABCDEF0123)"]);
}

#[test]
fn a_wrong_password_is_said_and_tried_once() {
    let (mut script, _) = meter("GRX5SIM");
    let mut client = Client::new(ClientOptions::default());
    client.sign_on(Purpose::Programming);
    play(&mut client, &mut script).result.unwrap();
    client.command(&Command::password("99999999"));
    let run = play(&mut client, &mut script);
    assert_eq!(run.result, Err(Failure::Password("ERPASS".into())));
    assert_eq!(run.sent.len(), 1);
    for answer in [vec![NAK], message(Some(Code::BREAK), b"", true)] {
        client.command(&Command::password("99999999"));
        let mut script: Script = Box::new(move |_, _| answer.clone());
        let run = play(&mut client, &mut script);
        assert!(matches!(run.result, Err(Failure::Password(_))) && run.sent.len() <= 2, "{:?}", run.result);
    }
}

#[test]
fn a_write_is_repeated_after_nak_and_never_after_silence() {
    let mut client = Client::new(ClientOptions::default());
    let write = Command::write("C.50.0", "12345678901234567890");
    client.command(&write);
    let mut nak_then_ack: Script = Box::new(|number, _| if number == 0 { vec![NAK] } else { vec![ACK] });
    let run1 = play(&mut client, &mut nak_then_ack);
    assert_eq!((run1.result, run1.sent.len()), (Ok(Done::Acknowledged), 2));

    for answer in [Vec::new(), vec![b'x'], b"\x02(ER".to_vec(), b"\x02(1)\x03\x00".to_vec()] {
        client.command(&write);
        let mut script: Script = Box::new(move |_, _| answer.clone());
        let run = play(&mut client, &mut script);
        assert_eq!(run.sent.len(), 1, "{:?}", run.result);
        assert!(run.result.unwrap_err().may_have_acted());
    }
}

#[test]
fn a_read_is_repeated_after_silence_and_asked_for_again_when_damaged() {
    let good = message(None, b"1.8.0(7*kWh)\r\n", true);
    let mut bad = good.clone();
    bad[4] ^= 2;
    for (first, second) in [(Vec::new(), Command::read("1.8.0").messages(9).concat()), (bad, vec![NAK])] {
        let mut client = Client::new(ClientOptions::default());
        client.command(&Command::read("1.8.0"));
        let good = good.clone();
        let mut script: Script = Box::new(move |number, _| if number == 0 { first.clone() } else { good.clone() });
        let run = play(&mut client, &mut script);
        assert!(matches!(run.result, Ok(Done::Data(_))), "{:?}", run.result);
        assert_eq!(run.sent[1], second);
    }
}

#[test]
fn a_mute_meter_is_tried_and_given_up() {
    let mut client = Client::new(ClientOptions { wake_up: true, ..ClientOptions::default() });
    client.sign_on(Purpose::Readout);
    let mut mute: Script = Box::new(|_, _| Vec::new());
    let run1 = play(&mut client, &mut mute);
    assert_eq!(run1.result, Err(Failure::NoReply { request: "the sign-on".into(), may_have_acted: false }));
    assert_eq!(run1.sent.iter().filter(|bytes| bytes.starts_with(b"/?")).count(), 3);
    assert_eq!(run1.sent[0], [0; 66], "2.2 s of NUL at 300 bit/s");

    client.sign_on(Purpose::Readout);
    let mut noisy: Script = Box::new(|_, _| b"\x55\x2a".to_vec());
    assert!(matches!(play(&mut client, &mut noisy).result, Err(Failure::Garbled { .. })));
}

#[test]
fn silence_after_a_change_of_speed_falls_back_to_300() {
    let (mut honest, _) = meter("GRX5SIM");
    let mut script: Script = Box::new(move |number, bytes| {
        // The head cannot change its speed: what the meter says at 9600 never comes, and what we send is not heard.
        if bytes == option_select(b'0', b'5', b'1') || bytes.starts_with(b"\x01B0") {
            honest(number, &Command::end().messages(1).concat());
            return Vec::new();
        }
        honest(number, bytes)
    });
    let mut client = Client::new(ClientOptions::default());
    client.sign_on(Purpose::Programming);
    let run = play(&mut client, &mut script);
    assert!(matches!(run.result, Ok(Done::Programming(..))), "{:?}", run.result);
    assert!(run.sent.contains(&option_select(b'0', b'0', b'1')));
    assert!(run.sent.contains(&Command::end().messages(1).concat()), "a break at the new speed first");
    assert_eq!(run.configured.last(), Some(&(300, CharacterForm::SevenEven)));
}

#[test]
fn mode_e_hands_over_with_and_without_the_meters_repetition() {
    for silent in [false, true] {
        let (mut honest, _) = meter("GRX5\\2SIM");
        let mut script: Script = Box::new(move |number, bytes| {
            let answer = honest(number, bytes);
            if silent && bytes.first() == Some(&ACK) { Vec::new() } else { answer }
        });
        let mut client = Client::new(ClientOptions::default());
        client.sign_on(Purpose::Hdlc);
        let run = play(&mut client, &mut script);
        assert!(matches!(run.result, Ok(Done::Hdlc(_, 9600))), "{:?}", run.result);
        assert_eq!(run.sent.last(), Some(&option_select(b'2', b'5', b'2')));
        assert_eq!(run.configured.last(), Some(&(9600, CharacterForm::EightNone)));
    }
    let (mut script, _) = meter("GRX5SIM");
    let mut client = Client::new(ClientOptions::default());
    client.sign_on(Purpose::Hdlc);
    assert!(matches!(play(&mut client, &mut script).result, Err(Failure::NotOffered(_))));
}

#[test]
fn pushed_data_are_listened_to() {
    let mut client = Client::new(ClientOptions::default());
    client.listen();
    client.heard(b"8.0(1)\r\n!\r\n/ABC3push\r\n\r\n1.8.0(5*kWh)\r\n!\r\n");
    match client.step() {
        Step::Finished(Ok(Done::Readout(identification, block))) => {
            assert_eq!(identification.ident, "push");
            assert_eq!(block.sets.len(), 1);
        }
        other => panic!("{other:?}"),
    }
    client.listen();
    assert!(matches!(client.step(), Step::Receive(_)));
    client.silence();
    assert!(matches!(client.step(), Step::Finished(Err(Failure::NoReply { .. }))));
}

#[test]
fn nothing_that_breaks_the_frame_is_sent() {
    let mut client = Client::new(ClientOptions { address: "12!".into(), ..ClientOptions::default() });
    client.sign_on(Purpose::Readout);
    assert!(matches!(client.step(), Step::Finished(Err(Failure::BadRequest(_)))));
    client.command(&Command::write("1)", "2"));
    assert!(matches!(client.step(), Step::Finished(Err(Failure::BadRequest(_)))));
}

proptest::proptest! {
    /// Whatever the far end says, the operation ends, a write goes out once, and passwords at most twice.
    #[test]
    fn every_operation_ends(
        answers in proptest::collection::vec(proptest::collection::vec(proptest::prelude::any::<u8>(), 0..40), 0..12),
        kind in 0usize..5,
    ) {
        let mut client = Client::new(ClientOptions::default());
        match kind {
            0 => client.sign_on(Purpose::Readout),
            1 => client.sign_on(Purpose::Hdlc),
            2 => client.command(&Command::write("C.50.0", "1")),
            3 => client.command(&Command::read("1.8.0")),
            _ => client.command(&Command::password("1")),
        }
        let mut script: Script = Box::new(move |number, _| answers.get(number).cloned().unwrap_or_default());
        let run = play(&mut client, &mut script);
        if kind == 4 {
            proptest::prop_assert!(run.sent.len() <= 2);
        }
    }
}
