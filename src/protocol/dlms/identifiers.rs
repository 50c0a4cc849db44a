//! Names of things in a meter: OBIS codes, interface classes, attributes and methods.

use std::fmt;
use std::str::FromStr;

use super::cursor::Cursor;
use super::data::Data;
use super::decode_error::DecodeError;

/// Why a text is no OBIS code.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("\"{0}\" is not an OBIS code; write six numbers 0 to 255 such as 1.0.1.8.0.255 or 1-0:1.8.0*255")]
pub struct ObisCodeError(String);

/// A logical name: value groups A to F.
///
/// ```
/// use wattkey::protocol::dlms::ObisCode;
/// assert_eq!("1-0:1.8.0*255".parse::<ObisCode>()?, "1.0.1.8.0.255".parse()?);
/// assert_eq!("1.0.1.8.0".parse::<ObisCode>()?.to_string(), "1.0.1.8.0.255");
/// # Ok::<(), wattkey::protocol::dlms::ObisCodeError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ObisCode(pub [u8; 6]);

impl ObisCode {
    /// The clock, 0.0.1.0.0.255.
    pub const CLOCK: ObisCode = ObisCode([0, 0, 1, 0, 0, 255]);
    /// The logical device name, 0.0.42.0.0.255.
    pub const LOGICAL_DEVICE_NAME: ObisCode = ObisCode([0, 0, 42, 0, 0, 255]);
    /// The association in use, 0.0.40.0.0.255.
    pub const CURRENT_ASSOCIATION: ObisCode = ObisCode([0, 0, 40, 0, 0, 255]);

    /// The usual security setup, 0.0.43.0.0.255.
    pub const SECURITY_SETUP: ObisCode = ObisCode([0, 0, 43, 0, 0, 255]);

    /// Reads the name from an octet string of six octets.
    pub fn from_data(data: &Data) -> Option<Self> {
        match data {
            Data::OctetString(octets) => octets.as_slice().try_into().ok().map(ObisCode),
            _ => None,
        }
    }
}

impl fmt::Display for ObisCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [a, b, c, d, e, last] = self.0;
        write!(f, "{a}.{b}.{c}.{d}.{e}.{last}")
    }
}

impl FromStr for ObisCode {
    type Err = ObisCodeError;

    /// Six numbers; any of `.`, `-`, `:`, `*` between them. The last may be missing and is then 255.
    fn from_str(text: &str) -> Result<Self, ObisCodeError> {
        let wrong = || ObisCodeError(text.to_owned());
        let mut groups = [255u8; 6];
        let mut count = 0usize;
        for part in text.split(['.', '-', ':', '*']) {
            if part.is_empty() || !part.bytes().all(|b| b.is_ascii_digit()) {
                return Err(wrong());
            }
            *groups.get_mut(count).ok_or_else(wrong)? = part.parse().map_err(|_| wrong())?;
            count = count.saturating_add(1);
        }
        if count < 5 { Err(wrong()) } else { Ok(ObisCode(groups)) }
    }
}

/// An interface class by number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ClassId(pub u16);

impl ClassId {
    /// Data.
    pub const DATA: ClassId = ClassId(1);
    /// Register.
    pub const REGISTER: ClassId = ClassId(3);
    /// Extended register.
    pub const EXTENDED_REGISTER: ClassId = ClassId(4);
    /// Demand register.
    pub const DEMAND_REGISTER: ClassId = ClassId(5);
    /// Profile generic.
    pub const PROFILE_GENERIC: ClassId = ClassId(7);
    /// Clock.
    pub const CLOCK: ClassId = ClassId(8);
    /// Script table.
    pub const SCRIPT_TABLE: ClassId = ClassId(9);
    /// Association LN.
    pub const ASSOCIATION_LN: ClassId = ClassId(15);
    /// Security setup.
    pub const SECURITY_SETUP: ClassId = ClassId(64);
    /// Push setup.
    pub const PUSH_SETUP: ClassId = ClassId(40);
    /// Image transfer.
    pub const IMAGE_TRANSFER: ClassId = ClassId(18);
    /// Disconnect control.
    pub const DISCONNECT_CONTROL: ClassId = ClassId(70);
    /// Limiter.
    pub const LIMITER: ClassId = ClassId(71);
    /// Account.
    pub const ACCOUNT: ClassId = ClassId(111);
    /// Credit.
    pub const CREDIT: ClassId = ClassId(112);
    /// Charge.
    pub const CHARGE: ClassId = ClassId(113);
    /// Token gateway.
    pub const TOKEN_GATEWAY: ClassId = ClassId(115);
    /// IEC 62055-41 attributes.
    pub const STS_ATTRIBUTES: ClassId = ClassId(116);

