//! Items of DL/T 645 meters.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::limits::Limits;
use super::object::Role;
use crate::protocol::dlt645::{BcdFormat, DataIdentifier};

/// One item of a DL/T 645 meter.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ItemPlace {
    /// Data identifier, eight hex digits (2007) or four (1997).
    #[serde(deserialize_with = "identifier")]
    pub at: DataIdentifier,
    /// Octets of the value.
    pub octets: u8,
    /// Digits behind the decimal point.
    #[serde(default)]
    pub decimals: u8,
    /// Whether the highest bit is a minus sign.
    #[serde(default)]
    pub signed: bool,
    /// Unit of the value, such as `kWh`, `V` or `kW`.
    pub unit: Option<String>,
    /// Lowest and highest value that can be right, in `unit`.
    pub limits: Option<Limits>,
    /// Whether it is text in ASCII, the last character first as on the wire.
    #[serde(default)]
    pub text: bool,
    /// Whether the time of the value stands behind it, `mm hh DD MM YY`, as of a maximum demand.
    #[serde(default)]
    pub time: bool,
}

/// The records of one kind of event, the latest first.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecordPlace {
    /// Data identifier of the latest; that of each earlier one is higher by one.
    #[serde(deserialize_with = "identifier")]
    pub at: DataIdentifier,
    /// How many there are.
    #[serde(default = "usual_records")]
    pub most: u8,
    /// Where its time stands, `ss mm hh DD MM YY`.
    #[serde(default)]
    pub start: u8,
    /// Where the time of its end stands.
    pub end: Option<u8>,
    /// Where the operator stands, four octets, the lowest first.
    pub operator: Option<u8>,
    /// Name of the counter that tells whether there are any.
    pub counter: Option<String>,
}

const fn usual_records() -> u8 {
    10
}

/// In which order the digits of password and operator go on the wire.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PasswordForm {
    /// The low octet first, as the standard has it.
    #[default]
    LowFirst,
    /// As they are written.
    AsWritten,
}

impl ItemPlace {
    /// How the value stands in its octets.
    pub const fn format(&self) -> BcdFormat {
        BcdFormat { octets: self.octets, decimals: self.decimals, signed: self.signed }
    }
}

fn identifier<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<DataIdentifier, D::Error> {
    String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
}

/// Several items in one answer; a meter that refuses it is asked for each item.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ItemBlock {
    /// Data identifier of the block.
    #[serde(deserialize_with = "identifier")]
    pub at: DataIdentifier,
    /// What it holds, in order.
    pub holds: Vec<Role>,
}

/// A value that an STS customer unit shows for a short code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum KeypadValue {
    /// The meter's number.
    MeterNumber,
    /// Supply group code.
    SupplyGroup,
    /// Remaining credit.
    Credit,
    /// Imported energy, in kWh.
    EnergyImport,
    /// Voltage, in V.
    VoltageL1,
    /// Weekday, year, month, day in BCD.
    Date,
    /// Hour, minute, second in BCD.
    Time,
}

/// A short code and how its value is read.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KeypadCode {
    /// Three digits, as keyed in.
    pub code: String,
    /// Octets of a number: binary, low octet first.
    #[serde(default)]
    pub octets: u8,
    /// Digits behind the decimal point.
    #[serde(default)]
    pub decimals: u8,
    /// Unit of the value.
    pub unit: Option<String>,
    /// Lowest and highest value that can be right.
    pub limits: Option<Limits>,
}

impl KeypadCode {
    /// The code's digits; `None` when it has not three.
    pub fn digits(&self) -> Option<[u8; 3]> {
        let digits: [u8; 3] = self.code.as_bytes().try_into().ok()?;
        digits.iter().all(u8::is_ascii_digit).then_some(digits)
    }
}

/// DL/T 645 defaults.
#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub struct Dlt645Profile {
    /// Where each value is.
    #[serde(default)]
    pub items: BTreeMap<Role, ItemPlace>,
    /// Blocks that save exchanges.
    #[serde(default)]
    pub blocks: Vec<ItemBlock>,
    /// Remaining energy, of meters that are paid by energy.
    pub credit_energy: Option<ItemPlace>,
    /// Remaining amount, of meters that are paid by amount.
    pub credit_amount: Option<ItemPlace>,
    /// Status word 3, which tells relay and kind of prepayment.
    pub status_word: Option<ItemPlace>,
    /// Imported energy by tariff in one answer: the total, then tariff 1 and on; asked for one by one where the meter
    /// refuses it.
    pub tariffs_import: Option<ItemPlace>,
    /// Exported energy by tariff.
    pub tariffs_export: Option<ItemPlace>,
    /// Active power above which the meter acts.
    pub power_limit: Option<ItemPlace>,
    /// Demand above which the meter acts.
    pub demand_limit: Option<ItemPlace>,
    /// What else can be read and written by name.
    #[serde(default)]
    pub named: BTreeMap<String, ItemPlace>,
    /// Values by short code, of customer units that speak the keypad protocol; no other items are asked for then.
    #[serde(default)]
    pub keypad: BTreeMap<KeypadValue, KeypadCode>,
    /// Event counters, by name.
    #[serde(default)]
    pub counters: BTreeMap<String, ItemPlace>,
    /// Event records, by name.
    #[serde(default)]
    pub records: BTreeMap<String, RecordPlace>,
    /// How password and operator go on the wire.
    #[serde(default)]
    pub password_form: PasswordForm,
}

impl Dlt645Profile {
    /// Every place that holds a measured value, by its key in the profile.
    pub fn measured(&self) -> impl Iterator<Item = (String, &ItemPlace)> {
        let identity = [Role::Serial, Role::Model, Role::Date, Role::Time];
        let measured = self.items.iter().filter(move |(role, _)| !identity.contains(role));
        let items = measured.map(|(role, place)| (format!("items.{}", role.word()), place));
        let single = [
            ("credit_energy", &self.credit_energy),
            ("credit_amount", &self.credit_amount),
            ("tariffs_import", &self.tariffs_import),
            ("tariffs_export", &self.tariffs_export),
            ("power_limit", &self.power_limit),
            ("demand_limit", &self.demand_limit),
        ];
        let single = single.into_iter().filter_map(|(name, place)| Some((name.to_owned(), place.as_ref()?)));
        let named = self.named.iter().filter(|(_, place)| place.unit.is_some());
        let named = named.map(|(name, place)| (format!("named.{name}"), place));
        items.chain(single).chain(named)
    }
}
