//! One request, one answer: silences, repetition, and telling apart what may come instead.
//!
//! A reply is given out only when no other request that is still out can have brought it. While there is one after a
//! time-out, registers are read together with some behind them, so that the length of the reply tells it from the
//! others. Where the unit refuses that, it is brought into step again: by a read whose reply is like no other, and a
//! wait for what is still out.

mod late;
mod shared;

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use super::pending::{Attribution, PendingReplies};
use crate::link::{Link, LinkError};
use crate::meter::MeterError;
use crate::meter::driver::Traffic;
use crate::meter::request_limit::RequestLimit;
use crate::meter::trouble::{LineTrouble, Troubles};
use crate::protocol::modbus::{Answer, ExceptionCode, Request, Table, frame_silence, is_only_echo};
use shared::{begun, is_two_answers};

/// Silence after which a line that brought something odd counts as quiet.
const QUIET: Duration = Duration::from_millis(50);

/// Longest that is waited for a noisy line to become quiet.
const QUIET_LIMIT: Duration = Duration::from_secs(1);

/// A frame has no gaps; behind adapters it may have some. After one of this length it is over, unless the link is known
/// to make longer ones.
const USUAL_GAP: Duration = Duration::from_millis(200);

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
    /// Units that answered what they were asked last.
    answering: BTreeSet<u8>,
    /// Announced requests, kept until the unit has answered the first of them.
    announced: Vec<Vec<u8>>,
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
            answering: BTreeSet::new(),
            announced: Vec::new(),
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
        self.silence = Duration::ZERO;
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

    /// Reads that are asked for next, in this order. On a connection that takes several requests at once they may leave
    /// early: not to a unit that sleeps or needs a pause before each, and behind the first answer where none is known, for
    /// a gateway would wait for every answer of a silent unit.
    ///
    /// # Errors
    /// Those of the link, and a request that cannot be sent.
    pub fn announce(&mut self, unit: u8, reads: &[Request]) -> Result<(), MeterError> {
        let wakes_first = self.wake_up > 0 && !self.heard.contains(&unit);
        if !self.numbered || wakes_first || !self.pause.is_zero() {
            return Ok(());
        }
        let frames: Result<Vec<_>, _> =
            reads.iter().map(|read| Asked::new(unit, read).map(|asked| asked.frame)).collect();
        if self.answering.contains(&unit) {
            self.link.announce(frames?)?;
        } else {
            self.announced = frames?;
        }
        Ok(())
    }

    /// Asks and waits. Reads are repeated after silence or damage; writes never are.
    ///
    /// # Errors
    /// [`MeterError`]; an exception is an answer.
    pub fn ask(&mut self, unit: u8, request: &Request) -> Result<Answer, MeterError> {
        let asked = Asked::new(unit, request)?;
        let announced = std::mem::take(&mut self.announced);
        let answer = self.ask_patiently(&asked);
        if answer.is_ok() {
            self.answering.insert(unit);
            if let Some((_, behind)) = announced.split_first().filter(|(first, _)| **first == asked.frame) {
                self.link.announce(behind.to_vec())?;
            }
        } else {
            self.answering.remove(&unit);
            if self.numbered {
                // Whatever befalls the line now is not why this unit did not answer.
                drop(self.let_go_by());
            }
        }
        answer
    }

    /// Waits for what is still on its way to a unit that has fallen silent, so that the next unit is not taken for silent,
    /// too.
    fn let_go_by(&mut self) -> Result<(), LinkError> {
        self.link.announce(Vec::new())?;
        let until = self.link.now().saturating_add(LONGEST_DELAY);
        self.link.drain(self.reply_time, until)?;
        self.take_told_late();
        Ok(())
    }

    fn ask_patiently(&mut self, asked: &Asked<'_>) -> Result<Answer, MeterError> {
        let &Asked { unit, request, .. } = asked;
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
            match self.attempt(asked, limit, false, &mut anomalies)? {
                Attempt::Answered(Answer::Exception(ExceptionCode::Busy)) if attempt < tries => {
                    self.link.pause(BUSY)?;
                }
                Attempt::Answered(Answer::Exception(
                    code @ (ExceptionCode::GatewayNoAnswer | ExceptionCode::Other(10)),
                )) => {
                    let number = if code == ExceptionCode::GatewayNoAnswer { 11 } else { 10 };
                    return Err(MeterError::NoReply {
                        address: format!("unit {unit}"),
                        what: format!("the gateway, which said so (exception {number})"),
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
