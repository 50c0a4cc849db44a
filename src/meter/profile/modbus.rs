//! Register maps of Modbus meters.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::limits::{self, Limits};
use super::object::Role;
use crate::protocol::modbus::{OctetOrder, RegisterType, WordOrder};

/// One value of a Modbus meter.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RegisterPlace {
    /// Function it is read by: 1 (coil), 2 (discrete input), 3 (holding register) or 4 (input register).
    pub function: u8,
    /// First register or coil, counted from 0 as on the wire.
    pub register: u16,
    /// Form of the value.
    #[serde(rename = "type")]
    pub kind: RegisterType,
    /// Registers of what has no length by its type: `text`, `bcd`, `hex`, `digits`.
    pub length: Option<u16>,
    /// Order of its words where it differs from the map's.
    pub word_order: Option<WordOrder>,
    /// Order of the octets in each register where it differs from the map's.
    pub octet_order: Option<OctetOrder>,
    /// Of a `bit` in a register, which one, 0 the lowest.
    pub bit: Option<u8>,
    /// Of an integer, the lowest and the highest bit that belong to it.
    pub bits: Option<[u8; 2]>,
    /// Whether a named value stands in the status, in readings and wherever they go.
    #[serde(default)]
    pub show: bool,
    /// What the raw number is multiplied by to be in `unit`.
    #[serde(default = "one")]
    pub scale: f64,
    /// Unit, such as `V` or `kWh`.
    pub unit: Option<String>,
    /// Smallest sane value in `unit`, before `scale_by`; what lies below is a reading gone wrong, such as swapped words.
    pub minimum: Option<f64>,
    /// Largest sane value in `unit`, before `scale_by`.
    pub maximum: Option<f64>,
    /// Smallest and largest sane value, in short.
    pub limits: Option<[f64; 2]>,
    /// Raw numbers, before scaling, that mean "not available", by the signed or the unsigned reading of the registers.
    #[serde(default)]
    pub absent: Vec<RawNumber>,
    /// The named register that holds the ratio of the meter's own transformers, by which the value is multiplied; two
    /// names with `*` between them are both.
    pub scale_by: Option<String>,
    /// The named value, a bit or a number, that says by anything but 0 that this one is negative: some meters keep a
    /// power's amount and its direction apart.
    pub negative_when: Option<String>,
    /// Of a named value that is one of several: the first and the last number behind its name, such as the orders 2 and
    /// 31 of harmonics.
    pub series: Option<[u16; 2]>,
    /// Registers from one value of a series to the next; as many as one takes where left out.
    pub step: Option<u16>,
}

impl RegisterPlace {
    /// Registers the value takes.
    pub fn registers(&self) -> u16 {
        registers(self.kind, self.length)
    }

    /// Smallest sane value, where there is one.
    pub fn low(&self) -> Option<f64> {
        self.limits.map(|[low, _]| low).or(self.minimum)
    }

    /// Largest sane value, where there is one.
    pub fn high(&self) -> Option<f64> {
        self.limits.map(|[_, high]| high).or(self.maximum)
    }

    /// Whether `value`, in the place's unit, is one the meter can mean.
    pub fn is_sane(&self, value: f64) -> bool {
        limits::contain(self.low(), self.high(), value)
    }

    /// Whether a raw number, read without and with a sign, means "not available".
    pub fn is_absent(&self, unsigned: u64, signed: i64) -> bool {
        self.absent.iter().any(|RawNumber(absent)| *absent == i128::from(unsigned) || *absent == i128::from(signed))
    }

    /// The limits in words, such as `0 to 600 V`.
    pub fn limits_in_words(&self) -> String {
        limits::in_words(self.low(), self.high(), self.unit.as_deref())
    }
}

/// The raw number of a register, as it is or in quoted hex such as `"0xFFFFFFFFFFFFFFFF"`, for which the integers of
/// TOML are too short.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RawNumber(pub i128);

