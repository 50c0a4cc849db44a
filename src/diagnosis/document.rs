//! The `wattkey/diagnosis/1` document.

use serde::Serialize;
use serde_json::Value;

use super::cause::{Cause, Strength};
use super::evidence::Case;
use super::identity::KeyIdentity;
use super::verdict::{Diagnosis, Reading};
use crate::sts::Token;

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
    pub made_for: Option<KeyIdentity>,
    /// What the token says, as in the token document.
    pub decoded: Option<Value>,
    /// The token as it should have been.
    pub corrected_token: Option<Token>,
    /// Facts beside the causes.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
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
    /// The document of a diagnosis. `decode` makes the token document of a reading.
    pub fn new(case: &Case, diagnosis: Diagnosis, decode: &dyn Fn(&Reading) -> Option<Value>) -> Self {
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
            made_for: made_for.filter(|identity| *identity != KeyIdentity::default()),
            decoded: diagnosis.reading.as_ref().and_then(decode),
            corrected_token: diagnosis.corrected,
            notes: diagnosis.notes,
        }
    }

    /// Whether nothing is wrong with the token.
    pub fn is_no_fault(&self) -> bool {
        self.verdict == Cause::NoFault.word()
    }
}
