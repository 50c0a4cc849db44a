//! The meter's side: what a simulated meter says to a hand-held unit.
//!
//! Fed one byte at a time with its time, the server gives [`ServerStep`]s to be carried out in order. Registers,
//! passwords and what may be done stand behind [`Store`].

use std::time::Duration;

use super::data::DataBlock;
use super::identification::{Identification, SpeedMode};
use super::message::{Code, message, option_select};
use super::reader::{Frame, Reader, Side};
use super::{ACK, CharacterForm, NAK, SIGN_ON_BAUD};

/// Time without traffic after which the meter falls back to waiting for a sign-on.
const IDLE_FALLBACK: Duration = Duration::from_secs(60);

/// Time after a readout or an identification after which the meter waits for a sign-on again.
const DIALOGUE_FALLBACK: Duration = Duration::from_millis(1500);

/// Longest value gathered from partial blocks, in characters.
const LONGEST_WRITE: usize = 64 * 1024;

/// What a simulated meter holds.
pub trait Store {
    /// The data readout in order: address and what stands in the brackets.
    fn readout(&mut self) -> Vec<(String, String)>;

    /// What stands in the brackets of a register, or the meter's error text. `parameter` is what the request has in
    /// its brackets.
    ///
    /// # Errors
    /// The text of the error message, such as `ER10`.
    fn read(&mut self, code: Code, address: &str, parameter: &str) -> Result<String, String>;

    /// Writes a register, or executes when the code is E2.
    ///
    /// # Errors
    /// The text of the error message.
    fn write(&mut self, code: Code, address: &str, value: &str) -> Result<(), String>;

    /// Whether a password opens the meter. `operand` is the one given at the beginning of programming mode.
    fn opens(&mut self, code: Code, operand: &str, password: &str) -> bool;

    /// The operand for the password request.
    fn operand(&mut self) -> String;
}

/// How the meter behaves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServerOptions {
    /// What it answers to a sign-on; its speed character decides the mode.
    pub identification: Identification,
    /// Device address; a request with another one is not answered. Leading zeros do not count.
    pub address: String,
    /// Time before every answer, 20 to 1500 ms.
    pub reaction: Duration,
    /// Longest block of a partial answer, in characters.
    pub block: usize,
    /// Whether a mode E option select is repeated before the change to HDLC.
    pub repeats_option_select: bool,
    /// Whether answers to reads end in CR LF.
    pub line_ends: bool,
}

/// What the meter does, in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ServerStep {
    /// Waits.
    Pause(Duration),
    /// Sends.
    Send(Vec<u8>),
    /// Changes speed and form after what was sent has left.
    Configure(u32, CharacterForm),
    /// Changes speed and form once nothing has been heard for so long. Protocols on lines without speed pass it over.
    ConfigureAfterSilence(Duration, u32, CharacterForm),
    /// From here on the line speaks HDLC; the server hears nothing more until [`Server::reset`].
    HandOver,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum State {
    SignOn,
    /// The identification is out; an option select is due.
    Identified,
    /// The readout is out; NAK asks for it again.
    ReadOut,
    Programming {
        operand: String,
        open: bool,
    },
    HandedOver,
}

/// The meter's side of the dialogue.
#[derive(Debug, Clone)]
pub struct Server {
    options: ServerOptions,
    reader: Reader,
    state: State,
    last_heard: Duration,
    baud: u32,
    /// The last answer, for NAK.
    last_sent: Vec<u8>,
    /// Blocks of a partial answer still to be sent.
    blocks: std::collections::VecDeque<Vec<u8>>,
    /// Blocks of a partial write so far.
    written: Vec<u8>,
}

impl Server {
    /// A meter waiting for a sign-on.
    pub fn new(options: ServerOptions) -> Self {
        Server {
            options,
            reader: Reader::new(Side::Meter),
            state: State::SignOn,
            last_heard: Duration::ZERO,
            baud: SIGN_ON_BAUD,
            last_sent: Vec::new(),
            blocks: std::collections::VecDeque::new(),
            written: Vec::new(),
        }
    }

