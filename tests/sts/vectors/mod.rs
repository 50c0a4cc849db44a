//! Vectors of `tests/data/sts.json`, made or checked by programs of others. Every failure names its row.

mod amounts;
mod ciphers;
mod identifiers;
mod key_changes;
mod keys;
mod tokens;

use std::fmt::Debug;
use std::sync::LazyLock;

use serde_json::Value;
use wattkey::sts::{
    BaseDate, DecoderKey, EncryptionAlgorithm, KeyExpiryNumber, KeyType, Pan, TariffIndex, VendingKey, VendingKeyId,
};

static FILE: LazyLock<Value> =
    LazyLock::new(|| serde_json::from_str(include_str!("../../data/sts.json")).expect("the vector file is JSON"));

/// The rows of a section, each with its name: its id, or its place in the section.
pub fn rows(section: &str) -> Vec<(String, &'static Value)> {
    let rows = match &FILE[section] {
        Value::Array(rows) => rows,
        other => other["vectors"].as_array().unwrap_or_else(|| panic!("{section} has rows")),
    };
    assert!(!rows.is_empty(), "{section} is empty");
    let name =
        |index: usize, row: &Value| row["id"].as_str().map_or_else(|| format!("{section}[{index}]"), str::to_owned);
    rows.iter().enumerate().map(|(index, row)| (name(index, row), row)).collect()
}

/// One row that is an object of its own.
pub fn single(section: &str) -> &'static Value {
    &FILE[section]
}

/// Runs a check on every row of a section and reports all that fail, by name.
pub fn check(section: &str, check: impl Fn(&Value, &mut Row)) {
    let failures: Vec<String> = rows(section)
        .into_iter()
        .flat_map(|(name, value)| {
            let mut row = Row { name, failures: Vec::new() };
            check(value, &mut row);
            row.failures
        })
        .collect();
    assert!(failures.is_empty(), "{} differences:\n{}", failures.len(), failures.join("\n"));
}

/// A row under test.
pub struct Row {
    name: String,
    failures: Vec<String>,
}

impl Row {
    /// Notes a difference.
    pub fn equal<T: PartialEq + Debug>(&mut self, what: &str, ours: T, theirs: T) {
        if ours != theirs {
            self.failures.push(format!("{}: {what} is {ours:?}, the vector has {theirs:?}", self.name));
        }
    }
}

pub fn text<'a>(row: &'a Value, field: &str) -> &'a str {
    row[field].as_str().unwrap_or_else(|| panic!("{field} of {row}"))
}

pub fn number(row: &Value, field: &str) -> u64 {
    row[field].as_u64().unwrap_or_else(|| panic!("{field} of {row}"))
}

pub fn hex64(row: &Value, field: &str) -> u64 {
    u64::from_str_radix(text(row, field), 16).unwrap()
}

pub fn ti(row: &Value) -> TariffIndex {
    text(row, "ti").parse().unwrap()
}

/// The PAN of a row, which gives it whole or as IIN and DRN.
pub fn pan(row: &Value) -> Pan {
    match row["pan"].as_str() {
        Some(pan) => pan.parse().unwrap(),
        None => Pan::new(text(row, "iin").parse().unwrap(), text(row, "drn").parse().unwrap()).unwrap(),
    }
}

/// The vending key of a row. DKGA02 rows may leave the base date open, which does not enter their keys.
pub fn vending_key(row: &Value, ea: EncryptionAlgorithm) -> VendingKey {
    let base_date = match row["bdt"].as_str() {
        Some("14") => BaseDate::Base2014,
        Some("35") => BaseDate::Base2035,
        _ => BaseDate::Base1993,
    };
    let id = VendingKeyId {
        sgc: text(row, "sgc").parse().unwrap(),
        krn: u32::try_from(number(row, "krn")).unwrap().try_into().unwrap(),
        kt: KeyType::new(u32::try_from(number(row, "kt")).unwrap()).unwrap(),
        dkga: text(row, "dkga").parse().unwrap(),
        ea,
        base_date,
        ken: KeyExpiryNumber::NEVER,
    };
    let hex = row["vk_hex"].as_str().unwrap_or_else(|| text(row, "vk"));
    VendingKey::from_hex(id, hex).unwrap()
}

pub fn decoder_key(row: &Value) -> DecoderKey {
    DecoderKey::from_hex(text(row, "ea").parse().unwrap(), text(row, "decoder_key_hex")).unwrap()
}
