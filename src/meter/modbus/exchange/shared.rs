//! A line with other units, and other masters: what comes that is not the answer, and what it means.

use std::time::Duration;

use super::{Asked, Exchange, KEPT, QUIET, QUIET_LIMIT, ReplyAnomalies};
use crate::link::{LinkError, Moment};
use crate::meter::MeterError;
use crate::meter::request_limit::RequestLimit;
use crate::meter::trouble::LineTrouble;
use crate::protocol::modbus::{Request, crc16, find_answer, is_only_echo};

/// How long a second unit with the same address is listened for, once.
const SECOND_ANSWER: Duration = Duration::from_millis(60);

impl Exchange {
    /// Two units have this address.
    pub(super) fn collision(&mut self, unit: u8) -> MeterError {
        let address = format!("unit {unit}");
        self.troubles.add(LineTrouble::Collision { address: address.clone() });
        MeterError::Collision { address }
    }

    /// After an answer: whoever else answers at this address, and what is still on its way.
    pub(super) fn after(&mut self, asked: &Asked<'_>, rest: &[u8]) -> Result<(), MeterError> {
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
    pub(super) fn take_from_other(&mut self, unit: u8, answer: &[u8], now: Moment) {
        if let Some(delay) = self.pending.take_oldest(unit, answer, now) {
            self.late_units.insert(unit);
            self.note_late(unit, delay, &mut ReplyAnomalies::default());
        }
    }

    /// Waits until the line has been silent for as long as frames must be apart; what comes meanwhile is no answer to
    /// what is asked next.
    pub(super) fn await_silence(
        &mut self,
        unit: u8,
        request: &Request,
        limit: RequestLimit,
        anomalies: &mut ReplyAnomalies,
    ) -> Result<(), MeterError> {
        if self.numbered {
            // Nothing has to be told apart by silence, and what comes meanwhile may be the answer.
            self.link.pause(self.pause)?;
            self.unclean = false;
            return Ok(());
        }
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
    pub(super) fn only_strangers(
        &mut self,
        unit: u8,
        frame: &[u8],
        received: &[u8],
        anomalies: &mut ReplyAnomalies,
    ) -> bool {
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
    pub(super) fn judge(
        &mut self,
        asked: &Asked<'_>,
        received: &[u8],
        last_at: Moment,
        anomalies: &mut ReplyAnomalies,
    ) {
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
pub(super) fn is_two_answers(request: &Request, octets: usize) -> bool {
    // The length of an identification is the unit's to choose.
    if matches!(request, Request::DeviceIdentification | Request::ServerIdentification) {
        return false;
    }
    let one = request.answer_length();
    octets > one && octets <= one.saturating_mul(2)
}

/// The octets the answer has in all, its check included, when `received` is a true beginning of one.
pub(super) fn begun(asked: &Asked<'_>, received: &[u8]) -> Option<usize> {
    let [unit, function, rest @ ..] = received else { return None };
    if *unit != asked.unit || *function != asked.request.function() {
        return None;
    }
    let whole = asked.request.answer_length();
    let is_read = matches!(function, 1..=4);
    let says_so = rest.first().is_none_or(|count| !is_read || usize::from(*count).saturating_add(5) == whole);
    (says_so && received.len() < whole).then_some(whole)
}
