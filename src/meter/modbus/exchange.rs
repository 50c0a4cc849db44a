//! One request, one answer: silences, repetition, and telling apart what may come instead.
//!
//! A reply is given out only when no other request that is still out can have brought it. While there is one after a
//! time-out, registers are read together with some behind them, so that the length of the reply tells it from the
//! others. Where the unit refuses that, it is brought into step again: by a read whose reply is like no other, and a
//! wait for what is still out.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use super::pending::{Attribution, PendingReplies};
use crate::link::{Link, LinkError, Moment};
use crate::meter::MeterError;
use crate::meter::driver::Traffic;
use crate::meter::request_limit::RequestLimit;
use crate::meter::trouble::{LineTrouble, Troubles};
use crate::protocol::modbus::{Answer, ExceptionCode, Request, Table, crc16, find_answer, frame_silence, is_only_echo};

/// Silence after which a line that brought something odd counts as quiet.
const QUIET: Duration = Duration::from_millis(50);

/// Longest that is waited for a noisy line to become quiet.
const QUIET_LIMIT: Duration = Duration::from_secs(1);

/// A frame has no gaps; behind adapters it may have some. After one of this length it is over, unless the link is known
/// to make longer ones.
const USUAL_GAP: Duration = Duration::from_millis(200);

/// How long a second unit with the same address is listened for, once.
const SECOND_ANSWER: Duration = Duration::from_millis(60);

/// A reply that has not come after this time does not come any more.
const LONGEST_DELAY: Duration = Duration::from_secs(60);

/// How long a busy unit is left alone.
const BUSY: Duration = Duration::from_millis(150);

/// Octets kept while an answer is looked for: several of the longest frames.
const KEPT: usize = 2_048;

/// Speed where the link tells none, as behind a TCP device server.
const USUAL_BAUD: u32 = 9_600;

/// The line to one or more Modbus units.
#[derive(Debug)]
pub struct Exchange {
    link: Box<dyn Link>,
    reply_time: Duration,
    retries: u32,
    /// What parts frames: 3.5 characters.
    silence: Duration,
    /// Shortest pause before a request.
    pause: Duration,
    /// Requests that a sleeping unit may leave unanswered before its first answer.
    wake_up: u8,
    /// Longest pause inside an answer that has begun.
    gap: Duration,
    /// Whether frames carry a number by which the link finds the answer.
    numbered: bool,
    traffic: Traffic,
    troubles: Troubles,
    /// Something odd came with the last exchange, so the line is to be made quiet first.
    unclean: bool,
    pending: PendingReplies,
    /// How long each unit took to answer last.
    delays: BTreeMap<u8, Duration>,
    /// Units that answered when another was asked already.
    late_units: BTreeSet<u8>,
    /// Units heard before, at which no second one answers.
    heard: BTreeSet<u8>,
}

/// What came instead of an answer, for the error's sentence.
#[derive(Debug, Default)]
struct ReplyAnomalies {
    echo: bool,
    damaged: u32,
    longest: usize,
    /// How late a reply to an earlier request was.
    late: Option<Duration>,
    /// An answer that began and did not end: octets, octets in all, the pause after them.
    incomplete: Option<(usize, usize, Duration)>,
    stranger: Option<u8>,
}

/// How one attempt ended.
enum Attempt {
    Answered(Answer),
    /// No answer; all earlier replies are in, so that the next one is told apart.
    InStep,
    Nothing,
}

/// One request as it is sent.
struct Asked<'r> {
    unit: u8,
    request: &'r Request,
    frame: Vec<u8>,
}

impl<'r> Asked<'r> {
    fn new(unit: u8, request: &'r Request) -> Result<Self, MeterError> {
        let frame = request.encode(unit).map_err(|error| MeterError::BadValue(error.to_string()))?;
        Ok(Asked { unit, request, frame })
    }
}

