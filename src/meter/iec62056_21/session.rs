//! The IEC 62056-21 dialogue carried out on a link: what the protocol's [`Client`] says step by step, with deadlines.

use std::time::Duration;

use crate::link::{LineSettings, Link, LinkError};
use crate::meter::driver::Traffic;
use crate::meter::request_limit::RequestLimit;
use crate::protocol::iec62056_21::describe::describe;
use crate::protocol::iec62056_21::{
    CharacterForm, Client, ClientOptions, Code, Command, DataBlock, Done, Failure, Frame, Identification, Purpose,
    Reader, Side, Step,
};

/// Silence after which a line counts as quiet: several characters at 300 bit/s.
const QUIET: Duration = Duration::from_millis(200);

/// The slowest line there is, in bit/s; assumed where the link tells no speed.
const SLOWEST_BAUD: u32 = 300;

/// Longest wait for a line to become quiet.
const DRAIN_LIMIT: Duration = Duration::from_secs(3);

/// Why an operation failed: the line, or the dialogue on it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SessionError {
    /// The line failed, or the user asked to stop.
    #[error("{error}")]
    Link {
        /// What the line said.
        error: LinkError,
        /// Whether the meter may have carried out what was asked.
        may_have_acted: bool,
    },
    /// The dialogue came to no good end.
    #[error(transparent)]
    Dialogue(#[from] Failure),
}

impl SessionError {
    /// Whether the meter may have carried out what was asked although its word is missing.
    pub fn may_have_acted(&self) -> bool {
        match self {
            SessionError::Link { may_have_acted, .. } => *may_have_acted,
            SessionError::Dialogue(failure) => failure.may_have_acted(),
        }
    }
}

/// A dialogue with one meter on a link. Whoever holds it calls [`Session::break_off`] in the end, also after an error.
#[derive(Debug)]
pub struct Session<'l> {
    link: Box<dyn Link + 'l>,
    client: Client,
    traffic: Traffic,
    programming: bool,
    /// Reads along what is received, for notes and counts.
    listener: Reader,
}

impl<'l> Session<'l> {
    /// A session that has not begun; nothing is sent.
    pub fn new(link: Box<dyn Link + 'l>, options: ClientOptions) -> Self {
        Session {
            link,
            client: Client::new(options),
            traffic: Traffic::default(),
            programming: false,
            listener: Reader::new(Side::Client),
        }
    }

    /// The link.
    pub fn link(&self) -> &(dyn Link + 'l) {
        self.link.as_ref()
    }

    /// The link, to let time pass.
    pub fn link_mut(&mut self) -> &mut (dyn Link + 'l) {
        self.link.as_mut()
    }

