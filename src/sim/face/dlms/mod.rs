//! The meter as COSEM objects: which there are, what they read, what may be written and done, and by whom.
//!
//! The layout follows the usual objects of payment meters; those under 0.0.96.50 are the simulator's own.

mod association;
mod catalogue;
mod image;
mod invoke;
mod payment;
mod plain;
mod profiles;
mod read;
mod registers;
mod session;
mod write;

pub use catalogue::{Access, CosemObject, Rights, catalogue};
pub use invoke::invoke;
pub use read::{Asker, read};
pub use session::{AUTHENTICATION_KEY, DlmsFace, ENCRYPTION_KEY, MANAGER_CLIENT, PUBLIC_CLIENT, READER_CLIENT};
pub use write::write;

use crate::protocol::dlms::{ClassId, ObisCode};

/// Logical names of the objects.
pub mod names {
    use super::ObisCode;

    /// COSEM logical device name.
    pub const DEVICE_NAME: ObisCode = ObisCode([0, 0, 42, 0, 0, 255]);
    /// Serial number.
    pub const SERIAL: ObisCode = ObisCode([0, 0, 96, 1, 0, 255]);
    /// Maker.
    pub const MANUFACTURER: ObisCode = ObisCode([0, 0, 96, 1, 1, 255]);
    /// Type.
    pub const TYPE: ObisCode = ObisCode([0, 0, 96, 1, 2, 255]);
    /// Firmware version.
    pub const FIRMWARE: ObisCode = ObisCode([1, 0, 0, 2, 0, 255]);
    /// Highest invocation counter a client used.
    pub const INVOCATION_COUNTER: ObisCode = ObisCode([0, 0, 43, 1, 0, 255]);
    /// Code of the latest event.
    pub const EVENT_CODE: ObisCode = ObisCode([0, 0, 96, 11, 0, 255]);
    /// What the display shows.
    pub const DISPLAY: ObisCode = ObisCode([0, 0, 96, 13, 0, 255]);
    /// State of the token decoder: pending sections, last result, newest and oldest TID, lockout.
    pub const TOKEN_STATE: ObisCode = ObisCode([0, 0, 96, 50, 0, 255]);
    /// Token identifiers remembered.
    pub const TIDS: ObisCode = ObisCode([0, 0, 96, 50, 1, 255]);
    /// Why the load switch is open, as a word; empty when it is closed.
    pub const RELAY_REASON: ObisCode = ObisCode([0, 0, 96, 50, 2, 255]);
    /// Latched tamper conditions, as bits.
    pub const TAMPER: ObisCode = ObisCode([0, 0, 96, 50, 3, 255]);
    /// Alarms that hold now, as bits.
    pub const ALARMS: ObisCode = ObisCode([0, 0, 96, 50, 4, 255]);
    /// Limit of the difference between phases.
    pub const UNBALANCE_LIMIT: ObisCode = ObisCode([0, 0, 96, 50, 5, 255]);
    /// Clock.
    pub const CLOCK: ObisCode = ObisCode::CLOCK;
    /// Association in use.
    pub const ASSOCIATION: ObisCode = ObisCode::CURRENT_ASSOCIATION;
    /// Security setup.
    pub const SECURITY_SETUP: ObisCode = ObisCode::SECURITY_SETUP;
    /// Image transfer.
    pub const IMAGE_TRANSFER: ObisCode = ObisCode([0, 0, 44, 0, 0, 255]);
    /// Load switch.
    pub const RELAY: ObisCode = ObisCode([0, 0, 96, 3, 10, 255]);
    /// Power limiter.
    pub const LIMITER: ObisCode = ObisCode([0, 0, 17, 0, 0, 255]);
    /// Payment account.
    pub const ACCOUNT: ObisCode = ObisCode([0, 0, 19, 0, 0, 255]);
    /// Credit bought with tokens.
    pub const TOKEN_CREDIT: ObisCode = ObisCode([0, 0, 19, 10, 0, 255]);
    /// Credit lent in an emergency.
    pub const EMERGENCY_CREDIT: ObisCode = ObisCode([0, 0, 19, 10, 1, 255]);
    /// Charge for consumption.
    pub const CHARGE: ObisCode = ObisCode([0, 0, 19, 20, 0, 255]);
    /// Token gateway.
    pub const TOKEN_GATEWAY: ObisCode = ObisCode([0, 0, 19, 40, 0, 255]);
    /// STS key register.
    pub const STS_ATTRIBUTES: ObisCode = ObisCode([0, 0, 19, 60, 0, 255]);
    /// Load profile.
    pub const LOAD_PROFILE: ObisCode = ObisCode([1, 0, 99, 1, 0, 255]);
    /// Event log.
    pub const EVENT_LOG: ObisCode = ObisCode([0, 0, 99, 98, 0, 255]);
    /// Imported energy.
    pub const IMPORT: ObisCode = ObisCode([1, 0, 1, 8, 0, 255]);
    /// Exported energy.
    pub const EXPORT: ObisCode = ObisCode([1, 0, 2, 8, 0, 255]);
    /// Highest mean power.
    pub const MAXIMUM_DEMAND: ObisCode = ObisCode([1, 0, 1, 6, 0, 255]);
    /// Mean power of the running and the last period.
    pub const DEMAND: ObisCode = ObisCode([1, 0, 1, 4, 0, 255]);
    /// Active power of all phases.
    pub const POWER: ObisCode = ObisCode([1, 0, 1, 7, 0, 255]);
    /// Power factor of all phases.
    pub const POWER_FACTOR: ObisCode = ObisCode([1, 0, 13, 7, 0, 255]);
    /// Frequency.
    pub const FREQUENCY: ObisCode = ObisCode([1, 0, 14, 7, 0, 255]);

    /// Voltage of phase 1 to 3.
    pub const fn voltage(phase: u8) -> ObisCode {
        ObisCode([1, 0, 12 + 20 * phase, 7, 0, 255])
    }

    /// Current of phase 1 to 3.
    pub const fn current(phase: u8) -> ObisCode {
        ObisCode([1, 0, 11 + 20 * phase, 7, 0, 255])
    }

    /// Active power of phase 1 to 3.
    pub const fn power(phase: u8) -> ObisCode {
        ObisCode([1, 0, 16 + 20 * phase, 7, 0, 255])
    }

    /// Power factor of phase 1 to 3.
    pub const fn power_factor(phase: u8) -> ObisCode {
        ObisCode([1, 0, 13 + 20 * phase, 7, 0, 255])
    }
}
