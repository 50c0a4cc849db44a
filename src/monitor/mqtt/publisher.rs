//! Empties the outbox towards the broker, for as long as it takes.

use std::time::{Duration, Instant};

use super::announcement::Announcement;
use super::broker::{Broker, BrokerError};
use super::conversation::{Refusal, Version};
use super::held::HeldTopics;
use super::session::Session;
use super::values::ValueTopics;
use crate::monitor::backoff::Backoff;
use crate::monitor::ending::Ending;
use crate::monitor::outbox::{OutboxError, Waiting};

/// Messages that may be on their way at once.
const WINDOW: usize = 256;

/// Between attempts to reach the broker.
const WAITS: Backoff = Backoff::new(Duration::from_millis(200), Duration::from_secs(10));

/// What the publisher has to tell the person.
#[derive(Debug)]
pub enum Report {
    /// The broker accepted the connection, in this version of the protocol.
    Connected(String, Version),
    /// The broker does not take a message; the others go on. One from the outbox waits there, or is set aside when it will
    /// never be taken.
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
    held: HeldTopics,
    /// Version of MQTT used with this broker.
    version: Version,
    /// Whether the broker has answered in it.
    is_known: bool,
}

/// Why a connection is over.
#[derive(Debug)]
enum Break {
    Broker(BrokerError),
    Outbox(OutboxError),
}

impl From<BrokerError> for Break {
    fn from(error: BrokerError) -> Self {
        Break::Broker(error)
    }
}

impl From<OutboxError> for Break {
    fn from(error: OutboxError) -> Self {
        Break::Outbox(error)
    }
}

