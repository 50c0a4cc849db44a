//! The unit's side: finds requests on the line and answers them out of a [`Unit`]'s registers.

use std::time::Duration;

use super::frame::EXCEPTION;
use super::request::{SERVER, WRITE_AND_READ, coil_word, packed};
use super::{ExceptionCode, MAXIMUM_WRITE, MAXIMUM_WRITE_AND_READ, MAXIMUM_WRITE_BITS, Request, Table, crc16};

/// The longest frame there is.
const LONGEST_FRAME: usize = 256;
/// The shortest: unit, function and check.
const SHORTEST_FRAME: usize = 4;
/// The address that all units act on and none answers.
const BROADCAST: u8 = 0;

/// A request that was heard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heard {
    /// The unit asked; 0 is all of them.
    pub unit: u8,
    /// The function code on the wire.
    pub function: u8,
    /// What is asked, or the exception that it earns from any unit.
    pub request: Result<Request, ExceptionCode>,
}

/// What a unit holds.
pub trait Unit {
    /// Registers read with function 3, `count` of them, 1 to 125.
    ///
    /// # Errors
    /// The exception to answer with.
    fn holding(&mut self, first: u16, count: u16) -> Result<Vec<u16>, ExceptionCode>;

    /// Registers read with function 4, `count` of them, 1 to 125.
    ///
    /// # Errors
    /// The exception to answer with.
    fn input(&mut self, first: u16, count: u16) -> Result<Vec<u16>, ExceptionCode>;

    /// Bits of a table read with function 1 or 2, `count` of them, 1 to 2000, each 0 or 1. A unit without any refuses.
    ///
    /// # Errors
    /// The exception to answer with.
    fn bits(&mut self, _table: Table, _first: u16, _count: u16) -> Result<Vec<u16>, ExceptionCode> {
        Err(ExceptionCode::IllegalFunction)
    }

    /// Writes a coil. A unit without any refuses.
    ///
    /// # Errors
    /// The exception to answer with.
    fn write_coil(&mut self, _coil: u16, _on: bool) -> Result<(), ExceptionCode> {
        Err(ExceptionCode::IllegalFunction)
    }

    /// Writes registers, all of them or none.
    ///
    /// # Errors
    /// The exception to answer with.
    fn write(&mut self, first: u16, values: &[u16]) -> Result<(), ExceptionCode>;
}

/// Finds requests among octets. The end of a request is told by its length; a silence of 3.5 characters drops what
/// was left unfinished.
#[derive(Debug, Clone)]
pub struct RequestReader {
    silence: Duration,
    pending: Vec<u8>,
    /// Places in `pending` at which a request may still begin, in order.
    open: Vec<usize>,
    heard_at: Option<Duration>,
}

impl RequestReader {
    /// A reader to which `silence` ends a frame.
    pub fn new(silence: Duration) -> Self {
        RequestReader { silence, pending: Vec::new(), open: Vec::new(), heard_at: None }
    }

    /// Forgets what was left unfinished.
    pub fn reset(&mut self) {
        self.drop_front(self.pending.len());
        self.heard_at = None;
    }

    /// Takes octets that arrive at `at` and gives the requests they complete.
    pub fn push(&mut self, octets: &[u8], at: Duration) -> Vec<Heard> {
        if self.heard_at.is_some_and(|before| at.saturating_sub(before) >= self.silence) {
            self.drop_front(self.pending.len());
        }
        self.heard_at = Some(at);
        self.open.extend(self.pending.len()..self.pending.len().saturating_add(octets.len()));
        self.pending.extend_from_slice(octets);
        let mut heard = Vec::new();
        while let Some((end, request)) = self.find() {
            self.drop_front(end);
            heard.push(request);
        }
        let surplus = self.pending.len().saturating_sub(LONGEST_FRAME);
        if surplus > 0 {
            self.drop_front(surplus);
        }
        heard
    }

