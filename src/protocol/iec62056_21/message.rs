//! Messages as they are sent: requests, option selects, commands and data, with their block check.

use std::ops::Range;

use super::{ACK, EOT, ETX, SOH, STX};

/// Block check character: exclusive or, over 7 bits, of everything after the first SOH or STX up to and including
/// ETX or EOT.
pub fn block_check(bytes: &[u8]) -> u8 {
    bytes.iter().fold(0, |check, byte| check ^ byte) & 0x7F
}

/// The sign-on request, `/?` address `!`.
pub fn request(address: &str) -> Vec<u8> {
    format!("/?{address}!\r\n").into_bytes()
}

/// The option select: protocol (`0` normal, `2` HDLC), speed and mode characters.
pub fn option_select(protocol: u8, speed: u8, mode: u8) -> Vec<u8> {
    vec![ACK, protocol, speed, mode, b'\r', b'\n']
}

/// Letter and digit of a command.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Code {
    /// `P`, `R`, `W`, `E` or `B`.
    pub letter: u8,
    /// `0` to `9`.
    pub digit: u8,
}

impl Code {
    /// Request for a password, sent by the meter with its operand.
    pub const OPERAND: Code = Code { letter: b'P', digit: b'0' };
    /// Password.
    pub const PASSWORD: Code = Code { letter: b'P', digit: b'1' };
    /// Password after a calculation of the maker's on the operand.
    pub const CALCULATED_PASSWORD: Code = Code { letter: b'P', digit: b'2' };
    /// Read in ASCII.
    pub const READ: Code = Code { letter: b'R', digit: b'1' };
    /// Read a load profile or a log, all at once.
    pub const READ_LOG: Code = Code { letter: b'R', digit: b'5' };
    /// The same in partial blocks.
    pub const READ_LOG_IN_BLOCKS: Code = Code { letter: b'R', digit: b'6' };
    /// Write in ASCII.
    pub const WRITE: Code = Code { letter: b'W', digit: b'1' };
    /// Execute, formatted.
    pub const EXECUTE: Code = Code { letter: b'E', digit: b'2' };
    /// Break: back to sign-on.
    pub const BREAK: Code = Code { letter: b'B', digit: b'0' };

    /// From its two characters.
    ///
    /// # Errors
    /// One sentence when they are no command of the standard.
    pub fn parse(text: &str) -> Result<Self, String> {
        match text.as_bytes() {
            &[letter, digit] if Code { letter, digit }.is_known() => Ok(Code { letter, digit }),
            _ => Err(format!("{text:?} is no command of IEC 62056-21: write P1, P2, R1 to R6, W1 to W5, E2 or B0")),
        }
    }

    fn is_known(self) -> bool {
        match self.letter {
            b'P' => (b'0'..=b'2').contains(&self.digit),
            b'R' => (b'1'..=b'6').contains(&self.digit),
            b'W' => (b'1'..=b'5').contains(&self.digit),
            b'E' => self.digit == b'2',
            b'B' => self.digit == b'0',
            _ => false,
        }
    }

    /// Whether a repeat could act twice: writes and executions.
    pub fn changes_the_meter(self) -> bool {
        matches!(self.letter, b'W' | b'E')
    }

    /// Whether the command travels in partial blocks (R3, R4, R6, W3, W4).
    pub fn is_partial(self) -> bool {
        matches!((self.letter, self.digit), (b'R' | b'W', b'3' | b'4') | (b'R', b'6'))
    }
}

impl std::fmt::Display for Code {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{}{}", char::from(self.letter), char::from(self.digit))
    }
}

/// A command with its data set.
#[derive(Clone, PartialEq, Eq)]
pub struct Command {
    /// What to do.
    pub code: Code,
    /// Address of the register; empty for passwords.
    pub address: String,
    /// What stands in the brackets; `None` when the command has no data set at all (B0).
    pub value: Option<String>,
    /// How many characters at the end of a secret value may be shown; `None` when the value is no secret.
    pub shown_of_secret: Option<usize>,
}

impl std::fmt::Debug for Command {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let value = match &self.value {
            Some(_) if self.is_secret() => "[redacted]",
            Some(value) => value,
            None => "",
        };
        write!(formatter, "{} {}({value})", self.code, self.address)
    }
}

impl Command {
    /// Reads a register.
    pub fn read(address: &str) -> Self {
        Command { code: Code::READ, address: address.to_owned(), value: Some(String::new()), shown_of_secret: None }
    }

    /// Writes a register.
    pub fn write(address: &str, value: &str) -> Self {
        Command { code: Code::WRITE, address: address.to_owned(), value: Some(value.to_owned()), shown_of_secret: None }
    }

    /// Gives a password.
    pub fn password(password: &str) -> Self {
        Command {
            code: Code::PASSWORD,
            address: String::new(),
            value: Some(password.to_owned()),
            shown_of_secret: None,
        }
    }

    /// Ends programming mode.
    pub fn end() -> Self {
        Command { code: Code::BREAK, address: String::new(), value: None, shown_of_secret: None }
    }

    /// Writes a token: a record of the line shows its last four characters only.
    pub fn token(address: &str, token: &str) -> Self {
        Command { shown_of_secret: Some(4), ..Command::write(address, token) }
    }

    fn is_secret(&self) -> bool {
        self.code.letter == b'P' || self.shown_of_secret.is_some()
    }

    /// The same command under another code.
    #[must_use]
    pub fn with_code(mut self, code: Code) -> Self {
        self.code = code;
        self
    }

