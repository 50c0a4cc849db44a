//! What tokens are asked for, and what comes back.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize, Serializer};

use super::record::Found;
use super::verdict::Refusal;
use crate::diagnosis::key_change_set::{Claim, ClaimSource};
use crate::sts::{Drn, FieldError, MeterParameters, TestName, Token};

/// Asks for the tokens of a key change.
#[derive(Debug, Clone)]
pub struct KeyChangeRequest {
    /// The meter's number.
    pub drn: Drn,
    /// What the meter holds now: SGC, KRN, TI, EA, and KT where it tells.
    pub found: Found,
    /// Where it is to go; `None` is what the utility holds.
    pub to: Option<MeterParameters>,
    /// Tokens in a set for this meter, where the meter tells; else by its algorithm.
    pub sections: Option<u8>,
}

impl KeyChangeRequest {
    /// Tokens in a set for this meter: as it tells, else 4 for EA 11 and 2 for the rest.
    pub fn set_size(&self) -> usize {
        let by_algorithm = self.found.parameters.ea.map_or(2, crate::sts::EncryptionAlgorithm::key_change_tokens);
        self.sections.map_or(by_algorithm, usize::from)
    }
}

/// Asks for one engineering token.
#[derive(Debug, Clone)]
pub struct EngineeringRequest {
    /// The meter's number.
    pub drn: Drn,
    /// What it is to do.
    pub kind: EngineeringKind,
    /// What the meter says of itself, for servers that want all of it.
    pub found: Found,
}

/// Kinds of engineering tokens. The word is that of a pack, of options and of documents.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum EngineeringKind {
    /// Takes the tamper condition away.
    ClearTamper,
    /// Takes the credit away.
    ClearCredit,
    /// Sets the active-power limit, in W.
    PowerLimit(f64),
    /// Sets the phase unbalance limit, in W.
    PhaseUnbalance(f64),
    /// Sets the water factor.
    WaterFactor(f64),
    /// A first, small credit that the utility gives with the meter.
    FirstCredit,
    /// A class 1 test, which needs no key.
    Test(TestName),
}

impl EngineeringKind {
    /// The word without its value, such as `power-limit`, or `test-display`.
    pub fn word(&self) -> String {
        match self {
            EngineeringKind::ClearTamper => "clear-tamper".to_owned(),
            EngineeringKind::ClearCredit => "clear-credit".to_owned(),
            EngineeringKind::PowerLimit(_) => "power-limit".to_owned(),
            EngineeringKind::PhaseUnbalance(_) => "phase-unbalance".to_owned(),
            EngineeringKind::WaterFactor(_) => "water-factor".to_owned(),
            EngineeringKind::FirstCredit => "first-credit".to_owned(),
            EngineeringKind::Test(test) => format!("test-{}", test.word()),
        }
    }

    /// Its value, where it has one.
    pub const fn value(&self) -> Option<f64> {
        match self {
            EngineeringKind::PowerLimit(value)
            | EngineeringKind::PhaseUnbalance(value)
            | EngineeringKind::WaterFactor(value) => Some(*value),
            _ => None,
        }
    }
}

impl fmt::Display for EngineeringKind {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.value() {
            Some(value) => write!(formatter, "{}={value}", self.word()),
            None => formatter.write_str(&self.word()),
        }
    }
}

impl FromStr for EngineeringKind {
    type Err = FieldError;