    /// Drops octets at the front; what then stands there is looked at anew, for a request of an unknown function begins at
    /// the front only.
    fn drop_front(&mut self, count: usize) {
        let count = count.min(self.pending.len());
        self.pending.drain(..count);
        self.open.retain(|start| *start > count);
        self.open.iter_mut().for_each(|start| *start = start.saturating_sub(count));
        if !self.pending.is_empty() {
            self.open.insert(0, 0);
        }
    }

    /// The first whole request with a right check, and where it ends. One that is not complete does not hide another
    /// behind it. Places at which none can begin any more are forgotten, so that each octet costs little.
    fn find(&mut self) -> Option<(usize, Heard)> {
        let mut found = None;
        let pending = &self.pending;
        self.open.retain(|&start| {
            if found.is_some() {
                return true;
            }
            let candidate = pending.get(start..).unwrap_or_default();
            match Beginning::of(candidate, start == 0) {
                Beginning::Never => false,
                Beginning::Open => true,
                Beginning::Whole(length) => {
                    let frame = candidate.get(..length).filter(|frame| crc16(frame) == 0);
                    let content = frame.and_then(|frame| frame.get(..frame.len().saturating_sub(2)));
                    found = content.and_then(understand).map(|heard| (start.saturating_add(length), heard));
                    // One that takes all there is may be longer tomorrow.
                    found.is_some() || (start == 0 && has_no_length(candidate))
                }
            }
        });
        found
    }
}

/// What stands at a place.
enum Beginning {
    /// No request, whatever follows.
    Never,
    /// More octets are needed.
    Open,
    /// A request of so many octets, if its check is right.
    Whole(usize),
}

impl Beginning {
    /// By the head of what stands there. A function nobody knows has no length of its own: it takes all there is, and
    /// only where a silence was, at the front.
    fn of(octets: &[u8], is_front: bool) -> Self {
        let Some(function) = octets.get(1) else { return Beginning::Open };
        let length = match function {
            1..=6 => 8,
            &SERVER => SHORTEST_FRAME,
            &WRITE_AND_READ => match octets.get(10) {
                Some(count) => usize::from(*count).saturating_add(13),
                None => return Beginning::Open,
            },
            15 | 16 => match octets.get(6) {
                Some(count) => usize::from(*count).saturating_add(9),
                None => return Beginning::Open,
            },
            // Answers of other units, which may be heard on the line, are nobody's request.
            function if function & EXCEPTION != 0 => return Beginning::Never,
            _ if !is_front => return Beginning::Never,
            _ if octets.len() < SHORTEST_FRAME => return Beginning::Open,
            _ if octets.len() > LONGEST_FRAME => return Beginning::Never,
            _ => octets.len(),
        };
        if octets.len() < length { Beginning::Open } else { Beginning::Whole(length) }
    }
}

/// Whether the request at the front is of a function that nobody knows.
fn has_no_length(octets: &[u8]) -> bool {
    octets.get(1).is_some_and(|function| !matches!(*function, 1..=6 | 15 | 16 | SERVER | WRITE_AND_READ))
}

/// Whether so many registers go past the last one there can be.
fn is_beyond(first: u16, count: usize) -> bool {
    usize::from(first).saturating_add(count) > 0x1_0000
}

