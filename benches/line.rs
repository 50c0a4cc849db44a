//! How much of what a line at 9600 8N1 allows is used, paced in real time: `cargo bench --bench line`.
//!
//! A simulated meter listens behind a TCP socket that carries one character each 1.04 ms, as the wire would. What the line
//! allows is the time of all octets both ways and the meter's own reaction times; the share of it is printed.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::print_stdout)]

use std::io::{ErrorKind, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use criterion::{Criterion, criterion_group, criterion_main};
use time::OffsetDateTime;
use wattkey::link::{self, LineSettings, LinkAddress, OpenOptions};
use wattkey::meter::dlms::{Access, Authentication, DlmsMeter, Session, Transport, TransportSettings};
use wattkey::meter::profile::Library;
use wattkey::meter::{Item, Meter};
use wattkey::protocol::hdlc::{Address, ClientAddress};
use wattkey::sim::fault::{FaultRule, Faults};
use wattkey::sim::line::{LineAction, SimLine};
use wattkey::sim::meter::Meter as SimulatedMeter;
use wattkey::sim::model::Model;

/// The meter's reaction times so far: what the line does not owe.
type Reactions = Arc<Mutex<Duration>>;

/// Waits until `due` without waking much later than that.
fn until(due: Instant) {
    while let Some(left) = due.checked_duration_since(Instant::now()).filter(|left| !left.is_zero()) {
        thread::sleep(left.min(Duration::from_micros(500)));
    }
}

/// Serves one connection, a character at a time.
fn serve(mut stream: TcpStream, reactions: &Reactions) {
    let character = LineSettings::eight_none_one(9600).time_for(1);
    let now = OffsetDateTime::now_utc();
    let meter = SimulatedMeter::new(Model::named(Model::default_name()).unwrap(), 0, now).unwrap();
    let address: Address = "1/17".parse().unwrap();
    let mut line = SimLine::new(vec![(meter, address)], Faults::new(FaultRule::default(), 1));
    let begun = Instant::now();
    let mut free = begun;
    let mut buffer = [0; 512];
    stream.set_nodelay(true).unwrap();
    loop {
        let count = match stream.read(&mut buffer) {
            Ok(0) => return,
            Ok(count) => count,
            Err(error) if error.kind() == ErrorKind::Interrupted => continue,
            Err(_) => return,
        };
        free = free.max(Instant::now());
        for byte in &buffer[..count] {
            free += character;
            until(free);
            for action in line.hear(&[*byte], free - begun, now + (free - begun)) {
                match action {
                    LineAction::Pause(duration) => {
                        free += duration;
                        *reactions.lock().unwrap() += duration;
                    }
                    LineAction::Send(octets) => {
                        for octet in octets {
                            free += character;
                            until(free);
                            if stream.write_all(&[octet]).is_err() {
                                return;
                            }
                        }
                    }
                    LineAction::HangUp => return,
                }
            }
        }
    }
}

/// One session over the paced line: its time, and what the line allows.
fn session(run: &dyn Fn(&mut dyn Meter)) -> (Duration, Duration) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let reactions = Reactions::default();
    let told = reactions.clone();
    let server = thread::spawn(move || serve(listener.accept().unwrap().0, &told));
    let link: LinkAddress = format!("tcp:127.0.0.1:{port}?echo=off").parse().unwrap();
    let link = link::open(&link, &OpenOptions::default()).unwrap();
    let settings = TransportSettings {
        server: "1/17".parse().unwrap(),
        max_info_field: 2030,
        window: 1,
        wrapper: false,
        timeout: Duration::from_secs(5),
        retries: 2,
        octet_gap: Duration::from_millis(250),
    };
    let access = Access {
        client: ClientAddress::PUBLIC,
        authentication: Authentication::NONE,
        source: None,
        public: None,
        counter_objects: Vec::new(),
        pdu: u16::MAX,
        conformance: wattkey::protocol::dlms::Conformance::CLIENT,
        block_window: 1,
        pre_established: None,
        accept_far_counter: false,
    };
    let transport = Transport::new(link, settings, access.client);
    let challenge = Box::new(|_| unreachable!("nobody proves anything here"));
    let session = Session::new(transport, access, None, challenge, Box::new(|_| Ok(())), OffsetDateTime::now_utc());
    let mut meter = DlmsMeter::new(session, Library::default().find("wattkey-sim").unwrap(), None, None);
    let begun = Instant::now();
    run(&mut meter);
    meter.close();
    let took = begun.elapsed();
    let traffic = meter.traffic();
    drop(meter);
    server.join().unwrap();
    let octets = usize::try_from(traffic.sent + traffic.received).unwrap();
    let allowed = LineSettings::eight_none_one(9600).time_for(octets) + *reactions.lock().unwrap();
    println!(
        "    {octets} octets, {} exchanges: the line allows {allowed:.3?}, it took {took:.3?}: {:.1} %",
        traffic.exchanges,
        100.0 * allowed.as_secs_f64() / took.as_secs_f64()
    );
    (took, allowed)
}

fn paced(criterion: &mut Criterion) {
    let items: Vec<Item> = ["3/1.0.1.8.0.255:2", "3/1.0.1.8.0.255:3", "70/0.0.96.3.10.255:2", "70/0.0.96.3.10.255:3"]
        .map(|item| item.parse().unwrap())
        .into();
    let mut group = criterion.benchmark_group("9600 8N1, paced in real time");
    group.sample_size(10);
    let mut bench = |name: &str, run: &dyn Fn(&mut dyn Meter)| {
        group.bench_function(name, |bencher| {
            bencher.iter_custom(|rounds| (0..rounds).map(|_| session(run).0).sum());
        });
    };
    bench("status", &|meter| drop(meter.status().unwrap()));
    bench("read", &|meter| assert_eq!(meter.read(&items).unwrap().len(), 4));
    group.finish();
}

criterion_group!(benches, paced);
criterion_main!(benches);