    /// Back to waiting for a sign-on at 300 bit/s, as after a break, a hang-up or the end of HDLC.
    pub fn reset(&mut self) {
        self.state = State::SignOn;
        self.reader = Reader::new(Side::Meter);
        self.baud = SIGN_ON_BAUD;
        self.last_sent.clear();
        self.blocks.clear();
        self.written.clear();
    }

    /// Whether the line has been handed over to HDLC.
    pub fn is_handed_over(&self) -> bool {
        self.state == State::HandedOver
    }

    /// One byte from the line, complete at `at`.
    pub fn hear(&mut self, byte: u8, at: Duration, store: &mut dyn Store) -> Vec<ServerStep> {
        if self.state == State::HandedOver {
            return Vec::new();
        }
        let mut steps = Vec::new();
        if at.saturating_sub(self.last_heard) > IDLE_FALLBACK && self.state != State::SignOn {
            self.fall_back(&mut steps);
        }
        self.last_heard = at;
        if let Some(frame) = self.reader.feed(byte) {
            self.frame(frame, store, &mut steps);
        }
        if self.baud != SIGN_ON_BAUD && self.state != State::HandedOver {
            let patience =
                if matches!(self.state, State::Programming { .. }) { IDLE_FALLBACK } else { DIALOGUE_FALLBACK };
            steps.push(ServerStep::ConfigureAfterSilence(patience, SIGN_ON_BAUD, CharacterForm::SevenEven));
        }
        steps
    }

    fn fall_back(&mut self, steps: &mut Vec<ServerStep>) {
        if self.baud != SIGN_ON_BAUD {
            steps.push(ServerStep::Configure(SIGN_ON_BAUD, CharacterForm::SevenEven));
        }
        self.reset();
    }

    fn frame(&mut self, frame: Frame, store: &mut dyn Store, steps: &mut Vec<ServerStep>) {
        match frame {
            Frame::Request(address) => self.request(&address, store, steps),
            Frame::OptionSelect { protocol, speed, mode } if self.state == State::Identified => {
                self.select(protocol, speed, mode, store, steps);
            }
            Frame::Nak if !self.last_sent.is_empty() => {
                let again = self.last_sent.clone();
                self.answer(again, steps);
            }
            Frame::Ack => {
                if let Some(block) = self.blocks.pop_front() {
                    self.answer(block, steps);
                }
            }
            Frame::Message { code: Some(code), body, last } => self.command(code, &body, last, store, steps),
            Frame::Damaged(_) if matches!(self.state, State::Programming { .. }) => {
                steps.push(ServerStep::Pause(self.options.reaction));
                steps.push(ServerStep::Send(vec![NAK]));
            }
            _ => {}
        }
    }

    fn answer(&mut self, bytes: Vec<u8>, steps: &mut Vec<ServerStep>) {
        steps.push(ServerStep::Pause(self.options.reaction));
        steps.push(ServerStep::Send(bytes.clone()));
        self.last_sent = bytes;
    }

    fn request(&mut self, address: &str, store: &mut dyn Store, steps: &mut Vec<ServerStep>) {
        let wanted = address.trim_start_matches('0');
        if !wanted.is_empty() && wanted != self.options.address.trim_start_matches('0') {
            return;
        }
        self.fall_back(steps);
        self.answer(format!("{}\r\n", self.options.identification).into_bytes(), steps);
        match self.options.identification.speed_mode() {
            SpeedMode::C(_) => self.state = State::Identified,
            SpeedMode::A => self.send_readout(store, steps),
            SpeedMode::B(baud) => {
                self.change_speed(baud, CharacterForm::SevenEven, steps);
                self.send_readout(store, steps);
            }
        }
    }

    fn change_speed(&mut self, baud: u32, form: CharacterForm, steps: &mut Vec<ServerStep>) {
        if baud != self.baud || form != CharacterForm::SevenEven {
            steps.push(ServerStep::Configure(baud, form));
            self.baud = baud;
        }
    }