    /// Whether the text may stand in a data set: printable ASCII, and no character that ends one.
    ///
    /// # Errors
    /// One sentence that names the character.
    pub fn check(&self) -> Result<(), String> {
        let allowed = |c: char| (' '..='~').contains(&c);
        if let Some(wrong) = self.address.chars().find(|c| !allowed(*c) || matches!(c, '(' | ')' | '/' | '!')) {
            return Err(format!("{wrong:?} may not stand in a register address"));
        }
        let value = self.value.as_deref().unwrap_or_default();
        let depth = value.chars().try_fold(0i32, |depth, c| match c {
            // A command may carry several bracketed values, so brackets may stand inside, in pairs.
            ')' if depth == 0 => None,
            _ => Some(depth),
        });
        match value.chars().find(|c| !allowed(*c) || matches!(c, '/' | '!' | '(')) {
            Some(_) if self.code.letter == b'P' => Err("the password holds a character that cannot be sent".into()),
            Some(wrong) => Err(format!("{wrong:?} may not stand in a value")),
            None if depth.is_none() => Err("')' may not stand in a value".into()),
            None => Ok(()),
        }
    }

    fn data_set(&self) -> Vec<u8> {
        self.value.as_ref().map(|value| format!("{}({value})", self.address).into_bytes()).unwrap_or_default()
    }

    /// The messages the command takes: one, or several partial blocks of at most `block` characters of the data set.
    pub fn messages(&self, block: usize) -> Vec<Vec<u8>> {
        let data = self.data_set();
        if !(self.code.letter == b'W' && self.code.is_partial()) {
            return vec![message(Some(self.code), &data, true)];
        }
        let pieces: Vec<&[u8]> = data.chunks(block.max(1)).collect();
        let last = pieces.len().saturating_sub(1);
        pieces.iter().enumerate().map(|(place, piece)| message(Some(self.code), piece, place == last)).collect()
    }

    /// Where a password or token stands in each of [`Command::messages`].
    pub fn secrets(&self, block: usize) -> Vec<Vec<Range<usize>>> {
        let messages = self.messages(block);
        let Some(value) = self.value.as_ref().filter(|value| self.is_secret() && !value.is_empty()) else {
            return vec![Vec::new(); messages.len()];
        };
        // Where the secret stands in the data set: behind address and bracket.
        let from = self.address.len().saturating_add(1);
        let to = from.saturating_add(value.len().saturating_sub(self.shown_of_secret.unwrap_or(0)));
        let mut passed = 0usize;
        let ranges = messages.iter().map(|message| {
            // SOH, two characters of the command, STX in front; ETX or EOT and the block check behind.
            let data = message.len().saturating_sub(6);
            let here = |place: usize| place.saturating_sub(passed).min(data).saturating_add(4);
            let hidden = here(from)..here(to);
            passed = passed.saturating_add(data);
            if hidden.is_empty() {
                return Vec::new();
            }
            // The block check gives away one character's worth of the secret, so it is hidden, too.
            let check = message.len().saturating_sub(1);
            vec![hidden, check..message.len()]
        });
        ranges.collect()
    }
}

/// A message: `code` in front when it is a command, `body`, and its end: ETX when it is the `last` block, else EOT.
pub fn message(code: Option<Code>, body: &[u8], last: bool) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(body.len().saturating_add(6));
    if let Some(code) = code {
        bytes.extend([SOH, code.letter, code.digit]);
        if !body.is_empty() {
            bytes.push(STX);
        }
    } else {
        bytes.push(STX);
    }
    bytes.extend_from_slice(body);
    bytes.push(if last { ETX } else { EOT });
    let check = block_check(bytes.get(1..).unwrap_or_default());
    bytes.push(check);
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn block_checks_known_from_other_implementations() {
        for (command, bytes) in [
            (Command::end(), &b"\x01B0\x03q"[..]),
            (Command::password("00000000"), b"\x01P1\x02(00000000)\x03a"),
            (Command::read("1.8.0"), b"\x01R1\x021.8.0()\x03Z"),
        ] {
            assert_eq!(command.messages(64), [bytes.to_vec()]);
        }
    }

    #[test]
    fn the_password_is_marked_and_never_shown() {
        let command = Command::password("hunter22");
        let message = &command.messages(64)[0];
        let secrets = command.secrets(99).remove(0);
        assert_eq!(&message[secrets[0].clone()], b"hunter22");
        assert_eq!(secrets[1], message.len() - 1..message.len());
        assert!(!format!("{command:?}").contains("hunter"));
        let wrong = Command::password("a\nhunter");
        assert!(!wrong.check().unwrap_err().contains("hunter"));
    }

    #[test]
    fn partial_writes_end_each_block_but_the_last_with_eot() {
        let command = Command::write("C.50.0", "0123456789").with_code(Code::parse("W3").unwrap());
        let messages = command.messages(8);
        assert_eq!(messages.len(), 3);
        assert_eq!(&messages[0][..12], b"\x01W3\x02C.50.0(0");
        assert_eq!(messages[0][12], EOT);
        assert_eq!(messages[2][messages[2].len() - 2], ETX);
    }

    #[test]
    fn what_would_break_a_frame_is_refused() {
        for value in ["a)b", "a(b", "!", "/", "ü", "\u{3}"] {
            assert!(Command::write("1.0", value).check().is_err(), "{value:?}");
        }
        assert!(Command::read("1.8.0!").check().is_err());
        assert!(Command::write("C.50.0", "12345678901234567890").check().is_ok());
        assert!(Command::read("1-0:1.8.0*255").check().is_ok());
    }

    #[test]
    fn codes_outside_the_standard_are_refused() {
        for text in ["P1", "R6", "W5", "E2", "B0"] {
            assert_eq!(Code::parse(text).unwrap().to_string(), text);
        }
        for text in ["P3", "R7", "W6", "E1", "B1", "X1", "R", "R10"] {
            assert!(Code::parse(text).is_err(), "{text}");
        }
    }
}
