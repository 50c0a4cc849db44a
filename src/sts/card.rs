//! The STS meter card: a magnetic card that names a meter, read as text (IEC 62055-41 annex on the meter card; the
//! track-2 form as swipe readers type it).

use std::fmt;
use std::str::FromStr;

use serde::{Serialize, Serializer};

use super::error::FieldError;
use super::identifiers::Pan;
use super::meter_parameters::MeterParameters;
use super::parameters::{EncryptionAlgorithm, KeyRevisionNumber, SupplyGroupCode, TariffIndex};

/// Digits of an identity record.
const RECORD_DIGITS: usize = 35;

/// The identity record of a meter card.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MeterCard {
    /// Meter PAN, its check digits verified.
    pub pan: Pan,
    /// Date of expiry of the card.
    pub date_of_expiry: DateOfExpiry,
    /// Token carrier type.
    pub tct: TokenCarrierType,
    /// Encryption algorithm.
    pub ea: EncryptionAlgorithm,
    /// Supply group.
    pub sgc: SupplyGroupCode,
    /// Tariff index.
    pub ti: TariffIndex,
    /// Key revision.
    pub krn: KeyRevisionNumber,
}

/// Date of expiry: four digits, year and month (YYMM); 0000 is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DateOfExpiry(u16);

impl fmt::Display for DateOfExpiry {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:04}", self.0)
    }
}

impl Serialize for DateOfExpiry {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// Token carrier type: how tokens reach the meter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TokenCarrierType(u8);

impl TokenCarrierType {
    /// What the carrier is, where the number is known.
    pub const fn meaning(self) -> Option<&'static str> {
        match self.0 {
            1 => Some("magnetic card"),
            2 => Some("numeric, keypad"),
            _ => None,
        }
    }
}

impl fmt::Display for TokenCarrierType {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:02}", self.0)
    }
}

impl Serialize for TokenCarrierType {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl MeterCard {
    /// What the card tells of the meter. Key type, key generation and base date are not on it.
    pub const fn parameters(&self) -> MeterParameters {
        MeterParameters {
            iin: Some(self.pan.iin()),
            drn: Some(self.pan.drn()),
            sgc: Some(self.sgc),
            krn: Some(self.krn),
            kt: None,
            ti: Some(self.ti),
            ea: Some(self.ea),
            dkga: None,
            base_date: None,
        }
    }
}

fn wrong(text: &str, problem: String, remedy: &str) -> FieldError {
    FieldError::new("meter card", text, problem, remedy)
}

impl FromStr for MeterCard {
    type Err = FieldError;

    /// Reads the record, PAN 18, date of expiry 4, TCT 2, EA 2, SGC 6, TI 2, KRN 1, or track 2 of the card,
    /// `;PAN=DOE=rest?`, with whatever the reader types around it. Spaces and hyphens do not count.
    fn from_str(text: &str) -> Result<Self, FieldError> {
        // A reader may send track 1 before, and a check character or a line feed after.
        let track_2 = text.split_once(';').map_or(text, |(_, track)| track);
        let track_2 = track_2.split_once('?').map_or(track_2, |(track, _)| track);
        let mut record = String::with_capacity(RECORD_DIGITS);
        for (character, position) in track_2.chars().filter(|c| !super::token::is_separator(*c)).zip(1..) {
            match character {
                '0'..='9' => record.push(character),
                '=' if matches!(record.len(), 18 | 22) => {}
                '=' => {
                    let problem = format!("`=` stands after {} digits, and belongs after 18 and 22", record.len());
                    return Err(wrong(text, problem, "swipe the card again"));
                }
                other => {
                    let problem = format!("character {position} is {other:?}, and a card has digits only");
                    return Err(wrong(text, problem, "swipe the card again, or type its 35 digits"));
                }
            }
        }
        if record.len() != RECORD_DIGITS {
            let problem = format!("it has {} digits, and an identity record has 35", record.len());
            return Err(wrong(text, problem, "swipe the card again, or type PAN, expiry, TCT, EA, SGC, TI and KRN"));
        }
        let field = |from: usize, length: usize| record.get(from..from + length).unwrap_or_default();
        let number = |from, length| field(from, length).parse::<u16>().unwrap_or_default();
        Ok(MeterCard {
            pan: field(0, 18).parse()?,
            date_of_expiry: DateOfExpiry(number(18, 4)),
            tct: TokenCarrierType(number(22, 2) as u8),
            ea: field(24, 2).parse()?,
            sgc: field(26, 6).parse()?,
            ti: field(32, 2).parse()?,
            krn: field(34, 1).parse()?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RECORD: &str = "60072701234567897700000207123456011";

    #[test]
    fn record_and_track_2_are_the_same_card() {
        let card: MeterCard = RECORD.parse().unwrap();
        assert_eq!(card.pan.to_string(), "600727012345678977");
        assert_eq!(card.parameters().sgc.unwrap().to_string(), "123456");
        assert_eq!((card.ti.number(), card.krn.number(), card.tct.to_string().as_str()), (1, 1, "02"));
        for form in [
            ";600727012345678977=0000=0207123456011?",
            "%B1234?;600727012345678977=0000=0207123456011?7\r\n",
            "600727012345678977=0000=0207123456011",
            "600727 0123 4567 8977 0000 02 07 123456 01 1",
        ] {
            assert_eq!(form.parse::<MeterCard>().unwrap(), card, "{form}");
        }
    }

    #[test]
    fn wrong_cards_are_named() {
        for (text, part) in [
            ("60072701234567897600000207123456011", "check digit"),
            ("60072701234567890700000207123456011", "check digit"),
            ("6007270123456789770000020712345601", "34 digits"),
            ("60072701234567897700000207123456010", "KRN"),
            (";60072701234567897=0000=0207123456011?", "belongs after 18"),
            ("6007270123456789770000x207123456011", "character 23"),
            ("", "0 digits"),
        ] {
            let error = text.parse::<MeterCard>().unwrap_err().to_string();
            assert!(error.contains(part), "{text}: {error}");
        }
    }
}
