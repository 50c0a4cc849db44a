//! Modbus TCP: frames without a check, behind a header with a transaction number (Modbus Messaging on TCP/IP
//! Implementation Guide V1.0b, 3.1.3). To the exchange it looks like an RTU line on which late answers never turn up.
//!
//! Requests that are announced may leave before their turn, as many as the server takes at once. When one of them is
//! answered only when it is repeated, the server does not take them: from then on each waits for the answer to the one
//! before. While an answer to a request that nobody asks for any more is out, as a gateway owes it for each request to a
//! silent unit, none leaves before its turn.

use std::collections::{BTreeSet, VecDeque};
use std::time::Duration;

use crate::link::{Link, LinkError, Moment, pass_on};
use crate::protocol::modbus::crc16;

/// Transaction number, protocol number (0) and length; the unit is counted in the length.
const HEADER: usize = 6;

/// Octets the length may count: unit, function, and what a frame holds.
const LENGTHS: std::ops::RangeInclusive<usize> = 2..=254;

/// A request that has left before its turn.
#[derive(Debug)]
struct Ahead {
    frame: Vec<u8>,
    transaction: u16,
    /// The answer as an RTU frame, when it has come.
    answer: Option<Vec<u8>>,
}

/// The request whose answer is waited for.
#[derive(Debug)]
struct Asked {
    frame: Vec<u8>,
    left_early: bool,
    /// Whether it left before its turn the first time, and was not answered then.
    is_repeated: bool,
}

/// A connection that carries RTU frames in the header of Modbus TCP.
#[derive(Debug)]
pub struct MbapLink {
    inner: Box<dyn Link>,
    /// Number of the request that left last.
    transaction: u16,
    /// Number of the request whose answer is waited for.
    current: u16,
    /// That request, until it is answered.
    asked: Option<Asked>,
    /// Requests that may be on their way at once.
    in_flight: usize,
    ahead: VecDeque<Ahead>,
    /// Announced requests that have not left.
    announced: VecDeque<Vec<u8>>,
    /// Numbers of requests that left before their turn, are not answered, and will not be asked for.
    owed: BTreeSet<u16>,
    incoming: Vec<u8>,
    ready: VecDeque<u8>,
}

impl MbapLink {
    /// Over an open TCP connection.
    pub fn new(inner: Box<dyn Link>) -> Self {
        MbapLink {
            inner,
            transaction: 0,
            current: 0,
            asked: None,
            in_flight: 1,
            ahead: VecDeque::new(),
            announced: VecDeque::new(),
            owed: BTreeSet::new(),
            incoming: Vec::new(),
            ready: VecDeque::new(),
        }
    }

    /// The same link to a server that takes `count` requests at once, at least 1.
    #[must_use]
    pub fn with_in_flight(mut self, count: u8) -> Self {
        self.in_flight = usize::from(count.max(1));
        self
    }

    /// Sends `bytes`, an RTU frame, under the next transaction number and returns that number.
    fn send_numbered(&mut self, bytes: &[u8]) -> Result<u16, LinkError> {
        let frame = bytes.get(..bytes.len().saturating_sub(2)).unwrap_or_default();
        let length = u16::try_from(frame.len()).map_err(|_| LinkError::Fault("the frame is too long".to_owned()))?;
        self.transaction = self.transaction.wrapping_add(1);
        let mut message = self.transaction.to_be_bytes().to_vec();
        message.extend([0, 0]);
        message.extend(length.to_be_bytes());
        message.extend(frame);
        self.inner.send(&message)?;
        Ok(self.transaction)
    }

    /// Requests on their way.
    fn under_way(&self) -> usize {
        let ahead = self.ahead.iter().filter(|ahead| ahead.answer.is_none()).count();
        ahead.saturating_add(self.owed.len()).saturating_add(usize::from(self.asked.is_some()))
    }

