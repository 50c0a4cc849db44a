//! Our client killed at random instants of an entry, and run again: what the meter accepted by its own account
//! (`--log-tokens`) is credited once, no key is left half changed, and nothing happens that the ledger does not tell.
//!
//! `WATTKEY_KILLS=500` kills so many entries of each kind; `WATTKEY_KILL_SEED=N` begins with that seed.

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;
use wattkey::ledger::{Author, EntryKind, Ledger};
use wattkey::sts::{TariffIndex, Token};

use crate::bench::{credit, enter, key_change_to, quiet_meter};
use crate::served::{Home, Served, link_of};

/// Entries of each kind that an ordinary test run kills.
const KILLS: u64 = 8;
/// What a client may need at most before it counts as hanging.
const PATIENCE: Duration = Duration::from_secs(120);
/// Frames of the client in the course of an entry, about.
const FRAMES: u64 = 24;

fn number(name: &str, otherwise: u64) -> u64 {
    std::env::var(name).map_or(otherwise, |text| text.parse().unwrap())
}

/// One meter in a process of its own, the client's folders, and the meter's account.
struct Bench {
    home: Home,
    _served: Served,
    link: String,
    /// Longest time after a frame at which the client is killed: as long as this machine needs for some frames.
    later: Duration,
}

/// A finished or killed client.
struct Ended {
    exit: Option<i32>,
    document: Value,
    said: String,
}

impl Bench {
    fn new() -> Self {
        let home = Home::new();
        let path = |name: &str| home.path().join(name).to_str().unwrap().to_owned();
        let (tokens, frames) = (path("tokens.jsonl"), path("frames.jsonl"));
        let quiet = ["supply.base_load_w=0", "supply.peak_load_w=0", "lockout.after=0"];
        let mut arguments = vec!["--listen", "tcp:127.0.0.1:0", "--log-tokens", &tokens, "--log", &frames];
        arguments.extend(quiet.iter().flat_map(|change| ["--set", change]));
        let (served, ready) = Served::start(&home, &arguments);
        let link = link_of(&ready, 0);
        assert!(home.program(&["sim", "keys", &path("keys.json")]).stderr(Stdio::null()).status().unwrap().success());
        let begun = Instant::now();
        assert!(home.program(&["status", "--link", &link]).stdout(Stdio::null()).status().unwrap().success());
        Bench { home, _served: served, link, later: begun.elapsed() / 4 }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.home.path().join(name)
    }

    fn start(&self, command: &[&str], tokens: &[String]) -> Child {
        let mut program = self.home.program(command);
        program
            .args(tokens)
            .args(["--link", &self.link, "--yes", "--json"])
            .env("WATTKEY_KEYS", self.path("keys.json"));
        program.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
    }

    fn finish(&self, command: &[&str], tokens: &[String]) -> Ended {
        ended(self.start(command, tokens))
    }

    /// Frames that went to the meter so far.
    fn frames(&self) -> u64 {
        lines(&self.path("frames.jsonl")).filter(|record| record["direction"] == "sent").count() as u64
    }

    /// Kills the client some time after one of its frames has reached the meter, unless it ends before.
    fn kill(&self, mut client: Child, dice: &mut fastrand::Rng) -> Ended {
        let wanted = self.frames() + dice.u64(0..FRAMES);
        let later = self.later.mul_f64(dice.f64());
        let deadline = Instant::now() + PATIENCE;
        while self.frames() < wanted && client.try_wait().unwrap().is_none() {
            assert!(Instant::now() < deadline, "the client hangs");
            std::thread::yield_now();
        }
        // The instant is drawn, not waited for.
        std::thread::sleep(later);
        let _ = client.kill();
        ended(client)
    }

    /// What the meter accepted of a token: the results, oldest first.
    fn account(&self, token: &str) -> Vec<String> {
        let of_token = |record: &Value| record["token"] == token;
        let result = |record: Value| record["result"].as_str().unwrap().to_owned();
        lines(&self.path("tokens.jsonl")).filter(of_token).map(result).collect()
    }

    fn ledger(&self) -> Ledger {
        let author = Author { operator: "test".to_owned(), host: "test".to_owned(), tool: "test".to_owned() };
        Ledger::open(&self.path("state").join("ledger.sqlite"), author).unwrap()
    }

    /// Whether the ledger has had the token before it went out.
    fn is_in_ledger(&self, token: &str) -> bool {
        self.ledger().token_history(token.parse().unwrap()).unwrap().iter().any(|entry| entry.kind == EntryKind::Intent)
    }
}

fn lines(path: &Path) -> impl Iterator<Item = Value> {
    let file = std::fs::File::open(path).unwrap();
    // The last line may be half written.
    BufReader::new(file).lines().map_while(Result::ok).filter_map(|line| serde_json::from_str(&line).ok())
}

fn ended(client: Child) -> Ended {
    let output = client.wait_with_output().unwrap();
    let document = serde_json::from_slice(&output.stdout).unwrap_or(Value::Null);
    Ended { exit: output.status.code(), document, said: String::from_utf8_lossy(&output.stderr).into_owned() }
}

