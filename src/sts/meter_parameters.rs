//! What is known of a meter and its key, each field perhaps.

use serde::Serialize;

use super::error::FieldError;
use super::identifiers::{Drn, Iin, Pan};
use super::key::VendingKeyId;
use super::parameters::{
    BaseDate, DecoderKeyGenerationAlgorithm, EncryptionAlgorithm, KeyRevisionNumber, KeyType, SupplyGroupCode,
    TariffIndex,
};

/// Parameters of a meter as far as they are known. Serialises to an object of those that are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct MeterParameters {
    /// Issuer; follows from the DRN.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub iin: Option<Iin>,
    /// Meter number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub drn: Option<Drn>,
    /// Supply group.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sgc: Option<SupplyGroupCode>,
    /// Key revision.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub krn: Option<KeyRevisionNumber>,
    /// Key type.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kt: Option<KeyType>,
    /// Tariff index.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ti: Option<TariffIndex>,
    /// Encryption algorithm.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ea: Option<EncryptionAlgorithm>,
    /// Key generation algorithm.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dkga: Option<DecoderKeyGenerationAlgorithm>,
    /// Base date.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub base_date: Option<BaseDate>,
}

impl MeterParameters {
    /// These parameters, and those of `other` where these are not known.
    #[must_use]
    pub fn or(self, other: MeterParameters) -> Self {
        MeterParameters {
            iin: self.iin.or(other.iin.filter(|iin| self.drn.is_none_or(|drn| drn.iin() == *iin))),
            drn: self.drn.or(other.drn),
            sgc: self.sgc.or(other.sgc),
            krn: self.krn.or(other.krn),
            kt: self.kt.or(other.kt),
            ti: self.ti.or(other.ti),
            ea: self.ea.or(other.ea),
            dkga: self.dkga.or(other.dkga),
            base_date: self.base_date.or(other.base_date),
        }
    }

    /// What is known of the key, one fact each: `SGC 123456`, `KRN 1`, `KT 2`, `TI 01`.
    pub fn key_facts(&self) -> Vec<String> {
        let facts = [
            self.sgc.map(|sgc| format!("SGC {sgc}")),
            self.krn.map(|krn| format!("KRN {krn}")),
            self.kt.map(|kt| format!("KT {kt}")),
            self.ti.map(|ti| format!("TI {ti}")),
        ];
        facts.into_iter().flatten().collect()
    }

    /// What both know and agree on.
    #[must_use]
    pub fn agreed(self, other: MeterParameters) -> Self {
        fn same<T: PartialEq>(ours: Option<T>, theirs: Option<T>) -> Option<T> {
            ours.filter(|value| theirs.as_ref() == Some(value))
        }
        MeterParameters {
            iin: same(self.iin, other.iin),
            drn: same(self.drn, other.drn),
            sgc: same(self.sgc, other.sgc),
            krn: same(self.krn, other.krn),
            kt: same(self.kt, other.kt),
            ti: same(self.ti, other.ti),
            ea: same(self.ea, other.ea),
            dkga: same(self.dkga, other.dkga),
            base_date: same(self.base_date, other.base_date),
        }
    }

    /// Checks what single fields cannot: the issuer fits the meter number, and the algorithms are ones the program
    /// has.
    ///
    /// # Errors
    /// The field that does not fit.
    pub fn check(&self) -> Result<(), FieldError> {
        if let (Some(iin), Some(drn)) = (self.iin, self.drn) {
            Pan::new(iin, drn)?;
        }
        self.ea.map(EncryptionAlgorithm::supported).transpose()?;
        self.dkga.map(DecoderKeyGenerationAlgorithm::supported).transpose()?;
        Ok(())
    }

    /// The meter's PAN, where its number is known.
    pub fn pan(&self) -> Option<Pan> {
        self.drn.map(Pan::of)
    }

    /// Whether any field is known that asks for a vending key: SGC, KRN, KT or DKGA. A base date alone does not; it
    /// also dates the tokens of a decoder key.
    pub const fn names_vending_key(&self) -> bool {
        self.sgc.is_some() || self.krn.is_some() || self.kt.is_some() || self.dkga.is_some()
    }

    /// Whether a vending key is one of those these parameters allow.
    pub fn allow(&self, id: &VendingKeyId) -> bool {
        fn fits<T: PartialEq>(wanted: Option<T>, found: T) -> bool {
            wanted.is_none_or(|wanted| wanted == found)
        }
        fits(self.sgc, id.sgc)
            && fits(self.krn, id.krn)
            && fits(self.kt, id.kt)
            && fits(self.ea, id.ea)
            && fits(self.dkga, id.dkga)
            && fits(self.base_date, id.base_date)
    }

    /// The parameters of the keys that a vending key makes for a tariff index.
    pub const fn of_key(id: &VendingKeyId, ti: TariffIndex) -> Self {
        MeterParameters {
            iin: None,
            drn: None,
            sgc: Some(id.sgc),
            krn: Some(id.krn),
            kt: Some(id.kt),
            ti: Some(ti),
            ea: Some(id.ea),
            dkga: Some(id.dkga),
            base_date: Some(id.base_date),
        }
    }
}
