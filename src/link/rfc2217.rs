//! A serial port over the network, its settings carried by RFC 2217 inside telnet.
//!
//! Answers to settings are waited for, but what they say is not checked against what was asked: servers in front of
//! ptys and some adapters report 8N1 whatever they do. A server that never answers SET-CONTROL (modem lines) is common;
//! the client waits a moment and carries on.

pub mod telnet;

use std::collections::VecDeque;
use std::io::Write;
use std::net::TcpStream;
use std::time::Duration;

use self::telnet::{BINARY, COM_PORT, Event, SUPPRESS_GO_AHEAD, Verb};
use super::address::Rfc2217Address;
use super::clock::LineClock;
use super::direction::{Direction, RequestToSend};
use super::interrupt::Interrupt;
use super::tcp;
use super::{LineSettings, Link, LinkError, Moment, Parity};

/// Client commands of RFC 2217; the server answers each with 100 more.
mod command {
    pub(super) const SET_BAUDRATE: u8 = 1;
    pub(super) const SET_DATASIZE: u8 = 2;
    pub(super) const SET_PARITY: u8 = 3;
    pub(super) const SET_STOPSIZE: u8 = 4;
    pub(super) const SET_CONTROL: u8 = 5;
    pub(super) const ANSWER: u8 = 100;
}

/// Values of SET-CONTROL.
mod control {
    pub(super) const NO_FLOW_CONTROL: u8 = 1;
    pub(super) const DTR_ON: u8 = 8;
    pub(super) const DTR_OFF: u8 = 9;
    pub(super) const RTS_ON: u8 = 11;
    pub(super) const RTS_OFF: u8 = 12;
}

/// Longest wait for answers to speed and character form.
const SETTINGS_WAIT: Duration = Duration::from_secs(1);

/// Longest wait for answers to SET-CONTROL.
const CONTROL_WAIT: Duration = Duration::from_millis(500);

/// What the network and the server's buffers may add before the last character has left.
const NETWORK_SLACK: Duration = Duration::from_millis(50);

/// A serial port behind a telnet server.
#[derive(Debug)]
pub struct Rfc2217Link {
    stream: TcpStream,
    parser: telnet::Parser,
    /// Bytes of the line, not yet taken.
    data: VecDeque<u8>,
    /// Answers of the server since the last request, by command.
    answers: Vec<u8>,
    /// Whether the server agreed to com port control.
    agreed: Option<bool>,
    /// Options already answered, so that no negotiation loops.
    settled: Vec<(Verb, u8)>,
    settings: LineSettings,
    leaves_by: Moment,
    clock: LineClock,
    name: String,
}

impl Rfc2217Link {
    /// Connects, negotiates, and sets the port up.
    ///
    /// # Errors
    /// [`LinkError::Absent`] when nothing listens there; [`LinkError::Fault`] when the server does not offer RFC 2217.
    pub fn open(
        address: &Rfc2217Address,
        name: String,
        settings: LineSettings,
        within: Duration,
        interrupt: Interrupt,
    ) -> Result<Self, LinkError> {
        let stream = tcp::connect(&address.host, address.port, within, &name)?;
        let clock = LineClock::start(interrupt);
        let mut link = Rfc2217Link {
            stream,
            parser: telnet::Parser::default(),
            data: VecDeque::new(),
            answers: Vec::new(),
            agreed: None,
            settled: Vec::new(),
            settings,
            leaves_by: Moment::ZERO,
            clock,
            name,
        };
        for (verb, option) in [
            (Verb::Will, COM_PORT),
            (Verb::Will, BINARY),
            (Verb::Do, BINARY),
            (Verb::Will, SUPPRESS_GO_AHEAD),
            (Verb::Do, SUPPRESS_GO_AHEAD),
        ] {
            link.settled.push((verb, option));
            link.write(&telnet::negotiate(verb, option))?;
        }
        let deadline = link.now().saturating_add(within);
        while link.agreed.is_none() {
            match link.listen(deadline) {
                Ok(()) => {}
                Err(LinkError::Timeout(_)) => break,
                Err(error) => return Err(error),
            }
        }
        if link.agreed != Some(true) {
            return Err(LinkError::Fault(format!(
                "{} does not offer serial settings over the network (RFC 2217); write tcp:{}:{} for its bytes alone",
                link.name, address.host, address.port
            )));
        }
        link.apply(settings)?;
        let dtr = address.options.dtr.unwrap_or(true);
        let rts = address.options.rts.unwrap_or(address.options.direction == Some(Direction::OnToListen));
        link.control(&[
            control::NO_FLOW_CONTROL,
            if dtr { control::DTR_ON } else { control::DTR_OFF },
            if rts { control::RTS_ON } else { control::RTS_OFF },
        ])?;
        Ok(link)
    }

    fn write(&mut self, bytes: &[u8]) -> Result<(), LinkError> {
        self.stream.write_all(bytes).map_err(|error| tcp::stream_fault(&error))
    }

    /// Takes what the server sends next, until `until` at most.
    fn listen(&mut self, until: Moment) -> Result<(), LinkError> {
        let mut buffer = [0u8; 512];
        let stream = &mut self.stream;
        let count = self.clock.wait_until(until, |wait| tcp::read_within(stream, &mut buffer, wait))?;
        for &byte in buffer.iter().take(count) {
            match self.parser.feed(byte) {
                Some(Event::Data(byte)) => self.data.push_back(byte),
                Some(Event::Negotiate(verb, option)) => self.negotiated(verb, option)?,
                Some(Event::Subnegotiation(content)) => {
                    if let [COM_PORT, answer, ..] = content.as_slice() {
                        self.answers.push(*answer);
                    }
                }
                None => {}
            }
        }
        Ok(())
    }

