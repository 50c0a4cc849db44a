//! Takes records out of the queue to one place after the other, for as long as it takes.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread::JoinHandle;
use std::time::Duration;

use serde_json::Value;

use super::backoff::Backoff;
use super::ending::Ending;
use super::outbox::{OutboxError, Waiting};
use super::watch::NoteSender;

/// Records that are handed over together.
const BATCH: usize = 500;
/// Wait for new records.
const IDLE: Duration = Duration::from_millis(200);
/// Between attempts to reach a place.
const WAITS: Backoff = Backoff::new(Duration::from_millis(500), Duration::from_secs(30));
/// Records in a row that may be refused before the fault is looked for in the place.
const MOST_SUSPECTS: usize = 20;

/// A record on its way, and its number.
#[derive(Debug, Clone)]
pub struct Outgoing {
    /// Rises by one with each record; a place that has seen it has the record.
    pub seq: u64,
    /// The document.
    pub document: Value,
}

/// Why a place did not take records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SinkError {
    /// It is not reached, or cannot take anything now; asking again later is right.
    Away(String),
    /// It is reached, and calls these records wrong.
    Refused(String),
}

/// A place that records are sent to.
pub trait Sink: Send {
    /// Its name for the person, without secrets.
    fn name(&self) -> String;

    /// Takes all of the records or none. It may get records again that it has taken, and then takes them once.
    ///
    /// # Errors
    /// [`SinkError`].
    fn take(&mut self, records: &[Outgoing]) -> Result<(), SinkError>;
}

/// Records on their way to one place.
#[derive(Debug)]
pub struct Forwarding {
    ending: Ending,
    thread: Option<JoinHandle<()>>,
    waiting: Waiting,
    refused: Arc<AtomicU64>,
}

/// How the sending to one place has ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Left {
    /// Records that wait.
    pub waiting: u64,
    /// Records that the place did not take and that were set aside since the watch began.
    pub refused: u64,
}

impl Forwarding {
    /// Begins to send what waits for `consumer`. A place that is away is no error.
    ///
    /// # Errors
    /// An outbox that cannot be used.
    pub fn start(
        sink: Box<dyn Sink>,
        outbox: &Path,
        consumer: &str,
        ending: &Ending,
        notes: NoteSender,
    ) -> Result<Self, OutboxError> {
        let forwarder = Forwarder {
            sink,
            waiting: Waiting::open(outbox, consumer)?,
            notes,
            ending: ending.clone(),
            told: None,
            accepts: false,
            suspects: Vec::new(),
        };
        let refused = forwarder.waiting.count_set_aside();
        let thread = std::thread::spawn(move || forwarder.run());
        let waiting = Waiting::open(outbox, consumer)?;
        Ok(Forwarding { ending: ending.clone(), thread: Some(thread), waiting, refused })
    }

    /// Whether the thread goes on.
    pub fn is_alive(&self) -> bool {
        self.thread.as_ref().is_some_and(|thread| !thread.is_finished())
    }

    /// Ends when all is sent or the time of the ending is up, and tells what is left.
    ///
    /// # Errors
    /// A damaged outbox.
    pub fn end(mut self) -> Result<Left, OutboxError> {
        if let Some(thread) = self.thread.take() {
            // One that is stuck leaves its records in the outbox, where they are counted.
            self.ending.join(thread);
        }
        Ok(Left { waiting: self.waiting.len()?, refused: self.refused.load(Ordering::Relaxed) })
    }
}

struct Forwarder {
    sink: Box<dyn Sink>,
    waiting: Waiting,
    notes: NoteSender,
    ending: Ending,
    /// What the person was told last; a place that stays away is told once.
    told: Option<String>,
    /// Whether the place has taken anything since it was last away.
    accepts: bool,
    /// Records it has refused while it has not taken any other.
    suspects: Vec<(u64, String)>,
}

/// How one round has gone.
enum Round {
    /// Records were dealt with; there may be more.
    Done,
    /// Nothing waits.
    Idle,
    /// The place is away, or the outbox is.
    Away(String),
}

impl Forwarder {
    fn tell(&mut self, words: String) {
        if self.told.as_ref() != Some(&words) {
            self.notes.send(words.clone());
            self.told = Some(words);
        }
    }

    /// Sends until the end has begun, then as much as its time allows.
    fn run(mut self) {
        let mut waits = WAITS;
        let mut batch = BATCH;
        while !self.ending.is_over() {
            // An outbox that cannot be read now, as when another program holds it, is asked again like a place that is away.
            let round = self.round(&mut batch).unwrap_or_else(|error| Round::Away(error.to_string()));
            match round {
                Round::Done => waits.begin_anew(),
                Round::Idle if self.ending.until().is_some() => break,
                Round::Idle => self.ending.pause(IDLE),
                Round::Away(why) => {
                    self.accepts = false;
                    self.suspects.clear();
                    self.tell(format!("{}: {why}; records wait on disk", self.sink.name()));
                    if self.ending.until().is_some() {
                        break;
                    }
                    self.ending.pause(waits.lengthen());
                }
            }
        }
    }

