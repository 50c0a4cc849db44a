//! The state machine against the published token vectors that need no production tables.

use serde_json::Value;
use wattkey::sim::Model;
use wattkey::sim::payment::{KeyRegister, Payment, TidStore};
use wattkey::sts::{DecoderKey, EncryptionAlgorithm, KeyExpiryNumber, Tid};

use crate::bench::{BEGIN, hundredths};

fn vectors() -> Value {
    serde_json::from_str(include_str!("../data/sts.json")).unwrap()
}

fn model() -> Model {
    let everything = r#"["credit-electricity", "set-maximum-power-limit", "clear-credit", "set-tariff-rate",
        "clear-tamper", "set-phase-unbalance-limit", "set-water-factor"]"#
        .replace('\n', "");
    let changes =
        [("payment.functions", everything.as_str()), ("payment.power_limit_max_w", "20000000"), ("lockout.after", "0")];
    Model::with_changes("single-phase-keypad", changes).unwrap()
}

/// A meter that holds `key` on a unique key and remembers nothing.
fn meter_with(model: &Model, key: DecoderKey) -> Payment {
    let mut payment = Payment::new(model, "600727012345678977".parse().unwrap()).unwrap();
    let register = KeyRegister { key, ken: KeyExpiryNumber::NEVER, ..payment.register().clone() };
    payment.set_register(register);
    payment.set_tids(TidStore::new(50, Tid::from_field(0)));
    payment
}

fn text<'a>(row: &'a Value, name: &str) -> &'a str {
    row[name].as_str().unwrap_or_default()
}

fn decoder_key(ea: &str, hex: &str) -> DecoderKey {
    DecoderKey::from_hex(ea.parse::<EncryptionAlgorithm>().unwrap(), hex).unwrap()
}

#[test]
fn every_token_with_a_decoder_key_is_judged_by_its_kind() {
    let model = model();
    let document = vectors();
    let rows = document["token_vectors"].as_array().unwrap().iter();
    let rows = rows.chain(document["currency_and_time_vectors"].as_array().unwrap());
    let mut judged = 0;
    for row in rows.filter(|row| row["decoder_key_hex"].is_string()) {
        let mut payment = meter_with(&model, decoder_key(text(row, "ea"), text(row, "decoder_key_hex")));
        let token = text(row, "token_20_digits");
        let before = hundredths(&payment);
        let word = payment.enter(&model, token.as_bytes(), BEGIN, false).result.word();
        let expected = expected(row, &payment);
        assert!(expected.contains(&word), "{token}: {word}, expected one of {expected:?}\n{row}");
        if word == "accept" && row["class"] == 0 {
            let tenths = row["fields"]["amount_units_tenths"].as_i64();
            if let Some(tenths) = tenths {
                assert_eq!(hundredths(&payment) - before, tenths * 10, "{token}");
            }
            assert_eq!(payment.enter(&model, token.as_bytes(), BEGIN, false).result.word(), "used-error", "{token}");
        }
        judged += 1;
    }
    assert!(judged > 100, "{judged}");
}

fn expected(row: &Value, payment: &Payment) -> Vec<&'static str> {
    let four_sections = payment.register().algorithm() == EncryptionAlgorithm::Ea11;
    // An empty store holds zeros.
    if row["fields"]["tid"] == 0 && row["class"] == 0 && row["subclass"] == 0 {
        return vec!["used-error"];
    }
    match (row["class"].as_u64().unwrap(), row["subclass"].as_u64().unwrap()) {
        (0, 0) => vec!["accept", "overflow-error"],
        (0, _) => vec!["function-error"],
        // Values of the vectors go beyond what a meter allows.
        (2, 0..=2 | 5..=7) => vec!["accept", "range-error"],
        (2, 3) => vec!["first-kct", "key-type-error", "range-error"],
        (2, 4) => vec!["second-kct", "range-error"],
        (2, 8) if four_sections => vec!["third-kct"],
        (2, 9) if four_sections => vec!["fourth-kct"],
        _ => vec!["function-error"],
    }
}

#[test]
fn key_change_sets_lead_to_the_new_key_in_any_order() {
    let model = model();
    for row in vectors()["kct_sets"].as_array().unwrap() {
        let ea = text(row, "ea");
        let tokens: Vec<&str> = row["tokens"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
        for backwards in [false, true] {
            let mut payment = meter_with(&model, decoder_key(ea, text(row, "current_decoder_key_hex")));
            let mut order = tokens.clone();
            if backwards {
                order.reverse();
            }
            let words: Vec<_> =
                order.iter().map(|token| payment.enter(&model, token.as_bytes(), BEGIN, false).result.word()).collect();
            assert_eq!(words.last(), Some(&"accept"), "{row}");
            assert_eq!(*payment.register().key.reveal(), text(row, "new_decoder_key_hex"), "{row}");
            assert_eq!(u64::from(payment.register().krn.number()), row["krn"].as_u64().unwrap());
            assert_eq!(u64::from(payment.register().ti.number()), row["ti"].as_u64().unwrap());
            assert!(payment.pending_sections().is_empty());
            let again = payment.enter(&model, tokens[0].as_bytes(), BEGIN, false).result.word();
            assert_eq!(again, "crc-error", "a section of the set, entered again");
        }
    }
}
