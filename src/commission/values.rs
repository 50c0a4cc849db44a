//! What a plan sets and a job may override: one table of keys, each with its meaning and its check.

use time::UtcOffset;

use crate::meter::time::parse_offset;
use crate::sts::{KeyRevisionNumber, KeyType, SupplyGroupCode, TariffIndex};

/// Largest power or unbalance limit that is taken for meant, in W.
const MOST_WATTS: f64 = 10_000_000.0;

/// The values of a plan; what is absent is not checked or set.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Values {
    /// Model the meter must tell.
    pub model: Option<String>,
    /// Maker code of the DRN: its first 2 or 4 digits.
    pub manufacturer_code: Option<String>,
    /// STS certificate number, for meters that do not tell theirs.
    pub certificate: Option<String>,
    /// Firmware versions allowed.
    pub firmware: Vec<String>,
    /// Drift of the clock that is left alone, in seconds.
    pub clock_drift_s: Option<u32>,
    /// Offset from UTC of a meter that does not tell its own.
    pub utc_offset: Option<UtcOffset>,
    /// Whether a drift that is a whole number of half hours is set like any other.
    pub accept_offset: Option<bool>,
    /// Whether a key change may move to a later base date without the roll-over bit.
    pub accept_no_rollover: Option<bool>,
    /// Supply group, where no head-end tells it.
    pub sgc: Option<SupplyGroupCode>,
    /// Key revision, where no head-end tells it.
    pub krn: Option<KeyRevisionNumber>,
    /// Key type, where no head-end tells it.
    pub kt: Option<KeyType>,
    /// Tariff index, where no head-end tells it.
    pub ti: Option<TariffIndex>,
    /// Active power limit, in W.
    pub power_limit_w: Option<f64>,
    /// Limit of the unbalance between phases, in W.
    pub phase_unbalance_w: Option<f64>,
    /// Longest wait for the relay to follow, in seconds.
    pub relay_wait_s: Option<u32>,
}

impl Values {
    /// Every key and what it means, in the order of the documentation.
    pub const KEYS: [(&'static str, &'static str); 15] = [
        ("model", "model the meter must tell"),
        ("manufacturer_code", "maker code of the DRN, its first 2 or 4 digits"),
        ("certificate", "STS certificate number, for meters that do not tell theirs"),
        ("firmware", "firmware versions allowed; several are separated by |"),
        ("clock_drift_s", "drift of the clock that is left alone, in seconds (10 when left out)"),
        ("utc_offset", "offset of a meter that does not tell its own, such as +02:00"),
        ("accept_offset", "true to set a clock that is whole half hours off, which looks like a time zone"),
        ("accept_no_rollover", "true to enter a key change to a later base date that lacks the roll-over bit"),
        ("sgc", "supply group code, where no head-end tells it"),
        ("krn", "key revision number, where no head-end tells it"),
        ("kt", "key type, where no head-end tells it"),
        ("ti", "tariff index, where no head-end tells it"),
        ("power_limit_w", "active power limit, in W"),
        ("phase_unbalance_w", "limit of the unbalance between phases, in W"),
        ("relay_wait_s", "longest wait for the relay to follow, in seconds (30 when left out)"),
    ];

