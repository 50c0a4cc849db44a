//! Disks that are full or worn, and clocks that are set.

use std::process::{Command, Stdio};

use crate::bench::{Bench, Change, Ended, Kind};

fn is_true(bench: &Bench, change: &Change, ended: &Ended, fault: &str) {
    let (done, begun) = (bench.is_done(change), bench.is_begun(change));
    let place = || format!("{fault}: {change:?}\n{ended:?}");
    if ended.exit == Some(0) {
        assert!(done, "a wrong claim, {}", place());
    }
    if begun {
        assert!(!ended.says_nothing_was_sent(), "something was sent, {}", place());
    }
    // Of a set the sections before may have gone in, and are then told.
    let told = ended.document["steps"].as_array().is_some_and(|steps| !steps.is_empty());
    if ended.document["error"]["code"] == "ledger" && !told {
        assert!(!begun, "sent without a ledger, {}", place());
    }
    assert!(ended.exit.is_some_and(|code| code != 70 && code != 101), "{}", place());
}

/// The disk fails at its Nth flush and at all that follow, from before the intent to after the outcome.
#[test]
fn a_worn_disk_is_told_and_nothing_is_sent_that_is_not_on_it() {
    let mut bench = Bench::new();
    for kind in Kind::ALL {
        // A change flushes some ten times: folder, ledger, intent, outcome.
        for from in [1, 3, 5, 7, 9, 12] {
            let change = bench.change(kind);
            let mut command = bench.command(&change);
            bench.with_faults(&mut command, &[("FAULT_FSYNC_FROM", from)]);
            let client = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
            let ended = Ended::of(client);
            is_true(&bench, &change, &ended, &format!("flush {from} fails"));
            bench.settle(&change, &ended);
        }
    }
}

/// No file grows beyond a limit: what a full disk looks like to the program, at any point of the change.
#[test]
fn a_full_disk_is_told_and_nothing_is_sent_that_is_not_on_it() {
    let mut bench = Bench::new();
    for kind in Kind::ALL {
        let first = bench.change(kind);
        let ended = bench.run(&first);
        assert!(bench.is_done(&first), "{ended:?}");
        bench.settle(&first, &ended);
        for blocks in [0, 4, 24, 40, 48, 56, 64, 80, 120] {
            let change = bench.change(kind);
            let plain = bench.command(&change);
            let mut command = Command::new("sh");
            command.args(["-c", &format!("trap '' XFSZ; ulimit -f {}; exec \"$0\" \"$@\"", blocks * 2)]);
            command.arg(plain.get_program()).args(plain.get_args());
            command.envs(plain.get_envs().filter_map(|(name, value)| Some((name, value?))));
            command.stdin(Stdio::null());
            let client = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
            let ended = Ended::of(client);
            is_true(&bench, &change, &ended, &format!("{blocks} KiB"));
            bench.settle(&change, &ended);
        }
    }
}

/// The laptop's clock is set an hour or a day back or forward while the change is under way.
#[test]
fn a_clock_that_is_set_in_between_changes_nothing_about_a_change() {
    let mut bench = Bench::new();
    for kind in Kind::ALL.into_iter().filter(|kind| *kind != Kind::Clock) {
        for (after, by) in [(2, 3_600), (4, -86_400), (8, 86_400), (16, -3_600)] {
            let change = bench.change(kind);
            let mut command = bench.command(&change);
            bench.with_faults(&mut command, &[("FAULT_CLOCK_AFTER", after), ("FAULT_CLOCK_BY", by)]);
            let client = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
            let ended = Ended::of(client);
            let fault = format!("{by} s at look {after}");
            is_true(&bench, &change, &ended, &fault);
            assert!(matches!(ended.exit, Some(0)), "{fault}: {change:?}\n{ended:?}");
            bench.settle(&change, &ended);
        }
    }
}
