//! Tokens that a meter tells in parts: cut by the frames of HDLC, the blocks of IEC 62056-21, or the data blocks of
//! DLMS. No single frame holds twenty digits then, so they are looked for across frames.

use std::ops::Range;

use super::{Direction, Record};
use crate::protocol::hdlc::FLAG;
use crate::protocol::iec62056_21::{EOT, ETX, STX};

/// Digits of a token, and those at its end that may be told.
const TOKEN: usize = 20;
const TOLD: usize = 4;

/// Octets in front of the first text of a frame's content at most: the heads of the link layer and of the APDU.
const HEADS: usize = 32;

/// Octets of heads that may be digits by chance, right before the text.
const CHANCE: usize = 2;

/// The content of a frame, and whether more of the same is to follow.
struct Content {
    octets: Range<usize>,
    goes_on: bool,
}

/// Digits of a token in one of the records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Piece {
    /// Place of the record among those held.
    pub record: usize,
    /// Where in its bytes.
    pub octets: Range<usize>,
}

/// What was found across records.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// Digits that are not to be shown.
    pub hidden: Vec<Piece>,
    /// Digits at the end of the last record that may be the beginning of a token: the records are to be held until the rest
    /// has come, and these digits hidden when it does not.
    pub open: Vec<Piece>,
}

/// Looks for tokens that are cut across the received records of `held`.
pub(super) fn find(held: &[Record]) -> Found {
    let mut open: Vec<Piece> = Vec::new();
    let mut tokens: Vec<Vec<Piece>> = Vec::new();
    let mut before: Vec<u8> = Vec::new();
    let mut repeated: Vec<Piece> = Vec::new();
    for (number, record) in held.iter().enumerate().filter(|(_, record)| record.direction == Direction::Received) {
        let octets: Vec<u8> = record.bytes.iter().map(|octet| octet.unwrap_or(b'*')).collect();
        for content in contents(&octets) {
            let text = octets.get(content.octets.clone()).unwrap_or_default();
            let piece = |range: Range<usize>| Piece {
                record: number,
                octets: range.start.saturating_add(content.octets.start)
                    ..range.end.saturating_add(content.octets.start),
            };
            // A frame that is repeated brings the same digits again: they are hidden with it.
            if !open.is_empty() && text == before {
                repeated.extend(runs(text).last().map(piece));
                continue;
            }
            before = text.to_vec();
            let wanted = TOKEN.saturating_sub(open.iter().map(|piece| piece.octets.len()).sum());
            let first = runs(text).find(|run| run.start < HEADS && (run.end == text.len() || run.len() >= wanted));
            match first.filter(|_| !open.is_empty()) {
                // All of this frame, and more to come.
                Some(run) if content.goes_on && run.end == text.len() && run.len() < wanted => {
                    open.push(piece(run));
                    continue;
                }
                Some(run) if (wanted..=wanted.saturating_add(CHANCE)).contains(&run.len()) => {
                    open.push(piece(run.end.saturating_sub(wanted)..run.end));
                    tokens.push(std::mem::take(&mut open));
                }
                _ => open.clear(),
            }
            let end = runs(text).last().filter(|run| content.goes_on && run.end == text.len() && run.len() < TOKEN);
            open.extend(end.map(piece));
        }
    }
    let mut found = Found { hidden: repeated, open };
    for token in tokens {
        let mut told = TOLD;
        for piece in token.iter().rev() {
            let shown = told.min(piece.octets.len());
            told = told.saturating_sub(shown);
            let octets = piece.octets.start..piece.octets.end.saturating_sub(shown);
            found.hidden.push(Piece { record: piece.record, octets });
        }
    }
    found
}

/// Runs of digits.
fn runs(text: &[u8]) -> impl Iterator<Item = Range<usize>> {
    let mut at = 0usize;
    std::iter::from_fn(move || {
        let rest = text.get(at..)?;
        let start = at.saturating_add(rest.iter().position(u8::is_ascii_digit)?);
        let digits = text.get(start..)?.iter().take_while(|octet| octet.is_ascii_digit()).count();
        at = start.saturating_add(digits);
        Some(start..at)
    })
}

