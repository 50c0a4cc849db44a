//! One request, one answer: waiting, repetition, and telling apart what may come instead.

use std::time::Duration;

use crate::link::{Link, LinkError};
use crate::meter::MeterError;
use crate::meter::driver::Traffic;
use crate::protocol::dlt645::{
    Address, Frame, FrameScanner, Reply, ReplyError, Request, ScanEvent, WAKE_UP, interpret,
};

/// Wake-up octets before each request.
const WAKE_UPS: usize = 4;

/// Silence after which the line counts as quiet.
const QUIET: Duration = Duration::from_millis(50);

/// Longest that is waited for a noisy line to become quiet.
const QUIET_LIMIT: Duration = Duration::from_secs(1);

/// The line to one or more DL/T 645 meters.
#[derive(Debug)]
pub struct Exchange {
    link: Box<dyn Link>,
    reply_time: Duration,
    retries: u32,
    traffic: Traffic,
    /// Something odd came with the last exchange, so the line is to be made quiet first.
    unclean: bool,
}

/// What came instead of an answer, for the error's sentence.
#[derive(Debug, Default)]
struct Oddities {
    echo: bool,
    damaged: u32,
    stranger: Option<ReplyError>,
}

impl Exchange {
    /// Over an open link; `reply_time` is the longest wait for one answer.
    pub fn new(link: Box<dyn Link>, reply_time: Duration, retries: u32) -> Self {
        Exchange { link, reply_time, retries, traffic: Traffic::default(), unclean: true }
    }

    /// The link.
    pub fn link(&mut self) -> &mut dyn Link {
        self.link.as_mut()
    }

    /// The link's name.
    pub fn link_name(&self) -> String {
        self.link.name()
    }

    /// What went over the line so far.
    pub fn traffic(&self) -> Traffic {
        self.traffic
    }

    /// Changes the longest wait for one answer, as for a search.
    pub fn set_reply_time(&mut self, reply_time: Duration) {
        self.reply_time = reply_time;
    }

    /// Asks and waits. Reads are repeated after silence or damage; writes and orders never are.
    ///
    /// # Errors
    /// [`MeterError`]; a refusal is an answer.
    pub fn ask(&mut self, address: Address, request: &Request) -> Result<Reply, MeterError> {
        let what = || match request {
            Request::Read(item) | Request::ReadFollowing(item, _) => format!("item {item}"),
            Request::ReadAddress => "a request for its address".to_owned(),
            Request::Write { identifier, .. } => format!("the write of {identifier}"),
            Request::Control { .. } => "the relay order".to_owned(),
            Request::BroadcastTime(_) => "the broadcast time".to_owned(),
        };
        let repeatable = matches!(request, Request::Read(_) | Request::ReadFollowing(..) | Request::ReadAddress);
        let frame = request
            .frame(address)
            .ok_or_else(|| MeterError::NotSupported(format!("DL/T 645-1997 has no service for {}", what())))?;
        let tries = if repeatable { self.retries.saturating_add(1) } else { 1 };
        let mut oddities = Oddities::default();
        for _ in 0..tries {
            if self.link.stop_requested() {
                return Err(LinkError::Interrupted.into());
            }
            if let Some(reply) = self.attempt(address, request, &frame, &mut oddities)? {
                return Ok(reply);
            }
            self.unclean = true;
        }
        Err(match oddities {
            Oddities { stranger: Some(stranger), .. } => MeterError::Unexpected(stranger.to_string()),
            Oddities { damaged, .. } if damaged > 0 => MeterError::Garbled(format!(
                "{damaged} damaged frames where {} was due; when several meters share the line, give --address",
                what()
            )),
            Oddities { echo, .. } => MeterError::NoReply { address: address.to_string(), what: what(), echo },
        })
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
        oddities: &mut Oddities,
    ) -> Result<Option<Reply>, MeterError> {
        if self.unclean {
            let limit = self.link.now().saturating_add(QUIET_LIMIT);
            self.link.drain(QUIET, limit)?;
            self.unclean = false;
        }
        self.send(request, frame)?;
        self.traffic.exchanges = self.traffic.exchanges.saturating_add(1);
        let mut until = self.link.now().saturating_add(self.reply_time);
        let mut scanner = FrameScanner::default();
        let mut buffer = [0u8; 256];
        loop {
            let count = match self.link.receive(&mut buffer, until) {
                Ok(count) => count,
                Err(LinkError::Timeout(_)) => {
                    if scanner.is_within_frame() {
                        oddities.damaged = oddities.damaged.saturating_add(1);
                    }
                    return Ok(None);
                }
                Err(error) => return Err(error.into()),
            };
            self.traffic.received = self.traffic.received.saturating_add(u64::try_from(count).unwrap_or_default());
            for event in scanner.push(buffer.get(..count).unwrap_or_default()) {
                match event {
                    ScanEvent::Damaged => {
                        self.traffic.frames_bad = self.traffic.frames_bad.saturating_add(1);
                        oddities.damaged = oddities.damaged.saturating_add(1);
                    }
                    ScanEvent::Frame(found) => {
                        match interpret(request, address, &found) {
                            Ok(reply) => {
                                self.traffic.frames_good = self.traffic.frames_good.saturating_add(1);
                                return Ok(Some(reply));
                            }
                            Err(ReplyError::Echo) => {
                                oddities.echo = true;
                                // The answer follows the echo: its time begins now.
                                until = self.link.now().saturating_add(self.reply_time);
                            }
                            Err(stranger) => oddities.stranger = Some(stranger),
                        }
                    }
                }
            }
        }
    }

    fn send(&mut self, request: &Request, frame: &Frame) -> Result<(), MeterError> {
        let octets = frame.encode(WAKE_UPS).map_err(|error| MeterError::BadValue(error.to_string()))?;
        let secrets = match request {
            // Password and operator stand behind the identifier, or first in an order.
            Request::Write { .. } => vec![secret_range(&octets, 4, 8)],
            Request::Control { .. } => vec![secret_range(&octets, 0, 8)],
            _ => Vec::new(),
        };
        self.link.send_secret(&octets, &secrets)?;
        self.traffic.sent = self.traffic.sent.saturating_add(u64::try_from(octets.len()).unwrap_or_default());
        Ok(())
    }
}

/// Where `length` octets of data from `offset` on stand in an encoded frame.
fn secret_range(octets: &[u8], offset: usize, length: usize) -> std::ops::Range<usize> {
    let wake_ups = octets.iter().take_while(|octet| **octet == WAKE_UP).count();
    let start = wake_ups.saturating_add(10).saturating_add(offset).min(octets.len());
    start..start.saturating_add(length).min(octets.len())
}
