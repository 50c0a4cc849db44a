//! The `smets` commands, run as a person or a script runs them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod adaptor;
mod critical;
mod installation;
mod messages;
mod post;

use std::fs;
use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

const SUPPLIER: &str = "90-B3-D5-1F-30-01-00-00";
const HUB: &str = "00-DB-12-34-56-78-90-A2";
const METER: &str = "00-DB-12-34-56-78-90-A0";

/// A folder of its own for state, configuration and files.
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
        text(self.command(arguments).output().unwrap())
    }

    fn json(&self, arguments: &[&str]) -> (i32, Value) {
        let (code, out, err) = self.run(&[arguments, &["--json"]].concat());
        (code, serde_json::from_str(&out).unwrap_or_else(|error| panic!("{error}: {out}{err}")))
    }

    fn fed(&self, arguments: &[&str], input: &str) -> (i32, String, String) {
        let mut child = self
            .command(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut stdin = child.stdin.take().unwrap();
        let input = input.to_owned();
        let writer = std::thread::spawn(move || drop(stdin.write_all(input.as_bytes())));
        let output = child.wait_with_output().unwrap();
        writer.join().unwrap();
        text(output)
    }

    /// Builds a sound 8.11 Add and gives the name of its file.
    fn whitelist_request(&self) -> &'static str {
        let fields = ["RequestType=Add", "JoinTimePeriod=600", "InstallCode=303132333435", "ImportMPxN=1312345678907"];
        let device = format!("DeviceID={METER}");
        let head = [
            "smets",
            "request",
            "build",
            "8.11",
            "--originator",
            SUPPLIER,
            "--target",
            HUB,
            "-o",
            "add.xml",
            "--overwrite",
            &device,
        ];
        let (code, _, err) = self.run(&[head.as_slice(), &fields].concat());
        assert_eq!(code, 0, "{err}");
        "add.xml"
    }
}

fn text(output: Output) -> (i32, String, String) {
    let words = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap_or(-1), words(output.stdout), words(output.stderr))
}

#[test]
fn the_catalogue_is_found_and_told() {
    let place = Place::new();
    let (code, hits) = place.json(&["smets", "requests", "search", "Update HAN Device Log"]);
    assert_eq!(
        (code, &hits["hits"][0]["key"], &hits["schema"]),
        (0, &Value::from("8.11"), &Value::from("wattkey/smets-search/1"))
    );
    let (_, all) = place.json(&["smets", "requests", "list"]);
    assert_eq!(all["requests"].as_array().map(Vec::len), Some(129));
    let (_, show) = place.json(&["smets", "requests", "show", "6.20.1"]);
    assert_eq!(
        (&show["service_reference"], &show["fields"][1]["path"]),
        (&Value::from("6.20"), &Value::from("ImportMPANs.ImportMPAN"))
    );
    assert_eq!(place.run(&["smets", "requests", "search", "zebra"]).0, 1);
    let (code, _, err) = place.run(&["smets", "requests", "show", "8.14"]);
    assert_eq!(code, 2);
    assert!(err.contains("8.14.1, 8.14.2, 8.14.3, 8.14.4"), "{err}");
}

#[test]
fn may_answers_yes_no_and_unknown() {
    let place = Place::new();
    let (code, yes) = place.json(&["smets", "may", "rsa", "12.2"]);
    assert_eq!((code, &yes["permission"], yes.get("refusal")), (0, &Value::from("permitted"), None));
    assert!(yes["notes"].to_string().contains("E4"));
    let (code, no) = place.json(&["smets", "may", "RSA", "8.11"]);
    assert_eq!((code, &no["permission"], &no["refusal"]), (1, &Value::from("not-permitted"), &Value::from("E2")));
    let (code, unknown) = place.json(&["smets", "may", "IS", "8.6"]);
    assert_eq!((code, &unknown["permission"]), (1, &Value::from("unknown")));
    assert_eq!(place.run(&["smets", "may", "MOP", "8.6"]).0, 2);
}

