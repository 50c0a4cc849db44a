//! Physical HDLC addresses that makers count from the serial number.

use serde::Deserialize;

const RULES: &str = include_str!("../../../data/hdlc-address-rules.toml");

/// Largest physical address of four octets.
const HIGHEST: u64 = 0x3FFF;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Rules {
    rules: Vec<Rule>,
}

/// One maker's rule.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(dead_code, reason = "meters and source are for the reader of the file")]
struct Rule {
    meters: String,
    /// How many of the last digits count.
    digits: u32,
    /// What they are divided by.
    modulo: Option<u64>,
    /// What is added to the rest.
    add: u64,
    /// Digits below this get `below_least_add` besides.
    least: Option<u64>,
    below_least_add: Option<u64>,
    source: String,
}

impl Rule {
    fn address(&self, serial: u64) -> Option<u16> {
        let digits = serial.checked_rem(10u64.checked_pow(self.digits)?)?;
        let rest = self.modulo.map_or(Some(digits), |modulo| digits.checked_rem(modulo))?;
        let low = self.least.is_some_and(|least| digits < least);
        let more = if low { self.below_least_add.unwrap_or(0) } else { 0 };
        let address = rest.checked_add(self.add)?.checked_add(more)?;
        u16::try_from(address).ok().filter(|_| address <= HIGHEST)
    }
}

/// The physical addresses that a meter with this serial number may have, by the makers' rules, each once. Letters in the
/// number do not count.
pub fn addresses_of_serial(serial: &str) -> Vec<u16> {
    let digits: String = serial.chars().filter(char::is_ascii_digit).collect();
    // The last 18 digits are more than any rule looks at.
    let tail = digits.get(digits.len().saturating_sub(18)..).unwrap_or_default();
    let Ok(number) = tail.parse::<u64>() else { return Vec::new() };
    let rules = toml::from_str::<Rules>(RULES).map(|rules| rules.rules).unwrap_or_default();
    let mut addresses: Vec<u16> = Vec::new();
    for address in rules.iter().filter_map(|rule| rule.address(number)) {
        if !addresses.contains(&address) {
            addresses.push(address);
        }
    }
    addresses
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The examples of the sources.
    #[test]
    fn the_rules_of_the_makers() {
        assert!(!toml::from_str::<Rules>(RULES).unwrap().rules.is_empty());
        assert!(addresses_of_serial("12345678").contains(&6678));
        assert!(addresses_of_serial("241100010880560").contains(&576));
        let veryco = addresses_of_serial("026129141324");
        assert!(veryco.contains(&11324), "{veryco:?}");
        assert!(addresses_of_serial("026129100011").contains(&15011));
        assert!(addresses_of_serial("GRX").is_empty());
    }
}
