//! Empties the outbox towards the broker, for as long as it takes.

use std::time::{Duration, Instant};

use super::broker::{Broker, BrokerError};
use super::session::Session;
use super::values::ValueTopics;
use crate::monitor::ending::Ending;
use crate::monitor::outbox::{OutboxError, Waiting};

/// Messages that may be on their way at once.
const WINDOW: usize = 256;

/// Shortest and longest wait between attempts to reach the broker.
const FIRST_WAIT: Duration = Duration::from_millis(200);
const LONGEST_WAIT: Duration = Duration::from_secs(10);

/// A retained message with its full topic.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Announcement {
    /// Full topic.
    pub topic: String,
    /// What subscribers find there.
    pub payload: Vec<u8>,
}

/// What the publisher has to tell the person.
#[derive(Debug)]
pub enum Report {
    /// The broker accepted the connection.
    Connected(String),
    /// The broker cannot be reached, or was lost; messages wait on disk.
    Away(BrokerError),
}

/// Sends the outbox to a broker.
#[derive(Debug)]
pub struct Publisher {
    broker: Broker,
    outbox: Waiting,
    prefix: String,
    announcements: Vec<Announcement>,
    values: Option<ValueTopics>,
}

impl Publisher {
    /// `prefix` stands before every topic; `announcements` (such as the list of meters) are retained and sent anew
    /// with each connection; `values` makes topics of the values one by one.
    pub fn new(
        broker: Broker,
        outbox: Waiting,
        prefix: &str,
        announcements: Vec<Announcement>,
        values: Option<ValueTopics>,
    ) -> Self {
        Publisher { broker, outbox, prefix: prefix.to_owned(), announcements, values }
    }

    fn state(&self, word: &str) -> Announcement {
        Announcement { topic: format!("{}/state", self.prefix), payload: word.as_bytes().to_vec() }
    }

    /// Sends until the end has begun, then as much as its time allows. What remains stays on disk.
    ///
    /// # Errors
    /// [`OutboxError`] when the disk fails; the broker's failures are reported and outlived.
    pub fn run(&mut self, ending: &Ending, mut report: impl FnMut(Report)) -> Result<(), OutboxError> {
        let mut wait = FIRST_WAIT;
        while ending.until().is_none() {
            let away = match Session::open(&self.broker, &self.state("offline")) {
                Ok(session) => {
                    report(Report::Connected(self.broker.name()));
                    wait = FIRST_WAIT;
                    match self.serve(session, ending)? {
                        Ok(()) => return Ok(()),
                        Err(error) => error,
                    }
                }
                Err(error) => error,
            };
            report(Report::Away(away));
            ending.pause(wait);
            wait = (wait * 2).min(LONGEST_WAIT);
        }
        Ok(())
    }

    /// Sends over one connection; `Ok(Ok(()))` when the watch has ended and all is sent or time is up.
    fn serve(&mut self, mut session: Session, ending: &Ending) -> Result<Result<(), BrokerError>, OutboxError> {
        if let Some(values) = &mut self.values {
            values.begin_anew();
        }
        let mut greet = || -> Result<(), BrokerError> {
            session.announce(&self.state("online"))?;
            self.announcements.iter().try_for_each(|announcement| session.announce(announcement))
        };
        if let Err(error) = greet() {
            return Ok(Err(error));
        }
        let mut sent = 0u64;
        loop {
            let room = WINDOW.saturating_sub(session.under_way());
            let waiting = if room > WINDOW / 2 { self.outbox.next(sent, room)? } else { Vec::new() };
            for message in &waiting {
                if let Err(error) = session.publish(&self.prefix, message) {
                    self.outbox.delivered(&session.taken())?;
                    return Ok(Err(error));
                }
                sent = message.seq;
            }
            let values = self.values.as_mut().map(|values| values.of(&waiting)).unwrap_or_default();
            for announcement in &values {
                if let Err(error) = session.announce(announcement) {
                    self.outbox.delivered(&session.taken())?;
                    return Ok(Err(error));
                }
            }
            // Reading waits a slice at most, and no time at all while the broker is taking messages.
            let received = session.receive();
            let taken = session.taken();
            if !taken.is_empty() {
                self.outbox.delivered(&taken)?;
            }
            if let Err(error) = received {
                return Ok(Err(error));
            }
            if let Some(until) = ending.until() {
                let idle = waiting.is_empty() && session.under_way() == 0;
                if idle || Instant::now() >= until {
                    let mut last = self.values.as_ref().map(ValueTopics::farewell).unwrap_or_default();
                    last.push(self.state("offline"));
                    let said = last.iter().try_for_each(|announcement| session.announce(announcement));
                    let leave = said.and_then(|()| session.close());
                    // A connection that is gone needs no leave.
                    drop(leave);
                    return Ok(Ok(()));
                }
            }
        }
    }
}
