//! Sign-on and what follows it: option select, change of speed, readout, operand or hand-over to HDLC.

use std::time::Duration;

use super::{Client, ClientOptions, Done, Failure, Input, Purpose, REST_AFTER_FAILURE, Step, describe};
use crate::protocol::iec62056_21::data::DataBlock;
use crate::protocol::iec62056_21::identification::{Identification, SpeedMode, speed_character};
use crate::protocol::iec62056_21::message::{Code, Command, option_select, request};
use crate::protocol::iec62056_21::reader::Frame;
use crate::protocol::iec62056_21::{ACK, CharacterForm, SIGN_ON_BAUD};

/// How long the wake-up characters of a battery-powered meter go on.
const WAKE_UP: Duration = Duration::from_millis(2200);

/// Silence between the wake-up characters and the request.
const WAKE_UP_REST: Duration = Duration::from_millis(1600);

/// How long a mode E meter may take before it repeats the option select; some stay silent and change at once.
const MODE_E_ECHO: Duration = Duration::from_millis(500);

/// Longest gap inside that repetition.
const MODE_E_GAP: Duration = Duration::from_millis(300);

/// Characters of an option select.
const OPTION_SELECT_LENGTH: usize = 6;

#[derive(Debug, Clone, PartialEq, Eq)]
enum Phase {
    /// The request is out.
    Requested,
    /// The option select is out and the speed changed; data or an operand are due.
    Selected(Identification),
    /// A mode E option select is out; the meter may repeat it. What of it has come so far.
    HandingOver { identification: Identification, baud: u32, speed: u8, echoed: usize },
}

/// A sign-on under way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct SignOn {
    purpose: Purpose,
    phase: Phase,
    tries_left: u32,
    naks_left: u32,
    /// Highest speed to agree to; becomes 300 when a faster one brought silence.
    highest_baud: u32,
}

type Outcome = Option<Result<Done, Failure>>;

impl SignOn {
    pub(super) fn new(purpose: Purpose, options: &ClientOptions) -> Self {
        SignOn {
            purpose,
            phase: Phase::Requested,
            tries_left: options.retries,
            naks_left: options.retries,
            highest_baud: options.highest_baud,
        }
    }

