//! Lists that cannot be used: every bad row is named, and no meter is touched.

use std::io::Write;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

/// `bulk run --check-only` on a list given on standard input.
fn check(list: &[u8]) -> Output {
    check_by("steps = [\"identify\", \"status\"]\n", list)
}

/// The same under a plan of these lines.
fn check_by(plan: &str, list: &[u8]) -> Output {
    let folder = tempfile::tempdir().unwrap();
    let head = "schema = \"wattkey/plan/1\"\nname = \"look\"\ndescription = \"d\"\n";
    std::fs::write(folder.path().join("look.toml"), format!("{head}{plan}")).unwrap();
    let mut child = Command::new(env!("CARGO_BIN_EXE_wattkey"))
        .args(["bulk", "run", "-", "--check-only", "--json", "--plan"])
        .arg(folder.path().join("look.toml"))
        .env("WATTKEY_CACHE_DIR", env!("CARGO_TARGET_TMPDIR"))
        .env("WATTKEY_STATE_DIR", folder.path().join("state"))
        .env("WATTKEY_CONFIG", folder.path().join("config.toml"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    let list = list.to_owned();
    let writer = std::thread::spawn(move || {
        let _ = input.write_all(&list);
    });
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    assert!(!folder.path().join("state").exists(), "a list that is only checked leaves no state");
    output
}

fn hints(output: &Output) -> Vec<String> {
    assert_eq!(output.status.code(), Some(2), "{output:?}");
    let document: Value = serde_json::from_slice(&output.stdout).unwrap();
    let hints = document["error"]["hints"].as_array().unwrap();
    hints.iter().map(|hint| hint.as_str().unwrap().to_owned()).collect()
}

#[test]
fn a_key_that_is_compared_with_nothing_is_found_before_any_meter_is() {
    let steps = "steps = [\"identify\", \"key-register\", \"status\"]\n";
    let list = b"id,serial,link\n1,a,tcp:h:1\n";
    let found = hints(&check_by(steps, list));
    assert!(found.iter().any(|hint| hint.contains("plan.sgc")), "{found:#?}");
    let told = [
        (format!("{steps}[values]\nkrn = 2\n"), &list[..]),
        (format!("{steps}optional = [\"key-register\"]\n"), &list[..]),
        (steps.to_owned(), b"id,serial,link,plan.sgc\n1,a,tcp:h:1,123456\n"),
    ];
    for (plan, list) in told {
        assert_eq!(check_by(&plan, list).status.code(), Some(0), "{plan}");
    }
}

#[test]
fn an_option_that_simulated_meters_have_not_is_a_bad_row() {
    let found = hints(&check(b"id,serial,link\n1,a,sim:m1?delay=1\n2,b,sim:m2?seed=2\n"));
    assert!(found[0].starts_with("line 2") && found[0].contains("delay"), "{found:#?}");
    assert_eq!(found.len(), 1, "{found:#?}");
}

#[test]
fn a_spreadsheet_s_list_is_taken_and_its_damage_is_named() {
    let good = "\u{feff}id;serial;drn;link;address\r\n1;a;01234567897;tcp:h:1;1/17\r\n2;b;;tcp:h:1;1/18\r\n";
    let output = check(good.as_bytes());
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    let checked: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((checked["jobs"].as_u64(), checked["lines"].as_u64()), (Some(2), Some(1)));
    let bad = "id;serial;drn;link;address;credit_token;plan\r\n\
               1;a;1.2E+19;tcp:h:1;1/17;;\r\n\
               2;b;1234567897;tcp:h:2;1/17;;\r\n\
               3;c;;tcp:h:3;1/17;1,2E+19;\r\n\
               4;a;;tcp:h:4;1/17;;\r\n\
               5;e;;tcp:h:4;1/17;;\r\n\
               6;f;;tcp:h:6;1/17;12;\r\n\
               7;g;;tcp:h:7;;;none\r\n";
    let hints = hints(&check(bad.as_bytes()));
    for (line, word) in [
        ("line 2", "shortened"),
        ("line 3", "01234567897"),
        ("line 4", "shortened"),
        ("line 6", "line 5"),
        ("line 7", "credit_token"),
        ("line 8", "no plan"),
    ] {
        assert!(hints.iter().any(|hint| hint.starts_with(line) && hint.contains(word)), "{line} {word}: {hints:#?}");
    }
}

#[test]
fn what_is_no_list_is_said_in_one_sentence() {
    for (bytes, word) in [
        (&b""[..], "empty"),
        (b"id,meter\n1,2\n", "meter"),
        (b"id,serial\n", "no job"),
        (b"\xff\xfei\0d\0", "UTF-16"),
        (b"PK\x03\x04", "workbook"),
    ] {
        let output = check(bytes);
        assert_eq!(output.status.code(), Some(2), "{output:?}");
        let document: Value = serde_json::from_slice(&output.stdout).unwrap();
        let message = document["error"]["message"].as_str().unwrap();
        assert!(message.contains(word), "{message}");
    }
}
