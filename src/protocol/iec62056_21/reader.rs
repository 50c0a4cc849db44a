//! Frames out of the bytes of the line, for both sides. Any bytes give some frames; memory is bounded.

use super::message::{Code, block_check};
use super::{ACK, EOT, ETX, NAK, SOH, STX};

/// Longest line kept, in characters: the standard's longest is a request with an address of 32.
const LONGEST_LINE: usize = 128;

/// Longest message kept, in characters.
const LONGEST_MESSAGE: usize = 64 * 1024;

/// Whose ears the reader is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Side {
    /// The hand-held unit: a lone ACK is an answer.
    #[default]
    Client,
    /// The meter: ACK begins an option select until programming mode is reached.
    Meter,
}

/// What a stream of bytes holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Frame {
    /// A sign-on request with its device address (may be empty).
    Request(String),
    /// An identification, without its `/` and line end.
    Identification(Vec<u8>),
    /// An option select: protocol, speed and mode characters.
    OptionSelect {
        /// `0` normal, `1` secondary, `2` HDLC.
        protocol: u8,
        /// Speed character.
        speed: u8,
        /// `0` readout, `1` programming, `2` binary, `6` to `9` the maker's.
        mode: u8,
    },
    /// ACK alone.
    Ack,
    /// NAK: repeat.
    Nak,
    /// A command, or data when there is no code.
    Message {
        /// The command's code; `None` for data.
        code: Option<Code>,
        /// What stands between STX and the end.
        body: Vec<u8>,
        /// Whether this is the last block (ETX, not EOT).
        last: bool,
    },
    /// Data pushed without STX and block check, as mode D does: the text up to the line with `!`.
    Pushed(Vec<u8>),
    /// A message whose block check is wrong, or that grew too long.
    Damaged(&'static str),
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
enum State {
    #[default]
    Idle,
    Line(Vec<u8>),
    /// After an identification: a blank line begins pushed data.
    AfterIdentification,
    Pushed(Vec<u8>),
    OptionSelect(Vec<u8>),
    /// Everything after the first SOH or STX.
    Message {
        command: bool,
        bytes: Vec<u8>,
    },
    Check {
        command: bool,
        bytes: Vec<u8>,
    },
}

/// Takes frames out of bytes.
#[derive(Debug, Clone, Default)]
pub struct Reader {
    side: Side,
    state: State,
    check: BlockCheck,
    /// What stood in the last message of data whose check was wrong.
    spoilt: Vec<u8>,
}

/// How the check character of a message is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum BlockCheck {
    /// Exclusive or, by the standard (ISO 1155).
    #[default]
    Parity,
    /// The sum modulo 128, as Energomera meters have it.
    Sum,
}

impl BlockCheck {
    /// The check character of what stands behind the first SOH or STX, up to ETX or EOT.
    pub fn of(self, octets: &[u8]) -> u8 {
        match self {
            BlockCheck::Parity => block_check(octets),
            BlockCheck::Sum => octets.iter().fold(0u8, |sum, octet| sum.wrapping_add(octet & 0x7F)) & 0x7F,
        }
    }
}

impl Reader {
    /// A reader for one side.
    pub fn new(side: Side) -> Self {
        Reader { side, ..Reader::default() }
    }

    /// Which bytes mean what may change during a dialogue: a meter in programming mode reads a lone ACK.
    pub fn set_side(&mut self, side: Side) {
        self.side = side;
    }

    /// Forgets a frame begun.
    pub fn reset(&mut self) {
        self.state = State::Idle;
    }

