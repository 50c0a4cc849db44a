//! Answers that come when nobody waits for them any more: radio bridges and busy gateways take longer than a scan does.
//!
//! Everything that arrives during a scan is kept. When nothing was found, it is searched for whole answers, and who
//! sent them is asked once more, with more patience.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use super::{Attempt, FoundMeter, Listener, Plan, SILENCE};
use crate::link::{Link, LinkError, Moment, pass_on};
use crate::meter::profile::{Library, Protocol};
use crate::protocol::dlt645::{FrameScanner, ScanEvent};
use crate::protocol::hdlc::{Address, ClientAddress, Control, Frame};
use crate::protocol::iec62056_21::Identification;

/// How long a scan that found nothing listens on.
const LISTEN: Duration = Duration::from_millis(1_500);

/// The longest of it.
const LONGEST_LISTENING: Duration = Duration::from_secs(5);

/// So much longer than before is waited the second time, within these bounds.
const PATIENCE: u32 = 4;
const PATIENCE_BOUNDS: (Duration, Duration) = (Duration::from_secs(4), Duration::from_secs(20));

/// What the last answer may take longer than the slowest so far.
const MARGIN: Duration = Duration::from_secs(1);

/// Octets that are kept of what arrives at one speed.
const KEPT: usize = 65_536;

/// Longest identification line that is looked for; the standard has 23 characters, meters send more.
const LONGEST_IDENTIFICATION: usize = 80;

/// Who answered too late.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum LateAnswer {
    SignOn,
    Hdlc(Address),
    Dlt645,
}

/// What arrived, by the speed of the line, and how long the slowest answer took.
#[derive(Debug, Default)]
struct Arrivals {
    at_speed: Vec<(Option<u32>, Vec<u8>)>,
    /// The first request that is not answered yet, and the last one.
    asked_at: Option<Moment>,
    last_asked_at: Option<Moment>,
    /// The longest time between a request and the next octet.
    slowest: Duration,
}

/// The arrivals of a scan, shared with the link that records them.
#[derive(Debug, Clone, Default)]
pub(super) struct ArrivalLog(Arc<Mutex<Arrivals>>);

impl ArrivalLog {
    /// The link that records into this log.
    pub(super) fn attach(&self, inner: Box<dyn Link>) -> Box<dyn Link> {
        Box::new(LoggedLink { inner, log: self.clone() })
    }