#[test]
fn a_built_request_passes_its_check_and_a_changed_one_does_not() {
    let place = Place::new();
    let file = place.whitelist_request();
    let (code, report) = place.json(&["smets", "request", "check", file, "--role", "IS"]);
    assert_eq!((code, &report["ok"], &report["srv"]), (0, &Value::from(true), &Value::from("8.11")));
    let xml = fs::read_to_string(place.path(file)).unwrap();
    fs::write(place.path("bad.xml"), xml.replace(">600<", ">3601<")).unwrap();
    let (code, report) = place.json(&["smets", "request", "check", "bad.xml"]);
    assert_eq!((code, &report["findings"][0]["rule"]), (1, &Value::from("join-time")));
    let (code, report) = place.json(&["smets", "request", "check", file, "--role", "RSA"]);
    assert_eq!((code, &report["findings"][0]["refusal"]), (1, &Value::from("E2")));
    assert_eq!(place.fed(&["smets", "request", "check", "-"], "<a/>").0, 5);
}

#[test]
fn counters_rise_from_request_to_request() {
    let place = Place::new();
    let build = ["smets", "request", "build", "7.4", "--originator", SUPPLIER, "--target", METER];
    let counter = |(code, built): (i32, Value)| {
        assert_eq!(code, 0, "{built}");
        built["request_id"]["counter"].as_u64().unwrap()
    };
    let first = counter(place.json(&build));
    assert!(counter(place.json(&build)) > first);
    let (code, ..) = place.run(&["smets", "request", "build", "8.3", "--originator", SUPPLIER, "--target", METER]);
    assert_eq!(code, 2);
}

#[test]
fn a_skeleton_is_not_taken_for_a_request() {
    let place = Place::new();
    let build = ["smets", "request", "build", "8.14.2", "--skeleton", "--originator", SUPPLIER, "--target", HUB];
    let (code, xml, _) = place.run(&build);
    assert_eq!(code, 0);
    let (code, out, _) = place.fed(&["smets", "request", "check", "-", "--format", "jsonl"], &xml);
    assert_eq!(code, 1);
    assert!(out.contains("\"rule\":\"example\""), "{out}");
}

#[test]
fn a_large_body_comes_from_a_file() {
    let place = Place::new();
    fs::write(place.path("body.xml"), "<UpdatePricePrimaryElement><PriceElements/></UpdatePricePrimaryElement>")
        .unwrap();
    let head = ["smets", "request", "build", "1.2.1", "--originator", SUPPLIER, "--target", METER];
    assert_eq!(place.run(&head).0, 2);
    let (code, xml, err) = place.run(&[head.as_slice(), &["--body", "body.xml"]].concat());
    assert_eq!(code, 0, "{err}");
    assert!(xml.contains("<sr:UpdatePricePrimaryElement>"), "{xml}");
}

fn alert(code: &str) -> String {
    format!(
        "<?xml version=\"1.0\"?><sr:Response xmlns:sr=\"http://www.dccinterface.co.uk/ServiceUserGateway\" schemaVersion=\"5.1\"><sr:Header>\
         <sr:RequestID>{SUPPLIER}:{METER}:7</sr:RequestID><sr:ResponseID>{METER}:{SUPPLIER}:7</sr:ResponseID><sr:ResponseCode>I0</sr:ResponseCode>\
         <sr:ResponseDateTime>2026-11-21T10:00:00Z</sr:ResponseDateTime></sr:Header><sr:Body><sr:DeviceAlertMessage>\
         <sr:AlertCode>{code}</sr:AlertCode></sr:DeviceAlertMessage></sr:Body></sr:Response>\n"
    )
}

