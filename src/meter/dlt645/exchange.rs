//! One request, one answer: waiting, repetition, and telling apart what may come instead.

use std::collections::BTreeSet;
use std::time::Duration;

use crate::link::{Link, LinkError, Moment};
use crate::meter::MeterError;
use crate::meter::driver::Traffic;
use crate::meter::request_limit::RequestLimit;
use crate::meter::trouble::{LineTrouble, Troubles};
use crate::protocol::dlt645::{
    Address, Frame, FrameScanner, KeyedIn, Reply, ReplyError, Request, ScanEvent, interpret,
};

/// Wake-up octets before each request.
const WAKE_UPS: usize = 4;

/// Silence after which the line counts as quiet.
const QUIET: Duration = Duration::from_millis(50);

/// Longest that is waited for a noisy line to become quiet.
const QUIET_LIMIT: Duration = Duration::from_secs(1);

/// Longest pause between two octets of a frame (DL/T 645-2007, 6.3).
const USUAL_GAP: Duration = Duration::from_millis(500);

/// The longest frame, 212 octets, at the slowest usual speed of 600 bit/s.
const LONGEST_FRAME: Duration = Duration::from_secs(4);

/// How long a second answer is listened for, once for each meter.
const SECOND_ANSWER: Duration = Duration::from_millis(100);

/// The line to one or more DL/T 645 meters.
#[derive(Debug)]
pub struct Exchange {
    link: Box<dyn Link>,
    reply_time: Duration,
    retries: u32,
    /// Longest pause inside a frame that has begun.
    gap: Duration,
    traffic: Traffic,
    troubles: Troubles,
    /// Requests without an answer, and until when one may still come.
    pending: u32,
    pending_until: Moment,
    /// Those of them that were other questions than the one asked now.
    of_others: u32,
    /// Meters heard before, at whose address no second one answers.
    heard: BTreeSet<Address>,
    /// Something odd came with the last exchange, so the line is to be made quiet first.
    unclean: bool,
}

/// What came instead of an answer, for the error's sentence.
#[derive(Debug, Default)]
struct ReplyAnomalies {
    echo: bool,
    damaged: u32,
    stranger: Option<Address>,
    /// How long the reply to an earlier request took, counted from the last one sent.
    late: Option<Duration>,
    other: Option<ReplyError>,
}

impl Exchange {
    /// Over an open link; `reply_time` is the longest wait for one answer.
    pub fn new(link: Box<dyn Link>, reply_time: Duration, retries: u32) -> Self {
        Exchange {
            link,
            reply_time,
            retries,
            gap: USUAL_GAP,
            traffic: Traffic::default(),
            troubles: Troubles::default(),
            pending: 0,
            pending_until: Moment::ZERO,
            of_others: 0,
            heard: BTreeSet::new(),
            unclean: true,
        }
    }