/// How far one connection is in the outbox.
#[derive(Debug, Default)]
struct Place {
    /// The newest message looked at.
    seen: u64,
    /// The newest message whose values were announced: what is looked at again is older.
    valued: u64,
    /// Whether the outbox is to be gone through anew, once nothing is on its way that would be sent twice.
    begins_anew: bool,
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
        Publisher {
            broker,
            outbox,
            prefix: prefix.to_owned(),
            announcements,
            values,
            held: HeldTopics::default(),
            version: Version::V5_0,
            is_known: false,
        }
    }

    fn state(&self, word: &str) -> Announcement {
        Announcement { topic: format!("{}/state", self.prefix), payload: word.as_bytes().to_vec() }
    }

    /// Sends until the end has begun, then as much as its time allows. What remains stays on disk.
    ///
    /// # Errors
    /// [`OutboxError`] when the disk fails; the broker's failures are reported and outlived.
    pub fn run(&mut self, ending: &Ending, mut report: impl FnMut(Report)) -> Result<(), OutboxError> {
        let mut waits = WAITS;
        while ending.until().is_none() {
            let away = match self.connect() {
                Ok(session) => {
                    report(Report::Connected(self.broker.name(), self.version));
                    waits.begin_anew();
                    match self.serve(session, ending, &mut report) {
                        Ok(()) => return Ok(()),
                        Err(Break::Outbox(error)) => return Err(error),
                        Err(Break::Broker(error)) => error,
                    }
                }
                Err(error) => error,
            };
            report(Report::Away(away));
            ending.pause(waits.lengthen());
        }
        Ok(())
    }

    /// Connects in MQTT 5, and in 3.1.1 where the broker does not speak it.
    fn connect(&mut self) -> Result<Session, BrokerError> {
        let will = self.state("offline");
        let opened = match Session::open(&self.broker, &will, self.version) {
            Err(BrokerError::OtherVersion(_)) => {
                self.version = Version::V3_1_1;
                Session::open(&self.broker, &will, self.version)
            }
            Err(BrokerError::Unanswered(cause)) if !self.is_known => self.in_either_version(&will, *cause),
            Err(BrokerError::Unanswered(cause)) => Err(*cause),
            other => other,
        };
        self.is_known |= opened.is_ok();
        opened
    }

    /// Some old brokers hang up on MQTT 5 or say nothing, and so does one that is being restarted. It is an old one when it
    /// speaks 3.1.1 and does the same to MQTT 5 after that; 3.1.1 taken by mistake would lose what it refuses.
    fn in_either_version(&mut self, will: &Announcement, cause: BrokerError) -> Result<Session, BrokerError> {
        let Ok(session) = Session::open(&self.broker, will, Version::V3_1_1) else { return Err(cause) };
        session.close()?;
        match Session::open(&self.broker, will, self.version) {
            Err(BrokerError::Unanswered(_) | BrokerError::OtherVersion(_)) => {
                let session = Session::open(&self.broker, will, Version::V3_1_1)?;
                self.version = Version::V3_1_1;
                Ok(session)
            }
            other => other,
        }
    }

    /// Sends over one connection; `Ok` when the watch has ended and all is sent or time is up.
    fn serve(&mut self, mut session: Session, ending: &Ending, report: &mut impl FnMut(Report)) -> Result<(), Break> {
        let outcome = self.converse(&mut session, ending, report);
        // What was taken before a connection broke stays taken.
        self.settle(&mut session, report)?;
        // Where the broker has not taken our last words, the end of the connection has it publish the will.
        if outcome? && session.under_way() == 0 {
            // A connection that is gone needs no leave.
            drop(session.close());
        }
        Ok(())
    }

    /// The same until it ends: whether everything could be said.
    fn converse(
        &mut self,
        session: &mut Session,
        ending: &Ending,
        report: &mut impl FnMut(Report),
    ) -> Result<bool, Break> {
        if let Some(values) = &mut self.values {
            values.begin_anew();
        }
        self.held.begin_anew(Instant::now());
        session.announce(&self.state("online"))?;
        self.announcements.iter().try_for_each(|announcement| session.announce(announcement))?;
        let mut place = Place::default();
        loop {
            let is_idle = !self.offer(session, &mut place)?;
            // Reading waits a slice at most, and no time at all while the broker is taking messages.
            let received = session.receive();
            place.begins_anew |= self.settle(session, report)?;
            received?;
            if let Some(until) = ending.until()
                && ((is_idle && session.under_way() == 0) || Instant::now() >= until)
            {
                return Ok(self.take_leave(session, until).is_ok());
            }
        }
    }

    /// Sends what there is room for; whether there was anything.
    fn offer(&mut self, session: &mut Session, place: &mut Place) -> Result<bool, Break> {
        if place.begins_anew {
            if session.under_way() > 0 {
                return Ok(true);
            }
            *place = Place { seen: 0, valued: place.valued, begins_anew: false };
        }
        for topic in self.held.due(Instant::now()) {
            let newest = self.outbox.newest(&topic)?;
            self.held.tries(&topic, newest.as_ref().map(|message| message.seq));
            if let Some(message) = newest {
                session.publish(&self.prefix, &message)?;
            }
        }
        let room = WINDOW.saturating_sub(session.under_way());
        let waiting = if room > WINDOW / 2 { self.outbox.next(place.seen, room)? } else { Vec::new() };
        for message in &waiting {
            if !self.held.holds(&message.topic) {
                session.publish(&self.prefix, message)?;
            }
            place.seen = message.seq;
        }
        let fresh = waiting.get(waiting.partition_point(|message| message.seq <= place.valued)..).unwrap_or_default();
        let values = self.values.as_mut().map(|values| values.of(fresh)).unwrap_or_default();
        place.valued = fresh.last().map_or(place.valued, |message| message.seq);
        values.iter().try_for_each(|announcement| session.announce(announcement))?;
        Ok(!waiting.is_empty())
    }

    /// Notes what the broker has taken and refused; whether a topic that was held goes out again.
    fn settle(&mut self, session: &mut Session, report: &mut impl FnMut(Report)) -> Result<bool, OutboxError> {
        let mut settled = session.taken();
        if !settled.is_empty() {
            self.outbox.delivered(&settled)?;
        }
        for mut refusal in session.refused() {
            if let Some(seq) = refusal.message {
                let topic = refusal.topic.strip_prefix(&format!("{}/", self.prefix)).unwrap_or(&refusal.topic);
                refusal.is_final = refusal.is_final || self.held.refused(topic, seq, Instant::now());
                if refusal.is_final {
                    self.outbox.set_aside(seq, &refusal.reason)?;
                    settled.push(seq);
                }
            }
            report(Report::Refused(refusal));
        }
        Ok(self.held.settled(&settled))
    }

    /// Says the last words, and waits until the broker has taken them or time is up.
    fn take_leave(&self, session: &mut Session, until: Instant) -> Result<(), BrokerError> {
        let mut last = self.values.as_ref().map(ValueTopics::farewell).unwrap_or_default();
        last.push(self.state("offline"));
        last.iter().try_for_each(|announcement| session.announce(announcement))?;
        // The broker may take a few at a time.
        while session.under_way() > 0 && Instant::now() < until {
            session.receive()?;
        }
        Ok(())
    }
}
