//! The `wattkey/key-change/1` document: what a set of key-change tokens is.

use serde::Serialize;

use wattkey::diagnosis::KeyChangeSet;
use wattkey::diagnosis::key_change_set::Proof;
use wattkey::output::{Document, Style, grid, paragraph};
use wattkey::sts::{KeyExpiryNumber, KeyRevisionNumber, KeyType, MeterParameters, SupplyGroupCode, TariffIndex, Token};

/// Columns before the text of a labelled line.
const INDENT: usize = 12;

/// A set as scripts see it.
#[derive(Debug, Serialize)]
pub struct KeyChangeDocument {
    /// Its tokens, by section when that is known.
    tokens: Vec<TokenRow>,
    /// Whether every section is there; null when no key reads the set.
    complete: Option<bool>,
    /// Numbers of the sections that are missing.
    missing: Vec<u8>,
    /// The key the meter must be on for the set to read.
    from: Option<MeterParameters>,
    /// What the set carries.
    to: Option<Target>,
    /// The vending key that makes the very key the set leads to.
    leads_to: Option<MeterParameters>,
    /// What stands behind it; absent when something speaks against it.
    #[serde(skip_serializing_if = "Option::is_none")]
    proof: Option<Proof>,
    /// What is wrong with the set.
    problems: Vec<String>,
}

#[derive(Debug, Serialize)]
struct TokenRow {
    token: Token,
    section: Option<u8>,
    kind: Option<&'static str>,
}

#[derive(Debug, Serialize)]
struct Target {
    #[serde(skip_serializing_if = "Option::is_none")]
    sgc: Option<SupplyGroupCode>,
    krn: KeyRevisionNumber,
    kt: KeyType,
    ti: TariffIndex,
    ken: KeyExpiryNumber,
    rollover: bool,
}

impl KeyChangeDocument {
    /// The document of a set and of what stands behind it; `None` when something speaks against it.
    pub fn new(set: &KeyChangeSet, proof: Option<Proof>) -> Self {
        KeyChangeDocument {
            tokens: set
                .tokens
                .iter()
                .map(|token| TokenRow {
                    token: token.token,
                    section: token.section,
                    kind: token.content.as_ref().map(|content| content.kind().word()),
                })
                .collect(),
            complete: set.is_complete(),
            missing: set.missing.clone(),
            from: set.from,
            to: set.new.as_ref().map(|new| Target {
                sgc: new.sgc,
                krn: new.krn,
                kt: new.kt,
                ti: new.ti,
                ken: new.ken,
                rollover: new.rollover,
            }),
            leads_to: set.leads_to,
            proof,
            problems: set.problems.clone(),
        }
    }
}

impl Document for KeyChangeDocument {
    const SCHEMA: &'static str = "wattkey/key-change/1";

    fn table(&self, style: Style) -> String {
        let rows: Vec<Vec<String>> = self
            .tokens
            .iter()
            .map(|row| {
                let section = row.section.map_or("?".to_owned(), |section| section.to_string());
                vec![section, row.token.grouped(), row.kind.unwrap_or("encrypted").to_owned()]
            })
            .collect();
        let mut out = grid(style, &["section", "token", "kind"], &rows);
        out.push('\n');
        let whole = match self.complete {
            None => "not known: no key at hand reads the set",
            Some(true) => "yes",
            Some(false) => "no",
        };
        out.push_str(&paragraph(style, "Complete", INDENT, whole));
        for (label, key) in [("From", &self.from), ("Leads to", &self.leads_to)] {
            if let Some(key) = key {
                out.push_str(&paragraph(style, label, INDENT, &super::in_words(key)));
            }
        }
        if let Some(to) = &self.to {
            let forgets = if to.rollover { ", roll-over: the meter forgets its token identifiers" } else { "" };
            let sgc = to.sgc.map(|sgc| format!("SGC {sgc}, ")).unwrap_or_default();
            let carried = format!("{sgc}KRN {}, KT {}, TI {}, KEN {}{forgets}", to.krn, to.kt, to.ti, to.ken);
            out.push_str(&paragraph(style, "Carries", INDENT, &carried));
        }
        if let Some(proof) = self.proof {
            out.push_str(&paragraph(style, "Proof", INDENT, &format!("{}: {}", proof.word(), proof.meaning())));
        }
        for problem in &self.problems {
            out.push_str(&paragraph(style, "Problem", INDENT, problem));
        }
        out
    }

    fn csv_header(&self) -> Vec<String> {
        ["token", "section", "kind", "complete"].map(str::to_owned).to_vec()
    }

    fn csv_rows(&self) -> Vec<Vec<String>> {
        self.tokens
            .iter()
            .map(|row| {
                vec![
                    row.token.to_string(),
                    row.section.map(|section| section.to_string()).unwrap_or_default(),
                    row.kind.unwrap_or_default().to_owned(),
                    self.complete.map(|complete| complete.to_string()).unwrap_or_default(),
                ]
            })
            .collect()
    }
}
