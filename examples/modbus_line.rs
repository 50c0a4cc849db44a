//! How much of what an RS485 line allows the Modbus driver uses.
//!
//! A line of 32 meters at 9600 bit/s is modelled behind a TCP port and paced in real time: a request is heard when its
//! last character would have left, the meter takes its reaction time, and the answer arrives character by character.
//! Each meter is an SDM630 and has a driver of its own; all are polled by `status` in turn. What the line allows is the
//! sum of the characters, the reaction times, and 3.5 characters of silence before each request.
//!
//!     cargo run --release --example modbus_line [ROUNDS]

#![allow(clippy::print_stdout, reason = "the figures are its result")]

use std::error::Error;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::ops::Range;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use time::OffsetDateTime;
use wattkey::link::{LineSettings, Link, LinkAddress, LinkError, Moment, OpenOptions};
use wattkey::meter::Meter;
use wattkey::meter::modbus::{Exchange, ModbusMeter};
use wattkey::meter::profile::Library;
use wattkey::protocol::modbus::crc16;

const METERS: u8 = 32;
const BAUD: u32 = 9_600;
/// What an SDM630 takes to begin its answer; the 3.5 characters of silence it waits for are part of it.
const REACTION: Duration = Duration::from_millis(20);

/// One character of 10 bits.
fn character(count: usize) -> Duration {
    Duration::from_nanos(10_000_000_000 / u64::from(BAUD)) * u32::try_from(count).unwrap_or(u32::MAX)
}

/// Waits to the moment itself: a sleep alone ends late.
fn sleep_until(moment: Instant) {
    let left = moment.saturating_duration_since(Instant::now());
    thread::sleep(left.saturating_sub(Duration::from_micros(300)));
    while Instant::now() < moment {
        std::hint::spin_loop();
    }
}

/// Counters the line keeps.
#[derive(Debug, Default)]
struct Seen {
    requests: AtomicU64,
    /// Requests that came sooner than 3.5 characters after the line fell silent.
    too_soon: AtomicU64,
    /// What the line needed at the least, in nanoseconds.
    least: AtomicU64,
}

fn line(mut stream: TcpStream, seen: &Seen) -> std::io::Result<()> {
    stream.set_nodelay(true)?;
    let silence = character(7) / 2;
    let mut silent_since = Instant::now();
    let mut request = [0u8; 8];
    loop {
        stream.read_exact(&mut request)?;
        let heard = Instant::now();
        if heard.duration_since(silent_since) < silence {
            seen.too_soon.fetch_add(1, Ordering::Relaxed);
        }
        let [unit, function, _, _, high, low, ..] = request;
        let count = u16::from_be_bytes([high, low]);
        let mut answer = vec![unit, function, u8::try_from(count.saturating_mul(2)).unwrap_or(0)];
        for number in 0..count {
            let [high, low] = if number % 2 == 0 { [0x42, 0x48] } else { [0, 0] };
            answer.extend([high, low]);
        }
        answer.extend(crc16(&answer).to_le_bytes());
        let begin = heard + character(request.len()) + REACTION;
        for (index, part) in answer.chunks(8).enumerate() {
            sleep_until(begin + character((index * 8 + part.len()).min(answer.len())));
            // Before the write: the other side may be quicker to run than we to look at the clock.
            silent_since = Instant::now();
            stream.write_all(part)?;
        }
        let least = character(request.len()) + REACTION + character(answer.len()) + silence;
        seen.requests.fetch_add(1, Ordering::Relaxed);
        seen.least.fetch_add(u64::try_from(least.as_nanos()).unwrap_or(u64::MAX), Ordering::Relaxed);
    }
}

/// The one link, used by every driver in turn.
#[derive(Debug, Clone)]
struct Shared(Arc<Mutex<Box<dyn Link>>>);

impl Shared {
    fn with<T>(&self, work: impl FnOnce(&mut dyn Link) -> T) -> T {
        work(self.0.lock().unwrap_or_else(PoisonError::into_inner).as_mut())
    }
}

impl Link for Shared {
    fn now(&self) -> Moment {
        self.with(|link| link.now())
    }
    fn pause(&mut self, duration: Duration) -> Result<(), LinkError> {
        self.with(|link| link.pause(duration))
    }
    fn send(&mut self, bytes: &[u8]) -> Result<(), LinkError> {
        self.with(|link| link.send(bytes))
    }
    fn send_secret(&mut self, bytes: &[u8], secrets: &[Range<usize>]) -> Result<(), LinkError> {
        self.with(|link| link.send_secret(bytes, secrets))
    }
    fn receive(&mut self, buffer: &mut [u8], until: Moment) -> Result<usize, LinkError> {
        self.with(|link| link.receive(buffer, until))
    }
    fn configure(&mut self, settings: LineSettings) -> Result<(), LinkError> {
        self.with(|link| link.configure(settings))
    }
    fn settings(&self) -> Option<LineSettings> {
        self.with(|link| link.settings())
    }
    fn name(&self) -> String {
        self.with(|link| link.name())
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let rounds: u32 = std::env::args().nth(1).map_or(Ok(10), |text| text.parse())?;
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let address: LinkAddress = format!("tcp:{}?echo=off", listener.local_addr()?).parse()?;
    let seen = Arc::new(Seen::default());
    let counted = Arc::clone(&seen);
    thread::spawn(move || listener.accept().and_then(|(stream, _)| line(stream, &counted)));
    let link = Shared(Arc::new(Mutex::new(wattkey::link::open(&address, &OpenOptions::default())?)));
    let profile = Library::default().find("eastron-sdm630")?;
    let mut meters: Vec<ModbusMeter> = (1..=METERS)
        .map(|unit| {
            let exchange = Exchange::new(Box::new(link.clone()), Duration::from_secs(1), 1, Some(BAUD));
            ModbusMeter::new(exchange, profile.clone(), unit, OffsetDateTime::now_utc)
        })
        .collect();
    // The first round asks for serial numbers and makes sure that no address is given twice.
    for meter in &mut meters {
        meter.status()?;
    }
    for counter in [&seen.requests, &seen.too_soon, &seen.least] {
        counter.store(0, Ordering::Relaxed);
    }
    let begun = Instant::now();
    for _ in 0..rounds {
        for meter in &mut meters {
            meter.status()?;
        }
    }
    let took = begun.elapsed();
    let least = Duration::from_nanos(seen.least.load(Ordering::Relaxed));
    let requests = seen.requests.load(Ordering::Relaxed);
    let polls = u64::from(METERS) * u64::from(rounds);
    println!("{polls} polls of {METERS} meters at {BAUD} bit/s, {requests} requests");
    println!("the line needs {:.1} ms a poll, {:.1} ms were taken", each(least, polls), each(took, polls));
    println!("{:.1} % of what the line allows", 100.0 * least.as_secs_f64() / took.as_secs_f64());
    println!("{} requests came before the line was silent long enough", seen.too_soon.load(Ordering::Relaxed));
    Ok(())
}

fn each(whole: Duration, count: u64) -> f64 {
    whole.as_secs_f64() * 1_000.0 / count as f64
}
