//! Exceptions: the unit answers and says no.

use std::fmt;

/// The code of an exception answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ExceptionCode {
    /// 1: the unit lacks the function.
    IllegalFunction,
    /// 2: the unit lacks a register of the range.
    IllegalDataAddress,
    /// 3: a value it will not take.
    IllegalValue,
    /// 4: the unit failed.
    DeviceFailure,
    /// 6: busy, to be asked again.
    Busy,
    /// 0Bh: a gateway found no unit.
    GatewayNoAnswer,
    /// Any other number.
    Other(u8),
}

impl ExceptionCode {
    /// From the octet on the wire.
    pub const fn from_octet(octet: u8) -> Self {
        match octet {
            1 => ExceptionCode::IllegalFunction,
            2 => ExceptionCode::IllegalDataAddress,
            3 => ExceptionCode::IllegalValue,
            4 => ExceptionCode::DeviceFailure,
            6 => ExceptionCode::Busy,
            0x0B => ExceptionCode::GatewayNoAnswer,
            other => ExceptionCode::Other(other),
        }
    }

    /// The octet on the wire.
    pub const fn octet(self) -> u8 {
        match self {
            ExceptionCode::IllegalFunction => 1,
            ExceptionCode::IllegalDataAddress => 2,
            ExceptionCode::IllegalValue => 3,
            ExceptionCode::DeviceFailure => 4,
            ExceptionCode::Busy => 6,
            ExceptionCode::GatewayNoAnswer => 0x0B,
            ExceptionCode::Other(octet) => octet,
        }
    }
}

impl fmt::Display for ExceptionCode {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ExceptionCode::IllegalFunction => formatter.write_str("the unit does not know the function (exception 1)"),
            ExceptionCode::IllegalDataAddress => formatter.write_str("the unit has no such register (exception 2)"),
            ExceptionCode::IllegalValue => formatter.write_str("the unit does not take the value (exception 3)"),
            ExceptionCode::DeviceFailure => formatter.write_str("the unit failed (exception 4)"),
            ExceptionCode::Busy => formatter.write_str("the unit is busy (exception 6)"),
            ExceptionCode::GatewayNoAnswer => {
                formatter.write_str("the gateway got no answer from the unit (exception 11)")
            }
            ExceptionCode::Other(octet) => write!(formatter, "exception {octet}"),
        }
    }
}
