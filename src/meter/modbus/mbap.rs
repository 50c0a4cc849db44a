//! Modbus TCP: frames without a check, behind a header with a transaction number (Modbus Messaging on TCP/IP
//! Implementation Guide V1.0b, 3.1.3). To the exchange it looks like an RTU line on which no answer is taken for another:
//! a late one to the same request, put again, is an answer to it; one to an earlier request is none to what is asked now, and
//! is only told to who wants to know of it.
//!
//! Requests that are announced may leave before their turn, as many as the server takes at once. When one of them is
//! answered only when it is repeated, the server does not take them: from then on each waits for the answer to the one
//! before. While an answer is owed to a request that nobody asks for any more, as a gateway owes one for each request to a
//! silent unit, none leaves before its turn.

use std::collections::{BTreeMap, VecDeque};
use std::time::Duration;

use crate::link::{Link, LinkError, Moment, pass_on};
use crate::protocol::modbus::crc16;

/// Transaction number, protocol number (0) and length; the unit is counted in the length.
const HEADER: usize = 6;

/// Octets the length may count: unit, function, and what a frame holds.
const LENGTHS: std::ops::RangeInclusive<usize> = 2..=254;

/// Answers owed that are remembered.
const MOST_OWED: usize = 64;

/// What has not come after this time does not come any more.
const LONGEST_OWED: Duration = Duration::from_secs(60);

/// Exceptions by which a gateway itself answers for a unit: path unavailable, target failed to respond.
const OF_GATEWAY: [u8; 2] = [0x0A, 0x0B];

/// A request that has left before its turn.
#[derive(Debug)]
struct Ahead {
    frame: Vec<u8>,
    transaction: u16,
    sent_at: Moment,
    /// The answer as an RTU frame, when it has come.
    answer: Option<Vec<u8>>,
}

/// The request whose answer is waited for.
#[derive(Debug)]
struct Asked {
    frame: Vec<u8>,
    /// The number it was sent under, and when; its repetitions stand behind the first.
    attempts: Vec<(u16, Moment)>,
    /// Whether it left before its turn the first time.
    left_early: bool,
}

/// An answer that nobody waits for.
#[derive(Debug, Clone, Copy)]
struct Owed {
    sent_at: Moment,
    /// Whether it is waited for before more is sent; not once that has taken too long.
    holds_up: bool,
}

/// A connection that carries RTU frames in the header of Modbus TCP.
#[derive(Debug)]
pub struct MbapLink {
    inner: Box<dyn Link>,
    /// Number of the request that left last.
    transaction: u16,
    /// The request in question, until it is answered.
    asked: Option<Asked>,
    /// Requests that may be on their way at once.
    in_flight: usize,
    ahead: VecDeque<Ahead>,
    /// Announced requests that have not left.
    announced: VecDeque<Vec<u8>>,
    owed: BTreeMap<u16, Owed>,
    /// The longest that an answer took that came too late.
    slowest: Option<Duration>,
    incoming: Vec<u8>,
    ready: VecDeque<u8>,
    /// Answers to requests that were given up, as RTU frames.
    late: VecDeque<Vec<u8>>,
}

impl MbapLink {
    /// Over an open TCP connection.
    pub fn new(inner: Box<dyn Link>) -> Self {
        MbapLink {
            inner,
            transaction: 0,
            asked: None,
            in_flight: 1,
            ahead: VecDeque::new(),
            announced: VecDeque::new(),
            owed: BTreeMap::new(),
            slowest: None,
            incoming: Vec::new(),
            ready: VecDeque::new(),
            late: VecDeque::new(),
        }
    }

    /// The same link to a server that takes `count` requests at once, at least 1.
    #[must_use]
    pub fn with_in_flight(mut self, count: u8) -> Self {
        self.in_flight = usize::from(count.max(1));
        self
    }

    /// Sends `bytes`, an RTU frame, under the next transaction number and returns that number and the time.
    fn send_numbered(&mut self, bytes: &[u8]) -> Result<(u16, Moment), LinkError> {
        let frame = bytes.get(..bytes.len().saturating_sub(2)).unwrap_or_default();
        let length = u16::try_from(frame.len()).map_err(|_| LinkError::Fault("the frame is too long".to_owned()))?;
        self.transaction = self.transaction.wrapping_add(1);
        let mut message = self.transaction.to_be_bytes().to_vec();
        message.extend([0, 0]);
        message.extend(length.to_be_bytes());
        message.extend(frame);
        self.inner.send(&message)?;
        Ok((self.transaction, self.inner.now()))
    }

