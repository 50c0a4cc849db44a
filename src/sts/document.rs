//! The document of one token (`wattkey/token/1`): what scripts read, as a value that serialises.

use serde::ser::{Serialize, SerializeMap, Serializer};

use super::content::MeterTest;
use super::content::{KeyPart, TokenContent, TokenKind};
use super::decimal::decimal_text;
use super::keyring::{Check, Reading};
use super::meter_parameters::MeterParameters;
use super::parameters::BaseDate;
use super::tid::Tid;
use super::token::{Token, TokenClass, TokenError};

/// Value of `schema`.
pub const SCHEMA: &str = "wattkey/token/1";

/// What could be told of one text that should be a token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TokenDocument {
    /// A token.
    Token {
        /// What was read.
        reading: Reading,
        /// Whether key halves may be shown.
        reveal_keys: bool,
    },
    /// A text that is no token.
    NotAToken {
        /// The text as given, shortened.
        text: String,
        /// What is wrong with it.
        problem: TokenError,
    },
}

impl TokenDocument {
    /// The document of a token, key halves hidden.
    pub const fn of(reading: Reading) -> Self {
        TokenDocument::Token { reading, reveal_keys: false }
    }

    /// The document of a text that is no token.
    pub fn not_a_token(text: &str, problem: TokenError) -> Self {
        TokenDocument::NotAToken { text: super::error::shortened(text), problem }
    }

    /// The kind, as far as it can be told.
    pub const fn kind(&self) -> TokenKind {
        match self {
            TokenDocument::NotAToken { .. } => TokenKind::NotAToken,
            TokenDocument::Token { reading, .. } => match (&reading.check, reading.token.class()) {
                (Check::Ok(content), _) => content.kind(),
                (_, TokenClass::Credit) => TokenKind::EncryptedCredit,
                (_, TokenClass::Management) => TokenKind::EncryptedManagement,
                (_, TokenClass::Test) => TokenKind::MeterTest,
                (_, TokenClass::Reserved) => TokenKind::Reserved,
            },
        }
    }

    /// The word of `crc`; `None` where there is none.
    pub const fn crc(&self) -> Option<&'static str> {
        match self {
            TokenDocument::NotAToken { .. } => None,
            TokenDocument::Token { reading, .. } => match reading.check {
                Check::Ok(_) => Some("ok"),
                Check::Bad => Some("bad"),
                Check::Unknown => Some("unknown"),
                Check::None => None,
            },
        }
    }

    /// Whether the answer is no: a wrong check sum, or no token at all.
    pub const fn is_bad(&self) -> bool {
        match self {
            TokenDocument::NotAToken { .. } => true,
            TokenDocument::Token { reading, .. } => matches!(reading.check, Check::Bad),
        }
    }

    /// The token, when it is one.
    pub const fn token(&self) -> Option<Token> {
        match self {
            TokenDocument::NotAToken { .. } => None,
            TokenDocument::Token { reading, .. } => Some(reading.token),
        }
    }

    /// The fields of a token whose check sum fits.
    pub const fn fields(&self) -> Option<Fields<'_>> {
        match self {
            TokenDocument::Token { reading: Reading { check: Check::Ok(content), base_date, .. }, reveal_keys } => {
                Some(Fields { content, base_date: *base_date, reveal_keys: *reveal_keys })
            }
            _ => None,
        }
    }

    /// The key it was read under.
    pub const fn key(&self) -> Option<&MeterParameters> {
        match self {
            TokenDocument::Token { reading, .. } => reading.key.as_ref(),
            TokenDocument::NotAToken { .. } => None,
        }
    }
}

impl Serialize for TokenDocument {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        self.write_into(&mut map)?;
        map.end()
    }
}

impl TokenDocument {
    /// Adds all but the schema to an object begun elsewhere.
    ///
    /// # Errors
    /// Those of the serialiser.
    pub fn write_into<M: SerializeMap>(&self, map: &mut M) -> Result<(), M::Error> {
        match self {
            TokenDocument::NotAToken { text, problem } => {
                map.serialize_entry("token", text)?;
                map.serialize_entry("kind", self.kind().word())?;
                map.serialize_entry("problem", &problem.to_string())
            }
            TokenDocument::Token { reading, .. } => {
                map.serialize_entry("token", &reading.token)?;
                map.serialize_entry("class", &reading.token.class().number())?;
                if let Some(content) = reading.content() {
                    map.serialize_entry("subclass", &content.subclass())?;
                }
                map.serialize_entry("kind", self.kind().word())?;
                if let Some(crc) = self.crc() {
                    map.serialize_entry("crc", crc)?;
                }
                if let Some(key) = &reading.key {
                    map.serialize_entry("key", key)?;
                }
                if let Some(fields) = self.fields() {
                    map.serialize_entry("fields", &fields)?;
                }
                Ok(())
            }
        }
    }
}

/// The fields of a token's content, as an object.
#[derive(Debug, Clone, Copy)]
pub struct Fields<'a> {
    /// What the token says.
    pub content: &'a TokenContent,
    /// Where its identifier counts from.
    pub base_date: Option<BaseDate>,
    /// Whether key halves may be shown.
    pub reveal_keys: bool,
}

