//! One request, one answer: silences, repetition, and telling apart what may come instead.
//!
//! An answer to a read names neither register nor request, so that one which comes late looks like an answer to the
//! next request. After a silent unit nothing of the same form is asked of it before the time for its answer is over.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use crate::link::{Link, LinkError, Moment};
use crate::meter::MeterError;
use crate::meter::driver::Traffic;
use crate::meter::trouble::{LineTrouble, Troubles};
use crate::protocol::modbus::{
    Answer, ExceptionCode, Found, Request, crc16, find_answer, frame_silence, interpret, is_only_echo,
};

/// Silence after which a line that brought something odd counts as quiet.
const QUIET: Duration = Duration::from_millis(50);

/// Longest that is waited for a noisy line to become quiet.
const QUIET_LIMIT: Duration = Duration::from_secs(1);

/// A frame has no gaps; behind adapters and networks it may have some. After one of this length it is over.
const FRAME_GAP: Duration = Duration::from_millis(200);

/// How long a second unit with the same address is listened for, once.
const SECOND_ANSWER: Duration = Duration::from_millis(60);

/// How long a busy unit is left alone.
const BUSY: Duration = Duration::from_millis(150);

/// Octets kept while an answer is looked for: several of the longest frames.
const KEPT: usize = 2_048;

/// Speed where the link tells none, as behind a TCP device server.
const USUAL_BAUD: u32 = 9_600;

/// A request without an answer, whose answer may still come.
#[derive(Debug, Clone)]
struct Owed {
    request: Request,
    /// Until when it is taken to be on its way.
    until: Moment,
    count: u32,
}

/// The line to one or more Modbus units.
#[derive(Debug)]
pub struct Exchange {
    link: Box<dyn Link>,
    reply_time: Duration,
    retries: u32,
    silence: Duration,
    traffic: Traffic,
    troubles: Troubles,
    /// Something odd came with the last exchange, so the line is to be made quiet first.
    unclean: bool,
    owed: BTreeMap<u8, Owed>,
    /// Units heard before, at which no second one answers.
    heard: BTreeSet<u8>,
}

/// What came instead of an answer, for the error's sentence.
#[derive(Debug, Default)]
struct Oddities {
    echo: bool,
    damaged: u32,
    longest: usize,
    late: bool,
    stranger: Option<u8>,
}

