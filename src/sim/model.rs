//! Meter models as data: what a simulated meter is made of, and the values that may be changed for one meter.

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use crate::sim::display::DisplayRule;
use crate::sim::face::dlt645::Dlt645Rule;
use crate::sim::face::modbus::ModbusRule;
use crate::sim::load_profile::LoadProfileRule;
use crate::sim::payment::{CreditRule, LockoutRule, PaymentRule, StartingKey};
use crate::sim::relay::RelayRule;
use crate::sim::security::SecurityRule;
use crate::sim::supply::SupplyRule;

/// The models that come with the program, by name; the first is the default.
const MODELS: [(&str, &str); 3] = [
    ("single-phase-keypad", include_str!("models/single-phase-keypad.toml")),
    ("split-din-rail-ciu", include_str!("models/split-din-rail-ciu.toml")),
    ("three-phase-ct", include_str!("models/three-phase-ct.toml")),
];

/// Why a model cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ModelError {
    /// There is no model of this name.
    #[error("there is no simulated model {0:?}; there are {known}", known = Model::names().collect::<Vec<_>>().join(", "))]
    Unknown(String),
    /// A value cannot be changed as asked.
    #[error("model value {name}: {reason}")]
    BadChange {
        /// Dotted name of the value.
        name: String,
        /// What is wrong, in one clause.
        reason: String,
    },
}

/// Everything that makes one kind of meter differ from another.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Model {
    /// Name, as in `?model=`.
    pub name: String,
    /// One line for lists.
    pub description: String,
    /// Three letters of the maker, as used in identifications.
    pub manufacturer: String,
    /// Type printed on the label.
    pub type_name: String,
    /// Version of the firmware.
    pub firmware: String,
    /// When it left the factory; its TID store begins there.
    #[serde(with = "time::serde::rfc3339")]
    pub manufactured: OffsetDateTime,
    /// Days of load profile a fresh meter has behind it.
    pub history_days: u32,
    /// Entries of the event log.
    pub event_log_entries: usize,
    /// What the decoder key is made of at the start.
    pub key: StartingKey,
    /// How tokens are taken.
    pub payment: PaymentRule,
    /// Pauses after wrong entries.
    pub lockout: LockoutRule,
    /// Amounts of credit.
    pub credit: CreditRule,
    /// Supply and load.
    pub supply: SupplyRule,
    /// The load switch.
    pub relay: RelayRule,
    /// The load profile.
    pub load_profile: LoadProfileRule,
    /// What the display shows.
    pub display: DisplayRule,
    /// What it speaks on the line.
    pub faces: FaceRule,
    /// How the DLMS client that manages it proves itself.
    #[serde(default)]
    pub security: SecurityRule,
    /// How it speaks DL/T 645, where that face is asked for.
    #[serde(default)]
    pub dlt645: Dlt645Rule,
    /// How it speaks Modbus RTU, where that face is asked for.
    #[serde(default)]
    pub modbus: ModbusRule,
}

/// What a meter speaks on the line. It tells HDLC from ASCII by the first bytes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FaceRule {
    /// DLMS/COSEM over HDLC.
    pub dlms: bool,
    /// IEC 62056-21 mode C.
    pub iec62056_21: bool,
    /// The ASCII sign-on that leads to HDLC (mode E); needs both of the above.
    pub mode_e: bool,
    /// What DLMS client 16 may do.
    pub public_access: PublicAccess,
    /// Whether a ciphered request with a counter that is not above the last one is refused.
    pub checks_invocation_counter: bool,
    /// Largest application message in octets; longer answers go in blocks.
    pub max_pdu: u16,
    /// Most attributes of one GET; 0 for no limit.
    #[serde(default)]
    pub longest_list: usize,
    /// Largest HDLC information field in octets; longer messages go in segments.
    pub max_info_field: u16,
    /// HDLC frames in a row, 1 to 7.
    #[serde(default = "one")]
    pub hdlc_window: u8,
    /// Whether long answers go in general blocks, where the client takes them.
    #[serde(default)]
    pub general_blocks: bool,
    /// Whether lists of attributes are taken by ACCESS alone.
    #[serde(default)]
    pub access_only: bool,
    /// Whether objects are named by short names, and by no others.
    #[serde(default)]
    pub short_names: bool,
    /// Password of DLMS client 32.
    pub lls_password: String,
    /// Password of IEC 62056-21 programming mode, eight digits.
    pub iec_password: String,
    /// Milliseconds before an answer in IEC 62056-21.
    pub iec_reaction_ms: u32,
}

