//! One frame: format, addresses, control, checks.

use std::ops::Range;

use super::FLAG;
use super::address::WireAddress;
use super::checksum::Fcs;
use super::control::Control;

/// Largest value of the length field: octets between the flags.
pub const MAX_FRAME_LENGTH: usize = 0x7FF;
const MIN_FRAME_LENGTH: usize = 7;
const FORMAT_TYPE_3: u8 = 0xA0;
const SEGMENTED: u8 = 0x08;

/// A frame whose checks are good.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Frame<'a> {
    /// Who is to read it.
    pub destination: WireAddress,
    /// Who sent it.
    pub source: WireAddress,
    /// What it is for.
    pub control: Control,
    /// Whether more segments of the same message follow.
    pub segmented: bool,
    /// The information field; empty when there is none.
    pub information: &'a [u8],
}

/// Why bytes that begin with a flag are not a good frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum FrameFault {
    /// More octets are needed to tell.
    #[error("the frame is not complete")]
    Incomplete,
    /// Format, length, addresses or closing flag are not those of a frame.
    #[error("not an HDLC frame of format type 3")]
    NotAFrame,
    /// The header check sequence is wrong, so the length cannot be trusted either.
    #[error("the header check sequence is wrong")]
    HeaderCheck,
    /// The frame check sequence is wrong.
    #[error("the frame check sequence is wrong")]
    FrameCheck {
        /// Octets from the opening flag up to, not including, the closing one.
        length: usize,
    },
}

/// Where the parts of a good frame stand.
#[derive(Debug, Clone)]
pub(super) struct Layout {
    destination: WireAddress,
    source: WireAddress,
    control: Control,
    segmented: bool,
    information: Range<usize>,
    /// Octets from the opening flag up to, not including, the closing one.
    pub(super) length: usize,
}

impl Layout {
    /// The whole length, flags included, of the frame that `bytes` begin, when its header check is good already.
    pub(super) fn begun(bytes: &[u8]) -> Option<usize> {
        let [flag, format, low, after_format @ ..] = bytes else { return None };
        if *flag != FLAG || format & 0xF0 != FORMAT_TYPE_3 {
            return None;
        }
        let length = usize::from(format & 0x07) << 8 | usize::from(*low);
        let (_, rest) = WireAddress::take(after_format)?;
        let (_, rest) = WireAddress::take(rest)?;
        let (_, rest) = rest.split_first()?;
        let check = rest.get(..2)?;
        let header = bytes.get(1..bytes.len().saturating_sub(rest.len()))?;
        (check == Fcs::new().over(header).octets()).then(|| length.saturating_add(2))
    }

    /// Reads and checks the frame at the front of `bytes`.
    pub(super) fn find(bytes: &[u8]) -> Result<Layout, FrameFault> {
        use FrameFault::{Incomplete, NotAFrame};
        let [flag, format, low, after_format @ ..] = bytes else {
            return Err(if bytes.get(1).is_some_and(|b| b & 0xF0 != FORMAT_TYPE_3) { NotAFrame } else { Incomplete });
        };
        let length = usize::from(format & 0x07) << 8 | usize::from(*low);
        if *flag != FLAG || format & 0xF0 != FORMAT_TYPE_3 || length < MIN_FRAME_LENGTH {
            return Err(NotAFrame);
        }
        let runs_out = |rest: &[u8]| if rest.len() < 4 { Incomplete } else { NotAFrame };
        let (destination, rest) = WireAddress::take(after_format).ok_or_else(|| runs_out(after_format))?;
        let (source, rest) = WireAddress::take(rest).ok_or_else(|| runs_out(rest))?;
        let (&control, rest) = rest.split_first().ok_or(Incomplete)?;
        let header_length = destination.octets().len().saturating_add(source.octets().len()).saturating_add(3);
        let mut body_length = length.checked_sub(header_length.saturating_add(2)).ok_or(NotAFrame)?;
        let header = bytes.get(1..header_length.saturating_add(1)).ok_or(Incomplete)?;
        let mut fcs = Fcs::new().over(header);
        let mut body = rest;
        let mut body_start = header_length.saturating_add(1);
        if body_length > 0 {
            // A header check and at least one octet of information.
            body_length = body_length.checked_sub(2).filter(|&n| n > 0).ok_or(NotAFrame)?;
            let (check, after) = rest.split_at_checked(2).ok_or(Incomplete)?;
            if check != fcs.octets() {
                return Err(FrameFault::HeaderCheck);
            }
            fcs = fcs.over(check);
            body = after;
            body_start = body_start.saturating_add(2);
        }
        let (information, rest) = body.split_at_checked(body_length).ok_or(Incomplete)?;
        let [fcs_low, fcs_high, closing, ..] = rest else { return Err(Incomplete) };
        if *closing != FLAG {
            return Err(NotAFrame);
        }
        let length = length.saturating_add(1);
        if [*fcs_low, *fcs_high] != fcs.over(information).octets() {
            return Err(FrameFault::FrameCheck { length });
        }
        Ok(Layout {
            destination,
            source,
            control: Control::from_octet(control),
            segmented: format & SEGMENTED != 0,
            information: body_start..body_start.saturating_add(body_length),
            length,
        })
    }

    /// The frame laid out in `bytes`.
    pub(super) fn frame<'a>(&self, bytes: &'a [u8]) -> Frame<'a> {
        Frame {
            destination: self.destination,
            source: self.source,
            control: self.control,
            segmented: self.segmented,
            information: bytes.get(self.information.clone()).unwrap_or(&[]),
        }
    }
}

impl<'a> Frame<'a> {
    /// Reads the frame at the front of `bytes`, which begin with its opening flag. Tells how many octets it takes,
    /// not counting the closing flag, which may open the next frame.
    ///
    /// # Errors
    /// [`FrameFault`]; [`FrameFault::Incomplete`] asks for more octets.
    pub fn parse(bytes: &'a [u8]) -> Result<(Self, usize), FrameFault> {
        let layout = Layout::find(bytes)?;
        Ok((layout.frame(bytes), layout.length))
    }

    /// The octets on the line, flags included. Information beyond what the length field can count is cut off;
    /// [`super::Parameters`] keeps it below that.
    pub fn encode(&self) -> Vec<u8> {
        let header = self.destination.octets().len().saturating_add(self.source.octets().len()).saturating_add(3);
        let room = MAX_FRAME_LENGTH.saturating_sub(header.saturating_add(4));
        let information = self.information.get(..room).unwrap_or(self.information);
        let checks = if information.is_empty() { 2 } else { 4 };
        let length = header.saturating_add(checks).saturating_add(information.len());
        let [_, _, .., high, low] = length.to_be_bytes();
        let mut bytes = Vec::with_capacity(length.saturating_add(2));
        bytes.push(FLAG);
        bytes.push(FORMAT_TYPE_3 | if self.segmented { SEGMENTED } else { 0 } | (high & 0x07));
        bytes.push(low);
        bytes.extend_from_slice(self.destination.octets());
        bytes.extend_from_slice(self.source.octets());
        bytes.push(self.control.octet());
        let mut fcs = Fcs::new().over(bytes.get(1..).unwrap_or(&[]));
        if !information.is_empty() {
            let check = fcs.octets();
            bytes.extend_from_slice(&check);
            bytes.extend_from_slice(information);
            fcs = fcs.over(&check).over(information);
        }
        bytes.extend_from_slice(&fcs.octets());
        bytes.push(FLAG);
        bytes
    }
}
