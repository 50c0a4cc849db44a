//! Meters on lines, a list of jobs for them, the utility's pack, and the program on it.

use std::collections::{BTreeMap, HashSet};
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

use serde_json::{Value, json};
use time::OffsetDateTime;
use wattkey::headend::pack::list::read_lines;
use wattkey::headend::pack::make::{self, PackForm, Title};
use wattkey::sim::lab_keys;
use wattkey::sts::{
    Amount, BaseDate, Commodity, Drn, KeyType, NewKey, Pan, RandomNumber, StaTables, TariffIndex, Tid, TokenContent,
    VendingKey, key_change_tokens,
};

/// Steps that write: a key change and a first credit, between checks.
const PLAN: &str = r#"
schema = "wattkey/plan/1"
name = "bench"
description = "Every step that enters a token"
steps = ["identify", "record", "vend-code", "clock", "key-register", "key-change", "first-credit", "seal", "status"]
optional = ["clock"]

[[questions]]
id = "seal"
ask = "Number of the seal"
kind = "text"
"#;

pub struct Field {
    pub folder: tempfile::TempDir,
    pub meters: Vec<Value>,
    sim: Child,
}

/// The three tokens every meter must take, each once.
pub struct Tokens {
    pub key_change: Vec<String>,
    pub credit: String,
}

fn vending(krn: u32) -> VendingKey {
    let fits = |key: &VendingKey| {
        let id = key.id();
        id.sgc.to_string() == "123456" && u32::from(id.krn) == krn && id.kt == KeyType::Unique
    };
    lab_keys::vending_keys().into_iter().find(fits).expect("a lab key")
}

impl Tokens {
    pub fn of(drn: &str) -> Self {
        Self::to_tariff(drn, 1)
    }

    /// Those that lead to this tariff index.
    pub fn to_tariff(drn: &str, ti: u8) -> Self {
        let pan = Pan::of(drn.parse::<Drn>().unwrap());
        let ti = TariffIndex::new(ti.into()).unwrap();
        let (from, to) = (vending(1), vending(2));
        let key = to.decoder_key(pan, ti);
        let id = to.id();
        let new = NewKey { key: key.clone(), krn: id.krn, kt: id.kt, ti, ken: id.ken, sgc: None, rollover: false };
        let present = from.decoder_key(pan, TariffIndex::new(1).unwrap());
        let set = key_change_tokens(&present, &new, StaTables::iec_sample()).unwrap();
        let content = TokenContent::Credit {
            commodity: Commodity::Electricity,
            rnd: RandomNumber::from_bits(5),
            tid: Tid::at(OffsetDateTime::now_utc(), BaseDate::Base2014).unwrap(),
            amount: Amount::at_least(256).unwrap(),
        };
        let credit = key.make(&content, StaTables::iec_sample()).to_string();
        Tokens { key_change: set.iter().map(ToString::to_string).collect(), credit }
    }
}

impl Field {
    /// Meters under way on lines of one `wattkey sim`, with a list `jobs.csv`, a plan and a pack that go with them.
    pub fn new(meters: u32, lines: u32) -> Self {
        Self::with(meters, lines, &[])
    }

