//! Invocation counters: read from the meter as the public client, stored before use, never taken blindly when they are
//! implausibly high.

use std::ops::Range;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use time::OffsetDateTime;
use wattkey::error::Exit;
use wattkey::keys::CounterStore;
use wattkey::link::memory::LineFaults;
use wattkey::link::{LineSettings, Link, LinkError};
use wattkey::meter::MeterError;
use wattkey::meter::dlms::counter::SharedStore;
use wattkey::protocol::dlms::Envelope;
use wattkey::protocol::hdlc::{Frame, LLC_REQUEST};

use crate::bench::{line, manager, manager_owner};

const FAR: u32 = 1 << 31;

fn store() -> SharedStore {
    Arc::new(Mutex::new(CounterStore::in_memory().unwrap()))
}

fn last(store: &SharedStore) -> Option<u32> {
    store.lock().unwrap().last(&manager_owner()).unwrap()
}

/// A line whose meter has taken counters up to `last` and a few more.
fn line_with_counter(last: u32) -> Box<dyn Link> {
    let store = store();
    store.lock().unwrap().reserve(&manager_owner(), last.checked_sub(1), 1, OffsetDateTime::UNIX_EPOCH).unwrap();
    let mut session = manager(Box::new(line(&["1/17"], LineFaults::default())), &store);
    session.open().unwrap();
    session.close();
    session.into_link()
}

/// Looks at every ciphered request that leaves: its counter must be on the disk as used.
#[derive(Debug)]
struct Watch<L> {
    inner: L,
    store: SharedStore,
    counters: Arc<Mutex<Vec<u32>>>,
}

impl<L: Link> Link for Watch<L> {
    fn now(&self) -> Duration {
        self.inner.now()
    }
    fn pause(&mut self, duration: Duration) -> Result<(), LinkError> {
        self.inner.pause(duration)
    }
    fn send(&mut self, bytes: &[u8]) -> Result<(), LinkError> {
        let (frame, _) = Frame::parse(bytes).unwrap();
        let apdu = frame.information.strip_prefix(&LLC_REQUEST[..]).unwrap_or_default();
        if let Ok(envelope) = Envelope::from_bytes(apdu) {
            assert!(last(&self.store) >= Some(envelope.counter), "{} is not stored", envelope.counter);
            self.counters.lock().unwrap().push(envelope.counter);
        }
        self.inner.send(bytes)
    }
    fn send_secret(&mut self, bytes: &[u8], _secrets: &[Range<usize>]) -> Result<(), LinkError> {
        self.send(bytes)
    }
    fn receive(&mut self, buffer: &mut [u8], until: Duration) -> Result<usize, LinkError> {
        self.inner.receive(buffer, until)
    }
    fn configure(&mut self, settings: LineSettings) -> Result<(), LinkError> {
        self.inner.configure(settings)
    }
    fn settings(&self) -> Option<LineSettings> {
        self.inner.settings()
    }
    fn name(&self) -> String {
        self.inner.name()
    }
}

#[test]
fn a_counter_is_stored_before_it_is_used_and_never_used_again() {
    let (store, counters) = (store(), Arc::new(Mutex::new(Vec::new())));
    let mut link: Box<dyn Link> = Box::new(Watch {
        inner: line(&["1/17"], LineFaults::default()),
        store: store.clone(),
        counters: counters.clone(),
    });
    for _ in 0..5 {
        let mut session = manager(link, &store);
        session.open().unwrap();
        for _ in 0..20 {
            let clock = wattkey::protocol::dlms::AttributeDescriptor::new(
                wattkey::protocol::dlms::ClassId::CLOCK,
                wattkey::protocol::dlms::ObisCode::CLOCK,
                2,
            );
            session.get(clock, None).unwrap().unwrap();
        }
        session.close();
        link = session.into_link();
    }
    let counters = counters.lock().unwrap();
    assert!(counters.len() > 100, "{}", counters.len());
    assert!(counters.windows(2).all(|pair| pair[0] < pair[1]), "{counters:?}");
}

#[test]
fn on_first_contact_the_meters_own_counter_is_taken() {
    let store = store();
    let mut session = manager(line_with_counter(5000), &store);
    session.open().unwrap();
    assert!(last(&store) > Some(5000), "{:?}", last(&store));
}

#[test]
fn after_a_refusal_a_meter_that_is_ahead_is_followed() {
    let store = store();
    store.lock().unwrap().reserve(&manager_owner(), Some(6), 1, OffsetDateTime::UNIX_EPOCH).unwrap();
    let mut session = manager(line_with_counter(5000), &store);
    session.open().unwrap();
    assert!(last(&store) > Some(5000), "{:?}", last(&store));
}

#[test]
fn the_meter_is_asked_on_every_contact_so_that_an_older_store_uses_no_number_twice() {
    let store = store();
    let mut session = manager(line_with_counter(5000), &store);
    session.open().unwrap();
    session.close();
    // The laptop's state is put back to the first number.
    let older = self::store();
    older.lock().unwrap().reserve(&manager_owner(), Some(0), 1, OffsetDateTime::UNIX_EPOCH).unwrap();
    let counters = Arc::new(Mutex::new(Vec::new()));
    let link = Box::new(Watch { inner: session.into_link(), store: older.clone(), counters: counters.clone() });
    manager(link, &older).open().unwrap();
    let counters = counters.lock().unwrap();
    assert!(!counters.is_empty() && counters.iter().all(|counter| *counter > 5000), "{counters:?}");
}

#[test]
fn a_counter_far_ahead_stops_everything() {
    let store = store();
    let mut session = manager(line_with_counter(FAR + 10), &store);
    match session.open() {
        Err(error @ MeterError::CounterFarAhead { meter, ours: 0 }) => {
            assert!(meter > FAR);
            assert_eq!(error.code().exit(), Exit::Safety);
        }
        other => panic!("{other:?}"),
    }
    assert_eq!(last(&store), None, "nothing of it was taken");
}

#[test]
fn a_counter_far_ahead_is_taken_when_somebody_says_so_and_only_then() {
    for answer in [false, true] {
        let (store, asked) = (store(), Arc::new(Mutex::new(Vec::new())));
        let notes = asked.clone();
        let question = Box::new(move |meter, ours| {
            notes.lock().unwrap().push((meter, ours));
            answer
        });
        let mut session = manager(line_with_counter(FAR + 10), &store).with_counter_question(question);
        assert_eq!(session.open().is_ok(), answer);
        session.close();
        let asked = asked.lock().unwrap().clone();
        assert!(matches!(asked[..], [(meter, None)] if meter > FAR), "{asked:?}");
        assert_eq!(last(&store) > Some(FAR), answer);
        // What was confirmed once is not asked again.
        if answer {
            let again = Box::new(|_, _| panic!("asked a second time"));
            let mut session = manager(session.into_link(), &store).with_counter_question(again);
            session.open().unwrap();
        }
    }
}

#[test]
fn a_far_counter_after_a_refusal_is_asked_about_with_ours() {
    let store = store();
    store.lock().unwrap().reserve(&manager_owner(), Some(6), 1, OffsetDateTime::UNIX_EPOCH).unwrap();
    let mut session = manager(line_with_counter(FAR + 10), &store);
    match session.open() {
        Err(MeterError::CounterFarAhead { ours, .. }) => assert!((7..FAR).contains(&ours), "{ours}"),
        other => panic!("{other:?}"),
    }
}
