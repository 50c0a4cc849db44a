//! What differs between meters that speak Modbus.

use serde::{Deserialize, Serialize};

/// How a model speaks Modbus RTU.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ModbusRule {
    /// Registers one read may ask for; more earns exception 3.
    pub longest_read: u16,
    /// Whether settings are locked, as long as nobody presses the key on the meter: writing earns exception 4.
    pub settings_locked: bool,
    /// Milliseconds before an answer.
    pub reaction_ms: u32,
}

impl Default for ModbusRule {
    fn default() -> Self {
        ModbusRule { longest_read: 80, settings_locked: false, reaction_ms: 0 }
    }
}
