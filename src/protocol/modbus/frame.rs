//! Finds the answer to one request among echo, noise and frames of other units.

use super::crc16;
use super::request::{IDENTIFY, SERVER, WRITE_AND_READ};

/// Set in the function octet of an exception answer.
pub(super) const EXCEPTION: u8 = 0x80;
/// Unit, function, exception code and check.
const EXCEPTION_LENGTH: usize = 5;
/// Answers to writes repeat address and value or count.
const WRITE_ANSWER_LENGTH: usize = 8;
/// An answer's octets beside the registers: unit, function, count, check.
const READ_OVERHEAD: usize = 5;

/// What stands in the octets received since a request was sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FoundFrame<'a> {
    /// The answer without its check: unit, function and what follows.
    pub answer: &'a [u8],
    /// Whether the adapter handed the request back first.
    pub echoed: bool,
    /// Octets before the answer that were no echo.
    pub discarded: usize,
}

/// Looks for the answer to `request` (as sent, with its check) in all octets `received` since; `None` while it is
/// not complete. The answer to functions 5 and 6 is the request itself, so there the first copy counts.
pub fn find_answer<'a>(request: &[u8], received: &'a [u8]) -> Option<FoundFrame<'a>> {
    let answers_alike = matches!(request.get(1), Some(5 | 6));
    let echoed = !answers_alike && !request.is_empty() && received.starts_with(request);
    let rest = if echoed { received.get(request.len()..)? } else { received };
    (0..rest.len()).find_map(|start| {
        let candidate = rest.get(start..)?;
        let frame = candidate.get(..answer_length(request, candidate)?)?;
        (crc16(frame) == 0).then_some(())?;
        let answer = frame.get(..frame.len().saturating_sub(2))?;
        Some(FoundFrame { answer, echoed, discarded: start })
    })
}

/// How long the sound answer to `request` (as sent, with its check) at the front of `octets` is, its check included;
/// `None` when there is none, or not all of it.
pub fn answer_at(request: &[u8], octets: &[u8]) -> Option<usize> {
    let length = answer_length(request, octets)?;
    octets.get(..length).filter(|frame| crc16(frame) == 0).map(<[u8]>::len)
}

/// Whether all that came is the request itself: the adapter echoes and the unit is silent.
pub fn is_only_echo(request: &[u8], received: &[u8]) -> bool {
    !received.is_empty() && request.starts_with(received)
}

/// How long the answer at the front of `octets` is by its own head, if it can be one at all.
fn answer_length(request: &[u8], octets: &[u8]) -> Option<usize> {
    let (unit, function) = (request.first()?, request.get(1)?);
    if octets.first()? != unit {
        return None;
    }
    let found = octets.get(1)?;
    if *found == function | EXCEPTION {
        return Some(EXCEPTION_LENGTH);
    }
    if found != function {
        return None;
    }
    match function {
        1..=4 | &SERVER | &WRITE_AND_READ => Some(usize::from(*octets.get(2)?).saturating_add(READ_OVERHEAD)),
        5 | 6 | 15 | 16 => Some(WRITE_ANSWER_LENGTH),
        &IDENTIFY => identification_length(octets),
        _ => None,
    }
}

/// Unit, function, type, level, conformity, whether more follows, the next and the number of objects; the objects, each
/// behind its number and length; the check.
fn identification_length(octets: &[u8]) -> Option<usize> {
    const HEAD: usize = 8;
    let mut length = HEAD;
    for _ in 0..*octets.get(HEAD.saturating_sub(1))? {
        let object = usize::from(*octets.get(length.saturating_add(1))?);
        length = length.saturating_add(object).saturating_add(2);
    }
    Some(length.saturating_add(2))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with_check(octets: &[u8]) -> Vec<u8> {
        let mut frame = octets.to_vec();
        frame.extend(crc16(octets).to_le_bytes());
        frame
    }

    #[test]
    fn answers_are_found_behind_echo_and_noise() {
        let request = with_check(&[1, 4, 0, 0, 0, 2]);
        let answer = with_check(&[1, 4, 4, 0x43, 0x66, 0x80, 0x00]);
        for (echo, noise) in [(false, &[][..]), (true, &[]), (false, &[0x00, 0x01, 0x04]), (true, &[0xFF])] {
            let mut received = if echo { request.clone() } else { Vec::new() };
            received.extend(noise);
            received.extend(&answer);
            for cut in 0..received.len() {
                assert_eq!(find_answer(&request, &received[..cut]), None, "cut at {cut}");
            }
            let found = find_answer(&request, &received).unwrap();
            assert_eq!((found.answer, found.echoed), (&answer[..answer.len() - 2], echo));
            assert_eq!(found.discarded, noise.len());
        }
    }

    #[test]
    fn exceptions_and_strangers() {
        let request = with_check(&[3, 3, 0x20, 0x06, 0, 2]);
        let stranger = with_check(&[4, 3, 4, 0, 0, 0, 0]);
        assert_eq!(find_answer(&request, &stranger), None);
        let refusal = with_check(&[3, 0x83, 2]);
        assert_eq!(find_answer(&request, &refusal).unwrap().answer, [3, 0x83, 2]);
        assert!(is_only_echo(&request, &request) && !is_only_echo(&request, &refusal));
    }

    #[test]
    fn writing_one_register_is_answered_by_its_copy() {
        let request = with_check(&[1, 6, 0, 0x14, 0, 5]);
        assert_eq!(find_answer(&request, &request).unwrap().answer, &request[..6]);
    }

    #[test]
    fn arbitrary_octets_never_panic() {
        let mut random = fastrand::Rng::with_seed(9);
        for _ in 0..20_000 {
            let mut make = || -> Vec<u8> { (0..random.usize(0..20)).map(|_| random.u8(0..8)).collect() };
            let (request, received) = (make(), make());
            let _ = find_answer(&request, &received);
        }
    }
}
