//! Agreement, step by step, with an STS meter whose arithmetic and rules share no code with this project.
//!
//! `tests/interop/sim/sts_sequences.py` draws the sequences and writes what that meter said. A sample is checked in;
//! `WATTKEY_STS_SEQUENCES` names a file of others.

use std::collections::BTreeMap;

use serde::Deserialize;
use time::Duration;
use wattkey::sim::Model;
use wattkey::sim::payment::Payment;

use crate::bench::{BEGIN, hundredths};

#[derive(Deserialize)]
struct Sequence {
    seed: u64,
    model: BTreeMap<String, String>,
    /// Seconds to wait, what is entered, the result, the credit after it in hundredths of a kWh.
    steps: Vec<(i64, String, String, i64)>,
    end: End,
}

#[derive(Deserialize)]
struct End {
    sgc: String,
    krn: u8,
    kt: u8,
    ti: u8,
    ken: u8,
    pending: Vec<u8>,
    tids: (u32, u32),
    lockout_s: u32,
    key: String,
}

#[test]
fn every_step_agrees_with_the_foreign_meter() {
    let text = match std::env::var_os("WATTKEY_STS_SEQUENCES") {
        Some(path) => std::fs::read_to_string(path).unwrap(),
        None => include_str!("../data/sim/sts_sequences.jsonl").to_owned(),
    };
    let mut steps = 0;
    for line in text.lines() {
        let sequence: Sequence = serde_json::from_str(line).unwrap();
        steps += sequence.steps.len();
        replay(&sequence);
    }
    println!("{steps} steps agree");
    assert!(steps > 500);
}

fn replay(sequence: &Sequence) {
    let changes = sequence.model.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    let model = Model::with_changes("single-phase-keypad", changes).unwrap();
    let mut payment = Payment::new(&model, "600727012345678977".parse().unwrap()).unwrap();
    let mut now = BEGIN;
    for (number, (wait, entered, result, credit)) in sequence.steps.iter().enumerate() {
        now += Duration::seconds(*wait);
        let verdict = payment.enter(&model, entered.as_bytes(), now, false);
        let place = format!("sequence {}, step {number}, {entered:?}", sequence.seed);
        assert_eq!(verdict.result.word(), result, "{place}");
        assert_eq!(hundredths(&payment), *credit, "{place}");
    }
    let (register, end) = (payment.register(), &sequence.end);
    let sgc = register.sgc.map_or_else(|| "000000".to_owned(), |sgc| sgc.to_string());
    let seen = (sgc, register.krn.number(), register.kt.number(), register.ti.number(), register.ken.number());
    assert_eq!(seen, (end.sgc.clone(), end.krn, end.kt, end.ti, end.ken), "sequence {}", sequence.seed);
    let tids = (payment.tids().oldest().minutes(), payment.tids().newest().minutes());
    assert_eq!((payment.pending_sections(), tids), (end.pending.clone(), end.tids), "sequence {}", sequence.seed);
    assert_eq!(payment.lockout_seconds(now), end.lockout_s, "sequence {}", sequence.seed);
    assert_eq!(*register.key.reveal(), end.key, "sequence {}", sequence.seed);
}
