//! The lines of a pack.

use hmac::{Hmac, KeyInit, Mac};
use serde::{Deserialize, Serialize};
use sha2::Sha256;

use crate::headend::record::{Customer, Standing};
use crate::headend::{MeterRecord, VendCode};
use crate::hex;
use crate::sts::{
    BaseDate, DecoderKeyGenerationAlgorithm, Drn, EncryptionAlgorithm, Iin, KeyRevisionNumber, KeyType,
    MeterParameters, SupplyGroupCode, TariffIndex, Token,
};

/// Value of `schema` in the header.
pub const SCHEMA: &str = "wattkey/pack/1";

/// First line of a pack.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Header {
    /// `wattkey/pack/1`.
    pub schema: String,
    /// Name of the pack, such as the crew and the day.
    pub name: String,
    /// When it was made, RFC 3339.
    pub issued_at: String,
    /// Until when its records hold, RFC 3339.
    pub valid_until: String,
    /// Number of records.
    pub records: u64,
    /// Key of the codes' hashes, 32 bytes in hex.
    pub code_key: String,
}

/// A line that is a record.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PackRecord {
    /// Meter number.
    pub drn: Drn,
    /// How the meter stands.
    pub standing: Standing,
    /// Hash of the vend code, in hex; absent when the record has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code_hash: Option<String>,
    /// Issuer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub iin: Option<Iin>,
    /// Serial number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub serial: Option<String>,
    /// Maker.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub maker: Option<String>,
    /// Model.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub model: Option<String>,
    /// Supply group.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sgc: Option<SupplyGroupCode>,
    /// Key revision.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub krn: Option<KeyRevisionNumber>,
    /// Key type.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kt: Option<KeyType>,
    /// Tariff index.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ti: Option<TariffIndex>,
    /// Encryption algorithm.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ea: Option<EncryptionAlgorithm>,
    /// Key generation algorithm.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dkga: Option<DecoderKeyGenerationAlgorithm>,
    /// Base date.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base_date: Option<BaseDate>,
    /// Token technology code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tct: Option<String>,
    /// STS certificate number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub certificate: Option<String>,
    /// Firmware versions allowed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub firmware_allowed: Vec<String>,
    /// Power limit the meter is to have.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub power_limit_w: Option<f64>,
    /// Phase unbalance limit the meter is to have.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phase_unbalance_w: Option<f64>,
    /// What the utility tells the technician.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub operator_message: Option<String>,
    /// The customer.
    #[serde(default, skip_serializing_if = "Customer::is_empty")]
    pub customer: Customer,
    /// Tokens issued ahead.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tokens: Vec<IssuedTokens>,
}

/// Tokens issued ahead. Those of a key change carry no identifier and do not age; others must go in in the order
/// they were issued.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IssuedTokens {
    /// `key-change`, or a kind of engineering token with its value, such as `power-limit=9200`.
    pub kind: String,
    /// The tokens: two, three or four for a key change, else one.
    pub tokens: Vec<Token>,
    /// Key the meter must be on; absent where that is not told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<KeyState>,
    /// Key the meter is on afterwards.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<KeyState>,
    /// Description for the person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
}

/// What names a decoder key of a meter.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct KeyState {
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
    /// Base date.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub base_date: Option<BaseDate>,
}

impl KeyState {
    /// The same as parameters.
    pub fn parameters(self) -> MeterParameters {
        MeterParameters {
            sgc: self.sgc,
            krn: self.krn,
            kt: self.kt,
            ti: self.ti,
            base_date: self.base_date,
            ..MeterParameters::default()
        }
    }

    /// Whether nothing that both tell differs.
    pub fn fits(self, other: &MeterParameters) -> bool {
        fn fit<T: PartialEq>(ours: Option<T>, theirs: Option<T>) -> bool {
            ours.zip(theirs).is_none_or(|(ours, theirs)| ours == theirs)
        }
        fit(self.sgc, other.sgc)
            && fit(self.krn, other.krn)
            && fit(self.kt, other.kt)
            && fit(self.ti, other.ti)
            && fit(self.base_date, other.base_date)
    }
}

impl PackRecord {
    /// The record without its hash and tokens.
    pub fn record(&self) -> MeterRecord {
        MeterRecord {
            parameters: MeterParameters {
                iin: self.iin.or(Some(self.drn.iin())),
                drn: Some(self.drn),
                sgc: self.sgc,
                krn: self.krn,
                kt: self.kt,
                ti: self.ti,
                ea: self.ea,
                dkga: self.dkga,
                base_date: self.base_date,
            },
            serial: self.serial.clone(),
            maker: self.maker.clone(),
            model: self.model.clone(),
            tct: self.tct.clone(),
            certificate: self.certificate.clone(),
            firmware_allowed: self.firmware_allowed.clone(),
            power_limit_w: self.power_limit_w,
            phase_unbalance_w: self.phase_unbalance_w,
            can_vend: Some(self.standing == Standing::Active),
            operator_message: self.operator_message.clone(),
            customer: self.customer.clone(),
        }
    }
}

/// The hash of a code for a meter: HMAC-SHA-256 under the pack's key over the DRN, a zero octet and the code as it is
/// compared, in lower-case hex.
pub fn code_hash(key: &[u8; 32], drn: Drn, code: &VendCode) -> String {
    // A key of any length is allowed by HMAC; the error cannot occur.
    let mac = Hmac::<Sha256>::new_from_slice(key).map(|mac| {
        mac.chain_update(drn.to_string()).chain_update([0]).chain_update(code.plain()).finalize().into_bytes()
    });
    mac.map(|bytes| hex::encode(&bytes)).unwrap_or_default()
}
