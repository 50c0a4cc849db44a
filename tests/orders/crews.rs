//! Many crews at once on one store: processes killed at random, connections cut, the server stopped and started; the
//! simulated meters' own account says what was done.
//!
//! The short form runs everywhere; WATTKEY_ORDERS_METERS and WATTKEY_ORDERS_CREWS make it longer.

use std::fs;
use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use serde_json::Value;

use super::bench::{Bench, urls};
use super::field::{Field, Tokens};

/// Meters and crews.
fn size() -> (u32, u32) {
    let number = |name: &str, short: u32| std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(short);
    (number("WATTKEY_ORDERS_METERS", 48), number("WATTKEY_ORDERS_CREWS", 4))
}

/// Orders that a crew takes in one go.
const AT_ONCE: &str = "40";

/// What happened on the way.
#[derive(Default)]
struct Account {
    kills: AtomicU64,
    cuts: AtomicU64,
    outages: AtomicU64,
    runs: AtomicU64,
}

/// A crew's laptop.
struct Crew<'a> {
    folder: PathBuf,
    url: &'a str,
    random: fastrand::Rng,
    account: &'a Account,
}

impl Crew<'_> {
    fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_wattkey"));
        command
            .args(words)
            .current_dir(&self.folder)
            .env("WATTKEY_CACHE_DIR", env!("CARGO_TARGET_TMPDIR"))
            .env("WATTKEY_STATE_DIR", self.folder.join("state"))
            .env("WATTKEY_CONFIG", self.folder.join("config.toml"))
            .env("WATTKEY_ORDERS", self.url)
            .env("WATTKEY_OPERATOR", "crew")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        command
    }

    /// Runs the program; one time in four it is killed at some instant.
    fn run(&mut self, words: &[&str]) -> Option<i32> {
        self.account.runs.fetch_add(1, Ordering::Relaxed);
        let mut child = self.command(words).spawn().unwrap();
        if self.random.u32(0..4) > 0 {
            return child.wait().unwrap().code();
        }
        std::thread::sleep(Duration::from_millis(self.random.u64(0..300)));
        if let Some(ended) = child.try_wait().unwrap() {
            return ended.code();
        }
        child.kill().unwrap();
        child.wait().unwrap();
        self.account.kills.fetch_add(1, Ordering::Relaxed);
        None
    }

    /// A day: what is held or new is taken, worked through and told; whatever breaks off is left to the next day.
    fn day(&mut self, day: u32) {
        self.run(&["orders", "sync", "-q"]);
        let file = format!("day-{day}.orders");
        let held = self.command(&["orders", "take", "--held", "-o", &file, "-q"]).status().unwrap();
        if !held.success() {
            return;
        }
        if !self.folder.join(&file).exists() {
            self.run(&["orders", "take", "-n", AT_ONCE, "--lease", "1h", "-o", &file, "-q"]);
        }
        if self.folder.join(&file).exists() {
            self.run(&["bulk", "run", &file, "--yes", "-q", "--json"]);
            self.run(&[
                "bulk", "run", &file, "--yes", "-q", "--json", "--resume", "--only", "unknown", "--only", "failed",
                "--only", "open", "--only", "stopped",
            ]);
        }
        self.run(&["orders", "sync", "-q"]);
    }
}

/// Passes bytes on between the program and the server, and cuts connections at random.
fn proxy(listener: TcpListener, server: String, stop: &AtomicBool, account: &Account) {
    listener.set_nonblocking(true).unwrap();
    std::thread::scope(|scope| {
        let mut random = fastrand::Rng::with_seed(5);
        while !stop.load(Ordering::Relaxed) {
            let Ok((client, _)) = listener.accept() else {
                std::thread::sleep(Duration::from_millis(2));
                continue;
            };
            client.set_nonblocking(false).unwrap();
            // A server that is down: the client is turned away.
            let Ok(upstream) = TcpStream::connect(&server) else { continue };
            let budget = if random.u32(0..5) == 0 { random.usize(0..60_000) } else { usize::MAX };
            for (from, to) in [(client.try_clone(), upstream.try_clone()), (upstream.try_clone(), client.try_clone())] {
                let (from, to) = (from.unwrap(), to.unwrap());
                scope.spawn(move || pass(from, to, budget, account));
            }
        }
    });
}