    /// Requests on their way, as far as answers to them are waited for.
    fn under_way(&self) -> usize {
        let ahead = self.ahead.iter().filter(|ahead| ahead.answer.is_none()).count();
        ahead.saturating_add(self.owed_now()).saturating_add(usize::from(self.asked.is_some()))
    }

    fn owed_now(&self) -> usize {
        self.owed.values().filter(|owed| owed.holds_up).count()
    }

    /// Sends announced requests until as many are on their way as may be.
    fn send_ahead(&mut self) -> Result<(), LinkError> {
        while self.owed_now() == 0
            && self.under_way() < self.in_flight
            && let Some(frame) = self.announced.pop_front()
        {
            let (transaction, sent_at) = self.send_numbered(&frame)?;
            self.ahead.push_back(Ahead { frame, transaction, sent_at, answer: None });
        }
        Ok(())
    }

    /// Answers to these requests are owed from now on.
    fn owe(&mut self, requests: impl IntoIterator<Item = (u16, Moment)>) {
        let now = self.inner.now();
        self.owed.retain(|_, owed| now.saturating_sub(owed.sent_at) < LONGEST_OWED);
        let owed = requests.into_iter().map(|(number, sent_at)| (number, Owed { sent_at, holds_up: true }));
        self.owed.extend(owed);
        while self.owed.len() > MOST_OWED
            && let Some(oldest) = self.owed.iter().min_by_key(|(_, owed)| owed.sent_at).map(|(number, _)| *number)
        {
            self.owed.remove(&oldest);
        }
    }

    /// The next request is another than was announced, or one that was not answered.
    fn forget_announced(&mut self) {
        let unanswered: Vec<_> = self.ahead.drain(..).filter(|ahead| ahead.answer.is_none()).collect();
        self.owe(unanswered.into_iter().map(|ahead| (ahead.transaction, ahead.sent_at)));
        self.announced.clear();
    }

    /// The request in question is given up.
    fn forget_asked(&mut self) {
        let attempts = self.asked.take().map(|asked| asked.attempts).unwrap_or_default();
        self.owe(attempts);
    }

    fn note_late(&mut self, sent_at: Moment) {
        let delay = self.inner.now().saturating_sub(sent_at);
        self.slowest = Some(self.slowest.unwrap_or_default().max(delay));
    }

    /// Moves whole answers to the request in question on, as RTU frames; keeps those to requests whose turn is to come.
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
            let Some(frame) = rest.get(..length).map(<[u8]>::to_vec) else { return };
            self.incoming.drain(..HEADER.saturating_add(length));
            self.take(u16::from_be_bytes([number_high, number_low]), &frame);
        }
    }

    /// One answer, without a check.
    fn take(&mut self, number: u16, frame: &[u8]) {
        let mut answer = frame.to_vec();
        answer.extend(crc16(frame).to_le_bytes());
        let nth = |asked: &Asked| asked.attempts.iter().position(|(attempt, _)| *attempt == number);
        if let Some(nth) = self.asked.as_ref().and_then(nth)
            && let Some(mut asked) = self.asked.take()
        {
            let (_, sent_at) = asked.attempts.remove(nth);
            if nth < asked.attempts.len() {
                self.note_late(sent_at);
            } else if asked.left_early && nth > 0 {
                self.in_flight = 1;
            }
            self.owe(asked.attempts);
            self.ready.extend(answer);
        } else if let Some(ahead) = self.ahead.iter_mut().find(|ahead| ahead.transaction == number) {
            ahead.answer = Some(answer);
        } else if let Some(owed) = self.owed.remove(&number) {
            self.note_late(owed.sent_at);
            let is_of_gateway = matches!(frame, [_, function, code] if *function > 0x7F && OF_GATEWAY.contains(code));
            if !is_of_gateway {
                self.late.push_back(answer);
                self.late.drain(..self.late.len().saturating_sub(MOST_OWED));
            }
        }
    }
}

impl Link for MbapLink {
    pass_on!(self => self.inner; now pause configure settings stop_requested echo note name);

    fn announce(&mut self, frames: Vec<Vec<u8>>) -> Result<(), LinkError> {
        self.forget_announced();
        self.forget_asked();
        if self.in_flight > 1 && frames.len() > 1 {
            self.announced = frames.into();
            self.send_ahead()?;
        }
        Ok(())
    }

