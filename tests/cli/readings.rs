//! What every reading has in common.

use crate::program::Home;

#[test]
fn every_reading_says_which_meter_it_is_of() {
    let home = Home::new();
    for arguments in [
        &["read", "1.0.1.8.0.255"][..],
        &["events"],
        &["profile"],
        &["clock"],
        &["clock", "show"],
        &["relay"],
        &["limit"],
    ] {
        let of = |more: &[&str]| home.run(&[arguments, &["--link", "sim:"], more].concat());
        let document = of(&["--json"]).json();
        assert_eq!(document["meter"]["serial"], "23456789", "{arguments:?}: {document}");
        assert_eq!(document["meter"]["drn"], "01234567897", "{arguments:?}");
        assert!(of(&[]).stdout.starts_with("METER     23456789   DRN 0123 4567 897\n"), "{arguments:?}");
    }
}

#[test]
fn a_good_value_stands_beside_a_bad_one() {
    let home = Home::new();
    let read = |objects: &[&str]| home.run(&[&["read", "--link", "sim:", "--json"], objects].concat());
    let both = read(&["1.0.99.99.99.255", "1.0.1.8.0.255"]);
    assert_eq!(both.code, 0, "{}", both.stderr);
    let values = both.json()["values"].clone();
    assert_eq!((&values[0]["error"], &values[0]["value"]), (&"not-offered".into(), &serde_json::Value::Null));
    assert!(values[1]["value"].is_number() && values[1]["error"].is_null(), "{values}");
    let none = read(&["1.0.99.99.99.255"]);
    assert_eq!((none.code, none.error_code()), (7, "not-offered".to_owned()));
    let wrong = read(&["1.0.1.8.0.255", "x"]);
    assert_eq!(wrong.code, 2, "what is written wrongly is no refusal of the meter");
}

#[test]
fn errors_have_a_schema() {
    let home = Home::new();
    let run = home.run(&["status", "--link", "nowhere", "--json"]);
    assert_eq!(run.json()["schema"], "wattkey/error/1");
}

#[test]
fn a_state_folder_that_cannot_be_used_is_no_fault_of_the_port() {
    let home = Home::new();
    home.write("file", "");
    let folder = home.path("file").join("state");
    let run =
        home.run_with(&["status", "--link", "sim:", "--json"], &[("WATTKEY_STATE_DIR", folder.to_str().unwrap())]);
    assert_eq!((run.code, run.error_code()), (2, "state-folder".to_owned()), "{}", run.stdout);
}

#[test]
fn the_head_of_csv_comes_once() {
    let home = Home::new();
    let run = home.run(&["status", "--link", "sim:", "--watch", "10ms", "--count", "3", "--format", "csv"]);
    assert_eq!(run.stdout.lines().filter(|line| line.starts_with("link,")).count(), 1, "{}", run.stdout);
    assert_eq!(run.stdout.lines().count(), 4, "{}", run.stdout);
}
