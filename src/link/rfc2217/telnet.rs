//! The telnet layer of RFC 854 as far as RFC 2217 needs it: escaping, option verbs, subnegotiations. No input or output.

/// Interpret as command.
pub const IAC: u8 = 255;
/// Option 44, com port control.
pub const COM_PORT: u8 = 44;
/// Option 0, binary transmission.
pub const BINARY: u8 = 0;
/// Option 3, suppress go-ahead.
pub const SUPPRESS_GO_AHEAD: u8 = 3;

const SUB_BEGIN: u8 = 250;
const SUB_END: u8 = 240;

/// Longest subnegotiation kept; a longer one is cut, for no answer of RFC 2217 but a signature is that long.
const LONGEST_SUBNEGOTIATION: usize = 256;

/// The four verbs of option negotiation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verb {
    /// The sender wants to use the option itself.
    Will = 251,
    /// The sender will not.
    Wont = 252,
    /// The sender asks the other side to use it.
    Do = 253,
    /// The sender asks the other side not to.
    Dont = 254,
}

impl Verb {
    fn from_byte(byte: u8) -> Option<Self> {
        [Verb::Will, Verb::Wont, Verb::Do, Verb::Dont].into_iter().find(|verb| *verb as u8 == byte)
    }
}

/// What the stream holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// A byte of the line.
    Data(u8),
    /// A negotiation.
    Negotiate(Verb, u8),
    /// The content of a subnegotiation, option first.
    Subnegotiation(Vec<u8>),
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
enum State {
    #[default]
    Data,
    Command,
    Option(Verb),
    Sub(Vec<u8>),
    SubCommand(Vec<u8>),
}

/// Takes the telnet layer off a stream of bytes. Total: any bytes give some events.
#[derive(Debug, Default)]
pub struct Parser {
    state: State,
}

impl Parser {
    /// One byte from the server.
    pub fn feed(&mut self, byte: u8) -> Option<Event> {
        match std::mem::take(&mut self.state) {
            State::Data if byte == IAC => self.state = State::Command,
            State::Data => return Some(Event::Data(byte)),
            State::Command => match (byte, Verb::from_byte(byte)) {
                (IAC, _) => return Some(Event::Data(IAC)),
                (SUB_BEGIN, _) => self.state = State::Sub(Vec::new()),
                (_, Some(verb)) => self.state = State::Option(verb),
                // No-operation, break, are-you-there and the like carry nothing.
                _ => {}
            },
            State::Option(verb) => return Some(Event::Negotiate(verb, byte)),
            State::Sub(content) if byte == IAC => self.state = State::SubCommand(content),
            State::Sub(content) => self.state = State::Sub(append(content, byte)),
            State::SubCommand(content) if byte == IAC => self.state = State::Sub(append(content, IAC)),
            State::SubCommand(content) if byte == SUB_END => return Some(Event::Subnegotiation(content)),
            // A command inside a subnegotiation is an error of the server; what it began is dropped.
            State::SubCommand(_) => self.state = Verb::from_byte(byte).map_or(State::Data, State::Option),
        }
        None
    }
}

fn append(mut content: Vec<u8>, byte: u8) -> Vec<u8> {
    if content.len() < LONGEST_SUBNEGOTIATION {
        content.push(byte);
    }
    content
}

/// Data with the telnet layer put on: 255 is doubled.
pub fn escape(bytes: &[u8]) -> Vec<u8> {
    bytes.iter().flat_map(|byte| std::iter::repeat_n(*byte, if *byte == IAC { 2 } else { 1 })).collect()
}

/// A negotiation as it is sent.
pub fn negotiate(verb: Verb, option: u8) -> [u8; 3] {
    [IAC, verb as u8, option]
}

/// A subnegotiation of com port control as it is sent.
pub fn com_port(command: u8, value: &[u8]) -> Vec<u8> {
    let mut bytes = vec![IAC, SUB_BEGIN, COM_PORT, command];
    bytes.extend(escape(value));
    bytes.extend([IAC, SUB_END]);
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn events(bytes: &[u8]) -> Vec<Event> {
        let mut parser = Parser::default();
        bytes.iter().filter_map(|byte| parser.feed(*byte)).collect()
    }

    #[test]
    fn a_speed_with_255_in_it_is_escaped() {
        assert_eq!(com_port(1, &[0, 0, 0xFF, 1]), [255, 250, 44, 1, 0, 0, 255, 255, 1, 255, 240]);
        assert_eq!(events(&com_port(101, &[0, 0, 0xFF, 1])), [Event::Subnegotiation(vec![44, 101, 0, 0, 0xFF, 1])]);
    }

    #[test]
    fn verbs_and_data_are_told_apart() {
        assert_eq!(
            events(&[b'a', 255, 253, 44, 255, 241, 255, 255, b'b']),
            [Event::Data(b'a'), Event::Negotiate(Verb::Do, 44), Event::Data(255), Event::Data(b'b')]
        );
    }

    proptest! {
        #[test]
        fn escaped_data_comes_back(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let data: Vec<Event> = bytes.iter().map(|byte| Event::Data(*byte)).collect();
            prop_assert_eq!(events(&escape(&bytes)), data);
        }

        #[test]
        fn any_bytes_give_no_more_data_than_they_are(bytes in proptest::collection::vec(any::<u8>(), 0..600)) {
            let data = events(&bytes).into_iter().filter(|event| matches!(event, Event::Data(_))).count();
            prop_assert!(data <= bytes.len());
        }
    }
}