/// What a request without its check asks.
fn understand(content: &[u8]) -> Option<Heard> {
    let [unit, function, body @ ..] = content else { return None };
    let heard = |request| Some(Heard { unit: *unit, function: *function, request });
    let words: Vec<u16> = body.as_chunks::<2>().0.iter().map(|pair| u16::from_be_bytes(*pair)).collect();
    if *function == SERVER {
        return heard(Ok(Request::ServerIdentification));
    }
    let (Some(first), Some(second)) = (words.first().copied(), words.get(1).copied()) else {
        return heard(Err(ExceptionCode::IllegalFunction));
    };
    if let Some(table) = Table::read_by(*function) {
        return if !(1..=table.most()).contains(&second) {
            heard(Err(ExceptionCode::IllegalValue))
        } else if is_beyond(first, usize::from(second)) {
            heard(Err(ExceptionCode::IllegalDataAddress))
        } else {
            heard(Ok(Request::Read { table, first, count: second }))
        };
    }
    match function {
        5 => match second {
            0xFF00 => heard(Ok(Request::WriteCoil { coil: first, on: true })),
            0 => heard(Ok(Request::WriteCoil { coil: first, on: false })),
            _ => heard(Err(ExceptionCode::IllegalValue)),
        },
        6 => heard(Ok(Request::WriteSingle { register: first, value: second })),
        15 => {
            let octets = body.get(5..).unwrap_or_default();
            let fits = (1..=MAXIMUM_WRITE_BITS).contains(&second) && octets.len() == usize::from(second).div_ceil(8);
            let bits = octets.iter().flat_map(|octet| (0..8).map(move |bit| octet >> bit & 1 == 1));
            let states: Vec<bool> = bits.take(usize::from(second)).collect();
            if !fits || body.get(4).map(|count| usize::from(*count)) != Some(octets.len()) {
                heard(Err(ExceptionCode::IllegalValue))
            } else if is_beyond(first, states.len()) {
                heard(Err(ExceptionCode::IllegalDataAddress))
            } else {
                heard(Ok(Request::WriteCoils { first, states }))
            }
        }
        &WRITE_AND_READ => {
            let values = body.get(9..).map(|octets| octets.as_chunks::<2>().0).unwrap_or_default();
            let values: Vec<u16> = values.iter().map(|pair| u16::from_be_bytes(*pair)).collect();
            // Only the registers that were written are read back here.
            let is_same = words.get(2) == Some(&first) && words.get(3) == Some(&second);
            if !(1..=MAXIMUM_WRITE_AND_READ).contains(&second) || usize::from(second) != values.len() {
                heard(Err(ExceptionCode::IllegalValue))
            } else if !is_same || is_beyond(first, values.len()) {
                heard(Err(ExceptionCode::IllegalDataAddress))
            } else {
                heard(Ok(Request::WriteAndRead { first, values }))
            }
        }
        16 => {
            // Behind the count stands the number of octets, so the values are not aligned with the words above.
            let values = body.get(5..).map(|octets| octets.as_chunks::<2>().0).unwrap_or_default();
            let values: Vec<u16> = values.iter().map(|pair| u16::from_be_bytes(*pair)).collect();
            let fits = (1..=MAXIMUM_WRITE).contains(&second) && usize::from(second) == values.len();
            let octets = body.get(4).map(|octets| usize::from(*octets));
            if !fits || octets != Some(values.len().saturating_mul(2)) {
                heard(Err(ExceptionCode::IllegalValue))
            } else if is_beyond(first, values.len()) {
                heard(Err(ExceptionCode::IllegalDataAddress))
            } else {
                heard(Ok(Request::WriteMultiple { first, values }))
            }
        }
        _ => heard(Err(ExceptionCode::IllegalFunction)),
    }
}

impl Heard {
    /// Whether a unit of this address is meant.
    pub fn is_for(&self, unit: u8) -> bool {
        self.unit == unit || self.unit == BROADCAST
    }