    fn send(&mut self, bytes: &[u8]) -> Result<(), LinkError> {
        self.ready.clear();
        if self.ahead.front().is_some_and(|ahead| ahead.frame == bytes)
            && let Some(Ahead { frame, transaction, sent_at, answer }) = self.ahead.pop_front()
        {
            self.forget_asked();
            match answer {
                Some(answer) => self.ready.extend(answer),
                None => {
                    let attempts = vec![(transaction, sent_at)];
                    self.asked = Some(Asked { frame, attempts, left_early: true });
                }
            }
            return self.send_ahead();
        }
        self.forget_announced();
        if self.asked.as_ref().is_some_and(|asked| asked.frame != bytes) {
            self.forget_asked();
        }
        let attempt = self.send_numbered(bytes)?;
        let asked =
            self.asked.get_or_insert_with(|| Asked { frame: bytes.to_vec(), attempts: Vec::new(), left_early: false });
        asked.attempts.push(attempt);
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

    /// Waits for answers that are owed: to requests that left before their turn, and all once one has come late, for as
    /// long as the slowest took.
    fn drain(&mut self, silence: Duration, until: Moment) -> Result<usize, LinkError> {
        let slowest = self.slowest.unwrap_or_default();
        let silence = silence.max(slowest.saturating_add(slowest / 4));
        let mut buffer = [0u8; 512];
        let mut came = 0usize;
        while self.owed_now() > 0 && (self.in_flight > 1 || self.slowest.is_some()) && self.inner.now() < until {
            match self.inner.receive(&mut buffer, self.inner.now().saturating_add(silence).min(until)) {
                Ok(count) => {
                    came = came.saturating_add(count);
                    self.incoming.extend(buffer.get(..count).unwrap_or_default());
                    self.take_frames();
                }
                Err(LinkError::Timeout(_)) => {
                    // One slow moment does not make every wait a long one.
                    self.slowest = self.slowest.map(|slowest| slowest / 2);
                    break;
                }
                Err(error) => return Err(error),
            }
        }
        self.owed.values_mut().for_each(|owed| owed.holds_up = false);
        Ok(came)
    }

    fn take_late(&mut self) -> Vec<Vec<u8>> {
        std::mem::take(&mut self.late).into()
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
    fn a_late_answer_is_that_of_its_request_and_of_no_other() {
        let mut link = link_to(&[&[], &answer(1, 7), &answer(2, 8)]);
        link.send(&request(0)).unwrap();
        assert!(came(&mut link).is_empty());
        // The same request, put again.
        link.send(&request(0)).unwrap();
        assert_eq!(came(&mut link), [3, 4, 2, 0, 7]);
        // What the repetition brings, too, is no answer to the next request.
        link.send(&request(5)).unwrap();
        assert!(came(&mut link).is_empty());
    }

    #[test]
    fn a_late_answer_is_never_one_to_a_question_asked_anew() {
        for waits in [true, false] {
            let mut link = link_to(&[&[], &answer(1, 7), &[]]);
            link.slowest = waits.then_some(Duration::from_millis(20));
            link.send(&request(0)).unwrap();
            assert!(came(&mut link).is_empty());
            // The question is given up; its answer comes with the next one's.
            link.announce(Vec::new()).unwrap();
            link.drain(Duration::from_millis(50), Duration::from_secs(60)).unwrap();
            for register in [5, 0] {
                link.send(&request(register)).unwrap();
                assert!(came(&mut link).is_empty());
                link.announce(Vec::new()).unwrap();
            }
            assert_eq!(link.take_late().iter().map(|frame| frame[4]).collect::<Vec<_>>(), [7]);
        }
    }

    #[test]
    fn a_late_answer_of_another_unit_is_told_and_a_gateway_that_answers_for_one_is_not() {
        let late = [0, 1, 0, 0, 0, 5, 8, 4, 2, 0, 7];
        let for_silent = [0, 2, 0, 0, 0, 3, 9, 0x84, 0x0B];
        let mut link = link_to(&[&[], &[], &[&late[..], &for_silent].concat()]);
        for unit in [8, 9, 3] {
            let mut frame = vec![unit, 4, 0, 0, 0, 1];
            frame.extend(crc16(&frame).to_le_bytes());
            link.send(&frame).unwrap();
            assert!(came(&mut link).is_empty());
        }
        let told = link.take_late();
        assert!(told.len() == 1 && told[0].starts_with(&late[6..]), "{told:02X?}");
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
        assert!(link.under_way() == 0 && link.owed.is_empty());
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