/// What a client without authentication may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PublicAccess {
    /// Everything, so that a first try needs no keys.
    Open,
    /// Read the nameplate and the clock.
    Nameplate,
}

impl Model {
    /// Names of the models, the default first.
    pub fn names() -> impl Iterator<Item = &'static str> {
        MODELS.iter().map(|(name, _)| *name)
    }

    /// Name of the model that is taken when none is named.
    pub fn default_name() -> &'static str {
        MODELS[0].0
    }

    /// A model by name, with values changed: each a dotted name such as `lockout.after` and the text of the value.
    ///
    /// # Errors
    /// [`ModelError`] for an unknown model, an unknown name, or a value that does not fit.
    pub fn with_changes<'a>(
        name: &str,
        changes: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> Result<Self, ModelError> {
        let (_, text) =
            MODELS.iter().find(|(known, _)| *known == name).ok_or_else(|| ModelError::Unknown(name.to_owned()))?;
        let wrong = |error: toml::de::Error| bad(name, error.message().to_owned());
        let as_written = Model::deserialize(text.parse::<toml::Table>().map_err(wrong)?).map_err(wrong)?;
        // Every value has its place, also those that the file leaves to their default.
        let mut table = toml::Table::try_from(&as_written).map_err(|error| bad(name, error.to_string()))?;
        for (path, value) in changes {
            change(&mut table, path, value)?;
            Model::deserialize(table.clone()).map_err(|error| bad(path, error.message().to_owned()))?;
        }
        let model = Model::deserialize(table).map_err(wrong)?;
        model.check()?;
        Ok(model)
    }

    /// A model by name.
    ///
    /// # Errors
    /// [`ModelError::Unknown`].
    pub fn named(name: &str) -> Result<Self, ModelError> {
        Model::with_changes(name, [])
    }

    fn check(&self) -> Result<(), ModelError> {
        if !matches!(self.supply.phases, 1 | 3) {
            return Err(bad("supply.phases", "a meter has 1 or 3".to_owned()));
        }
        if self.supply.nominal_v == 0 || self.supply.nominal_v > 500 {
            return Err(bad("supply.nominal_v", "must be 1 to 500".to_owned()));
        }
        if self.faces.max_pdu < 64 {
            return Err(bad("faces.max_pdu", "must be at least 64".to_owned()));
        }
        if !(32..=1024).contains(&self.faces.max_info_field) {
            return Err(bad("faces.max_info_field", "must be 32 to 1024".to_owned()));
        }
        if !(1..=7).contains(&self.faces.hdlc_window) {
            return Err(bad("faces.hdlc_window", "must be 1 to 7".to_owned()));
        }
        self.security.check().map_err(|(name, reason)| bad(name, reason.to_owned()))?;
        self.dlt645.check().map_err(|(name, reason)| bad(name, reason.to_owned()))?;
        self.payment.check().map_err(|(name, reason)| bad(name, reason))
    }
}

const fn one() -> u8 {
    1
}

fn bad(name: &str, reason: String) -> ModelError {
    ModelError::BadChange { name: name.to_owned(), reason }
}

/// Sets the value at a dotted path, in the type it has in the model.
fn change(table: &mut toml::Table, path: &str, text: &str) -> Result<(), ModelError> {
    let mut place = table;
    let (section, name) = match path.rsplit_once('.') {
        Some((section, name)) => (Some(section), name),
        None => (None, path),
    };
    for part in section.into_iter().flat_map(|section| section.split('.')) {
        place = match place.get_mut(part) {
            Some(toml::Value::Table(inner)) => inner,
            _ => return Err(bad(path, format!("the model has no section {part:?}"))),
        };
    }
    let old = place.get_mut(name).ok_or_else(|| bad(path, "the model has no such value".to_owned()))?;
    *old = match old {
        toml::Value::String(_) => toml::Value::String(text.to_owned()),
        _ => text
            .parse::<toml::Value>()
            .or_else(|_| {
                format!("value = {text}")
                    .parse::<toml::Table>()
                    .map(|mut table| table.remove("value").unwrap_or(toml::Value::Boolean(false)))
            })
            .map_err(|_| bad(path, format!("{text:?} is not a value")))?,
    };
    Ok(())
}
