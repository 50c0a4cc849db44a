use std::collections::BTreeMap;

use super::*;
use crate::protocol::iec62056_21::message::{Command, request};

#[derive(Debug, Default)]
pub struct Bench {
    pub registers: BTreeMap<String, String>,
    pub writes: Vec<String>,
}

impl Bench {
    pub fn new() -> Self {
        let registers = [("1.8.0", "012345.67*kWh"), ("C.51.0", "0042.10*kWh"), ("P.01", "0123456789ABCDEF")];
        Bench {
            registers: registers.into_iter().map(|(a, v)| (a.to_owned(), v.to_owned())).collect(),
            writes: Vec::new(),
        }
    }
}

impl Store for Bench {
    fn readout(&mut self) -> Vec<(String, String)> {
        self.registers.clone().into_iter().collect()
    }

    fn read(&mut self, _code: Code, address: &str, _parameter: &str) -> Result<String, String> {
        self.registers.get(address).cloned().ok_or_else(|| "ER10".to_owned())
    }

    fn write(&mut self, code: Code, address: &str, value: &str) -> Result<(), String> {
        if address == "C.99.9" {
            return Err("ER10".to_owned());
        }
        self.writes.push(format!("{code} {address}({value})"));
        self.registers.insert(address.to_owned(), value.to_owned());
        Ok(())
    }

    fn opens(&mut self, _code: Code, _operand: &str, password: &str) -> bool {
        password == "00000000"
    }

    fn operand(&mut self) -> String {
        "1234".to_owned()
    }
}

pub fn options(identification: &str) -> ServerOptions {
    ServerOptions {
        identification: Identification::parse(identification.as_bytes()).unwrap(),
        address: "88000017".to_owned(),
        reaction: Duration::from_millis(200),
        block: 8,
        repeats_option_select: true,
        line_ends: true,
    }
}

fn hear_all(server: &mut Server, bytes: &[u8], at: Duration, store: &mut Bench) -> Vec<ServerStep> {
    bytes.iter().flat_map(|byte| server.hear(*byte, at, store)).collect()
}

fn sent(steps: &[ServerStep]) -> Vec<u8> {
    steps
        .iter()
        .filter_map(|step| if let ServerStep::Send(bytes) = step { Some(bytes.clone()) } else { None })
        .flatten()
        .collect()
}

#[test]
fn only_the_addressed_meter_answers() {
    let mut store = Bench::new();
    for (address, answers) in [("", true), ("88000017", true), ("0088000017", true), ("88000018", false)] {
        let mut server = Server::new(options("GRX5SIM"));
        let steps = hear_all(&mut server, &request(address), Duration::ZERO, &mut store);
        assert_eq!(sent(&steps) == b"/GRX5SIM\r\n", answers, "{address}");
    }
}

#[test]
fn a_silent_minute_sends_the_meter_back_to_its_sign_on() {
    let mut store = Bench::new();
    let mut server = Server::new(options("GRX5SIM"));
    hear_all(&mut server, &request(""), Duration::ZERO, &mut store);
    let steps = hear_all(&mut server, &option_select(b'0', b'5', b'1'), Duration::from_secs(1), &mut store);
    assert!(steps.contains(&ServerStep::Configure(9600, CharacterForm::SevenEven)));
    let steps = hear_all(&mut server, &request(""), Duration::from_secs(100), &mut store);
    assert_eq!(steps.first(), Some(&ServerStep::Configure(300, CharacterForm::SevenEven)));
    assert_eq!(sent(&steps), b"/GRX5SIM\r\n");
}

#[test]
fn a_damaged_command_is_answered_with_nak_and_nothing_happens() {
    let mut store = Bench::new();
    let mut server = Server::new(options("GRX5SIM"));
    hear_all(&mut server, &request(""), Duration::ZERO, &mut store);
    hear_all(&mut server, &option_select(b'0', b'5', b'1'), Duration::ZERO, &mut store);
    let steps = hear_all(&mut server, &Command::password("00000000").messages(9)[0], Duration::ZERO, &mut store);
    assert_eq!(sent(&steps), [ACK]);
    let mut write = Command::write("C.50.0", "123").messages(9).concat();
    write[6] ^= 1;
    let steps = hear_all(&mut server, &write, Duration::ZERO, &mut store);
    assert_eq!(sent(&steps), [NAK]);
    assert!(store.writes.is_empty());
}

proptest::proptest! {
    #[test]
    fn any_bytes_are_survived(bytes in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..1000)) {
        let mut store = Bench::new();
        let mut server = Server::new(options("GRX5SIM"));
        hear_all(&mut server, &bytes, Duration::ZERO, &mut store);
        proptest::prop_assert!(store.writes.is_empty());
    }
}