    /// Carries the request out and gives the frame to answer with, its check included; none to a broadcast.
    pub fn serve(&self, unit: &mut impl Unit) -> Option<Vec<u8>> {
        let outcome = match &self.request {
            Err(exception) => Err(*exception),
            // A broadcast is for writing; there is nobody to answer a read.
            Ok(request) if request.is_read() && self.unit == BROADCAST => return None,
            Ok(Request::Read { table: Table::Holding, first, count }) => unit.holding(*first, *count).map(registers),
            Ok(Request::Read { table: Table::Input, first, count }) => unit.input(*first, *count).map(registers),
            Ok(Request::Read { table, first, count }) => unit.bits(*table, *first, *count).map(|bits| packed(&bits)),
            Ok(Request::WriteCoil { coil, on }) => {
                unit.write_coil(*coil, *on).map(|()| confirmation(*coil, coil_word(*on)))
            }
            Ok(Request::WriteCoils { first, states }) => {
                let places = (*first..).zip(states);
                let written = places.map(|(coil, on)| unit.write_coil(coil, *on)).collect::<Result<Vec<()>, _>>();
                written.map(|all| confirmation(*first, u16::try_from(all.len()).unwrap_or_default()))
            }
            Ok(Request::WriteAndRead { first, values }) => {
                let count = u16::try_from(values.len()).unwrap_or_default();
                unit.write(*first, values).and_then(|()| unit.holding(*first, count)).map(registers)
            }
            Ok(Request::ServerIdentification | Request::DeviceIdentification) => Err(ExceptionCode::IllegalFunction),
            Ok(Request::WriteSingle { register, value }) => {
                unit.write(*register, &[*value]).map(|()| confirmation(*register, *value))
            }
            Ok(Request::WriteMultiple { first, values }) => {
                let count = u16::try_from(values.len()).unwrap_or_default();
                unit.write(*first, values).map(|()| confirmation(*first, count))
            }
        };
        if self.unit == BROADCAST {
            return None;
        }
        let mut frame = match outcome {
            Ok(body) => [vec![self.unit, self.function], body].concat(),
            Err(exception) => vec![self.unit, self.function | EXCEPTION, exception.octet()],
        };
        frame.extend(crc16(&frame).to_le_bytes());
        Some(frame)
    }
}

fn registers(values: Vec<u16>) -> Vec<u8> {
    let count = u8::try_from(values.len().saturating_mul(2)).unwrap_or(u8::MAX);
    std::iter::once(count).chain(values.iter().flat_map(|value| value.to_be_bytes())).collect()
}

