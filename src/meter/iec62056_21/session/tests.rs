//! Sessions with this crate's own meter side on a line that models speed and parity.

use std::sync::{Arc, Mutex};

use super::*;
use crate::link::address::EchoMode;
use crate::link::echo::EchoFilter;
use crate::link::memory::{FarAction, FarEnd, LineFaults, MemoryLine};
use crate::link::parity::SoftwareParity;
use crate::link::{Interrupt, Moment};
use crate::protocol::iec62056_21::{Server, ServerOptions, ServerStep, Store};

#[derive(Debug, Default)]
struct Registers {
    credit: u32,
    tokens: Vec<String>,
}

impl Store for Registers {
    fn readout(&mut self) -> Vec<(String, String)> {
        let filler = (0..20).map(|place| (format!("1.8.{place}"), format!("{place:06}.00*kWh")));
        [("C.1.0".to_owned(), "88000017".to_owned())].into_iter().chain(filler).collect()
    }

    fn read(&mut self, _code: Code, address: &str, _parameter: &str) -> Result<String, String> {
        match address {
            "C.51.0" => Ok(format!("{}*kWh", self.credit)),
            _ => Err("ER10".to_owned()),
        }
    }

    fn write(&mut self, _code: Code, address: &str, value: &str) -> Result<(), String> {
        if address != "C.50.0" || value.len() != 20 {
            return Err("ER22".to_owned());
        }
        self.tokens.push(value.to_owned());
        self.credit += 10;
        Ok(())
    }

    fn opens(&mut self, _code: Code, operand: &str, password: &str) -> bool {
        operand == "4711" && password == "hunter22"
    }

    fn operand(&mut self) -> String {
        "4711".to_owned()
    }
}

#[derive(Debug)]
struct FarMeter {
    server: Server,
    store: Arc<Mutex<Registers>>,
}

impl FarEnd for FarMeter {
    fn settings(&self) -> LineSettings {
        LineSettings::seven_even_one(300)
    }

    fn hear(&mut self, byte: u8, at: Moment) -> Vec<FarAction> {
        let steps = self.server.hear(byte, at, &mut *self.store.lock().unwrap());
        let form = |baud, form| match form {
            CharacterForm::SevenEven => LineSettings::seven_even_one(baud),
            CharacterForm::EightNone => LineSettings::eight_none_one(baud),
        };
        let action = |step| match step {
            ServerStep::Pause(duration) => Some(FarAction::Pause(duration)),
            ServerStep::Send(bytes) => Some(FarAction::Send(bytes)),
            ServerStep::Configure(baud, character) => Some(FarAction::Configure(form(baud, character))),
            ServerStep::ConfigureAfterSilence(silence, baud, character) => {
                Some(FarAction::ConfigureAfterSilence(silence, form(baud, character)))
            }
            ServerStep::HandOver => None,
        };
        steps.into_iter().filter_map(action).collect()
    }
}

fn line(identification: &str) -> (MemoryLine, Arc<Mutex<Registers>>) {
    let store = Arc::new(Mutex::new(Registers::default()));
    let server = Server::new(ServerOptions {
        identification: Identification::parse(identification.as_bytes()).unwrap(),
        address: "88000017".into(),
        reaction: Duration::from_millis(20),
        block: 32,
        repeats_option_select: true,
        line_ends: false,
    });
    (MemoryLine::new(FarMeter { server, store: store.clone() }), store)
}