    pub(super) fn start(&mut self, client: &mut Client) -> Outcome {
        let address = &client.options.address;
        if address.len() > 32 || !address.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b' ') {
            return Some(Err(Failure::BadRequest(format!(
                "{address:?} is no device address: up to 32 letters and digits"
            ))));
        }
        self.request(client);
        None
    }

    /// Whatever comes now ends the sign-on.
    pub(super) fn allow_no_repeats(&mut self) {
        (self.tries_left, self.naks_left) = (0, 0);
    }

    /// How long an answer may take in this phase.
    pub(super) fn patience(&self, options: &ClientOptions) -> Duration {
        match &self.phase {
            Phase::HandingOver { echoed: 0, .. } => MODE_E_ECHO,
            Phase::HandingOver { .. } => MODE_E_GAP,
            Phase::Requested | Phase::Selected(_) => options.timeout,
        }
    }

    /// Whether a byte belongs to the meter's repetition of a mode E option select.
    pub(super) fn takes_echo(&mut self, byte: u8) -> bool {
        let Phase::HandingOver { speed, echoed, .. } = &mut self.phase else { return false };
        let expected = [ACK, b'2', *speed, b'2', b'\r', b'\n'];
        if *echoed < OPTION_SELECT_LENGTH && expected.get(*echoed) == Some(&(byte & 0x7F)) {
            *echoed = echoed.saturating_add(1);
        }
        true
    }

    /// Whether the meter has repeated the whole mode E option select: it changes its speed now.
    pub(super) fn has_whole_echo(&self) -> bool {
        matches!(self.phase, Phase::HandingOver { echoed: OPTION_SELECT_LENGTH, .. })
    }

    fn request(&mut self, client: &mut Client) {
        self.phase = Phase::Requested;
        let baud = client.options.sign_on_baud;
        client.steps.push_back(Step::Configure(baud, CharacterForm::SevenEven));
        if client.options.wake_up {
            // One NUL takes ten bits.
            let count = WAKE_UP.as_millis().saturating_mul(u128::from(baud)).div_ceil(10_000);
            client.send(vec![0; usize::try_from(count).unwrap_or(66).min(8192)], Vec::new());
            client.steps.push_back(Step::Pause(WAKE_UP_REST));
        }
        let bytes = request(&client.options.address);
        client.send(bytes, Vec::new());
    }

    pub(super) fn input(&mut self, client: &mut Client, input: Input) -> Outcome {
        match (&self.phase, input) {
            (Phase::Requested, Input::Frame(Frame::Identification(line))) => match Identification::parse(&line) {
                Ok(identification) => self.identified(client, identification),
                Err(problem) => self.again(client, garbled("the sign-on", &problem)),
            },
            // Our own request comes back from a head that echoes, or a stray frame ends.
            (Phase::Requested, Input::Frame(_)) => None,
            (Phase::Requested, Input::Damaged(problem)) => self.again(client, garbled("the sign-on", problem)),
            (Phase::Requested, Input::Silence) => self.again(client, silent("the sign-on")),
            (Phase::HandingOver { .. }, Input::Frame(_)) => None,
            (Phase::HandingOver { identification, baud, .. }, Input::Silence | Input::Damaged(_)) => {
                let (identification, baud) = (identification.clone(), *baud);
                client.steps.push_back(Step::Configure(baud, CharacterForm::EightNone));
                Some(Ok(Done::Hdlc(identification, baud)))
            }
            (Phase::Selected(identification), input) => {
                let identification = identification.clone();
                self.selected(client, identification, input)
            }
        }
    }

    fn identified(&mut self, client: &mut Client, identification: Identification) -> Outcome {
        // Not again after a second sign-on, so that a meter that only ever signs on has an end.
        client.progress = client.progress.max(1);
        if self.purpose == Purpose::Identification {
            return Some(Ok(Done::Identified(identification)));
        }
        match identification.speed_mode() {
            SpeedMode::A | SpeedMode::B(_) if self.purpose == Purpose::Hdlc => {
                Some(Err(Failure::NotOffered("HDLC after the sign-on (mode E)".to_owned())))
            }
            SpeedMode::A => self.await_data(identification),
            SpeedMode::B(baud) => {
                if !client.options.fixed_baud {
                    client.steps.push_back(Step::Configure(baud, CharacterForm::SevenEven));
                }
                self.await_data(identification)
            }
            SpeedMode::C(offered) => self.select(client, identification, offered),
        }
    }

    /// Modes A and B send their data unasked; a password after them begins programming, so nothing is selected.
    fn await_data(&mut self, identification: Identification) -> Outcome {
        self.phase = Phase::Selected(identification);
        None
    }

    fn select(&mut self, client: &mut Client, identification: Identification, offered: u32) -> Outcome {
        if self.purpose == Purpose::Hdlc && !identification.offers_hdlc() {
            return Some(Err(Failure::NotOffered("HDLC after the sign-on (mode E)".to_owned())));
        }
        let speed = speed_character(offered.min(self.highest_baud));
        let baud = SpeedMode::from_character(speed).baud();
        let (protocol, mode) = match self.purpose {
            Purpose::Readout | Purpose::Identification => (b'0', b'0'),
            Purpose::Programming => (b'0', b'1'),
            Purpose::Hdlc => (b'2', b'2'),
            Purpose::Maker(mode) => (b'0', mode),
        };
        client.send(option_select(protocol, speed, mode), Vec::new());
        if self.purpose == Purpose::Hdlc {
            self.phase = Phase::HandingOver { identification, baud, speed, echoed: 0 };
            return None;
        }
        if !client.options.switch_delay.is_zero() {
            client.steps.push_back(Step::Pause(client.options.switch_delay));
        }
        if baud != client.options.sign_on_baud && !client.options.fixed_baud {
            client.steps.push_back(Step::Configure(baud, CharacterForm::SevenEven));
        }
        self.phase = Phase::Selected(identification);
        None
    }

    fn selected(&mut self, client: &mut Client, identification: Identification, input: Input) -> Outcome {
        match input {
            Input::Frame(Frame::Message { code: Some(Code::OPERAND), body, .. }) => {
                if self.purpose != Purpose::Programming {
                    return Some(Err(unexpected("the meter began programming mode unasked")));
                }
                let operand = DataBlock::parse(&body);
                let operand = operand.sets.first().and_then(|set| set.first());
                let text = operand.map(|value| value.text.clone()).unwrap_or_default();
                Some(Ok(Done::Programming(identification, text)))
            }
            Input::Frame(Frame::Message { code: None, body, .. } | Frame::Pushed(body)) => {
                let block = DataBlock::parse(&body);
                if let Some(reason) = block.error_text() {
                    return Some(Err(Failure::Refused {
                        request: "the option select".into(),
                        reason: reason.to_owned(),
                    }));
                }
                // In modes A and B the data come before anything can be programmed.
                let without_select = !matches!(identification.speed_mode(), SpeedMode::C(_));
                if self.purpose == Purpose::Programming && without_select {
                    return Some(Ok(Done::Programming(identification, String::new())));
                }
                if self.purpose == Purpose::Programming {
                    return Some(Err(Failure::NotOffered("programming mode; it sent its readout".to_owned())));
                }
                Some(Ok(Done::Readout(identification, block)))
            }
            Input::Frame(Frame::Message { code: Some(Code::BREAK), .. }) => {
                Some(Err(Failure::Refused { request: "the option select".into(), reason: "it broke off".into() }))
            }
            Input::Frame(Frame::Nak) => self.again(client, garbled("the option select", "the meter asks to repeat")),
            Input::Frame(frame) => Some(Err(unexpected(&describe(&frame)))),
            Input::Damaged(_) if self.naks_left > 0 => {
                self.naks_left = self.naks_left.saturating_sub(1);
                client.send_nak();
                None
            }
            Input::Damaged(problem) => self.slower(client, &identification, garbled("the option select", problem)),
            Input::Silence => self.slower(client, &identification, silent("the option select")),
        }
    }

    /// Signs on again and stays at 300 bit/s: the change of speed may be what failed.
    fn slower(&mut self, client: &mut Client, identification: &Identification, failure: Failure) -> Outcome {
        let offered = identification.speed_mode().baud().min(self.highest_baud);
        if self.tries_left == 0 || offered <= SIGN_ON_BAUD {
            return self.again(client, failure);
        }
        if self.purpose == Purpose::Programming {
            // The meter may wait at the new speed: a break there sends it back to its sign-on.
            client.send(Command::end().messages(1).concat(), Vec::new());
        }
        self.highest_baud = SIGN_ON_BAUD;
        self.again(client, failure)
    }

    fn again(&mut self, client: &mut Client, failure: Failure) -> Outcome {
        if self.tries_left == 0 {
            return Some(Err(failure));
        }
        self.tries_left = self.tries_left.saturating_sub(1);
        client.steps.push_back(Step::Pause(REST_AFTER_FAILURE));
        client.steps.push_back(Step::Drain);
        self.request(client);
        None
    }
}

fn silent(request: &str) -> Failure {
    Failure::NoReply { request: request.to_owned(), may_have_acted: false }
}

fn garbled(request: &str, problem: &str) -> Failure {
    Failure::Garbled { request: request.to_owned(), problem: problem.to_owned(), may_have_acted: false }
}

fn unexpected(problem: &str) -> Failure {
    Failure::Unexpected { request: "the option select".to_owned(), problem: problem.to_owned(), may_have_acted: false }
}