impl Serialize for Fields<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        if let Some(rnd) = self.content.rnd() {
            map.serialize_entry("rnd", &rnd.number())?;
        }
        if let Some(tid) = self.content.tid() {
            map.serialize_entry("tid", &tid.minutes())?;
            if let Some(base) = self.base_date {
                map.serialize_entry("tid_time", &TidTime(tid, base))?;
            }
        }
        match self.content {
            TokenContent::Credit { amount, commodity, .. } => {
                map.serialize_entry("amount", &AsText(amount.tenths()))?;
                map.serialize_entry("unit", commodity.unit())?;
            }
            TokenContent::CurrencyCredit { amount, .. } => map.serialize_entry("amount", &AsText(amount))?,
            TokenContent::MeterTest(test) => write_test(*test, &mut map)?,
            TokenContent::SetMaximumPowerLimit { limit, .. } | TokenContent::SetPhaseUnbalanceLimit { limit, .. } => {
                map.serialize_entry("value", &limit.units())?;
                map.serialize_entry("unit", "W")?;
            }
            TokenContent::ClearCredit { register, .. } => map.serialize_entry("register", &register.0)?,
            TokenContent::SetTariffRate { rate, .. } => map.serialize_entry("rate", rate)?,
            TokenContent::SetWaterFactor { factor, .. } => map.serialize_entry("factor", factor)?,
            TokenContent::KeyChange1 { ken_high, krn, rollover, three_tokens, kt, key_part } => {
                map.serialize_entry("ken_high", ken_high)?;
                map.serialize_entry("krn", krn)?;
                map.serialize_entry("kt", kt)?;
                map.serialize_entry("rollover", rollover)?;
                map.serialize_entry("three_tokens", three_tokens)?;
                self.write_key_part(key_part, &mut map)?;
            }
            TokenContent::KeyChange2 { ken_low, ti, key_part } => {
                map.serialize_entry("ken_low", ken_low)?;
                map.serialize_entry("ti", ti)?;
                self.write_key_part(key_part, &mut map)?;
            }
            TokenContent::KeyChange3 { sgc_low, key_part } => {
                map.serialize_entry("sgc_low", sgc_low)?;
                self.write_key_part(key_part, &mut map)?;
            }
            TokenContent::KeyChange4 { sgc_high, key_part } => {
                map.serialize_entry("sgc_high", sgc_high)?;
                self.write_key_part(key_part, &mut map)?;
            }
            TokenContent::KeyChangeSupplyGroup { sgc } => map.serialize_entry("sgc", sgc)?,
            TokenContent::Proprietary { class: TokenClass::Test, subclass, payload } => {
                if let Some((code, control, bits)) = payload.manufacturer_fields(*subclass) {
                    map.serialize_entry("manufacturer_code", &code)?;
                    map.serialize_entry("control", &format!("{control:0width$x}", width = bits / 4))?;
                }
            }
            TokenContent::ClearTamper { .. }
            | TokenContent::ExtendedRead(_)
            | TokenContent::ExtendedSet(_)
            | TokenContent::Proprietary { .. }
            | TokenContent::Reserved { .. } => {}
        }
        map.end()
    }
}

impl Fields<'_> {
    fn write_key_part<M: SerializeMap>(&self, part: &KeyPart, map: &mut M) -> Result<(), M::Error> {
        if self.reveal_keys { map.serialize_entry("key_part", &format!("{:08x}", part.bits())) } else { Ok(()) }
    }
}

fn write_test<M: SerializeMap>(test: MeterTest, map: &mut M) -> Result<(), M::Error> {
    map.serialize_entry("manufacturer_code", &test.manufacturer_code())?;
    map.serialize_entry("control", &test.control_hex())?;
    map.serialize_entry("tests", &test.test_words())
}

/// A value in the form it prints.
struct AsText<T>(T);

impl<T: std::fmt::Display> Serialize for AsText<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

/// The minute of a token identifier, as RFC 3339 in UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TidTime(pub Tid, pub BaseDate);

impl TidTime {
    pub(super) fn with_text<T>(self, use_text: impl FnOnce(&str) -> T) -> T {
        let time = self.0.time(self.1);
        let (year, month, day) = time.to_calendar_date();
        let mut text = *b"0000-00-00T00:00:00Z";
        let fields = [
            (0..4, u64::from(year.unsigned_abs())),
            (5..7, u64::from(u8::from(month))),
            (8..10, u64::from(day)),
            (11..13, u64::from(time.hour())),
            (14..16, u64::from(time.minute())),
        ];
        for (places, value) in fields {
            if let Some(places) = text.get_mut(places) {
                decimal_text(places, value);
            }
        }
        use_text(std::str::from_utf8(&text).unwrap_or_default())
    }
}

impl std::fmt::Display for TidTime {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.with_text(|text| formatter.pad(text))
    }
}

impl Serialize for TidTime {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.with_text(|text| serializer.serialize_str(text))
    }
}
