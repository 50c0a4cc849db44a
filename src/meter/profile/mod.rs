//! Model profiles: what must be known of a meter before its first byte, as data.
//!
//! A profile is a TOML file. The built-in ones lie under `data/profiles` and are part of the program; the user's own
//! folder and a file named on the command line come before them. A profile may extend another and then holds only
//! what differs. Every value carries its source in the `[sources]` table; [`check`] says which do not.

pub mod check;
pub mod dlt645;
pub mod library;
mod limits;
pub mod modbus;
pub mod object;
mod protocol;
mod series;
pub mod skeleton;
pub mod token;
pub mod units;

use serde::Deserialize;
use time::UtcOffset;

use crate::keys::DlmsAuthentication;
use crate::link::{LineSettings, Parity};
use crate::meter::time::parse_offset;
use crate::protocol::dlms::ManufacturerHls;

pub use dlt645::{Dlt645Profile, ItemPlace, KeypadCode, KeypadValue, PasswordForm, RecordPlace};
pub use library::{Library, Listed, Origin, ProfileError};
pub use limits::Limits;
pub use modbus::{ModbusProfile, RegisterPlace};
pub use object::{ObjectPattern, ObjectPlace, ObjectRole, Role};
pub use protocol::Protocol;
pub use token::TokenProfile;

/// Everything known of a model, after what it extends has been filled in.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Profile {
    /// Name to choose it by: lower-case words and hyphens.
    pub name: String,
    /// One line for `profiles list`.
    pub description: String,
    /// The protocol spoken.
    pub protocol: Protocol,
    /// Profile this one is built on.
    pub extends: Option<String>,
    /// Maker's name.
    pub maker: Option<String>,
    /// Models it was made for.
    #[serde(default)]
    pub models: Vec<String>,
    /// Beginnings of IEC 62056-21 identifications (after the slash) by which `scan` proposes this profile.
    #[serde(default)]
    pub identification: Vec<String>,
    /// Beginnings of logical device names (DLMS) by which this profile is chosen when none is named.
    #[serde(default)]
    pub device_names: Vec<String>,
    /// Serial line.
    #[serde(default)]
    pub line: LineProfile,
    /// DLMS association.
    #[serde(default)]
    pub dlms: DlmsProfile,
    /// IEC 62056-21 sign-on and programming mode.
    #[serde(default)]
    pub iec62056_21: Iec62056_21Profile,
    /// DL/T 645 items.
    #[serde(default)]
    pub dlt645: Dlt645Profile,
    /// Modbus registers.
    #[serde(default)]
    pub modbus: ModbusProfile,
    /// The meter's clock.
    #[serde(default)]
    pub clock: ClockProfile,
    /// Where the values are.
    #[serde(default)]
    pub objects: std::collections::BTreeMap<Role, ObjectRole>,
    /// How tokens go in and where results are read.
    #[serde(default)]
    pub token: TokenProfile,
    /// Source of every value, by dotted path or a beginning of one.
    #[serde(default)]
    pub sources: std::collections::BTreeMap<String, String>,
}

/// How HDLC begins on the line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Default)]
#[serde(rename_all = "kebab-case")]
pub enum Opening {
    /// HDLC from the first byte.
    #[default]
    Direct,
    /// IEC 62056-21 sign-on at 300 baud, then the change to HDLC (mode E).
    ModeE,
}

/// Sign of the deviation in a COSEM date-time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Default)]
#[serde(rename_all = "kebab-case")]
pub enum Deviation {
    /// Local time plus deviation is UTC (Blue Book, 4.1.6.1).
    #[default]
    Standard,
    /// UTC plus deviation is local time, as Indian, Saudi and Italian meters have it.
    Inverted,
}

/// What is known of the clocks of a model.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub struct ClockProfile {
    /// Sign of the deviation.
    #[serde(default)]
    pub deviation: Deviation,
    /// Offset from UTC, such as `+02:00`, of meters that do not tell their own.
    #[serde(default, deserialize_with = "utc_offset")]
    utc_offset: Option<UtcOffset>,
}

impl ClockProfile {
    /// Offset from UTC of meters that do not tell their own.
    pub fn utc_offset(&self) -> Option<UtcOffset> {
        self.utc_offset
    }

    /// The true offset of a meter whose deviation tells this one by the sign of the standard.
    pub fn true_offset(&self, told: Option<UtcOffset>) -> Option<UtcOffset> {
        match self.deviation {
            Deviation::Standard => told,
            Deviation::Inverted => told.map(|offset| -offset),
        }
    }
}

fn utc_offset<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<UtcOffset>, D::Error> {
    let text = String::deserialize(deserializer)?;
    let wrong = || serde::de::Error::custom(format!("{text:?} is not an offset from UTC such as \"+02:00\""));
    parse_offset(&text).map(Some).ok_or_else(wrong)
}