    fn select(&mut self, protocol: u8, speed: u8, mode: u8, store: &mut dyn Store, steps: &mut Vec<ServerStep>) {
        let offered = self.options.identification.speed_mode().baud();
        let asked = SpeedMode::from_character(speed).baud();
        let baud = if asked <= offered { asked } else { SIGN_ON_BAUD };
        match (protocol, mode) {
            (b'2', b'2') if self.options.identification.offers_hdlc() => {
                if self.options.repeats_option_select {
                    self.answer(option_select(protocol, speed, mode), steps);
                }
                self.change_speed(baud, CharacterForm::EightNone, steps);
                steps.push(ServerStep::HandOver);
                self.state = State::HandedOver;
            }
            (_, b'1') => {
                self.change_speed(baud, CharacterForm::SevenEven, steps);
                let operand = store.operand();
                self.answer(message(Some(Code::OPERAND), format!("({operand})").as_bytes(), true), steps);
                self.state = State::Programming { operand, open: false };
                // A lone ACK is the client's word on a partial block from here on.
                self.reader.set_side(Side::Client);
            }
            (_, b'0' | b'6'..=b'9') => {
                self.change_speed(baud, CharacterForm::SevenEven, steps);
                self.send_readout(store, steps);
            }
            _ => self.fall_back(steps),
        }
    }

    fn send_readout(&mut self, store: &mut dyn Store, steps: &mut Vec<ServerStep>) {
        let mut body = String::new();
        for (address, value) in store.readout() {
            body.push_str(&format!("{address}({value})\r\n"));
        }
        body.push_str("!\r\n");
        self.answer(message(None, body.as_bytes(), true), steps);
        self.state = State::ReadOut;
        // A password may follow the readout (modes A and B); its answer is ACK or NAK.
        self.reader.set_side(Side::Client);
    }

    fn command(&mut self, code: Code, body: &[u8], last: bool, store: &mut dyn Store, steps: &mut Vec<ServerStep>) {
        if code == Code::BREAK {
            self.fall_back(steps);
            return;
        }
        if self.state == State::ReadOut {
            self.state = State::Programming { operand: String::new(), open: false };
        }
        let State::Programming { operand, open } = &mut self.state else { return };
        if self.written.len().saturating_add(body.len()) > LONGEST_WRITE {
            self.written.clear();
            let error = error_message("ER01");
            self.answer(error, steps);
            return;
        }
        self.written.extend_from_slice(body);
        if !last {
            self.answer(vec![ACK], steps);
            return;
        }
        let body = std::mem::take(&mut self.written);
        let block = DataBlock::parse(&body);
        let set = block.sets.first();
        let address = set.map(|set| set.address.clone()).unwrap_or_default();
        let value = inside_brackets(&body);
        let result = match code.letter {
            b'P' => {
                *open = store.opens(code, operand, &value);
                if *open { Ok(None) } else { Err("ERPASS".to_owned()) }
            }
            b'R' => store.read(code, &address, &value).map(Some),
            b'W' | b'E' if *open => store.write(code, &address, &value).map(|()| None),
            b'W' | b'E' => Err("ER04".to_owned()),
            _ => Err("ER01".to_owned()),
        };
        match result {
            Ok(None) => self.answer(vec![ACK], steps),
            Ok(Some(value)) => self.send_value(code, &address, &value, steps),
            Err(text) => self.answer(error_message(&text), steps),
        }
    }

    fn send_value(&mut self, code: Code, address: &str, value: &str, steps: &mut Vec<ServerStep>) {
        let end = if self.options.line_ends { "\r\n" } else { "" };
        let body = format!("{address}({value}){end}").into_bytes();
        let size = if code.is_partial() { self.options.block.max(1) } else { body.len().max(1) };
        let pieces: Vec<&[u8]> = body.chunks(size).collect();
        let last = pieces.len().saturating_sub(1);
        self.blocks = pieces.iter().enumerate().map(|(place, piece)| message(None, piece, place == last)).collect();
        if let Some(first) = self.blocks.pop_front() {
            self.answer(first, steps);
        }
    }
}

/// An error message with the meter's own text.
fn error_message(text: &str) -> Vec<u8> {
    message(None, format!("({text})").as_bytes(), true)
}

/// Everything between the first bracket and the last.
fn inside_brackets(body: &[u8]) -> String {
    let start = body.iter().position(|byte| *byte == b'(').map_or(0, |place| place.saturating_add(1));
    let end = body.iter().rposition(|byte| *byte == b')').unwrap_or(body.len());
    body.get(start..end).unwrap_or_default().iter().copied().map(char::from).collect()
}

#[cfg(test)]
pub(super) mod tests;
