//! What the records say, as a user asks for it.

use crate::program::Home;

fn readings(home: &Home, arguments: &[&str]) -> (i32, Vec<serde_json::Value>) {
    let mut all = vec!["explain", "--json"];
    all.extend(arguments);
    let run = home.run(&all);
    (run.code, run.json()["readings"].as_array().unwrap().clone())
}

#[test]
fn an_ambiguous_code_lists_every_vendor_and_a_vendor_narrows_it() {
    let home = Home::new();
    let (code, all) = readings(&home, &["EEEEE", "02"]);
    assert_eq!(code, 0);
    let maps: Vec<&str> = all.iter().filter_map(|reading| reading["maps_to"].as_str()).collect();
    assert!(maps.contains(&"tamper") && maps.contains(&"other"), "{maps:?}");
    assert!(all.iter().all(|reading| reading["vendor"].is_string()));
    let (_, one) = readings(&home, &["eeeee02", "--vendor", "itron", "--model", "ace9000"]);
    assert_eq!(one.len(), 1);
    assert_eq!(one[0]["models"], "ACE9000 SSP PLC");
}

#[test]
fn every_kind_of_word_is_known() {
    let home = Home::new();
    for (word, kind) in [
        ("used-error", "token-result"),
        ("tid-rollover", "cause"),
        ("port-busy", "error-code"),
        ("130", "exit-code"),
        ("exit 8", "exit-code"),
        ("#100#", "short-code"),
        ("SRV 8.1.1", "request"),
        ("alert 8F69", "device-alert"),
        ("DCC alert N24", "dcc-alert"),
        ("ddddddd", "display"),
    ] {
        let (code, found) = readings(&home, &[word]);
        assert_eq!(code, 0, "{word}");
        assert!(found.iter().any(|reading| reading["kind"] == kind), "{word}: {found:?}");
    }
}

#[test]
fn every_error_code_and_exit_code_is_explained() {
    let home = Home::new();
    for code in wattkey::error::Code::ALL {
        let (exit, found) = readings(&home, &[code.word()]);
        assert_eq!((exit, found[0]["match"].as_str()), (0, Some("exact")), "{}", code.word());
    }
    for exit in wattkey::error::Exit::ALL {
        let (_, found) = readings(&home, &[&exit.number().to_string()]);
        assert!(found.iter().any(|reading| reading["kind"] == "exit-code"), "{}", exit.number());
    }
}

#[test]
fn what_is_not_known_is_answer_no() {
    let home = Home::new();
    let run = home.run(&["explain", "qwertyuiop"]);
    assert_eq!(run.code, 1);
    assert!(run.stdout.contains("Nothing is known"), "{}", run.stdout);
    let run = home.run(&["explain", "AAAAA", "--vendor", "Nobody", "--json"]);
    assert_eq!((run.code, run.error_code().as_str()), (2, "bad-value"));
}

#[test]
fn own_records_join() {
    let home = Home::new();
    let record = r#"{"schema":"wattkey/records/1","displays":[{"vendor":"Acme","models":"One","display":"E-77",
        "meaning":"door open","maps_to":"tamper","source":"own notes","confidence":"low"}]}"#;
    home.write("records.json", record);
    let (code, found) = readings(&home, &["e77"]);
    assert_eq!((code, found[0]["vendor"].as_str()), (0, Some("Acme")));
    home.write("more.json", &record.replace("E-77", "E-78"));
    assert_eq!(readings(&home, &["E-78", "--records", "more.json"]).0, 0);
    home.write("records.json", &record.replace("\"tamper\"", "\"nonsense\""));
    let run = home.run(&["explain", "E-77", "--json"]);
    assert_eq!((run.code, run.error_code().as_str()), (2, "bad-value"));
}
