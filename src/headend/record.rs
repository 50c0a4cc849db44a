//! What the utility holds of a meter, what the meter says, and where the two differ.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::meter::Status;
use crate::meter::status::{StsState, same_number};
use crate::sts::{FieldError, MeterParameters};

/// Longest code that is taken: far above any real one.
const LONGEST_CODE: usize = 64;

/// The code on the job sheet that ties a customer to a meter. Upper and lower case, blanks and hyphens do not tell
/// two codes apart.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct VendCode(String);

impl VendCode {
    /// The code as it was written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether a text is the same code.
    pub fn is(&self, other: &str) -> bool {
        self.plain() == plain(other)
    }

    /// The code as it is compared.
    pub fn plain(&self) -> String {
        plain(&self.0)
    }
}

fn plain(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && *c != '-').flat_map(char::to_uppercase).collect()
}

impl fmt::Display for VendCode {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl FromStr for VendCode {
    type Err = FieldError;

    fn from_str(text: &str) -> Result<Self, FieldError> {
        let text = text.trim();
        let wrong = |problem: &str| Err(FieldError::new("vend code", text, problem, "take it from the job sheet"));
        if plain(text).is_empty() {
            return wrong("there is nothing in it");
        }
        if text.chars().count() > LONGEST_CODE {
            return wrong("it has more than 64 characters");
        }
        if text.chars().any(char::is_control) {
            return wrong("it has a control character");
        }
        Ok(VendCode(text.to_owned()))
    }
}

/// How a meter stands with the utility.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Standing {
    /// Registered, vending on.
    Active,
    /// Registered, vending off.
    Inactive,
    /// Blocked, for a reason that the operator message gives.
    Blocked,
    /// Known not to be registered.
    Unknown,
}

/// What the utility holds. What it does not tell is absent.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MeterRecord {
    /// IIN, DRN, SGC, KRN, KT, TI, EA, DKGA and base date, as far as they are told.
    #[serde(flatten)]
    pub parameters: MeterParameters,
    /// Serial number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub serial: Option<String>,
    /// Maker: name, FLAG letters or manufacturer code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub maker: Option<String>,
    /// Model.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub model: Option<String>,
    /// Token technology code, two digits; 02 is a keypad.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tct: Option<String>,
    /// STS certificate number of the model.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub certificate: Option<String>,
    /// Firmware versions the utility allows; empty when it does not say.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub firmware_allowed: Vec<String>,
    /// Active-power limit the meter is to have.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub power_limit_w: Option<f64>,
    /// Phase unbalance limit the meter is to have.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phase_unbalance_w: Option<f64>,
    /// Whether vending is on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub can_vend: Option<bool>,
    /// What the utility tells the technician.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub operator_message: Option<String>,
    /// Who and where the customer is.
    #[serde(skip_serializing_if = "Customer::is_empty")]
    pub customer: Customer,
}

/// The customer, as far as a technician is told.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Customer {
    /// Name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// Account number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account: Option<String>,
    /// Location reference: stand, pole or transformer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub location: Option<String>,
}

impl Customer {
    /// Whether nothing is told.
    pub fn is_empty(&self) -> bool {
        *self == Customer::default()
    }
}

/// What a meter says of itself. What it does not tell is absent.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Found {
    /// Numbers and key parameters.
    pub parameters: MeterParameters,
    /// Serial number.
    pub serial: Option<String>,
    /// Maker.
    pub maker: Option<String>,
    /// Model.
    pub model: Option<String>,
    /// Firmware version.
    pub firmware: Option<String>,
}

impl From<&Status> for Found {
    /// What a status tells.
    fn from(status: &Status) -> Self {
        Found {
            parameters: status.sts.as_ref().map(StsState::parameters).unwrap_or_default(),
            serial: status.meter.serial.clone().or_else(|| status.meter.device_name.clone()),
            maker: status.meter.manufacturer.clone(),
            model: status.meter.model.clone(),
            firmware: status.meter.firmware.clone(),
        }
    }
}

/// A field in which meter and record may differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// Meter number.
    Drn,
    /// Issuer.
    Iin,
    /// Serial number.
    Serial,
    /// Maker.
    Maker,
    /// Model.
    Model,
    /// Encryption algorithm, which no key change alters.
    Ea,
    /// Supply group.
    Sgc,
    /// Key revision.
    Krn,
    /// Key type.
    Kt,
    /// Tariff index.
    Ti,
    /// Key generation algorithm.
    Dkga,
    /// Base date.
    BaseDate,
}

impl Field {
    /// Whether a key change settles it; else it is another meter, or a wrong record.
    pub const fn is_key(self) -> bool {
        matches!(self, Field::Sgc | Field::Krn | Field::Kt | Field::Ti | Field::Dkga | Field::BaseDate)
    }