    /// The class's name, where this program knows it.
    pub const fn name(self) -> Option<&'static str> {
        Some(match self.0 {
            1 => "data",
            3 => "register",
            4 => "extended register",
            5 => "demand register",
            6 => "register activation",
            7 => "profile generic",
            8 => "clock",
            9 => "script table",
            11 => "special days table",
            12 => "association SN",
            15 => "association LN",
            17 => "SAP assignment",
            18 => "image transfer",
            19 => "IEC local port setup",
            20 => "activity calendar",
            21 => "register monitor",
            22 => "single action schedule",
            23 => "IEC HDLC setup",
            40 => "push setup",
            41 => "TCP-UDP setup",
            64 => "security setup",
            70 => "disconnect control",
            71 => "limiter",
            111 => "account",
            112 => "credit",
            113 => "charge",
            115 => "token gateway",
            116 => "IEC 62055-41 attributes",
            _ => return None,
        })
    }
}

impl fmt::Display for ClassId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.name() {
            Some(name) => write!(f, "{} ({name})", self.0),
            None => self.0.fmt(f),
        }
    }
}

/// An attribute of an object.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AttributeDescriptor {
    /// The object's class.
    pub class: ClassId,
    /// The object's name.
    pub instance: ObisCode,
    /// The attribute's number, from 1; 0 stands for all.
    pub attribute: i8,
}

impl AttributeDescriptor {
    /// Puts the three parts together.
    pub const fn new(class: ClassId, instance: ObisCode, attribute: i8) -> Self {
        AttributeDescriptor { class, instance, attribute }
    }

    pub(super) fn decode(cursor: &mut Cursor<'_>) -> Result<Self, DecodeError> {
        let class = ClassId(cursor.u16()?);
        let instance = ObisCode(cursor.array()?);
        let [attribute] = cursor.array::<1>()?;
        Ok(AttributeDescriptor { class, instance, attribute: i8::from_be_bytes([attribute]) })
    }

    pub(super) fn encode(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(&self.class.0.to_be_bytes());
        out.extend_from_slice(&self.instance.0);
        out.extend_from_slice(&self.attribute.to_be_bytes());
    }
}

impl fmt::Display for AttributeDescriptor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "class {} {} attribute {}", self.class, self.instance, self.attribute)
    }
}

/// A method of an object.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MethodDescriptor {
    /// The object's class.
    pub class: ClassId,
    /// The object's name.
    pub instance: ObisCode,
    /// The method's number, from 1.
    pub method: i8,
}

impl MethodDescriptor {
    /// Puts the three parts together.
    pub const fn new(class: ClassId, instance: ObisCode, method: i8) -> Self {
        MethodDescriptor { class, instance, method }
    }

    pub(super) fn decode(cursor: &mut Cursor<'_>) -> Result<Self, DecodeError> {
        let like = AttributeDescriptor::decode(cursor)?;
        Ok(MethodDescriptor { class: like.class, instance: like.instance, method: like.attribute })
    }

    pub(super) fn encode(&self, out: &mut Vec<u8>) {
        AttributeDescriptor::new(self.class, self.instance, self.method).encode(out);
    }
}

impl fmt::Display for MethodDescriptor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "class {} {} method {}", self.class, self.instance, self.method)
    }
}
