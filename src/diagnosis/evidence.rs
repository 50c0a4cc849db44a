//! What is known about one refused token: the case a diagnosis starts from.

use serde_json::Value;
use time::OffsetDateTime;

use super::display::Display;
use super::slip::Slip;
use crate::knowledge::{Kind, Knowledge};
use crate::sts::{
    BaseDate, DecoderKeyGenerationAlgorithm, Drn, EncryptionAlgorithm, Iin, KeyExpiryNumber, KeyRevisionNumber,
    KeyType, MeterParameters, SupplyGroupCode, TariffIndex, Tid, Token, TokenResult,
};

/// Everything known about one token and the meter it was meant for.
#[derive(Debug, Clone, PartialEq)]
pub struct Case {
    /// Name of the case, given back in the answer.
    pub id: Option<Value>,
    /// The token as typed.
    pub token: String,
    /// What the meter says of itself; `None` without a readout.
    pub meter: Option<Readout>,
    /// The meter's answer to this token.
    pub result: Option<TokenResult>,
    /// What the display showed after this token.
    pub display: Option<Display>,
    /// What the slip says.
    pub slip: Slip,
    /// Tokens this meter took before.
    pub previous_tokens: Vec<Token>,
    /// Other tokens sold for the same meter, of which it is not known whether it took them.
    pub companions: Vec<Token>,
    /// What can be keyed in at meters of this vendor to read key parameters and results.
    pub short_codes: Vec<ShortCode>,
    /// Time of the diagnosis.
    pub now: OffsetDateTime,
}

/// Something to key in, and what the meter then shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShortCode {
    /// Keys to press.
    pub code: String,
    /// What the meter shows.
    pub shows: String,
}

impl ShortCode {
    /// What can be keyed in at this maker's meters to read what a diagnosis asks for, four at most.
    pub fn of_maker(knowledge: &Knowledge, maker: &str) -> Vec<ShortCode> {
        const WANTED: [&str; 7] =
            ["key revision", "krn", "tariff index", "supply group", "sgc", "token result", "last sts token"];
        let maker = maker.trim().to_lowercase();
        let is_of_maker =
            |vendor: &Option<String>| vendor.as_ref().is_some_and(|name| name.to_lowercase().contains(&maker));
        knowledge
            .readings()
            .iter()
            .filter(|reading| reading.kind == Kind::ShortCode && is_of_maker(&reading.vendor))
            .filter(|reading| {
                let shows = reading.meaning.to_lowercase();
                WANTED.iter().any(|wanted| shows.contains(wanted))
            })
            .map(|reading| ShortCode { code: reading.text.clone(), shows: reading.meaning.clone() })
            .take(4)
            .collect()
    }
}

impl Case {
    /// A case of which only the token is known.
    pub fn of_token(token: &str, now: OffsetDateTime) -> Self {
        Case {
            id: None,
            token: token.to_owned(),
            meter: None,
            result: None,
            display: None,
            slip: Slip::default(),
            previous_tokens: Vec::new(),
            companions: Vec::new(),
            short_codes: Vec::new(),
            now,
        }
    }
}

/// The meter's own word about its STS state. Every field that is `None` is unknown: neither equal nor different.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Readout {
    /// Issuer identification number.
    pub iin: Option<Iin>,
    /// The meter's number.
    pub drn: Option<Drn>,
    /// Supply group code; one that reads 000000 is unknown, as meters of two sections show it after a key change.
    pub sgc: Option<SupplyGroupCode>,
    /// Key revision number.
    pub krn: Option<KeyRevisionNumber>,
    /// Key type.
    pub kt: Option<KeyType>,
    /// Tariff index.
    pub ti: Option<TariffIndex>,
    /// Key expiry number.
    pub ken: Option<KeyExpiryNumber>,
    /// Encryption algorithm.
    pub ea: Option<EncryptionAlgorithm>,
    /// Decoder key generation algorithm.
    pub dkga: Option<DecoderKeyGenerationAlgorithm>,
    /// Base date of the meter's key.
    pub base_date: Option<BaseDate>,
    /// Sections of an unfinished key-change set that the meter holds, 1 to 4.
    pub kct_pending: Vec<u8>,
    /// Newest stored TID.
    pub tid_newest: Option<Tid>,
    /// Oldest stored TID.
    pub tid_oldest: Option<Tid>,
    /// Every stored TID the meter tells.
    pub tids: Vec<Tid>,
    /// Answer to the last token entered.
    pub last_result: Option<TokenResult>,
    /// Last four digits of the last token entered.
    pub last_token: Option<String>,
    /// Seconds until tokens are taken again.
    pub lockout_s: u64,
    /// The meter's clock minus ours.
    pub drift_s: Option<i64>,
    /// Unit of the credit register, as the readout has it.
    pub credit_unit: Option<String>,
    /// Maker, where the readout names one.
    pub manufacturer: Option<String>,
    /// What could not be used, one sentence each.
    pub notes: Vec<String>,
}

