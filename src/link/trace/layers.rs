//! From recorded bytes to frames in words, from the outermost layer in, whatever protocol was spoken.

use super::{Direction, Record};
use crate::protocol::describe::{
    DescribeKeys, Layer, Sender, describe_apdu, describe_ascii, describe_damage, describe_dlt645, describe_frame,
    describe_modbus, describe_wrapper,
};
use crate::protocol::dlms::{AareApdu, GeneralBlock, SystemTitle, WrapperReader};
use crate::protocol::dlt645::{FrameScanner, START, ScanEvent, WAKE_UP};
use crate::protocol::hdlc::{Control, FLAG, Frame, FrameReader, LLC_REQUEST, LLC_RESPONSE};
use crate::protocol::iec62056_21::{Reader, Side};
use crate::protocol::redaction::fill;

/// Longest message put together from segments: the longest APDU and its link header.
const LONGEST_MESSAGE: usize = 0xFFFF + 3;

/// Reads both directions of a trace along.
#[derive(Debug)]
pub struct Decoder {
    sent: Stream,
    received: Stream,
    /// Whether the line was last set to seven bits, in which only IEC 62056-21 is spoken.
    seven_bits: Option<bool>,
    keys: Option<DescribeKeys>,
}

#[derive(Debug)]
struct Stream {
    ascii: Reader,
    hdlc: FrameReader,
    wrapper: WrapperReader,
    dlt645: FrameScanner,
    /// Information of the segments of an unfinished HDLC message.
    segments: Vec<u8>,
    /// What the blocks of an unfinished general block transfer have brought.
    blocks: Vec<u8>,
}

/// What a stretch of bytes is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Spoken {
    Ascii,
    Hdlc,
    Wrapper,
    Dlt645,
    Modbus,
}

impl Decoder {
    /// A decoder that looks into ciphered data units with these keys.
    pub fn new(keys: Option<DescribeKeys>) -> Self {
        let stream = |side| Stream {
            ascii: Reader::new(side),
            hdlc: FrameReader::new(),
            wrapper: WrapperReader::new(),
            dlt645: FrameScanner::default(),
            segments: Vec::new(),
            blocks: Vec::new(),
        };
        Decoder { sent: stream(Side::Meter), received: stream(Side::Client), seven_bits: None, keys }
    }

    /// The frames that end in a record, each as its layers.
    pub fn record(&mut self, record: &Record) -> Vec<Vec<Layer>> {
        let stream = match record.direction {
            Direction::Sent => &mut self.sent,
            Direction::Received => &mut self.received,
            Direction::Settings => {
                self.seven_bits = record.note.as_deref().map(|note| note.contains(" 7"));
                return Vec::new();
            }
            Direction::Timeout | Direction::Closed => {
                self.received.forget();
                return Vec::new();
            }
            Direction::Note => return Vec::new(),
        };
        let bytes = fill(&record.bytes);
        let frames = match stream.spoken(&bytes, self.seven_bits) {
            Spoken::Ascii => stream.ascii(&bytes),
            Spoken::Hdlc => {
                let sender = if record.direction == Direction::Sent { Sender::Client } else { Sender::Meter };
                stream.hdlc(&bytes, sender, self.keys.as_ref())
            }
            Spoken::Wrapper => stream.wrapper(&bytes, self.keys.as_ref()),
            Spoken::Dlt645 => stream.dlt645(&bytes),
            Spoken::Modbus => modbus(&bytes),
        };
        // The meter shows how the check of both sides is made.
        self.sent.ascii.set_block_check(self.received.ascii.block_check());
        self.learn_title(&bytes);
        frames
    }

    /// The meter tells its system title in the AARE; replies of service-specific ciphering need it.
    fn learn_title(&mut self, bytes: &[u8]) {
        let Some(keys) = self.keys.as_mut().filter(|keys| keys.server_title.is_none()) else { return };
        let tail = |start: usize| bytes.get(start..).unwrap_or_default();
        let starts = bytes.iter().enumerate().filter(|(_, octet)| **octet == 0x61).map(|(start, _)| start);
        keys.server_title = starts.into_iter().find_map(|start| {
            let length = usize::from(*tail(start).get(1)?).saturating_add(2);
            let aare = AareApdu::from_bytes(tail(start).get(..length)?).ok()?;
            SystemTitle::from_octets(&aare.responding_title?)
        });
    }
}

impl Stream {
    /// Judged by a frame under way, else by how the bytes begin.
    fn spoken(&self, bytes: &[u8], seven_bits: Option<bool>) -> Spoken {
        if seven_bits == Some(true) || self.ascii.is_inside_frame() {
            return Spoken::Ascii;
        }
        if self.hdlc.is_unfinished() {
            return Spoken::Hdlc;
        }
        if self.wrapper.is_unfinished() {
            return Spoken::Wrapper;
        }
        if self.dlt645.is_within_frame() {
            return Spoken::Dlt645;
        }
        let start = bytes.iter().position(|octet| *octet != WAKE_UP).unwrap_or(0);
        match bytes.get(start..).unwrap_or_default() {
            _ if !modbus(bytes).is_empty() => Spoken::Modbus,
            [START, ..] => Spoken::Dlt645,
            [FLAG, ..] => Spoken::Hdlc,
            [0, 1, ..] => Spoken::Wrapper,
            rest if seven_bits.is_some() && rest.contains(&FLAG) => Spoken::Hdlc,
            _ => Spoken::Ascii,
        }
    }

