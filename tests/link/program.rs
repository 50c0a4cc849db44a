//! `ports` and `trace decode` at the command line.

use std::process::{Command, Output};

use serde_json::Value;

use crate::pty::Terminal;

fn wattkey(arguments: &[&str]) -> Output {
    let home = tempfile::tempdir().unwrap();
    Command::new(env!("CARGO_BIN_EXE_wattkey"))
        .args(arguments)
        .env("WATTKEY_CACHE_DIR", env!("CARGO_TARGET_TMPDIR"))
        .env("WATTKEY_STATE_DIR", home.path().join("state"))
        .env("WATTKEY_CONFIG", home.path().join("config.toml"))
        .output()
        .unwrap()
}

fn json(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{error}: {output:?}"))
}

#[test]
fn ports_are_a_document() {
    let output = wattkey(&["ports", "--all", "--json"]);
    assert_eq!(output.status.code(), Some(0));
    let document = json(&output);
    assert_eq!(document["schema"], "wattkey/ports/1");
    assert!(document["ports"].is_array());
}

#[test]
fn a_port_that_is_not_there_ends_with_3() {
    let output = wattkey(&["ports", "--test", "/dev/ttyNONE9", "--json"]);
    assert_eq!(output.status.code(), Some(3));
    assert_eq!(json(&output)["error"]["code"], "port-absent");
}

#[test]
fn a_port_in_use_ends_with_3_and_names_the_holder() {
    let terminal = Terminal::new();
    let _holder = terminal.open("").unwrap();
    let output = wattkey(&["ports", "--test", &terminal.path, "--json"]);
    assert_eq!(output.status.code(), Some(3));
    let error = json(&output)["error"].clone();
    assert_eq!(error["code"], "port-busy");
    if cfg!(target_os = "linux") {
        let own = format!("process {}", std::process::id());
        assert!(error["message"].as_str().unwrap().contains(&own), "{error}");
    }
}

#[test]
fn a_port_that_is_not_looped_back_ends_with_1() {
    let terminal = Terminal::new();
    let output = wattkey(&["ports", "--test", &terminal.path, "--json"]);
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    let document = json(&output);
    assert_eq!(document["speeds"].as_array().unwrap().len(), 9);
    assert_eq!(document["speeds"][0]["result"], "nothing came back");
}

const TRACE: &str = r#"{"schema":"wattkey/trace/1","link":"/dev/ttyUSB0","started":"2026-11-21T04:12:32Z"}
{"time":"2026-11-21T04:12:32Z","direction":"settings","note":"300 7e1"}
{"time":"2026-11-21T04:12:32.1Z","direction":"sent","hex":"2f3f210d0a"}
{"time":"2026-11-21T04:12:32.4Z","direction":"received","hex":"2f4752583550454552"}
{"time":"2026-11-21T04:12:32.5Z","direction":"received","hex":"0d0a"}
{"time":"2026-11-21T04:12:33Z","direction":"sent","hex":"0150310228****************290361","note":"P1 password"}
{"time":"2026-11-21T04:12:34Z","direction":"timeout","note":"nothing came within 5s"}
{"time":"2026-11-21T04:12:40Z","direction":"settings","note":"9600 8n1"}
{"time":"2026-11-21T04:12:41Z","direction":"received","hex":"7ea01f21022373e6c7818012050180060180070400000001080400000001533b7e"}
"#;

#[test]
fn a_trace_is_told_layer_by_layer() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("meter.jsonl");
    std::fs::write(&file, TRACE).unwrap();
    let file = file.to_str().unwrap();

    let table = String::from_utf8(wattkey(&["trace", "decode", file]).stdout).unwrap();
    for words in
        ["sign-on to any meter", "maker GRX, \"PEER\", mode C, up to 9600", "P1 password", "HDLC: UA", "timeout"]
    {
        assert!(table.contains(words), "{words} is not in\n{table}");
    }

    let document = json(&wattkey(&["trace", "decode", file, "--json"]));
    assert_eq!(document["schema"], "wattkey/trace-decode/1");
    assert_eq!(document["records"].as_array().unwrap().len(), 8);
    assert_eq!(document["records"][3]["frames"][0][0]["layer"], "iec62056-21");

    let lines = wattkey(&["trace", "decode", file, "--format", "jsonl"]).stdout;
    let lines = String::from_utf8(lines).unwrap();
    assert_eq!(lines.lines().count(), 8);
    let last: Value = serde_json::from_str(lines.lines().last().unwrap()).unwrap();
    assert_eq!(last["schema"], "wattkey/trace-record/1");
    assert!(last["frames"][0][0]["summary"].as_str().unwrap().starts_with("UA meter 1/17 -> client 16"), "{last}");
}

#[test]
fn what_is_no_trace_ends_with_2() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("x");
    std::fs::write(&file, "hello").unwrap();
    let output = wattkey(&["trace", "decode", file.to_str().unwrap(), "--json"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(json(&output)["error"]["message"].as_str().unwrap().contains("line 1"));
}

/// Starts a command on a terminal reached through a name that can vanish, as a USB port's does; gives both once the
/// first bytes have come.
fn on_a_port_that_vanishes(
    arguments: &[&str],
) -> (std::process::Child, Terminal, std::path::PathBuf, tempfile::TempDir) {
    use std::io::Read;
    let mut terminal = Terminal::new();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("head");
    std::os::unix::fs::symlink(&terminal.path, &path).unwrap();
    let child = Command::new(env!("CARGO_BIN_EXE_wattkey"))
        .args(arguments)
        .args(["--link", path.to_str().unwrap(), "--json"])
        .env("WATTKEY_CACHE_DIR", env!("CARGO_TARGET_TMPDIR"))
        .env("WATTKEY_STATE_DIR", folder.path())
        .env("WATTKEY_CONFIG", folder.path().join("config.toml"))
        .stdin(std::process::Stdio::null())
        .stdout(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    let mut first = [0; 5];
    terminal.far.read_exact(&mut first).unwrap();
    (child, terminal, path, folder)
}

#[test]
fn an_adapter_pulled_out_midway_is_a_port_error_in_time() {
    for protocol in ["dlms", "iec62056-21"] {
        let (child, terminal, path, _folder) = on_a_port_that_vanishes(&["status", "-p", protocol, "--timeout", "60s"]);
        std::fs::remove_file(&path).unwrap();
        drop(terminal);
        let begun = std::time::Instant::now();
        let output = child.wait_with_output().unwrap();
        assert!(begun.elapsed() < std::time::Duration::from_secs(50), "{protocol}: the time-out was waited for");
        assert_eq!(output.status.code(), Some(3), "{protocol}");
        let error = json(&output)["error"].clone();
        assert_eq!(error["code"], "port-fault", "{protocol}");
        assert!(error["message"].as_str().unwrap().contains("was unplugged"), "{protocol}: {error}");
        assert!(error["hints"][0].as_str().unwrap().contains("Plug the adapter in again"), "{protocol}: {error}");
    }
}
