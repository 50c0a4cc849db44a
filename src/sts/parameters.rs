//! The numbers that choose a decoder key: SGC, KRN, KT, TI, KEN, EA, DKGA, base date (IEC 62055-41 clause 6.1).

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize, Serializer};
use time::OffsetDateTime;
use time::macros::datetime;

use super::decimal::decimal_text;
use super::error::FieldError;
use super::tid::Tid;

/// Supply group code: six decimal digits that name a utility's group of meters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(try_from = "String")]
pub struct SupplyGroupCode(u32);

impl SupplyGroupCode {
    /// From a number 0 to 999999.
    ///
    /// # Errors
    /// A number of more than six digits.
    pub fn new(number: u32) -> Result<Self, FieldError> {
        if number <= 999_999 {
            Ok(SupplyGroupCode(number))
        } else {
            Err(FieldError::new("SGC", &number.to_string(), "a supply group code has 6 digits", "read it again"))
        }
    }

    /// The number, 0 to 999999.
    pub const fn number(self) -> u32 {
        self.0
    }
}

impl fmt::Display for SupplyGroupCode {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:06}", self.0)
    }
}

impl FromStr for SupplyGroupCode {
    type Err = FieldError;

    fn from_str(text: &str) -> Result<Self, FieldError> {
        match digits(text) {
            Some(number) if text.len() == 6 => SupplyGroupCode::new(number),
            _ => {
                Err(FieldError::new("SGC", text, "a supply group code has 6 digits", "write all 6 with leading zeros"))
            }
        }
    }
}

/// Key revision number: 1 to 9, names the vending key within a supply group.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "u32", try_from = "u32")]
pub struct KeyRevisionNumber(u8);

/// Tariff index: 0 to 99.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "u32", try_from = "u32")]
pub struct TariffIndex(u8);

/// Key expiry number: 0 to 255, compared with the top 8 bits of the TID. 255 never expires within its base date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "u32", try_from = "u32")]
pub struct KeyExpiryNumber(u8);

impl KeyExpiryNumber {
    /// The key that never expires within its base date.
    pub const NEVER: KeyExpiryNumber = KeyExpiryNumber(255);

    /// Whether a token with this TID came after the end of the key's life: TID div 65536 above the number
    /// (IEC 62055-41 clauses 6.1.10 and 6.5.2.6). One step is 65536 minutes, 45.5 days.
    pub const fn has_expired_at(self, tid: Tid) -> bool {
        tid.minutes() >> 16 > self.0 as u32
    }

    /// The last TID the key may issue.
    pub fn last_tid(self) -> Tid {
        Tid::from_field((u32::from(self.0) << 16) | 0xFFFF)
    }

    /// The number as it is divided over the first and second key-change section: high and low 4 bits.
    pub const fn halves(self) -> (u8, u8) {
        (self.0 >> 4, self.0 & 0xF)
    }
}

macro_rules! bounded {
    ($name:ident, $field:literal, $low:literal ..= $high:literal, $meaning:literal, $remedy:literal) => {
        impl $name {
            /// Every value, lowest first.
            pub fn all() -> impl DoubleEndedIterator<Item = $name> + Clone {
                ($low..=$high).map($name)
            }

            #[doc = concat!("From a number ", stringify!($low), " to ", stringify!($high), ".")]
            ///
            /// # Errors
            /// A number outside the range.
            pub fn new(number: u32) -> Result<Self, FieldError> {
                match u8::try_from(number) {
                    Ok(small) if ($low..=$high).contains(&small) => Ok($name(small)),
                    _ => Err(FieldError::new($field, &number.to_string(), $meaning, $remedy)),
                }
            }

            #[doc = concat!("The number, ", stringify!($low), " to ", stringify!($high), ".")]
            pub const fn number(self) -> u8 {
                self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(formatter, "{}", self.0)
            }
        }

        impl FromStr for $name {
            type Err = FieldError;

            fn from_str(text: &str) -> Result<Self, FieldError> {
                match digits(text) {
                    Some(number) => $name::new(number),
                    None => Err(FieldError::new($field, text, $meaning, $remedy)),
                }
            }
        }

        impl TryFrom<u32> for $name {
            type Error = FieldError;

            fn try_from(number: u32) -> Result<Self, FieldError> {
                $name::new(number)
            }
        }

        impl From<$name> for u32 {
            fn from(value: $name) -> u32 {
                u32::from(value.0)
            }
        }
    };
}