    fn round(&mut self, batch: &mut usize) -> Result<Round, OutboxError> {
        let after = self.suspects.last().map_or(0, |(seq, _)| *seq);
        let messages = self.waiting.next(after, *batch)?;
        let Some(first) = messages.first().map(|message| message.seq) else {
            // Whoever refuses every record there is, refuses for a reason of its own.
            return Ok(match self.suspects.pop() {
                Some((_, why)) => Round::Away(why),
                None => Round::Idle,
            });
        };
        let numbers: Vec<u64> = messages.iter().map(|message| message.seq).collect();
        let records: Vec<Outgoing> = messages
            .iter()
            .filter_map(|message| {
                Some(Outgoing { seq: message.seq, document: serde_json::from_slice(&message.payload).ok()? })
            })
            .collect();
        match self.sink.take(&records) {
            Ok(()) => {
                self.waiting.delivered(&numbers)?;
                for (seq, why) in std::mem::take(&mut self.suspects) {
                    self.set_aside(seq, &why)?;
                }
                if self.told.take().is_some() {
                    let words = format!("{} takes records again", self.sink.name());
                    self.notes.send(words);
                }
                (self.accepts, *batch) = (true, BATCH);
            }
            // The one that is refused is found by halves; the others go on.
            Err(SinkError::Refused(_)) if numbers.len() > 1 => *batch = (numbers.len() / 2).max(1),
            Err(SinkError::Refused(why)) if self.accepts => self.set_aside(first, &why)?,
            Err(SinkError::Refused(why)) if self.suspects.len() >= MOST_SUSPECTS => return Ok(Round::Away(why)),
            Err(SinkError::Refused(why)) => self.suspects.push((first, why)),
            Err(SinkError::Away(why)) => return Ok(Round::Away(why)),
        }
        Ok(Round::Done)
    }

    fn set_aside(&mut self, seq: u64, why: &str) -> Result<(), OutboxError> {
        self.tell(format!("{} refuses record {seq}, which is set aside in the outbox: {why}", self.sink.name()));
        self.waiting.set_aside(seq, why)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;
    use std::time::Instant;

    use super::*;
    use crate::monitor::outbox::Outbox;
    use crate::monitor::watch::WatchChannel;

    /// Is away at first, and refuses one record.
    struct Fickle {
        taken: Arc<Mutex<Vec<u64>>>,
        away: u32,
        refuses: fn(u64) -> bool,
    }

    impl Sink for Fickle {
        fn name(&self) -> String {
            "fickle".to_owned()
        }

        fn take(&mut self, records: &[Outgoing]) -> Result<(), SinkError> {
            if self.away > 0 {
                self.away -= 1;
                return Err(SinkError::Away("down".to_owned()));
            }
            if records.iter().any(|record| (self.refuses)(record.seq)) {
                return Err(SinkError::Refused("no".to_owned()));
            }
            self.taken.lock().unwrap().extend(records.iter().map(|record| record.seq));
            Ok(())
        }
    }

    fn forwarded(refuses: fn(u64) -> bool, wanted: usize) -> (Vec<u64>, Left) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("outbox.db");
        let mut outbox = Outbox::open(&path, 10_000, &["fickle"]).unwrap();
        let make: &dyn Fn(u64) -> Vec<u8> = &|seq| format!("{{\"seq\":{seq}}}").into_bytes();
        outbox.store((0..1_200).map(|_| ("reading", make))).unwrap();
        let taken = Arc::new(Mutex::new(Vec::new()));
        let sink = Box::new(Fickle { taken: Arc::clone(&taken), away: 2, refuses });
        let (ending, notes) = (Ending::default(), WatchChannel::default().notes());
        let forwarding = Forwarding::start(sink, &path, "fickle", &ending, notes).unwrap();
        let until = Instant::now() + Duration::from_secs(if wanted > 0 { 30 } else { 3 });
        while (wanted == 0 || taken.lock().unwrap().len() < wanted) && Instant::now() < until {
            std::thread::sleep(Duration::from_millis(20));
        }
        ending.begin(Duration::from_secs(5));
        let left = forwarding.end().unwrap();
        let taken = taken.lock().unwrap().clone();
        (taken, left)
    }

    #[test]
    fn an_outage_loses_nothing_and_one_bad_record_costs_only_itself() {
        for refuses in [|seq| seq == 700, |seq| seq == 1] as [fn(u64) -> bool; 2] {
            let (taken, left) = forwarded(refuses, 1_199);
            assert_eq!(left, Left { waiting: 0, refused: 1 });
            let wanted: Vec<u64> = (1..=1_200).filter(|seq| !refuses(*seq)).collect();
            assert_eq!(taken, wanted);
        }
    }

    #[test]
    fn whoever_refuses_everything_loses_nothing() {
        let (taken, left) = forwarded(|_| true, 0);
        assert_eq!((taken, left), (Vec::new(), Left { waiting: 1_200, refused: 0 }));
    }
}
