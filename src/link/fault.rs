//! A wrapper that spoils requests on purpose, from a seed: frames lost, damaged, late, or the line cut.

use std::ops::Range;
use std::time::Duration;

use super::{Link, LinkError, Moment, pass_on};

/// What may happen to a request, each in 10,000 requests.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct RequestFaults {
    /// The request never leaves.
    pub lost: u32,
    /// One bit of it is flipped.
    pub damaged: u32,
    /// It leaves late by [`RequestFaults::delay`].
    pub late: u32,
    /// How late.
    pub delay: Duration,
    /// The line is cut before this request, counted from 1.
    pub cut_before: Option<usize>,
}

/// Spoils requests; replies pass untouched.
#[derive(Debug)]
pub struct FaultyLink<L> {
    inner: L,
    faults: RequestFaults,
    dice: fastrand::Rng,
    requests: usize,
    spoiled: usize,
}

impl<L: Link> FaultyLink<L> {
    /// Wraps a line; the same seed gives the same faults.
    pub fn new(inner: L, faults: RequestFaults, seed: u64) -> Self {
        FaultyLink { inner, faults, dice: fastrand::Rng::with_seed(seed), requests: 0, spoiled: 0 }
    }

    /// How many requests were spoiled so far.
    pub fn spoiled(&self) -> usize {
        self.spoiled
    }

    fn happens(&mut self, in_10_000: u32) -> bool {
        let happens = self.dice.u32(..10_000) < in_10_000;
        self.spoiled = self.spoiled.saturating_add(usize::from(happens));
        happens
    }

    fn is_cut(&self) -> bool {
        self.faults.cut_before.is_some_and(|request| self.requests >= request)
    }

    /// The bytes that are to leave, or `None` when the request is lost.
    fn spoil(&mut self, bytes: &[u8]) -> Result<Option<Vec<u8>>, LinkError> {
        self.requests = self.requests.saturating_add(1);
        if self.is_cut() {
            return Err(LinkError::Closed);
        }
        if self.happens(self.faults.lost) {
            return Ok(None);
        }
        if self.happens(self.faults.late) {
            self.inner.pause(self.faults.delay)?;
        }
        let mut bytes = bytes.to_vec();
        if !bytes.is_empty() && self.happens(self.faults.damaged) {
            let place = self.dice.usize(..bytes.len());
            let bit = 1u8.checked_shl(self.dice.u32(..8)).unwrap_or(1);
            if let Some(byte) = bytes.get_mut(place) {
                *byte ^= bit;
            }
        }
        Ok(Some(bytes))
    }
}

impl<L: Link> Link for FaultyLink<L> {
    pass_on!(self => self.inner; now pause configure settings stop_requested echo note name);

    fn send(&mut self, bytes: &[u8]) -> Result<(), LinkError> {
        match self.spoil(bytes)? {
            Some(bytes) => self.inner.send(&bytes),
            None => Ok(()),
        }
    }

    fn send_secret(&mut self, bytes: &[u8], secrets: &[Range<usize>]) -> Result<(), LinkError> {
        match self.spoil(bytes)? {
            Some(bytes) => self.inner.send_secret(&bytes, secrets),
            None => Ok(()),
        }
    }

    fn receive(&mut self, buffer: &mut [u8], until: Moment) -> Result<usize, LinkError> {
        if self.is_cut() {
            return Err(LinkError::Closed);
        }
        self.inner.receive(buffer, until)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::link::LineSettings;
    use crate::link::memory::{FarClosure, MemoryLine};

    fn sent_with(faults: RequestFaults, seed: u64) -> (Vec<u8>, usize) {
        let far = FarClosure::new(LineSettings::eight_none_one(9600), |_, _| Vec::new());
        let mut link = FaultyLink::new(MemoryLine::new(far), faults, seed);
        for _ in 0..1000 {
            link.send(b"A").unwrap();
        }
        (link.inner.sent().to_vec(), link.spoiled)
    }

    #[test]
    fn faults_follow_the_seed_and_the_rate() {
        let faults = RequestFaults { lost: 100, damaged: 100, ..RequestFaults::default() };
        let (sent, spoiled) = sent_with(faults, 3);
        assert_eq!(sent_with(faults, 3).0, sent);
        assert!((5..60).contains(&spoiled), "{spoiled} of 1000 at 2 %");
        let damaged = sent.iter().filter(|byte| **byte != b'A').count();
        assert_eq!(spoiled, damaged + (1000 - sent.len()));
    }

    #[test]
    fn a_cut_line_stays_cut() {
        let far = FarClosure::new(LineSettings::eight_none_one(9600), |_, _| Vec::new());
        let faults = RequestFaults { cut_before: Some(2), ..RequestFaults::default() };
        let mut link = FaultyLink::new(MemoryLine::new(far), faults, 1);
        assert_eq!(link.send(b"one"), Ok(()));
        assert_eq!(link.send(b"two"), Err(LinkError::Closed));
        assert_eq!(link.receive(&mut [0; 1], Duration::from_secs(1)), Err(LinkError::Closed));
    }
}