    /// The same on a link that makes longer pauses inside a frame.
    #[must_use]
    pub fn with_gap(mut self, gap: Option<Duration>) -> Self {
        self.gap = gap.unwrap_or(self.gap);
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

    /// Keeps a trouble that shows only above the exchange.
    pub fn add_trouble(&mut self, trouble: LineTrouble) {
        self.troubles.add(trouble);
    }

    /// Troubles since they were last taken.
    pub fn take_troubles(&mut self) -> Vec<LineTrouble> {
        self.troubles.take()
    }

    /// What was asked in another edition is not answered any more: those answers would be told by their service.
    pub fn forget_pending(&mut self) {
        self.pending = 0;
    }

    /// How often a read is repeated.
    pub fn retries(&self) -> u32 {
        self.retries
    }

    /// Changes the longest wait for one answer and how often a read is repeated, as for a search.
    pub fn set_patience(&mut self, reply_time: Duration, retries: u32) {
        self.reply_time = reply_time;
        self.retries = retries;
    }

    /// Asks and waits. Reads are repeated after silence or damage; writes and orders never are.
    ///
    /// # Errors
    /// [`MeterError`]; a refusal is an answer.
    pub fn ask(&mut self, address: Address, request: &Request) -> Result<Reply, MeterError> {
        let what = || match request {
            Request::Read(item) | Request::ReadSelected(item, _) | Request::ReadFollowing(item, _) => {
                format!("item {item}")
            }
            Request::Order(_) => "an order".to_owned(),
            Request::ReadAddress => "a request for its address".to_owned(),
            Request::Write { identifier, .. } => format!("the write of {identifier}"),
            Request::Control { .. } => "the relay order".to_owned(),
            Request::BroadcastTime(_) => "the broadcast time".to_owned(),
            Request::Keypad(KeyedIn::Code(code)) => format!("code {}", String::from_utf8_lossy(code)),
            Request::Keypad(KeyedIn::Token(_)) => "the token".to_owned(),
        };
        // Some meters move on with every request for a following part: asked for again it would leave a hole, so that
        // whoever reads the item begins it anew.
        let repeatable = matches!(
            request,
            Request::Read(_) | Request::ReadSelected(..) | Request::ReadAddress | Request::Keypad(KeyedIn::Code(_))
        );
        // Parts of one item that are chosen by time have one name.
        let is_selection = matches!(request, Request::ReadSelected(..));
        let names_its_item = !is_selection && (repeatable || matches!(request, Request::ReadFollowing(..)));
        let frame = request
            .frame(address)
            .ok_or_else(|| MeterError::NotSupported(format!("DL/T 645-1997 has no service for {}", what())))?;
        let tries = if repeatable { self.retries.saturating_add(1) } else { 1 };
        if !names_its_item {
            self.settle()?;
        }
        // What has not come in four times its time does not come any more.
        let is_old = self.link.now() > self.pending_until.saturating_add(self.reply_time.saturating_mul(3));
        self.of_others = if is_old { 0 } else { self.pending };
        let limit = RequestLimit::start(self.link.now(), self.reply_time, tries.saturating_sub(1));
        let mut anomalies = ReplyAnomalies::default();
        for _ in 0..tries {
            if self.link.stop_requested() {
                return Err(LinkError::Interrupted.into());
            }
            if let Some(reply) = self.attempt(address, request, &frame, limit, &mut anomalies)? {
                return Ok(reply);
            }
            self.unclean = true;
            self.pending = self.pending.saturating_add(1);
            self.pending_until = self.link.now().saturating_add(self.reply_time);
            if limit.is_over(self.link.now()) {
                break;
            }
        }
        Err(match anomalies {
            ReplyAnomalies { stranger: Some(stranger), .. } => {
                MeterError::OtherMeter { asked: address.to_string(), answered: stranger.to_string() }
            }
            ReplyAnomalies { damaged, .. } if damaged > 0 => MeterError::Garbled(format!(
                "{damaged} damaged frames where {} was due; {}",
                what(),
                if address.is_wild() {
                    "when several meters share the line, give --address"
                } else {
                    "noise, wrong speed or parity, or two meters with this address"
                }
            )),
            ReplyAnomalies { other: Some(other), .. } => MeterError::Unexpected(other.to_string()),
            ReplyAnomalies { late: Some(delay), .. } => {
                MeterError::LateReply { address: address.to_string(), delay, timeout: self.reply_time }
            }
            ReplyAnomalies { echo, .. } => MeterError::NoReply {
                address: address.to_string(),
                what: what(),
                echo: echo || self.link.echo() == Some(true),
            },
        })
    }

    /// Lets the time for a late answer go by: the answer to a write names neither item nor value.
    fn settle(&mut self) -> Result<(), MeterError> {
        if self.pending > 0 && self.link.now() < self.pending_until {
            let until = self.pending_until;
            let wait = until.saturating_sub(self.link.now());
            if self.link.drain(wait, until)? > 0 {
                self.troubles.add(LineTrouble::LateAnswer { address: "a meter".to_owned() });
            }
        }
        self.pending = 0;
        Ok(())
    }

    /// Sends what no meter answers.
    ///
    /// # Errors
    /// [`MeterError`].
    pub fn broadcast(&mut self, request: &Request) -> Result<(), MeterError> {
        let frame = request
            .frame(Address::ALL)
            .ok_or_else(|| MeterError::NotSupported("this edition has no broadcast".to_owned()))?;
        self.send(request, &frame)
    }

    fn attempt(
        &mut self,
        address: Address,
        request: &Request,
        frame: &Frame,
        limit: RequestLimit,
        anomalies: &mut ReplyAnomalies,
    ) -> Result<Option<Reply>, MeterError> {
        if self.unclean {
            let quiet_by = self.link.now().saturating_add(QUIET_LIMIT);
            self.link.drain(QUIET, quiet_by)?;
            self.unclean = false;
        }
        self.send(request, frame)?;
        self.traffic.exchanges = self.traffic.exchanges.saturating_add(1);
        let sent_at = self.link.now();
        let mut until = limit.cap(sent_at.saturating_add(self.reply_time));
        let mut last_at = sent_at;
        let mut scanner = FrameScanner::default();
        let mut buffer = [0u8; 256];
        // Octets that make no frame at all: answers of several meters at once, or noise.
        let (mut octets, mut frames) = (0usize, 0usize);
        loop {
            // A frame that has begun in time may end after it: it is short, and pauses inside it have a limit. A search,
            // which waits briefly and meets many collisions, waits no longer for the end of one.
            let within = scanner.is_within_frame() && frames == 0;
            let due = if within {
                until
                    .max(last_at.saturating_add(self.gap.min(self.reply_time)))
                    .min(until.saturating_add(LONGEST_FRAME))
            } else {
                until
            };
            let received = match self.link.now() >= due && octets > 0 {
                true => Err(LinkError::Timeout(self.reply_time)),
                false => self.link.receive(&mut buffer, due),
            };
            let count = match received {
                Ok(count) => count,
                Err(LinkError::Timeout(_)) => {
                    if scanner.is_within_frame() || (octets > 0 && frames == 0) {
                        anomalies.damaged = anomalies.damaged.saturating_add(1);
                    }
                    return Ok(None);
                }
                Err(error) => return Err(error.into()),
            };
            self.traffic.received = self.traffic.received.saturating_add(u64::try_from(count).unwrap_or_default());
            octets = octets.saturating_add(count);
            last_at = self.link.now();
            for event in scanner.push(buffer.get(..count).unwrap_or_default()) {
                match event {
                    ScanEvent::Damaged => {
                        frames = frames.saturating_add(1);
                        self.traffic.frames_bad = self.traffic.frames_bad.saturating_add(1);
                        anomalies.damaged = anomalies.damaged.saturating_add(1);
                    }
                    ScanEvent::Frame(found) => {
                        frames = frames.saturating_add(1);
                        match interpret(request, address, &found) {
                            // A refusal names no item: while the answer to another question is out it may be that one's.
                            // To a wildcard it tells who is there, whatever it refuses.
                            Ok(Reply::Refused { from, .. }) if self.of_others > 0 && !address.is_wild() => {
                                self.of_others = self.of_others.saturating_sub(1);
                                self.pending = self.pending.saturating_sub(1);
                                anomalies.late = Some(self.lateness(sent_at));
                                self.troubles.add(LineTrouble::LateAnswer { address: from.to_string() });
                            }
                            Ok(reply) => {
                                self.traffic.frames_good = self.traffic.frames_good.saturating_add(1);
                                self.alone(found.address, address, &mut scanner)?;
                                return Ok(Some(reply));
                            }
                            Err(ReplyError::Echo) => {
                                anomalies.echo = true;
                                self.troubles.add(LineTrouble::Echo);
                                // The answer follows the echo: its time begins now.
                                until = limit.cap(self.link.now().saturating_add(self.reply_time));
                            }
                            Err(ReplyError::WrongMeter(answered, asked)) => {
                                anomalies.stranger = Some(answered);
                                self.troubles.add(LineTrouble::OtherMeter {
                                    asked: asked.to_string(),
                                    answered: answered.to_string(),
                                });
                            }
                            Err(ReplyError::WrongService(_) | ReplyError::WrongItem(..)) => {
                                // A sound frame of this meter that answers something else.
                                let address = found.address.to_string();
                                if self.pending == 0 && self.heard.contains(&found.address) {
                                    self.troubles.add(LineTrouble::Collision { address: address.clone() });
                                    return Err(MeterError::Collision { address });
                                }
                                self.pending = self.pending.saturating_sub(1);
                                anomalies.late = Some(self.lateness(sent_at));
                                self.troubles.add(LineTrouble::LateAnswer { address });
                            }
                            Err(other) => anomalies.other = Some(other),
                        }
                    }
                }
            }
        }
    }

    /// How late an answer to an earlier request is, counted from the last one before this.
    fn lateness(&self, sent_at: Moment) -> Duration {
        self.reply_time.saturating_add(self.link.now().saturating_sub(sent_at))
    }

    /// Makes sure, once for each meter, that no second one answers the same request.
    fn alone(&mut self, from: Address, asked: Address, scanner: &mut FrameScanner) -> Result<(), MeterError> {
        if !self.heard.insert(from) {
            return Ok(());
        }
        let limit = self.link.now().saturating_add(QUIET_LIMIT);
        let mut buffer = [0u8; 256];
        loop {
            let until = self.link.now().saturating_add(SECOND_ANSWER).min(limit);
            if self.link.now() >= limit {
                return Ok(());
            }
            let count = match self.link.receive(&mut buffer, until) {
                Ok(count) => count,
                Err(LinkError::Timeout(_)) => return Ok(()),
                Err(error) => return Err(error.into()),
            };
            for event in scanner.push(buffer.get(..count).unwrap_or_default()) {
                self.unclean = true;
                let ScanEvent::Frame(second) = event else { continue };
                if !second.is_reply() {
                    continue;
                }
                if self.pending > 0 {
                    self.pending = self.pending.saturating_sub(1);
                    self.troubles.add(LineTrouble::LateAnswer { address: second.address.to_string() });
                } else if second.address == from {
                    let address = from.to_string();
                    self.troubles.add(LineTrouble::Collision { address: address.clone() });
                    return Err(MeterError::Collision { address });
                } else if asked.is_wild() {
                    return Err(MeterError::Garbled(format!(
                        "{from} and {} both answer: several meters share the line, give --address",
                        second.address
                    )));
                }
            }
        }
    }

    fn send(&mut self, request: &Request, frame: &Frame) -> Result<(), MeterError> {
        let octets = frame.encode(WAKE_UPS).map_err(|error| MeterError::BadValue(error.to_string()))?;
        let secrets = request.credentials_in(frame).map_or_else(Vec::new, |inside| {
            let data = octets.len().saturating_sub(frame.data.len().saturating_add(2));
            // The check sum gives away one octet's worth of the password, so it is hidden, too.
            let check = octets.len().saturating_sub(2);
            vec![data.saturating_add(inside.start)..data.saturating_add(inside.end), check..check.saturating_add(1)]
        });
        self.link.send_secret(&octets, &secrets)?;
        self.traffic.sent = self.traffic.sent.saturating_add(u64::try_from(octets.len()).unwrap_or_default());
        Ok(())
    }
}
