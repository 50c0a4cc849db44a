//! One command of programming mode and its answer, in one message or in partial blocks.

use super::{Client, ClientOptions, Done, Failure, Input, Step, describe};
use crate::protocol::iec62056_21::ACK;
use crate::protocol::iec62056_21::data::DataBlock;
use crate::protocol::iec62056_21::message::{Code, Command};
use crate::protocol::iec62056_21::reader::Frame;

/// Longest answer gathered from partial blocks, in characters: a load profile of a year in quarter hours.
const LONGEST_ANSWER: usize = 4 * 1024 * 1024;

/// A command under way.
#[derive(Debug, Clone)]
pub(super) struct Transfer {
    name: String,
    code: Code,
    /// The messages still to be sent; the first is the one under way.
    messages: Vec<Vec<u8>>,
    /// Where secrets stand in each of them.
    secrets: Vec<Vec<std::ops::Range<usize>>>,
    place: usize,
    /// Blocks of the answer so far.
    answer: Vec<u8>,
    repeats_left: u32,
    repeats: u32,
}

type Outcome = Option<Result<Done, Failure>>;

impl Transfer {
    pub(super) fn new(command: &Command, options: &ClientOptions) -> Self {
        // A password may be tried once more after NAK, no oftener: meters lock after a few wrong ones.
        let repeats = if command.code.letter == b'P' { options.retries.min(1) } else { options.retries };
        let place = if command.address.is_empty() { String::new() } else { format!(" {}", command.address) };
        Transfer {
            name: format!("{}{place}", command.code),
            code: command.code,
            messages: command.messages(options.block),
            secrets: command.secrets(options.block),
            place: 0,
            answer: Vec::new(),
            repeats_left: repeats,
            repeats,
        }
    }

    /// Whatever comes now ends the command.
    pub(super) fn allow_no_repeats(&mut self) {
        (self.repeats_left, self.repeats) = (0, 0);
    }

    pub(super) fn start(&mut self, client: &mut Client) {
        self.send_current(client);
    }

    fn send_current(&mut self, client: &mut Client) {
        if let Some(message) = self.messages.get(self.place) {
            client.send(message.clone(), self.secrets.get(self.place).cloned().unwrap_or_default());
        }
    }

    pub(super) fn input(&mut self, client: &mut Client, input: Input) -> Outcome {
        match input {
            Input::Frame(Frame::Ack) => self.acknowledged(client),
            Input::Frame(Frame::Nak) => self.repeat_asked(client),
            Input::Frame(Frame::Message { code: None, body, last }) => self.data(client, &body, last),
            Input::Frame(Frame::Message { code: Some(Code::BREAK), .. }) if self.code.letter == b'P' => {
                Some(Err(Failure::Password("it broke off".to_owned())))
            }
            Input::Frame(Frame::Message { code: Some(Code::BREAK), .. }) => {
                Some(Err(Failure::Refused { request: self.name.clone(), reason: "it broke off".to_owned() }))
            }
            // Our own command, from a head that echoes.
            Input::Frame(Frame::Message { code: Some(code), .. }) if code == self.code => None,
            Input::Frame(frame) => Some(Err(Failure::Unexpected {
                request: self.name.clone(),
                problem: describe(&frame),
                may_have_acted: self.code.changes_the_meter(),
            })),
            Input::Damaged(problem) => self.damaged(client, problem),
            Input::Silence => self.silent(client),
        }
    }

    fn acknowledged(&mut self, client: &mut Client) -> Outcome {
        let next = self.place.saturating_add(1);
        if next < self.messages.len() {
            self.place = next;
            client.progress = client.progress.saturating_add(1);
            self.repeats_left = self.repeats;
            self.send_current(client);
            return None;
        }
        if self.code.letter == b'R' {
            return Some(Err(Failure::Unexpected {
                request: self.name.clone(),
                problem: "an acknowledgement instead of data".to_owned(),
                may_have_acted: false,
            }));
        }
        Some(Ok(Done::Acknowledged))
    }

    /// NAK: the meter did not understand and so did nothing; the message is sent again.
    fn repeat_asked(&mut self, client: &mut Client) -> Outcome {
        if self.repeats_left == 0 {
            let reason = "it asked to repeat every time".to_owned();
            return Some(Err(if self.code.letter == b'P' {
                Failure::Password(reason)
            } else {
                Failure::Refused { request: self.name.clone(), reason }
            }));
        }
        self.repeats_left = self.repeats_left.saturating_sub(1);
        self.send_current(client);
        None
    }

    fn data(&mut self, client: &mut Client, body: &[u8], last: bool) -> Outcome {
        if self.answer.len().saturating_add(body.len()) > LONGEST_ANSWER {
            return Some(Err(self.garbled("its blocks never end")));
        }
        self.answer.extend_from_slice(body);
        if !last && body.is_empty() {
            return Some(Err(self.garbled("its blocks are empty")));
        }
        if !last {
            client.progress = client.progress.saturating_add(1);
            self.repeats_left = self.repeats;
            client.send(vec![ACK], Vec::new());
            return None;
        }
        let block = DataBlock::parse(&self.answer);
        match block.error_text() {
            Some(reason) if self.code.letter == b'P' => Some(Err(Failure::Password(reason.to_owned()))),
            Some(reason) => Some(Err(Failure::Refused { request: self.name.clone(), reason: reason.to_owned() })),
            None => Some(Ok(Done::Data(block))),
        }
    }

    /// A damaged answer can be asked for again when it is data; the word on a write is one character, and NAK to it
    /// might be taken for anything.
    fn damaged(&mut self, client: &mut Client, problem: &'static str) -> Outcome {
        if self.code.letter != b'R' || self.repeats_left == 0 {
            return Some(Err(self.garbled(problem)));
        }
        self.repeats_left = self.repeats_left.saturating_sub(1);
        client.send_nak();
        None
    }

    fn silent(&mut self, client: &mut Client) -> Outcome {
        let mid_answer = !self.answer.is_empty();
        if self.code.letter != b'R' || mid_answer || self.repeats_left == 0 {
            return Some(Err(Failure::NoReply {
                request: self.name.clone(),
                may_have_acted: self.code.changes_the_meter(),
            }));
        }
        self.repeats_left = self.repeats_left.saturating_sub(1);
        client.steps.push_back(Step::Drain);
        self.send_current(client);
        None
    }

    fn garbled(&self, problem: &str) -> Failure {
        Failure::Garbled {
            request: self.name.clone(),
            problem: problem.to_owned(),
            may_have_acted: self.code.changes_the_meter(),
        }
    }
}
