//! A link that lies: what the meter answered arrives late, twice, in another order, in parts, behind noise, or never;
//! what it answered before arrives again; and at some point the line dies.

use std::collections::VecDeque;
use std::ops::Range;
use std::time::Duration;

use wattkey::link::{LineSettings, Link, LinkError, MemoryLine, Moment};

/// Silence after which the meter's answer is taken to be whole.
const END_OF_ANSWER: Duration = Duration::from_millis(40);

/// So many answers of before may come again. HDLC counts to 8 and DLMS requests to 16: a frame from 16 exchanges before
/// carries the numbers of the one that is due, and nobody could tell.
const OLD: usize = 6;

/// What a link does to the answers on it.
#[derive(Debug, Clone, Copy)]
pub struct Habits {
    /// Answers come twice, and those of before come again. A client of a protocol without numbers or names in its
    /// answers cannot tell such a line from a true one.
    pub repeats: bool,
    /// Longest delay of an answer.
    pub delay: Duration,
    /// A frame of another station, sent in front of some answers.
    pub stranger: &'static [u8],
    /// Whether the line dies.
    pub dies: bool,
}

/// The link.
#[derive(Debug)]
pub struct LyingLink {
    inner: MemoryLine,
    dice: fastrand::Rng,
    habits: Habits,
    /// What is on its way, in the order of its arrival.
    held: VecDeque<(Moment, Vec<u8>)>,
    /// Answers of before.
    old: Vec<Vec<u8>>,
    /// After so many requests nothing comes any more.
    dies_after: Option<u32>,
    requests: u32,
}

impl LyingLink {
    pub fn new(inner: MemoryLine, habits: Habits, seed: u64) -> Self {
        let mut dice = fastrand::Rng::with_seed(seed);
        let dies_after = (habits.dies && dice.u8(..4) == 0).then(|| dice.u32(1..40));
        LyingLink { inner, dice, habits, held: VecDeque::new(), old: Vec::new(), dies_after, requests: 0 }
    }

    fn is_dead(&self) -> bool {
        self.dies_after.is_some_and(|last| self.requests > last)
    }

    fn hold(&mut self, at: Moment, octets: Vec<u8>) {
        let place = self.held.iter().position(|(due, _)| *due > at).unwrap_or(self.held.len());
        self.held.insert(place, (at, octets));
    }

    fn some_time(&mut self) -> Duration {
        let longest = u64::try_from(self.habits.delay.as_millis()).unwrap_or(u64::MAX);
        Duration::from_millis(self.dice.u64(0..=longest))
    }

    /// Decides what becomes of an answer.
    fn lie(&mut self, answer: Vec<u8>) {
        let now = self.inner.now();
        match self.dice.u8(..100) {
            0..=54 => self.hold(now, answer.clone()),
            55..=66 => {
                let late = self.some_time();
                self.hold(now + late, answer.clone());
            }
            67..=74 => {
                let cut = self.dice.usize(0..=answer.len());
                let pause = Duration::from_millis(self.dice.u64(0..400));
                let (one, two) = answer.split_at(cut);
                self.hold(now, one.to_vec());
                self.hold(now + pause, two.to_vec());
            }
            75..=80 => {}
            81..=85 => {
                let noise = std::iter::repeat_with(|| self.dice.u8(..)).take(200).collect();
                self.hold(now, noise);
                self.hold(now + Duration::from_millis(100), answer.clone());
            }
            86..=91 => {
                self.hold(now, self.habits.stranger.to_vec());
                self.hold(now + Duration::from_millis(80), answer.clone());
            }
            92..=95 if self.habits.repeats => {
                let later = self.some_time();
                self.hold(now, answer.clone());
                self.hold(now + later, answer.clone());
            }
            96.. if self.habits.repeats && !self.old.is_empty() => {
                let again = self.old[self.dice.usize(..self.old.len())].clone();
                self.hold(now, again);
                self.hold(now + Duration::from_millis(60), answer.clone());
            }
            _ => self.hold(now, answer.clone()),
        }
        self.old.push(answer);
        if self.old.len() > OLD {
            self.old.remove(0);
        }
    }
}

impl Link for LyingLink {
    fn now(&self) -> Moment {
        self.inner.now()
    }

    fn pause(&mut self, duration: Duration) -> Result<(), LinkError> {
        self.inner.pause(duration)
    }

    fn send(&mut self, bytes: &[u8]) -> Result<(), LinkError> {
        self.requests += 1;
        if self.is_dead() {
            return Ok(());
        }
        self.inner.send(bytes)
    }

    fn send_secret(&mut self, bytes: &[u8], _secrets: &[Range<usize>]) -> Result<(), LinkError> {
        self.send(bytes)
    }

    fn receive(&mut self, buffer: &mut [u8], until: Moment) -> Result<usize, LinkError> {
        loop {
            let now = self.inner.now();
            if self.is_dead() {
                self.held.clear();
                self.inner.pause(until.saturating_sub(now))?;
                return Err(LinkError::Timeout(until.saturating_sub(now)));
            }
            if let Some((due, octets)) = self.held.front_mut()
                && *due <= now
            {
                let count = octets.len().min(buffer.len());
                buffer[..count].copy_from_slice(&octets[..count]);
                octets.drain(..count);
                if octets.is_empty() {
                    self.held.pop_front();
                }
                if count > 0 {
                    return Ok(count);
                }
                continue;
            }
            let due = self.held.front().map_or(until, |(due, _)| until.min(*due));
            let mut answer = Vec::new();
            let mut octets = [0u8; 256];
            let mut limit = due;
            loop {
                match self.inner.receive(&mut octets, limit) {
                    Ok(count) => answer.extend(&octets[..count]),
                    Err(LinkError::Timeout(_)) => break,
                    Err(error) => return Err(error),
                }
                limit = self.inner.now() + END_OF_ANSWER;
            }
            if !answer.is_empty() {
                self.lie(answer);
            } else if self.inner.now() >= until && self.held.front().is_none_or(|(due, _)| *due > until) {
                return Err(LinkError::Timeout(until.saturating_sub(now)));
            }
        }
    }

    fn configure(&mut self, settings: LineSettings) -> Result<(), LinkError> {
        self.inner.configure(settings)
    }

    fn settings(&self) -> Option<LineSettings> {
        self.inner.settings()
    }

    fn stop_requested(&self) -> bool {
        self.inner.stop_requested()
    }

    fn name(&self) -> String {
        "lying".to_owned()
    }
}
