//! The document of `wattkey kct`: what a set of key-change tokens is.

use serde::Serialize;

use crate::diagnosis::KeyChangeSet;
use crate::diagnosis::key_change_set::Proof;
use crate::output::{Document, Style, grid, paragraph};
use crate::sts::{KeyExpiryNumber, KeyRevisionNumber, KeyType, MeterParameters, SupplyGroupCode, TariffIndex, Token};

/// Columns before the text of a labelled line.
const INDENT: usize = 12;

/// A set as scripts see it.
#[derive(Debug, Serialize)]
pub struct KeyChangeDocument {
    /// Its tokens, by section when that is known.
    pub tokens: Vec<TokenRow>,
    /// Whether every section is there; null when no key reads the set.
    pub complete: Option<bool>,
    /// Numbers of the sections that are missing.
    pub missing: Vec<u8>,
    /// The key the meter must be on for the set to read.
    pub from: Option<MeterParameters>,
    /// What the set carries.
    pub to: Option<Target>,
    /// The vending key that makes the very key the set leads to.
    pub leads_to: Option<MeterParameters>,
    /// What stands behind it; absent when something speaks against it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub proof: Option<Proof>,
    /// What is wrong with the set.
    pub problems: Vec<String>,
}

#[derive(Debug, Serialize)]
pub struct TokenRow {
    pub token: Token,
    pub section: Option<u8>,
    pub kind: Option<&'static str>,
}

#[derive(Debug, Serialize)]
pub struct Target {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sgc: Option<SupplyGroupCode>,
    pub krn: KeyRevisionNumber,
    pub kt: KeyType,
    pub ti: TariffIndex,
    pub ken: KeyExpiryNumber,
    pub rollover: bool,
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
                out.push_str(&paragraph(style, label, INDENT, &crate::output::diagnosis::parameters(key)));
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
