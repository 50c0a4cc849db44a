//! Empties the outbox towards the broker, for as long as it takes.

use std::time::{Duration, Instant};

use super::announcement::Announcement;
use super::broker::{Broker, BrokerError};
use super::conversation::{Outcome, Refusal, Version};
use super::held::HeldTopics;
use super::session::Session;
use super::under_way::UnderWay;
use super::values::ValueTopics;
use crate::monitor::backoff::Backoff;
use crate::monitor::ending::Ending;
use crate::monitor::outbox::{Message, OutboxError, Waiting};

/// Messages that may be on their way at once.
const WINDOW: usize = 256;

/// A broker's rules and quotas may change while it runs: what it has refused by itself is offered again after so long.
const OFFERED_AGAIN: Duration = Duration::from_secs(30 * 60);

/// Batches of messages looked at between two looks at the connection.
const MOST_BATCHES: usize = 16;

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
    under_way: UnderWay,
    /// Version of MQTT used with this broker.
    version: Version,
    /// Whether the broker has answered in it.
    is_known: bool,
}

/// Why a connection is over.
#[derive(Debug, thiserror::Error)]
enum Break {
    #[error(transparent)]
    Broker(#[from] BrokerError),
    #[error(transparent)]
    Outbox(#[from] OutboxError),
}

/// How far one connection is in the outbox.
#[derive(Debug, Default)]
struct Place {
    /// The newest message looked at.
    seen: u64,
    /// When everything that waits is gone through again, for the sake of what was refused.
    begins_anew: Option<Instant>,
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
            under_way: UnderWay::new(Instant::now()),
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
        match Session::open(&self.broker, will, Version::V3_1_1) {
            Ok(session) => session.close()?,
            Err(refused @ BrokerError::Refused(..)) => return Err(refused),
            Err(_) => return Err(cause),
        }
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
        let mut place = Place::default();
        let outcome = self.converse(&mut session, &mut place, ending, report);
        // What was taken before a connection broke stays taken.
        self.settle(&mut session, &mut place, report)?;
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
        place: &mut Place,
        ending: &Ending,
        report: &mut impl FnMut(Report),
    ) -> Result<bool, Break> {
        if let Some(values) = &mut self.values {
            values.begin_anew();
        }
        self.held.begin_anew(Instant::now());
        self.under_way = UnderWay::new(Instant::now());
        session.announce(&self.state("online"))?;
        self.announcements.iter().try_for_each(|announcement| session.announce(announcement))?;
        loop {
            let is_idle = !self.offer(session, place)?;
            // Reading waits a slice at most, and no time at all while the broker is taking messages.
            let before = session.under_way();
            let received = session.receive();
            if session.under_way() < before {
                self.under_way.is_heard(Instant::now());
            }
            self.settle(session, place, report)?;
            received?;
            if let Some(until) = ending.until()
                && ((is_idle && session.under_way() == 0) || Instant::now() >= until)
            {
                return Ok(self.take_leave(session, until).is_ok());
            }
            if self.under_way.is_stuck(WINDOW, Instant::now()) {
                let problem = "it does not acknowledge a message".to_owned();
                return Err(BrokerError::Protocol(self.broker.name(), problem).into());
            }
        }
    }

    /// Sends what there is room for; whether there was anything.
    fn offer(&mut self, session: &mut Session, place: &mut Place) -> Result<bool, Break> {
        let now = Instant::now();
        if place.begins_anew.is_some_and(|at| at <= now) {
            *place = Place::default();
        }
        for (topic, behind) in self.held.due(now) {
            if session.under_way() >= WINDOW {
                break;
            }
            let message = self.outbox.next_of(&topic, behind)?;
            if message.as_ref().is_some_and(|message| self.under_way.holds(message.seq)) {
                continue;
            }
            self.held.tries(&topic, message.as_ref().map(|message| message.seq));
            if let Some(message) = message {
                self.publish(session, &message)?;
            }
        }
        let mut any = false;
        // What is left out takes no room, and is soon gone through.
        for _ in 0..MOST_BATCHES {
            let room = WINDOW.saturating_sub(session.under_way());
            let waiting = if room > WINDOW / 2 { self.outbox.next(place.seen, room)? } else { Vec::new() };
            let Some(newest) = waiting.last() else { break };
            (place.seen, any) = (newest.seq, true);
            if let Some(values) = &mut self.values {
                values.take(&waiting);
            }
            let mut is_sent = false;
            for message in &waiting {
                if !self.under_way.holds(message.seq) && !self.held.leaves_out(&message.topic, message.seq) {
                    self.publish(session, message)?;
                    is_sent = true;
                }
            }
            if is_sent {
                break;
            }
        }
        let values = self.values.as_mut().map(ValueTopics::due).unwrap_or_default();
        values.iter().try_for_each(|announcement| session.announce(announcement))?;
        Ok(any)
    }

    fn publish(&mut self, session: &mut Session, message: &Message) -> Result<(), BrokerError> {
        self.under_way.leaves(message.seq, &message.topic, Instant::now());
        session.publish(&self.prefix, message)
    }

    /// Notes what the broker has taken and refused, in this order.
    fn settle(
        &mut self,
        session: &mut Session,
        place: &mut Place,
        report: &mut impl FnMut(Report),
    ) -> Result<(), OutboxError> {
        let now = Instant::now();
        let outcomes = session.outcomes();
        let taken: Vec<u64> = outcomes.iter().filter_map(Outcome::taken).collect();
        if !taken.is_empty() {
            self.outbox.delivered(&taken)?;
        }
        for outcome in outcomes {
            let refusal = match outcome {
                Outcome::Taken(seq) => {
                    let topic = self.under_way.answered(seq);
                    if let Some(left_out) = topic.and_then(|topic| self.held.taken(&topic, seq)) {
                        place.seen = place.seen.min(left_out.saturating_sub(1));
                    }
                    continue;
                }
                Outcome::Refused(refusal) => refusal,
            };
            if let Some(seq) = refusal.message
                && let Some(topic) = self.under_way.answered(seq)
            {
                if refusal.is_final {
                    self.outbox.set_aside(seq, &refusal.to_string())?;
                    self.held.set_aside(&topic, seq);
                } else {
                    self.held.refused(&topic, seq, now);
                    place.begins_anew.get_or_insert(now + OFFERED_AGAIN);
                }
            }
            report(Report::Refused(refusal));
        }
        Ok(())
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
