//! The command against a real broker that goes away: `WATTKEY_INTEROP_LONG=1` for 100,000 readings over ten restarts,
//! else a tenth of both.

use std::fs::{self, File};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use crate::broker::{Mosquitto, Received, await_that, folder};

const LINES: u64 = 8;
/// How a watch ends that is interrupted.
const ENDED: i32 = 130;
/// No more than this is in memory or on disk at any time, however long the run.
const BOUND: u64 = 64 << 20;

/// The watch of so many rounds, or one that runs until it is interrupted.
fn watch(folder: &Path, port: u16, rounds: Option<u64>) -> Child {
    let mut plan = format!(
        "interval = \"10ms\"\n[mqtt]\nbroker = \"mqtt://127.0.0.1:{port}\"\nprefix = \"site\"\noutbox = \"outbox.db\"\n"
    );
    for line in 0..LINES {
        plan.push_str(&format!("[[line]]\nlink = \"sim:line-{line}\"\n"));
    }
    fs::write(folder.join("plan.toml"), plan).unwrap();
    Command::new(env!("CARGO_BIN_EXE_wattkey"))
        .args(["monitor", "--file", "plan.toml", "--output", "readings.jsonl", "--rotate-size", "1M", "--keep", "2"])
        .args(rounds.map(|rounds| format!("--count={rounds}")))
        .current_dir(folder)
        .env("WATTKEY_CACHE_DIR", env!("CARGO_TARGET_TMPDIR"))
        .env("WATTKEY_STATE_DIR", folder.join("state"))
        .env("WATTKEY_CONFIG", folder.join("none.toml"))
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(File::create(folder.join("watch.log")).unwrap())
        .spawn()
        .unwrap()
}

/// Resident memory of a process in octets.
fn resident(id: u32) -> u64 {
    let text = fs::read_to_string(format!("/proc/{id}/status")).unwrap_or_default();
    let line = text.lines().find(|line| line.starts_with("VmRSS:")).unwrap_or_default();
    line.split_whitespace().nth(1).and_then(|number| number.parse::<u64>().ok()).unwrap_or(0) * 1_024
}

/// Octets of the outbox and the output files.
fn on_disk(folder: &Path) -> u64 {
    let files = fs::read_dir(folder).unwrap().filter_map(Result::ok);
    let ours = files.filter(|file| {
        let name = file.file_name().to_string_lossy().into_owned();
        name.starts_with("outbox") || name.starts_with("readings")
    });
    ours.filter_map(|file| file.metadata().ok()).map(|metadata| metadata.len()).sum()
}

#[test]
fn no_reading_of_the_command_is_lost_and_nothing_grows() {
    let Some(folder) = folder("watch") else { return };
    let long = std::env::var_os("WATTKEY_INTEROP_LONG").is_some_and(|value| value == "1");
    let (readings, restarts) = if long { (100_000, 10) } else { (4_000, 2) };
    let mut broker = Mosquitto::new(&folder);
    broker.start();
    let file = folder.join("received.jsonl");
    let _subscriber = broker.subscriber(&file);
    let mut received = Received::new(&file);
    // A first watch of one round: its announcement shows that the subscription stands.
    let mut first = watch(&folder, broker.port, Some(1));
    assert!(first.wait().unwrap().success());
    await_that("the announcement has come", || received.update().others.iter().any(|line| line == "online"));

    // Only once all restarts are over is the watch told to end: how fast the machine is decides nothing.
    let mut child = watch(&folder, broker.port, None);
    let (mut memory, mut disk, mut done, mut told) = (0, 0, 0, false);
    loop {
        memory = memory.max(resident(child.id()));
        disk = disk.max(on_disk(&folder));
        let ended = child.try_wait().unwrap();
        let came = received.update().numbers.len() as u64;
        if !told && done == restarts && came >= readings {
            rustix::process::kill_process(rustix::process::Pid::from_child(&child), rustix::process::Signal::INT)
                .unwrap();
            told = true;
        }
        if done < restarts && came > readings * (done + 1) / (restarts + 2) {
            done += 1;
            broker.stop();
            // Readings pile up meanwhile.
            std::thread::sleep(Duration::from_millis(300));
            broker.start();
        }
        if let Some(status) = ended {
            assert!(
                told && status.code() == Some(ENDED),
                "{status}: {}",
                fs::read_to_string(folder.join("watch.log")).unwrap()
            );
            break;
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    // What the farewell left on disk goes out with the next watch.
    let before_the_last = received.update().numbers.len() as u64;
    let mut last = watch(&folder, broker.port, Some(1));
    assert!(last.wait().unwrap().success());
    await_that("every reading has come, those of the last watch with them", || {
        let numbers = &received.update().numbers;
        numbers.len() as u64 > before_the_last.max(readings) && numbers.last() == Some(&(numbers.len() as u64))
    });
    println!(
        "{} messages, {done} restarts, at most {} KiB resident, {} KiB on disk",
        received.numbers.len(),
        memory >> 10,
        disk >> 10
    );
    assert!(memory < BOUND && disk < BOUND, "{memory} octets resident, {disk} on disk");
    assert!(received.others.iter().any(|line| line.contains("wattkey/monitor-meters/1")));
}