    /// Sends announced requests until as many are on their way as may be.
    fn send_ahead(&mut self) -> Result<(), LinkError> {
        while self.owed.is_empty()
            && self.under_way() < self.in_flight
            && let Some(frame) = self.announced.pop_front()
        {
            let transaction = self.send_numbered(&frame)?;
            self.ahead.push_back(Ahead { frame, transaction, answer: None });
        }
        Ok(())
    }

    /// The next request is another than was announced, or one that was not answered.
    fn forget_announced(&mut self) {
        let unanswered = self.ahead.drain(..).filter(|ahead| ahead.answer.is_none());
        self.owed.extend(unanswered.map(|ahead| ahead.transaction));
        self.announced.clear();
    }

    /// Moves whole answers to the request in question on, as RTU frames; keeps those to requests whose turn is to come,
    /// and drops the others.
    fn take_frames(&mut self) {
        while let Some((header, rest)) = self.incoming.split_at_checked(HEADER) {
            let &[number_high, number_low, protocol_high, protocol_low, length_high, length_low] = header else {
                return;
            };
            let length = usize::from(u16::from_be_bytes([length_high, length_low]));
            if (protocol_high, protocol_low) != (0, 0) || !LENGTHS.contains(&length) {
                // No Modbus TCP: whoever waits is to see that something came.
                self.ready.extend(self.incoming.drain(..));
                return;
            }
            let Some(frame) = rest.get(..length) else { return };
            let number = u16::from_be_bytes([number_high, number_low]);
            let mut answer = frame.to_vec();
            answer.extend(crc16(frame).to_le_bytes());
            if number == self.current {
                if self.asked.take().is_some_and(|asked| asked.is_repeated) {
                    self.in_flight = 1;
                }
                self.ready.extend(answer);
            } else if let Some(ahead) = self.ahead.iter_mut().find(|ahead| ahead.transaction == number) {
                ahead.answer = Some(answer);
            } else {
                self.owed.remove(&number);
            }
            self.incoming.drain(..HEADER.saturating_add(length));
        }
    }
}

impl Link for MbapLink {
    pass_on!(self => self.inner; now pause configure settings stop_requested echo note name);

    fn announce(&mut self, frames: Vec<Vec<u8>>) -> Result<(), LinkError> {
        self.forget_announced();
        self.asked = None;
        if self.in_flight > 1 && frames.len() > 1 {
            self.announced = frames.into();
            self.send_ahead()?;
        }
        Ok(())
    }

    fn send(&mut self, bytes: &[u8]) -> Result<(), LinkError> {
        self.ready.clear();
        let before = self.asked.take();
        if self.ahead.front().is_some_and(|ahead| ahead.frame == bytes)
            && let Some(Ahead { frame, transaction, answer }) = self.ahead.pop_front()
        {
            self.current = transaction;
            if answer.is_none() {
                self.asked = Some(Asked { frame, left_early: true, is_repeated: false });
            }
            self.ready.extend(answer.unwrap_or_default());
            return self.send_ahead();
        }
        let is_repeated =
            before.is_some_and(|before| (before.left_early || before.is_repeated) && before.frame == bytes);
        self.forget_announced();
        self.current = self.send_numbered(bytes)?;
        self.asked = Some(Asked { frame: bytes.to_vec(), left_early: false, is_repeated });
        Ok(())
    }

    fn receive(&mut self, buffer: &mut [u8], until: Moment) -> Result<usize, LinkError> {
        let begun = self.inner.now();
        let mut octets = [0u8; 512];
        let mut is_first = true;
        while self.ready.is_empty() {
            // Answers to others may come without end.
            if !std::mem::take(&mut is_first) && self.inner.now() >= until {
                return Err(LinkError::Timeout(until.saturating_sub(begun)));
            }
            let count = self.inner.receive(&mut octets, until).map_err(|error| match error {
                LinkError::Closed if self.under_way() > 1 => LinkError::ClosedOver(self.under_way()),
                error => error,
            })?;
            self.incoming.extend(octets.get(..count).unwrap_or_default());
            self.take_frames();
        }
        let count = self.ready.len().min(buffer.len());
        for (slot, octet) in buffer.iter_mut().zip(self.ready.drain(..count)) {
            *slot = octet;
        }
        Ok(count)
    }