    /// The link, for HDLC after [`Session::hand_over`]; the dialogue is not broken off.
    pub fn into_link(self) -> Box<dyn Link + 'l> {
        self.link
    }

    /// What went over the line so far.
    pub fn traffic(&self) -> Traffic {
        self.traffic
    }

    /// Whether programming mode has been reached and not left.
    pub fn is_programming(&self) -> bool {
        self.programming
    }

    /// Which meter it is, by a sign-on and nothing more.
    ///
    /// # Errors
    /// [`SessionError`].
    pub fn identify(&mut self) -> Result<Identification, SessionError> {
        match self.sign_on(Purpose::Identification)? {
            Done::Identified(identification) => Ok(identification),
            other => Err(unexpected("the sign-on", &other)),
        }
    }

    /// The meter's data readout.
    ///
    /// # Errors
    /// [`SessionError`].
    pub fn readout(&mut self) -> Result<(Identification, DataBlock), SessionError> {
        match self.sign_on(Purpose::Readout)? {
            Done::Readout(identification, block) => Ok((identification, block)),
            other => Err(unexpected("the readout", &other)),
        }
    }

    /// The good lines of a readout whose check was wrong, as far as one came since this was last asked.
    pub fn take_salvage(&mut self) -> Option<DataBlock> {
        let spoilt = self.listener.take_spoilt();
        let block = DataBlock::parse(&spoilt);
        (!block.sets.is_empty()).then_some(block)
    }

    /// Reaches programming mode; gives the operand for a calculated password. In modes A and B this begins with the
    /// meter's readout and the operand is empty.
    ///
    /// # Errors
    /// [`SessionError`].
    pub fn begin_programming(&mut self) -> Result<(Identification, String), SessionError> {
        match self.sign_on(Purpose::Programming)? {
            Done::Programming(identification, operand) => Ok((identification, operand)),
            other => Err(unexpected("the sign-on", &other)),
        }
    }

    /// Hands the line over to HDLC (mode E); gives its speed in bit/s. [`Session::into_link`] then yields the line.
    ///
    /// # Errors
    /// [`SessionError`].
    pub fn hand_over(&mut self) -> Result<(Identification, u32), SessionError> {
        match self.sign_on(Purpose::Hdlc)? {
            Done::Hdlc(identification, baud) => Ok((identification, baud)),
            other => Err(unexpected("the sign-on", &other)),
        }
    }

    /// Any sign-on. Programming mode left open is broken off first.
    ///
    /// # Errors
    /// [`SessionError`].
    pub fn sign_on(&mut self, purpose: Purpose) -> Result<Done, SessionError> {
        self.break_off();
        self.check_stop()?;
        self.client.sign_on(purpose);
        let done = self.run(false)?;
        self.programming = matches!(done, Done::Programming(..));
        Ok(done)
    }

    /// Listens for data pushed without a request (mode D).
    ///
    /// # Errors
    /// [`SessionError`].
    pub fn listen(&mut self) -> Result<(Identification, DataBlock), SessionError> {
        self.check_stop()?;
        self.client.listen();
        match self.run(false)? {
            Done::Readout(identification, block) => Ok((identification, block)),
            other => Err(unexpected("listening", &other)),
        }
    }

    /// Gives the password. A refusal is [`Failure::Password`].
    ///
    /// # Errors
    /// [`SessionError`].
    pub fn give_password(&mut self, password: &str) -> Result<(), SessionError> {
        self.command(&Command::password(password)).map(|_| ())
    }

    /// Reads a register by R1.
    ///
    /// # Errors
    /// [`SessionError`]; a refusal is [`Failure::Refused`].
    pub fn read_register(&mut self, address: &str) -> Result<DataBlock, SessionError> {
        self.read_with(Code::READ, address, "")
    }

    /// Reads a register by any of R1 to R6, with what stands in the request's brackets.
    ///
    /// # Errors
    /// [`SessionError`]; a refusal is [`Failure::Refused`].
    pub fn read_with(&mut self, code: Code, address: &str, parameter: &str) -> Result<DataBlock, SessionError> {
        let value = Some(parameter.to_owned());
        let command = Command { code, address: address.to_owned(), value, shown_of_secret: None };
        match self.command(&command)? {
            Done::Data(block) => Ok(block),
            other => Err(unexpected(address, &other)),
        }
    }

    /// Writes a register by W1. Sent again only when the meter asks for it.
    ///
    /// # Errors
    /// [`SessionError`]; a refusal is [`Failure::Refused`]; see [`SessionError::may_have_acted`].
    pub fn write_register(&mut self, address: &str, value: &str) -> Result<(), SessionError> {
        self.command(&Command::write(address, value)).map(|_| ())
    }

    /// Executes by E2. Sent again only when the meter asks for it.
    ///
    /// # Errors
    /// As [`Session::write_register`].
    pub fn execute(&mut self, address: &str, value: &str) -> Result<Done, SessionError> {
        self.command(&Command::write(address, value).with_code(Code::EXECUTE))
    }

    /// Any command of programming mode.
    ///
    /// # Errors
    /// [`SessionError`].
    pub fn command(&mut self, command: &Command) -> Result<Done, SessionError> {
        self.check_stop()?;
        self.client.command(command);
        let result = self.run(command.code.changes_the_meter());
        if command.code == Code::BREAK {
            self.programming = false;
        }
        result
    }

    /// Leaves programming mode, if it was reached. Best effort: nothing answers a break.
    pub fn break_off(&mut self) {
        if std::mem::take(&mut self.programming) {
            self.client.command(&Command::end());
            // The break is the clean-up itself; a line that fails now leaves the meter to its own time-out.
            let _ = self.run(false);
        }
    }

    fn check_stop(&self) -> Result<(), SessionError> {
        if self.link.stop_requested() { Err(interrupted(false)) } else { Ok(()) }
    }

    /// Carries out the operation begun on the client. `acts` says whether what is sent may change the meter.
    fn run(&mut self, acts: bool) -> Result<Done, SessionError> {
        let mut has_left = false;
        let mut repeating = false;
        // From the first wait on, for what goes before it (a wake-up, the rest after a failure) is no wait for an answer.
        let mut limit: Option<RequestLimit> = None;
        let mut progress = 0;
        self.listener.reset();
        loop {
            let step = self.client.step();
            if matches!(step, Step::Receive(_)) {
                if self.client.progress() != progress {
                    progress = self.client.progress();
                    limit = None;
                }
                let limit = limit.get_or_insert_with(|| self.request_limit());
                if self.is_over(limit) {
                    self.client.give_up();
                    continue;
                }
            }
            if repeating && self.link.stop_requested() && !matches!(step, Step::Finished(_)) {
                return Err(interrupted(acts && has_left));
            }
            let carried_out = match step {
                Step::Finished(result) => return Ok(result?),
                Step::Send { bytes, secrets } => {
                    has_left = true;
                    self.send(&bytes, &secrets)
                }
                Step::Pause(duration) => self.link.pause(duration),
                Step::Drain => {
                    let until = self.link.now().saturating_add(DRAIN_LIMIT);
                    self.link.drain(QUIET, until).map(|_| ())
                }
                Step::Configure(baud, form) => self.link.configure(match form {
                    CharacterForm::SevenEven => LineSettings::seven_even_one(baud),
                    CharacterForm::EightNone => LineSettings::eight_none_one(baud),
                }),
                Step::Receive(patience) => self.receive(patience, &mut repeating),
            };
            carried_out.map_err(|error| SessionError::Link { error, may_have_acted: acts && has_left })?;
        }
    }

    fn request_limit(&self) -> RequestLimit {
        let options = self.client.options();
        RequestLimit::start(self.link.now(), options.timeout, options.retries)
    }

    /// Whether the time for the request is over. A message that has begun in time may go on for as long as its
    /// characters keep up with half the speed of the line.
    fn is_over(&self, limit: &RequestLimit) -> bool {
        let now = self.link.now();
        let Some(characters) = self.client.characters_of_message() else { return limit.is_over(now) };
        let slowest = LineSettings::seven_even_one(SLOWEST_BAUD);
        let baud = self.link.settings().unwrap_or(slowest).baud.max(SLOWEST_BAUD);
        let allowed = LineSettings::seven_even_one(baud).time_for(characters).saturating_mul(2);
        now >= limit.until().saturating_add(allowed)
    }

    fn send(&mut self, bytes: &[u8], secrets: &[std::ops::Range<usize>]) -> Result<(), LinkError> {
        self.traffic.exchanges = self.traffic.exchanges.saturating_add(1);
        self.traffic.sent = self.traffic.sent.saturating_add(bytes.len() as u64);
        self.link.send_secret(bytes, secrets)?;
        let mut reader = Reader::new(Side::Meter);
        for frame in bytes.iter().filter_map(|byte| reader.feed(*byte)) {
            let words = secrets.iter().fold(describe(&frame), |words, range| {
                let secret = bytes.get(range.clone()).and_then(|secret| std::str::from_utf8(secret).ok());
                // The block check is one character, which may stand anywhere.
                match secret.filter(|secret| secret.len() > 1) {
                    Some(secret) => words.replace(secret, &"*".repeat(secret.len())),
                    None => words,
                }
            });
            self.link.note(&words);
        }
        Ok(())
    }

    fn receive(&mut self, patience: Duration, repeating: &mut bool) -> Result<(), LinkError> {
        let mut buffer = [0u8; 256];
        let until = self.link.now().saturating_add(patience);
        match self.link.receive(&mut buffer, until) {
            Ok(count) => {
                let bytes = buffer.get(..count).unwrap_or_default();
                self.traffic.received = self.traffic.received.saturating_add(count as u64);
                for frame in bytes.iter().filter_map(|byte| self.listener.feed(*byte)) {
                    let counter = match frame {
                        Frame::Damaged(_) => &mut self.traffic.frames_bad,
                        _ => &mut self.traffic.frames_good,
                    };
                    *counter = counter.saturating_add(1);
                    self.link.note(&describe(&frame));
                }
                self.client.heard(bytes);
                Ok(())
            }
            Err(LinkError::Timeout(_)) => {
                *repeating = true;
                self.listener.reset();
                self.client.silence();
                Ok(())
            }
            Err(error) => Err(error),
        }
    }
}

fn interrupted(may_have_acted: bool) -> SessionError {
    SessionError::Link { error: LinkError::Interrupted, may_have_acted }
}

fn unexpected(request: &str, done: &Done) -> SessionError {
    let came = match done {
        Done::Identified(_) => "an identification",
        Done::Readout(..) => "a readout",
        Done::Programming(..) => "programming mode",
        Done::Hdlc(..) => "a hand-over to HDLC",
        Done::Data(_) => "data",
        Done::Acknowledged => "an acknowledgement",
    };
    SessionError::Dialogue(Failure::Unexpected {
        request: request.to_owned(),
        problem: came.to_owned(),
        may_have_acted: false,
    })
}

#[cfg(test)]
mod tests;