/// The contents of the frames in a record, in order. What is in no frame is passed over.
fn contents(octets: &[u8]) -> Vec<Content> {
    let mut found = Vec::new();
    let mut at = 0usize;
    while let Some(rest) = octets.get(at..).filter(|rest| !rest.is_empty()) {
        let (content, length) = hdlc(rest).or_else(|| block(rest)).or_else(|| wrapper(rest)).unwrap_or((None, 1));
        found.extend(content.map(|content| Content {
            octets: content.octets.start.saturating_add(at)..content.octets.end.saturating_add(at),
            goes_on: content.goes_on,
        }));
        at = at.saturating_add(length.max(1));
    }
    found
}

/// An HDLC frame at the front, and its length without the closing flag. Its addresses count as heads.
fn hdlc(octets: &[u8]) -> Option<(Option<Content>, usize)> {
    let [FLAG, format, low, ..] = *octets else { return None };
    let length = usize::from(format & 0x07) << 8 | usize::from(low);
    let closing = length.checked_add(1)?;
    if format & 0xF0 != 0xA0 || length < 7 || *octets.get(closing)? != FLAG {
        return None;
    }
    let end = closing.checked_sub(2)?;
    let inside = octets.get(3..end)?;
    Some((Some(Content { octets: 3..end, goes_on: format & 0x08 != 0 || is_unfinished(inside) }), closing))
}

/// Whether a data block of DLMS is in it that is not the last: get-response-with-datablock, last-block false (IEC 62056-5-3).
fn is_unfinished(content: &[u8]) -> bool {
    content.windows(4).take(HEADS).any(|head| matches!(head, [0xC4, 2, _, 0]))
}

/// A frame of the TCP wrapper at the front, version 1 (IEC 62056-47), and its length.
fn wrapper(octets: &[u8]) -> Option<(Option<Content>, usize)> {
    let [0, 1, _, _, _, _, high, low, ..] = *octets else { return None };
    let end = usize::from(u16::from_be_bytes([high, low])).checked_add(8)?;
    let inside = octets.get(8..end)?;
    Some((Some(Content { octets: 8..end, goes_on: is_unfinished(inside) }), end))
}