    fn forget(&mut self) {
        self.ascii.reset();
        self.hdlc.clear();
        self.wrapper.clear();
        self.dlt645 = FrameScanner::default();
    }

    fn ascii(&mut self, bytes: &[u8]) -> Vec<Vec<Layer>> {
        bytes.iter().filter_map(|byte| self.ascii.feed(*byte)).map(|frame| describe_ascii(&frame)).collect()
    }

    fn hdlc(&mut self, bytes: &[u8], sender: Sender, keys: Option<&DescribeKeys>) -> Vec<Vec<Layer>> {
        let before = self.hdlc.statistics();
        self.hdlc.push(bytes);
        let mut frames = Vec::new();
        while let Some(frame) = self.hdlc.next_frame() {
            frames.push(hdlc_layers(&frame, sender, &mut self.segments, &mut self.blocks, keys));
        }
        let after = self.hdlc.statistics();
        if after.bad_frame_checks > before.bad_frame_checks || after.bad_header_checks > before.bad_header_checks {
            frames.push(describe_damage("HDLC frame with a wrong check sequence"));
        }
        frames
    }

    fn wrapper(&mut self, bytes: &[u8], keys: Option<&DescribeKeys>) -> Vec<Vec<Layer>> {
        self.wrapper.push(bytes);
        let mut frames = Vec::new();
        loop {
            match self.wrapper.next_frame() {
                Ok(Some(frame)) => {
                    let mut layers = describe_wrapper(&frame, keys);
                    let whole = whole_of_blocks(&frame.apdu, &mut self.blocks).flatten();
                    layers.extend(whole.into_iter().flat_map(|apdu| describe_apdu(&apdu, keys)));
                    frames.push(layers);
                }
                Ok(None) => return frames,
                Err(problem) => {
                    self.wrapper.clear();
                    frames.push(describe_damage(&problem.to_string()));
                    return frames;
                }
            }
        }
    }

    fn dlt645(&mut self, bytes: &[u8]) -> Vec<Vec<Layer>> {
        let events = self.dlt645.push(bytes).into_iter();
        let told = events.map(|event| match event {
            ScanEvent::Frame(frame) => describe_dlt645(&frame),
            ScanEvent::Damaged => describe_damage("DL/T 645 frame with a wrong check sum"),
        });
        told.collect()
    }
}

/// One frame, or the echo of a request and its answer; nothing when no check fits.
fn modbus(bytes: &[u8]) -> Vec<Vec<Layer>> {
    if let Some(layers) = describe_modbus(bytes) {
        return vec![layers];
    }
    let two = |at: usize| {
        let (echo, answer) = bytes.split_at_checked(at)?;
        Some(vec![describe_modbus(echo)?, describe_modbus(answer)?])
    };
    (4..bytes.len().saturating_sub(3)).find_map(two).unwrap_or_default()
}

/// A frame's layers. Segments and blocks are put together, and the last one shows the whole message.
fn hdlc_layers(
    frame: &Frame<'_>,
    sender: Sender,
    segments: &mut Vec<u8>,
    blocks: &mut Vec<u8>,
    keys: Option<&DescribeKeys>,
) -> Vec<Layer> {
    let mut layers = describe_frame(&frame.encode(), Some(sender), keys);
    if !matches!(frame.control, Control::Information { .. } | Control::UnnumberedInformation { .. }) {
        return layers;
    }
    let header = [LLC_REQUEST, LLC_RESPONSE].iter().find(|header| frame.information.starts_with(*header));
    if header.is_some() {
        segments.clear();
    }
    if frame.segmented || !segments.is_empty() {
        if segments.len().saturating_add(frame.information.len()) > LONGEST_MESSAGE {
            segments.clear();
        }
        segments.extend_from_slice(frame.information);
    }
    if frame.segmented {
        return layers;
    }
    let message = if segments.is_empty() { frame.information.to_vec() } else { std::mem::take(segments) };
    // Some meters put the link header in front of the first block only.
    let header = [LLC_REQUEST, LLC_RESPONSE].iter().find(|header| message.starts_with(*header));
    let apdu = message.get(header.map_or(0, |header| header.len())..).unwrap_or_default();
    let was_segmented = message.len() > frame.information.len();
    let whole = whole_of_blocks(apdu, blocks);
    if was_segmented || whole.is_some() {
        layers.truncate(1);
        layers.extend(describe_apdu(apdu, keys));
    }
    layers.extend(whole.flatten().into_iter().flat_map(|apdu| describe_apdu(&apdu, keys)));
    layers
}

/// `None` for an APDU that is no block; the whole APDU with the last block.
fn whole_of_blocks(apdu: &[u8], blocks: &mut Vec<u8>) -> Option<Option<Vec<u8>>> {
    let block = GeneralBlock::from_bytes(apdu).ok()?;
    if block.number <= 1 || blocks.len().saturating_add(block.octets.len()) > LONGEST_MESSAGE {
        blocks.clear();
    }
    blocks.extend_from_slice(&block.octets);
    Some(block.last.then(|| std::mem::take(blocks)).filter(|apdu| !apdu.is_empty()))
}