/// Defaults of the serial line; what the link itself says goes before them.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub struct LineProfile {
    /// Speed in bit/s.
    pub baud: Option<u32>,
    /// Character form such as `8n1` or `7e1`.
    pub frame: Option<CharacterForm>,
    /// How HDLC begins.
    #[serde(default)]
    pub opening: Opening,
    /// Longest pause inside a frame, in milliseconds, for heads and meters that make longer ones than the protocol
    /// allows.
    pub gap_ms: Option<u32>,
}

impl LineProfile {
    /// The settings, where both speed and form are given.
    pub fn settings(&self) -> Option<LineSettings> {
        let form = self.frame?;
        Some(LineSettings { baud: self.baud?, ..form.0 })
    }
}

/// Character form of a line, as in `8n1`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CharacterForm(LineSettings);

impl<'de> Deserialize<'de> for CharacterForm {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let wrong = || serde::de::Error::custom(format!("{text:?} is not a character form such as \"8n1\""));
        let bytes: [u8; 3] = text.as_bytes().try_into().map_err(|_| wrong())?;
        let [data, parity, stop] = bytes;
        Ok(CharacterForm(LineSettings {
            baud: 0,
            data_bits: match data {
                b'7' => 7,
                b'8' => 8,
                _ => return Err(wrong()),
            },
            parity: match parity.to_ascii_lowercase() {
                b'n' => Parity::None,
                b'e' => Parity::Even,
                b'o' => Parity::Odd,
                _ => return Err(wrong()),
            },
            stop_bits: match stop {
                b'1' => 1,
                b'2' => 2,
                _ => return Err(wrong()),
            },
        }))
    }
}

/// One client the meter knows.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClientProfile {
    /// What it is for, such as `public`, `reader`, `manager`.
    pub name: String,
    /// Client address (SAP), 1 to 127.
    pub client: u8,
    /// How it proves itself.
    pub auth: DlmsAuthentication,
    /// Whether the meter holds its association open, without being asked for one.
    #[serde(default)]
    pub pre_established: bool,
    /// Object that holds its invocation counter, as `CLASS/OBIS`; that of the role `invocation-counter` when absent.
    pub counter: Option<ObjectPattern>,
}

/// DLMS association defaults.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub struct DlmsProfile {
    /// Server address `logical/physical`, with `@1`, `@2` or `@4` to force its length.
    pub address: Option<String>,
    /// Clients, the one for anybody first.
    #[serde(default)]
    pub clients: Vec<ClientProfile>,
    /// How the maker transforms the challenge in mechanism 2 of high level security.
    pub manufacturer_hls: Option<ManufacturerHls>,
    /// Whether general block transfer is offered.
    pub general_block_transfer: Option<bool>,
    /// Blocks of general block transfer to take in a row, 1 to 63; 1 when absent.
    pub general_block_window: Option<u8>,
    /// Whether ACCESS is offered, which reads several attributes at once where a meter takes no lists.
    pub access: Option<bool>,
    /// HDLC frames to send and take in a row, 1 to 7; 1 when absent.
    pub hdlc_window: Option<u8>,
    /// Longest HDLC information field to propose, in octets; `information` in files of earlier versions.
    #[serde(alias = "information")]
    pub max_info_field: Option<u16>,
    /// Longest APDU to propose, in octets.
    pub pdu: Option<u16>,
    /// Objects anybody may read in every meter of this model, which tell model and firmware: with them the object
    /// list of one meter serves all of the same firmware.
    #[serde(default)]
    pub identity: Vec<ObjectPattern>,
}

impl DlmsProfile {
    /// The client that needs no proof.
    pub fn public_client(&self) -> Option<&ClientProfile> {
        self.clients.iter().find(|client| client.auth == DlmsAuthentication::None && !client.pre_established)
    }
}

/// IEC 62056-21 defaults.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub struct Iec62056_21Profile {
    /// Device address; empty on an optical port.
    pub address: Option<String>,
    /// Level of the password command, 1 for P1 or 2 for P2.
    pub password_level: Option<u8>,
    /// Whether the meter has a readout; without one its registers are read one by one.
    pub readout: Option<bool>,
    /// Highest speed to ask for, in bit/s; the meter's own proposal when absent.
    pub max_baud: Option<u32>,
    /// Wait between the option select and the change of speed, in milliseconds, for heads and meters that need one.
    pub switch_delay_ms: Option<u32>,
    /// Whether the meter runs on a battery and must be woken with NUL characters before the sign-on.
    pub wake_up: Option<bool>,
    /// How long a wrong password shuts the port, in seconds: no further try is made before.
    pub lockout_s: Option<u32>,
}

#[cfg(test)]
mod tests;