impl Exchange {
    /// Over an open link; `reply_time` is the longest wait for one answer. `baud` is the line's speed where the link
    /// itself tells none.
    pub fn new(link: Box<dyn Link>, reply_time: Duration, retries: u32, baud: Option<u32>) -> Self {
        let (baud, bits) = match link.settings() {
            Some(settings) => (settings.baud, u8::try_from(settings.bits_per_character()).unwrap_or(11)),
            None => (baud.unwrap_or(USUAL_BAUD), 10),
        };
        Exchange {
            link,
            reply_time,
            retries,
            silence: frame_silence(baud, bits),
            pause: Duration::ZERO,
            wake_up: 0,
            gap: USUAL_GAP,
            numbered: false,
            traffic: Traffic::default(),
            troubles: Troubles::default(),
            unclean: true,
            pending: PendingReplies::default(),
            delays: BTreeMap::new(),
            late_units: BTreeSet::new(),
            heard: BTreeSet::new(),
        }
    }

    /// The same on a link that makes longer pauses inside a frame.
    #[must_use]
    pub fn with_gap(mut self, gap: Option<Duration>) -> Self {
        self.gap = gap.unwrap_or(self.gap);
        self
    }

    /// The same to units that need a longer pause before each request than the standard's.
    #[must_use]
    pub fn with_pause(mut self, pause: Option<Duration>) -> Self {
        self.pause = pause.unwrap_or_default();
        self
    }

    /// The same to units that sleep, and take so many requests at most before they answer one.
    #[must_use]
    pub fn with_wake_up(mut self, requests: u8) -> Self {
        self.wake_up = requests;
        self
    }

    /// The same with a least number of repetitions of a read that is not answered.
    #[must_use]
    pub fn with_repeat(mut self, repeat: Option<u32>) -> Self {
        self.retries = self.retries.max(repeat.unwrap_or_default());
        self
    }

    /// The same on a connection whose frames carry a number, so that no answer is taken for another's.
    #[must_use]
    pub fn with_numbered_frames(mut self) -> Self {
        self.numbered = true;
        self
    }

    /// The link.
    pub fn link(&mut self) -> &mut dyn Link {
        self.link.as_mut()
    }

    /// The link, for another use.
    pub fn into_link(self) -> Box<dyn Link> {
        self.link
    }

    /// The link's name.
    pub fn link_name(&self) -> String {
        self.link.name()
    }

    /// What went over the line so far.
    pub fn traffic(&self) -> Traffic {
        self.traffic
    }

    /// Troubles since they were last taken.
    pub fn take_troubles(&mut self) -> Vec<LineTrouble> {
        self.troubles.take()
    }

    /// Changes the longest wait for one answer and how often a read is repeated, as for a search.
    pub fn set_patience(&mut self, reply_time: Duration, retries: u32) {
        self.reply_time = reply_time;
        self.retries = retries;
    }

    /// Asks and waits. Reads are repeated after silence or damage; writes never are.
    ///
    /// # Errors
    /// [`MeterError`]; an exception is an answer.
    pub fn ask(&mut self, unit: u8, request: &Request) -> Result<Answer, MeterError> {
        let asked = Asked::new(unit, request)?;
        self.wake(unit, request)?;
        let tries = if request.is_read() { self.retries.saturating_add(1) } else { 1 };
        let limit = RequestLimit::start(self.link.now(), self.reply_time, self.retries);
        let mut anomalies = ReplyAnomalies::default();
        self.pending.next_question();
        let oldest = self.link.now().saturating_sub(if self.numbered { Duration::ZERO } else { LONGEST_DELAY });
        self.pending.forget_before(unit, oldest);
        if self.pending.are_ambiguous(unit, request) {
            if let Some(registers) = self.ask_for_more(unit, request, limit, &mut anomalies)? {
                return Ok(Answer::Registers(registers));
            }
            self.fall_in_step(unit, request, limit, &mut anomalies)?;
        }
        for attempt in 1..=tries {
            if self.link.stop_requested() {
                return Err(LinkError::Interrupted.into());
            }
            match self.attempt(&asked, limit, false, &mut anomalies)? {
                Attempt::Answered(Answer::Exception(ExceptionCode::Busy)) if attempt < tries => {
                    self.link.pause(BUSY)?;
                }
                Attempt::Answered(Answer::Exception(ExceptionCode::GatewayNoAnswer | ExceptionCode::Other(10))) => {
                    return Err(MeterError::NoReply {
                        address: format!("unit {unit}"),
                        what: "the gateway, which said so (exception 11)".to_owned(),
                        echo: false,
                    });
                }
                Attempt::Answered(answer) => return Ok(answer),
                Attempt::InStep | Attempt::Nothing => self.unclean = true,
            }
            if limit.is_over(self.link.now()) {
                break;
            }
        }
        Err(self.failure(unit, request, &anomalies))
    }

