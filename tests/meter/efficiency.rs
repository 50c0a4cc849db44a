//! How much of what the line allows is used.

use std::time::Duration;

use wattkey::link::memory::LineFaults;
use wattkey::link::{LineSettings, Link};
use wattkey::meter::{Item, Meter};

use crate::bench::{driver, line};

/// A link that tells its clock when the session is over.
#[derive(Debug)]
struct Stopwatch<L>(L, std::sync::Arc<std::sync::Mutex<Duration>>);

impl<L: Link> Link for Stopwatch<L> {
    fn now(&self) -> Duration {
        let now = self.0.now();
        *self.1.lock().unwrap() = now;
        now
    }
    fn pause(&mut self, duration: Duration) -> Result<(), wattkey::link::LinkError> {
        self.0.pause(duration)
    }
    fn send(&mut self, bytes: &[u8]) -> Result<(), wattkey::link::LinkError> {
        self.0.send(bytes)
    }
    fn receive(&mut self, buffer: &mut [u8], until: Duration) -> Result<usize, wattkey::link::LinkError> {
        let result = self.0.receive(buffer, until);
        self.now();
        result
    }
    fn configure(&mut self, settings: LineSettings) -> Result<(), wattkey::link::LinkError> {
        self.0.configure(settings)
    }
    fn settings(&self) -> Option<LineSettings> {
        self.0.settings()
    }
    fn name(&self) -> String {
        self.0.name()
    }
}

/// Time the octets of a session take at 9600 8N1, as a share of the time the session took. The meter reacts at once.
fn share(run: impl FnOnce(&mut dyn Meter)) -> f64 {
    let clock = std::sync::Arc::new(std::sync::Mutex::new(Duration::ZERO));
    let link = Stopwatch(line(&["1/17"], LineFaults::default()), clock.clone());
    let mut meter = driver(Box::new(link), "1/17");
    run(&mut meter);
    meter.close();
    let traffic = meter.traffic();
    let octets = usize::try_from(traffic.sent + traffic.received).unwrap();
    let wire = LineSettings::eight_none_one(9600).time_for(octets);
    let took = *clock.lock().unwrap();
    println!("{octets} octets, {} exchanges: {wire:?} on the wire, {took:?} in all", traffic.exchanges);
    wire.as_secs_f64() / took.as_secs_f64()
}

#[test]
fn a_status_uses_the_line_to_95_per_cent() {
    let share = share(|meter| {
        meter.status().unwrap();
    });
    assert!(share >= 0.95, "{share}");
}

#[test]
fn reading_uses_the_line_to_95_per_cent() {
    let items: Vec<Item> =
        ["3/1.0.1.8.0.255:2", "3/1.0.32.7.0.255:2", "70/0.0.96.3.10.255:3"].map(|item| item.parse().unwrap()).into();
    let share = share(|meter| {
        assert!(meter.read(&items).unwrap().iter().all(|reading| reading.error.is_none()));
    });
    assert!(share >= 0.95, "{share}");
}