fn session(link: impl Link + 'static) -> Session<'static> {
    Session::new(Box::new(link), ClientOptions::default())
}

const TOKEN: &str = "51043465443420856213";

#[test]
fn a_readout_at_the_offered_speed_with_the_shortest_reaction_time() {
    for identification in ["GRX0M", "GRX5M", "GRX6M", "GRXEM", "GRX9M"] {
        let (line, _) = line(identification);
        let (found, block) = session(line).readout().unwrap();
        assert_eq!(found.ident, "M");
        assert_eq!((block.sets.len(), block.malformed.len()), (21, 0), "{identification}");
    }
}

#[test]
fn a_token_is_entered_and_the_credit_read() {
    let (line, store) = line("GRX5M");
    let mut session = session(line);
    assert_eq!(session.begin_programming().unwrap().1, "4711");
    session.give_password("hunter22").unwrap();
    session.write_register("C.50.0", TOKEN).unwrap();
    let block = session.read_register("C.51.0").unwrap();
    assert_eq!(block.find("C.51.0").unwrap().first().unwrap().text, "10");
    let refused = session.read_register("9.9.9").unwrap_err();
    assert!(matches!(refused, SessionError::Dialogue(Failure::Refused { ref reason, .. }) if reason == "ER10"));
    assert!(session.is_programming());
    session.break_off();
    assert!(!session.is_programming());
    assert_eq!(store.lock().unwrap().tokens, [TOKEN]);
    // The meter is back at its sign-on at once.
    assert_eq!(session.identify().unwrap().ident, "M");
}

#[test]
fn a_head_that_echoes_and_an_eight_bit_adapter_make_no_difference() {
    let (memory, _) = line("GRX5M");
    let echoing = memory.with_faults(LineFaults { echo: true, ..LineFaults::default() });
    let link = SoftwareParity::new(EchoFilter::new(echoing, EchoMode::Auto), LineSettings::seven_even_one(300));
    let mut session = session(link.unwrap());
    assert_eq!(session.readout().unwrap().1.sets.len(), 21);
    session.begin_programming().unwrap();
    session.give_password("hunter22").unwrap();
    assert_eq!(session.link().echo(), Some(true));
}

#[test]
fn mode_e_leaves_the_line_at_8n1_and_the_offered_speed() {
    let (line, _) = line("GRX5\\2M");
    let mut session = session(line);
    assert_eq!(session.hand_over().unwrap().1, 9600);
    assert_eq!(session.into_link().settings(), Some(LineSettings::eight_none_one(9600)));
}

#[test]
fn a_line_that_dies_during_a_write_leaves_the_outcome_open() {
    for (faults, closed) in [
        (LineFaults { dead_after: Some(0), ..LineFaults::default() }, false),
        (LineFaults { cut_after: Some(0), ..LineFaults::default() }, true),
    ] {
        let (memory, store) = line("GRX0M");
        // Learn how many characters pass until the write is out, then let the line fail right there.
        let mut probe = session(memory);
        probe.begin_programming().unwrap();
        probe.give_password("hunter22").unwrap();
        let traffic = probe.traffic();
        let until_write = usize::try_from(traffic.sent + traffic.received).unwrap();
        probe.write_register("C.50.0", TOKEN).unwrap();
        let written = usize::try_from(probe.traffic().sent).unwrap() - usize::try_from(traffic.sent).unwrap();
        assert_eq!(store.lock().unwrap().tokens.len(), 1);

        let (memory, store) = line("GRX0M");
        let limit = Some(until_write + written);
        let faults =
            LineFaults { dead_after: faults.dead_after.and(limit), cut_after: faults.cut_after.and(limit), ..faults };
        let mut session = session(memory.with_faults(faults));
        session.begin_programming().unwrap();
        session.give_password("hunter22").unwrap();
        let error = session.write_register("C.50.0", TOKEN).unwrap_err();
        assert!(error.may_have_acted(), "{error:?}");
        assert_eq!(matches!(error, SessionError::Link { error: LinkError::Closed, .. }), closed);
        assert_eq!(store.lock().unwrap().tokens, [TOKEN], "sent once");
    }
}

#[test]
fn over_a_noisy_line_every_value_is_right_or_an_error() {
    let mut right = 0;
    for seed in 0..200 {
        let (memory, store) = line("GRX4M");
        let faults = LineFaults {
            flipped_per_10_000: 10,
            lost_per_10_000: 5,
            echo: seed % 2 == 0,
            seed,
            ..LineFaults::default()
        };
        let mut session = session(EchoFilter::new(memory.with_faults(faults), EchoMode::Auto));
        if let Ok((_, block)) = session.readout() {
            assert_eq!((block.sets.len(), block.malformed.len()), (21, 0), "seed {seed}");
            right += 1;
        }
        if session.begin_programming().is_ok() && session.give_password("hunter22").is_ok() {
            let written = session.write_register("C.50.0", TOKEN);
            let tokens = store.lock().unwrap().tokens.len();
            match written {
                Ok(()) => assert_eq!(tokens, 1, "seed {seed}"),
                Err(error) if error.may_have_acted() => assert!(tokens <= 1, "seed {seed}"),
                Err(_) => assert_eq!(tokens, 0, "seed {seed}"),
            }
        }
        session.break_off();
    }
    assert!(right > 150, "{right} of 200 readouts came through");
}

#[test]
fn a_wish_to_stop_ends_before_the_next_request_and_before_a_retry() {
    let interrupt = Interrupt::new();
    let (memory, store) = line("GRX0M");
    let mut session = session(memory.with_interrupt(interrupt.clone()));
    session.begin_programming().unwrap();
    session.give_password("hunter22").unwrap();
    interrupt.raise();
    let error = session.write_register("C.50.0", TOKEN).unwrap_err();
    assert!(matches!(error, SessionError::Link { error: LinkError::Interrupted, may_have_acted: false }));
    session.break_off();
    assert!(store.lock().unwrap().tokens.is_empty() && !session.is_programming());
}

#[test]
fn a_mute_meter_takes_as_long_as_its_deadlines() {
    let mute = crate::link::memory::FarClosure::new(LineSettings::seven_even_one(300), |_, _| Vec::new());
    let mut session = session(MemoryLine::new(mute));
    assert!(matches!(session.readout(), Err(SessionError::Dialogue(Failure::NoReply { .. }))));
    // Three tries of 5 s, two rests of 1.6 s and two short drains.
    let seconds = session.link().now().as_secs_f64();
    assert!((18.0..20.0).contains(&seconds), "{seconds}");
}