#[test]
fn a_stream_of_alerts_becomes_lines_and_a_hostile_message_is_one_of_them() {
    let place = Place::new();
    let bomb = "<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>\n";
    let input = format!("{}{bomb}{}", alert("8F36").repeat(500), alert("8183"));
    let (code, out, _) = place.fed(&["smets", "decode", "-"], &input);
    assert_eq!(code, 5);
    let lines: Vec<Value> = out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines.len(), 502);
    assert_eq!(lines[0]["alert_name"], "Supply Outage Restored - Outage >= 3 minutes");
    assert_eq!((&lines[500]["kind"], &lines[501]["alert_code"]), (&Value::from("unreadable"), &Value::from("8183")));
    assert_eq!(place.fed(&["smets", "decode", "-"], &alert("8F36")).0, 0);
}

#[test]
fn codes_are_explained_and_doubt_is_shown() {
    let place = Place::new();
    let (code, out, _) = place.run(&["explain", "E19"]);
    assert!(code == 0 && out.contains("12.2"), "{out}");
    let (_, out, _) = place.run(&["explain", "N42"]);
    assert!(out.contains("unverified: Security Credentials Updated"), "{out}");
    let (_, out, _) = place.run(&["explain", "0x8F48"]);
    assert!(out.contains("class:") && out.contains("critical") && out.contains("join"), "{out}");
    fs::write(
        place.path("smets-texts.json"),
        r#"{"schema":"wattkey/smets-texts/1","texts":{"N65":"read in the text"}}"#,
    )
    .unwrap();
    let (_, out, _) = place.run(&["explain", "N65"]);
    assert!(out.contains("read in the text"), "{out}");
}

#[test]
fn an_installation_goes_from_step_to_step() {
    let place = Place::new();
    let device = format!("ESME={METER}");
    let (code, start) = place.json(&["smets", "install", "start", "--device", &device, "--mpxn", "1312345678907"]);
    assert_eq!((code, &start["steps"][0]["key"]), (0, &Value::from("coverage")));
    assert_eq!(place.run(&["smets", "install", "start", "--device", "ESME"]).0, 8);
    assert_eq!(place.run(&["smets", "install", "done", "hub"]).0, 8);
    assert_eq!(place.run(&["smets", "install", "done", "announce/CHF", "--evidence", "8.2 Pending"]).0, 0);
    assert_eq!(place.run(&["smets", "install", "done", "hub"]).0, 0);
    assert_eq!(place.run(&["smets", "install", "skip", "coverage"]).0, 2);
    let (_, without) = place.json(&["smets", "install", "wan", "none"]);
    assert!(without["steps"].to_string().contains("hub-report-no-wan"));
    let (code, fed, _) = place.fed(&["smets", "install", "feed", "-", "--json"], &alert("8183"));
    assert!(code == 0 && fed.contains("join/ESME"), "{fed}");
    let (code, page, _) = place.run(&["smets", "install", "page"]);
    assert!(code == 0 && page.contains("8.14.2") && page.contains("☑"));
    let (code, verdict) = place.json(&["smets", "install", "generation", "--serial", "19P0012345"]);
    assert_eq!(
        (code, &verdict["generation"], &verdict["strength"]),
        (0, &Value::from("SMETS1"), &Value::from("likely"))
    );
}

#[test]
fn top_up_codes_and_identifiers() {
    let place = Place::new();
    let (code, good) = place.json(&["smets", "utrn", "check", "7394 7252 4167 4520 1637"]);
    assert_eq!((code, &good["amount"], &good["counter_bits"]), (0, &Value::from("12.34"), &Value::from(4)));
    assert!(good["authenticity"].as_str().unwrap().contains("cannot be proven offline"));
    let (code, bad) = place.json(&["smets", "utrn", "check", "73947252416745201638", "--amount", "12.34"]);
    assert_eq!(code, 1);
    assert!(bad["candidates"].to_string().contains("73947252416745201637"));
    let (code, ids) = place.json(&["smets", "id", "check", "1312345678111", "3938424404", METER]);
    let results: Vec<&Value> = ids["ids"].as_array().unwrap().iter().map(|id| &id["result"]).collect();
    assert_eq!((code, results), (1, vec![&Value::from("bad"), &Value::from("warning"), &Value::from("ok")]));
}
