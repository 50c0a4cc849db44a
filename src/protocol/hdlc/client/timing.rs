//! Time-outs: when an answer is overdue, what is done then, and what its absence is called.

use std::time::Duration;

use super::{ClientConnection, ClientFault};
use crate::protocol::hdlc::reader::ReaderStatistics;

/// A reply that keeps trickling in is waited for at most this many response time-outs.
const TRICKLE_LIMIT: u32 = 4;

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

    /// When the answer is overdue: not while octets are still coming in, up to a limit.
    fn answer_deadline(&self) -> Duration {
        let timeout = self.settings.response_timeout;
        let due = self.sent_at.saturating_add(timeout);
        let patience = self.sent_at.saturating_add(timeout.saturating_mul(TRICKLE_LIMIT));
        if self.last_octet_at > self.sent_at { due.max(self.gap_deadline()).min(patience) } else { due }
    }

    /// Acts on time passed: gives up half frames, asks a busy meter again, repeats, and in the end fails.
    pub fn handle_timeout(&mut self, now: Duration) {
        while self.reader.is_unfinished() && now >= self.gap_deadline() {
            self.reader.give_up();
            self.take_frames(now);
        }
        if !self.waiting {
            return;
        }
        if self.ask_again_at.is_some_and(|at| now >= at) {
            self.ask_again_at = None;
            self.ready(now);
        } else if now >= self.answer_deadline() {
            self.reader.clear();
            if self.attempts > self.settings.retries {
                let fault = self.silence_fault();
                self.fail(fault);
            } else {
                self.attempts = self.attempts.saturating_add(1);
                self.statistics.repetitions = self.statistics.repetitions.saturating_add(1);
                self.push_last(now);
            }
        }
    }

    /// What to call the absence of an answer, from what came since the question.
    fn silence_fault(&self) -> ClientFault {
        let (now, then) = (self.statistics(), self.at_question);
        let octets = now.reader.octets.saturating_sub(then.reader.octets);
        let frames = now.reader.good_frames.saturating_sub(then.reader.good_frames);
        let echoes = now.echoes.saturating_sub(then.echoes);
        let bad = |s: ReaderStatistics| s.bad_frame_checks.saturating_add(s.bad_header_checks);
        let server = self.settings.server;
        if octets == 0 {
            ClientFault::NoReply { server, frame: self.last_name, attempts: self.attempts }
        } else if frames == 0 {
            ClientFault::Garbled { octets, bad: bad(now.reader).saturating_sub(bad(then.reader)) }
        } else if frames == echoes {
            ClientFault::EchoOnly { server, attempts: self.attempts }
        } else {
            ClientFault::NotForUs { frames: frames.saturating_sub(echoes) }
        }
    }
}