bounded!(
    KeyRevisionNumber,
    "KRN",
    1..=9,
    "a key revision number is 1 to 9",
    "take it from the slip or from the meter's KRN test"
);
bounded!(TariffIndex, "TI", 0..=99, "a tariff index is 0 to 99", "take it from the slip or from the meter's TI test");

impl TariffIndex {
    /// Tariff index 00.
    pub const ZERO: TariffIndex = TariffIndex(0);
}
bounded!(
    KeyExpiryNumber,
    "KEN",
    0..=255,
    "a key expiry number is 0 to 255",
    "take it from the key's record; 255 is a key that does not expire"
);

/// Key type: where a decoder key comes from and what it may do (IEC 62055-41 clause 6.5.2.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "u32", try_from = "u32")]
pub enum KeyType {
    /// 0, DITK: the manufacturer's initial key; may introduce any other.
    Initialization,
    /// 1, DDTK: default key of a supply group; key changes, no credit.
    Default,
    /// 2, DUTK: the unique key of one meter.
    Unique,
    /// 3, DCTK: common to all meters of a group; magnetic-card meters only.
    Common,
}

impl KeyType {
    /// Every key type, in the order of its number.
    pub const ALL: [KeyType; 4] = [KeyType::Initialization, KeyType::Default, KeyType::Unique, KeyType::Common];

    /// From a number 0 to 3.
    ///
    /// # Errors
    /// Any other number.
    pub fn new(number: u32) -> Result<Self, FieldError> {
        Self::ALL.into_iter().find(|kind| u32::from(kind.number()) == number).ok_or_else(|| {
            FieldError::new("KT", &number.to_string(), "a key type is 0 to 3", "2 is the unique key of a meter in use")
        })
    }

    /// From the two low bits of `bits`.
    pub const fn from_bits(bits: u64) -> Self {
        match bits & 3 {
            0 => KeyType::Initialization,
            1 => KeyType::Default,
            2 => KeyType::Unique,
            _ => KeyType::Common,
        }
    }

    /// The number, 0 to 3.
    pub const fn number(self) -> u8 {
        match self {
            KeyType::Initialization => 0,
            KeyType::Default => 1,
            KeyType::Unique => 2,
            KeyType::Common => 3,
        }
    }

    /// The standard's abbreviation.
    pub const fn abbreviation(self) -> &'static str {
        match self {
            KeyType::Initialization => "DITK",
            KeyType::Default => "DDTK",
            KeyType::Unique => "DUTK",
            KeyType::Common => "DCTK",
        }
    }

    /// What the key is, in a few words.
    pub const fn meaning(self) -> &'static str {
        match self {
            KeyType::Initialization => "manufacturer's initial key",
            KeyType::Default => "default key, no credit",
            KeyType::Unique => "unique key of one meter",
            KeyType::Common => "common key, magnetic-card meters only",
        }
    }

    /// Whether a meter on this key type may take a key of type `next`.
    ///
    /// DITK may introduce any, DDTK and DUTK only DDTK or DUTK; DCTK is for magnetic-card meters, which this
    /// rule leaves to itself. DITK cannot be reached from another type. The whole table of the standard was not
    /// seen; what is not known to be allowed is refused.
    pub const fn may_change_to(self, next: KeyType) -> bool {
        matches!(
            (self, next),
            (KeyType::Initialization, _)
                | (KeyType::Default | KeyType::Unique, KeyType::Default | KeyType::Unique)
                | (KeyType::Common, KeyType::Common)
        )
    }
}

impl fmt::Display for KeyType {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}", self.number())
    }
}

impl FromStr for KeyType {
    type Err = FieldError;

    fn from_str(text: &str) -> Result<Self, FieldError> {
        match digits(text) {
            Some(number) => KeyType::new(number),
            None => Err(FieldError::new("KT", text, "a key type is 0 to 3", "2 is the unique key of a meter in use")),
        }
    }
}

impl TryFrom<u32> for KeyType {
    type Error = FieldError;

    fn try_from(number: u32) -> Result<Self, FieldError> {
        KeyType::new(number)
    }
}

