//! The frame and its scanner, which finds frames among wake-up octets, echoes and noise.

use super::{Address, DATA_OFFSET, END, START, WAKE_UP};

/// Octets before the data: 68, six of address, 68, control, length.
const HEAD: usize = 10;
/// Check sum and end.
const TAIL: usize = 2;
/// The longest data field, 200 octets, is for reading; the length octet could say more, and answers with more are taken.
pub const MAXIMUM_DATA: usize = 200;

/// One frame, its data with the offset of 33h taken away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frame {
    /// Whom the frame is for, or who answers.
    pub address: Address,
    /// Control octet with its answer flags.
    pub control: u8,
    /// Data as meant, not as sent.
    pub data: Vec<u8>,
}

/// Why a frame cannot be built.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FrameError {
    /// More than 200 octets.
    #[error("{0} octets of data do not fit a DL/T 645 frame of at most 200")]
    TooLong(usize),
}

impl Frame {
    /// Whether this is an answer rather than a request (or the echo of one).
    pub fn is_reply(&self) -> bool {
        self.control & super::control::REPLY != 0
    }

    /// The octets for the wire, `wake_ups` octets FE in front.
    ///
    /// # Errors
    /// [`FrameError::TooLong`].
    pub fn encode(&self, wake_ups: usize) -> Result<Vec<u8>, FrameError> {
        let too_long = FrameError::TooLong(self.data.len());
        if self.data.len() > MAXIMUM_DATA {
            return Err(too_long);
        }
        let length = u8::try_from(self.data.len()).map_err(|_| too_long)?;
        let mut body = vec![START];
        body.extend(self.address.wire());
        body.extend([START, self.control, length]);
        body.extend(self.data.iter().map(|octet| octet.wrapping_add(DATA_OFFSET)));
        let sum = check_sum(&body);
        body.extend([sum, END]);
        let mut octets = vec![WAKE_UP; wake_ups];
        octets.extend(body);
        Ok(octets)
    }
}

/// Sum modulo 256.
fn check_sum(octets: &[u8]) -> u8 {
    octets.iter().fold(0u8, |sum, octet| sum.wrapping_add(*octet))
}

/// What the scanner found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ScanEvent {
    /// A frame whose check sum is right.
    Frame(Frame),
    /// A frame whose check sum or end octet is wrong.
    Damaged,
}

/// Finds frames in a stream: skips FE and noise, and starts anew one octet on after a false start.
#[derive(Debug, Clone, Default)]
pub struct FrameScanner {
    pending: Vec<u8>,
    /// Octets thrown away that were neither wake-up nor part of a frame.
    discarded: usize,
}

impl FrameScanner {
    /// Takes octets as they come and gives every frame they complete.
    pub fn push(&mut self, octets: &[u8]) -> Vec<ScanEvent> {
        self.pending.extend_from_slice(octets);
        let mut events = Vec::new();
        while let Some(event) = self.next_event() {
            events.push(event);
        }
        events
    }

    /// Octets thrown away so far, wake-up octets not counted.
    pub fn discarded(&self) -> usize {
        self.discarded
    }

    /// Whether a frame has begun and is not complete.
    pub fn is_within_frame(&self) -> bool {
        !self.pending.is_empty()
    }

    fn next_event(&mut self) -> Option<ScanEvent> {
        loop {
            self.skip_to_start();
            match self.candidate() {
                Candidate::Incomplete => return None,
                Candidate::FalseStart => self.drop_front(1),
                Candidate::Frame(frame, length) => {
                    self.pending.drain(..length.min(self.pending.len()));
                    return Some(ScanEvent::Frame(frame));
                }
                Candidate::Damaged => {
                    self.drop_front(1);
                    return Some(ScanEvent::Damaged);
                }
            }
        }
    }

    fn skip_to_start(&mut self) {
        let skip = self.pending.iter().position(|octet| *octet == START).unwrap_or(self.pending.len());
        let noise = self.pending.iter().take(skip).filter(|octet| **octet != WAKE_UP).count();
        self.discarded = self.discarded.saturating_add(noise);
        self.pending.drain(..skip);
    }

    fn drop_front(&mut self, count: usize) {
        self.discarded = self.discarded.saturating_add(count);
        self.pending.drain(..count.min(self.pending.len()));
    }

