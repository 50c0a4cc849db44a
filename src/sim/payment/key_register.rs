//! The decoder key a meter holds, and what it tells about it.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::sim::lab_keys;
use crate::sim::payment::rule::{PaymentRule, StartingKey};
use crate::sts::{
    BaseDate, DecoderKey, DecoderKeyGenerationAlgorithm, EncryptionAlgorithm, FieldError, KeyExpiryNumber,
    KeyRevisionNumber, KeyType, Pan, SupplyGroupCode, TariffIndex,
};

/// Decoder key, and the numbers that go with it. They change together or not at all.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyRegister {
    /// Supply group code; `None` reads 000000.
    pub sgc: Option<SupplyGroupCode>,
    /// Key revision number.
    pub krn: KeyRevisionNumber,
    /// Key type.
    pub kt: KeyType,
    /// Tariff index.
    pub ti: TariffIndex,
    /// Key expiry number.
    pub ken: KeyExpiryNumber,
    /// The key itself.
    #[serde(serialize_with = "key_to_hex", deserialize_with = "key_from_hex")]
    pub key: DecoderKey,
}

impl KeyRegister {
    /// What a model starts with, made from the lab's vending keys.
    ///
    /// # Errors
    /// A value out of range, or a vending key that the lab does not have.
    pub fn starting(start: &StartingKey, pan: Pan) -> Result<Self, FieldError> {
        let sgc: SupplyGroupCode = start.sgc.parse()?;
        let krn = KeyRevisionNumber::new(start.krn)?;
        let kt = KeyType::new(start.kt)?;
        let ti = TariffIndex::new(start.ti)?;
        let ken = KeyExpiryNumber::new(start.ken)?;
        let ea: EncryptionAlgorithm = start.ea.parse()?;
        let dkga: DecoderKeyGenerationAlgorithm = start.dkga.parse()?;
        let base_date: BaseDate = start.base_date.parse()?;
        let fits = |id: &crate::sts::VendingKeyId| {
            (id.sgc, id.krn, id.kt, id.ea, id.dkga, id.base_date) == (sgc, krn, kt, ea, dkga, base_date)
        };
        let vending = lab_keys::vending_keys().into_iter().find(|vending| fits(vending.id())).ok_or_else(|| {
            FieldError::new(
                "starting key",
                &format!("SGC {sgc} KRN {krn} KT {} EA {ea} DKGA {dkga} base {base_date}", kt.number()),
                "the simulator has no such vending key",
                "see the keys that `wattkey sim keys` writes",
            )
        })?;
        Ok(KeyRegister { sgc: Some(sgc), krn, kt, ti, ken, key: vending.decoder_key(pan, ti) })
    }

    /// The encryption algorithm.
    pub fn algorithm(&self) -> EncryptionAlgorithm {
        self.key.algorithm()
    }

    /// Most sections of a key change under this algorithm: 2 for EA07, or 3 for a meter that takes the supply group in
    /// a third token; 4 for EA11.
    pub fn sections(&self, payment: &PaymentRule) -> u8 {
        match self.algorithm() {
            EncryptionAlgorithm::Ea11 => 4,
            _ if payment.three_token_sets => 3,
            _ => 2,
        }
    }
}

fn key_to_hex<S: Serializer>(key: &DecoderKey, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&key.reveal())
}

/// The number of digits tells the algorithm.
fn key_from_hex<'de, D: Deserializer<'de>>(deserializer: D) -> Result<DecoderKey, D::Error> {
    let hex = String::deserialize(deserializer)?;
    let ea = if hex.len() == 32 { EncryptionAlgorithm::Ea11 } else { EncryptionAlgorithm::Ea07 };
    DecoderKey::from_hex(ea, &hex).map_err(serde::de::Error::custom)
}
