//! The watch against a real broker. Runs when WATTKEY_INTEROP_MOSQUITTO names a folder to work in, as
//! `tests/interop/mqtt/run` does; Debian's `mosquitto` and `mosquitto-clients` must be installed then.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use wattkey::monitor::mqtt::{Announcement, Broker, Publisher, Report};
use wattkey::monitor::outbox::Outbox;

const READINGS: u64 = 100_000;
const RESTARTS: u64 = 10;

struct Mosquitto {
    folder: PathBuf,
    port: u16,
    child: Option<Child>,
}

impl Mosquitto {
    fn new(folder: &Path) -> Self {
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let config = format!(
            "listener {port} 127.0.0.1\nallow_anonymous true\npersistence true\npersistence_location {}/\n\
             autosave_interval 1\nmax_queued_messages 0\nmax_inflight_messages 1000\nuser root\n",
            folder.display()
        );
        fs::write(folder.join("mosquitto.conf"), config).unwrap();
        Mosquitto { folder: folder.to_owned(), port, child: None }
    }

    fn start(&mut self) {
        let log = File::create(self.folder.join("mosquitto.log")).unwrap();
        let child = Command::new("mosquitto")
            .arg("-c")
            .arg(self.folder.join("mosquitto.conf"))
            .stdout(Stdio::null())
            .stderr(log)
            .spawn()
            .expect("mosquitto is installed");
        self.child = Some(child);
        await_that("the broker listens", || TcpStream::connect(("127.0.0.1", self.port)).is_ok());
    }

    /// Ends the broker as an administrator would, so that it keeps its sessions.
    fn stop(&mut self) {
        if let Some(mut child) = self.child.take() {
            Command::new("kill").arg(child.id().to_string()).status().unwrap();
            child.wait().unwrap();
        }
    }

    fn subscriber(&self, file: &Path) -> Child {
        Command::new("mosquitto_sub")
            .args(["-h", "127.0.0.1", "-p", &self.port.to_string(), "-i", "receiver", "-c", "-q", "1", "-t", "site/#"])
            .stdout(File::options().create(true).append(true).open(file).unwrap())
            .stderr(Stdio::null())
            .spawn()
            .expect("mosquitto_sub is installed")
    }
}

impl Drop for Mosquitto {
    fn drop(&mut self) {
        self.stop();
    }
}

/// The numbers in a file of messages, of which some lines are announcements.
fn numbers(file: &Path) -> BTreeSet<u64> {
    let text = fs::read_to_string(file).unwrap_or_default();
    text.lines().filter_map(|line| line.strip_prefix("{\"seq\":")?.split([',', '}']).next()?.parse().ok()).collect()
}

fn await_that(what: &str, mut holds: impl FnMut() -> bool) {
    let deadline = Instant::now() + Duration::from_secs(120);
    while !holds() {
        assert!(Instant::now() < deadline, "still not so after two minutes: {what}");
        std::thread::sleep(Duration::from_millis(100));
    }
}

#[test]
fn no_reading_is_lost_while_the_broker_is_restarted() {
    let Some(folder) = std::env::var_os("WATTKEY_INTEROP_MOSQUITTO").map(PathBuf::from) else { return };
    fs::create_dir_all(&folder).unwrap();
    let received = folder.join("received.jsonl");
    let _ = fs::remove_file(&received);
    let _ = fs::remove_file(folder.join("outbox.db"));
    let mut broker = Mosquitto::new(&folder);
    broker.start();
    // It finds its way back by itself; killing it could lose lines it has acknowledged and not yet written.
    let mut subscriber = broker.subscriber(&received);

    let stop = Arc::new(AtomicBool::new(false));
    let outbox_file = folder.join("outbox.db");
    let mut outbox = Outbox::open(&outbox_file, 1_000_000).unwrap();
    let publisher = {
        let (stop, outbox_file) = (Arc::clone(&stop), outbox_file.clone());
        let address = Broker::parse(&format!("mqtt://127.0.0.1:{}", broker.port), None, "watch").unwrap();
        std::thread::spawn(move || {
            let outbox = Outbox::open(&outbox_file, 1_000_000).unwrap();
            let meters = Announcement { topic: "site/meters".into(), payload: b"[\"1\",\"2\"]".to_vec() };
            let (mut connected, mut away) = (0, 0);
            let count = |report| match report {
                Report::Connected(_) => connected += 1,
                Report::Away(_) => away += 1,
            };
            Publisher::new(address, outbox, "site", vec![meters]).run(&stop, count).unwrap();
            (connected, away)
        })
    };

    // The announcement shows that the subscription stands before the first reading goes out.
    await_that("the announcement has come", || fs::read_to_string(&received).is_ok_and(|text| text.contains("online")));
    let make = |seq: u64| {
        format!("{{\"seq\":{seq},\"line\":\"tcp:cabinet\",\"meter\":\"1\",\"voltage_v\":230.1}}").into_bytes()
    };
    for part in 0..RESTARTS {
        for _ in 0..READINGS / RESTARTS / 100 {
            let messages = (0..100).map(|_| ("reading", &make as &dyn Fn(u64) -> Vec<u8>));
            outbox.store(messages).unwrap();
        }
        broker.stop();
        // The broker stays away while more readings come.
        if part + 1 < RESTARTS {
            outbox.store((0..100).map(|_| ("reading", &make as &dyn Fn(u64) -> Vec<u8>))).unwrap();
        }
        broker.start();
    }
    let wanted = READINGS + (RESTARTS - 1) * 100;
    await_that("every reading has come", || numbers(&received).len() >= usize::try_from(wanted).unwrap());
    stop.store(true, Ordering::Relaxed);
    let (connected, away) = publisher.join().unwrap();
    let _ = subscriber.kill();
    let _ = subscriber.wait();
    assert_eq!(numbers(&received), (1..=wanted).collect());
    assert!(connected > 1 && away > 0, "connected {connected} times, away {away} times");
    assert!(outbox.is_empty().unwrap());
    assert!(fs::metadata(&outbox_file).unwrap().len() < 64 << 20);
}
