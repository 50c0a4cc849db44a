//! A workplace of its own: state, lab keys, and packs for simulated meters.

use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use serde_json::{Value, json};
use tempfile::TempDir;
use time::{Duration, OffsetDateTime};
use wattkey::headend::pack::list::read_lines;
use wattkey::headend::pack::make::{Contents, PackForm, Title, write};
use wattkey::ledger::{Author, Filter, Ledger};

/// Code on the job sheet of every meter here.
pub const CODE: &str = "VC-1001";

pub struct Workplace {
    folder: TempDir,
}

impl Workplace {
    pub fn new() -> Self {
        let place = Workplace { folder: tempfile::tempdir().unwrap() };
        for (what, file) in [("keys", "keys.json"), ("credentials", "credentials.toml")] {
            let made = place.bare().args(["sim", what]).arg(place.path(file)).stderr(Stdio::null()).status().unwrap();
            assert!(made.success());
        }
        place
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn bare(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_wattkey"));
        command
            .env("WATTKEY_CACHE_DIR", env!("CARGO_TARGET_TMPDIR"))
            .env("WATTKEY_STATE_DIR", self.path("state"))
            .env("WATTKEY_CONFIG", self.path("none.toml"))
            .env("WATTKEY_NON_INTERACTIVE", "true");
        command
    }

    pub fn program(&self) -> Command {
        let mut command = self.bare();
        command
            .env("WATTKEY_KEYS", self.path("keys.json"))
            .env("WATTKEY_CREDENTIALS", self.path("credentials.toml"))
            .env("WATTKEY_PROTOCOL", "dlms");
        command
    }

    /// Runs to the end and gives the JSON document and the exit code.
    pub fn run(&self, arguments: &[&str]) -> (Value, i32) {
        let output = self.program().args(arguments).arg("--json").output().unwrap();
        let text = String::from_utf8(output.stdout).unwrap();
        let problem = String::from_utf8_lossy(&output.stderr).into_owned();
        let document = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}: {text:?}\n{problem}"));
        (document, output.status.code().unwrap())
    }

    pub fn status(&self, link: &str) -> Value {
        self.run(&["status", "--link", link]).0
    }

    /// A token, or the tokens of a set, for the meter of this status on key revision `krn`.
    fn tokens(&self, status: &Value, krn: &str, what: &[&str]) -> Vec<String> {
        let sts = &status["sts"];
        let text = |name: &str| sts[name].as_str().map_or_else(|| sts[name].to_string(), str::to_owned);
        let mut arguments: Vec<String> =
            ["token", "generate"].iter().chain(what).map(|word| (*word).to_owned()).collect();
        for (option, name) in [
            ("--drn", "drn"),
            ("--sgc", "sgc"),
            ("--kt", "kt"),
            ("--ti", "ti"),
            ("--ea", "ea"),
            ("--dkga", "dkga"),
            ("--base-date", "base_date"),
        ] {
            arguments.extend([option.to_owned(), text(name)]);
        }
        arguments.extend(["--krn".to_owned(), krn.to_owned()]);
        let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
        let (document, exit) = self.run(&words);
        assert_eq!(exit, 0, "{document}");
        let tokens = document["tokens"].as_array().unwrap();
        tokens.iter().map(|token| token["token"].as_str().unwrap().to_owned()).collect()
    }

    /// The record of the meter on `link`, which the utility holds on revision 2, with all that a job needs.
    pub fn record(&self, link: &str) -> Value {
        let status = self.status(link);
        let sts = &status["sts"];
        let now = sts["krn"].to_string();
        let one = |what: &[&str]| self.tokens(&status, "2", what);
        json!({
            "drn": sts["drn"], "vend_code": CODE, "standing": "active", "serial": status["meter"]["serial"],
            "sgc": sts["sgc"], "krn": 2, "kt": sts["kt"], "ti": sts["ti"], "ea": sts["ea"],
            "firmware_allowed": [status["meter"]["firmware"]], "power_limit_w": 9200.0,
            "tokens": [
                {"kind": "key-change", "tokens": self.tokens(&status, &now, &["key-change", "--to-krn", "2"])},
                {"kind": "clear-tamper", "tokens": one(&["management", "clear-tamper"])},
                {"kind": "first-credit", "tokens": one(&["credit", "5"])},
            ],
        })
    }

