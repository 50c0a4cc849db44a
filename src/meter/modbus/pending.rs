//! Replies that may still be on their way. A reply to a read names neither registers nor request, so one that comes
//! late looks like the reply to the next request of the same form.

use std::collections::BTreeMap;
use std::time::Duration;

use crate::link::Moment;
use crate::protocol::modbus::{Answer, Request, Table, answer_at, interpret};

/// Requests kept for each unit; a unit that never answers would have them grow without end.
const KEPT: usize = 16;

/// A request that is out.
#[derive(Debug, Clone)]
struct PendingReply {
    request: Request,
    /// As it was sent.
    frame: Vec<u8>,
    sent_at: Moment,
    /// Repetitions of one question have the same number.
    question: u64,
}

/// What one frame of a unit is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Attribution {
    /// The reply to the request in question and to no other; how long it took.
    Ours(Answer, Duration),
    /// A reply to an earlier request, or to one of several that cannot be told apart; the delay of the oldest.
    Late(Duration),
    /// No request that is out has such a reply.
    Foreign,
}

/// Where a frame stands among the octets received, its check included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Place {
    from: usize,
    to: usize,
}

/// The replies of every unit of a line that have not come.
#[derive(Debug, Clone, Default)]
pub(super) struct PendingReplies {
    units: BTreeMap<u8, Vec<PendingReply>>,
    question: u64,
}

impl PendingReplies {
    /// From now on another question is asked, even if it is put in the same words: its answer is to be a fresh one.
    pub(super) fn next_question(&mut self) {
        self.question = self.question.wrapping_add(1);
    }

    /// A request has left.
    pub(super) fn sent(&mut self, unit: u8, request: &Request, frame: &[u8], sent_at: Moment) {
        let question = self.question;
        let list = self.units.entry(unit).or_default();
        list.push(PendingReply { request: request.clone(), frame: frame.to_vec(), sent_at, question });
        if list.len() > KEPT {
            // The oldest of a question asked more than once: the others still stand for it.
            let twice = list.iter().position(|one| list.iter().filter(|two| two.request == one.request).count() > 1);
            list.remove(twice.unwrap_or_default());
        }
    }

    /// Whether a reply is out that could be taken for the one to `request`: same function, same length, another
    /// question.
    pub(super) fn are_ambiguous(&self, unit: u8, request: &Request) -> bool {
        self.newest(unit, request).is_some()
    }

    /// A read of the same unit whose reply no request that is out can give, best first: of the other kind of register,
    /// or of another length.
    pub(super) fn probes(&self, unit: u8, request: &Request) -> Vec<Request> {
        let (table, first, count) = match request {
            Request::Read { table, first, count } => (*table, *first, *count),
            Request::WriteSingle { register: first, .. }
            | Request::WriteMultiple { first, .. }
            | Request::WriteAndRead { first, .. } => (Table::Holding, *first, 1),
            Request::WriteCoil { coil: first, .. } | Request::WriteCoils { first, .. } => (Table::Coils, *first, 1),
            Request::DeviceIdentification | Request::ServerIdentification => (Table::Holding, 0, 1),
        };
        let read = |table, count| Request::Read { table, first, count };
        let lengths = (1..=count.saturating_add(8).min(table.most())).rev();
        let same_kind = lengths.map(|count| read(table, count));
        let mut probes: Vec<Request> = [read(table.sibling(), count)].into_iter().chain(same_kind).collect();
        probes.retain(|probe| {
            first.checked_add(probe_count(probe).saturating_sub(1)).is_some() && !self.are_ambiguous(unit, probe)
        });
        probes
    }

    /// The same read with some registers more, whose reply no request that is out can give, and how many registers are
    /// wanted of it.
    pub(super) fn longer(&self, unit: u8, request: &Request) -> Option<(Request, usize)> {
        let Request::Read { table, first, count } = request else { return None };
        (1..=8).find_map(|more| {
            let longer = count.checked_add(more).filter(|longer| *longer <= table.most())?;
            first.checked_add(longer.saturating_sub(1))?;
            let request = Request::Read { table: *table, first: *first, count: longer };
            (!self.are_ambiguous(unit, &request)).then_some((request, usize::from(*count)))
        })
    }

    /// When the newest request left whose reply could be taken for the one to `request`.
    pub(super) fn newest(&self, unit: u8, request: &Request) -> Option<Moment> {
        let alike = self.of(unit).iter().filter(|one| {
            !self.is_same(one, request)
                && one.request.function() == request.function()
                && one.request.answer_length() == request.answer_length()
        });
        alike.map(|one| one.sent_at).max()
    }

    /// The first frame in what was received of a unit that owes a reply.
    fn find(&self, received: &[u8]) -> Option<(u8, Place)> {
        (0..received.len()).find_map(|from| {
            let rest = received.get(from..)?;
            let unit = *rest.first()?;
            let length = self.of(unit).iter().find_map(|one| answer_at(&one.frame, rest))?;
            Some((unit, Place { from, to: from.saturating_add(length) }))
        })
    }

    /// Takes the first frame of a unit that owes a reply out of what was received, with what stands before it; the frame
    /// comes without its check.
    pub(super) fn take_frame(&self, received: &mut Vec<u8>) -> Option<(u8, Vec<u8>)> {
        let (unit, place) = self.find(received)?;
        let answer = received.get(place.from..place.to.saturating_sub(2)).unwrap_or_default().to_vec();
        received.drain(..place.to.min(received.len()));
        Some((unit, answer))
    }