    /// Sets one value from text.
    ///
    /// # Errors
    /// One sentence that says what is wrong with key or value.
    pub fn set(&mut self, key: &str, text: &str) -> Result<(), String> {
        let text = text.trim();
        if text.is_empty() {
            return Err(format!("{key} has no value"));
        }
        match key {
            "model" => self.model = Some(text.to_owned()),
            "manufacturer_code" => {
                let good = matches!(text.len(), 2 | 4) && text.bytes().all(|byte| byte.is_ascii_digit());
                let why = || format!("manufacturer_code {text:?} is not the first 2 or 4 digits of a DRN");
                self.manufacturer_code = Some(good.then(|| text.to_owned()).ok_or_else(why)?);
            }
            "certificate" => self.certificate = Some(text.to_owned()),
            "firmware" => self.firmware = text.split('|').map(|one| one.trim().to_owned()).collect(),
            "clock_drift_s" => self.clock_drift_s = Some(whole(key, text, 86_400)?),
            "utc_offset" => {
                self.utc_offset =
                    Some(parse_offset(text).ok_or_else(|| format!("utc_offset {text:?} is not like +02:00"))?);
            }
            "accept_offset" => self.accept_offset = Some(truth(key, text)?),
            "accept_no_rollover" => self.accept_no_rollover = Some(truth(key, text)?),
            "sgc" => self.sgc = Some(text.parse().map_err(|error| format!("{error}"))?),
            "krn" => self.krn = Some(text.parse().map_err(|error| format!("{error}"))?),
            "kt" => self.kt = Some(text.parse().map_err(|error| format!("{error}"))?),
            "ti" => self.ti = Some(text.parse().map_err(|error| format!("{error}"))?),
            "power_limit_w" => self.power_limit_w = Some(watts(key, text)?),
            "phase_unbalance_w" => self.phase_unbalance_w = Some(watts(key, text)?),
            "relay_wait_s" => self.relay_wait_s = Some(whole(key, text, 3_600)?),
            _ => {
                let keys: Vec<&str> = Self::KEYS.iter().map(|(name, _)| *name).collect();
                return Err(format!("there is no value {key:?}; the values are {}", keys.join(", ")));
            }
        }
        Ok(())
    }
}

fn whole(key: &str, text: &str, most: u32) -> Result<u32, String> {
    let number = text.parse::<u32>().ok().filter(|number| *number <= most);
    number.ok_or_else(|| format!("{key} {text:?} is not a whole number from 0 to {most}"))
}

fn truth(key: &str, text: &str) -> Result<bool, String> {
    match text {
        "true" | "yes" => Ok(true),
        "false" | "no" => Ok(false),
        _ => Err(format!("{key} {text:?} is neither true nor false")),
    }
}

fn watts(key: &str, text: &str) -> Result<f64, String> {
    let number = text.parse::<f64>().ok().filter(|watts| (1.0..=MOST_WATTS).contains(watts));
    number.ok_or_else(|| format!("{key} {text:?} is not a number of W from 1 to {MOST_WATTS}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_of_the_table_can_be_set() {
        let samples = [
            ("model", "WK1"),
            ("manufacturer_code", "01"),
            ("certificate", "STS-1"),
            ("firmware", "1.4.0 | 1.4.1"),
            ("clock_drift_s", "30"),
            ("utc_offset", "+02:00"),
            ("accept_offset", "true"),
            ("accept_no_rollover", "true"),
            ("sgc", "123456"),
            ("krn", "1"),
            ("kt", "2"),
            ("ti", "7"),
            ("power_limit_w", "15000"),
            ("phase_unbalance_w", "3000.5"),
            ("relay_wait_s", "60"),
        ];
        let mut values = Values::default();
        for ((key, _), (sample, text)) in Values::KEYS.iter().zip(samples) {
            assert_eq!(*key, sample);
            values.set(key, text).unwrap();
        }
        assert_eq!(values.firmware, ["1.4.0", "1.4.1"]);
        assert_eq!(values.utc_offset.map(UtcOffset::whole_minutes), Some(120));
    }

    #[test]
    fn values_that_cannot_be_are_named() {
        let mut values = Values::default();
        for (key, text) in [
            ("krn", "12"),
            ("power_limit_w", "0"),
            ("power_limit_w", "NaN"),
            ("clock_drift_s", "-1"),
            ("utc_offset", "15:00"),
            ("accept_offset", "maybe"),
            ("utc_offset", "é:é"),
            ("manufacturer_code", "1a"),
            ("model", " "),
            ("colour", "red"),
        ] {
            let problem = values.set(key, text).unwrap_err();
            assert!(problem.contains(text.trim()) || problem.contains(key), "{problem}");
        }
        assert_eq!(values, Values::default());
    }
}
