//! The program killed again and again: nothing is done twice, nothing is lost.

use std::io::{BufRead, BufReader};
use std::process::Stdio;
use std::time::Duration;

use super::field::{Field, ended};

/// Meters, lines, kills: the short form, and the long one with WATTKEY_BULK_LONG=1.
fn size() -> (u32, u32, u32) {
    if std::env::var_os("WATTKEY_BULK_LONG").is_some_and(|value| value == "1") { (1000, 16, 200) } else { (24, 4, 8) }
}

#[test]
fn killed_and_resumed_every_meter_is_commissioned_once() {
    let (meters, lines, wanted) = size();
    let field = Field::new(meters, lines);
    let mut random = fastrand::Rng::with_seed(17);
    let mut kills = 0;
    let mut at_work = 0;
    while kills < wanted {
        let mut child =
            field.bulk_run(&["--resume", "-q"]).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        // Some runs are let through a job or two, so that the end is reached; then it dies at whatever it does. The pauses are
        // short, for a fast machine does all the jobs in a quarter of a second.
        let mut results = BufReader::new(child.stdout.take().unwrap()).lines();
        for _ in 0..random.u32(0..3) {
            results.next();
        }
        std::thread::sleep(Duration::from_millis(random.u64(0..25)));
        if let Some(over) = child.try_wait().unwrap() {
            // A fast machine may finish the list before all kills are spent; a failed run is another matter.
            assert!(over.success(), "the run failed after {kills} kills: {over:?}");
            break;
        }
        child.kill().unwrap();
        child.wait().unwrap();
        kills += 1;
        let status = field.json(&["bulk", "status", "jobs", "--json"]);
        at_work += usize::from(status["runs"][0]["begun"].as_u64().unwrap_or(0) > 0);
    }
    assert!(kills >= 3 && at_work > 0, "{kills} kills, {at_work} of them with a job at work");
    let output = field.bulk_run(&["--resume", "-q"]).output().unwrap();
    let (summary, code) = ended(&output);
    assert_eq!(code, 0, "{summary}");
    assert_eq!(summary["done_before"].as_u64().unwrap() + summary["done"].as_u64().unwrap(), u64::from(meters));
    field.judge();
    let report = field.json(&["bulk", "report", "jobs", "--json"]);
    assert_eq!(report["counts"]["done"], meters, "{}", report["counts"]);
    println!("{meters} meters on {lines} lines, {kills} kills, {at_work} of them with jobs at work");
}