fn confirmation(first: u16, second: u16) -> Vec<u8> {
    [first.to_be_bytes(), second.to_be_bytes()].concat()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::modbus::{Answer, interpret};

    /// A unit with as many registers as the standard allows, and no value above 9 in them.
    struct Bench([u16; 16]);

    impl Unit for Bench {
        fn holding(&mut self, first: u16, count: u16) -> Result<Vec<u16>, ExceptionCode> {
            let range = usize::from(first)..usize::from(first) + usize::from(count);
            self.0.get(range).map(<[u16]>::to_vec).ok_or(ExceptionCode::IllegalDataAddress)
        }

        fn input(&mut self, first: u16, count: u16) -> Result<Vec<u16>, ExceptionCode> {
            Ok((first..first + count).collect())
        }

        fn write(&mut self, first: u16, values: &[u16]) -> Result<(), ExceptionCode> {
            let range = usize::from(first)..usize::from(first) + values.len();
            if values.iter().any(|value| *value > 9) {
                return Err(ExceptionCode::IllegalValue);
            }
            self.0.get_mut(range).ok_or(ExceptionCode::IllegalDataAddress)?.copy_from_slice(values);
            Ok(())
        }
    }

    const SILENCE: Duration = Duration::from_millis(4);

    fn ask(unit: &mut Bench, request: &Request) -> Answer {
        let frame = request.encode(1).unwrap();
        for split in 0..frame.len() {
            let mut reader = RequestReader::new(SILENCE);
            assert!(reader.push(&frame[..split], Duration::ZERO).is_empty());
            let heard = reader.push(&frame[split..], Duration::from_millis(1));
            assert_eq!(heard.len(), 1, "split at {split}");
            assert!(heard[0].is_for(1) && !heard[0].is_for(2));
            if split + 1 == frame.len() {
                let answer = heard[0].serve(unit).unwrap();
                assert_eq!(crc16(&answer), 0);
                return interpret(request, &answer[..answer.len() - 2]).unwrap();
            }
        }
        unreachable!()
    }

    #[test]
    fn our_client_understands_its_answers() {
        let mut unit = Bench([0; 16]);
        assert_eq!(
            ask(&mut unit, &Request::Read { table: Table::Input, first: 7, count: 3 }),
            Answer::Registers(vec![7, 8, 9])
        );
        assert_eq!(ask(&mut unit, &Request::WriteSingle { register: 1, value: 5 }), Answer::Written);
        assert_eq!(ask(&mut unit, &Request::WriteMultiple { first: 2, values: vec![6, 7] }), Answer::Written);
        assert_eq!(
            ask(&mut unit, &Request::Read { table: Table::Holding, first: 1, count: 3 }),
            Answer::Registers(vec![5, 6, 7])
        );
        let beyond = Request::Read { table: Table::Holding, first: 15, count: 2 };
        assert_eq!(ask(&mut unit, &beyond), Answer::Exception(ExceptionCode::IllegalDataAddress));
        let unfit = Request::WriteMultiple { first: 0, values: vec![1, 10] };
        assert_eq!(ask(&mut unit, &unfit), Answer::Exception(ExceptionCode::IllegalValue));
        assert_eq!(unit.0[0], 0, "all or none");
    }

    #[test]
    fn functions_and_counts_that_are_none_earn_exceptions() {
        let with_check = |octets: &[u8]| [octets, &crc16(octets).to_le_bytes()].concat();
        for (request, exception) in [
            (&[1, 3, 0, 0, 0, 0][..], 3),
            (&[1, 4, 0, 0, 0, 126], 3),
            (&[1, 3, 0xFF, 0xFF, 0, 2], 2),
            (&[1, 16, 0, 0, 0, 2, 2, 0, 1], 3),
            (&[1, 5, 0, 0, 0xFF, 0], 1),
            (&[1, 43, 14, 1, 0], 1),
            (&[1, 17], 1),
        ] {
            let heard = RequestReader::new(SILENCE).push(&with_check(request), Duration::ZERO);
            let answer = heard[0].serve(&mut Bench([0; 16])).unwrap();
            assert_eq!(answer[..3], [1, request[1] | 0x80, exception], "{request:?}");
        }
    }

    #[test]
    fn all_units_act_on_a_broadcast_and_none_answers() {
        let mut unit = Bench([0; 16]);
        let mut reader = RequestReader::new(SILENCE);
        let write = Request::WriteSingle { register: 3, value: 9 }.encode(0).unwrap();
        let read = Request::Read { table: Table::Input, first: 0, count: 1 }.encode(0).unwrap();
        for frame in [write, read] {
            let heard = reader.push(&frame, Duration::ZERO);
            assert!(heard[0].is_for(77));
            assert_eq!(heard[0].serve(&mut unit), None);
        }
        assert_eq!(unit.0[3], 9);
    }

    #[test]
    fn noise_and_silence_part_frames_and_memory_stays_bounded() {
        let frame = Request::Read { table: Table::Input, first: 0, count: 2 }.encode(9).unwrap();
        let mut reader = RequestReader::new(SILENCE);
        assert_eq!(reader.push(&[&[0x00, 0x09, 0x04][..], &frame, &frame].concat(), Duration::ZERO).len(), 2);
        assert!(reader.push(&frame[..5], Duration::from_millis(10)).is_empty());
        assert!(reader.push(&frame[5..], Duration::from_millis(20)).is_empty(), "torn by silence");
        assert_eq!(reader.push(&frame, Duration::from_millis(30)).len(), 1);
        let mut random = fastrand::Rng::with_seed(3);
        for _ in 0..20_000 {
            let octets: Vec<u8> = (0..random.usize(0..40)).map(|_| random.u8(..20)).collect();
            reader.push(&octets, Duration::from_millis(30));
            assert!(reader.pending.len() <= LONGEST_FRAME);
        }
    }
}