    /// The name in the words of the trade.
    pub const fn name(self) -> &'static str {
        match self {
            Field::Drn => "DRN",
            Field::Iin => "IIN",
            Field::Serial => "serial number",
            Field::Maker => "maker",
            Field::Model => "model",
            Field::Ea => "EA",
            Field::Sgc => "SGC",
            Field::Krn => "KRN",
            Field::Kt => "KT",
            Field::Ti => "TI",
            Field::Dkga => "DKGA",
            Field::BaseDate => "base date",
        }
    }
}

/// One field that differs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// Which field.
    pub field: Field,
    /// What the utility holds.
    pub record: String,
    /// What the meter says.
    pub meter: String,
}

impl fmt::Display for Difference {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} {} in the meter, {} in the record", self.field.name(), self.meter, self.record)
    }
}

impl MeterRecord {
    /// A record that holds nothing but these numbers.
    pub const fn of(parameters: MeterParameters) -> Self {
        MeterRecord {
            parameters,
            serial: None,
            maker: None,
            model: None,
            tct: None,
            certificate: None,
            firmware_allowed: Vec::new(),
            power_limit_w: None,
            phase_unbalance_w: None,
            can_vend: None,
            operator_message: None,
            customer: Customer { name: None, address: None, account: None, location: None },
        }
    }

    /// Fields that both tell and that differ. Serial numbers are compared without leading zeros, makers and models
    /// without case. DKGA and base date count only where the meter itself tells them.
    pub fn differences(&self, found: &Found) -> Vec<Difference> {
        fn differs<T: PartialEq + fmt::Display>(
            field: Field,
            ours: Option<T>,
            theirs: Option<T>,
        ) -> Option<Difference> {
            let (record, meter) = ours.zip(theirs)?;
            (record != meter).then(|| Difference { field, record: record.to_string(), meter: meter.to_string() })
        }
        let text = |field, ours: &Option<String>, theirs: &Option<String>, same: fn(&str, &str) -> bool| {
            let (record, meter) = (ours.as_ref()?, theirs.as_ref()?);
            (!same(record, meter)).then(|| Difference { field, record: record.clone(), meter: meter.clone() })
        };
        let same_name = |left: &str, right: &str| left.trim().eq_ignore_ascii_case(right.trim());
        let (ours, theirs) = (&self.parameters, &found.parameters);
        [
            differs(Field::Drn, ours.drn, theirs.drn),
            differs(Field::Iin, ours.iin, theirs.iin),
            text(Field::Serial, &self.serial, &found.serial, same_number),
            text(Field::Maker, &self.maker, &found.maker, same_name),
            text(Field::Model, &self.model, &found.model, same_name),
            differs(Field::Ea, ours.ea, theirs.ea),
            differs(Field::Sgc, ours.sgc, theirs.sgc),
            differs(Field::Krn, ours.krn, theirs.krn),
            differs(Field::Kt, ours.kt, theirs.kt),
            differs(Field::Ti, ours.ti, theirs.ti),
            differs(Field::Dkga, ours.dkga, theirs.dkga),
            differs(Field::BaseDate, ours.base_date, theirs.base_date),
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sts::{EncryptionAlgorithm, KeyRevisionNumber};

    #[test]
    fn codes_are_compared_without_case_blanks_and_hyphens() {
        let code: VendCode = " vc-10 01 ".parse().unwrap();
        assert!(code.is("VC1001") && code.is("VC-1001") && !code.is("VC-1002"));
        assert!(" - ".parse::<VendCode>().is_err());
        assert!("a\u{7}b".parse::<VendCode>().is_err());
    }

    #[test]
    fn a_key_that_differs_is_no_other_meter() {
        let record = MeterRecord {
            serial: Some("23456789".to_owned()),
            ..MeterRecord::of(MeterParameters {
                drn: Some("01234567897".parse().unwrap()),
                krn: Some(KeyRevisionNumber::new(2).unwrap()),
                ea: Some(EncryptionAlgorithm::Ea07),
                ..MeterParameters::default()
            })
        };
        let mut found = Found {
            parameters: MeterParameters { krn: Some(KeyRevisionNumber::new(1).unwrap()), ..record.parameters },
            serial: Some("0023456789".to_owned()),
            ..Found::default()
        };
        let fields = |found: &Found| record.differences(found).iter().map(|found| found.field).collect::<Vec<_>>();
        assert_eq!(fields(&found), [Field::Krn]);
        assert!(Field::Krn.is_key());
        found.parameters.ea = Some(EncryptionAlgorithm::Ea11);
        found.serial = Some("9".to_owned());
        assert_eq!(fields(&found), [Field::Serial, Field::Ea, Field::Krn]);
    }
}