/// A block of IEC 62056-21 at the front, and its length. One that ends in EOT has others behind it.
fn block(octets: &[u8]) -> Option<(Option<Content>, usize)> {
    if *octets.first()? != STX {
        return None;
    }
    let end = octets.iter().position(|octet| matches!(*octet, ETX | EOT))?;
    let goes_on = octets.get(end) == Some(&EOT);
    Some((Some(Content { octets: 1..end, goes_on }), end.saturating_add(1)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::hdlc::{Address, ClientAddress, Control, Frame};
    use time::OffsetDateTime;

    const TOKEN_TEXT: &str = "51043465443420856213";

    fn received(bytes: &[u8]) -> Record {
        Record {
            time: OffsetDateTime::UNIX_EPOCH,
            direction: Direction::Received,
            bytes: bytes.iter().map(|octet| Some(*octet)).collect(),
            note: None,
            line: 0,
        }
    }

    fn frame(segmented: bool, information: &[u8]) -> Vec<u8> {
        let (destination, source) = (ClientAddress::PUBLIC.to_wire(), "1/17".parse::<Address>().unwrap().to_wire());
        let control = Control::from_octet(0x10);
        Frame { destination, source, control, segmented, information }.encode()
    }

    /// Hides what is found, and whether more is to come.
    fn hide(held: &mut [Record]) -> bool {
        let found = find(held);
        for piece in found.hidden {
            held[piece.record].bytes[piece.octets].fill(None);
        }
        !found.open.is_empty()
    }

    /// Digits of the token that can still be read, as they stand in the records.
    fn told(records: &[Record]) -> String {
        let octets = records.iter().flat_map(|record| record.bytes.iter().map(|octet| octet.unwrap_or(b'*')));
        octets.filter(|octet| octet.is_ascii_digit()).map(char::from).collect()
    }

    #[test]
    fn a_token_cut_by_hdlc_segments_shows_its_last_four_digits() {
        for cut in 1..20 {
            let (first, second) = TOKEN_TEXT.split_at(cut);
            let first = [b"\xE6\xE7\x00\xC4\x01\xC1\x00\x09\x14", first.as_bytes()].concat();
            let mut held = vec![received(&frame(true, &first))];
            assert!(hide(&mut held), "it waits for the rest");
            held.push(Record { direction: Direction::Sent, ..received(&frame(false, b"")) });
            held.push(received(&frame(false, second.as_bytes())));
            assert!(!hide(&mut held));
            // Check octets may be digits too.
            let told: String =
                held.iter().flat_map(|record| &record.bytes).map(|octet| octet.map_or('*', char::from)).collect();
            assert_eq!(told.matches('*').count(), 16, "cut at {cut}: {told}");
            let five = TOKEN_TEXT.as_bytes().windows(5).map(|five| std::str::from_utf8(five).unwrap());
            assert!(!five.clone().any(|five| told.contains(five)), "cut at {cut}: {told}");
        }
    }

    #[test]
    fn a_token_cut_by_blocks_of_text_shows_its_last_four_digits() {
        let mut held = Vec::new();
        for piece in ["C(5104", "346544", "342085", "6213)"] {
            let end = if piece.ends_with(')') { ETX } else { EOT };
            held.push(received(&[&[STX], piece.as_bytes(), &[end, b'x']].concat()));
            assert_eq!(hide(&mut held), end == EOT);
        }
        assert_eq!(told(&held), "6213");
    }

    #[test]
    fn a_token_cut_by_data_blocks_of_dlms_is_hidden_too() {
        let first = b"\xE6\xE7\x00\xC4\x02\xC1\x00\x00\x00\x00\x01\x00\x0A\x09\x145104346";
        let second = b"\xE6\xE7\x00\xC4\x02\xC1\x01\x00\x00\x00\x02\x00\x0D5443420856213";
        let mut held = vec![received(&frame(false, first)), received(&frame(false, second))];
        hide(&mut held);
        assert_eq!(told(&held), "6213");
    }

    #[test]
    fn a_repeated_frame_does_not_hide_the_rest() {
        let first = frame(true, b"\xE6\xE7\x00\xC4\x01\xC1\x00\x09\x1451043465");
        let mut held = vec![received(&first), received(&first), received(&frame(false, b"443420856213"))];
        assert!(!hide(&mut held));
        let shown: String =
            held.iter().flat_map(|record| &record.bytes).map(|octet| octet.map_or('*', char::from)).collect();
        assert!(!shown.contains("51043465") && !shown.contains("44342085"), "{shown}");
    }

    #[test]
    fn data_blocks_in_the_tcp_wrapper_are_looked_at_too() {
        let wrapped = |apdu: &[u8]| {
            let length = u16::try_from(apdu.len()).unwrap().to_be_bytes();
            received(&[&[0, 1, 0, 1, 0, 16][..], &length, apdu].concat())
        };
        let first = b"\xC4\x02\xC1\x00\x00\x00\x00\x01\x00\x0A\x09\x145104346";
        let second = b"\xC4\x02\xC1\x01\x00\x00\x00\x02\x00\x0D5443420856213";
        let mut held = vec![wrapped(first), wrapped(second)];
        assert!(!hide(&mut held));
        assert_eq!(told(&held), "6213");
    }

    #[test]
    fn other_numbers_stay_as_they_are() {
        let number = "01234567897";
        let mut held = vec![received(&frame(true, &number.as_bytes()[..5])), received(&frame(false, b"67897\x09"))];
        hide(&mut held);
        assert_eq!(told(&held), "0123467897");
        // Nothing says that these two belong together.
        let mut held = vec![received(&frame(false, b"0123456789")), received(&frame(false, b"0123456789"))];
        assert!(!hide(&mut held));
        assert_eq!(told(&held), "01234567890123456789");
    }
}