    /// Writes the records as a pack that nobody signed, valid until `days` from now.
    pub fn pack(&self, name: &str, records: &[Value], days: i64) -> String {
        let path = self.path(name);
        let _ = std::fs::remove_file(&path);
        let lines: String = records.iter().map(|record| format!("{record}\n")).collect();
        let now = OffsetDateTime::now_utc();
        let title = Title {
            name: name.to_owned(),
            issued_at: now - Duration::days(2),
            valid_until: now + Duration::days(days),
        };
        let contents = Contents { meters: read_lines(lines.as_bytes()).unwrap(), ..Contents::default() };
        write(&path, PackForm::Lines, &title, contents, None).unwrap();
        path.to_str().unwrap().to_owned()
    }

    /// Options of a job that is answered beforehand.
    pub fn job<'a>(&self, link: &'a str, pack: &'a str) -> Vec<&'a str> {
        let mut arguments = vec!["commission", "--link", link, "--headend", pack, "--accept-unverified-pack"];
        arguments.extend(["--id", "job-1", "--vend-code", CODE, "--yes"]);
        arguments.extend(["--answer", "polarity=yes", "--answer", "covers=yes", "--answer", "seal=A 17"]);
        arguments
    }

    pub fn ledger(&self) -> Ledger {
        let author = Author { operator: "o".into(), host: "h".into(), tool: "t".into() };
        Ledger::open(&self.path("state/ledger.sqlite"), author).unwrap()
    }

    pub fn ledger_rows(&self) -> usize {
        self.ledger().entries(&Filter::default()).unwrap().len()
    }

    /// The ledger is sound and nothing in it is open.
    pub fn assert_ledger(&self, told: &str) {
        let found = self.ledger().verify(None).unwrap();
        assert_eq!((found.broken, found.open), (None, 0), "{told}");
    }
}

/// The state of a step in a report.
pub fn state<'a>(report: &'a Value, step: &str) -> &'a str {
    let steps = report["steps"].as_array().unwrap_or_else(|| panic!("no report: {report}"));
    let found = steps.iter().find(|found| found["step"] == step);
    found.map_or("not come to", |found| found["state"].as_str().unwrap())
}

/// A simulator in another process, ended with the value.
pub struct Simulator {
    child: Child,
    pub link: String,
}

impl Drop for Simulator {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Simulator {
    pub fn start(place: &Workplace, arguments: &[&str]) -> Self {
        use std::io::{BufRead, BufReader};
        let mut child = place
            .bare()
            .args(["sim", "--listen", "tcp:127.0.0.1:0"])
            .args(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        // It says where it listens, on either stream, before the first meter may be asked.
        let (said, heard) = std::sync::mpsc::channel();
        let streams: [Box<dyn std::io::Read + Send>; 2] =
            [Box::new(child.stdout.take().unwrap()), Box::new(child.stderr.take().unwrap())];
        for stream in streams {
            let said = said.clone();
            std::thread::spawn(move || {
                for line in BufReader::new(stream).lines().map_while(Result::ok) {
                    let _ = said.send(line);
                }
            });
        }
        drop(said);
        let port = heard
            .iter()
            .find_map(|line| {
                let (_, rest) = line.split_once("127.0.0.1:")?;
                rest.chars().take_while(char::is_ascii_digit).collect::<String>().parse::<u16>().ok()
            })
            .unwrap();
        Simulator { child, link: format!("tcp:127.0.0.1:{port}") }
    }
}
