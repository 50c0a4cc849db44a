//! The hand-held unit's side: sign-on, option select, readout, programming mode, hand-over to HDLC.
//!
//! The client says what to do as [`Step`]s and is told what came with [`Client::heard`] and [`Client::silence`]. A
//! request is repeated after NAK; after silence only when a repeat cannot act twice.

mod sign_on;
mod transfer;

use std::collections::VecDeque;
use std::ops::Range;
use std::time::Duration;

use super::data::DataBlock;
use super::identification::Identification;
use super::message::{Code, Command};
use super::reader::{BlockCheck, Frame, Reader, Side};
use super::{CharacterForm, NAK, SIGN_ON_BAUD, SOH};

/// Longest gap between characters of one message.
const LONGEST_GAP: Duration = Duration::from_millis(1500);

/// Rest after a failed exchange before the meter is addressed again.
const REST_AFTER_FAILURE: Duration = Duration::from_millis(1600);

/// What a sign-on is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Purpose {
    /// The meter's data readout.
    Readout,
    /// Programming mode: passwords, reading and writing registers.
    Programming,
    /// Hand-over to HDLC (mode E).
    Hdlc,
    /// The identification alone; the meter falls back by itself.
    Identification,
    /// A maker's own mode, `6` to `9`, answered like a readout.
    Maker(u8),
}

/// How the client behaves; a meter profile may change any of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClientOptions {
    /// Device address for the sign-on; empty on an optical head.
    pub address: String,
    /// Longest wait for the first character of an answer.
    pub timeout: Duration,
    /// Repeats of one request.
    pub retries: u32,
    /// Highest speed to agree to, in bit/s; 300 for heads that cannot change.
    pub highest_baud: u32,
    /// Speed of the sign-on in bit/s, 300 by the standard.
    pub sign_on_baud: u32,
    /// Whether the speed never changes, as with a line that is fixed at the speed of the sign-on.
    pub fixed_baud: bool,
    /// Whether battery-powered meters are woken with NUL characters first.
    pub wake_up: bool,
    /// Wait between the option select and the change of speed, for heads and meters that need one.
    pub switch_delay: Duration,
    /// Characters of a data set in one partial block of W3 and W4.
    pub block: usize,
}

impl Default for ClientOptions {
    fn default() -> Self {
        ClientOptions {
            address: String::new(),
            timeout: Duration::from_secs(5),
            retries: 2,
            highest_baud: 19200,
            sign_on_baud: SIGN_ON_BAUD,
            fixed_baud: false,
            wake_up: false,
            switch_delay: Duration::ZERO,
            block: 128,
        }
    }
}

/// What the line is to do next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// Send these bytes; `secrets` are the ranges that hold a password.
    Send {
        /// The bytes.
        bytes: Vec<u8>,
        /// Ranges that no record may show.
        secrets: Vec<Range<usize>>,
    },
    /// Let time pass; what comes meanwhile is kept.
    Pause(Duration),
    /// Throw away what comes until the line is silent.
    Drain,
    /// Set speed in bit/s and form after all that was sent has left; received bytes are kept.
    Configure(u32, CharacterForm),
    /// Wait for bytes, no longer than this: then call [`Client::heard`] or [`Client::silence`].
    Receive(Duration),
    /// The operation is over.
    Finished(Result<Done, Failure>),
}

/// What an operation brought.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Done {
    /// The sign-on gave the identification and nothing more was wanted.
    Identified(Identification),
    /// A data readout.
    Readout(Identification, DataBlock),
    /// Programming mode is reached; the operand the meter gave for the password.
    Programming(Identification, String),
    /// The line now speaks HDLC at 8N1; its speed in bit/s.
    Hdlc(Identification, u32),
    /// The data a command answered.
    Data(DataBlock),
    /// The meter acknowledged.
    Acknowledged,
}

/// Why an operation failed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    /// Nothing came.
    #[error("the meter did not answer {request}")]
    NoReply {
        /// What was asked.
        request: String,
        /// Whether the meter may have carried it out.
        may_have_acted: bool,
    },
    /// Something came, but no good frame.
    #[error("the answer to {request} is damaged: {problem}")]
    Garbled {
        /// What was asked.
        request: String,
        /// What is wrong.
        problem: String,
        /// Whether the meter may have carried it out.
        may_have_acted: bool,
    },
    /// A good frame that does not fit.
    #[error("the answer to {request} does not fit: {problem}")]
    Unexpected {
        /// What was asked.
        request: String,
        /// What came.
        problem: String,
        /// Whether the meter may have carried it out.
        may_have_acted: bool,
    },
    /// The meter answered with an error message, or NAK to the last.
    #[error("the meter refused {request}: {reason}")]
    Refused {
        /// What was asked.
        request: String,
        /// The meter's own words.
        reason: String,
    },
    /// The meter rejected the password.
    #[error("the meter rejected the password: {0}")]
    Password(String),
    /// The meter does not offer what was wanted.
    #[error("the meter does not offer {0}")]
    NotOffered(String),
    /// The request itself cannot be sent.
    #[error("{0}")]
    BadRequest(String),
}