    /// Judges what stands at the front, which begins with 68h or is empty.
    fn candidate(&self) -> Candidate {
        if self.pending.get(7).is_some_and(|octet| *octet != START) {
            return Candidate::FalseStart;
        }
        let Some(head) = self.pending.first_chunk::<HEAD>() else { return Candidate::Incomplete };
        let [_, a0, a1, a2, a3, a4, a5, _, control, length] = *head;
        let address = Address::from_wire([a0, a1, a2, a3, a4, a5]);
        // Some meters put a record into one answer that the standard has in two.
        let is_too_long = usize::from(length) > MAXIMUM_DATA && control & super::control::REPLY == 0;
        if is_too_long || !address.is_possible() {
            return Candidate::FalseStart;
        }
        let end_of_data = HEAD.saturating_add(usize::from(length));
        let total = end_of_data.saturating_add(TAIL);
        let (Some(body), Some(tail)) = (self.pending.get(..end_of_data), self.pending.get(end_of_data..total)) else {
            return Candidate::Incomplete;
        };
        if tail != [check_sum(body), END] {
            return Candidate::Damaged;
        }
        let data = body.iter().skip(HEAD).map(|octet| octet.wrapping_sub(DATA_OFFSET)).collect();
        Candidate::Frame(Frame { address, control, data }, total)
    }
}

enum Candidate {
    Incomplete,
    FalseStart,
    Damaged,
    Frame(Frame, usize),
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The answer of a foreign meter to a request for its address.
    const ADDRESS_ANSWER: [u8; 22] = [
        0xFE, 0xFE, 0xFE, 0xFE, 0x68, 0x17, 0x00, 0x00, 0x88, 0x00, 0x00, 0x68, 0x93, 0x06, 0x4A, 0x33, 0x33, 0xBB,
        0x33, 0x33, 0xD9, 0x16,
    ];

    fn frame() -> Frame {
        Frame { address: "000088000017".parse().unwrap(), control: 0x93, data: vec![0x17, 0, 0, 0x88, 0, 0] }
    }

    #[test]
    fn an_answer_longer_than_the_standard_allows_is_taken_and_a_request_is_not() {
        let long = |control: u8| {
            let mut octets = frame().encode(0).unwrap();
            octets.truncate(HEAD);
            octets[8] = control;
            octets[9] = 230;
            octets.extend([0x34; 230]);
            octets.extend([check_sum(&octets), END]);
            octets
        };
        let expected = Frame { control: 0x91, data: vec![1; 230], ..frame() };
        assert_eq!(FrameScanner::default().push(&long(0x91)), [ScanEvent::Frame(expected)]);
        assert_eq!(FrameScanner::default().push(&long(0x11)), []);
    }

    #[test]
    fn known_answer() {
        assert_eq!(frame().encode(4).unwrap(), ADDRESS_ANSWER);
        assert_eq!(FrameScanner::default().push(&ADDRESS_ANSWER), [ScanEvent::Frame(frame())]);
    }

    #[test]
    fn split_at_every_octet_and_noise_around() {
        let mut noisy = vec![0x00, 0x68, 0x55, 0xFE];
        noisy.extend(ADDRESS_ANSWER);
        noisy.extend([0x16, 0x68, 0xFE]);
        for split in 0..=noisy.len() {
            let mut scanner = FrameScanner::default();
            let mut events = scanner.push(&noisy[..split]);
            events.extend(scanner.push(&noisy[split..]));
            assert_eq!(events, [ScanEvent::Frame(frame())], "split at {split}");
        }
    }

    #[test]
    fn start_octets_inside_the_data_do_not_mislead() {
        let inner = Frame { data: vec![0x68_u8.wrapping_sub(0x33); 30], ..frame() };
        assert_eq!(FrameScanner::default().push(&inner.encode(1).unwrap()), [ScanEvent::Frame(inner)]);
    }

    #[test]
    fn damage_is_told_and_the_next_frame_is_found() {
        let mut octets = ADDRESS_ANSWER.to_vec();
        octets[15] ^= 1;
        octets.extend(ADDRESS_ANSWER);
        let events = FrameScanner::default().push(&octets);
        assert_eq!(events, [ScanEvent::Damaged, ScanEvent::Frame(frame())]);
    }

    #[test]
    fn arbitrary_octets_never_panic_and_memory_stays_bounded() {
        let mut random = fastrand::Rng::with_seed(7);
        let mut scanner = FrameScanner::default();
        for _ in 0..20_000 {
            let octets: Vec<u8> =
                (0..random.usize(0..40)).map(|_| if random.bool() { 0x68 } else { random.u8(..) }).collect();
            scanner.push(&octets);
            assert!(scanner.pending.len() < 300);
        }
    }
}