fn pass(mut from: TcpStream, mut to: TcpStream, mut budget: usize, account: &Account) {
    let mut buffer = [0; 8192];
    while let Ok(count) = from.read(&mut buffer) {
        if count == 0 || to.write_all(&buffer[..count.min(budget)]).is_err() {
            break;
        }
        if count > budget {
            account.cuts.fetch_add(1, Ordering::Relaxed);
            break;
        }
        budget -= count.min(budget);
    }
    let _ = from.shutdown(Shutdown::Both);
    let _ = to.shutdown(Shutdown::Both);
}

/// Stops and starts the server while crews are at work, by a command that does it.
fn outages(stop: &AtomicBool, account: &Account) {
    let Ok(command) = std::env::var("WATTKEY_TEST_POSTGRES_RESTART") else { return };
    // The first comes soon, for a short run is over soon.
    let mut tenths = 15;
    while !stop.load(Ordering::Relaxed) {
        for _ in 0..tenths {
            std::thread::sleep(Duration::from_millis(100));
            if stop.load(Ordering::Relaxed) {
                return;
            }
        }
        let restarted = Command::new("sh").args(["-c", &command]).stdout(Stdio::null()).status().unwrap();
        assert!(restarted.success(), "{command}");
        account.outages.fetch_add(1, Ordering::Relaxed);
        tenths = 80;
    }
}

/// A list of every meter of the field, each line of meters an area.
fn list(field: &Field) -> String {
    let mut text =
        "id,serial,drn,link,address,protocol,profile,area,key_change,to_sgc,to_krn,to_kt,to_ti,sgc,krn,kt,ti\n"
            .to_owned();
    let mut lines: Vec<&str> = Vec::new();
    for (number, meter) in field.meters.iter().enumerate() {
        let word = |name: &str| meter[name].as_str().unwrap();
        let link = word("link");
        let line = lines.iter().position(|one| *one == link).unwrap_or_else(|| {
            lines.push(link);
            lines.len() - 1
        });
        let set = Tokens::of(word("drn")).key_change.join(" ");
        text.push_str(&format!(
            "{number},{},{},{link},{},dlms,wattkey-sim,line-{line},{set},123456,2,2,1,123456,2,2,1\n",
            word("serial"),
            word("drn"),
            word("address")
        ));
    }
    text
}

/// Where a URL of PostgreSQL leads, and the same by way of another port.
fn by_way_of(url: &str, port: u16) -> Option<(String, String)> {
    let rest = url.strip_prefix("postgres://")?;
    let (user, rest) = rest.split_once('@')?;
    let (server, database) = rest.split_once('/')?;
    // Several servers are the client's own affair: no proxy stands between.
    if server.contains(',') {
        return None;
    }
    Some((server.to_owned(), format!("postgres://{user}@127.0.0.1:{port}/{database}")))
}

