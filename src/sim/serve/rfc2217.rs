//! A port with serial settings over the network (RFC 2217): the telnet layer comes off, settings are acknowledged.
//!
//! The simulated line has no speed, so settings change nothing; each is answered with the value asked for, as a server
//! in front of a real port does.

use std::collections::VecDeque;
use std::io::{self, Read, Write};
use std::net::{TcpListener, TcpStream};

use crate::link::rfc2217::telnet::{self, BINARY, COM_PORT, Event, SUPPRESS_GO_AHEAD, Verb};
use crate::sim::serve::hosted::{HostError, SharedLine};
use crate::sim::serve::talk::talk;

/// Added to a command's number in its answer.
const ANSWER: u8 = 100;
/// A value of 0 asks what is set; these are told then: 9600 bit/s, 8 data bits, no parity, 1 stop bit.
const DEFAULTS: [(u8, &[u8]); 4] = [(1, &[0, 0, 0x25, 0x80]), (2, &[8]), (3, &[1]), (4, &[1])];

/// Serves clients one after the other, for ever.
///
/// # Errors
/// [`HostError`]; a listener that fails.
pub fn serve(listener: &TcpListener, line: &SharedLine) -> Result<(), HostError> {
    loop {
        match listener.accept() {
            Ok((stream, _)) => {
                let _ = stream.set_nodelay(true);
                let mut reader =
                    Negotiating { stream: &stream, parser: telnet::Parser::default(), data: VecDeque::new() };
                let mut writer = Escaping(&stream);
                talk(line, &mut reader, &mut writer)?;
            }
            Err(error) if error.kind() == io::ErrorKind::ConnectionAborted => {}
            Err(error) => return Err(error.into()),
        }
    }
}

/// Reads the line's octets and answers negotiations on the way.
struct Negotiating<'a> {
    stream: &'a TcpStream,
    parser: telnet::Parser,
    data: VecDeque<u8>,
}

impl Negotiating<'_> {
    fn answer(&mut self, event: Event) -> io::Result<()> {
        let answer = match event {
            Event::Data(octet) => {
                self.data.push_back(octet);
                return Ok(());
            }
            Event::Negotiate(verb, option) => match negotiated(verb, option) {
                Some(answer) => telnet::negotiate(answer, option).to_vec(),
                None => return Ok(()),
            },
            Event::Subnegotiation(content) => match settled(&content) {
                Some(answer) => answer,
                None => return Ok(()),
            },
        };
        self.stream.write_all(&answer)
    }
}

/// Both sides may use the options that this needs, and no other. A refusal needs no answer.
fn negotiated(verb: Verb, option: u8) -> Option<Verb> {
    let known = matches!(option, BINARY | SUPPRESS_GO_AHEAD | COM_PORT);
    match verb {
        Verb::Will => Some(if known { Verb::Do } else { Verb::Dont }),
        Verb::Do => Some(if known { Verb::Will } else { Verb::Wont }),
        Verb::Wont | Verb::Dont => None,
    }
}

/// The answer to a setting: the value asked for, or what is set where the client asked for that.
fn settled(content: &[u8]) -> Option<Vec<u8>> {
    let [COM_PORT, command, value @ ..] = content else { return None };
    let asks = value.iter().all(|octet| *octet == 0);
    let told = DEFAULTS.iter().find(|(known, _)| asks && known == command).map_or(value, |(_, value)| *value);
    Some(telnet::com_port(command.wrapping_add(ANSWER), told))
}

impl Read for Negotiating<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.data.is_empty() {
            let mut raw = [0u8; 1024];
            let count = self.stream.read(&mut raw)?;
            if count == 0 {
                return Ok(0);
            }
            for octet in raw.get(..count).unwrap_or_default() {
                if let Some(event) = self.parser.feed(*octet) {
                    self.answer(event)?;
                }
            }
        }
        let count = self.data.len().min(buffer.len());
        for (slot, octet) in buffer.iter_mut().zip(self.data.drain(..count)) {
            *slot = octet;
        }
        Ok(count)
    }
}

/// Writes the line's octets with the telnet layer on.
struct Escaping<'a>(&'a TcpStream);

impl Write for Escaping<'_> {
    fn write(&mut self, octets: &[u8]) -> io::Result<usize> {
        self.0.write_all(&telnet::escape(octets))?;
        Ok(octets.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_are_acknowledged_and_questions_answered() {
        assert_eq!(settled(&[COM_PORT, 1, 0, 0, 1, 44]), Some(telnet::com_port(101, &[0, 0, 1, 44])));
        assert_eq!(settled(&[COM_PORT, 2, 0]), Some(telnet::com_port(102, &[8])));
        assert_eq!(settled(&[COM_PORT, 5, 8]), Some(telnet::com_port(105, &[8])));
        assert_eq!(settled(&[24, 1]), None);
        assert_eq!(negotiated(Verb::Will, COM_PORT), Some(Verb::Do));
        assert_eq!(negotiated(Verb::Do, 1), Some(Verb::Wont));
        assert_eq!(negotiated(Verb::Dont, 1), None);
    }
}
