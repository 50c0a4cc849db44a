//! Frames out of a record in which secret octets are hidden: filled so that they can be read all the same. And where
//! tokens stand in what nobody marked.

use std::ops::Range;

use super::dlt645;
use super::hdlc::{FLAG, Fcs};
use super::iec62056_21::message::block_check;
use super::iec62056_21::{EOT, ETX, SOH, STX};

/// What stands for a hidden octet.
pub const HIDDEN: u8 = b'*';

/// Digits of a token, and those at its end that may be told.
const TOKEN: usize = 20;
const TOLD: usize = 4;

/// Where the digits of tokens stand that may not be told: all but the last four of each run of just twenty digits.
///
/// ```
/// use wattkey::protocol::redaction::token_digits;
/// assert_eq!(token_digits(b"C.50.0(51043465443420856213)"), [7..23]);
/// ```
pub fn token_digits(octets: &[u8]) -> Vec<Range<usize>> {
    let mut ranges = Vec::new();
    let mut run = 0usize;
    for (at, octet) in octets.iter().chain([&0]).enumerate() {
        if octet.is_ascii_digit() {
            run = run.saturating_add(1);
            continue;
        }
        if run == TOKEN {
            ranges.push(at.saturating_sub(TOKEN)..at.saturating_sub(TOLD));
        }
        run = 0;
    }
    ranges
}

/// The octets of a record with [`HIDDEN`] in place of those that are `None`, and the checks of the frames they stand in
/// set right: the frames then read, and only the secret is missing.
///
/// ```
/// use wattkey::protocol::redaction::fill;
/// let record: Vec<Option<u8>> = b"\x01P1\x02(".iter().map(|octet| Some(*octet)).chain([None, None])
///     .chain(b")\x03?".iter().map(|octet| Some(*octet))).collect();
/// assert_eq!(fill(&record), b"\x01P1\x02(**)\x03a");
/// ```
pub fn fill(record: &[Option<u8>]) -> Vec<u8> {
    let mut octets: Vec<u8> = record.iter().map(|octet| octet.unwrap_or(HIDDEN)).collect();
    if record.iter().all(Option::is_some) {
        return octets;
    }
    let mut start = 0usize;
    while let Some(rest) = octets.get_mut(start..).filter(|rest| !rest.is_empty()) {
        let hidden = record.get(start..).unwrap_or_default();
        let length = mend_hdlc(rest, hidden).or_else(|| mend_ascii(rest, hidden)).or_else(|| mend_dlt645(rest, hidden));
        start = start.saturating_add(length.unwrap_or(1).max(1));
    }
    octets
}

fn has_hidden(record: &[Option<u8>], length: usize) -> bool {
    record.iter().take(length).any(Option::is_none)
}

/// Sets the frame check of an HDLC frame at the front right; gives the frame's length without its closing flag.
fn mend_hdlc(octets: &mut [u8], record: &[Option<u8>]) -> Option<usize> {
    let [FLAG, format, low, ..] = *octets else { return None };
    let length = usize::from(format & 0x07) << 8 | usize::from(low);
    let closing = length.checked_add(1)?;
    if format & 0xF0 != 0xA0 || length < 7 || *octets.get(closing)? != FLAG {
        return None;
    }
    if has_hidden(record, closing) {
        let check = closing.checked_sub(2)?;
        let [first, second] = Fcs::new().over(octets.get(1..check)?).octets();
        *octets.get_mut(check)? = first;
        *octets.get_mut(check.checked_add(1)?)? = second;
    }
    Some(closing)
}

/// Sets the block check of an IEC 62056-21 message at the front right; gives its length.
fn mend_ascii(octets: &mut [u8], record: &[Option<u8>]) -> Option<usize> {
    if !matches!(octets.first()?, &SOH | &STX) {
        return None;
    }
    let end = octets.iter().position(|octet| matches!(*octet, ETX | EOT))?;
    let check = end.checked_add(1)?;
    let right = block_check(octets.get(1..check)?);
    if has_hidden(record, check.saturating_add(1)) {
        *octets.get_mut(check)? = right;
    }
    Some(check.saturating_add(1))
}

/// Sets the check sum of a DL/T 645 frame at the front right; gives its length.
fn mend_dlt645(octets: &mut [u8], record: &[Option<u8>]) -> Option<usize> {
    if *octets.first()? != dlt645::START || *octets.get(7)? != dlt645::START {
        return None;
    }
    let sum = usize::from(*octets.get(9)?).checked_add(10)?;
    if *octets.get(sum.checked_add(1)?)? != dlt645::END {
        return None;
    }
    if has_hidden(record, sum) {
        let right = octets.get(..sum)?.iter().fold(0u8, |sum, octet| sum.wrapping_add(*octet));
        *octets.get_mut(sum)? = right;
    }
    Some(sum.saturating_add(2))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::hdlc::{Address, ClientAddress, Control, Frame};

    fn hide(octets: &[u8], ranges: &[Range<usize>]) -> Vec<Option<u8>> {
        let hidden = |at: usize| ranges.iter().any(|range| range.contains(&at));
        octets.iter().enumerate().map(|(at, octet)| (!hidden(at)).then_some(*octet)).collect()
    }

    #[test]
    fn frames_with_hidden_octets_read_again() {
        let (destination, source) = ("1/17".parse::<Address>().unwrap().to_wire(), ClientAddress::PUBLIC.to_wire());
        let control = Control::from_octet(0x10);
        let frame =
            Frame { destination, source, control, segmented: false, information: b"password 12345678" }.encode();
        let at = frame.len() - 3 - 8;
        let noisy = [&b"\xFE\x00"[..], &frame, &frame[1..]].concat();
        let filled = fill(&hide(&noisy, std::slice::from_ref(&(at + 2..at + 12))));
        let (read, length) = Frame::parse(&filled[2..]).unwrap();
        assert_eq!(read.information, b"password ********");
        assert_eq!(Frame::parse(&filled[1 + length + 1..]).unwrap().0.information, b"password 12345678");

        let write = dlt645::Frame { address: "000088000017".parse().unwrap(), control: 0x14, data: vec![7; 14] };
        let octets = write.encode(4).unwrap();
        let filled = fill(&hide(&octets, std::slice::from_ref(&(18..26))));
        let events = dlt645::FrameScanner::default().push(&filled);
        assert!(matches!(&events[..], [dlt645::ScanEvent::Frame(frame)] if frame.data[..4] == [7; 4]), "{events:?}");
    }
}
