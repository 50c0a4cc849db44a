//! One connection to the broker, from CONNECT to its end.

use std::io;
use std::time::{Duration, Instant};

use super::announcement::Announcement;
use super::broker::{Broker, BrokerError, Stream};
use super::conversation::{Accepted, Conversation, Outcome, Version};
use crate::monitor::outbox::Message;

/// How long the broker may take to accept.
const ACCEPT_TIME: Duration = Duration::from_secs(10);

/// A connection that the broker has accepted.
pub(super) struct Session {
    name: String,
    stream: Stream,
    conversation: Conversation,
}

impl Session {
    /// Connects, and waits until the broker has accepted.
    ///
    /// # Errors
    /// [`BrokerError::Unanswered`] when MQTT 5 brings no answer to CONNECT, as some old brokers hang up or say nothing; also
    /// when TLS fails or what comes is no MQTT.
    pub(super) fn open(broker: &Broker, will: &Announcement, version: Version) -> Result<Self, BrokerError> {
        let protocol = |problem| BrokerError::Protocol(broker.name(), problem);
        let conversation = Conversation::open(broker, will, version).map_err(protocol)?;
        let mut session = Session { name: broker.name(), stream: broker.connect()?, conversation };
        match session.await_acceptance() {
            Ok(()) => Ok(session),
            Err(cause @ (BrokerError::Line(..) | BrokerError::Protocol(..))) if version == Version::V5_0 => {
                Err(BrokerError::Unanswered(Box::new(cause)))
            }
            Err(error) => Err(error),
        }
    }

    fn await_acceptance(&mut self) -> Result<(), BrokerError> {
        self.flush()?;
        let deadline = Instant::now() + ACCEPT_TIME;
        loop {
            match self.conversation.accepted() {
                Some(Accepted::Yes) => return Ok(()),
                Some(Accepted::OtherVersion) => {
                    return Err(BrokerError::OtherVersion(self.name.clone()));
                }
                Some(Accepted::No(reason)) => return Err(BrokerError::Refused(self.name.clone(), reason)),
                None if Instant::now() >= deadline => {
                    return Err(self.lost(io::Error::new(io::ErrorKind::TimedOut, "no answer")));
                }
                None => self.receive()?,
            }
        }
    }

    /// Messages sent and not yet taken by the broker.
    pub(super) fn under_way(&self) -> usize {
        self.conversation.under_way()
    }

    /// What the broker has answered since the last call.
    pub(super) fn outcomes(&mut self) -> Vec<Outcome> {
        self.conversation.outcomes()
    }

    /// Sends a waiting message.
    pub(super) fn publish(&mut self, prefix: &str, message: &Message) -> Result<(), BrokerError> {
        let published =
            self.conversation.publish(&format!("{prefix}/{}", message.topic), &message.payload, message.seq);
        self.said(published)
    }

    /// Sends what late subscribers are to find.
    pub(super) fn announce(&mut self, announcement: &Announcement) -> Result<(), BrokerError> {
        let announced = self.conversation.announce(announcement);
        self.said(announced)
    }

    /// Takes what has come, waiting a slice at most, and keeps the connection alive.
    pub(super) fn receive(&mut self) -> Result<(), BrokerError> {
        let mut buffer = [0u8; 4_096];
        match self.stream.read_slice(&mut buffer).map_err(|error| self.lost(error))? {
            Some(0) => {
                return Err(self.lost(io::Error::new(io::ErrorKind::ConnectionAborted, "closed the connection")));
            }
            Some(count) => {
                let received = self.conversation.receive(buffer.get(..count).unwrap_or_default());
                self.said(received)?;
            }
            None => {}
        }
        let ticked = self.conversation.tick(Instant::now());
        self.said(ticked)
    }

    /// Takes leave, so that the broker does not publish the will.
    pub(super) fn close(mut self) -> Result<(), BrokerError> {
        let closed = self.conversation.close();
        self.said(closed)
    }

    /// Sends what the conversation has to say after a step of it, also after one that failed.
    fn said(&mut self, step: Result<(), String>) -> Result<(), BrokerError> {
        self.flush()?;
        step.map_err(|problem| BrokerError::Protocol(self.name.clone(), problem))
    }

    fn flush(&mut self) -> Result<(), BrokerError> {
        let octets = self.conversation.outgoing();
        if octets.is_empty() {
            return Ok(());
        }
        self.stream.write_all(&octets).map_err(|error| self.lost(error))
    }

    fn lost(&self, error: io::Error) -> BrokerError {
        BrokerError::Line(self.name.clone(), error)
    }
}
