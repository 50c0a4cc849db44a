//! What is wrong with a key file, or soon will be.

use serde::Serialize;
use time::{Duration, OffsetDateTime};

use super::{KeyFile, Problem};
use crate::sts::{EncryptionAlgorithm, VendingKeyId};

/// How far ahead the end of a vending key's life is reported.
const AHEAD: Duration = Duration::days(90);

/// Minutes in one step of the key expiry number.
const MINUTES_A_STEP: i64 = 65_536;

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing.
    Warning,
    /// The file or the key cannot be used.
    Error,
}

/// One thing found in a key file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct KeyFinding {
    /// How bad it is.
    pub severity: Severity,
    /// Stable word: `field`, `expired`, `expires-soon`, `unknown-field`, `no-tables`, `plain`.
    pub kind: &'static str,
    /// The field, as `vending_keys[2].krn`.
    pub field: String,
    /// What was found, without any secret.
    pub problem: String,
}

/// The moment a vending key's life ends: base date plus (KEN + 1) × 65 536 minutes. With KEN 255 this is the end of
/// the 24-bit range of token identifiers.
pub fn expiry(id: &VendingKeyId) -> OffsetDateTime {
    id.base_date.start() + Duration::minutes((i64::from(id.ken.number()) + 1) * MINUTES_A_STEP)
}

/// All findings, field problems first, then what time does to the keys.
pub fn check(file: &KeyFile, problems: Vec<Problem>, now: OffsetDateTime) -> Vec<KeyFinding> {
    let finding =
        |severity, kind, field: &str, problem: String| KeyFinding { severity, kind, field: field.to_owned(), problem };
    let mut findings: Vec<KeyFinding> =
        problems.into_iter().map(|wrong| finding(Severity::Error, "field", &wrong.field, wrong.problem)).collect();
    for key in file.vending_keys() {
        let id = key.id();
        let end = expiry(id);
        let name = format!("vending key sgc {} krn {} kt {} base {}", id.sgc, id.krn, id.kt, id.base_date);
        if end <= now {
            let problem = format!("{name} ran out on {}; tokens need a key change to a later key", end.date());
            findings.push(finding(Severity::Error, "expired", "vending_keys", problem));
        } else if end - now <= AHEAD {
            let days = (end - now).whole_days();
            let problem = format!("{name} runs out on {}, in {days} days; plan the key change", end.date());
            findings.push(finding(Severity::Warning, "expires-soon", "vending_keys", problem));
        }
    }
    let has_sta = file.vending_keys().iter().any(|key| key.id().ea == EncryptionAlgorithm::Ea07)
        || file.decoder_keys().iter().any(|entry| entry.key.algorithm() == EncryptionAlgorithm::Ea07);
    if has_sta && !file.names_tables() {
        let problem = "not given: the sample tables of the standard are used, which real meters do not have";
        findings.push(finding(Severity::Warning, "no-tables", "sta_tables", problem.to_owned()));
    }
    for field in file.unknown_fields() {
        findings.push(finding(Severity::Warning, "unknown-field", field, "is not known and has no effect".to_owned()));
    }
    if !file.is_sealed() && !file.is_lab() {
        let problem = "the file is not encrypted: `wattkey keys encrypt` does it";
        findings.push(finding(Severity::Warning, "plain", "", problem.to_owned()));
    }
    findings
}
