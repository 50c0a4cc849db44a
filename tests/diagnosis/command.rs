//! The forms of `wattkey diagnose`.

use serde_json::Value;

use crate::bench::KeyFile;

#[test]
fn lines_that_are_no_case_are_answered_in_place() {
    let lines = "{\"id\":1,\"token\":\"123\"}\n{\"id\":2}\n51043465443420856213\n";
    let (answers, exit) = KeyFile::write().diagnose(lines);
    assert_eq!(answers[0]["verdict"], "not-a-token");
    assert_eq!((&answers[1]["id"], answers[1]["error"]["code"].as_str()), (&Value::from(2), Some("bad-value")));
    assert_eq!(answers[2]["token"], "51043465443420856213");
    assert_eq!(answers[2].get("id"), None);
    assert_eq!(exit, 2);
}

#[test]
fn a_display_and_a_saved_status_make_a_case() {
    let keys = KeyFile::write();
    let output = keys
        .program()
        .args(["diagnose", "5104 3465 4434 2085 6213", "--vendor", "conlog", "--display", "aaaaa"])
        .output()
        .unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(text.contains("undetermined") && text.contains("\nDo this now\n  1. "), "{text}");
    let output =
        keys.program().args(["diagnose", "51043465443420856213", "--meter", "/nowhere.json"]).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn the_table_ends_with_what_to_do() {
    let output = KeyFile::write().program().args(["diagnose", "5104"]).output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let (_, steps) = text.split_once("Do this now\n").unwrap();
    assert!(steps.lines().count() >= 1 && text.contains("not-a-token (certain)"), "{text}");
}