/// How one attempt ended.
enum Attempt {
    Answered(Answer),
    Nothing,
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
            traffic: Traffic::default(),
            troubles: Troubles::default(),
            unclean: true,
            owed: BTreeMap::new(),
            heard: BTreeSet::new(),
        }
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
        let frame = request.encode(unit).map_err(|error| MeterError::BadValue(error.to_string()))?;
        let reads = matches!(request, Request::ReadHolding { .. } | Request::ReadInput { .. });
        let tries = if reads { self.retries.saturating_add(1) } else { 1 };
        let mut oddities = Oddities::default();
        self.settle(unit, request)?;
        for attempt in 1..=tries {
            if self.link.stop_requested() {
                return Err(LinkError::Interrupted.into());
            }
            match self.attempt(unit, request, &frame, &mut oddities)? {
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
                Attempt::Nothing => {
                    self.unclean = true;
                    let until = self.link.now().saturating_add(self.reply_time);
                    let count = self.owed.get(&unit).map_or(0, |owed| owed.count).saturating_add(1);
                    self.owed.insert(unit, Owed { request: request.clone(), until, count });
                }
            }
        }
        Err(self.failure(unit, request, &oddities))
    }

    fn failure(&self, unit: u8, request: &Request, oddities: &Oddities) -> MeterError {
        let address = format!("unit {unit}");
        let what = described(request);
        match oddities {
            Oddities { damaged, longest, .. } if *damaged > 0 && *longest > request.answer_length() => {
                MeterError::Collision { address }
            }
            Oddities { damaged, .. } if *damaged > 0 => MeterError::Garbled(format!(
                "{damaged} damaged answers of {address} to {what}: wrong speed or parity, noise, or two meters with \
                 one address"
            )),
            Oddities { stranger: Some(stranger), .. } => {
                MeterError::OtherMeter { asked: address, answered: format!("unit {stranger}") }
            }
            Oddities { late: true, .. } => MeterError::LateReply { address },
            Oddities { echo, .. } => {
                MeterError::NoReply { address, what, echo: *echo || self.link.echo() == Some(true) }
            }
        }
    }

    /// Lets the time for a late answer go by when it could be taken for the answer to `request`.
    fn settle(&mut self, unit: u8, request: &Request) -> Result<(), MeterError> {
        let Some(owed) = self.owed.get(&unit).cloned() else { return Ok(()) };
        let alike = owed.request.function() == request.function()
            && owed.request.answer_length() == request.answer_length()
            && owed.request != *request;
        if self.link.now() >= owed.until {
            self.owed.remove(&unit);
            return Ok(());
        }
        if !alike {
            return Ok(());
        }
        let count = usize::try_from(owed.count).unwrap_or(1);
        let all_of_it = owed.request.answer_length().saturating_mul(count);
        let mut dropped = 0usize;
        let mut buffer = [0u8; 256];
        while dropped < all_of_it {
            match self.link.receive(&mut buffer, owed.until) {
                Ok(count) => dropped = dropped.saturating_add(count),
                Err(LinkError::Timeout(_)) => break,
                Err(error) => return Err(error.into()),
            }
        }
        if dropped > 0 {
            self.troubles.add(LineTrouble::LateAnswer { address: format!("unit {unit}") });
            self.unclean = true;
        }
        self.owed.remove(&unit);
        Ok(())
    }

    fn attempt(
        &mut self,
        unit: u8,
        request: &Request,
        frame: &[u8],
        oddities: &mut Oddities,
    ) -> Result<Attempt, MeterError> {
        self.await_silence(unit)?;
        self.link.send(frame)?;
        self.traffic.exchanges = self.traffic.exchanges.saturating_add(1);
        self.traffic.sent = self.traffic.sent.saturating_add(u64::try_from(frame.len()).unwrap_or_default());
        let deadline = self.link.now().saturating_add(self.reply_time);
        // 3.5 characters are the silence.
        let whole = u32::try_from(request.answer_length()).unwrap_or(u32::MAX);
        let longest = deadline.saturating_add(self.silence.saturating_mul(whole) / 2).saturating_add(FRAME_GAP);
        let mut until = deadline;
        let mut received: Vec<u8> = Vec::new();
        let mut buffer = [0u8; 512];
        loop {
            match self.link.receive(&mut buffer, until) {
                Ok(count) => {
                    self.traffic.received =
                        self.traffic.received.saturating_add(u64::try_from(count).unwrap_or_default());
                    received.extend(buffer.get(..count).unwrap_or_default());
                }
                Err(LinkError::Timeout(_))
                    if self.only_strangers(unit, frame, &received, oddities) && until < deadline =>
                {
                    // Another unit's frame or an echo: the right answer may still come.
                    received.clear();
                    until = deadline;
                    continue;
                }
                Err(LinkError::Timeout(_)) => {
                    self.judge(unit, frame, &received, oddities);
                    return Ok(Attempt::Nothing);
                }
                Err(error) => return Err(error.into()),
            }
            while let Some(found) = find_answer(frame, &received) {
                let end = end_of(&found, frame);
                if found.echoed {
                    oddities.echo = true;
                    self.troubles.add(LineTrouble::Echo);
                }
                let answer = interpret(request, found.answer);
                received.drain(..end.min(received.len()));
                match answer {
                    Ok(answer) => {
                        self.traffic.frames_good = self.traffic.frames_good.saturating_add(1);
                        self.after(unit, frame, &received)?;
                        return Ok(Attempt::Answered(answer));
                    }
                    // A sound frame of this unit that answers something else is late; where no answer is owed, a
                    // second unit has this address.
                    Err(_) if self.owed.contains_key(&unit) || !self.heard.contains(&unit) => {
                        oddities.late = true;
                        self.troubles.add(LineTrouble::LateAnswer { address: format!("unit {unit}") });
                    }
                    Err(_) => {
                        let address = format!("unit {unit}");
                        self.troubles.add(LineTrouble::Collision { address: address.clone() });
                        return Err(MeterError::Collision { address });
                    }
                }
            }
            if received.len() > KEPT {
                received.drain(..received.len().saturating_sub(KEPT / 2));
            }
            let waits = received.is_empty() || is_only_echo(frame, &received);
            // An answer that has begun in time may end after it, but not go on for ever.
            until = if waits { deadline } else { self.link.now().saturating_add(FRAME_GAP).min(longest) };
        }
    }

    /// After an answer: whoever else answers at this address, and what is still on its way.
    fn after(&mut self, unit: u8, frame: &[u8], rest: &[u8]) -> Result<(), MeterError> {
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
                if rest.len() > KEPT {
                    break;
                }
            }
        }
        if rest.is_empty() {
            return Ok(());
        }
        self.unclean = true;
        let address = format!("unit {unit}");
        if self.owed.remove(&unit).is_some() {
            self.troubles.add(LineTrouble::LateAnswer { address });
            return Ok(());
        }
        if find_answer(frame, &rest).is_some() || rest.len() >= frame.len() {
            self.heard.remove(&unit);
            self.troubles.add(LineTrouble::Collision { address: address.clone() });
            return Err(MeterError::Collision { address });
        }
        Ok(())
    }

    /// Waits until the line has been silent for as long as frames must be apart; what comes meanwhile belongs to
    /// nobody.
    fn await_silence(&mut self, unit: u8) -> Result<(), MeterError> {
        let limit = self.link.now().saturating_add(QUIET_LIMIT);
        let silence = if self.unclean { QUIET.max(self.silence) } else { self.silence };
        let dropped = self.link.drain(silence, limit)?;
        if dropped > 0 && self.owed.remove(&unit).is_some() {
            self.troubles.add(LineTrouble::LateAnswer { address: format!("unit {unit}") });
        }
        self.unclean = false;
        Ok(())
    }

    /// Whether all that came are sound frames of other units, or our own request; notes who it was.
    fn only_strangers(&mut self, unit: u8, frame: &[u8], received: &[u8], oddities: &mut Oddities) -> bool {
        let rest = received.strip_prefix(frame).unwrap_or(received);
        match rest.first() {
            None => !received.is_empty(),
            Some(other) if *other != unit && crc16(rest) == 0 && rest.len() >= 4 => {
                oddities.stranger = Some(*other);
                self.troubles
                    .add(LineTrouble::OtherMeter { asked: format!("unit {unit}"), answered: format!("unit {other}") });
                true
            }
            Some(_) => false,
        }
    }

    /// What an attempt without an answer has brought.
    fn judge(&mut self, unit: u8, frame: &[u8], received: &[u8], oddities: &mut Oddities) {
        let rest = received.strip_prefix(frame).unwrap_or(received);
        if rest.len() < received.len() || (!received.is_empty() && is_only_echo(frame, received)) {
            oddities.echo = true;
            self.troubles.add(LineTrouble::Echo);
        }
        if rest.is_empty() || is_only_echo(frame, received) || self.only_strangers(unit, frame, received, oddities) {
            return;
        }
        oddities.damaged = oddities.damaged.saturating_add(1);
        oddities.longest = oddities.longest.max(rest.len());
        self.traffic.frames_bad = self.traffic.frames_bad.saturating_add(1);
        self.troubles.add(LineTrouble::Damaged { address: format!("unit {unit}") });
    }
}

/// Where the frame found ends in what was received.
fn end_of(found: &Found<'_>, request: &[u8]) -> usize {
    let echo = if found.echoed { request.len() } else { 0 };
    echo.saturating_add(found.discarded).saturating_add(found.answer.len()).saturating_add(2)
}

fn described(request: &Request) -> String {
    match request {
        Request::ReadHolding { first, count } => format!("the read of {count} holding registers from {first:#06x}"),
        Request::ReadInput { first, count } => format!("the read of {count} input registers from {first:#06x}"),
        Request::WriteSingle { register, .. } => format!("the write of register {register:#06x}"),
        Request::WriteMultiple { first, values } => {
            format!("the write of {} registers from {first:#06x}", values.len())
        }
    }
}
