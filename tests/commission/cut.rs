//! Jobs over a line that is cut, and on meters whose supply goes off, anywhere.

use std::sync::atomic::{AtomicU64, Ordering};

use serde_json::Value;

use crate::workplace::Workplace;

/// Octets the meter sends in the course of an undisturbed job, and some more.
const OCTETS: u64 = 60_000;
/// Requests in the course of an undisturbed job, and some more.
const REQUESTS: u64 = 500;
/// Seeds tried; `WATTKEY_CUT_SEEDS` sets another number.
const SEEDS: u64 = 24;

fn fault(seed: u64) -> String {
    let mut dice = fastrand::Rng::with_seed(seed);
    match seed % 2 {
        0 => format!("cut-after={}", dice.u64(1..OCTETS)),
        _ => format!("power-cut={}", dice.u64(1..REQUESTS)),
    }
}

fn cut_and_finish(seed: u64) {
    let place = Workplace::new();
    let before = place.status("sim:cut")["credit"]["available"].as_f64().unwrap();
    let pack = place.pack("day.pack", &[place.record("sim:cut")], 5);
    let fault = fault(seed);
    let said = |report: &Value| format!("seed {seed}, {fault}: {report}");
    let (first, exit) = place.run(&place.job(&format!("sim:cut?fault={fault}"), &pack));
    assert!(matches!(exit, 0 | 1 | 4 | 5 | 8), "exit {exit}: {}", said(&first));
    if exit == 0 {
        assert_eq!(place.status("sim:cut")["sts"]["krn"], 2, "a wrong claim: {}", said(&first));
    }
    let (mut last, mut exit) = place.run(&place.job("sim:cut", &pack));
    // A relay that was opened is not closed again before the meter allows it.
    for _ in 0..3 {
        if exit == 0 {
            break;
        }
        (last, exit) = place.run(&place.job("sim:cut", &pack));
    }
    assert_eq!((last["outcome"].as_str(), exit), (Some("commissioned"), 0), "{} then {last}", said(&first));
    let status = place.status("sim:cut");
    let credit = status["credit"]["available"].as_f64().unwrap();
    assert!((credit - before - 5.0).abs() < 0.5, "{before} → {credit}: {}", said(&first));
    assert_eq!((&status["sts"]["krn"], &status["relay"]["output"]), (&Value::from(2), &Value::from("closed")));
    place.assert_ledger(&said(&first));
}

#[test]
fn cut_anywhere_the_next_run_finishes_and_nothing_is_done_twice() {
    let seeds = std::env::var("WATTKEY_CUT_SEEDS").map_or(SEEDS, |text| text.parse().unwrap());
    let next = AtomicU64::new(1);
    std::thread::scope(|scope| {
        for _ in 0..3 {
            scope.spawn(|| {
                loop {
                    let seed = next.fetch_add(1, Ordering::Relaxed);
                    if seed > seeds {
                        break;
                    }
                    cut_and_finish(seed);
                }
            });
        }
    });
}
