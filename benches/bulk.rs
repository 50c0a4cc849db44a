//! Figures of bulk runs: `cargo bench --bench bulk -- lines|list|ledger`, all of them without a word.
//!
//! Lines are paced in real time at 9600 baud by the simulator, so most of a run is waiting, as in the field.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::print_stdout)]

use std::fmt::Write;
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use wattkey::ledger::{Act, Author, Ledger, Operation, Outcome};
use wattkey::meter::MeterRef;
use wattkey::sts::{Drn, Iin};

const PLAN: &str = "schema = \"wattkey/plan/1\"\nname = \"look\"\ndescription = \"reads only\"\n\
                    steps = [\"identify\", \"record\", \"clock\", \"status\"]\noptional = [\"clock\"]\n";

fn main() {
    let wanted: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with('-')).collect();
    let wants = |name: &str| wanted.is_empty() || wanted.iter().any(|word| word == name);
    if wants("lines") {
        lines();
    }
    if wants("list") {
        list();
    }
    if wants("ledger") {
        ledger();
    }
}

fn wattkey(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_wattkey"));
    command.env("WATTKEY_STATE_DIR", folder.join("state")).env("WATTKEY_CONFIG", folder.join("config.toml"));
    command
}

/// Seconds for `each` meters on every one of `count` lines.
fn paced(count: u32, each: u32) -> f64 {
    let folder = tempfile::tempdir().unwrap();
    let mut sim = wattkey(folder.path())
        .args(["sim", "--format", "jsonl", "--listen", "tcp:127.0.0.1:0", "--baud", "9600", "--set", "history_days=0"])
        .args(["--meters", &(count * each).to_string(), "--lines", &count.to_string()])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut ready = String::new();
    BufReader::new(sim.stdout.take().unwrap()).read_line(&mut ready).unwrap();
    let ready: Value = serde_json::from_str(&ready).unwrap();
    fs::write(folder.path().join("look.toml"), PLAN).unwrap();
    let mut rows = String::from("id,serial,link,address,profile\n");
    for (number, meter) in ready["meters"].as_array().unwrap().iter().enumerate() {
        let word = |name: &str| meter[name].as_str().unwrap();
        writeln!(rows, "{number},{},{},{},wattkey-sim", word("serial"), word("link"), word("address")).unwrap();
    }
    let list = folder.path().join("jobs.csv");
    fs::write(&list, rows).unwrap();
    let began = Instant::now();
    let output = wattkey(folder.path())
        .args(["bulk", "run", "--yes", "-q", "--format", "jsonl", "--plan"])
        .arg(folder.path().join("look.toml"))
        .arg(&list)
        .output()
        .unwrap();
    let seconds = began.elapsed().as_secs_f64();
    end(&mut sim);
    assert!(output.status.success(), "{output:?}");
    seconds
}

fn end(child: &mut Child) {
    let _ = child.kill();
    let _ = child.wait();
}

fn lines() {
    const EACH: u32 = 6;
    let one = paced(1, EACH);
    println!("lines at 9600 baud: {EACH} meters on 1 line took {one:.2} s");
    for count in [4, 16] {
        let many = paced(count, EACH);
        let gain = f64::from(count) * one / many;
        println!(
            "lines at 9600 baud: {} meters on {count} lines took {many:.2} s, {gain:.2} times one line, {:.3} of {count}",
            count * EACH,
            gain / f64::from(count)
        );
    }
}

/// Peak of resident memory in KiB while a command runs, and its seconds.
fn peak(command: &mut Command) -> (u64, f64) {
    let began = Instant::now();
    let mut child = command.stdout(Stdio::null()).spawn().unwrap();
    let mut most = 0;
    let path = format!("/proc/{}/status", child.id());
    while child.try_wait().unwrap().is_none() {
        let text = fs::read_to_string(&path).unwrap_or_default();
        let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or("0");
        most = most.max(line.split_whitespace().next().unwrap_or("0").parse().unwrap_or(0));
        std::thread::sleep(Duration::from_millis(1));
    }
    assert!(child.wait().unwrap().success());
    (most, began.elapsed().as_secs_f64())
}

fn list() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("look.toml"), PLAN).unwrap();
    let mut rows = String::from("id,serial,drn,link,address,profile,vend_code,plan.sgc\n");
    for row in 0..100_000u32 {
        let drn = Drn::from_parts(Iin::N600727, 1, row).unwrap();
        let (line, address) = (row / 60 + 1, row % 60 + 17);
        writeln!(rows, "job-{row},{row:08},{drn},tcp:10.0.0.1:{line},1/{address},generic-dlms,ACC-{row:08},123456")
            .unwrap();
    }
    let path = folder.path().join("jobs.csv");
    fs::write(&path, &rows).unwrap();
    let mut command = wattkey(folder.path());
    command.args(["bulk", "run", "--check-only", "--plan"]).arg(folder.path().join("look.toml")).arg(&path);
    let (memory, seconds) = peak(&mut command);
    let megabytes = rows.len() as f64 / 1e6;
    println!("list: 100,000 rows of {megabytes:.1} MB read and checked in {seconds:.2} s, {memory} KiB at most");
}

fn ledger() {
    const WRITERS: u32 = 16;
    const ROWS: u32 = 200;
    let author = || Author { operator: "bench".into(), host: "bench".into(), tool: "bench".into() };
    let meter = MeterRef { serial: Some("M".into()), drn: None };
    let acts = |ledger: &mut Ledger, count: u32| {
        for _ in 0..count {
            let act = Act {
                meter: &meter,
                operation: Operation::Commission,
                token: None,
                job: Some("run/1"),
                detail: json!({}),
            };
            let now = time::OffsetDateTime::now_utc();
            let intent = ledger.intend(&act, now).unwrap();
            ledger.conclude(intent, Outcome::Accepted, json!({}), now).unwrap();
        }
    };
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    let mut ledger = Ledger::open(&folder.path().join("ledger.sqlite"), author()).unwrap();
    let began = Instant::now();
    acts(&mut ledger, ROWS);
    let alone = f64::from(ROWS * 2) / began.elapsed().as_secs_f64();
    let began = Instant::now();
    std::thread::scope(|scope| {
        for _ in 0..WRITERS {
            let mut handle = ledger.handle();
            let acts = &acts;
            scope.spawn(move || acts(&mut handle, ROWS));
        }
    });
    let together = f64::from(WRITERS * ROWS * 2) / began.elapsed().as_secs_f64();
    println!("ledger: {alone:.0} rows/s from one writer, {together:.0} rows/s from {WRITERS}, every row flushed");
    assert!(ledger.verify(None).unwrap().broken.is_none());
}
