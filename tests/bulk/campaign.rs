//! A campaign of key changes with the faults of real lists: sets of which one half is another set's, sections that are
//! swapped, a wrong digit, a set for another meter, two meters that stand in each other's place; on lines that drop frames and meters whose supply is cut.

use std::collections::BTreeMap;
use std::fs;

use serde_json::{Value, json};

use super::field::{Field, Tokens, documents};

/// Meters and lines: the short form, and the long one with WATTKEY_BULK_LONG=1.
fn size() -> (u32, u32) {
    if std::env::var_os("WATTKEY_BULK_LONG").is_some_and(|value| value == "1") { (1000, 16) } else { (50, 5) }
}

/// What is wrong with the set of a meter in the pack: each fault with two meters of a hundred.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum SetFault {
    None,
    Mixed,
    Swapped,
    Mistyped,
    OfAnother,
    /// The set is right, and the meter at this place is another.
    Misplaced,
}

fn fault_of(number: usize) -> SetFault {
    match number % 50 {
        7 => SetFault::Mixed,
        17 => SetFault::Swapped,
        27 => SetFault::Mistyped,
        37 => SetFault::OfAnother,
        47 | 48 => SetFault::Misplaced,
        _ => SetFault::None,
    }
}

/// The set as the pack has it.
fn set(field: &Field, number: usize) -> Vec<String> {
    let drn = |number: usize| field.meters[number]["drn"].as_str().unwrap();
    let mut set = Tokens::of(drn(number)).key_change;
    match fault_of(number) {
        SetFault::None | SetFault::Misplaced => {}
        SetFault::Mixed => set[1].clone_from(&Tokens::to_tariff(drn(number), 7).key_change[1]),
        SetFault::Swapped => set.reverse(),
        SetFault::Mistyped => {
            let digit = if set[0].ends_with('3') { "4" } else { "3" };
            set[0].replace_range(19.., digit);
        }
        SetFault::OfAnother => set = Tokens::of(drn((number + 1) % field.meters.len())).key_change,
    }
    set
}

fn prepared(meters: u32, lines: u32) -> Field {
    let field = Field::with(meters, lines, &["--fault", "drop=0.3%,power-cut=0.2%", "--seed", "3"]);
    let rows: Vec<String> = field
        .meters
        .iter()
        .enumerate()
        .map(|(number, meter)| {
            // Each stands where the list has the other.
            let place = match number % 50 {
                47 => &field.meters[number + 1],
                48 => &field.meters[number - 1],
                _ => meter,
            };
            let word = |name: &str| place[name].as_str().unwrap();
            let drn = meter["drn"].as_str().unwrap();
            format!("job-{number};{drn};{};{};dlms;wattkey-sim;key-change", word("link"), word("address"))
        })
        .collect();
    fs::write(field.path("jobs.csv"), format!("id;drn;link;address;protocol;profile;plan\n{}\n", rows.join("\n")))
        .unwrap();
    let sets: Vec<Vec<String>> = (0..field.meters.len()).map(|number| set(&field, number)).collect();
    fs::remove_file(field.path("day.pack")).unwrap();
    field.write_pack_with(|number| sets[number].clone());
    assert!(field.program().args(["sim", "keys"]).arg(field.path("keys.json")).status().unwrap().success());
    field
}

#[test]
fn nothing_is_doubled_nobody_is_dead_and_every_cause_has_its_name() {
    let (meters, lines) = size();
    let field = prepared(meters, lines);
    let mut last: BTreeMap<String, Value> = BTreeMap::new();
    // What is in doubt is looked at by a person, who then has it gone on with: the meter is read before anything is sent.
    for round in 0..16 {
        let options = if round % 2 == 0 { ["--resume", "-q"] } else { ["--only=unknown", "-q"] };
        let keys = field.path("keys.json");
        let output = field.bulk_run(&options).args(["--timeout", "300ms", "--keys"]).arg(keys).output().unwrap();
        for document in documents(&output).into_iter().filter(|document| document["id"].is_string()) {
            last.insert(document["id"].as_str().unwrap().to_owned(), document);
        }
        let is_settled = |end: &Value| matches!(end["verdict"].as_str(), Some("done" | "stopped"));
        if last.len() == meters as usize && last.values().all(is_settled) {
            break;
        }
    }
    let accepted = field.accepted();
    let mut counted: BTreeMap<String, u32> = BTreeMap::new();
    for (number, meter) in field.meters.iter().enumerate() {
        let end = &last[&format!("job-{number}")];
        let drn = meter["drn"].as_str().unwrap();
        let found = accepted.get(drn).cloned().unwrap_or_default();
        let (verdict, cause, taken) = match fault_of(number) {
            SetFault::None | SetFault::Swapped => ("done", Value::Null, 2),
            SetFault::Mixed | SetFault::Mistyped | SetFault::OfAnother => ("stopped", json!("set-mismatch"), 0),
            SetFault::Misplaced => ("stopped", json!("wrong-meter"), 0),
        };
        assert_eq!((end["verdict"].as_str(), &end["cause"]), (Some(verdict), &cause), "{:?} {end}", fault_of(number));
        let mut once = found.clone();
        once.sort();
        once.dedup();
        assert_eq!((once.len(), found.len()), (taken, taken), "meter {drn} took {found:?}: {end}");
        *counted.entry(format!("{:?}: {verdict}", fault_of(number))).or_default() += 1;
    }
    let report = field.json(&["bulk", "report", "jobs", "--json"]);
    let causes: Vec<&str> =
        report["causes"].as_array().unwrap().iter().filter_map(|row| row["cause"].as_str()).collect();
    assert_eq!(causes, ["set-mismatch", "wrong-meter"], "{}", report["causes"]);
    println!("{counted:?}");
}