    /// Reads `clear-tamper`, `power-limit=9200` (W), `phase-unbalance=3000` (W), `water-factor=2`, `test-display`.
    fn from_str(text: &str) -> Result<Self, FieldError> {
        let wrong = |problem: &str| {
            FieldError::new(
                "token kind",
                text,
                problem,
                "use clear-tamper, clear-credit, power-limit=W, phase-unbalance=W, water-factor=N, first-credit or \
                 test-NAME",
            )
        };
        let (word, value) = text.split_once('=').map_or((text, None), |(word, value)| (word, Some(value)));
        let number = || {
            let value = value.ok_or_else(|| wrong("it wants a value after ="))?;
            let number: f64 = value.trim().parse().map_err(|_| wrong("its value is no number"))?;
            let in_range = number.is_finite() && (0.0..=18_201_624.0).contains(&number);
            if in_range { Ok(number) } else { Err(wrong("its value is outside 0 to 18201624")) }
        };
        let bare = |kind| if value.is_some() { Err(wrong("it takes no value")) } else { Ok(kind) };
        match word {
            "clear-tamper" => bare(EngineeringKind::ClearTamper),
            "clear-credit" => bare(EngineeringKind::ClearCredit),
            "first-credit" => bare(EngineeringKind::FirstCredit),
            "power-limit" => Ok(EngineeringKind::PowerLimit(number()?)),
            "phase-unbalance" => Ok(EngineeringKind::PhaseUnbalance(number()?)),
            "water-factor" => Ok(EngineeringKind::WaterFactor(number()?)),
            other => {
                let test = other
                    .strip_prefix("test-")
                    .and_then(|name| TestName::ALL.iter().copied().find(|test| test.word() == name));
                bare(EngineeringKind::Test(test.ok_or_else(|| wrong("there is no such kind"))?))
            }
        }
    }
}

impl Serialize for EngineeringKind {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for EngineeringKind {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

/// Tokens as they were issued.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TokenIssue {
    /// What they do: `key-change`, or the word of [`EngineeringKind`].
    pub kind: String,
    /// The tokens; those of a key change in the order of the head-end, which need not be that of the sections.
    pub tokens: Vec<Token>,
    /// Key the meter must be on, as the head-end tells it.
    #[serde(skip_serializing_if = "is_nothing")]
    pub from: MeterParameters,
    /// Key the meter is on afterwards.
    #[serde(skip_serializing_if = "is_nothing")]
    pub to: MeterParameters,
    /// What the record they came in says of the meter as it is to be.
    #[serde(skip)]
    pub holds: MeterParameters,
    /// A power-limit token that came with a key change: it goes in after it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub power_limit: Option<Token>,
    /// The head-end's description.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// What the utility tells the technician.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub operator_message: Option<String>,
    /// What should be known besides.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub warnings: Vec<String>,
}

fn is_nothing(parameters: &MeterParameters) -> bool {
    *parameters == MeterParameters::default()
}

impl TokenIssue {
    /// What it says of the key that a set leads to. `else_known` is what is known of it otherwise.
    pub fn claims(&self, else_known: MeterParameters) -> [Claim; 2] {
        let of_record = |target| Claim { source: ClaimSource::Record, target };
        // The second for a record that contradicts what it says of its own tokens.
        [of_record(self.to.or(self.holds).or(else_known)), of_record(self.holds)]
    }

    /// Tokens of a kind and nothing else.
    pub fn of(kind: impl Into<String>, tokens: Vec<Token>) -> Self {
        TokenIssue {
            kind: kind.into(),
            tokens,
            from: MeterParameters::default(),
            to: MeterParameters::default(),
            holds: MeterParameters::default(),
            power_limit: None,
            description: None,
            operator_message: None,
            warnings: Vec::new(),
        }
    }
}

/// The answer to a request for tokens. `key-already-right` is a refusal that is good news.
#[derive(Debug, Clone, PartialEq)]
pub enum TokenAnswer {
    /// Here they are.
    Issued(TokenIssue),
    /// There are none, and why.
    Refused(Refusal),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_read_back_as_they_are_written() {
        for text in ["clear-tamper", "power-limit=9200", "phase-unbalance=3000", "first-credit", "test-display"] {
            assert_eq!(text.parse::<EngineeringKind>().unwrap().to_string(), text);
        }
        for wrong in
            ["power-limit", "power-limit=x", "power-limit=-1", "clear-tamper=1", "test-x", "", "power-limit=inf"]
        {
            assert!(wrong.parse::<EngineeringKind>().is_err(), "{wrong}");
        }
    }
}
