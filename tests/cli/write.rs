//! `write` with several objects and methods, against simulated meters.

use serde_json::{Value, json};

use crate::program::{Home, Run};

const LIMIT: &str = "71/0.0.17.0.0.255:4";
const THRESHOLD: &str = "0.0.19.0.0.255:16";
const CLEAR_PROFILE: &str = "7/1.0.99.1.0.255:m1";
const SHIFT_CLOCK: &str = "8/0.0.1.0.0.255:m6";

/// The home of a person with the keys of the simulated meters.
fn home() -> Home {
    let home = Home::new();
    let text = "[dlms]\nclient = 48\nauth = \"hls-gmac\"\nsystem_title = \"5445434830303031\"\n\
                encryption_key = \"000102030405060708090A0B0C0D0E0F\"\n\
                authentication_key = \"D0D1D2D3D4D5D6D7D8D9DADBDCDDDEDF\"\n";
    home.write("manager.toml", text);
    home
}

fn write(home: &Home, link: &str, pairs: &[&str]) -> Run {
    let credentials = home.path("manager.toml").display().to_string();
    home.run(
        &[&["write"], pairs, &["--link", link, "-p", "dlms", "--credentials", &credentials, "--yes", "--json"]]
            .concat(),
    )
}

fn outcomes(run: &Run) -> Vec<Value> {
    run.json()["objects"].as_array().unwrap().iter().map(|object| object["outcome"].clone()).collect()
}

#[test]
fn several_objects_and_methods_have_each_their_outcome_and_their_row_in_the_ledger() {
    let home = home();
    let pairs = [LIMIT, "4321", THRESHOLD, "250", CLEAR_PROFILE, "0", SHIFT_CLOCK, "-5"];
    let run = write(&home, "sim:several", &pairs);
    assert_eq!(run.code, 0, "{}{}", run.stdout, run.stderr);
    assert_eq!(outcomes(&run), ["accepted"; 4]);
    let objects = &run.json()["objects"];
    assert_eq!((&objects[0]["after"], &objects[1]["after"]), (&json!(4321), &json!(250)));
    assert_eq!(objects[2]["object"], CLEAR_PROFILE);
    assert!(objects[2].get("after").is_none(), "nothing shows what a method did");
    let rows = home.run(&["ledger", "list", "--json"]).stdout;
    for named in [LIMIT, THRESHOLD, CLEAR_PROFILE, SHIFT_CLOCK] {
        assert!(rows.contains(named), "{named}: {rows}");
    }
}

#[test]
fn a_refused_one_does_not_hold_up_the_others() {
    let home = home();
    let run = write(&home, "sim:refused", &["3/1.0.1.8.0.255:2", "5", LIMIT, "4321", CLEAR_PROFILE, "0"]);
    assert_eq!(run.code, 7, "{}{}", run.stdout, run.stderr);
    assert_eq!(outcomes(&run), ["refused", "accepted", "accepted"]);
    assert_eq!(run.json()["objects"][0]["reason"], "read-or-write-denied");
    // A meter that takes lists of one only is asked one by one.
    let run =
        write(&home, "sim:short?faces.longest_list=1", &["3/1.0.1.8.0.255:2", "5", LIMIT, "4321", CLEAR_PROFILE, "0"]);
    assert_eq!(outcomes(&run), ["refused", "accepted", "accepted"], "{}", run.stderr);
}

#[test]
fn what_does_not_fit_is_found_before_anything_is_sent() {
    let home = home();
    let before = write(&home, "sim:fits", &[LIMIT, "4000", THRESHOLD, "100"]);
    assert_eq!(before.code, 0, "{}", before.stderr);
    for (pairs, told) in [
        (&[LIMIT, "5000", THRESHOLD, "many"][..], "0.0.19.0.0.255:16: "),
        (&[LIMIT, "5000", SHIFT_CLOCK, "word:5"], "is not a type of a value"),
        (&[LIMIT, "5000", "70/0.0.96.3.10.255:m1", "0"], "use `wattkey relay`"),
        (&[LIMIT, "5000", "64/0.0.43.0.0.255:m2", "0"], "use `wattkey security change-keys`"),
        (&[LIMIT, "5000", THRESHOLD], "has no value"),
    ] {
        let run = write(&home, "sim:fits", pairs);
        assert_eq!(run.code, 2, "{pairs:?}: {}{}", run.stdout, run.stderr);
        assert!(format!("{}{}", run.stdout, run.stderr).contains(told), "{told}: {}{}", run.stdout, run.stderr);
    }
    let read = home.run(&["limit", "show", "--link", "sim:fits", "-p", "dlms", "--json"]).json();
    assert_eq!(read["limits"]["power_w"], 4000.0, "{read}");
    let other = home.run(&["write", "C.52.0", "0", CLEAR_PROFILE, "0", "--link", "sim:", "-p", "iec62056-21", "--yes"]);
    assert_eq!(other.code, 2, "{}{}", other.stdout, other.stderr);
}

/// What the meter holds of the two objects that [`cut`] writes.
fn held(home: &Home, link: &str) -> Vec<String> {
    let credentials = home.path("manager.toml").display().to_string();
    let read = ["read", LIMIT, THRESHOLD, "--link", link, "-p", "dlms", "--credentials", &credentials, "--json"];
    let document = home.run(&read).json();
    document["values"].as_array().unwrap().iter().map(|reading| reading["value"].to_string()).collect()
}

#[test]
fn wherever_the_meter_loses_its_supply_no_outcome_is_made_up() {
    let home = home();
    let mut seen = std::collections::BTreeSet::new();
    for request in 1..=30 {
        let meter = format!("sim:cut{request}");
        assert_eq!(write(&home, &meter, &[LIMIT, "4000", THRESHOLD, "100"]).code, 0);
        let pairs = [LIMIT, "5000", THRESHOLD, "200", CLEAR_PROFILE, "0", SHIFT_CLOCK, "0"];
        let run = write(&home, &format!("{meter}?fault=power-cut={request}"), &pairs);
        let held = held(&home, &meter);
        let document = run.json();
        let Some(objects) = document["objects"].as_array() else {
            assert_eq!(held, ["4000", "100"], "{request}: nothing was told of: {}", run.stdout);
            continue;
        };
        for (object, (held, (old, new))) in objects.iter().zip(held.iter().zip([("4000", "5000"), ("100", "200")])) {
            match object["outcome"].as_str().unwrap() {
                "accepted" => assert_eq!(held, new, "{request}: {document}"),
                "failed" | "refused" => assert_eq!(held, old, "{request}: {document}"),
                outcome => assert_eq!(outcome, "unknown", "{request}: {document}"),
            }
        }
        let unknown = objects.iter().any(|object| object["outcome"] == "unknown");
        assert_eq!(unknown, run.code == 8, "{request}: exit {} {document}", run.code);
        seen.insert(objects.iter().map(|object| object["outcome"].as_str().unwrap().to_owned()).collect::<Vec<_>>());
    }
    assert!(seen.iter().any(|outcomes| outcomes.iter().any(|outcome| outcome == "unknown")), "{seen:?}");
    assert!(seen.contains(&vec!["accepted".to_owned(); 4]), "{seen:?}");
}
