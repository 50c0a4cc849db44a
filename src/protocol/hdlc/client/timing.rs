//! Time-outs: when an answer is overdue, what is done then, and what its absence is called.

use std::time::Duration;

use super::{ClientConnection, ClientFault, Incomplete};
use crate::protocol::hdlc::reader::ReaderStatistics;

impl ClientConnection {
    /// When [`ClientConnection::handle_timeout`] is to be called if nothing comes before; `None` while nothing is due.
    pub fn deadline(&self) -> Option<Duration> {
        if !self.waiting {
            return None;
        }
        let mut next = self.answer_deadline();
        if self.reader.is_unfinished() {
            next = next.min(self.gap_deadline());
        }
        Some(self.ask_again_at.map_or(next, |at| at.min(next)))
    }

    fn gap_deadline(&self) -> Duration {
        self.last_octet_at.saturating_add(self.settings.octet_gap)
    }

    /// When the answer is overdue. What comes meanwhile changes nothing, save a frame whose good header says that the
    /// answer has begun: it may take the time of its length.
    fn answer_deadline(&self) -> Duration {
        let due = self.sent_at.saturating_add(self.settings.response_timeout);
        match self.reader.progress() {
            Some((_, whole)) => {
                let octets = u32::try_from(whole).unwrap_or(u32::MAX);
                // Twice the time, for adapters that hand octets on in bursts.
                let whole_at = due.saturating_add(self.settings.octet_time.saturating_mul(octets).saturating_mul(2));
                due.max(self.gap_deadline()).min(whole_at)
            }
            None => due,
        }
    }

    /// Whether an answer has begun and may still take the time of its length.
    pub fn is_within_answer(&self, now: Duration) -> bool {
        self.reader.progress().is_some() && now < self.answer_deadline()
    }

    /// Gives up frames that have begun; those that began inside them are found.
    pub(super) fn abandon_frames(&mut self, now: Duration) {
        while self.reader.is_unfinished() {
            if let Some((octets, of)) = self.reader.progress() {
                let pause = now.saturating_sub(self.last_octet_at);
                self.incomplete = Some(Incomplete { octets, of, pause });
            }
            self.reader.give_up();
            self.take_frames(now);
            if self.holds_message() {
                return;
            }
        }
    }

    /// Acts on time passed: gives up half frames, asks a busy meter again, repeats, and in the end fails. To be called
    /// also while octets keep coming.
    pub fn handle_timeout(&mut self, now: Duration) {
        if self.reader.is_unfinished() && now >= self.gap_deadline() {
            self.abandon_frames(now);
        }
        if !self.waiting {
            return;
        }
        if self.ask_again_at.is_some_and(|at| now >= at) {
            self.ask_again_at = None;
            self.ready(now);
        } else if now >= self.answer_deadline() {
            self.abandon_frames(now);
            if !self.waiting {
                return;
            }
            self.reader.clear();
            if self.attempts > self.settings.retries {
                let fault = self.silence_fault();
                self.fail(fault);
            } else {
                self.repeat(now);
            }
        }
    }

    /// What to call the absence of an answer, from what came since the question.
    pub(super) fn silence_fault(&self) -> ClientFault {
        let (now, then) = (self.statistics(), self.at_question);
        let octets = now.reader.octets.saturating_sub(then.reader.octets);
        let frames = now.reader.good_frames.saturating_sub(then.reader.good_frames);
        let echoes = now.echoes.saturating_sub(then.echoes);
        let bad = |s: ReaderStatistics| s.bad_frame_checks.saturating_add(s.bad_header_checks);
        let server = self.settings.server;
        if octets == 0 {
            ClientFault::NoReply { server, frame: self.last_name, attempts: self.attempts }
        } else if frames == 0
            && let Some(Incomplete { octets, of, pause }) = self.incomplete
        {
            ClientFault::Incomplete { octets, of, pause }
        } else if frames == 0 {
            ClientFault::Garbled { octets, bad: bad(now.reader).saturating_sub(bad(then.reader)) }
        } else if frames == echoes {
            ClientFault::EchoOnly { server, attempts: self.attempts }
        } else {
            ClientFault::NotForUs { frames: frames.saturating_sub(echoes) }
        }
    }
}