    fn with<T>(&self, change: impl FnOnce(&mut Arrivals) -> T) -> T {
        change(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Whether somebody answered whom nobody heard.
    pub(super) fn has_answers(&self) -> bool {
        !self.answers().is_empty()
    }

    /// By when no answer to anything asked before can come any more, as far as is known.
    fn passed_by(&self) -> Moment {
        self.with(|arrivals| {
            let last = arrivals.last_asked_at.unwrap_or_default();
            last.saturating_add(arrivals.slowest.min(PATIENCE_BOUNDS.1)).saturating_add(MARGIN)
        })
    }

    fn answers(&self) -> Vec<(LateAnswer, Option<u32>)> {
        let mut found = Vec::new();
        self.with(|arrivals| {
            for (baud, octets) in &arrivals.at_speed {
                for answer in answers_in(octets) {
                    if !found.contains(&(answer, *baud)) {
                        found.push((answer, *baud));
                    }
                }
            }
        });
        found
    }
}

/// Whole answers among octets, each sender once.
fn answers_in(octets: &[u8]) -> Vec<LateAnswer> {
    let mut found = Vec::new();
    let mut rest = octets;
    while let [first, behind @ ..] = rest {
        let answer = match first {
            0x7E => hdlc_answer(rest),
            b'/' | 0xAF if is_identification(behind) => Some(LateAnswer::SignOn),
            _ => None,
        };
        if let Some(answer) = answer.filter(|answer| !found.contains(answer)) {
            found.push(answer);
        }
        rest = behind;
    }
    let frames = FrameScanner::default().push(octets);
    if frames.iter().any(|event| matches!(event, ScanEvent::Frame(frame) if frame.is_reply())) {
        found.push(LateAnswer::Dlt645);
    }
    found
}

/// The server whose answer to SNRM stands at the beginning of `octets`.
fn hdlc_answer(octets: &[u8]) -> Option<LateAnswer> {
    let (frame, _) = Frame::parse(octets).ok()?;
    let is_answer = matches!(frame.control, Control::UnnumberedAcknowledge | Control::DisconnectedMode);
    let is_for_us = ClientAddress::from_wire(frame.destination) == Some(ClientAddress::PUBLIC);
    (is_answer && is_for_us).then(|| Address::from_wire(frame.source).map(LateAnswer::Hdlc))?
}

/// Whether a line with an identification follows; the parity bit of a line set to eight data bits is not looked at.
fn is_identification(octets: &[u8]) -> bool {
    let line: Vec<u8> = octets
        .iter()
        .take(LONGEST_IDENTIFICATION)
        .map(|octet| octet & 0x7F)
        .take_while(|octet| !matches!(octet, b'\r' | b'\n'))
        .collect();
    line.len() < octets.len().min(LONGEST_IDENTIFICATION) && Identification::parse(&line).is_ok()
}

#[derive(Debug)]
struct LoggedLink {
    inner: Box<dyn Link>,
    log: ArrivalLog,
}

impl LoggedLink {
    fn note_sent(&self) {
        let now = self.inner.now();
        self.log.with(|arrivals| {
            arrivals.asked_at.get_or_insert(now);
            arrivals.last_asked_at = Some(now);
        });
    }
}

impl Link for LoggedLink {
    pass_on!(self => self.inner; now pause configure settings stop_requested echo note name);

    fn send(&mut self, bytes: &[u8]) -> Result<(), LinkError> {
        self.inner.send(bytes)?;
        self.note_sent();
        Ok(())
    }

    fn send_secret(&mut self, bytes: &[u8], secrets: &[std::ops::Range<usize>]) -> Result<(), LinkError> {
        self.inner.send_secret(bytes, secrets)?;
        self.note_sent();
        Ok(())
    }

    fn receive(&mut self, buffer: &mut [u8], until: Moment) -> Result<usize, LinkError> {
        let count = self.inner.receive(buffer, until)?;
        let (now, baud) = (self.inner.now(), self.inner.settings().map(|settings| settings.baud));
        self.log.with(|arrivals| {
            if let Some(sent) = arrivals.asked_at.take() {
                arrivals.slowest = arrivals.slowest.max(now.saturating_sub(sent));
            }
            if arrivals.at_speed.last().is_none_or(|(last, _)| *last != baud) {
                arrivals.at_speed.push((baud, Vec::new()));
            }
            if let Some((_, octets)) = arrivals.at_speed.last_mut() {
                let room = KEPT.saturating_sub(octets.len()).min(count);
                octets.extend_from_slice(buffer.get(..room).unwrap_or_default());
            }
        });
        Ok(count)
    }
}

/// What a second, more patient attempt brings.
#[derive(Default)]
struct Collected {
    attempts: Vec<Attempt>,
    found: Vec<FoundMeter>,
}

impl Listener for Collected {
    fn tried(&mut self, attempt: Attempt) {
        self.attempts.push(attempt);
    }

    fn found(&mut self, found: FoundMeter) {
        self.found.push(found);
    }
}

impl Plan {
    /// Listens on after a scan that found nothing, and asks everyone again whose answer came too late. Tells whether that
    /// found somebody.
    pub(super) fn ask_late_ones(
        &self,
        mut link: Box<dyn Link>,
        log: &ArrivalLog,
        begun: Moment,
        library: &Library,
        listener: &mut dyn Listener,
    ) -> Result<(Box<dyn Link>, bool), LinkError> {
        self.listen(link.as_mut(), 1)?;
        let waited = self.wait.unwrap_or(LISTEN);
        let mut patience = waited.saturating_mul(PATIENCE).clamp(PATIENCE_BOUNDS.0, PATIENCE_BOUNDS.1);
        let mut found_any = false;
        for (answer, baud) in log.answers() {
            if link.stop_requested() {
                return Err(LinkError::Interrupted);
            }
            let slowest = log.with(|arrivals| arrivals.slowest);
            // A sound answer from an address says that somebody is there, whether or not there is time to ask again.
            let heard = self.heard_late(answer, baud, slowest);
            if let Some(limit) = self.limit(begun) {
                patience = patience.min(limit.saturating_sub(log.passed_by().max(link.now())));
                if patience <= waited {
                    found_any |= heard.is_some();
                    heard.into_iter().for_each(|found| listener.found(found));
                    break;
                }
            }
            if !self.let_pass(link.as_mut(), log)? {
                break;
            }
            let plan = Plan {
                wait: Some(patience),
                speeds: baud.into_iter().collect(),
                all: false,
                thorough: false,
                ..self.clone()
            };
            let mut collected = Collected::default();
            link = plan.ask_one(link, answer, baud, library, &mut collected)?;
            let took = log.with(|arrivals| arrivals.slowest).as_secs_f64();
            for attempt in std::mem::take(&mut collected.attempts) {
                let what = format!("{}, again with {} s", attempt.what, patience.as_secs());
                let came = if collected.found.is_empty() {
                    format!("{}; an answer of it had come too late", attempt.came)
                } else {
                    format!("{}, {took:.1} s after it was asked", attempt.came)
                };
                listener.tried(Attempt { what, came, ..attempt });
            }
            if collected.found.is_empty() {
                collected.found.extend(heard);
            }
            let any = !collected.found.is_empty();
            let is_slow = took > waited.as_secs_f64();
            for found in collected.found {
                let is_measured = is_slow && found.trouble.is_none();
                listener
                    .found(FoundMeter { answers_after_s: is_measured.then(|| (took * 10.0).round() / 10.0), ..found });
            }
            found_any |= any;
            if any && !self.all {
                break;
            }
        }
        Ok((link, found_any))
    }

    /// Listens for so many times the wait, five seconds at most, so that answers that are on their way are heard.
    pub(super) fn listen(&self, link: &mut dyn Link, times: u32) -> Result<(), LinkError> {
        let wait = self.wait.unwrap_or(LISTEN).saturating_mul(times).min(LONGEST_LISTENING);
        let until = link.now().saturating_add(wait);
        while link.now() < until {
            match link.receive(&mut [0; 512], until) {
                Ok(_) => {}
                Err(LinkError::Timeout(_)) => break,
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    /// What a late answer alone tells, of those that name their sender.
    fn heard_late(&self, answer: LateAnswer, baud: Option<u32>, slowest: Duration) -> Option<FoundMeter> {
        let LateAnswer::Hdlc(address) = answer else { return None };
        self.protocols.contains(&Protocol::Dlms).then(|| FoundMeter {
            protocol: "dlms",
            baud,
            address: Some(address.to_string()),
            trouble: Some(format!(
                "its answer came too late, within {:.1} s; give a --timeout beyond that",
                slowest.as_secs_f64()
            )),
            ..FoundMeter::default()
        })
    }

    /// Waits until no answer to anything asked before can come, and begins to measure anew. False on a line that never
    /// falls silent.
    fn let_pass(&self, link: &mut dyn Link, log: &ArrivalLog) -> Result<bool, LinkError> {
        let due = log.passed_by();
        let rest = due.saturating_sub(link.now());
        link.drain(rest.max(SILENCE), due)?;
        let quiet_by = link.now().saturating_add(self.wait.unwrap_or(LISTEN));
        link.drain(SILENCE, quiet_by)?;
        log.with(|arrivals| (arrivals.asked_at, arrivals.slowest) = (None, Duration::ZERO));
        Ok(link.now() < quiet_by)
    }

    fn ask_one(
        &self,
        mut link: Box<dyn Link>,
        answer: LateAnswer,
        baud: Option<u32>,
        library: &Library,
        collected: &mut Collected,
    ) -> Result<Box<dyn Link>, LinkError> {
        let wanted = match answer {
            LateAnswer::SignOn => Protocol::Iec62056_21,
            LateAnswer::Hdlc(_) => Protocol::Dlms,
            LateAnswer::Dlt645 => Protocol::Dlt645,
        };
        if !self.protocols.contains(&wanted) {
            return Ok(link);
        }
        let (attempt, found) = match answer {
            LateAnswer::SignOn => self.sign_on(link.as_mut(), library, 0)?,
            LateAnswer::Hdlc(address) => self.hdlc(link.as_mut(), baud, address)?,
            LateAnswer::Dlt645 => return Ok(self.dlt645(link, collected)?.0),
        };
        collected.tried(attempt);
        found.into_iter().for_each(|found| collected.found(found));
        Ok(link)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hex;

    #[test]
    fn answers_are_told_from_requests_noise_and_each_other() {
        let address: Address = "1/17".parse().unwrap();
        let frame = |destination, source, control| {
            Frame { destination, source, control, segmented: false, information: &[] }.encode()
        };
        let client = ClientAddress::PUBLIC.to_wire();
        let request = frame(address.to_wire(), client, Control::SetNormalResponseMode);
        let answer = frame(client, address.to_wire(), Control::UnnumberedAcknowledge);
        assert_eq!(answers_in(&[b"\x00/?!\r\n".as_slice(), &request].concat()), []);
        assert_eq!(answers_in(&[b"\x00\xFF".as_slice(), &answer, &answer].concat()), [LateAnswer::Hdlc(address)]);
        assert_eq!(answers_in(b"xx/ABC5\\2ident\r\n"), [LateAnswer::SignOn]);
        assert_eq!(answers_in(b"/ABC5\\2ident"), [], "the line has not ended");
        let reply = hex::decode("68AAAAAAAAAAAA689306AAAAAAAAAAAA0000").unwrap();
        assert_eq!(answers_in(&reply), [], "its check sum is wrong");
    }
}