impl Failure {
    /// Whether the meter may have carried out what was asked although its word is missing.
    pub fn may_have_acted(&self) -> bool {
        match self {
            Failure::NoReply { may_have_acted, .. }
            | Failure::Garbled { may_have_acted, .. }
            | Failure::Unexpected { may_have_acted, .. } => *may_have_acted,
            Failure::Refused { .. } | Failure::Password(_) | Failure::NotOffered(_) | Failure::BadRequest(_) => false,
        }
    }
}

/// What the client is doing.
#[derive(Debug, Clone, Default)]
enum Operation {
    #[default]
    None,
    SignOn(sign_on::SignOn),
    Transfer(transfer::Transfer),
    /// Waiting for data pushed without a request (mode D).
    Listen(Option<Identification>),
}

/// The hand-held unit's side of the dialogue.
#[derive(Debug, Clone)]
pub struct Client {
    options: ClientOptions,
    reader: Reader,
    operation: Operation,
    steps: VecDeque<Step>,
    /// Bytes since the last frame, to tell a garbled answer from none.
    noise: usize,
    /// Whether the meter was left somewhere behind its sign-on and must be given time to fall back.
    needs_rest: bool,
    /// Answers that brought the operation under way forward.
    progress: u32,
}

impl Client {
    /// A client that has said nothing yet.
    pub fn new(options: ClientOptions) -> Self {
        Client {
            options,
            reader: Reader::new(Side::Client),
            operation: Operation::None,
            steps: VecDeque::new(),
            noise: 0,
            needs_rest: false,
            progress: 0,
        }
    }

    /// The options in force.
    pub fn options(&self) -> &ClientOptions {
        &self.options
    }

    /// Begins a sign-on. The last step is [`Step::Finished`].
    pub fn sign_on(&mut self, purpose: Purpose) {
        self.begin();
        if std::mem::take(&mut self.needs_rest) {
            self.steps.push_back(Step::Pause(REST_AFTER_FAILURE));
            self.steps.push_back(Step::Drain);
        }
        let sign_on = sign_on::SignOn::new(purpose, &self.options);
        self.apply(|client| {
            let mut sign_on = sign_on;
            let outcome = sign_on.start(client);
            (Operation::SignOn(sign_on), outcome)
        });
    }

    /// Begins a command of programming mode. The last step is [`Step::Finished`].
    pub fn command(&mut self, command: &Command) {
        self.begin();
        if let Err(problem) = command.check() {
            self.steps.push_back(Step::Finished(Err(Failure::BadRequest(problem))));
            return;
        }
        if command.code == Code::BREAK {
            // Nothing answers a break.
            self.send(command.messages(self.options.block).concat(), Vec::new());
            self.needs_rest = false;
            self.steps.push_back(Step::Finished(Ok(Done::Acknowledged)));
            return;
        }
        let transfer = transfer::Transfer::new(command, &self.options);
        self.apply(|client| {
            let mut transfer = transfer;
            transfer.start(client);
            (Operation::Transfer(transfer), None)
        });
    }

    /// Begins to listen for data pushed without a request (mode D); the line must be at the meter's speed, 2400 bit/s
    /// by the standard.
    pub fn listen(&mut self) {
        self.begin();
        self.operation = Operation::Listen(None);
    }

    /// What to do next. Without an operation this is [`Step::Finished`] with a [`Failure::BadRequest`].
    pub fn step(&mut self) -> Step {
        if let Some(step) = self.steps.pop_front() {
            return step;
        }
        match &self.operation {
            Operation::None => Step::Finished(Err(Failure::BadRequest("nothing was asked".to_owned()))),
            _ if self.reader.is_inside_frame() => Step::Receive(LONGEST_GAP),
            Operation::SignOn(sign_on) => Step::Receive(sign_on.patience(&self.options)),
            Operation::Transfer(_) | Operation::Listen(_) => Step::Receive(self.options.timeout),
        }
    }

