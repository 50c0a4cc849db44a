//! The `wattkey/diagnosis/1` document.

use serde::Serialize;
use serde_json::Value;

use super::cause::{Cause, Strength};
use super::evidence::Case;
use super::verdict::{Diagnosis, Reading};
use crate::sts::document::TokenDocument;
use crate::sts::keyring::Check;
use crate::sts::{MeterParameters, Token, keyring};

/// Value of `schema`.
pub const SCHEMA: &str = "wattkey/diagnosis/1";

/// Word of a verdict that names no cause.
pub const UNDETERMINED: &str = "undetermined";

/// One diagnosis as scripts see it. Fields in the order of the contract.
#[derive(Debug, Clone, Serialize)]
pub struct DiagnosisDocument {
    /// Name of the case.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<Value>,
    /// The token: its digits, or the text as given when it is none.
    pub token: String,
    /// Word of the first cause, or `undetermined`.
    pub verdict: &'static str,
    /// How firmly the verdict stands.
    pub strength: Strength,
    /// Causes, the most likely first.
    pub causes: Vec<CauseDocument>,
    /// The meter and key it was made for, as far as they are known.
    pub made_for: Option<MeterParameters>,
    /// What the token says, as in the token document.
    pub decoded: Option<TokenDocument>,
    /// The token as it should have been.
    pub corrected_token: Option<Token>,
    /// Facts beside the causes.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
    /// One line for the office, after an interview.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub office: Option<String>,
}

/// One cause.
#[derive(Debug, Clone, Serialize)]
pub struct CauseDocument {
    /// Its word.
    pub cause: Cause,
    /// How firmly it is named.
    pub strength: Strength,
    /// What speaks for it.
    pub evidence: Vec<String>,
    /// What to do.
    pub remedy: Vec<String>,
}

impl DiagnosisDocument {
    /// The document of a diagnosis.
    pub fn new(case: &Case, diagnosis: Diagnosis) -> Self {
        let token = case.token.parse::<Token>().map_or_else(|_| case.token.clone(), |token| token.to_string());
        let made_for = diagnosis.reading.as_ref().map(|reading| reading.fit.identity);
        DiagnosisDocument {
            id: case.id.clone(),
            token,
            verdict: diagnosis.verdict.map_or(UNDETERMINED, Cause::word),
            strength: diagnosis.strength,
            causes: diagnosis
                .causes
                .into_iter()
                .map(|finding| CauseDocument {
                    cause: finding.cause,
                    strength: finding.strength,
                    evidence: finding.evidence,
                    remedy: finding.remedy,
                })
                .collect(),
            made_for: made_for.filter(|identity| *identity != MeterParameters::default()),
            decoded: diagnosis.reading.map(token_document),
            corrected_token: diagnosis.corrected,
            notes: diagnosis.notes,
            office: None,
        }
    }

    /// Whether nothing is wrong with the token.
    pub fn is_no_fault(&self) -> bool {
        self.verdict == Cause::NoFault.word()
    }
}

/// The token document of a reading. Its key is told as `token decode` tells it: of a vending key all but the meter,
/// of a decoder key the meter and the algorithm.
fn token_document(reading: Reading) -> TokenDocument {
    let identity = reading.fit.identity;
    let key = if identity.sgc.is_some() {
        MeterParameters { drn: None, ..identity }
    } else {
        MeterParameters { iin: identity.drn.map(|drn| drn.iin()), ..identity }
    };
    TokenDocument::of(keyring::Reading {
        token: reading.token,
        check: Check::Ok(reading.fit.content),
        base_date: identity.base_date,
        key: Some(key).filter(|key| *key != MeterParameters::default()),
    })
}
