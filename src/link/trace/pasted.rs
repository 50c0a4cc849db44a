//! Bytes that were copied from somewhere else: hex digits, a message a line.

use time::OffsetDateTime;

use super::{Direction, Record};
use crate::hex;

/// Marks in front of bytes that say who sent them, in lower case.
const SENT: [&str; 7] = ["->", ">>", ">", "tx", "send", "sent", "out"];
const RECEIVED: [&str; 9] = ["<-", "<<", "<", "rx", "recv", "receive", "received", "reply", "in"];

/// Reads pasted bytes: each line one message, in hex with or without blanks, commas, `0x` and `$`. A mark such as `TX:` or
/// `<-` in front says who sent it; without one the frame itself tells where it can, else it counts as received. Times and
/// other words in front of the digits are passed over.
///
/// # Errors
/// The number of the first line that holds no bytes, from 1.
pub fn read_pasted(text: &str, now: OffsetDateTime) -> Result<Vec<Record>, usize> {
    let mut records = Vec::new();
    for (number, line) in (1usize..).zip(text.lines()) {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let (mark, bytes) = bytes_of(line).ok_or(number)?;
        let direction = mark.unwrap_or_else(|| guessed(&bytes));
        let bytes = bytes.into_iter().map(Some).collect();
        records.push(Record { time: now, direction, bytes, note: None, line: number });
    }
    Ok(records)
}

/// The mark in front, and the longest run of hex at the end of the line.
fn bytes_of(line: &str) -> Option<(Option<Direction>, Vec<u8>)> {
    let is_blank = |c: char| c.is_whitespace() || matches!(c, ',' | ';' | '[' | ']' | '"' | '|');
    let words: Vec<&str> = line.split(is_blank).filter(|word| !word.is_empty()).collect();
    let plain = |word: &str| {
        let word = word
            .strip_prefix("0x")
            .or_else(|| word.strip_prefix("0X"))
            .or_else(|| word.strip_prefix('$'))
            .unwrap_or(word);
        hex::decode(word).filter(|octets| !octets.is_empty())
    };
    let begin = words.iter().rposition(|word| plain(word).is_none()).map_or(0, |place| place.saturating_add(1));
    let (front, digits) = words.split_at_checked(begin)?;
    let bytes: Vec<u8> = digits.iter().filter_map(|word| plain(word)).flatten().collect();
    let mark = front.iter().find_map(|word| {
        let word = word.trim_matches([':', '(', ')']).to_ascii_lowercase();
        let is = |marks: &[&str]| marks.contains(&word.as_str());
        if is(&SENT) {
            Some(Direction::Sent)
        } else if is(&RECEIVED) {
            Some(Direction::Received)
        } else {
            None
        }
    });
    (!bytes.is_empty()).then_some((mark, bytes))
}

/// Who sends a frame like this: a client opens, asks and closes.
fn guessed(bytes: &[u8]) -> Direction {
    const SNRM: u8 = 0x93;
    const DISC: u8 = 0x53;
    let has = |part: &[u8]| bytes.windows(part.len()).any(|window| window == part);
    let is_hdlc = bytes.first() == Some(&0x7E);
    let control = bytes.iter().skip(3).take(8).find(|octet| matches!(**octet, SNRM | DISC));
    let is_request = matches!(bytes.first(), Some(0x60 | 0x62 | 0xC0 | 0xC1 | 0xC3 | 0xC8 | 0xC9 | 0xCB))
        || bytes.starts_with(b"/?")
        || has(&[0xE6, 0xE6, 0x00])
        || (is_hdlc && control.is_some() && bytes.len() < 48);
    if is_request { Direction::Sent } else { Direction::Received }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_times_and_frames_tell_the_direction() {
        let text = "# copied from another program\n\n10:22:31.004 TX: 7E A0 07 03 21 93 0F 01 7E\nRX 0x7E,0xA0,0x07\n\
                    7ea0070321930f017e\n<- C4 01\nC0 01 C1 00 08\n";
        let records = read_pasted(text, OffsetDateTime::UNIX_EPOCH).unwrap();
        let told: Vec<_> = records.iter().map(|record| (record.line, record.direction, record.bytes.len())).collect();
        use Direction::{Received, Sent};
        assert_eq!(told, [(3, Sent, 9), (4, Received, 3), (5, Sent, 9), (6, Received, 2), (7, Sent, 5)]);
        assert_eq!(read_pasted("7E A0\nhello\n", OffsetDateTime::UNIX_EPOCH), Err(2));
    }
}