    /// Answers are told apart by their number; only what is owed for requests that left before their turn is waited for.
    fn drain(&mut self, silence: Duration, until: Moment) -> Result<usize, LinkError> {
        let mut buffer = [0u8; 512];
        let mut dropped = 0usize;
        while !self.owed.is_empty() && self.inner.now() < until {
            match self.inner.receive(&mut buffer, self.inner.now().saturating_add(silence).min(until)) {
                Ok(count) => {
                    dropped = dropped.saturating_add(count);
                    self.incoming.extend(buffer.get(..count).unwrap_or_default());
                    self.take_frames();
                    self.ready.clear();
                }
                // What has not come by now is not owed any more.
                Err(LinkError::Timeout(_)) => self.owed.clear(),
                Err(error) => return Err(error),
            }
        }
        Ok(dropped)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::link::memory::FarClosure;
    use crate::link::{FarAction, FarEnd, LineSettings, MemoryLine};

    /// Answers each request as the test has it, whatever was asked.
    #[derive(Debug)]
    struct Far(Vec<Vec<u8>>, Vec<u8>);

    impl FarEnd for Far {
        fn settings(&self) -> LineSettings {
            LineSettings::eight_none_one(9_600)
        }

        fn hear(&mut self, byte: u8, _at: Moment) -> Vec<FarAction> {
            self.1.push(byte);
            if self.1.len() < 12 {
                return Vec::new();
            }
            self.1.clear();
            vec![FarAction::Send(self.0.remove(0))]
        }
    }

    fn link_to(answers: &[&[u8]]) -> MbapLink {
        let answers = answers.iter().map(|answer| answer.to_vec()).collect();
        MbapLink::new(Box::new(MemoryLine::new(Far(answers, Vec::new()))))
    }

    fn request(register: u8) -> Vec<u8> {
        let mut request = vec![3, 4, 0, register, 0, 1];
        request.extend(crc16(&request).to_le_bytes());
        request
    }

    /// The answer of unit 3 to the request of this number.
    fn answer(number: u8, value: u8) -> [u8; 11] {
        [0, number, 0, 0, 0, 5, 3, 4, 2, 0, value]
    }

    /// What the link gives within 50 ms, without the check.
    fn came(link: &mut MbapLink) -> Vec<u8> {
        let mut came = Vec::new();
        let mut buffer = [0u8; 64];
        while let Ok(count) = link.receive(&mut buffer, link.now() + Duration::from_millis(50)) {
            came.extend(&buffer[..count]);
        }
        if !came.is_empty() {
            assert_eq!(crc16(&came), 0);
            came.truncate(came.len() - 2);
        }
        came
    }

    #[test]
    fn an_answer_to_an_earlier_request_is_dropped() {
        let mut link = link_to(&[&[], &[answer(1, 7), answer(2, 9)].concat()]);
        link.send(&request(0)).unwrap();
        assert!(came(&mut link).is_empty());
        link.send(&request(0)).unwrap();
        assert_eq!(came(&mut link), [3, 4, 2, 0, 9]);
    }

    #[test]
    fn answers_in_any_order_go_to_their_requests() {
        // Two leave at once, and are answered the wrong way round.
        let both = [answer(2, 8), answer(1, 7)].concat();
        let mut link = link_to(&[&[], &both, &answer(3, 9)]).with_in_flight(2);
        link.announce(vec![request(0), request(1), request(2)]).unwrap();
        for (register, value) in [(0, 7), (1, 8), (2, 9)] {
            link.send(&request(register)).unwrap();
            assert_eq!(came(&mut link), [3, 4, 2, 0, value]);
        }
    }

    #[test]
    fn a_server_that_takes_one_at_a_time_is_asked_one_at_a_time() {
        // It answers the first of two and drops the second.
        let mut link = link_to(&[&answer(1, 7), &[], &answer(3, 8), &answer(4, 9)]).with_in_flight(2);
        link.announce(vec![request(0), request(1)]).unwrap();
        link.send(&request(0)).unwrap();
        assert_eq!(came(&mut link), [3, 4, 2, 0, 7]);
        link.send(&request(1)).unwrap();
        assert!(came(&mut link).is_empty());
        link.send(&request(1)).unwrap();
        assert_eq!(came(&mut link), [3, 4, 2, 0, 8]);
        link.announce(vec![request(2), request(3)]).unwrap();
        link.send(&request(2)).unwrap();
        assert_eq!(came(&mut link), [3, 4, 2, 0, 9], "the fourth request is the first that left");
    }

    #[test]
    fn another_request_than_was_announced_is_sent() {
        let mut link = link_to(&[&answer(1, 7), &answer(2, 8), &answer(3, 9)]).with_in_flight(2);
        link.announce(vec![request(0), request(1)]).unwrap();
        link.send(&request(5)).unwrap();
        assert_eq!(came(&mut link), [3, 4, 2, 0, 9]);
    }

    #[test]
    fn a_repeat_that_is_not_answered_either_says_nothing_of_the_server() {
        // The unit is silent; another takes two at once as before.
        let mut link = link_to(&[&[], &[], &[], &[], &[answer(5, 7), answer(4, 6)].concat()]).with_in_flight(2);
        link.announce(vec![request(0), request(1)]).unwrap();
        for _ in 0..2 {
            link.send(&request(0)).unwrap();
            assert!(came(&mut link).is_empty());
        }
        link.announce(Vec::new()).unwrap();
        link.drain(Duration::from_millis(50), Duration::from_secs(60)).unwrap();
        link.announce(vec![request(2), request(3)]).unwrap();
        link.send(&request(2)).unwrap();
        assert_eq!(link.under_way(), 2);
    }

    #[test]
    fn what_a_gateway_owes_for_a_silent_unit_is_waited_for() {
        // Gateway target failed to respond, for the request that is waited for and then for the one that left early.
        let failed = |number: u8| [0, number, 0, 0, 0, 3, 3, 0x84, 0x0B];
        let mut link = link_to(&[&failed(1), &failed(2), &answer(3, 9)]).with_in_flight(2);
        link.announce(vec![request(0), request(1)]).unwrap();
        link.send(&request(0)).unwrap();
        assert_eq!(came(&mut link), [3, 0x84, 0x0B]);
        link.announce(Vec::new()).unwrap();
        link.drain(Duration::from_millis(50), Duration::from_secs(60)).unwrap();
        assert_eq!(link.under_way(), 0);
        link.send(&request(4)).unwrap();
        assert_eq!(came(&mut link), [3, 4, 2, 0, 9]);
    }

    #[test]
    fn a_hang_up_tells_how_many_requests_it_leaves_unanswered() {
        for (answered, left) in [(0, LinkError::ClosedOver(3)), (1, LinkError::ClosedOver(2)), (2, LinkError::Closed)] {
            let mut heard = 0;
            let far = FarClosure::new(LineSettings::eight_none_one(9_600), move |_, _| {
                heard += 1;
                if heard < 36 {
                    return Vec::new();
                }
                let answers = (1..=answered).flat_map(|number| answer(number, 7)).collect();
                vec![FarAction::Send(answers), FarAction::HangUp]
            });
            let mut link = MbapLink::new(Box::new(MemoryLine::new(far))).with_in_flight(3);
            link.announce(vec![request(0), request(1), request(2)]).unwrap();
            link.send(&request(0)).unwrap();
            let mut octets = [0u8; 64];
            let end = loop {
                if let Err(error) = link.receive(&mut octets, Duration::from_secs(60)) {
                    break error;
                }
            };
            assert_eq!(end, left, "after {answered} answers");
        }
    }
}
