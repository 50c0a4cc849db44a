//! Answers that come after their time: told from the answer to the question of now, waited for, or asked around.

use std::collections::BTreeSet;
use std::time::Duration;

use super::{Asked, Attempt, Exchange, KEPT, ReplyAnomalies};
use crate::link::LinkError;
use crate::meter::MeterError;
use crate::meter::modbus::pending::Attribution;
use crate::meter::request_limit::RequestLimit;
use crate::meter::trouble::LineTrouble;
use crate::protocol::modbus::{Answer, Request};

impl Exchange {
    /// Reads some registers more than are wanted: the length of the reply tells it from those that are out. `None` when
    /// the unit does not go along.
    pub(super) fn ask_for_more(
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
    pub(super) fn fall_in_step(
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
    pub(super) fn await_pending(
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

    pub(super) fn note_late(&mut self, unit: u8, delay: Duration, anomalies: &mut ReplyAnomalies) {
        self.delays.insert(unit, delay);
        anomalies.late = Some(anomalies.late.unwrap_or_default().max(delay));
        self.troubles.add(LineTrouble::LateAnswer { address: format!("unit {unit}") });
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
        self.take_told_late();
        Ok(std::mem::take(&mut self.late_units))
    }

    /// Learns from the answers that the link itself tells to be late.
    pub(super) fn take_told_late(&mut self) {
        for mut frame in self.link.take_late() {
            while let Some((from, answer)) = self.pending.take_frame(&mut frame) {
                self.take_from_other(from, &answer, self.link.now());
            }
        }
    }

    /// Accounts for replies to earlier requests in what came unasked; tells whether there was one.
    pub(super) fn take_late(
        &mut self,
        unit: u8,
        request: &Request,
        octets: &mut Vec<u8>,
        anomalies: &mut ReplyAnomalies,
    ) -> bool {
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
}