impl Readout {
    /// Takes the STS part of a status document: `{"meter":{…},"sts":{…},"clock":{…}}`, any part of which may be
    /// absent. A field whose value cannot be is unknown, and a note says so.
    pub fn from_status(status: &Value) -> Self {
        let mut notes = Vec::new();
        let sts = status.get("sts").unwrap_or(&Value::Null);
        let mut fields = Fields { sts, notes: &mut notes };
        let mut readout = Readout {
            iin: fields.parsed("iin"),
            drn: fields.parsed("drn"),
            sgc: fields.parsed("sgc").filter(|sgc: &SupplyGroupCode| sgc.number() != 0),
            krn: fields.parsed("krn"),
            kt: fields.parsed("kt"),
            ti: fields.parsed("ti"),
            ken: fields.parsed("ken"),
            ea: fields.parsed("ea"),
            dkga: fields.parsed("dkga"),
            base_date: fields.parsed("base_date"),
            kct_pending: fields.numbers("kct_pending").filter_map(|number| u8::try_from(number).ok()).collect(),
            tid_newest: fields.tid("tid_newest"),
            tid_oldest: fields.tid("tid_oldest"),
            tids: fields.numbers("tids").filter_map(|number| Tid::new(number).ok()).collect(),
            last_result: fields.parsed("last_result"),
            last_token: fields.text("last_token"),
            lockout_s: sts.get("lockout_s").and_then(Value::as_f64).map_or(0, |seconds| seconds.max(0.0).ceil() as u64),
            drift_s: status.pointer("/clock/drift_s").and_then(Value::as_i64),
            credit_unit: status.pointer("/credit/unit").and_then(Value::as_str).map(str::to_owned),
            manufacturer: status.pointer("/meter/manufacturer").and_then(Value::as_str).map(str::to_owned),
            notes: Vec::new(),
        };
        readout.notes = notes;
        readout
    }

    /// The readout, with what is known from elsewhere where it tells nothing.
    #[must_use]
    pub fn or(self, known: MeterParameters) -> Self {
        Readout {
            iin: self.iin.or(known.iin),
            drn: self.drn.or(known.drn),
            sgc: self.sgc.or(known.sgc.filter(|sgc| sgc.number() != 0)),
            krn: self.krn.or(known.krn),
            kt: self.kt.or(known.kt),
            ti: self.ti.or(known.ti),
            ea: self.ea.or(known.ea),
            dkga: self.dkga.or(known.dkga),
            base_date: self.base_date.or(known.base_date),
            ..self
        }
    }

    /// The oldest stored TID: as told, else the lowest of those told.
    pub fn oldest_tid(&self) -> Option<Tid> {
        self.tid_oldest.or_else(|| self.tids.iter().min().copied())
    }

    /// Whether the meter told this TID to be among those it remembers.
    pub fn stores_tid(&self, tid: Tid) -> bool {
        self.tids.contains(&tid) || self.tid_newest == Some(tid) || self.tid_oldest == Some(tid)
    }

    /// The answer to `token` as far as the meter still remembers it: its last result counts only when its last
    /// token ends in the same four digits.
    pub fn remembered_result(&self, last_four: &str) -> Option<TokenResult> {
        let told = self.last_token.as_deref()?;
        let digits: String = told.chars().filter(char::is_ascii_digit).collect();
        (digits.len() >= 4 && digits.ends_with(last_four)).then_some(self.last_result).flatten()
    }

    /// Whether the readout tells supply group, revision and type of the meter's key.
    pub fn names_its_key(&self) -> bool {
        self.sgc.is_some() && self.krn.is_some() && self.kt.is_some()
    }
}

/// Reads single fields of the `sts` object, keeping notes of what cannot be.
struct Fields<'a> {
    sts: &'a Value,
    notes: &'a mut Vec<String>,
}

impl Fields<'_> {
    /// The field as text, whether it came as a string or as a number.
    fn text(&self, name: &str) -> Option<String> {
        match self.sts.get(name)? {
            Value::String(text) if !text.trim().is_empty() => Some(text.trim().to_owned()),
            Value::Number(number) => Some(number.to_string()),
            _ => None,
        }
    }

    fn parsed<T: std::str::FromStr>(&mut self, name: &str) -> Option<T>
    where
        T::Err: std::fmt::Display,
    {
        let text = self.text(name)?;
        match text.parse() {
            Ok(value) => Some(value),
            Err(error) => {
                self.notes.push(format!("the meter's {name} was left out: {error}"));
                None
            }
        }
    }

    fn numbers(&self, name: &str) -> impl Iterator<Item = u32> {
        let list = self.sts.get(name).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        list.iter().filter_map(|value| value.as_u64().and_then(|number| u32::try_from(number).ok()))
    }

    fn tid(&mut self, name: &str) -> Option<Tid> {
        let number = self.text(name)?.parse::<u32>().ok()?;
        Tid::new(number).map_err(|error| self.notes.push(format!("the meter's {name} was left out: {error}"))).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn absent_fields_and_an_sgc_of_zero_are_unknown() {
        let readout = Readout::from_status(&json!({"sts": {"sgc": "000000", "krn": 1, "tids": [5, 3], "ti": null}}));
        assert_eq!(readout.sgc, None);
        assert_eq!(readout.krn.map(|krn| krn.number()), Some(1));
        assert_eq!((readout.ti, readout.drn), (None, None));
        assert_eq!(readout.oldest_tid().map(|tid| tid.minutes()), Some(3));
        assert!(readout.notes.is_empty());
        assert_eq!(Readout::from_status(&json!({})), Readout::default());
    }

    #[test]
    fn a_value_that_cannot_be_is_unknown_with_a_note() {
        let readout = Readout::from_status(&json!({"sts": {"krn": 12, "drn": "01234567890"}}));
        assert_eq!((readout.krn, readout.drn), (None, None));
        assert_eq!(readout.notes.len(), 2);
    }

    #[test]
    fn the_last_result_counts_for_its_own_token_only() {
        let readout = Readout::from_status(&json!({"sts": {"last_result": "crc-error", "last_token": "6213"}}));
        assert_eq!(readout.remembered_result("6213"), Some(TokenResult::CrcError));
        assert_eq!(readout.remembered_result("6214"), None);
        let no_token = Readout::from_status(&json!({"sts": {"last_result": "crc-error"}}));
        assert_eq!(no_token.remembered_result("6213"), None);
    }
}
