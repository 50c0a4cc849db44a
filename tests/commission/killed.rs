//! Killed at every row of the ledger, the next run finishes, and the simulator's own account shows each token once.

use std::process::Stdio;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::workplace::{Simulator, Workplace};

/// Rows that an undisturbed job writes.
const ROWS: usize = 24;

#[test]
fn killed_at_any_row_of_the_ledger_the_next_run_finishes() {
    let next = AtomicUsize::new(1);
    std::thread::scope(|scope| {
        for _ in 0..3 {
            scope.spawn(|| {
                loop {
                    let row = next.fetch_add(1, Ordering::Relaxed);
                    if row > ROWS {
                        break;
                    }
                    kill_and_finish(row);
                }
            });
        }
    });
}

fn kill_and_finish(row: usize) {
    let place = Workplace::new();
    let log = place.path("tokens.jsonl");
    let simulator = Simulator::start(&place, &["--log-tokens", log.to_str().unwrap()]);
    let pack = place.pack("day.pack", &[place.record(&simulator.link)], 5);
    let job = place.job(&simulator.link, &pack);
    // The ledger is there before the job, so that it can be watched.
    drop(place.ledger());
    let mut child = place.program().args(&job).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let book = place.ledger();
    while book.verify(None).unwrap().entries < row as i64 && child.try_wait().unwrap().is_none() {}
    let _ = child.kill();
    child.wait().unwrap();
    let (report, exit) = place.run(&job);
    let told = format!("killed at row {row}: {report}");
    assert_eq!((exit, report["outcome"].as_str()), (0, Some("commissioned")), "{told}");
    place.assert_ledger(&told);
    let status = place.status(&simulator.link);
    assert_eq!(
        (status["sts"]["krn"].as_u64(), status["relay"]["output"].as_str()),
        (Some(2), Some("closed")),
        "{told}"
    );
    // Two sections and the credit, each accepted once; there was no tamper to clear.
    let accepted = std::fs::read_to_string(&log).unwrap();
    let mut lines: Vec<&str> = accepted.lines().collect();
    let all = lines.len();
    lines.dedup_by_key(|line| token_of(line));
    assert_eq!((all, lines.len()), (3, 3), "{told}\n{accepted}");
}

/// What names a token in the simulator's account: all of the line but its time.
fn token_of(line: &str) -> String {
    let value: serde_json::Value = serde_json::from_str(line).unwrap();
    value["token"].as_str().map_or_else(|| line.to_owned(), str::to_owned)
}
