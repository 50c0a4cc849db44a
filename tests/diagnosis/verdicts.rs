//! Generated cases through `wattkey diagnose -`.

use std::collections::BTreeMap;

use serde_json::json;
use time::macros::datetime;

use crate::bench::{KeyFile, credit_content, make};
use crate::cases::{generate, neighbour_at_home};

const ROUNDS: u64 = 12;

#[test]
fn every_generated_case_gets_its_verdict() {
    let expectations = generate(ROUNDS);
    assert!(expectations.len() >= 500, "{} cases", expectations.len());
    let lines: String = expectations.iter().map(|expectation| format!("{}\n", expectation.case)).collect();
    let (answers, exit) = KeyFile::write().diagnose(&lines);
    assert_eq!(answers.len(), expectations.len());
    assert_eq!(exit, 1);
    let mut wrong: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for (answer, expectation) in answers.iter().zip(&expectations) {
        assert_eq!(answer["id"], expectation.case["id"]);
        let verdict = answer["verdict"].as_str().unwrap();
        *seen.entry(verdict.to_owned()).or_default() += 1;
        let corrected = answer["corrected_token"].as_str().map(str::to_owned);
        let expected = expectation.corrected.map(|token| token.to_string());
        if verdict != expectation.verdict || corrected != expected {
            wrong.entry(expectation.scene).or_default().push(format!(
                "{} expected {} {expected:?}: {answer}\n   {}",
                answer["id"], expectation.verdict, expectation.case
            ));
        }
    }
    let report: String = wrong.values().flatten().take(12).map(|line| format!("{line}\n")).collect();
    let count: usize = wrong.values().map(Vec::len).sum();
    assert_eq!(count, 0, "of {} wrong in {:?}:\n{report}", expectations.len(), wrong.keys());
    let silent: Vec<_> =
        wattkey::diagnosis::Cause::ALL.iter().filter(|cause| !seen.contains_key(cause.word())).collect();
    assert!(silent.is_empty(), "no case came to {silent:?}");
}

#[test]
fn a_decoder_key_alone_reads_its_meters_tokens() {
    let now = datetime!(2026-06-01 00:00 UTC);
    let (mut case, key) = neighbour_at_home(now);
    case["token"] = json!(make(&key, &credit_content(6_500_000)).to_string());
    let (answers, exit) = KeyFile::write().diagnose(&format!("{case}\n"));
    assert_eq!((answers[0]["verdict"].as_str(), exit), (Some("no-fault"), 0));
    assert_eq!(answers[0]["strength"], "strong");
    case["meter"] = json!(null);
    let (answers, _) = KeyFile::write().diagnose(&format!("{case}\n"));
    assert_eq!(answers[0]["verdict"], "undetermined");
    assert_eq!(answers[0]["made_for"]["drn"], crate::bench::neighbour().to_string());
    // Another token that this meter took tells which meter it is.
    case["previous_tokens"] = json!([make(&key, &credit_content(6_400_000)).to_string()]);
    let (answers, _) = KeyFile::write().diagnose(&format!("{case}\n"));
    assert_eq!(answers[0]["verdict"], "no-fault");
}
