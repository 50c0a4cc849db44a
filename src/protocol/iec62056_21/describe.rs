//! Frames in words, for traces and their decoder. Passwords are never shown, of a token its last four digits.

use super::data::DataBlock;
use super::identification::{Identification, SpeedMode};
use super::message::Code;
use super::reader::Frame;
use crate::protocol::redaction::{HIDDEN, token_digits};

/// Longest data shown in one line of words, in characters.
const LONGEST_DATA: usize = 60;

/// What a frame says, in one line.
///
/// ```
/// use wattkey::protocol::iec62056_21::{Reader, Side, describe::describe};
/// let mut reader = Reader::new(Side::Meter);
/// let frames: Vec<_> = b"/?!\r\n".iter().filter_map(|byte| reader.feed(*byte)).collect();
/// assert_eq!(describe(&frames[0]), "sign-on to any meter");
/// ```
pub fn describe(frame: &Frame) -> String {
    match frame {
        Frame::Request(address) if address.is_empty() => "sign-on to any meter".to_owned(),
        Frame::Request(address) => format!("sign-on to meter {address}"),
        Frame::Identification(line) => match Identification::parse(line) {
            Ok(identification) => identified(&identification),
            Err(problem) => format!("identification that cannot be read: {problem}"),
        },
        Frame::OptionSelect { protocol, speed, mode } => {
            let purpose = match (protocol, mode) {
                (b'2', b'2') => "HDLC (mode E)".to_owned(),
                (_, b'0') => "readout".to_owned(),
                (_, b'1') => "programming mode".to_owned(),
                (_, mode) => format!("the maker's mode {}", char::from(*mode)),
            };
            format!("option select: {purpose} at {} bit/s", SpeedMode::from_character(*speed).baud())
        }
        Frame::Ack => "acknowledged".to_owned(),
        Frame::Nak => "not understood, repeat".to_owned(),
        Frame::Message { code: Some(Code::BREAK), .. } => "break".to_owned(),
        Frame::Message { code: Some(code), body, last } => {
            let name = command_name(*code);
            let end = block_end(*last);
            match code.letter {
                b'P' if *code != Code::OPERAND => format!("{code} {name}{end}"),
                _ => format!("{code} {name}: {}{end}", text(body)),
            }
        }
        Frame::Message { code: None, body, last } => {
            let block = DataBlock::parse(body);
            match block.error_text() {
                Some(error) => format!("error message {error}"),
                None if block.sets.len() > 1 => format!("data, {} data sets{}", block.sets.len(), block_end(*last)),
                None => format!("data: {}{}", text(body), block_end(*last)),
            }
        }
        Frame::Pushed(body) => format!("pushed data, {} data sets", DataBlock::parse(body).sets.len()),
        Frame::Damaged(problem) => format!("damaged: {problem}"),
    }
}

fn identified(identification: &Identification) -> String {
    let mode = match identification.speed_mode() {
        SpeedMode::A => "mode A, no change of speed".to_owned(),
        SpeedMode::B(baud) => format!("mode B, {baud} bit/s"),
        SpeedMode::C(baud) if identification.offers_hdlc() => format!("mode C and E, up to {baud} bit/s"),
        SpeedMode::C(baud) => format!("mode C, up to {baud} bit/s"),
    };
    format!("identification: maker {}, {:?}, {mode}", identification.manufacturer, identification.ident)
}

fn command_name(code: Code) -> &'static str {
    match (code.letter, code.digit) {
        (b'P', b'0') => "operand for the password",
        (b'P', b'1') => "password",
        (b'P', _) => "calculated password",
        (b'R', b'1') => "read",
        (b'R', b'2') => "read, formatted",
        (b'R', b'3' | b'4') => "read in partial blocks",
        (b'R', _) => "read, national or the maker's",
        (b'W', b'1') => "write",
        (b'W', b'2') => "write, formatted",
        (b'W', b'3' | b'4') => "write in partial blocks",
        (b'W', _) => "write, national or the maker's",
        (b'E', _) => "execute",
        _ => "command",
    }
}

fn block_end(last: bool) -> &'static str {
    if last { "" } else { ", more to come" }
}

fn text(body: &[u8]) -> String {
    let mut told = body.to_vec();
    for range in token_digits(body) {
        told.get_mut(range).unwrap_or_default().fill(HIDDEN);
    }
    let text: String = told.into_iter().map(char::from).collect();
    let text = text.trim();
    match text.char_indices().nth(LONGEST_DATA) {
        Some((place, _)) => format!("{}…", text.get(..place).unwrap_or_default()),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::iec62056_21::message::{Command, message};
    use crate::protocol::iec62056_21::{Reader, Side};

    fn words(side: Side, bytes: &[u8]) -> Vec<String> {
        let mut reader = Reader::new(side);
        bytes.iter().filter_map(|byte| reader.feed(*byte)).map(|frame| describe(&frame)).collect()
    }

    #[test]
    fn frames_are_told_as_a_person_reads_them() {
        assert_eq!(
            words(Side::Client, b"/GRX5\\2X\r\n"),
            ["identification: maker GRX, \"X\", mode C and E, up to 9600 bit/s"]
        );
        assert_eq!(words(Side::Meter, b"\x06051\r\n"), ["option select: programming mode at 9600 bit/s"]);
        assert_eq!(words(Side::Client, &message(None, b"(ER10)", true)), ["error message ER10"]);
        assert_eq!(words(Side::Meter, &Command::read("1.8.0").messages(9)[0]), ["R1 read: 1.8.0()"]);
    }

    #[test]
    fn a_password_is_not_told() {
        let told = words(Side::Meter, &Command::password("hunter22").messages(9)[0]);
        assert_eq!(told, ["P1 password"]);
        let told = words(Side::Meter, &Command::write("C.50.0", "51043465443420856213").messages(99)[0]);
        assert_eq!(told, ["W1 write: C.50.0(****************6213)"]);
    }
}
