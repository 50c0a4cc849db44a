//! Empties the outbox towards the broker, for as long as it takes.

use std::time::{Duration, Instant};

use super::announcement::Announcement;
use super::broker::{Broker, BrokerError};
use super::conversation::{Refusal, Version};
use super::session::Session;
use super::values::ValueTopics;
use crate::monitor::ending::Ending;
use crate::monitor::outbox::{OutboxError, Waiting};

/// Messages that may be on their way at once.
const WINDOW: usize = 256;

/// Shortest and longest wait between attempts to reach the broker.
const FIRST_WAIT: Duration = Duration::from_millis(200);
const LONGEST_WAIT: Duration = Duration::from_secs(10);

/// A broker's rules may change while it runs.
const OFFERED_AGAIN: Duration = Duration::from_secs(60);

/// What the publisher has to tell the person.
#[derive(Debug)]
pub enum Report {
    /// The broker accepted the connection, in this version of the protocol.
    Connected(String, Version),
    /// The broker does not take a message; the others go on, and it is offered again where it waits in the outbox.
    Refused(Refusal),
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
    /// What the broker is spoken to in: 3.1.1 once it has said that it does not speak 5.
    version: Version,
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
        let version = Version::V5_0;
        Publisher { broker, outbox, prefix: prefix.to_owned(), announcements, values, version }
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
            let away = match self.connect() {
                Ok((session, version)) => {
                    report(Report::Connected(self.broker.name(), version));
                    wait = FIRST_WAIT;
                    match self.serve(session, ending, &mut report)? {
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

    /// Connects in MQTT 5, and in 3.1.1 where the broker does not speak it.
    fn connect(&mut self) -> Result<(Session, Version), BrokerError> {
        let will = self.state("offline");
        let opened = Session::open(&self.broker, &will, self.version);
        if let Err(BrokerError::OtherVersion { is_said, .. }) = &opened {
            if *is_said {
                self.version = Version::V3_1_1;
            }
            return Session::open(&self.broker, &will, Version::V3_1_1).map(|session| (session, Version::V3_1_1));
        }
        opened.map(|session| (session, self.version))
    }

    /// Sends over one connection; `Ok(Ok(()))` when the watch has ended and all is sent or time is up.
    fn serve(
        &mut self,
        mut session: Session,
        ending: &Ending,
        report: &mut impl FnMut(Report),
    ) -> Result<Result<(), BrokerError>, OutboxError> {
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
        // The newest message whose values were announced on this connection: what is offered again is older.
        let mut newest_valued = 0u64;
        // When messages that were refused are offered again.
        let mut again = None;
        loop {
            // Nothing is on its way that would be sent twice.
            if again.is_some_and(|at| Instant::now() >= at) && session.under_way() == 0 {
                (sent, again) = (0, None);
            }
            let room = WINDOW.saturating_sub(session.under_way());
            let waiting = if room > WINDOW / 2 { self.outbox.next(sent, room)? } else { Vec::new() };
            for message in &waiting {
                if let Err(error) = session.publish(&self.prefix, message) {
                    self.outbox.delivered(&session.taken())?;
                    return Ok(Err(error));
                }
                sent = message.seq;
            }
            let fresh =
                waiting.get(waiting.partition_point(|message| message.seq <= newest_valued)..).unwrap_or_default();
            let values = self.values.as_mut().map(|values| values.of(fresh)).unwrap_or_default();
            newest_valued = fresh.last().map_or(newest_valued, |message| message.seq);
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
            for refusal in session.refused() {
                if refusal.waits {
                    again.get_or_insert(Instant::now() + OFFERED_AGAIN);
                }
                report(Report::Refused(refusal));
            }
            if let Err(error) = received {
                return Ok(Err(error));
            }
            if let Some(until) = ending.until() {
                let idle = waiting.is_empty() && session.under_way() == 0;
                if idle || Instant::now() >= until {
                    let mut last = self.values.as_ref().map(ValueTopics::farewell).unwrap_or_default();
                    last.push(self.state("offline"));
                    let mut say_all = || {
                        last.iter().try_for_each(|announcement| session.announce(announcement))?;
                        // The broker may take a few at a time.
                        while session.under_way() > 0 && Instant::now() < until {
                            session.receive()?;
                        }
                        Ok::<_, BrokerError>(session.under_way() == 0)
                    };
                    // Where the broker has not taken our last words, its own end of the connection has it publish the will.
                    if let Ok(true) = say_all() {
                        // A connection that is gone needs no leave.
                        drop(session.close());
                    }
                    return Ok(Ok(()));
                }
            }
        }
    }
}
