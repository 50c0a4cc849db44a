//! Key-change sets: shown, entered into simulated meters, broken off and taken up again.

use std::process::{Child, Command, Stdio};

use serde_json::Value;
use tempfile::TempDir;

/// A workplace of its own: state, keys and credentials of simulated meters.
pub struct Workplace {
    folder: TempDir,
}

impl Workplace {
    pub fn new() -> Self {
        let place = Workplace { folder: tempfile::tempdir().unwrap() };
        for (what, file) in [("keys", "keys.json"), ("credentials", "credentials.toml")] {
            let path = place.folder.path().join(file);
            assert!(place.bare().args(["sim", what]).arg(path).stderr(Stdio::null()).status().unwrap().success());
        }
        place
    }

    fn bare(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_wattkey"));
        let folder = self.folder.path();
        command
            .env("WATTKEY_CACHE_DIR", env!("CARGO_TARGET_TMPDIR"))
            .env("WATTKEY_STATE_DIR", folder.join("state"))
            .env("WATTKEY_CONFIG", folder.join("none.toml"))
            .env("WATTKEY_NON_INTERACTIVE", "true");
        command
    }

    pub fn program(&self) -> Command {
        let mut command = self.bare();
        command
            .env("WATTKEY_KEYS", self.folder.path().join("keys.json"))
            .env("WATTKEY_CREDENTIALS", self.folder.path().join("credentials.toml"));
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

    pub fn sts(&self, link: &str) -> Value {
        self.run(&["status", "--link", link]).0["sts"].clone()
    }

    /// A set from the key of the meter on `link` to what `to` changes.
    pub fn set(&self, link: &str, to: &[&str]) -> Vec<String> {
        let sts = self.sts(link);
        let text = |name: &str| sts[name].as_str().map_or_else(|| sts[name].to_string(), str::to_owned);
        let mut arguments = vec!["token".to_owned(), "generate".to_owned(), "key-change".to_owned()];
        for (option, name) in [
            ("--drn", "drn"),
            ("--sgc", "sgc"),
            ("--krn", "krn"),
            ("--kt", "kt"),
            ("--ti", "ti"),
            ("--ea", "ea"),
            ("--dkga", "dkga"),
            ("--base-date", "base_date"),
        ] {
            arguments.extend([option.to_owned(), text(name)]);
        }
        arguments.extend(to.iter().map(|part| (*part).to_owned()));
        let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
        let (document, exit) = self.run(&words);
        assert_eq!(exit, 0, "{document}");
        let tokens = document["tokens"].as_array().unwrap();
        tokens.iter().map(|token| token["token"].as_str().unwrap().to_owned()).collect()
    }

    pub fn enter(&self, link: &str, tokens: &[String]) -> (Value, i32) {
        let mut arguments = vec!["kct", "enter", "--link", link, "--yes"];
        arguments.extend(tokens.iter().map(String::as_str));
        self.run(&arguments)
    }

    pub fn ledger_rows(&self) -> usize {
        let output = self.program().args(["ledger", "list", "--format", "jsonl"]).output().unwrap();
        String::from_utf8(output.stdout).unwrap().matches("\"seq\":").count()
    }
}

#[test]
fn a_set_in_any_order_changes_the_key_and_is_compared() {
    let place = Workplace::new();
    let mut set = place.set("sim:one", &["--to-krn", "2", "--to-ti", "7"]);
    set.reverse();
    let (document, exit) = place.enter("sim:one", &set);
    assert_eq!((document["outcome"].as_str(), exit), (Some("accepted"), 0), "{document}");
    let results: Vec<&str> =
        document["steps"].as_array().unwrap().iter().map(|step| step["result"].as_str().unwrap()).collect();
    assert_eq!(results, ["first-kct", "accept"]);
    let sts = place.sts("sim:one");
    assert_eq!((sts["krn"].as_u64(), sts["ti"].as_u64()), (Some(2), Some(7)));
    // Once more: the meter is there, nothing is sent.
    let rows = place.ledger_rows();
    let (document, exit) = place.enter("sim:one", &set);
    assert_eq!((document["outcome"].as_str(), exit), (Some("accepted"), 0), "{document}");
    assert_eq!(document["steps"].as_array().map(Vec::len), Some(0));
    assert_eq!(place.ledger_rows(), rows);
}

#[test]
fn a_half_entered_set_is_continued() {
    let place = Workplace::new();
    let set = place.set("sim:half", &["--to-krn", "2"]);
    let (first, exit) = place.run(&["token", "enter", "--link", "sim:half", "--yes", &set[0]]);
    assert_eq!(exit, 0, "{first}");
    assert_eq!(place.sts("sim:half")["kct_pending"], serde_json::json!([1]));
    let (document, exit) = place.enter("sim:half", &set);
    assert_eq!((document["outcome"].as_str(), exit), (Some("accepted"), 0), "{document}");
    assert_eq!(document["steps"].as_array().map(Vec::len), Some(1));
    assert_eq!(place.sts("sim:half")["krn"], 2);
}

#[test]
fn what_does_not_fit_is_not_sent() {
    let place = Workplace::new();
    let set = place.set("sim:here", &["--to-krn", "2"]);
    let refused = |arguments: &[&str], part: &str| {
        let (document, exit) = place.run(arguments);
        let message = document["error"]["message"].as_str().unwrap_or_default().to_owned();
        assert_eq!(exit, 8, "{document}");
        assert!(message.contains(part), "{message}");
    };
    let (one, two) = (set[0].as_str(), set[1].as_str());
    // Another meter.
    refused(&["kct", "enter", "--link", "sim:there", "--yes", one, two], "nothing was sent");
    refused(&["kct", "enter", "--link", "sim:here", "--yes", "--expect-serial", "1", one, two], "is expected");
    refused(&["kct", "enter", "--link", "sim:here", "--yes", "--expect-drn", "01234567897", one, two], "is expected");
    // Not whole.
    refused(&["kct", "enter", "--link", "sim:here", "--yes", one], "section 2");
    // Not confirmed.
    let (document, exit) = place.run(&["kct", "enter", "--link", "sim:here", one, two]);
    assert_eq!(exit, 8, "{document}");
    let (_, exit) = place.run(&["kct", "enter", "--link", "sim:here", "--dry-run", one, two]);
    assert_eq!(exit, 0);
    assert_eq!(place.ledger_rows(), 0);
    assert_eq!(place.sts("sim:here")["krn"], 1);
    // The right set, for a key the meter is no longer on.
    assert_eq!(place.enter("sim:here", &place.set("sim:here", &["--to-ti", "9"])).1, 0);
    refused(&["kct", "enter", "--link", "sim:here", "--yes", one, two], "does not fit this meter's key");
}

#[test]
fn sections_of_two_sets_never_go_in_together() {
    let place = Workplace::new();
    let (one, other) = (place.set("sim:two", &["--to-krn", "2"]), place.set("sim:two", &["--to-ti", "7"]));
    let all: Vec<String> = one.iter().chain(&other).cloned().collect();
    let refused = |(document, exit): (Value, i32)| {
        assert_eq!((exit, document["error"]["code"].as_str()), (8, Some("unsafe")), "{document}");
    };
    refused(place.enter("sim:two", &all));
    refused(place.enter("sim:two", &[one[0].clone(), other[1].clone()]));
    // One by one is no way round.
    refused(place.run(&["token", "enter", "--link", "sim:two", "--yes", &one[0], &other[1]]));
    assert_eq!(place.ledger_rows(), 0);
    let (shown, exit) =
        place.run(&["kct", "show", "--drn", place.sts("sim:two")["drn"].as_str().unwrap(), &all[0], &all[2]]);
    assert_eq!((exit, shown["complete"].as_bool()), (1, Some(false)), "{shown}");
}

#[test]
fn a_section_that_the_meter_holds_of_another_set_is_replaced_first() {
    let place = Workplace::new();
    let (meant, foreign) = (place.set("sim:held", &["--to-krn", "2"]), place.set("sim:held", &["--to-ti", "7"]));
    let (document, exit) = place.run(&["token", "enter", "--link", "sim:held", "--yes", &foreign[1]]);
    assert_eq!(exit, 0, "{document}");
    assert_eq!(place.sts("sim:held")["kct_pending"], serde_json::json!([2]));
    let (document, exit) = place.enter("sim:held", &meant);
    assert_eq!((document["outcome"].as_str(), exit), (Some("accepted"), 0), "{document}");
    let sts = place.sts("sim:held");
    assert_eq!((sts["krn"].as_u64(), sts["ti"].as_u64()), (Some(2), Some(1)));
    // The meter reads what is made on the key that it is meant to be on.
    let again = place.set("sim:held", &["--to-ti", "9"]);
    assert_eq!(place.enter("sim:held", &again).1, 0);
}

#[test]
fn show_tells_where_a_set_leads() {
    let place = Workplace::new();
    let drn = place.sts("sim:shown")["drn"].as_str().unwrap().to_owned();
    let set = place.set("sim:shown", &["--to-krn", "2"]);
    let (document, exit) = place.run(&["kct", "show", "--drn", &drn, &set[1], &set[0]]);
    assert_eq!((exit, document["complete"].as_bool()), (0, Some(true)), "{document}");
    assert_eq!(document["tokens"][0]["section"], 1);
    assert_eq!((&document["from"]["krn"], &document["leads_to"]["krn"]), (&Value::from(1), &Value::from(2)));
    let (document, exit) = place.run(&["kct", "show", "--drn", &drn, &set[1]]);
    assert_eq!((exit, &document["missing"]), (1, &serde_json::json!([1])), "{document}");
    let file = place.folder.path().join("reply.xml");
    std::fs::write(&file, format!("<r><stsCipher>{}</stsCipher><stsCipher>{}</stsCipher></r>", set[0], set[1]))
        .unwrap();
    let (document, _) = place.run(&["kct", "show", "--drn", &drn, "--file", file.to_str().unwrap()]);
    assert_eq!(document["complete"], true);
}

/// A simulator in another process, ended with the value.
struct Simulator {
    child: Child,
}

impl Drop for Simulator {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Simulator {
    fn start(place: &Workplace) -> (Self, String) {
        use std::io::{BufRead, BufReader};
        let mut child = place
            .bare()
            .args(["sim", "--listen", "tcp:127.0.0.1:0"])
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
        let port = heard
            .iter()
            .find_map(|line| {
                let (_, rest) = line.split_once("127.0.0.1:")?;
                rest.chars().take_while(char::is_ascii_digit).collect::<String>().parse::<u16>().ok()
            })
            .unwrap();
        (Simulator { child }, format!("tcp:127.0.0.1:{port}"))
    }
}

#[test]
fn killed_at_any_row_of_the_ledger_the_next_run_finishes() {
    for rows in 1..=4 {
        let place = Workplace::new();
        let (_simulator, link) = Simulator::start(&place);
        let set = place.set(&link, &["--to-krn", "2"]);
        let mut arguments = vec!["kct", "enter", "--link", &link, "-p", "dlms", "--yes"];
        arguments.extend(set.iter().map(String::as_str));
        let mut child = place.program().args(&arguments).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        while place.ledger_rows() < rows && child.try_wait().unwrap().is_none() {}
        let _ = child.kill();
        child.wait().unwrap();
        let (document, exit) = place.run(&arguments);
        assert_eq!((document["outcome"].as_str(), exit), (Some("accepted"), 0), "after row {rows}: {document}");
        assert_eq!(place.run(&["status", "--link", &link, "-p", "dlms"]).0["sts"]["krn"], 2);
        let (verified, exit) = place.run(&["ledger", "verify"]);
        assert_eq!(exit, 0, "{verified}");
    }
}
