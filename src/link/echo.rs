//! Heads and adapters that hand back what was sent: the echo is found at the first exchange and taken out.
//!
//! Detection compares, it does not count: as long as the received bytes are a prefix of those just sent they are held
//! back; a full match is an echo, a difference hands everything on. Once an exchange has shown that the line does not
//! echo, nothing is compared any more, so a meter that repeats a request on purpose (mode E) is heard.

use std::collections::VecDeque;
use std::ops::Range;

use super::address::EchoMode;
use super::{Link, LinkError, Moment, pass_on};

/// Longest echo that is compared; longer transmissions are passed on.
const LONGEST_ECHO: usize = 16 * 1024;

/// Takes the echo of sent bytes out of what is received.
#[derive(Debug)]
pub struct EchoFilter<L> {
    inner: L,
    /// `None` while undecided.
    echoes: Option<bool>,
    /// Sent bytes whose echo may still come.
    expected: VecDeque<u8>,
    /// Received bytes that have matched so far, held back while undecided.
    held: Vec<u8>,
    /// Bytes cleared for the caller.
    ready: VecDeque<u8>,
}

impl<L: Link> EchoFilter<L> {
    /// Wraps a line.
    pub fn new(inner: L, mode: EchoMode) -> Self {
        let echoes = match mode {
            EchoMode::Auto => None,
            EchoMode::Strip => Some(true),
            EchoMode::Off => Some(false),
        };
        EchoFilter { inner, echoes, expected: VecDeque::new(), held: Vec::new(), ready: VecDeque::new() }
    }

    fn expect(&mut self, bytes: &[u8]) {
        if self.echoes == Some(false) {
            return;
        }
        // A partial echo of the transmission before is of no use to anybody.
        self.held.clear();
        if self.expected.len().saturating_add(bytes.len()) > LONGEST_ECHO {
            self.expected.clear();
        } else {
            self.expected.extend(bytes);
        }
    }

    fn hear(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            match self.expected.front() {
                Some(&wanted) if wanted == byte => {
                    self.expected.pop_front();
                    self.held.push(byte);
                    if self.expected.is_empty() {
                        self.held.clear();
                        if self.echoes.is_none() {
                            self.echoes = Some(true);
                            self.inner.note("the line echoes what is sent; the echo is taken out from here on");
                        }
                    }
                }
                Some(_) => {
                    self.expected.clear();
                    self.ready.extend(self.held.drain(..));
                    self.ready.push_back(byte);
                    // A head that echoed before and now brought a damaged echo is still a head that echoes.
                    self.echoes = Some(self.echoes.unwrap_or(false));
                }
                None => self.ready.push_back(byte),
            }
        }
    }

    fn take(&mut self, buffer: &mut [u8]) -> usize {
        let mut count = 0usize;
        for slot in buffer.iter_mut() {
            let Some(byte) = self.ready.pop_front() else { break };
            *slot = byte;
            count = count.saturating_add(1);
        }
        count
    }
}

impl<L: Link> Link for EchoFilter<L> {
    pass_on!(self => self.inner; now pause configure settings stop_requested note name);

    fn send(&mut self, bytes: &[u8]) -> Result<(), LinkError> {
        self.inner.send(bytes)?;
        self.expect(bytes);
        Ok(())
    }

    fn send_secret(&mut self, bytes: &[u8], secrets: &[Range<usize>]) -> Result<(), LinkError> {
        self.inner.send_secret(bytes, secrets)?;
        self.expect(bytes);
        Ok(())
    }

    fn receive(&mut self, buffer: &mut [u8], until: Moment) -> Result<usize, LinkError> {
        if buffer.is_empty() {
            return Ok(0);
        }
        loop {
            let count = self.take(buffer);
            if count > 0 {
                return Ok(count);
            }
            let mut raw = [0u8; 256];
            match self.inner.receive(&mut raw, until) {
                Ok(count) => self.hear(raw.get(..count).unwrap_or_default()),
                Err(LinkError::Timeout(waited)) => {
                    // Half an echo and then silence: on a line not known to echo it may be the meter's word.
                    self.expected.clear();
                    if self.echoes == Some(true) {
                        self.held.clear();
                    }
                    if self.held.is_empty() {
                        return Err(LinkError::Timeout(waited));
                    }
                    self.ready.extend(self.held.drain(..));
                }
                Err(error) => return Err(error),
            }
        }
    }

    fn echo(&self) -> Option<bool> {
        self.echoes
    }
}
