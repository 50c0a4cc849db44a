//! What a meter is doing: the content of the `wattkey/status/1` document.
//!
//! What a meter does not offer is absent, never invented.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::driver::RelayAction;
use crate::sts::{
    BaseDate, DecoderKeyGenerationAlgorithm, Drn, EncryptionAlgorithm, Iin, KeyExpiryNumber, KeyRevisionNumber,
    KeyType, MeterParameters, SupplyGroupCode, TariffIndex, Tid, TokenResult,
};

/// A whole status.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Status {
    /// The link as the user wrote it.
    #[serde(default)]
    pub link: String,
    /// Protocol word: `dlms`, `iec62056-21`, `dlt645` or `modbus`.
    #[serde(default)]
    pub protocol: String,
    /// When the reading ended, RFC 3339 UTC.
    #[serde(default)]
    pub read_at: String,
    /// Which meter it is.
    #[serde(default)]
    pub meter: Identity,
    /// State of the STS decoder.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sts: Option<StsState>,
    /// The meter's clock.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clock: Option<ClockState>,
    /// Prepaid credit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub credit: Option<CreditState>,
    /// The supply relay.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub relay: Option<RelayState>,
    /// Energy registers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub energy: Option<Energy>,
    /// Voltages, currents and powers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub supply: Option<Supply>,
    /// Tamper conditions that hold now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tamper: Option<Vec<String>>,
    /// Alarms that hold now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alarms: Option<Vec<String>>,
    /// Limits in force.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limits: Option<Limits>,
    /// Values that the profile names itself and shows.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub values: BTreeMap<String, NamedValue>,
    /// Objects that could not be read, each with the reason.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub problems: Vec<Problem>,
}

/// A value under a name of the profile.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct NamedValue {
    /// A number, a text, or true and false for a bit.
    pub value: Value,
    /// Its unit, where it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
}

/// Which meter it is.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Identity {
    /// Serial number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub serial: Option<String>,
    /// Maker: the name, or the FLAG letters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub manufacturer: Option<String>,
    /// Model or type.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub model: Option<String>,
    /// Firmware version.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub firmware: Option<String>,
    /// Logical device name (DLMS).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub device_name: Option<String>,
}

/// State of the STS decoder. What the meter reports and what cannot be (a KRN of 12, a DRN with a wrong check digit) is
/// a [`Problem`] of the status, not a value here.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct StsState {
    /// Issuer identification number, six or four digits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub iin: Option<Iin>,
    /// Decoder reference number, 11 or 13 digits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub drn: Option<Drn>,
    /// Supply group code, six digits. Many meters report 000000 after a key change: see [`StsState::known_sgc`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sgc: Option<SupplyGroupCode>,
    /// Key revision number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub krn: Option<KeyRevisionNumber>,
    /// Key type.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kt: Option<KeyType>,
    /// Tariff index.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ti: Option<TariffIndex>,
    /// Key expiry number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ken: Option<KeyExpiryNumber>,
    /// Encryption algorithm, two digits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ea: Option<EncryptionAlgorithm>,
    /// Decoder key generation algorithm, two digits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dkga: Option<DecoderKeyGenerationAlgorithm>,
    /// Base date: 1993, 2014 or 2035.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base_date: Option<BaseDate>,
    /// Sections of a key-change set the meter takes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kct_supported: Option<u8>,
    /// Sections of an unfinished set the meter holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kct_pending: Option<Vec<u8>>,
    /// Newest token identifier, minutes since the base date.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tid_newest: Option<Tid>,
    /// Oldest token identifier still remembered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tid_oldest: Option<Tid>,
    /// Every token identifier remembered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tids: Option<Vec<Tid>>,
    /// Result of the last token entered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_result: Option<TokenResult>,
    /// Last four digits of the last token entered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_token: Option<String>,
    /// Seconds until tokens are taken again; 0 when they are taken now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lockout_s: Option<u32>,
    /// Names of the fields that do not come from the meter but from the key file.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub derived: Vec<Cow<'static, str>>,
}

impl StsState {
    /// The supply group code, unless it is the 000000 that names no group.
    pub fn known_sgc(&self) -> Option<SupplyGroupCode> {
        self.sgc.filter(|sgc| sgc.number() != 0)
    }

    /// The meter's numbers and the parameters of its key.
    pub fn parameters(&self) -> MeterParameters {
        MeterParameters {
            iin: self.iin,
            drn: self.drn,
            sgc: self.known_sgc(),
            krn: self.krn,
            kt: self.kt,
            ti: self.ti,
            ea: self.ea,
            dkga: self.dkga,
            base_date: self.base_date,
        }
    }
}

/// The meter's clock.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ClockState {
    /// The meter's time: RFC 3339 with its offset, or local without one when the meter tells none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub meter: Option<String>,
    /// The meter's time minus ours, in seconds; positive when the meter is ahead.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub drift_s: Option<i64>,
    /// What the meter says against its own clock: `invalid`, `doubtful`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub flags: Vec<String>,
}

