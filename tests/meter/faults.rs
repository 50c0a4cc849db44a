//! Addresses, and lines that lose and damage frames.

use wattkey::link::fault::{FaultyLink, RequestFaults};
use wattkey::link::memory::LineFaults;
use wattkey::meter::value::Value;
use wattkey::meter::{Item, Meter, MeterError};

use crate::bench::{driver, line};

#[test]
fn two_meters_share_a_line_with_addresses_of_four_octets() {
    let serial = |address: &str| {
        let mut meter = driver(Box::new(line(&["1/1017", "1/1018"], LineFaults::default())), address);
        let identity = meter.identify().unwrap();
        meter.close();
        identity.serial.unwrap()
    };
    assert_ne!(serial("1/1017"), serial("1/1018"));
}

#[test]
fn a_line_that_echoes_is_read_all_the_same() {
    let faults = LineFaults { echo: true, ..LineFaults::default() };
    let mut meter = driver(Box::new(line(&["1/17"], faults)), "1/17");
    assert!(meter.status().unwrap().credit.is_some());
}

#[test]
fn a_mute_meter_is_no_reply() {
    let mut meter = driver(Box::new(line(&["1/18"], LineFaults::default())), "1/17");
    assert!(matches!(meter.status(), Err(MeterError::NoReply { echo: false, .. })));
}

/// Requests lost and damaged in one of a hundred each: every value right or an honest error, and none hangs, for the
/// clock is virtual and every wait ends.
#[test]
fn a_thousand_sessions_with_spoiled_requests_give_right_values_or_honest_errors() {
    let items: Vec<Item> = ["1/0.0.96.1.0.255:2", "70/0.0.96.3.10.255:3"].map(|item| item.parse().unwrap()).into();
    let (mut right, mut honest) = (0, 0);
    for seed in 0..1000 {
        let faults = RequestFaults { lost: 100, damaged: 100, ..RequestFaults::default() };
        let link = FaultyLink::new(line(&["1/17"], LineFaults::default()), faults, seed);
        let mut meter = driver(Box::new(link), "1/17");
        match meter.read(&items) {
            Ok(readings) => {
                assert_eq!(readings[0].value, Some(Value::Text("23456789".into())), "seed {seed}");
                assert_eq!(readings[1].value, Some(Value::Integer(1)), "seed {seed}");
                right += 1;
            }
            Err(error) => {
                assert!(error.leaves_doubt(), "seed {seed}: {error}");
                honest += 1;
            }
        }
        meter.close();
    }
    assert_eq!(right + honest, 1000);
    assert!(right > 990, "{right} right, {honest} errors");
}
