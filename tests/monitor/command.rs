//! `monitor` as a person or a script runs it, on simulated meters.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::time::Duration;

use serde_json::Value;

/// Longest wait for anything.
const PATIENCE: Duration = Duration::from_secs(60);

struct Place {
    folder: tempfile::TempDir,
}

impl Place {
    fn new() -> Self {
        Place { folder: tempfile::tempdir().unwrap() }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_wattkey"));
        command
            .args(arguments)
            .current_dir(self.folder.path())
            .env("WATTKEY_CACHE_DIR", env!("CARGO_TARGET_TMPDIR"))
            .env("WATTKEY_STATE_DIR", self.path("state"))
            .env("WATTKEY_CONFIG", self.path("config.toml"))
            .stdin(Stdio::null());
        command
    }

    fn run(&self, arguments: &[&str]) -> (i32, String, String) {
        let output = self.command(arguments).output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
    }

    fn records(&self, arguments: &[&str]) -> (i32, Vec<Value>) {
        let (code, out, err) = self.run(&[&["monitor"], arguments].concat());
        let parse = |line: &str| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {out}{err}"));
        (code, out.lines().map(parse).collect())
    }
}

fn of<'a>(records: &'a [Value], schema: &str) -> Vec<&'a Value> {
    records.iter().filter(|record| record["schema"] == schema).collect()
}

/// A program under way, ended with the test.
struct Running {
    child: Child,
    lines: Receiver<String>,
}

impl Running {
    fn start(mut command: Command) -> Self {
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let (sender, lines) = mpsc::channel();
        let stdout = child.stdout.take().unwrap();
        std::thread::spawn(move || {
            BufReader::new(stdout).lines().map_while(Result::ok).try_for_each(|line| sender.send(line))
        });
        Running { child, lines }
    }

