//! Takes records out of the queue to one place after the other, for as long as it takes.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use serde_json::Value;

use super::outbox::{OutboxError, Waiting};
use super::watch::NoteSender;

/// Records that are handed over together.
const BATCH: usize = 500;
/// Wait for new records.
const IDLE: Duration = Duration::from_millis(200);
/// Shortest and longest wait between attempts to reach a place.
const FIRST_WAIT: Duration = Duration::from_millis(500);
const LONGEST_WAIT: Duration = Duration::from_secs(30);
/// How long the last records may take once the watch ends.
const FAREWELL_TIME: Duration = Duration::from_secs(5);

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
    /// It is reached, and takes these records at no time.
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
    stop: Arc<AtomicBool>,
    thread: Option<JoinHandle<Result<u64, OutboxError>>>,
}

impl Forwarding {
    /// Begins to send what waits for `consumer`. A place that is away is no error.
    ///
    /// # Errors
    /// An outbox that cannot be used.
    pub fn start(sink: Box<dyn Sink>, outbox: &Path, consumer: &str, notes: NoteSender) -> Result<Self, OutboxError> {
        let waiting = Waiting::open(outbox, consumer)?;
        let stop = Arc::new(AtomicBool::new(false));
        let stopped = Arc::clone(&stop);
        let thread = std::thread::spawn(move || Forwarder { sink, waiting, notes, told: None }.run(&stopped));
        Ok(Forwarding { stop, thread: Some(thread) })
    }

    /// Ends after what can be sent in a few seconds, and tells how many records still wait; `None` when the thread failed.
    ///
    /// # Errors
    /// A damaged outbox.
    pub fn end(mut self) -> Result<Option<u64>, OutboxError> {
        self.stop.store(true, Ordering::Relaxed);
        match self.thread.take().map(JoinHandle::join) {
            Some(Ok(waiting)) => waiting.map(Some),
            Some(Err(_)) | None => Ok(None),
        }
    }
}

struct Forwarder {
    sink: Box<dyn Sink>,
    waiting: Waiting,
    notes: NoteSender,
    /// What the person was told last; a place that stays away is told once.
    told: Option<String>,
}

impl Forwarder {
    fn tell(&mut self, words: String) {
        if self.told.as_ref() != Some(&words) {
            self.notes.send(words.clone());
            self.told = Some(words);
        }
    }

    /// Sends until `stop` is set, then as much as can be sent within a few seconds; tells how many records still wait.
    fn run(mut self, stop: &AtomicBool) -> Result<u64, OutboxError> {
        let mut wait = FIRST_WAIT;
        let mut batch = BATCH;
        let mut farewell = None;
        loop {
            if stop.load(Ordering::Relaxed) {
                let until = *farewell.get_or_insert_with(|| Instant::now() + FAREWELL_TIME);
                if Instant::now() >= until {
                    break;
                }
            }
            let messages = self.waiting.next(0, batch)?;
            if messages.is_empty() {
                if farewell.is_some() {
                    break;
                }
                pause(IDLE, stop);
                continue;
            }
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
                    if self.told.is_some() {
                        self.tell(format!("{} takes records again", self.sink.name()));
                        self.told = None;
                    }
                    (wait, batch) = (FIRST_WAIT, BATCH);
                }
                // One that is refused is found by halves and passed over; the others go on.
                Err(SinkError::Refused(_)) if numbers.len() > 1 => batch = (numbers.len() / 2).max(1),
                Err(SinkError::Refused(why)) => {
                    self.tell(format!("{} refuses a record, which is passed over: {why}", self.sink.name()));
                    self.waiting.delivered(&numbers)?;
                }
                Err(SinkError::Away(why)) => {
                    self.tell(format!("{}: {why}; records wait on disk", self.sink.name()));
                    if farewell.is_some() {
                        break;
                    }
                    pause(wait, stop);
                    wait = (wait * 2).min(LONGEST_WAIT);
                }
            }
        }
        self.waiting.len()
    }
}

fn pause(wait: Duration, stop: &AtomicBool) {
    let until = Instant::now() + wait;
    while Instant::now() < until && !stop.load(Ordering::Relaxed) {
        std::thread::sleep(Duration::from_millis(50).min(wait));
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use super::*;
    use crate::monitor::outbox::Outbox;
    use crate::monitor::watch::WatchChannel;

    /// Is away at first, and refuses one record.
    struct Fickle {
        taken: Arc<Mutex<Vec<u64>>>,
        away: u32,
        refuses: u64,
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
            if records.iter().any(|record| record.seq == self.refuses) {
                return Err(SinkError::Refused("no".to_owned()));
            }
            self.taken.lock().unwrap().extend(records.iter().map(|record| record.seq));
            Ok(())
        }
    }

    #[test]
    fn an_outage_loses_nothing_and_one_bad_record_costs_only_itself() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("outbox.db");
        let mut outbox = Outbox::open(&path, 10_000, &["fickle"]).unwrap();
        let make: &dyn Fn(u64) -> Vec<u8> = &|seq| format!("{{\"seq\":{seq}}}").into_bytes();
        outbox.store((0..1_200).map(|_| ("reading", make))).unwrap();
        let taken = Arc::new(Mutex::new(Vec::new()));
        let sink = Box::new(Fickle { taken: Arc::clone(&taken), away: 2, refuses: 700 });
        let forwarding = Forwarding::start(sink, &path, "fickle", WatchChannel::default().notes()).unwrap();
        let until = Instant::now() + Duration::from_secs(30);
        while taken.lock().unwrap().len() < 1_199 && Instant::now() < until {
            std::thread::sleep(Duration::from_millis(20));
        }
        assert_eq!(forwarding.end().unwrap(), Some(0));
        let wanted: Vec<u64> = (1..=1_200).filter(|seq| *seq != 700).collect();
        assert_eq!(*taken.lock().unwrap(), wanted);
    }
}
