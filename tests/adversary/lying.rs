//! A link that lies: what the meter answered arrives late, twice, in another order, in parts, behind noise, or never;
//! what it answered before arrives again; and at some point the line dies, or somebody talks on it without end.

use std::collections::VecDeque;
use std::ops::Range;
use std::sync::{Arc, Mutex};
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

/// What is on a line once the meter is not heard any more.
#[derive(Debug, Clone, Copy)]
enum Afterwards {
    Silence,
    Noise,
    Zeros,
    /// The frame of another station again and again.
    Stranger,
}

/// Between two octets of somebody who talks without end.
const STEADY: Duration = Duration::from_millis(1);

/// Beside the line: what time it is there, and when an answer came last that nobody tampered with.
#[derive(Debug, Clone, Default)]
pub struct Watch(Arc<Mutex<(Moment, Moment)>>);

impl Watch {
    pub fn now(&self) -> Moment {
        self.0.lock().unwrap().0
    }

    /// How long ago the last good answer came, or the watch began.
    pub fn since_the_last_answer(&self) -> Duration {
        let (now, last) = *self.0.lock().unwrap();
        now.saturating_sub(last)
    }

    /// Does not count the time that an answer takes on the line.
    fn spare(&self, time: Duration) {
        self.0.lock().unwrap().1 += time;
    }

    /// Counts from now.
    pub fn begin(&self) {
        let mut times = self.0.lock().unwrap();
        times.1 = times.0;
    }
}

/// The link.
#[derive(Debug)]
pub struct LyingLink {
    inner: MemoryLine,
    dice: fastrand::Rng,
    habits: Habits,
    /// What is on its way, in the order of its arrival, and whether it is an answer as it should be.
    held: VecDeque<(Moment, Vec<u8>, bool)>,
    /// Answers of before.
    old: Vec<Vec<u8>>,
    /// After so many requests nothing comes any more.
    dies_after: Option<(u32, Afterwards)>,
    requests: u32,
    /// Octets of whoever talks without end, sent so far.
    babbled: usize,
    watch: Watch,
}

impl LyingLink {
    pub fn new(inner: MemoryLine, habits: Habits, seed: u64) -> Self {
        let mut dice = fastrand::Rng::with_seed(seed);
        let dies_after = (habits.dies && dice.u8(..4) == 0).then(|| {
            let afterwards = [Afterwards::Silence, Afterwards::Noise, Afterwards::Zeros, Afterwards::Stranger];
            (dice.u32(1..40), afterwards[dice.usize(..afterwards.len())])
        });
        let (held, old, watch) = (VecDeque::new(), Vec::new(), Watch::default());
        LyingLink { inner, dice, habits, held, old, dies_after, requests: 0, babbled: 0, watch }
    }

    pub fn watch(&self) -> Watch {
        self.watch.clone()
    }

    /// What a dead line brings until then.
    fn babble(&mut self, afterwards: Afterwards, until: Moment) -> Result<Option<u8>, LinkError> {
        let rest = until.saturating_sub(self.inner.now());
        if matches!(afterwards, Afterwards::Silence) || rest < STEADY {
            self.inner.pause(rest)?;
            return Ok(None);
        }
        self.inner.pause(STEADY)?;
        self.babbled += 1;
        Ok(Some(match afterwards {
            Afterwards::Silence | Afterwards::Zeros => 0,
            Afterwards::Noise => self.dice.u8(..),
            Afterwards::Stranger => self.habits.stranger[self.babbled % self.habits.stranger.len()],
        }))
    }

    fn dead(&self) -> Option<Afterwards> {
        self.dies_after.filter(|(last, _)| self.requests > *last).map(|(_, afterwards)| afterwards)
    }

    fn hold(&mut self, at: Moment, octets: Vec<u8>) {
        let place = self.held.iter().position(|(due, ..)| *due > at).unwrap_or(self.held.len());
        self.held.insert(place, (at, octets, false));
    }

    fn some_time(&mut self) -> Duration {
        let longest = u64::try_from(self.habits.delay.as_millis()).unwrap_or(u64::MAX);
        Duration::from_millis(self.dice.u64(0..=longest))
    }

    /// Decides what becomes of an answer.
    fn lie(&mut self, answer: Vec<u8>) {
        let now = self.inner.now();
        match self.dice.u8(..100) {
            // As it should be; behind one that is late it would arrive out of order, and goes the way of the last arm.
            0..=54 if self.held.is_empty() => self.held.push_back((now, answer.clone(), true)),
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
        if self.dead().is_some() {
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
            self.watch.0.lock().unwrap().0 = now;
            if let Some(afterwards) = self.dead() {
                self.held.clear();
                let octet = self.babble(afterwards, until)?;
                self.watch.0.lock().unwrap().0 = self.inner.now();
                let (Some(octet), Some(place)) = (octet, buffer.first_mut()) else {
                    return Err(LinkError::Timeout(until.saturating_sub(now)));
                };
                *place = octet;
                return Ok(1);
            }
            if let Some((due, octets, is_good)) = self.held.front_mut()
                && *due <= now
            {
                let count = octets.len().min(buffer.len());
                buffer[..count].copy_from_slice(&octets[..count]);
                octets.drain(..count);
                if octets.is_empty() {
                    if *is_good {
                        self.watch.0.lock().unwrap().1 = now;
                    }
                    self.held.pop_front();
                }
                if count > 0 {
                    return Ok(count);
                }
                continue;
            }
            let due = self.held.front().map_or(until, |(due, ..)| until.min(*due));
            let mut answer = Vec::new();
            let mut begun = None;
            let mut octets = [0u8; 256];
            let mut limit = due;
            loop {
                match self.inner.receive(&mut octets, limit) {
                    Ok(count) => {
                        begun.get_or_insert(self.inner.now());
                        answer.extend(&octets[..count]);
                    }
                    Err(LinkError::Timeout(_)) => break,
                    Err(error) => return Err(error),
                }
                limit = self.inner.now() + END_OF_ANSWER;
            }
            if let Some(begun) = begun {
                self.watch.spare(self.inner.now().saturating_sub(begun));
            }
            if !answer.is_empty() {
                self.lie(answer);
            } else if self.inner.now() >= until && self.held.front().is_none_or(|(due, ..)| *due > until) {
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