/// Prepaid credit.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct CreditState {
    /// What is left, in `unit`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub available: Option<f64>,
    /// `kWh`, `m3`, `min`, or a currency's name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// Where the low-credit warning begins, in `unit`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub low_threshold: Option<f64>,
    /// `in-credit`, `low-credit`, `out-of-credit`, `new-account`, `closed-account` or `credit-mode`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<String>,
}

/// The supply relay.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct RelayState {
    /// What the contact does: `closed` or `open`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub output: Option<String>,
    /// What is asked of it: `connected`, `disconnected` or `ready-for-reconnection`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub control: Option<String>,
    /// Why, where the meter tells.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

impl RelayState {
    /// Whether the relay is where an action leads to; `None` when the meter does not report it.
    pub fn has_followed(&self, action: RelayAction) -> Option<bool> {
        let is_ready = self.control.as_deref() == Some("ready-for-reconnection");
        let output = self.output.as_deref();
        match action {
            // One that is ready can be closed by the customer at any time.
            RelayAction::Disconnect => output.map(|output| output == "open" && !is_ready),
            RelayAction::Connect if is_ready => Some(true),
            RelayAction::Connect => output.map(|output| output == "closed"),
        }
    }

    /// Contact and control in words, for records; null when the meter reports neither.
    pub fn in_words(&self) -> Value {
        let parts: Vec<String> = [&self.output, &self.control].into_iter().flatten().cloned().collect();
        if parts.is_empty() { Value::Null } else { parts.join(", ").into() }
    }
}

/// Energy registers.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Energy {
    /// Energy taken from the network.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub import_kwh: Option<f64>,
    /// Energy given to the network.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub export_kwh: Option<f64>,
    /// Reactive energy taken from the network.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reactive_import_kvarh: Option<f64>,
    /// Reactive energy given to the network.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reactive_export_kvarh: Option<f64>,
    /// Apparent energy.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub apparent_kvah: Option<f64>,
    /// The same by tariff, where the meter keeps them apart.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tariffs: Vec<TariffEnergy>,
}

/// Energy registers of one tariff.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct TariffEnergy {
    /// The tariff, from 1.
    pub tariff: u8,
    /// Energy taken from the network in it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub import_kwh: Option<f64>,
    /// Energy given to the network in it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub export_kwh: Option<f64>,
}

/// Voltages, currents and powers.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Supply {
    /// One entry a phase, L1 first.
    #[serde(default)]
    pub phases: Vec<Phase>,
    /// Power of all phases, where the meter tells it and has more than one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub active_power_w: Option<f64>,
    /// Reactive power of all phases, where the meter tells it and has more than one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reactive_power_var: Option<f64>,
    /// Apparent power of all phases, where the meter tells it and has more than one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub apparent_power_va: Option<f64>,
    /// Power factor of all phases, where the meter tells it and has more than one; -1 to 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub power_factor: Option<f64>,
    /// Current in the neutral.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub neutral_current_a: Option<f64>,
    /// Mean power of the meter's demand period.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub demand_w: Option<f64>,
    /// Highest demand since it was last reset.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub maximum_demand_w: Option<f64>,
    /// Mains frequency.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub frequency_hz: Option<f64>,
}

/// One phase.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Phase {
    /// `L1`, `L2` or `L3`.
    pub phase: String,
    /// Voltage to neutral.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub voltage_v: Option<f64>,
    /// Current.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub current_a: Option<f64>,
    /// Active power, negative when given to the network.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub active_power_w: Option<f64>,
    /// Power factor, -1 to 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub power_factor: Option<f64>,
    /// Reactive power.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reactive_power_var: Option<f64>,
    /// Apparent power.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub apparent_power_va: Option<f64>,
    /// Total harmonic distortion of the voltage.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub voltage_thd_percent: Option<f64>,
    /// Total harmonic distortion of the current.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub current_thd_percent: Option<f64>,
}

/// Limits in force.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Limits {
    /// Active power above which the meter disconnects.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub power_w: Option<f64>,
    /// Demand (mean power over the meter's demand period) above which it notes or disconnects.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub demand_w: Option<f64>,
    /// Allowed difference between phases.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phase_unbalance_w: Option<f64>,
}

/// An object that could not be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// The object and attribute, as `read` takes them.
    pub object: String,
    /// The meter's reason, as a word.
    pub error: String,
}

/// Whether two writings name the same number: leading zeros, blanks, hyphens and case do not count.
pub fn same_number(left: &str, right: &str) -> bool {
    let plain = |text: &str| {
        let text: String = text.chars().filter(|c| !c.is_whitespace() && *c != '-').collect();
        text.trim_start_matches('0').to_ascii_lowercase()
    };
    plain(left) == plain(right)
}

/// A part of a status of which something is known.
pub fn known<T: Default + PartialEq>(part: T) -> Option<T> {
    (part != T::default()).then_some(part)
}

#[cfg(test)]
mod tests {
    use super::same_number;

    #[test]
    fn numbers_are_compared_without_leading_zeros() {
        assert!(same_number("01234567897", "1234567897"));
        assert!(same_number("GRX 88000018", "grx88000018"));
        assert!(!same_number("01234567897", "01234567898"));
    }
}
