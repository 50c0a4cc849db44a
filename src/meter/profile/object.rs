//! Where the values are: roles, and the objects or data sets that play them.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use serde::de::IntoDeserializer;
use serde::de::value::Error as NameError;
use serde::{Deserialize, Serialize};

/// What a value is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Serial number.
    Serial,
    /// Logical device name.
    DeviceName,
    /// Maker.
    Manufacturer,
    /// Model or type.
    Model,
    /// Firmware version.
    Firmware,
    /// STS identity and key register (class 116).
    StsIdentity,
    /// State of the token decoder, as a structure whose `fields` the profile names.
    StsState,
    /// Token identifiers remembered.
    StsTids,
    /// Decoder reference number where there is no class 116.
    Drn,
    /// Clock.
    Clock,
    /// Date of the clock where it stands apart from the time (IEC 62056-21).
    Date,
    /// Time of day of the clock (IEC 62056-21).
    Time,
    /// Payment account (class 111).
    Account,
    /// Credit (class 112), or its amount.
    Credit,
    /// Token gateway (class 115).
    TokenGateway,
    /// Result of the last token where there is no class 115.
    TokenResult,
    /// Supply relay (class 70).
    Relay,
    /// Why the relay is where it is.
    RelayReason,
    /// Active power limiter (class 71).
    Limiter,
    /// Power limit as a plain value.
    PowerLimit,
    /// Allowed unbalance between phases as a plain value.
    UnbalanceLimit,
    /// Active energy taken.
    EnergyImport,
    /// Active energy given.
    EnergyExport,
    /// Active energy taken in tariff 1.
    #[serde(rename = "energy-import-tariff-1")]
    EnergyImportTariff1,
    /// Active energy taken in tariff 2.
    #[serde(rename = "energy-import-tariff-2")]
    EnergyImportTariff2,
    /// Active energy taken in tariff 3.
    #[serde(rename = "energy-import-tariff-3")]
    EnergyImportTariff3,
    /// Active energy taken in tariff 4.
    #[serde(rename = "energy-import-tariff-4")]
    EnergyImportTariff4,
    /// Active energy given in tariff 1.
    #[serde(rename = "energy-export-tariff-1")]
    EnergyExportTariff1,
    /// Active energy given in tariff 2.
    #[serde(rename = "energy-export-tariff-2")]
    EnergyExportTariff2,
    /// Active energy given in tariff 3.
    #[serde(rename = "energy-export-tariff-3")]
    EnergyExportTariff3,
    /// Active energy given in tariff 4.
    #[serde(rename = "energy-export-tariff-4")]
    EnergyExportTariff4,
    /// Reactive energy taken.
    ReactiveEnergyImport,
    /// Reactive energy given.
    ReactiveEnergyExport,
    /// Apparent energy.
    ApparentEnergy,
    /// Voltage of phase 1.
    VoltageL1,
    /// Voltage of phase 2.
    VoltageL2,
    /// Voltage of phase 3.
    VoltageL3,
    /// Current of phase 1.
    CurrentL1,
    /// Current of phase 2.
    CurrentL2,
    /// Current of phase 3.
    CurrentL3,
    /// Active power of phase 1.
    PowerL1,
    /// Active power of phase 2.
    PowerL2,
    /// Active power of phase 3.
    PowerL3,
    /// Active power of all phases.
    Power,
    /// Power factor of phase 1.
    PowerFactorL1,
    /// Power factor of phase 2.
    PowerFactorL2,
    /// Power factor of phase 3.
    PowerFactorL3,
    /// Power factor of all phases.
    PowerFactor,
    /// Reactive power of phase 1.
    ReactivePowerL1,
    /// Reactive power of phase 2.
    ReactivePowerL2,
    /// Reactive power of phase 3.
    ReactivePowerL3,
    /// Reactive power of all phases.
    ReactivePower,
    /// Apparent power of phase 1.
    ApparentPowerL1,
    /// Apparent power of phase 2.
    ApparentPowerL2,
    /// Apparent power of phase 3.
    ApparentPowerL3,
    /// Apparent power of all phases.
    ApparentPower,
    /// Total harmonic distortion of the voltage of phase 1.
    VoltageThdL1,
    /// Total harmonic distortion of the voltage of phase 2.
    VoltageThdL2,
    /// Total harmonic distortion of the voltage of phase 3.
    VoltageThdL3,
    /// Total harmonic distortion of the current of phase 1.
    CurrentThdL1,
    /// Total harmonic distortion of the current of phase 2.
    CurrentThdL2,
    /// Total harmonic distortion of the current of phase 3.
    CurrentThdL3,
    /// Current in the neutral.
    CurrentNeutral,
    /// Mean power of the demand period.
    Demand,
    /// Highest demand.
    MaximumDemand,
    /// Mains frequency.
    Frequency,
    /// Alarm bits, named by `bits`.
    Alarms,
    /// Tamper bits, named by `bits`.
    Tamper,
    /// Load profile (class 7).
    LoadProfile,
    /// Event logs (class 7), every one that fits.
    Events,
    /// Invocation counter of ciphered clients.
    InvocationCounter,
}

