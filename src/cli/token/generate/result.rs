//! What the generator prints: the tokens made, read back under the key they were made for.

use serde::Serialize;

use super::Bench;
use wattkey::output::token as table;
use wattkey::output::{Document, Style};
use wattkey::sts::{Check, Reading};
use wattkey::sts::{Keyring, MeterParameters, NewKey, Token, TokenContent, TokenDocument};

/// Tokens made.
#[derive(Debug, Serialize)]
pub struct Generated {
    /// The meter and key they are for.
    made_for: MeterParameters,
    /// What the meter holds after a key change.
    #[serde(skip_serializing_if = "Option::is_none")]
    leads_to: Option<MeterParameters>,
    /// In the order in which they are entered.
    tokens: Vec<TokenDocument>,
}

impl Generated {
    /// Encrypts contents under the meter's key and reads them back.
    pub fn make(bench: &Bench, contents: &[TokenContent]) -> Self {
        let tables = bench.keyring.tables();
        Self::of(bench, contents.iter().map(|content| bench.key.make(content, tables)).collect())
    }

    /// Tokens made elsewhere under the meter's key.
    pub fn of(bench: &Bench, tokens: Vec<Token>) -> Self {
        let key = MeterParameters { iin: None, drn: None, ..bench.known };
        let read = |token| {
            let check = bench.key.read(token, bench.keyring.tables()).map_or(Check::Bad, Check::Ok);
            TokenDocument::of(Reading { token, check, key: Some(key), base_date: bench.known.base_date })
        };
        Generated { made_for: bench.known, leads_to: None, tokens: tokens.into_iter().map(read).collect() }
    }

    /// Adds where a key change leads.
    #[must_use]
    pub fn leading_to(mut self, new: &NewKey, mut target: MeterParameters) -> Self {
        target.ti = Some(new.ti);
        self.leads_to = Some(target);
        self
    }
}

impl Document for Generated {
    const SCHEMA: &'static str = "wattkey/generated/1";

    fn table(&self, style: Style) -> String {
        let tables: Vec<String> = self.tokens.iter().map(|token| table::table(token, "", style)).collect();
        tables.join("\n")
    }

    fn csv_header(&self) -> Vec<String> {
        table::csv_header()
    }

    fn csv_rows(&self) -> Vec<Vec<String>> {
        self.tokens.iter().map(table::csv_row).collect()
    }
}

/// Notes on what the meter will make of the tokens, which the generator does not forbid on a bench.
pub fn notes(bench: &Bench, contents: &[TokenContent]) -> Vec<String> {
    let mut notes = Vec::new();
    let tids = || contents.iter().filter_map(TokenContent::tid);
    if let Some(ken) = bench.ken
        && let Some(tid) = tids().find(|tid| ken.has_expired_at(*tid))
    {
        let ken = table::ken_words(ken);
        notes.push(format!(
            "the key's KEN {ken} is over at TID {tid}: a meter that checks it answers key-expired-error"
        ));
    }
    let is_credit = |content: &TokenContent| content.class() == wattkey::sts::TokenClass::Credit;
    if bench.known.kt == Some(wattkey::sts::KeyType::Default) && contents.iter().any(is_credit) {
        notes.push("key type 1 is a default key: the meter answers ddtk-error to credit".to_owned());
    }
    notes
}

/// Whether a production key ring is at hand, which a bench must not be.
pub fn table_note(keyring: &Keyring) -> Option<String> {
    (keyring.tables().name() == "iec-sample")
        .then(|| "EA 07 tokens are made with the standard's sample tables, which no meter in the field uses".to_owned())
}