    /// Sends to a unit that was not heard yet, and may sleep, until something comes; what that is, is not looked at.
    fn wake(&mut self, unit: u8, request: &Request) -> Result<(), MeterError> {
        if self.wake_up == 0 || self.heard.contains(&unit) {
            return Ok(());
        }
        let nudge = Request::Read { table: Table::Holding, first: 0, count: 1 };
        let frame = Asked::new(unit, if request.is_read() { request } else { &nudge })?.frame;
        let mut buffer = [0u8; 512];
        for _ in 0..self.wake_up {
            if self.link.stop_requested() {
                return Err(LinkError::Interrupted.into());
            }
            self.link.send(&frame)?;
            let until = self.link.now().saturating_add(self.reply_time);
            match self.link.receive(&mut buffer, until) {
                Ok(_) => {
                    self.link.drain(QUIET, self.link.now().saturating_add(QUIET_LIMIT))?;
                    break;
                }
                Err(LinkError::Timeout(_)) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Ok(())
    }

    /// Reads some registers more than are wanted: the length of the reply tells it from those that are out. `None` when
    /// the unit does not go along.
    fn ask_for_more(
        &mut self,
        unit: u8,
        request: &Request,
        limit: RequestLimit,
        anomalies: &mut ReplyAnomalies,
    ) -> Result<Option<Vec<u16>>, MeterError> {
        for _ in 0..2 {
            if limit.is_over(self.link.now()) {
                break;
            }
            let Some((longer, wanted)) = self.pending.longer(unit, request) else { return Ok(None) };
            if self.link.stop_requested() {
                return Err(LinkError::Interrupted.into());
            }
            let asked = Asked::new(unit, &longer)?;
            match self.attempt(&asked, limit, false, anomalies)? {
                Attempt::Answered(Answer::Registers(registers)) => {
                    return Ok(registers.get(..wanted).map(<[u16]>::to_vec));
                }
                Attempt::Answered(_) => return Ok(None),
                Attempt::InStep | Attempt::Nothing => {}
            }
        }
        Ok(None)
    }

    /// Asks what has a reply of its own until that has come, or every reply that could be taken for the one to
    /// `request`.
    fn fall_in_step(
        &mut self,
        unit: u8,
        request: &Request,
        limit: RequestLimit,
        anomalies: &mut ReplyAnomalies,
    ) -> Result<(), MeterError> {
        for attempt in 0..=self.retries {
            if limit.is_over(self.link.now()) {
                break;
            }
            if self.link.stop_requested() {
                return Err(LinkError::Interrupted.into());
            }
            let probes = self.pending.probes(unit, request);
            let nth = usize::try_from(attempt).unwrap_or_default() % 2;
            let Some(probe) = probes.get(nth).or(probes.first()) else { break };
            let asked = Asked::new(unit, probe)?;
            let sent_at = self.link.now();
            // The moment before it: the probe itself is answered, and not forgotten, when it was not the reason.
            if matches!(self.attempt(&asked, limit, true, anomalies)?, Attempt::Answered(_)) {
                // Behind some gateways a quick reply overtakes a slow one.
                if self.await_pending(unit, request, limit, anomalies)? {
                    self.pending.forget_alike(unit, request, sent_at);
                }
            }
            if !self.pending.are_ambiguous(unit, request) {
                return Ok(());
            }
        }
        Err(self.failure(unit, request, anomalies))
    }

    /// Waits as long as all repetitions of a request take, unless all replies that could be taken for the one to
    /// `request` are in before; tells whether there was time for that.
    fn await_pending(
        &mut self,
        unit: u8,
        request: &Request,
        limit: RequestLimit,
        anomalies: &mut ReplyAnomalies,
    ) -> Result<bool, MeterError> {
        let Some(newest) = self.pending.newest(unit, request) else { return Ok(true) };
        let wanted = newest.saturating_add(self.patience(unit).saturating_mul(self.retries.saturating_add(2)));
        let until = limit.cap(wanted);
        let mut octets = Vec::new();
        let mut buffer = [0u8; 256];
        while self.link.now() < until && self.pending.are_ambiguous(unit, request) && octets.len() < KEPT {
            match self.link.receive(&mut buffer, until) {
                Ok(count) => octets.extend(buffer.get(..count).unwrap_or_default()),
                Err(LinkError::Timeout(_)) => break,
                Err(error) => return Err(error.into()),
            }
            self.take_late(unit, request, &mut octets, anomalies);
        }
        Ok(until == wanted && self.link.now() >= until)
    }

    fn failure(&self, unit: u8, request: &Request, anomalies: &ReplyAnomalies) -> MeterError {
        let address = format!("unit {unit}");
        let what = described(request);
        match anomalies {
            ReplyAnomalies { late: Some(delay), .. } => {
                MeterError::LateReply { address, delay: *delay, timeout: self.reply_time }
            }
            ReplyAnomalies { incomplete: Some((octets, of, pause)), .. } => MeterError::Garbled(format!(
                "the answer of {address} to {what}: frame incomplete after {octets} of {of} octets, pause of {} ms",
                pause.as_millis()
            )),
            ReplyAnomalies { damaged, longest, .. } if *damaged > 0 && is_two_answers(request, *longest) => {
                MeterError::Collision { address }
            }
            ReplyAnomalies { damaged, .. } if *damaged > 0 => MeterError::Garbled(format!(
                "{damaged} damaged answers of {address} to {what}: wrong speed or parity, noise, or two meters with \
                 one address"
            )),
            ReplyAnomalies { stranger: Some(stranger), .. } => {
                MeterError::OtherMeter { asked: address, answered: format!("unit {stranger}") }
            }
            ReplyAnomalies { echo, .. } => {
                MeterError::NoReply { address, what, echo: *echo || self.link.echo() == Some(true) }
            }
        }
    }

    /// How long the unit is waited for: as long as it was seen to take, and some more.
    fn patience(&self, unit: u8) -> Duration {
        let seen = self.delays.get(&unit).copied().unwrap_or_default();
        let learned = seen.saturating_add(seen / 4).saturating_add(QUIET);
        if seen > self.reply_time / 2 { self.reply_time.max(learned) } else { self.reply_time }
    }

    /// Sends once and waits. For a probe the wait ends, too, when nothing is out any more that it is to tell apart.
    fn attempt(
        &mut self,
        asked: &Asked<'_>,
        limit: RequestLimit,
        is_probe: bool,
        anomalies: &mut ReplyAnomalies,
    ) -> Result<Attempt, MeterError> {
        let (unit, frame) = (asked.unit, asked.frame.as_slice());
        self.await_silence(unit, asked.request, limit, anomalies)?;
        self.link.send(frame)?;
        self.traffic.exchanges = self.traffic.exchanges.saturating_add(1);
        self.traffic.sent = self.traffic.sent.saturating_add(u64::try_from(frame.len()).unwrap_or_default());
        let sent_at = self.link.now();
        self.pending.sent(unit, asked.request, frame, sent_at);
        let mut deadline = limit.cap(sent_at.saturating_add(self.patience(unit)));
        let mut until = deadline;
        let mut received: Vec<u8> = Vec::new();
        let mut buffer = [0u8; 512];
        let mut last_at = sent_at;
        loop {
            match self.link.receive(&mut buffer, until) {
                Ok(count) => {
                    self.traffic.received =
                        self.traffic.received.saturating_add(u64::try_from(count).unwrap_or_default());
                    received.extend(buffer.get(..count).unwrap_or_default());
                    last_at = self.link.now();
                }
                Err(LinkError::Timeout(_))
                    if self.only_strangers(unit, frame, &received, anomalies) && until < deadline =>
                {
                    // Another unit's frame or an echo: the right answer may still come.
                    received.clear();
                    until = deadline;
                    continue;
                }
                Err(LinkError::Timeout(_)) => {
                    self.judge(asked, &received, last_at, anomalies);
                    return Ok(Attempt::Nothing);
                }
                // A server of Modbus TCP hangs up on the first RTU frame.
                Err(LinkError::Closed) if !self.numbered && self.heard.is_empty() && self.link.settings().is_none() => {
                    return Err(MeterError::Lost(format!(
                        "the far end hung up on {}; a device that speaks Modbus TCP needs ?framing=mbap on the link",
                        described(asked.request)
                    )));
                }
                Err(error) => return Err(error.into()),
            }
            let echoed = !matches!(asked.request.function(), 5 | 6) && received.starts_with(frame);
            if echoed {
                anomalies.echo = true;
                self.troubles.add(LineTrouble::Echo);
                received.drain(..frame.len());
            }
            while let Some((from, answer)) = self.pending.take_frame(&mut received) {
                let now = self.link.now();
                if from != unit {
                    self.take_from_other(from, &answer, now);
                    continue;
                }
                match self.pending.attribute(unit, &answer, asked.request, now) {
                    Attribution::Ours(answer, delay) => {
                        self.traffic.frames_good = self.traffic.frames_good.saturating_add(1);
                        self.delays.insert(unit, delay);
                        self.after(asked, &received)?;
                        return Ok(Attempt::Answered(answer));
                    }
                    Attribution::Late(delay) => {
                        self.note_late(unit, delay, anomalies);
                        // Owing nothing else, it owes nothing that could be taken for this.
                        if is_probe && self.pending.owes_only(unit, asked.request) {
                            return Ok(Attempt::InStep);
                        }
                        deadline = limit.cap(sent_at.saturating_add(self.patience(unit)));
                    }
                    // A sound frame of this unit that nothing asked for: a second unit has this address.
                    Attribution::Foreign
                        if self.heard.contains(&unit) && self.pending.owes_only(unit, asked.request) =>
                    {
                        return Err(self.collision(unit));
                    }
                    Attribution::Foreign => {}
                }
            }
            if received.len() > KEPT {
                received.drain(..received.len().saturating_sub(KEPT / 2));
            }
            let now = self.link.now();
            until = if received.is_empty() || is_only_echo(frame, &received) {
                deadline
            } else if let Some(whole) = begun(asked, &received) {
                // An answer that has begun in time may end after it, but not go on for ever.
                let whole = u32::try_from(whole).unwrap_or(u32::MAX);
                let on_the_line = self.silence.saturating_mul(whole) / 2;
                let longest = deadline.saturating_add(self.gap).min(limit.until()).saturating_add(on_the_line);
                now.saturating_add(self.gap).min(longest)
            } else {
                now.saturating_add(USUAL_GAP).min(deadline)
            };
            if now >= until {
                self.judge(asked, &received, last_at, anomalies);
                return Ok(Attempt::Nothing);
            }
        }
    }

    /// Two units have this address.
    fn collision(&mut self, unit: u8) -> MeterError {
        let address = format!("unit {unit}");
        self.troubles.add(LineTrouble::Collision { address: address.clone() });
        MeterError::Collision { address }
    }

    fn note_late(&mut self, unit: u8, delay: Duration, anomalies: &mut ReplyAnomalies) {
        self.delays.insert(unit, delay);
        anomalies.late = Some(anomalies.late.unwrap_or_default().max(delay));
        self.troubles.add(LineTrouble::LateAnswer { address: format!("unit {unit}") });
    }

    /// After an answer: whoever else answers at this address, and what is still on its way.
    fn after(&mut self, asked: &Asked<'_>, rest: &[u8]) -> Result<(), MeterError> {
        let unit = asked.unit;
        let mut rest = rest.to_vec();
        if self.heard.insert(unit) {
            let limit = self.link.now().saturating_add(QUIET_LIMIT);
            let mut buffer = [0u8; 256];
            loop {
                let until = self.link.now().saturating_add(SECOND_ANSWER).min(limit);
                match self.link.receive(&mut buffer, until) {
                    Ok(count) => rest.extend(buffer.get(..count).unwrap_or_default()),
                    Err(LinkError::Timeout(_)) => break,
                    Err(error) => return Err(error.into()),
                }
                if rest.len() > KEPT || self.link.now() >= limit {
                    break;
                }
            }
        }
        if rest.is_empty() {
            return Ok(());
        }
        self.unclean = true;
        if self.take_late(unit, asked.request, &mut rest, &mut ReplyAnomalies::default()) {
            return Ok(());
        }
        if find_answer(&asked.frame, &rest).is_some() || rest.len() >= asked.frame.len() {
            self.heard.remove(&unit);
            return Err(self.collision(unit));
        }
        Ok(())
    }

    /// A reply of a unit that was asked before this one.
    fn take_from_other(&mut self, unit: u8, answer: &[u8], now: Moment) {
        if let Some(delay) = self.pending.take_oldest(unit, answer, now) {
            self.late_units.insert(unit);
            self.note_late(unit, delay, &mut ReplyAnomalies::default());
        }
    }

    /// Listens for replies to earlier requests, and tells which units have answered late since this was last asked.
    ///
    /// # Errors
    /// Those of the link.
    pub fn late_units(&mut self, wait: Duration) -> Result<BTreeSet<u8>, MeterError> {
        let until = self.link.now().saturating_add(wait);
        let mut octets = Vec::new();
        let mut buffer = [0u8; 256];
        while self.link.now() < until && octets.len() < KEPT {
            match self.link.receive(&mut buffer, until) {
                Ok(count) => octets.extend(buffer.get(..count).unwrap_or_default()),
                Err(LinkError::Timeout(_)) => break,
                Err(error) => return Err(error.into()),
            }
        }
        while let Some((from, answer)) = self.pending.take_frame(&mut octets) {
            self.take_from_other(from, &answer, self.link.now());
        }
        Ok(std::mem::take(&mut self.late_units))
    }

    /// Accounts for replies to earlier requests in what came unasked; tells whether there was one.
    fn take_late(&mut self, unit: u8, request: &Request, octets: &mut Vec<u8>, anomalies: &mut ReplyAnomalies) -> bool {
        let mut any = false;
        while let Some((from, answer)) = self.pending.take_frame(octets) {
            if from != unit {
                self.take_from_other(from, &answer, self.link.now());
                continue;
            }
            match self.pending.attribute(unit, &answer, request, self.link.now()) {
                Attribution::Ours(_, delay) | Attribution::Late(delay) => {
                    any = true;
                    self.note_late(unit, delay, anomalies);
                }
                Attribution::Foreign => {}
            }
        }
        any
    }

    /// Waits until the line has been silent for as long as frames must be apart; what comes meanwhile is no answer to
    /// what is asked next.
    fn await_silence(
        &mut self,
        unit: u8,
        request: &Request,
        limit: RequestLimit,
        anomalies: &mut ReplyAnomalies,
    ) -> Result<(), MeterError> {
        let limit = limit.cap(self.link.now().saturating_add(QUIET_LIMIT).saturating_add(self.pause));
        let silence = if self.unclean { QUIET.max(self.silence) } else { self.silence }.max(self.pause);
        let mut octets = Vec::new();
        let mut buffer = [0u8; 256];
        loop {
            let until = self.link.now().saturating_add(silence).min(limit);
            match self.link.receive(&mut buffer, until) {
                Ok(count) => octets.extend(buffer.get(..count).unwrap_or_default()),
                Err(LinkError::Timeout(_)) => break,
                Err(error) => return Err(error.into()),
            }
            if self.link.now() >= limit {
                break;
            }
            octets.drain(..octets.len().saturating_sub(KEPT));
        }
        self.take_late(unit, request, &mut octets, anomalies);
        self.unclean = false;
        Ok(())
    }

    /// Whether all that came are sound frames of other units, or our own request; notes who it was.
    fn only_strangers(&mut self, unit: u8, frame: &[u8], received: &[u8], anomalies: &mut ReplyAnomalies) -> bool {
        let rest = received.strip_prefix(frame).unwrap_or(received);
        match rest.first() {
            None => !received.is_empty(),
            Some(other) if *other != unit && crc16(rest) == 0 && rest.len() >= 4 => {
                anomalies.stranger = Some(*other);
                self.troubles
                    .add(LineTrouble::OtherMeter { asked: format!("unit {unit}"), answered: format!("unit {other}") });
                true
            }
            Some(_) => false,
        }
    }

    /// What an attempt without an answer has brought.
    fn judge(&mut self, asked: &Asked<'_>, received: &[u8], last_at: Moment, anomalies: &mut ReplyAnomalies) {
        let (unit, frame) = (asked.unit, asked.frame.as_slice());
        let rest = received.strip_prefix(frame).unwrap_or(received);
        if rest.len() < received.len() || (!received.is_empty() && is_only_echo(frame, received)) {
            anomalies.echo = true;
            self.troubles.add(LineTrouble::Echo);
        }
        if rest.is_empty() || is_only_echo(frame, received) || self.only_strangers(unit, frame, received, anomalies) {
            return;
        }
        if let Some(whole) = begun(asked, rest) {
            let pause = self.link.now().saturating_sub(last_at);
            anomalies.incomplete = Some((rest.len(), whole, pause));
        }
        anomalies.damaged = anomalies.damaged.saturating_add(1);
        anomalies.longest = anomalies.longest.max(rest.len());
        self.traffic.frames_bad = self.traffic.frames_bad.saturating_add(1);
        self.troubles.add(LineTrouble::Damaged { address: format!("unit {unit}") });
    }
}

/// Whether so many octets may be two answers over each other: more than one has, and not more than two have.
fn is_two_answers(request: &Request, octets: usize) -> bool {
    // The length of an identification is the unit's to choose.
    if matches!(request, Request::DeviceIdentification | Request::ServerIdentification) {
        return false;
    }
    let one = request.answer_length();
    octets > one && octets <= one.saturating_mul(2)
}

/// The octets the answer has in all, its check included, when `received` is a true beginning of one.
fn begun(asked: &Asked<'_>, received: &[u8]) -> Option<usize> {
    let [unit, function, rest @ ..] = received else { return None };
    if *unit != asked.unit || *function != asked.request.function() {
        return None;
    }
    let whole = asked.request.answer_length();
    let is_read = matches!(function, 1..=4);
    let says_so = rest.first().is_none_or(|count| !is_read || usize::from(*count).saturating_add(5) == whole);
    (says_so && received.len() < whole).then_some(whole)
}

fn described(request: &Request) -> String {
    match request {
        Request::Read { table, first, count } => format!("the read of {count} {} from {first:#06x}", table.contents()),
        Request::WriteCoil { coil, .. } => format!("the write of coil {coil:#06x}"),
        Request::WriteSingle { register, .. } => format!("the write of register {register:#06x}"),
        Request::WriteMultiple { first, values } => {
            format!("the write of {} registers from {first:#06x}", values.len())
        }
        Request::WriteCoils { first, states } => format!("the write of {} coils from {first:#06x}", states.len()),
        Request::WriteAndRead { first, values } => {
            format!("the write of {} registers from {first:#06x}", values.len())
        }
        Request::DeviceIdentification | Request::ServerIdentification => {
            "the question for its identification".to_owned()
        }
    }
}
