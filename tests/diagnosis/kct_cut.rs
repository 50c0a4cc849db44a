//! Key-change sets over a line that is cut: before, inside and after frames, the meter having acted or not.

use std::sync::atomic::{AtomicU64, Ordering};

use serde_json::Value;

use crate::kct::Workplace;

/// Meters that take turns: their seed decides where in a request the supply goes off.
const METERS: u64 = 6;
/// Octets the meter sends in the course of an undisturbed entry, and some more.
const OCTETS: u64 = 6500;
/// Requests in the course of an undisturbed entry, and some more.
const REQUESTS: u64 = 90;
/// Seeds tried; `WATTKEY_CUT_SEEDS` sets another number, 500 for the long form.
const SEEDS: u64 = 100;

/// What goes wrong in the run with this seed: the meter's answers end in mid-frame or between frames after some
/// octets, or its supply goes off before the work on a request, between work and answer, or within the answer.
fn fault(seed: u64) -> String {
    let mut dice = fastrand::Rng::with_seed(seed);
    match seed % 2 {
        0 => format!("cut-after={}", dice.u64(1..OCTETS)),
        _ => format!("power-cut={}", dice.u64(1..REQUESTS)),
    }
}

fn on_target(sts: &Value) -> bool {
    sts["krn"] == 2 && sts["ti"] == 7 && sts["kct_pending"] == serde_json::json!([])
}

/// How the first, disturbed run ended.
#[derive(Debug, Default)]
struct Tally {
    done: AtomicU64,
    nothing_sent: AtomicU64,
    in_doubt: AtomicU64,
}

fn cut_and_finish(seed: u64, set: &[String], tally: &Tally) {
    let place = Workplace::new();
    let fault = fault(seed);
    let said = |document: &Value| format!("seed {seed}, {fault}: {document}");
    let meter = seed % METERS;
    let (first, exit) = place.enter(&format!("sim:cut?seed={meter}&fault={fault}"), set);
    match exit {
        0 => {
            assert_eq!(first["outcome"], "accepted", "{}", said(&first));
            assert!(on_target(&place.sts("sim:cut")), "a wrong claim: {}", said(&first));
            tally.done.fetch_add(1, Ordering::Relaxed);
        }
        // Between two sections: what the meter took is told, with the line's error beside it.
        4 | 5 if first["steps"].as_array().is_some_and(|steps| !steps.is_empty()) => {
            assert_eq!(first["outcome"], "incomplete", "{}", said(&first));
            assert_eq!(first["error"]["exit"], exit, "{}", said(&first));
            assert!(!on_target(&place.sts("sim:cut")), "{}", said(&first));
            tally.in_doubt.fetch_add(1, Ordering::Relaxed);
        }
        // Before the first section: the line's own error, and the meter as it was.
        4 | 5 => {
            assert_eq!(place.sts("sim:cut")["kct_pending"], serde_json::json!([]), "{}", said(&first));
            assert!(!on_target(&place.sts("sim:cut")), "{}", said(&first));
            tally.nothing_sent.fetch_add(1, Ordering::Relaxed);
        }
        8 => {
            assert_eq!(first["outcome"], "unknown", "{}", said(&first));
            assert_ne!(first["notes"].as_array().map_or(0, Vec::len), 0, "unexplained: {}", said(&first));
            tally.in_doubt.fetch_add(1, Ordering::Relaxed);
        }
        _ => panic!("exit {exit}: {}", said(&first)),
    }
    let (second, exit) = place.enter("sim:cut", set);
    assert_eq!((second["outcome"].as_str(), exit), (Some("accepted"), 0), "{} then {second}", said(&first));
    assert!(on_target(&second["after"]["sts"]), "{}", said(&second));
    let (ledger, exit) = place.run(&["ledger", "verify"]);
    assert_eq!((exit, &ledger["open"]), (0, &Value::from(0)), "{}: {ledger}", said(&first));
}

#[test]
fn cut_anywhere_the_next_run_finishes_and_no_run_claims_too_much() {
    let origin = Workplace::new();
    let sets: Vec<Vec<String>> = (0..METERS)
        .map(|meter| origin.set(&format!("sim:origin{meter}?seed={meter}"), &["--to-krn", "2", "--to-ti", "7"]))
        .collect();
    let seeds = std::env::var("WATTKEY_CUT_SEEDS").map_or(SEEDS, |text| text.parse().unwrap());
    let (next, tally) = (AtomicU64::new(1), Tally::default());
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                loop {
                    let seed = next.fetch_add(1, Ordering::Relaxed);
                    if seed > seeds {
                        break;
                    }
                    cut_and_finish(seed, &sets[(seed % METERS) as usize], &tally);
                }
            });
        }
    });
    // The cuts fall on every part of an entry.
    for ended in [&tally.done, &tally.nothing_sent, &tally.in_doubt] {
        assert!(ended.load(Ordering::Relaxed) > seeds / 50, "{tally:?}");
    }
}