    fn negotiated(&mut self, verb: Verb, option: u8) -> Result<(), LinkError> {
        if option == COM_PORT {
            match verb {
                Verb::Do => self.agreed = Some(true),
                // A server that announces the option itself is content with our offer.
                Verb::Will => {}
                Verb::Dont | Verb::Wont => self.agreed = Some(self.agreed.unwrap_or(false)),
            }
        }
        let wanted = matches!(option, COM_PORT | BINARY | SUPPRESS_GO_AHEAD);
        let answer = match verb {
            Verb::Do if wanted => Verb::Will,
            Verb::Do | Verb::Dont => Verb::Wont,
            Verb::Will if wanted => Verb::Do,
            Verb::Will | Verb::Wont => Verb::Dont,
        };
        // A refusal of something never asked for, and everything already said, needs no answer.
        let known = self.settled.contains(&(answer, option)) || matches!(verb, Verb::Dont | Verb::Wont);
        if known {
            return Ok(());
        }
        self.settled.push((answer, option));
        self.write(&telnet::negotiate(answer, option))
    }

    /// Waits until every command of `expected` is answered, `within` at most; tells whether all were.
    fn await_answers(&mut self, expected: &[u8], within: Duration) -> Result<bool, LinkError> {
        let deadline = self.now().saturating_add(within);
        let missing = |answers: &[u8]| {
            let count = |list: &[u8], command: u8| list.iter().filter(|entry| **entry == command).count();
            expected
                .iter()
                .any(|command| count(answers, command.saturating_add(command::ANSWER)) < count(expected, *command))
        };
        while missing(&self.answers) {
            match self.listen(deadline) {
                Ok(()) => {}
                Err(LinkError::Timeout(_)) => return Ok(false),
                Err(error) => return Err(error),
            }
        }
        Ok(true)
    }

    fn apply(&mut self, settings: LineSettings) -> Result<(), LinkError> {
        let parity = match settings.parity {
            Parity::None => 1,
            Parity::Odd => 2,
            Parity::Even => 3,
        };
        let mut request = telnet::com_port(command::SET_BAUDRATE, &settings.baud.to_be_bytes());
        request.extend(telnet::com_port(command::SET_DATASIZE, &[settings.data_bits]));
        request.extend(telnet::com_port(command::SET_PARITY, &[parity]));
        request.extend(telnet::com_port(command::SET_STOPSIZE, &[settings.stop_bits]));
        self.answers.clear();
        self.write(&request)?;
        self.settings = settings;
        let commands = [command::SET_BAUDRATE, command::SET_DATASIZE, command::SET_PARITY, command::SET_STOPSIZE];
        self.await_answers(&commands, SETTINGS_WAIT)?;
        Ok(())
    }

    fn control(&mut self, values: &[u8]) -> Result<(), LinkError> {
        self.answers.clear();
        let request: Vec<u8> =
            values.iter().flat_map(|value| telnet::com_port(command::SET_CONTROL, &[*value])).collect();
        self.write(&request)?;
        self.await_answers(&vec![command::SET_CONTROL; values.len()], CONTROL_WAIT)?;
        Ok(())
    }
}

impl RequestToSend for Rfc2217Link {
    fn request_to_send(&mut self, on: bool) -> Result<(), LinkError> {
        self.control(&[if on { control::RTS_ON } else { control::RTS_OFF }])
    }
}

impl Link for Rfc2217Link {
    fn now(&self) -> Moment {
        self.clock.now()
    }

    fn pause(&mut self, duration: Duration) -> Result<(), LinkError> {
        self.clock.pause(duration)
    }

    fn send(&mut self, bytes: &[u8]) -> Result<(), LinkError> {
        self.clock.check()?;
        let begun = self.now().max(self.leaves_by);
        self.write(&telnet::escape(bytes))?;
        self.leaves_by = begun.saturating_add(self.settings.time_for(bytes.len()));
        Ok(())
    }

    fn receive(&mut self, buffer: &mut [u8], until: Moment) -> Result<usize, LinkError> {
        while self.data.is_empty() {
            self.listen(until)?;
        }
        let mut count = 0usize;
        for slot in buffer.iter_mut() {
            let Some(byte) = self.data.pop_front() else { break };
            *slot = byte;
            count = count.saturating_add(1);
        }
        Ok(count)
    }

    fn configure(&mut self, settings: LineSettings) -> Result<(), LinkError> {
        // The server switches when it reads the request, whether or not the characters before it have left the port.
        let left = self.leaves_by.saturating_add(self.settings.time_for(1)).saturating_add(NETWORK_SLACK);
        if !self.leaves_by.is_zero() {
            self.clock.pause(left.saturating_sub(self.now()))?;
        }
        self.apply(settings)
    }

    fn settings(&self) -> Option<LineSettings> {
        Some(self.settings)
    }

    fn stop_requested(&self) -> bool {
        self.clock.stop_requested()
    }

    fn name(&self) -> String {
        self.name.clone()
    }
}
