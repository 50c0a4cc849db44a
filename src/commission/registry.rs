//! The utility's list of type certificates, as a plan's step asks it.

use serde::Serialize;
use time::OffsetDateTime;

use crate::headend::registry::{self, CertificateFinding, Subject, is_certified};
use crate::sts::SupplyGroupCode;

/// What a meter tells that its certificate is looked up by.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct CertifiedMeter {
    /// Maker's name or FLAG letters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub manufacturer: Option<String>,
    /// Maker code of the DRN, 2 or 4 digits.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub manufacturer_code: Option<String>,
    /// Model.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub model: Option<String>,
    /// Number of the certificate, as the meter tells it or the plan does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub certificate: Option<String>,
    /// Supply group the meter is on, or is to be on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sgc: Option<SupplyGroupCode>,
}

/// What the list says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CertificateAnswer {
    /// It is in the list and in force; what is known of it in words.
    Good(String),
    /// It is not, for this reason.
    Bad(String),
    /// It belongs to another maker: the meter is not what it says it is.
    OtherMaker(String),
}

/// The list.
pub trait Registry: Sync {
    /// Looks a meter up.
    fn look_up(&self, meter: &CertifiedMeter) -> CertificateAnswer;
}

impl Registry for registry::Registry {
    fn look_up(&self, meter: &CertifiedMeter) -> CertificateAnswer {
        let subject = Subject {
            maker: meter.manufacturer.clone(),
            model: meter.model.clone(),
            certificate: meter.certificate.clone(),
            sgc: meter.sgc,
            manufacturer_code: meter.manufacturer_code.as_ref().and_then(|code| code.parse().ok()),
        };
        let findings = self.check(&subject, OffsetDateTime::now_utc().date());
        let told = |outcome: registry::Outcome| {
            let told = findings.iter().filter(|found| found.outcome == outcome).map(|found| found.text.as_str());
            told.collect::<Vec<_>>().join("; ")
        };
        let is_clone = |found: &CertificateFinding| {
            found.outcome == registry::Outcome::Fail && matches!(found.check, "manufacturer-code" | "certificate-owner")
        };
        let failed = told(registry::Outcome::Fail);
        if findings.iter().any(is_clone) {
            CertificateAnswer::OtherMaker(failed)
        } else if !failed.is_empty() {
            CertificateAnswer::Bad(failed)
        } else if is_certified(&findings) {
            CertificateAnswer::Good(told(registry::Outcome::Pass))
        } else {
            CertificateAnswer::Bad(told(registry::Outcome::NotKnown))
        }
    }
}
