//! Profiles of the RS485 protocols: items of DL/T 645 and registers of Modbus.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::object::Role;
use crate::protocol::dlt645::{BcdFormat, DataIdentifier};
use crate::protocol::modbus::{RegisterType, WordOrder};

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
    /// Event counters, by name.
    #[serde(default)]
    pub counters: BTreeMap<String, ItemPlace>,
}

/// One value of a Modbus meter.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RegisterPlace {
    /// Function it is read by: 3 (holding) or 4 (input).
    pub function: u8,
    /// First register, counted from 0 as on the wire.
    pub register: u16,
    /// Form of the value.
    #[serde(rename = "type")]
    pub kind: RegisterType,
    /// What the raw number is multiplied by to be in `unit`.
    #[serde(default = "one")]
    pub scale: f64,
    /// Unit, such as `V` or `kWh`.
    pub unit: Option<String>,
    /// Smallest sane value in `unit`; what lies below is a reading gone wrong, such as swapped words.
    pub minimum: Option<f64>,
    /// Largest sane value in `unit`.
    pub maximum: Option<f64>,
}

fn one() -> f64 {
    1.0
}

/// Modbus defaults.
#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub struct ModbusProfile {
    /// Which register of a value comes first.
    #[serde(default)]
    pub word_order: WordOrder,
    /// Most registers the meter gives in one answer; 125 where the maker says nothing.
    pub longest_read: Option<u16>,
    /// Unused registers that may be read over to save a request; 0 where holes are refused.
    #[serde(default)]
    pub bridge: u16,
    /// Whether the meter describes itself by SunSpec models; then `registers` may be empty.
    #[serde(default)]
    pub sunspec: bool,
    /// Where each value is.
    #[serde(default)]
    pub registers: BTreeMap<Role, RegisterPlace>,
}