    /// What stood in the last message of data whose check was wrong; empty when there was none since this was last asked.
    pub fn take_spoilt(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.spoilt)
    }

    /// Whether a frame has begun and is not complete.
    pub fn is_inside_frame(&self) -> bool {
        !matches!(self.state, State::Idle | State::AfterIdentification)
    }

    /// How the meter makes the check character, as far as it has shown. Only the operand of programming mode, which
    /// carries no value, is taken for proof of another way than the standard's.
    pub fn block_check(&self) -> BlockCheck {
        self.check
    }

    /// Takes the check character to be made as the other side of the line has shown.
    pub fn set_block_check(&mut self, check: BlockCheck) {
        self.check = check;
    }

    fn checked(&mut self, command: bool, bytes: &[u8], check: u8) -> Frame {
        let is_operand = command && bytes.starts_with(b"P0");
        if is_operand && check != BlockCheck::Parity.of(bytes) && check == BlockCheck::Sum.of(bytes) {
            self.check = BlockCheck::Sum;
        }
        let frame = checked(command, bytes, check, self.check);
        if let (Frame::Damaged(_), false, Some((_, content))) = (&frame, command, bytes.split_last()) {
            self.spoilt = content.to_vec();
        }
        frame
    }

    /// How many characters there are of a message or a push that has begun and not ended.
    pub fn characters_of_message(&self) -> Option<usize> {
        match &self.state {
            State::Message { bytes, .. } | State::Check { bytes, .. } | State::Pushed(bytes) => Some(bytes.len()),
            State::Idle | State::Line(_) | State::AfterIdentification | State::OptionSelect(_) => None,
        }
    }

    /// One byte from the line; bit 7 is ignored.
    pub fn feed(&mut self, byte: u8) -> Option<Frame> {
        let byte = byte & 0x7F;
        match std::mem::take(&mut self.state) {
            State::Idle => self.begin(byte),
            State::AfterIdentification => match byte {
                b'\r' | b'\n' => {
                    self.state = State::Pushed(Vec::new());
                    None
                }
                _ => self.begin(byte),
            },
            State::Line(line) => self.line(line, byte),
            State::Pushed(text) => self.pushed(text, byte),
            State::OptionSelect(select) => self.option_select(select, byte),
            State::Message { command, bytes } => self.message(command, bytes, byte),
            State::Check { command, bytes } => Some(self.checked(command, &bytes, byte)),
        }
    }

    fn begin(&mut self, byte: u8) -> Option<Frame> {
        match byte {
            b'/' => self.state = State::Line(Vec::new()),
            SOH | STX => self.state = State::Message { command: byte == SOH, bytes: Vec::new() },
            ACK if self.side == Side::Meter => self.state = State::OptionSelect(Vec::new()),
            ACK => return Some(Frame::Ack),
            NAK => return Some(Frame::Nak),
            _ => {}
        }
        None
    }

    fn line(&mut self, mut line: Vec<u8>, byte: u8) -> Option<Frame> {
        match byte {
            b'\n' => {
                while line.last() == Some(&b'\r') {
                    line.pop();
                }
                if let Some(address) = line.strip_prefix(b"?").and_then(|rest| rest.strip_suffix(b"!")) {
                    return Some(Frame::Request(address.iter().copied().map(char::from).collect()));
                }
                if line.is_empty() || line.starts_with(b"?") {
                    return None;
                }
                self.state = State::AfterIdentification;
                Some(Frame::Identification(line))
            }
            // Neither may stand in a line: what came before was noise.
            b'/' | SOH | STX => self.begin(byte),
            0 if !line.is_empty() => Some(Frame::Damaged("a character has the wrong parity")),
            _ if line.len() >= LONGEST_LINE => None,
            _ => {
                line.push(byte);
                self.state = State::Line(line);
                None
            }
        }
    }

    fn pushed(&mut self, mut text: Vec<u8>, byte: u8) -> Option<Frame> {
        match byte {
            // Neither stands in pushed data: the blank line before it was noise.
            SOH | STX => self.begin(byte),
            _ if text.len() >= LONGEST_MESSAGE => Some(Frame::Damaged("the pushed data never end")),
            b'\n' if text.rsplit(|byte| *byte == b'\n').next().is_some_and(|line| line.starts_with(b"!")) => {
                let is_good = !text.contains(&0);
                Some(if is_good { Frame::Pushed(text) } else { Frame::Damaged("a character has the wrong parity") })
            }
            // A new identification: the end of the one before was lost.
            b'/' if text.last() == Some(&b'\n') => {
                self.state = State::Line(Vec::new());
                Some(Frame::Damaged("the pushed data have no end"))
            }
            _ => {
                text.push(byte);
                self.state = State::Pushed(text);
                None
            }
        }
    }

    fn option_select(&mut self, mut select: Vec<u8>, byte: u8) -> Option<Frame> {
        if matches!(byte, b'/' | SOH | STX | ACK) {
            return self.begin(byte);
        }
        select.push(byte);
        match select.as_slice() {
            &[protocol, speed, mode, b'\r', b'\n'] => return Some(Frame::OptionSelect { protocol, speed, mode }),
            [_, _, _, b'\r'] | [] | [_] | [_, _] | [_, _, _] => self.state = State::OptionSelect(select),
            _ => {}
        }
        None
    }

    fn message(&mut self, command: bool, mut bytes: Vec<u8>, byte: u8) -> Option<Frame> {
        // In a command STX follows the two characters of the code; anywhere else a start begins a new message.
        let restart = byte == SOH || (byte == STX && !(command && bytes.len() == 2));
        if restart {
            return self.begin(byte);
        }
        if bytes.len() >= LONGEST_MESSAGE {
            return Some(Frame::Damaged("the message never ends"));
        }
        bytes.push(byte);
        self.state =
            if matches!(byte, ETX | EOT) { State::Check { command, bytes } } else { State::Message { command, bytes } };
        None
    }
}

/// A complete message: everything after the first SOH or STX to ETX or EOT, and the check character that came.
fn checked(command: bool, bytes: &[u8], check: u8, kind: BlockCheck) -> Frame {
    if kind.of(bytes) != check {
        return Frame::Damaged("the block check is wrong");
    }
    // Ports hand on a character of wrong parity as 0; two equal ones would cancel out in the check.
    if bytes.contains(&0) {
        return Frame::Damaged("a character has the wrong parity");
    }
    let Some((end, content)) = bytes.split_last() else { return Frame::Damaged("the message is empty") };
    let last = *end == ETX;
    if !command {
        return Frame::Message { code: None, body: content.to_vec(), last };
    }
    match content {
        &[letter, digit, ref rest @ ..] if rest.is_empty() || rest.first() == Some(&STX) => {
            let body = rest.get(1..).unwrap_or_default().to_vec();
            Frame::Message { code: Some(Code { letter, digit }), body, last }
        }
        _ => Frame::Damaged("the command has no code"),
    }
}

#[cfg(test)]
mod tests;