#[test]
fn a_credit_token_is_credited_once_however_the_client_dies() {
    let bench = Bench::new();
    let meter = quiet_meter(&[]);
    let key = &meter.payment().register().key;
    let (kills, first) = (number("WATTKEY_KILLS", KILLS), number("WATTKEY_KILL_SEED", 1));
    let mut tally = [0u64; 3];
    for seed in first..first + kills {
        let token = credit(key, 6_700_000 + u32::try_from(seed).unwrap(), 10).to_string();
        let mut dice = fastrand::Rng::with_seed(seed);
        let command = ["token", "enter"];
        let killed = bench.kill(bench.start(&command, std::slice::from_ref(&token)), &mut dice);
        let before = bench.account(&token);
        let place = || format!("seed {seed}, {}: {}\n{}", before.len(), killed.document, killed.said);
        assert!(before.is_empty() || bench.is_in_ledger(&token), "credited, and not in the ledger: {}", place());
        if killed.exit == Some(0) {
            assert_eq!(before, ["accept"], "a wrong claim: {}", place());
        }
        let was_open = bench
            .ledger()
            .token_history(token.parse().unwrap())
            .unwrap()
            .iter()
            .all(|entry| entry.kind == EntryKind::Intent)
            && bench.is_in_ledger(&token);
        let again = bench.finish(&command, std::slice::from_ref(&token));
        let place = || format!("{}, then {}\n{}", place(), again.document, again.said);
        assert_eq!(bench.account(&token), ["accept"], "not credited once: {}", place());
        if was_open && !before.is_empty() {
            let last4 = &token[16..];
            let note = again.document.pointer("/steps/0/note").and_then(Value::as_str).unwrap_or_default();
            let warned = again.said.contains(last4) && again.said.contains("without an outcome");
            assert!(warned || note.contains("earlier run"), "not said: {}", place());
        }
        match again.exit {
            // Accepted now, for the killed client had not got so far; or accepted then, and told so.
            Some(0) => {
                let note = again.document.pointer("/steps/0/note").and_then(Value::as_str).unwrap_or_default();
                let told = note.contains("earlier run");
                assert!(before.is_empty() || told, "claims the token of the run before: {}", place());
            }
            Some(1) => {
                assert_eq!(again.document["steps"][0]["result"], "used-error", "{}", place());
                assert_eq!(before, ["accept"], "refused a token that never counted: {}", place());
            }
            other => panic!("exit {other:?}: {}", place()),
        }
        tally[usize::from(killed.exit.is_none()) + usize::from(killed.exit.is_none() && !before.is_empty())] += 1;
    }
    println!(
        "{} ended before they were killed, {} were killed before the credit, {} after",
        tally[0], tally[1], tally[2]
    );
    assert!(tally[1] + tally[2] > 0, "no client was killed");
    let total: f64 = lines(&bench.path("tokens.jsonl"))
        .map(|record| record["credit_after_kwh"].as_f64().unwrap() - record["credit_before_kwh"].as_f64().unwrap())
        .sum();
    assert!((total - kills as f64).abs() < 1e-6, "{total} kWh for {kills} tokens of 1 kWh");
}

#[test]
fn a_key_change_is_whole_or_taken_up_again_however_the_client_dies() {
    let bench = Bench::new();
    let mut meter = quiet_meter(&[("lockout.after", "0")]);
    let (kills, first) = (number("WATTKEY_KILLS", KILLS), number("WATTKEY_KILL_SEED", 1));
    let mut killed_clients = 0;
    let mut made = BTreeSet::new();
    for seed in first..first + kills {
        let mut dice = fastrand::Rng::with_seed(seed);
        let (pan, register) = (meter.identity().pan, meter.payment().register().clone());
        // No set twice: between the same two keys its sections would be the same tokens.
        let (set, krn) = std::iter::repeat_with(|| {
            let (krn, ti) = (dice.u32(1..=2), TariffIndex::new(dice.u32(0..100)).unwrap());
            (key_change_to(&register, pan, ("123456", krn, ti), false), krn)
        })
        .find_map(|((set, key), krn)| (key != register.key && made.insert(set.clone())).then_some((set, krn)))
        .unwrap();
        let tokens: Vec<String> = set.iter().map(Token::to_string).collect();
        let command = ["kct", "enter"];
        let killed = bench.kill(bench.start(&command, &tokens), &mut dice);
        killed_clients += u64::from(killed.exit.is_none());
        let place = || format!("seed {seed}: {}\n{}", killed.document, killed.said);
        for token in &tokens {
            assert!(bench.account(token).is_empty() || bench.is_in_ledger(token), "not in the ledger: {}", place());
        }
        let again = bench.finish(&command, &tokens);
        let place = || format!("{}, then {}\n{}", place(), again.document, again.said);
        assert_eq!((again.exit, again.document["outcome"].as_str()), (Some(0), Some("accepted")), "{}", place());
        assert_eq!(again.document["after"]["sts"]["krn"], krn, "{}", place());
        assert_eq!(again.document["after"]["sts"]["kct_pending"], serde_json::json!([]), "{}", place());
        let results: Vec<String> = tokens.iter().flat_map(|token| bench.account(token)).collect();
        let changes = results.iter().filter(|result| *result == "accept").count();
        assert_eq!(changes, 1, "the key changed {changes} times: {results:?} {}", place());
        let open = bench.ledger().verify(None).unwrap().open;
        assert_eq!(open, 0, "acts without an end: {}", place());
        for token in set {
            enter(&mut meter, token);
        }
        assert_eq!(u32::from(meter.payment().register().krn), krn);
    }
    println!("{killed_clients} of {kills} clients were killed");
    assert!(killed_clients > 0, "no client was killed");
}