impl From<KeyType> for u32 {
    fn from(value: KeyType) -> u32 {
        u32::from(value.number())
    }
}

macro_rules! coded {
    ($name:ident, $field:literal, $choices:literal, $($text:literal => $variant:ident),+) => {
        impl $name {
            /// Every value, in the order of its code.
            pub const ALL: &'static [$name] = &[$($name::$variant),+];

            /// The code as the standard and JSON write it.
            pub const fn code(self) -> &'static str {
                match self { $($name::$variant => $text),+ }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.pad(self.code())
            }
        }

        impl FromStr for $name {
            type Err = FieldError;

            fn from_str(text: &str) -> Result<Self, FieldError> {
                match text {
                    $($text => Ok($name::$variant),)+
                    _ => Err(FieldError::new($field, text, "there is no such value", concat!("choose ", $choices))),
                }
            }
        }

        impl TryFrom<String> for $name {
            type Error = FieldError;

            fn try_from(text: String) -> Result<Self, FieldError> {
                text.parse()
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.code())
            }
        }
    };
}

/// Encryption algorithm code of a meter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(try_from = "String")]
pub enum EncryptionAlgorithm {
    /// 07, STA: the Standard Transfer Algorithm, 64-bit key.
    Ea07,
    /// 09, DEA: withdrawn; not supported here.
    Ea09,
    /// 11, MISTY1: 128-bit key.
    Ea11,
}

coded!(EncryptionAlgorithm, "EA", "07 or 11", "07" => Ea07, "09" => Ea09, "11" => Ea11);

impl EncryptionAlgorithm {
    /// Name of the cipher.
    pub const fn name(self) -> &'static str {
        match self {
            EncryptionAlgorithm::Ea07 => "STA",
            EncryptionAlgorithm::Ea09 => "DEA",
            EncryptionAlgorithm::Ea11 => "MISTY1",
        }
    }

    /// This value if the program has the cipher.
    ///
    /// # Errors
    /// EA09, with the reason.
    pub fn supported(self) -> Result<Self, FieldError> {
        match self {
            EncryptionAlgorithm::Ea07 | EncryptionAlgorithm::Ea11 => Ok(self),
            EncryptionAlgorithm::Ea09 => Err(FieldError::new(
                "EA",
                self.code(),
                "not supported, because the standard has withdrawn this algorithm (DEA) and no test vector for it exists",
                "use a meter and key with EA 07 or 11",
            )
            .not_supported()),
        }
    }

    /// Number of key-change tokens in a whole set: two for a 64-bit key, four for a 128-bit key.
    pub const fn key_change_tokens(self) -> usize {
        match self {
            EncryptionAlgorithm::Ea07 | EncryptionAlgorithm::Ea09 => 2,
            EncryptionAlgorithm::Ea11 => 4,
        }
    }
}

/// Decoder key generation algorithm: how a vending key makes a meter's key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(try_from = "String")]
pub enum DecoderKeyGenerationAlgorithm {
    /// 01: legacy; not supported here.
    Dkga01,
    /// 02: DES.
    Dkga02,
    /// 03: two-key triple DES, withdrawn; not supported here.
    Dkga03,
    /// 04: KDF-HMAC-SHA-256; the only one in which the base date takes part.
    Dkga04,
}

coded!(
    DecoderKeyGenerationAlgorithm, "DKGA", "02 or 04",
    "01" => Dkga01, "02" => Dkga02, "03" => Dkga03, "04" => Dkga04
);

impl DecoderKeyGenerationAlgorithm {
    /// This value if the program has the algorithm.
    ///
    /// # Errors
    /// DKGA01 and DKGA03, each with its reason.
    pub fn supported(self) -> Result<Self, FieldError> {
        let reason = match self {
            DecoderKeyGenerationAlgorithm::Dkga02 | DecoderKeyGenerationAlgorithm::Dkga04 => return Ok(self),
            DecoderKeyGenerationAlgorithm::Dkga01 => {
                "not supported, because only one unconfirmed description of this legacy algorithm is public"
            }
            DecoderKeyGenerationAlgorithm::Dkga03 => {
                "not supported, because the 2018 edition of the standard has withdrawn this algorithm"
            }
        };
        Err(FieldError::new("DKGA", self.code(), reason, "use a vending key for DKGA 02 or 04").not_supported())
    }
}