impl Role {
    /// Roles that name the meter; what they tell does not change.
    pub const NAMING: [Role; 4] = [Role::Serial, Role::Manufacturer, Role::Model, Role::Firmware];

    /// The role of this name, as profiles write it: `voltage-l1`.
    pub fn named(name: &str) -> Option<Role> {
        let deserializer: serde::de::value::StrDeserializer<'_, NameError> = name.into_deserializer();
        Role::deserialize(deserializer).ok()
    }

    /// The name, as profiles write it.
    pub fn word(self) -> String {
        serde_json::to_value(self).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
    }
}

/// Groups of an OBIS code, `None` for any.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ObjectPattern {
    /// Interface class.
    pub class: u16,
    /// Groups A to F.
    pub groups: [Option<u8>; 6],
}

impl ObjectPattern {
    /// Whether an object fits.
    pub fn fits(&self, class: u16, name: [u8; 6]) -> bool {
        self.class == class
            && self.groups.iter().zip(name).all(|(group, value)| group.is_none_or(|wanted| wanted == value))
    }

    /// The code, when every group is given.
    pub fn exact(&self) -> Option<[u8; 6]> {
        let mut name = [0u8; 6];
        for (slot, group) in name.iter_mut().zip(self.groups) {
            *slot = group?;
        }
        Some(name)
    }
}

impl FromStr for ObjectPattern {
    type Err = String;

    /// Reads `class/A.B.C.D.E.F`, where `*` stands for any value of a group.
    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || format!("{text:?} is not an object: write class/A.B.C.D.E.F, with * for any value of a group");
        let (class, name) = text.split_once('/').ok_or_else(wrong)?;
        let mut groups = [None; 6];
        let mut parts = name.split('.');
        for slot in &mut groups {
            *slot = match parts.next().ok_or_else(wrong)? {
                "*" => None,
                value => Some(value.parse().map_err(|_| wrong())?),
            };
        }
        match parts.next() {
            None => Ok(ObjectPattern { class: class.parse().map_err(|_| wrong())?, groups }),
            Some(_) => Err(wrong()),
        }
    }
}

impl fmt::Display for ObjectPattern {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}/", self.class)?;
        for (index, group) in self.groups.iter().enumerate() {
            let dot = if index == 0 { "" } else { "." };
            match group {
                Some(value) => write!(formatter, "{dot}{value}")?,
                None => write!(formatter, "{dot}*")?,
            }
        }
        Ok(())
    }
}

impl<'de> Deserialize<'de> for ObjectPattern {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

/// One place a value may be at.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum ObjectPlace {
    /// A COSEM object.
    Cosem(ObjectPattern),
    /// An IEC 62056-21 data set, by the address its readout or register carries.
    DataSet(String),
}

impl<'de> Deserialize<'de> for ObjectPlace {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        if text.contains('/') {
            text.parse().map(ObjectPlace::Cosem).map_err(serde::de::Error::custom)
        } else if text.is_empty() || text.contains(['(', ')', ' ']) {
            Err(serde::de::Error::custom(format!("{text:?} is not the address of a data set")))
        } else {
            Ok(ObjectPlace::DataSet(text))
        }
    }
}

impl fmt::Display for ObjectPlace {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ObjectPlace::Cosem(pattern) => pattern.fmt(formatter),
            ObjectPlace::DataSet(address) => formatter.write_str(address),
        }
    }
}

/// Meaning of one part of a structure that tells the decoder's state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum StateField {
    /// Bits of the key-change sections held, lowest for the first.
    KctPendingBits,
    /// IEC number of the last result.
    LastResultNumber,
    /// Newest token identifier.
    TidNewest,
    /// Oldest token identifier.
    TidOldest,
    /// Seconds of lockout left.
    LockoutS,
    /// Not used.
    Ignored,
}

/// Where one role is played.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub struct ObjectRole {
    /// Candidates, best first; the first that the meter has is taken.
    #[serde(default)]
    pub at: Vec<ObjectPlace>,
    /// Unit of a plain number that carries none itself, such as `kWh` or `W`.
    pub unit: Option<String>,
    /// Of a limit, the number that means there is none, as the meter holds it.
    pub no_limit: Option<u64>,
    /// Meaning of the parts of a structure, in order.
    #[serde(default)]
    pub fields: Vec<StateField>,
    /// Names of set bits, lowest bit 0.
    #[serde(default)]
    pub bits: BTreeMap<String, String>,
    /// Names of event codes.
    #[serde(default)]
    pub codes: BTreeMap<String, String>,
}

impl ObjectRole {
    /// The name of a set bit, or `bit N` where the profile has none.
    pub fn bit_name(&self, bit: usize) -> String {
        self.bits.get(&bit.to_string()).cloned().unwrap_or_else(|| format!("bit-{bit}"))
    }
}