impl<'de> Deserialize<'de> for RawNumber {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged, expecting = "a whole number, or one in quoted hex such as \"0xFFFFFFFF\"")]
        enum Written {
            Number(i64),
            Hex(String),
        }
        match Written::deserialize(deserializer)? {
            Written::Number(number) => Ok(RawNumber(i128::from(number))),
            Written::Hex(text) => {
                let digits = text.strip_prefix("0x").or_else(|| text.strip_prefix("0X"));
                let number = digits.and_then(|digits| u64::from_str_radix(digits, 16).ok());
                number
                    .map(|number| RawNumber(i128::from(number)))
                    .ok_or_else(|| serde::de::Error::custom(format!("{text:?} is not up to 16 hex digits behind 0x")))
            }
        }
    }
}

fn one() -> f64 {
    1.0
}

/// A question by which `scan` tells models apart; it only reads.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Probe {
    /// Function it is read by, 1 to 4.
    pub function: u8,
    /// First register, counted from 0.
    pub register: u16,
    /// Form of the value.
    #[serde(rename = "type")]
    pub kind: RegisterType,
    /// Registers of a text.
    pub length: Option<u16>,
    /// What the raw number is multiplied by before it is compared.
    #[serde(default = "one")]
    pub scale: f64,
    /// Smallest value of such a meter.
    pub minimum: Option<f64>,
    /// Largest value of such a meter.
    pub maximum: Option<f64>,
    /// The beginning of the text.
    pub text: Option<String>,
    /// Whether the value is the unit's own address.
    #[serde(default)]
    pub is_unit: bool,
    /// Whether a meter that refuses the registers passes, too.
    #[serde(default)]
    pub or_refused: bool,
}

impl Probe {
    /// Registers it reads.
    pub fn registers(&self) -> u16 {
        registers(self.kind, self.length)
    }
}

fn registers(kind: RegisterType, length: Option<u16>) -> u16 {
    if kind.has_length() { length.unwrap_or(1).max(1) } else { kind.registers() }
}

/// A condition that a unit reports as a bit or as a number.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FlagPlace {
    /// Function it is read by, 1 to 4.
    pub function: u8,
    /// Register or coil, counted from 0.
    pub register: u16,
    /// Which bit of the register, 0 the lowest; the whole register where left out.
    pub bit: Option<u8>,
    /// What stands there while the condition holds; anything but 0 where left out.
    pub is: Option<u16>,
}

impl FlagPlace {
    /// Whether the condition holds by what was read.
    pub fn holds(&self, register: u16) -> bool {
        let found = bit_of(register, self.bit);
        self.is.map_or(found != 0, |wanted| found == wanted)
    }
}

/// A bit of a register, or the register as a whole.
pub fn bit_of(register: u16, bit: Option<u8>) -> u16 {
    bit.map_or(register, |bit| register.checked_shr(bit.into()).unwrap_or_default() & 1)
}

/// What is written to a unit before it takes a write, such as a code that opens its settings.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Unlock {
    /// Holding register, counted from 0.
    pub register: u16,
    /// Form of the value.
    #[serde(rename = "type")]
    pub kind: RegisterType,
    /// The value.
    pub value: f64,
    /// The value that closes the settings again, where the unit does not do so by itself.
    pub lock: Option<f64>,
}

/// A part of a clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ClockPart {
    /// Year, of the century or in full.
    Year,
    /// Month, 1 to 12.
    Month,
    /// Day of the month.
    Day,
    /// Hour.
    Hour,
    /// Minute.
    Minute,
    /// Second.
    Second,
    /// Not looked at; written as 0.
    Unused,
}

/// How the parts of a clock stand in its registers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ClockForm {
    /// One register a part.
    Registers,
    /// Two parts a register, the high octet first.
    Octets,
    /// Seconds since 1970 in two registers.
    UnixSeconds,
}

/// The clock of a Modbus meter, in holding registers.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClockPlace {
    /// First register, counted from 0.
    pub register: u16,
    /// How the parts stand.
    pub form: ClockForm,
    /// The parts in order; none for seconds since 1970.
    #[serde(default)]
    pub parts: Vec<ClockPart>,
    /// Whether each part is two decimal digits rather than a number.
    #[serde(default)]
    pub bcd: bool,
}

impl ClockPlace {
    /// Registers the clock takes.
    pub fn registers(&self) -> u16 {
        let parts = u16::try_from(self.parts.len()).unwrap_or(u16::MAX);
        match self.form {
            ClockForm::Registers => parts,
            ClockForm::Octets => parts.div_ceil(2),
            ClockForm::UnixSeconds => 2,
        }
    }
}