    /// The same, with further options of `wattkey sim`.
    pub fn with(meters: u32, lines: u32, options: &[&str]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut sim = Command::new(env!("CARGO_BIN_EXE_wattkey"))
            .args(["sim", "--format", "jsonl", "--listen", "tcp:127.0.0.1:0", "--meters", &meters.to_string()])
            .args(["--lines", &lines.to_string(), "--set", "history_days=0", "--log-tokens"])
            .arg(folder.path().join("accepted.jsonl"))
            .args(options)
            .env("WATTKEY_CACHE_DIR", env!("CARGO_TARGET_TMPDIR"))
            .env("WATTKEY_STATE_DIR", folder.path().join("sim-state"))
            .env("WATTKEY_CONFIG", folder.path().join("config.toml"))
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut ready = String::new();
        BufReader::new(sim.stdout.take().unwrap()).read_line(&mut ready).unwrap();
        let ready: Value = serde_json::from_str(&ready).unwrap();
        let mut meters = ready["meters"].as_array().unwrap().clone();
        // Of many thousand random meter numbers two may be the same, and a list has a meter once.
        let mut seen = HashSet::new();
        meters.retain(|meter| seen.insert(meter["drn"].as_str().unwrap().to_owned()));
        let field = Field { meters, folder, sim };
        fs::write(field.path("bench.toml"), PLAN).unwrap();
        field.write_list(&field.rows());
        field.write_pack();
        field
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// The rows of the list, without the line of names.
    pub fn rows(&self) -> Vec<String> {
        let plan = self.path("bench.toml").display().to_string();
        let row = |(number, meter): (usize, &Value)| {
            let word = |name: &str| meter[name].as_str().unwrap().to_owned();
            let credit = Tokens::of(&word("drn")).credit;
            format!(
                "job-{number};{};{};{};{};dlms;wattkey-sim;{plan};ACC-{number};A {number};{credit}",
                word("serial"),
                word("drn"),
                word("link"),
                word("address"),
            )
        };
        self.meters.iter().enumerate().map(row).collect()
    }

    pub fn write_list(&self, rows: &[String]) {
        let names = "id;serial;drn;link;address;protocol;profile;plan;vend_code;answer.seal;credit_token";
        fs::write(self.path("jobs.csv"), format!("\u{feff}{names}\r\n{}\r\n", rows.join("\r\n"))).unwrap();
    }

    fn write_pack(&self) {
        self.write_pack_with(|number| Tokens::of(self.meters[number]["drn"].as_str().unwrap()).key_change);
    }

    /// A pack with these sets.
    pub fn write_pack_with(&self, set: impl Fn(usize) -> Vec<String>) {
        let state = |krn: u32| json!({"sgc": "123456", "krn": krn, "kt": 2, "ti": 1});
        let mut text = String::new();
        for (number, meter) in self.meters.iter().enumerate() {
            let set = set(number);
            let record = json!({
                "drn": meter["drn"], "serial": meter["serial"], "standing": "active",
                "vend_code": format!("ACC-{number}"), "sgc": "123456", "krn": 2, "kt": 2, "ti": 1, "ea": "07",
                "tokens": [{"kind": "key-change", "tokens": set, "from": state(1), "to": state(2)}],
            });
            text.push_str(&format!("{record}\n"));
        }
        let now = OffsetDateTime::now_utc();
        let title = Title { name: "bench".into(), issued_at: now, valid_until: now + time::Duration::days(1) };
        let meters = read_lines(text.as_bytes()).unwrap();
        make::write(
            &self.path("day.pack"),
            PackForm::Lines,
            &title,
            make::Contents { meters, sealed_keys: None },
            None,
        )
        .unwrap();
    }

    /// The program, with this field's state folder.
    pub fn program(&self) -> Command {
        program(self.folder.path())
    }

    /// `bulk run` on the list, with results as JSON Lines.
    pub fn bulk_run(&self, options: &[&str]) -> Command {
        let mut command = self.program();
        command
            .args(["bulk", "run"])
            .arg(self.path("jobs.csv"))
            .args(["--format", "jsonl", "--yes", "--accept-unverified-pack", "--headend"])
            .arg(self.path("day.pack"))
            .args(options);
        command
    }

    /// What every meter took, by its number.
    pub fn accepted(&self) -> BTreeMap<String, Vec<String>> {
        let mut accepted: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for line in fs::read_to_string(self.path("accepted.jsonl")).unwrap().lines() {
            let record: Value = serde_json::from_str(line).unwrap();
            let drn = record["drn"].as_str().unwrap().to_owned();
            accepted.entry(drn).or_default().push(record["token"].as_str().unwrap().to_owned());
        }
        accepted
    }

    /// Every meter took its two sections and its credit, once each and nothing else; the ledger verifies and nothing in
    /// it is open.
    pub fn judge(&self) {
        let accepted = self.accepted();
        for meter in &self.meters {
            let drn = meter["drn"].as_str().unwrap();
            let tokens = Tokens::of(drn);
            let mut expected = tokens.key_change;
            // The list has the credit token; the one made now may be of a later minute.
            let row = self.listed_credit(drn);
            expected.push(row);
            let mut found = accepted.get(drn).cloned().unwrap_or_default();
            found.sort();
            expected.sort();
            let told = || {
                let output = self.program().args(["ledger", "show", drn, "--format", "jsonl"]).output().unwrap();
                String::from_utf8_lossy(&output.stdout).replace("},{\"seq\"", "},\n{\"seq\"")
            };
            assert_eq!(found, expected, "what meter {drn} took; the ledger has\n{}", told());
        }
        assert_eq!(accepted.len(), self.meters.len());
        let verified = self.json(&["ledger", "verify", "--json"]);
        assert_eq!((&verified["intact"], &verified["open"]), (&json!(true), &json!(0)), "{verified}");
    }

    fn listed_credit(&self, drn: &str) -> String {
        let list = fs::read_to_string(self.path("jobs.csv")).unwrap();
        let row = list.lines().find(|line| line.contains(&format!(";{drn};"))).unwrap();
        row.rsplit(';').next().unwrap().trim().to_owned()
    }

    /// One document of the program.
    pub fn json(&self, words: &[&str]) -> Value {
        let output = self.program().args(words).output().unwrap();
        serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{words:?}: {error}: {output:?}"))
    }
}

impl Drop for Field {
    fn drop(&mut self) {
        let _ = self.sim.kill();
        let _ = self.sim.wait();
    }
}

/// The program with its own state and configuration.
pub fn program(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_wattkey"));
    command
        .env("WATTKEY_CACHE_DIR", env!("CARGO_TARGET_TMPDIR"))
        .env("WATTKEY_STATE_DIR", folder.join("state"))
        .env("WATTKEY_CONFIG", folder.join("config.toml"))
        .stdin(Stdio::null());
    command
}

/// The documents of a run's output, the jobs and the summary.
pub fn documents(output: &Output) -> Vec<Value> {
    let text = String::from_utf8_lossy(&output.stdout);
    text.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|_| panic!("{line}"))).collect()
}

/// The last document, and the exit code.
pub fn ended(output: &Output) -> (Value, i32) {
    let last = documents(output).pop().unwrap_or_else(|| panic!("{output:?}"));
    (last, output.status.code().unwrap_or(-1))
}
