//! Clients that are killed, or stopped for a while.

use std::process::Child;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};

use crate::bench::{Bench, Change, Ended, Kind, PATIENCE};

/// Kills of each kind in an ordinary run of the tests.
const KILLS: u64 = 2;
/// Frames of the client in the course of a change, about.
const FRAMES: u64 = 22;

fn number(name: &str, otherwise: u64) -> u64 {
    std::env::var(name).map_or(otherwise, |text| text.parse().unwrap())
}

/// Waits until some frames of the client have reached the meter, and a moment more; whether it still runs.
fn reach_an_instant(bench: &Bench, client: &mut Child, dice: &mut fastrand::Rng) -> bool {
    let wanted = bench.frames() + dice.u64(0..FRAMES);
    let deadline = Instant::now() + PATIENCE;
    while bench.frames() < wanted && client.try_wait().unwrap().is_none() {
        assert!(Instant::now() < deadline, "the client hangs");
        std::thread::sleep(Duration::from_millis(1));
    }
    // The instant is drawn, not waited for.
    std::thread::sleep(bench.usual.mul_f64(dice.f64() / 8.0));
    client.try_wait().unwrap().is_none()
}

fn told_the_truth(bench: &Bench, change: &Change, ended: &Ended) {
    let done = bench.is_done(change);
    if ended.exit == Some(0) {
        assert!(done, "a wrong claim: {change:?} {ended:?}");
    }
    if ended.says_nothing_was_sent() {
        assert!(!bench.is_begun(change), "something was sent: {change:?} {ended:?}");
    }
    assert!(bench.most_accepted(change) <= 1, "done twice: {change:?} {ended:?}");
}

#[test]
fn every_change_is_done_once_however_the_client_dies() {
    let mut bench = Bench::new();
    let (kills, first) = (number("WATTKEY_KILLS", KILLS), number("WATTKEY_KILL_SEED", 1));
    let mut tally = Vec::new();
    for kind in Kind::ALL {
        let (mut killed, mut after) = (0, 0);
        let mut runs = 0u64;
        // A client that ends before its instant does not count.
        while killed < kills && runs < kills * 6 {
            let mut dice = fastrand::Rng::with_seed(first + runs);
            runs += 1;
            let change = bench.change(kind);
            let mut client = bench.start(&change);
            let is_running = reach_an_instant(&bench, &mut client, &mut dice);
            let _ = client.kill();
            let ended = Ended::of(client);
            told_the_truth(&bench, &change, &ended);
            if is_running && ended.exit.is_none() {
                killed += 1;
                after += u64::from(bench.is_done(&change));
            }
            bench.settle(&change, &ended);
        }
        assert!(killed > 0, "{kind:?}: no client was killed in {runs} runs");
        tally.push(format!("{kind:?}: {killed} killed, {after} of them after the meter had it"));
    }
    println!("{}", tally.join("\n"));
}

#[test]
fn a_client_that_was_stopped_goes_on_or_says_why_not() {
    let mut bench = Bench::new();
    let stop = Duration::from_secs(number("WATTKEY_STOP_S", 2));
    for (kind, seed) in Kind::ALL.into_iter().zip(1..) {
        let mut dice = fastrand::Rng::with_seed(seed);
        let change = bench.change(kind);
        let mut client = bench.start(&change);
        if reach_an_instant(&bench, &mut client, &mut dice) {
            let pid = Pid::from_child(&client);
            kill_process(pid, Signal::STOP).unwrap();
            // A laptop whose lid was closed for longer than any reply may take.
            std::thread::sleep(stop);
            kill_process(pid, Signal::CONT).unwrap();
        }
        let ended = Ended::of(client);
        told_the_truth(&bench, &change, &ended);
        assert!(ended.exit.is_some(), "{change:?} {ended:?}");
        bench.settle(&change, &ended);
    }
}