    /// Tells whose reply a frame (without its check) is and takes the oldest request it may answer from the list.
    pub(super) fn attribute(&mut self, unit: u8, answer: &[u8], request: &Request, now: Moment) -> Attribution {
        let fitting = || self.of(unit).iter().filter(|one| interpret(&one.request, answer).is_ok());
        let is_ours = fitting().all(|one| self.is_same(one, request));
        let Some(delay) = self.take_oldest(unit, answer, now) else { return Attribution::Foreign };
        match interpret(request, answer) {
            Ok(answer) if is_ours => Attribution::Ours(answer, delay),
            _ => Attribution::Late(delay),
        }
    }

    /// Takes the oldest request of the unit that a frame (without its check) may answer; how long that took.
    pub(super) fn take_oldest(&mut self, unit: u8, answer: &[u8], now: Moment) -> Option<Duration> {
        let list = self.units.get_mut(&unit)?;
        let oldest = list.iter().position(|one| interpret(&one.request, answer).is_ok())?;
        Some(now.saturating_sub(list.remove(oldest).sent_at))
    }

    /// The replies that could be taken for the one to `request` and are older than `moment` will not come any more.
    pub(super) fn forget_alike(&mut self, unit: u8, request: &Request, moment: Moment) {
        let (function, length) = (request.function(), request.answer_length());
        if let Some(list) = self.units.get_mut(&unit) {
            list.retain(|one| {
                one.sent_at > moment || one.request.function() != function || one.request.answer_length() != length
            });
        }
    }

    /// What the unit was asked before `moment` is answered by now, or never will be.
    pub(super) fn forget_before(&mut self, unit: u8, moment: Moment) {
        if let Some(list) = self.units.get_mut(&unit) {
            list.retain(|one| one.sent_at > moment);
        }
    }

    /// Whether the unit owes no reply but the one to `request`.
    pub(super) fn owes_only(&self, unit: u8, request: &Request) -> bool {
        self.of(unit).iter().all(|one| self.is_same(one, request))
    }

    fn is_same(&self, one: &PendingReply, request: &Request) -> bool {
        one.request == *request && one.question == self.question
    }

    fn of(&self, unit: u8) -> &[PendingReply] {
        self.units.get(&unit).map_or(&[], Vec::as_slice)
    }
}

fn probe_count(probe: &Request) -> u16 {
    match probe {
        Request::Read { count, .. } => *count,
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(first: u16) -> Request {
        Request::Read { table: Table::Holding, first, count: 2 }
    }

    fn out(pending: &mut PendingReplies, request: &Request, at: u64) {
        pending.sent(1, request, &request.encode(1).unwrap(), Duration::from_millis(at));
    }

    const DATA: [u8; 7] = [1, 3, 4, 0, 1, 0, 2];

    #[test]
    fn a_reply_belongs_to_the_only_question_that_is_out() {
        let mut pending = PendingReplies::default();
        out(&mut pending, &read(0), 0);
        out(&mut pending, &read(0), 500);
        assert!(!pending.are_ambiguous(1, &read(0)) && pending.are_ambiguous(1, &read(10)));
        assert!(!pending.are_ambiguous(2, &read(10)), "units are told apart by their number");
        let now = Duration::from_millis(700);
        let ours = Attribution::Ours(Answer::Registers(vec![1, 2]), now);
        assert_eq!(pending.attribute(1, &DATA, &read(0), now), ours);
        // The reply to the repetition is still out.
        assert!(pending.are_ambiguous(1, &read(10)));
        assert_eq!(pending.attribute(1, &DATA, &read(10), now), Attribution::Late(Duration::from_millis(200)));
        assert_eq!(pending.attribute(1, &DATA, &read(10), now), Attribution::Foreign);
    }

    #[test]
    fn the_same_question_asked_anew_wants_a_fresh_answer() {
        let mut pending = PendingReplies::default();
        out(&mut pending, &read(0), 0);
        pending.next_question();
        assert!(pending.are_ambiguous(1, &read(0)));
        let (longer, wanted) = pending.longer(1, &read(0)).unwrap();
        assert_eq!((&longer, wanted), (&Request::Read { table: Table::Holding, first: 0, count: 3 }, 2));
        assert!(!pending.are_ambiguous(1, &longer));
    }

    #[test]
    fn an_exception_tells_no_lengths_apart() {
        let mut pending = PendingReplies::default();
        out(&mut pending, &Request::Read { table: Table::Holding, first: 0, count: 4 }, 0);
        out(&mut pending, &read(0), 500);
        assert!(!pending.are_ambiguous(1, &read(0)));
        assert!(matches!(pending.attribute(1, &[1, 0x83, 2], &read(0), Duration::ZERO), Attribution::Late(_)));
    }

    #[test]
    fn a_probe_has_a_reply_of_its_own() {
        let mut pending = PendingReplies::default();
        out(&mut pending, &read(0), 0);
        out(&mut pending, &Request::Read { table: Table::Input, first: 7, count: 2 }, 1);
        let probes = pending.probes(1, &read(10));
        assert!(!probes.is_empty());
        for probe in probes {
            assert!(!pending.are_ambiguous(1, &probe), "{probe:?}");
        }
        pending.forget_before(1, Duration::from_millis(1));
        assert!(pending.of(1).is_empty());
    }

    #[test]
    fn a_unit_that_never_answers_is_kept_in_bounds() {
        let mut pending = PendingReplies::default();
        for at in 0..1_000 {
            out(&mut pending, &read(u16::try_from(at % 3).unwrap()), at);
        }
        assert_eq!(pending.of(1).len(), KEPT);
        assert!((0..3).all(|first| pending.of(1).iter().any(|one| one.request == read(first))));
    }
}
