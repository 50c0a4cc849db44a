//! Items of DL/T 645 meters.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::object::Role;
use crate::protocol::dlt645::{BcdFormat, DataIdentifier};

/// One item of a DL/T 645 meter.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
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
    /// Whether it is text in ASCII, the last character first as on the wire.
    #[serde(default)]
    pub text: bool,
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

/// DL/T 645 defaults.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Default)]
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
    /// Event counters, by name.
    #[serde(default)]
    pub counters: BTreeMap<String, ItemPlace>,
}