/// The day from which token identifiers count minutes, at 00:00 UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(try_from = "String")]
pub enum BaseDate {
    /// 1 January 1993; its last minute was 2024-11-24 20:15.
    Base1993,
    /// 1 January 2014; its last minute is 2045-11-24 20:15.
    Base2014,
    /// 1 January 2035; its last minute is 2066-11-24 20:15.
    Base2035,
}

coded!(BaseDate, "base date", "1993, 2014 or 2035", "1993" => Base1993, "2014" => Base2014, "2035" => Base2035);

impl BaseDate {
    /// Minute zero.
    pub const fn start(self) -> OffsetDateTime {
        match self {
            BaseDate::Base1993 => datetime!(1993-01-01 00:00 UTC),
            BaseDate::Base2014 => datetime!(2014-01-01 00:00 UTC),
            BaseDate::Base2035 => datetime!(2035-01-01 00:00 UTC),
        }
    }

    /// The two digits that DKGA04 takes into the key.
    pub const fn two_digits(self) -> &'static str {
        match self {
            BaseDate::Base1993 => "93",
            BaseDate::Base2014 => "14",
            BaseDate::Base2035 => "35",
        }
    }

    /// The base date that follows, or `None` after 2035.
    pub const fn next(self) -> Option<BaseDate> {
        match self {
            BaseDate::Base1993 => Some(BaseDate::Base2014),
            BaseDate::Base2014 => Some(BaseDate::Base2035),
            BaseDate::Base2035 => None,
        }
    }
}

impl Serialize for SupplyGroupCode {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut digits = [b'0'; 6];
        serializer.serialize_str(decimal_text(&mut digits, u64::from(self.0)))
    }
}

impl TryFrom<String> for SupplyGroupCode {
    type Error = FieldError;

    fn try_from(text: String) -> Result<Self, FieldError> {
        text.parse()
    }
}

/// The number of a text that is decimal digits and nothing else.
fn digits(text: &str) -> Option<u32> {
    if text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    text.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_hold() {
        assert!("0".parse::<KeyRevisionNumber>().is_err());
        assert_eq!("9".parse::<KeyRevisionNumber>().unwrap().number(), 9);
        assert!("10".parse::<KeyRevisionNumber>().is_err());
        assert_eq!("00".parse::<TariffIndex>().unwrap().number(), 0);
        assert!("100".parse::<TariffIndex>().is_err());
        assert!("4".parse::<KeyType>().is_err());
        assert!("12345".parse::<SupplyGroupCode>().is_err());
        assert_eq!("001234".parse::<SupplyGroupCode>().unwrap().to_string(), "001234");
        assert!("+1".parse::<TariffIndex>().is_err());
    }

    #[test]
    fn an_error_names_field_problem_and_remedy() {
        let error = "0".parse::<KeyRevisionNumber>().unwrap_err();
        assert_eq!(
            error.to_string(),
            "KRN \"0\": a key revision number is 1 to 9; take it from the slip or from the meter's KRN test"
        );
    }

    #[test]
    fn withdrawn_algorithms_say_why() {
        for error in [
            EncryptionAlgorithm::Ea09.supported().unwrap_err(),
            DecoderKeyGenerationAlgorithm::Dkga01.supported().unwrap_err(),
            DecoderKeyGenerationAlgorithm::Dkga03.supported().unwrap_err(),
        ] {
            assert!(error.to_string().contains("not supported, because"), "{error}");
            assert_eq!(error.code(), crate::error::Code::NotSupported);
        }
    }

    /// The comparison is with TID div 65536; comparing with KEN × 65535 would be wrong at the edge.
    #[test]
    fn expiry_compares_the_top_eight_bits() {
        let ken = KeyExpiryNumber::new(100).unwrap();
        assert!(!ken.has_expired_at(Tid::from_field(100 * 65_536 + 65_535)));
        assert!(ken.has_expired_at(Tid::from_field(101 * 65_536)));
        assert!(!KeyExpiryNumber::NEVER.has_expired_at(Tid::from_field(0xFF_FFFF)));
        assert_eq!(ken.last_tid().minutes(), 100 * 65_536 + 65_535);
    }
}
