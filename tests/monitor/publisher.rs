//! The outbox and the publisher by themselves against a real broker.

use std::time::Duration;

use wattkey::monitor::ending::Ending;
use wattkey::monitor::mqtt::{Announcement, Broker, Publisher, Report};
use wattkey::monitor::outbox::{MQTT, Outbox, Waiting};

use crate::broker::{Mosquitto, Received, await_that, folder};

const READINGS: u64 = 100_000;
const RESTARTS: u64 = 10;

#[test]
fn no_reading_is_lost_while_the_broker_is_restarted() {
    let Some(folder) = folder("publisher") else { return };
    let mut broker = Mosquitto::new(&folder);
    broker.start();
    let file = folder.join("received.jsonl");
    let _subscriber = broker.subscriber(&file);
    let mut received = Received::new(&file);

    let ending = Ending::default();
    let outbox_file = folder.join("outbox.db");
    let mut outbox = Outbox::open(&outbox_file, 1_000_000, &[MQTT]).unwrap();
    let publisher = {
        let (ending, outbox_file) = (ending.clone(), outbox_file.clone());
        let address = Broker::parse(&format!("mqtt://127.0.0.1:{}", broker.port), None, "watch").unwrap();
        std::thread::spawn(move || {
            let waiting = Waiting::open(&outbox_file, MQTT).unwrap();
            let meters = Announcement { topic: "site/meters".into(), payload: b"[\"1\",\"2\"]".to_vec() };
            let (mut connected, mut away) = (0, 0);
            let count = |report| match report {
                Report::Connected(..) => connected += 1,
                Report::Away(_) => away += 1,
                Report::Refused(refusal) => panic!("{refusal:?}"),
            };
            Publisher::new(address, waiting, "site", vec![meters], None).run(&ending, count).unwrap();
            (connected, away)
        })
    };

    // The announcement shows that the subscription stands before the first reading goes out.
    await_that("the announcement has come", || received.update().others.iter().any(|line| line == "online"));
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
    await_that("every reading has come", || received.update().numbers.len() as u64 >= wanted);
    ending.begin(Duration::from_secs(5));
    let (connected, away) = publisher.join().unwrap();
    assert_eq!(received.numbers, (1..=wanted).collect());
    assert!(connected > 1 && away > 0, "connected {connected} times, away {away} times");
    assert!(Waiting::open(&outbox_file, MQTT).unwrap().is_empty().unwrap());
    assert!(std::fs::metadata(&outbox_file).unwrap().len() < 64 << 20);
}