    /// The next line that fits.
    fn until(&self, what: &str, fits: impl Fn(&str) -> bool) -> String {
        loop {
            let line = self.lines.recv_timeout(PATIENCE).unwrap_or_else(|error| panic!("{what}: {error}"));
            if fits(&line) {
                return line;
            }
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn every_poll_is_a_line() {
    let place = Place::new();
    let (code, records) = place.records(&["-l", "sim:", "-i", "0s", "-n", "3"]);
    assert_eq!((code, of(&records, "wattkey/reading/1").len()), (0, 3));
    assert!(records[0]["phases"][0]["voltage_v"].is_number() && records[0]["answered"] == true);
    let (code, csv, _) = place.run(&["monitor", "-l", "sim:", "-i", "0s", "-n", "2", "--format", "csv"]);
    let lines: Vec<&str> = csv.lines().collect();
    assert_eq!((code, lines.len()), (0, 3));
    assert!(lines[0].starts_with("time,line,meter,answered,"));
    assert_eq!(lines[0].split(',').count(), lines[1].split(',').count());
    let (code, table, _) = place.run(&["monitor", "-l", "sim:", "-i", "0s", "-n", "1", "--format", "table"]);
    assert!(code == 0 && table.starts_with("METER"), "{table}");
}

#[test]
fn a_threshold_makes_an_event() {
    let place = Place::new();
    let (code, shipped, _) = place.run(&["monitor", "--show-thresholds"]);
    assert!(code == 0 && shipped.contains("sag = 0.9 "), "{shipped}");
    fs::write(place.path("t.toml"), "nominal_voltage_v = 400\nfrequency_band_hz = 0.001\n").unwrap();
    let (_, records) = place.records(&["-l", "sim:", "-i", "0s", "-n", "2", "--thresholds", "t.toml"]);
    let events = of(&records, "wattkey/monitor-event/1");
    let sags: Vec<&&Value> = events.iter().filter(|event| event["cause"] == "sag-l1").collect();
    assert_eq!(sags.len(), 1, "{events:?}");
    assert!(sags[0]["end"].is_null() && sags[0]["limit"] == 360.0);
    fs::write(place.path("t.toml"), "sag = 2\n").unwrap();
    let (code, _, err) = place.run(&["monitor", "-l", "sim:", "--thresholds", "t.toml"]);
    assert!(code == 2 && err.contains("sag is 2"), "{err}");
}

#[test]
fn files_are_set_aside_and_bounded() {
    let place = Place::new();
    let watch =
        ["monitor", "-l", "sim:", "-i", "0s", "-n", "30", "-o", "r.jsonl", "--rotate-size", "2k", "--keep", "2"];
    let (code, out, _) = place.run(&watch);
    assert_eq!((code, out.as_str()), (0, ""));
    let sizes: Vec<u64> = ["r.jsonl", "r.jsonl.1", "r.jsonl.2"]
        .iter()
        .map(|name| fs::metadata(place.path(name)).unwrap().len())
        .collect();
    assert!(sizes.iter().all(|size| (1..=2_048).contains(size)), "{sizes:?}");
    assert!(!place.path("r.jsonl.3").exists());
}

#[test]
fn demand_opens_relays_in_order_only_when_told_to_act() {
    let place = Place::new();
    assert_eq!(place.run(&["sim", "credentials", "c.toml"]).0, 0);
    let plan = "interval = \"0s\"\nsurprise = 1\n";
    fs::write(place.path("bad.toml"), plan).unwrap();
    assert_eq!(place.run(&["monitor", "--file", "bad.toml"]).0, 2);
    let plan = "interval = \"100ms\"\n[[line]]\nlink = \"sim:a\"\n[[line.meter]]\nname = \"a\"\n\
                [[line]]\nlink = \"sim:b\"\n[[line.meter]]\nname = \"b\"\n";
    fs::write(place.path("p.toml"), plan).unwrap();
    let watch = ["--file", "p.toml", "--credentials", "c.toml", "-n", "10", "--demand-limit", "100", "--shed", "b,a"];
    let (code, records) = place.records(&watch);
    let actions = of(&records, "wattkey/monitor-action/1");
    assert_eq!(code, 0);
    assert_eq!(actions.iter().map(|action| &action["outcome"]).collect::<Vec<_>>(), ["advised"]);
    assert!(place.run(&["ledger", "list", "--json"]).1.replace(char::is_whitespace, "").contains("\"entries\":[]"));
    let (code, records) = place.records(&[watch.as_slice(), &["--act"]].concat());
    let actions = of(&records, "wattkey/monitor-action/1");
    assert_eq!(code, 0);
    // The floor of one meter keeps `a` supplied, however high the demand.
    let done: Vec<(&str, &str, &str)> = actions
        .iter()
        .map(|action| ["meter", "action", "outcome"].map(|key| action[key].as_str().unwrap()))
        .map(|[meter, action, outcome]| (meter, action, outcome))
        .collect();
    assert_eq!(done, [("b", "open", "accepted")]);
    let relay = |link: &str| {
        let (_, out, _) = place.run(&["status", "-l", link, "--json"]);
        serde_json::from_str::<Value>(&out).unwrap()["relay"]["output"].clone()
    };
    assert_eq!((relay("sim:a"), relay("sim:b")), (Value::from("closed"), Value::from("open")));
    let ledger = place.run(&["ledger", "list", "--format", "jsonl"]).1;
    assert!(ledger.contains("\"relay\"") && ledger.contains("accepted"), "{ledger}");
}

#[test]
fn what_cannot_be_watched_ends_at_once_with_its_code() {
    let place = Place::new();
    assert_eq!(place.run(&["monitor"]).0, 2);
    let (code, records) = place.records(&["-l", "/dev/no-such-port", "-n", "1"]);
    assert_eq!((code, &records[0]["problem"]), (3, &Value::from("port-absent")));
    // A profile that does not exist will not exist in the next round either.
    let (code, _, err) = place.run(&["monitor", "-l", "sim:", "--profile", "no-such-profile", "-i", "1s"]);
    assert!(code == 2 && err.contains("no-such-profile"), "{err}");
    let (code, ..) = place.run(&["monitor", "-l", "sim:", "--act", "-n", "1"]);
    assert_eq!(code, 2);
}

#[test]
fn a_silent_meter_leaves_the_line_to_the_others() {
    let place = Place::new();
    let mut command = place.command(&["monitor", "-l", "sim:", "-p", "dlms", "-i", "0s", "-n", "12"]);
    command.args(["-m", "1/17", "-m", "1/99"]).env("WATTKEY_TIMEOUT", "100ms").env("WATTKEY_RETRIES", "0");
    let output = command.output().unwrap();
    let records: Vec<Value> =
        String::from_utf8(output.stdout).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let readings = of(&records, "wattkey/reading/1");
    let polls = |meter: &str| readings.iter().filter(|reading| reading["meter"] == meter).count();
    // Asked in rounds 1 to 4, then left out of one round, of two, of three.
    assert_eq!((polls("1/17"), polls("1/99")), (12, 6), "{readings:#?}");
    let events = of(&records, "wattkey/monitor-event/1");
    assert_eq!(events.iter().map(|event| &event["cause"]).collect::<Vec<_>>(), ["meter-silent"]);
}

#[test]
fn two_meters_take_turns_over_one_connection() {
    let place = Place::new();
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let endpoint = format!("tcp:127.0.0.1:{port}");
    let meters = Running::start(place.command(&["sim", "--listen", &endpoint, "--meters", "2"]));
    meters.until("the meters listen", |line| line.contains("1/18"));
    let watch = ["-l", &endpoint, "-p", "dlms", "-i", "0s", "-n", "3", "-m", "1/17", "-m", "1/18"];
    let (code, records) = place.records(&watch);
    let readings = of(&records, "wattkey/reading/1");
    let serials: std::collections::BTreeSet<&str> =
        readings.iter().map(|reading| reading["serial"].as_str().unwrap()).collect();
    assert_eq!((code, readings.len(), serials.len()), (0, 6, 2));
}

#[cfg(unix)]
#[test]
fn ctrl_c_ends_cleanly() {
    let place = Place::new();
    let mut watch = Running::start(place.command(&["monitor", "-l", "sim:", "-i", "1s"]));
    watch.until("a reading", |line| line.contains("wattkey/reading/1"));
    assert!(Command::new("kill").args(["-INT", &watch.child.id().to_string()]).status().unwrap().success());
    assert_eq!(watch.child.wait().unwrap().code(), Some(130));
}

#[test]
fn a_line_that_vanishes_and_returns_is_carried_on_with() {
    let place = Place::new();
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let endpoint = format!("tcp:127.0.0.1:{port}");
    let meter = || Running::start(place.command(&["sim", "--listen", &endpoint]));
    let first = meter();
    first.until("the meter listens", |line| line.contains(&endpoint));
    let mut command = place.command(&["monitor", "-l", &endpoint, "-p", "dlms", "-i", "200ms"]);
    command.env("WATTKEY_TIMEOUT", "500ms").env("WATTKEY_RETRIES", "0");
    let watch = Running::start(command);
    watch.until("a first reading", |line| line.contains("\"answered\":true"));
    drop(first);
    watch.until("the meter is silent", |line| line.contains("\"cause\":\"meter-silent\"") && !line.contains("\"end\""));
    let _second = meter();
    watch.until("the meter is back", |line| line.contains("\"cause\":\"meter-silent\"") && line.contains("\"end\""));
    watch.until("readings go on", |line| line.contains("\"answered\":true"));
}