    /// Bytes that have come.
    pub fn heard(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.noise = self.noise.saturating_add(1);
            if let Operation::SignOn(sign_on) = &mut self.operation
                && sign_on.takes_echo(byte)
            {
                if sign_on.has_whole_echo() {
                    self.input(Input::Silence);
                }
                continue;
            }
            if let Some(frame) = self.reader.feed(byte) {
                self.noise = 0;
                self.frame(frame);
            }
        }
    }

    /// The wait of the last [`Step::Receive`] has passed and nothing came.
    pub fn silence(&mut self) {
        let inside = self.reader.is_inside_frame();
        self.reader.reset();
        let noise = std::mem::take(&mut self.noise);
        self.input(if inside || noise > 0 { Input::Damaged("it breaks off") } else { Input::Silence });
    }

    /// How many answers have brought the operation under way forward. With each of them the meter has earned the time
    /// of another request.
    pub fn progress(&self) -> u32 {
        self.progress
    }

    /// How many characters there are of a message that has begun and not ended.
    pub fn characters_of_message(&self) -> Option<usize> {
        self.reader.characters_of_message()
    }

    /// The time for the operation has passed, whatever keeps coming: it ends as after the last repeat.
    pub fn give_up(&mut self) {
        match &mut self.operation {
            Operation::SignOn(sign_on) => sign_on.allow_no_repeats(),
            Operation::Transfer(transfer) => transfer.allow_no_repeats(),
            Operation::Listen(_) => {
                let failure =
                    Failure::NoReply { request: "nothing; it was listened to".to_owned(), may_have_acted: false };
                self.apply(|_| (Operation::None, Some(Err(failure))));
                return;
            }
            Operation::None => return,
        }
        self.steps.clear();
        if self.noise > 0 || self.reader.is_inside_frame() {
            self.reader.reset();
            self.noise = 0;
            self.input(Input::Damaged("characters keep coming, and no whole answer is in them"));
        } else {
            self.input(Input::Silence);
        }
    }

    fn begin(&mut self) {
        self.progress = 0;
        self.steps.clear();
        self.reader.reset();
        self.noise = 0;
    }

    fn frame(&mut self, frame: Frame) {
        match frame {
            Frame::Damaged(problem) => self.input(Input::Damaged(problem)),
            frame => self.input(Input::Frame(frame)),
        }
    }

    /// Hands something to the operation under way.
    fn input(&mut self, input: Input) {
        self.apply(|client| match std::mem::take(&mut client.operation) {
            Operation::SignOn(mut sign_on) => {
                let outcome = sign_on.input(client, input);
                (Operation::SignOn(sign_on), outcome)
            }
            Operation::Transfer(mut transfer) => {
                let outcome = transfer.input(client, input);
                (Operation::Transfer(transfer), outcome)
            }
            Operation::Listen(identification) => listen(identification, input),
            // Late bytes of an operation that is over.
            Operation::None => (Operation::None, None),
        });
    }

    fn apply(&mut self, change: impl FnOnce(&mut Self) -> (Operation, Option<Result<Done, Failure>>)) {
        let (operation, outcome) = change(self);
        self.operation = operation;
        if let Some(result) = outcome {
            self.needs_rest = !matches!(result, Ok(Done::Programming(..) | Done::Data(_) | Done::Acknowledged));
            self.operation = Operation::None;
            self.steps.push_back(Step::Finished(result));
        }
    }

    fn send(&mut self, mut bytes: Vec<u8>, secrets: Vec<Range<usize>>) {
        self.noise = 0;
        if self.reader.block_check() == BlockCheck::Sum
            && let [SOH, content @ .., check] = bytes.as_mut_slice()
        {
            *check = BlockCheck::Sum.of(content);
        }
        self.steps.push_back(Step::Send { bytes, secrets });
    }

    /// Asks the meter to send its last message again.
    fn send_nak(&mut self) {
        self.steps.push_back(Step::Drain);
        self.send(vec![NAK], Vec::new());
    }
}

/// What an operation is told.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Input {
    Frame(Frame),
    Damaged(&'static str),
    Silence,
}

fn listen(identification: Option<Identification>, input: Input) -> (Operation, Option<Result<Done, Failure>>) {
    let request = || "nothing; it was listened to".to_owned();
    match (input, identification) {
        (Input::Frame(Frame::Identification(line)), _) => (Operation::Listen(Identification::parse(&line).ok()), None),
        (Input::Frame(Frame::Pushed(body) | Frame::Message { code: None, body, .. }), Some(identification)) => {
            (Operation::None, Some(Ok(Done::Readout(identification, DataBlock::parse(&body)))))
        }
        // The end of a push that began before we listened, or a damaged one: the next is waited for.
        (Input::Frame(_) | Input::Damaged(_), identification) => (Operation::Listen(identification), None),
        (Input::Silence, _) => {
            (Operation::None, Some(Err(Failure::NoReply { request: request(), may_have_acted: false })))
        }
    }
}

/// A frame in words, for messages about what came instead.
fn describe(frame: &Frame) -> String {
    match frame {
        Frame::Request(_) => "a sign-on request; is the line echoing?".to_owned(),
        Frame::Identification(_) => "an identification".to_owned(),
        Frame::OptionSelect { .. } => "an option select".to_owned(),
        Frame::Ack => "an acknowledgement".to_owned(),
        Frame::Nak => "a request to repeat".to_owned(),
        Frame::Message { code: Some(code), .. } => format!("the command {code}"),
        Frame::Message { code: None, .. } | Frame::Pushed(_) => "data".to_owned(),
        Frame::Damaged(problem) => (*problem).to_owned(),
    }
}

#[cfg(test)]
mod tests;