/// The supply relay of a Modbus meter, in a register of 16 bits, one of its bits, or a coil.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RelayPlace {
    /// Function its state is read by, 1 to 4; 3 where left out.
    #[serde(default = "holding")]
    pub function: u8,
    /// Register or coil of its state, counted from 0.
    pub register: u16,
    /// Which bit of the register, 0 the lowest; the whole register where left out.
    pub bit: Option<u8>,
    /// Number that means closed.
    pub closed: u16,
    /// Number that means open.
    pub open: u16,
    /// Register or coil of the order, where it is another one.
    pub order_register: Option<u16>,
    /// Function of the order: 5 writes a coil, 6 a register. Where left out, 5 for a relay that is a coil, else 6.
    pub order_function: Option<u8>,
    /// Number that closes, where it is another one.
    pub close_order: Option<u16>,
    /// Number that opens, where it is another one.
    pub open_order: Option<u16>,
}

impl RelayPlace {
    /// Whether the order is written to a coil.
    pub fn is_ordered_by_coil(&self) -> bool {
        self.order_function.map_or(self.function == 1, |function| function == 5)
    }
}

fn holding() -> u8 {
    3
}

/// Modbus defaults.
#[derive(Debug, Clone, PartialEq, Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub struct ModbusProfile {
    /// Unit where the user names none.
    pub unit: Option<u8>,
    /// Which register of a value comes first.
    #[serde(default)]
    pub word_order: WordOrder,
    /// Which octet of a register comes first.
    #[serde(default)]
    pub octet_order: OctetOrder,
    /// Function of places that name none.
    pub function: Option<u8>,
    /// Type of places that name none.
    #[serde(rename = "type")]
    pub kind: Option<RegisterType>,
    /// Shortest pause before each request, in milliseconds, for units that need more than the standard's.
    pub pause_ms: Option<u32>,
    /// Most wake-up requests to a unit that sleeps; what comes back is not looked at.
    #[serde(default)]
    pub wake_up: u8,
    /// Least number of repeats of an unanswered read, up to 10.
    pub repeat: Option<u32>,
    /// Most registers the meter gives in one answer; 125 where the maker says nothing.
    pub longest_read: Option<u16>,
    /// Unused registers that may be read over to save a request; 0 where holes are refused.
    #[serde(default)]
    pub bridge: u16,
    /// Whether the meter describes itself by SunSpec models; then `registers` may be empty.
    #[serde(default)]
    pub sunspec: bool,
    /// What the values of a meter that describes itself can be, in the units of the status.
    #[serde(default)]
    pub limits: BTreeMap<Role, Limits>,
    /// Whether only registers named on the command line are read: a unit of which no map is known.
    #[serde(default)]
    pub bare: bool,
    /// Where each value is.
    #[serde(default)]
    pub registers: BTreeMap<Role, RegisterPlace>,
    /// What else can be read and written by name.
    #[serde(default)]
    pub named: BTreeMap<String, RegisterPlace>,
    /// Tamper conditions, by the words of a status.
    #[serde(default)]
    pub tamper: BTreeMap<String, FlagPlace>,
    /// Alarms, by the words of a status.
    #[serde(default)]
    pub alarms: BTreeMap<String, FlagPlace>,
    /// What opens the settings for a write.
    pub unlock: Option<Unlock>,
    /// The clock.
    pub clock: Option<ClockPlace>,
    /// The supply relay.
    pub relay: Option<RelayPlace>,
    /// Active power above which the meter disconnects, in holding registers.
    pub power_limit: Option<RegisterPlace>,
    /// The value of the power limit, in its unit, that means none.
    pub no_power_limit: Option<f64>,
    /// By what it is told apart from other models; all must hold.
    #[serde(default)]
    pub probe: Vec<Probe>,
    /// The register in which the maker's code of the model stands: it decides where other probes leave doubt.
    pub model_code: Option<ModelCode>,
}

/// A maker's code of a model.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ModelCode {
    /// Holding register, counted from 0.
    pub register: u16,
    /// What it holds in this model.
    pub code: u16,
}