#[test]
fn every_order_is_done_once_whatever_happens() {
    let (meters, crews) = size();
    for url in urls() {
        let bench = Bench::new(&url);
        let field = Field::with(meters, crews, &[]);
        let orders = field.meters.len();
        bench.load("spring", &list(&field)).unwrap();
        let account = Account::default();
        let stop = AtomicBool::new(false);
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let (server, way) = by_way_of(&bench.url, listener.local_addr().unwrap().port())
            .map_or((None, bench.url.clone()), |(server, way)| (Some(server), way));
        let folders: Vec<PathBuf> = (0..crews).map(|crew| enrolled(&bench, crew)).collect();
        wattkey::orders::key_set::reseal(&mut bench.store(), &bench.office).unwrap();
        bench.inject_serialization_failures();
        let begun = Instant::now();
        std::thread::scope(|scope| {
            let (stop, account, way) = (&stop, &account, way.as_str());
            if let Some(server) = server {
                scope.spawn(move || proxy(listener, server, stop, account));
            }
            if !way.starts_with("sqlite:") {
                scope.spawn(move || outages(stop, account));
            }
            let workers: Vec<_> = folders
                .iter()
                .enumerate()
                .map(|(number, folder)| {
                    let random = fastrand::Rng::with_seed(number as u64);
                    let mut crew = Crew { folder: folder.clone(), url: way, random, account };
                    let deadline = begun + Duration::from_secs(60 + u64::from(meters));
                    scope.spawn(move || {
                        for day in 0.. {
                            if is_finished(&crew) || Instant::now() > deadline {
                                break;
                            }
                            crew.day(day);
                        }
                    })
                })
                .collect();
            for worker in workers {
                worker.join().unwrap();
            }
            stop.store(true, Ordering::Relaxed);
        });
        let seconds = begun.elapsed().as_secs_f64();
        judge(&bench, &field, &folders);
        println!(
            "{orders} orders, {crews} crews on {}: {seconds:.0} s, {} runs, {} kills, {} cuts, {} outages",
            bench.url.split(':').next().unwrap(),
            account.runs.load(Ordering::Relaxed),
            account.kills.load(Ordering::Relaxed),
            account.cuts.load(Ordering::Relaxed),
            account.outages.load(Ordering::Relaxed)
        );
    }
}

/// The folder of a crew's laptop, which is for the one area that is its line.
fn enrolled(bench: &Bench, crew: u32) -> PathBuf {
    let folder = bench.folder.path().join(format!("crew-{crew}"));
    let state = folder.join("state");
    fs::create_dir_all(&state).unwrap();
    bench.register(&state, &format!("crew{crew}"), &[&format!("line-{crew}")]).unwrap();
    folder
}

/// Whether nothing of a crew's area is left, as it sees itself.
fn is_finished(crew: &Crew<'_>) -> bool {
    let output = crew.command(&["orders", "status", "--json"]).stdout(Stdio::piped()).output().unwrap();
    let Ok(report) = serde_json::from_slice::<Value>(&output.stdout) else { return false };
    let own = crew.folder.file_name().unwrap().to_string_lossy().replace("crew-", "line-");
    let Some(areas) = report["areas"].as_array() else { return false };
    areas
        .iter()
        .filter(|area| area["area"] == own.as_str())
        .all(|area| area["counts"]["orders"] == area["counts"]["done"])
}

/// By the meters' own account each took its set once; every row of every laptop is in the store once; chains verify.
fn judge(bench: &Bench, field: &Field, folders: &[PathBuf]) {
    let states = bench.states();
    assert_eq!(states.get("done").copied(), Some(field.meters.len() as i64), "{states:?}");
    let accepted = field.accepted();
    for meter in &field.meters {
        let drn = meter["drn"].as_str().unwrap();
        let (mut found, mut expected) = (accepted.get(drn).cloned().unwrap_or_default(), Tokens::of(drn).key_change);
        found.sort();
        expected.sort();
        assert_eq!(found, expected, "what meter {drn} took");
    }
    for folder in folders {
        let state = folder.join("state");
        let device = wattkey::orders::device::Device::load(&state, &bench.id).unwrap();
        let ledger = super::bench::ledger(&state);
        wattkey::orders::sync::sync(&mut bench.store(), &device, &ledger, super::bench::TODAY).unwrap();
        let (rows, _) = ledger.tip().unwrap();
        let stored = bench.number(&format!("SELECT COUNT(*) FROM event WHERE device = '{}'", device.id));
        assert_eq!(stored, rows, "{}", device.id);
    }
    let verified = wattkey::orders::verify::verify(&mut bench.store()).unwrap();
    assert_eq!(verified.broken, 0, "{:?}", verified.findings);
    assert!(Path::new(&field.path("accepted.jsonl")).exists());
}
