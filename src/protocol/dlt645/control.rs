//! Control codes of both editions, and the error bits a meter answers with.

use std::fmt;

/// Which edition of the protocol a meter speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Edition {
    /// DL/T 645-2007: four-octet identifiers, control codes from 11h.
    E2007,
    /// DL/T 645-1997: two-octet identifiers, control codes from 01h.
    E1997,
}

/// What a request asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Service {
    /// Set the clock of every meter on the line; never answered.
    BroadcastTime,
    /// Read one item.
    Read,
    /// Read the next part of a long item.
    ReadFollowing,
    /// Ask the only meter on the line for its address.
    ReadAddress,
    /// Write one item.
    Write,
    /// Give the only meter on the line an address.
    WriteAddress,
    /// Freeze the registers.
    Freeze,
    /// Change the speed.
    ChangeSpeed,
    /// Change a password.
    ChangePassword,
    /// Clear the maximum demand.
    ClearDemand,
    /// Clear the meter.
    ClearMeter,
    /// Clear the event logs.
    ClearEvents,
    /// Relay, alarm and keep-supplied orders.
    Control,
    /// What a person keys in at an STS customer unit.
    Keypad,
    /// Secured exchange with the meter's security module (ESAM).
    Security,
}

/// Set in the control octet of every answer.
pub(super) const REPLY: u8 = 0x80;
/// Set beside [`REPLY`] when the meter refuses.
pub(super) const REFUSED: u8 = 0x40;
/// Set when more of the item follows.
pub(super) const MORE: u8 = 0x20;

const CODES_2007: &[(Service, u8)] = &[
    (Service::Security, 0x03),
    (Service::BroadcastTime, 0x08),
    (Service::Read, 0x11),
    (Service::ReadFollowing, 0x12),
    (Service::ReadAddress, 0x13),
    (Service::Write, 0x14),
    (Service::WriteAddress, 0x15),
    (Service::Freeze, 0x16),
    (Service::ChangeSpeed, 0x17),
    (Service::ChangePassword, 0x18),
    (Service::ClearDemand, 0x19),
    (Service::ClearMeter, 0x1A),
    (Service::ClearEvents, 0x1B),
    (Service::Control, 0x1C),
];

const CODES_1997: &[(Service, u8)] = &[
    (Service::Keypad, 0x00),
    (Service::Read, 0x01),
    (Service::ReadFollowing, 0x02),
    (Service::Write, 0x04),
    (Service::BroadcastTime, 0x08),
    (Service::WriteAddress, 0x0A),
    (Service::ChangeSpeed, 0x0C),
    (Service::ChangePassword, 0x0F),
];

impl Edition {
    fn codes(self) -> &'static [(Service, u8)] {
        match self {
            Edition::E2007 => CODES_2007,
            Edition::E1997 => CODES_1997,
        }
    }

    /// The control octet of a request, or `None` when the edition lacks the service.
    pub fn code(self, service: Service) -> Option<u8> {
        self.codes().iter().find(|(known, _)| *known == service).map(|(_, code)| *code)
    }

    /// The service of a control octet, whatever its answer flags.
    pub fn service(self, control: u8) -> Option<Service> {
        let code = control & !(REPLY | REFUSED | MORE);
        self.codes().iter().find(|(_, known)| *known == code).map(|(service, _)| *service)
    }
}

/// The octet with which a meter refuses, bit by bit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ErrorBits(pub u8);

/// Names of the bits, lowest first.
const ERROR_NAMES: [&str; 7] = [
    "other error",
    "no such data",
    "wrong password or not permitted",
    "speed cannot be changed",
    "too many yearly zones",
    "too many daily slots",
    "too many tariffs",
];

impl ErrorBits {
    /// Bit 0: something the other bits do not name.
    pub const OTHER: ErrorBits = ErrorBits(0x01);
    /// Bit 1: no such item, or no such part of it.
    pub const NO_DATA: ErrorBits = ErrorBits(0x02);
    /// Bit 2: the password is wrong or does not give the right; also while the meter is locked.
    pub const PASSWORD: ErrorBits = ErrorBits(0x04);
    /// Bit 3: the speed cannot be changed.
    pub const SPEED: ErrorBits = ErrorBits(0x08);

    /// Whether the password or the right is at fault: such a request is never repeated, the meter locks.
    pub fn is_password(self) -> bool {
        self.0 & 0x04 != 0
    }

    /// Whether the meter has no such item.
    pub fn is_no_data(self) -> bool {
        self.0 & 0x02 != 0
    }
}

impl fmt::Display for ErrorBits {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&str> = ERROR_NAMES
            .iter()
            .enumerate()
            .filter(|(bit, _)| self.0.checked_shr(u32::try_from(*bit).unwrap_or(8)).unwrap_or_default() & 1 == 1)
            .map(|(_, name)| *name)
            .collect();
        if names.is_empty() {
            write!(formatter, "error {:02X}h", self.0)
        } else {
            formatter.write_str(&names.join(", "))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_told_back() {
        for edition in [Edition::E2007, Edition::E1997] {
            for (service, code) in edition.codes() {
                assert_eq!(edition.code(*service), Some(*code));
                assert_eq!(edition.service(code | REPLY | MORE), Some(*service));
            }
        }
        assert_eq!(Edition::E1997.code(Service::Control), None);
    }

    #[test]
    fn error_bits_are_named() {
        assert_eq!(ErrorBits(0x04).to_string(), "wrong password or not permitted");
        assert_eq!(ErrorBits(0x03).to_string(), "other error, no such data");
        assert_eq!(ErrorBits(0x80).to_string(), "error 80h");
        assert!(ErrorBits(0x04).is_password() && ErrorBits(0x02).is_no_data());
    }
}
