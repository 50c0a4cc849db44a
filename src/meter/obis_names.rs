//! What the code of an object means, in words: headings of load profiles and logs.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Names {
    /// Words for the energy and for the power of each quantity.
    quantities: BTreeMap<u8, [String; 2]>,
    neutral: BTreeMap<u8, [String; 2]>,
    /// Which of the words, and what follows it.
    processing: BTreeMap<u8, (Kind, String)>,
    #[serde(rename = "abstract")]
    general: BTreeMap<String, String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Kind {
    Energy,
    Power,
}

static NAMES: LazyLock<Option<Names>> =
    LazyLock::new(|| toml::from_str(include_str!("../../data/obis-names.toml")).ok());

/// The groups A to F of a code; F is 255 where it is not written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Code {
    is_electricity: bool,
    c: u8,
    d: u8,
    e: u8,
    f: u8,
}

impl Code {
    /// Reads `A.B.C.D.E.F`, `A-B:C.D.E*F` or `C.D.E`, perhaps with a class in front and an attribute behind.
    fn parse(text: &str) -> Option<Self> {
        let text = text.split_once('/').map_or(text, |(_, code)| code);
        let mut numbers = Vec::new();
        for part in text.split(['.', '-', ':', '*', '&']) {
            numbers.push(part.parse::<u8>().ok()?);
        }
        Some(match *numbers.as_slice() {
            [a, _, c, d, e, f] | [a, _, c, d, e, f, _] => Code { is_electricity: a == 1, c, d, e, f },
            [c, d] => Code { is_electricity: true, c, d, e: 0, f: u8::MAX },
            [c, d, e] => Code { is_electricity: c != 0, c, d, e, f: u8::MAX },
            // `C.D.E*F` has four parts, `A-B:C.D.E` five.
            [c, d, e, f] => Code { is_electricity: c != 0, c, d, e, f },
            [a, _, c, d, e] => Code { is_electricity: a == 1, c, d, e, f: u8::MAX },
            _ => return None,
        })
    }
}

/// The name of an object by its code (`1.0.1.8.0.255:2`, `1-0:1.8.0*255`, `1.8.0`); `None` where the table has none.
pub fn name_of(object: &str) -> Option<String> {
    let (names, code) = (NAMES.as_ref()?, Code::parse(object)?);
    if !code.is_electricity {
        return names.general.get(&format!("{}.{}.{}", code.c, code.d, code.e)).cloned();
    }
    let phases = [(0, ""), (20, "L1"), (40, "L2"), (60, "L3")];
    let phase_of = |(offset, phase)| Some((names.quantities.get(&code.c.checked_sub(offset)?)?, phase));
    let neutral = names.neutral.get(&code.c).map(|words| (words, ""));
    let ([energy, power], phase) = neutral.or_else(|| phases.into_iter().find_map(phase_of))?;
    let (kind, follows) = names.processing.get(&code.d)?;
    let quantity = if *kind == Kind::Energy { energy } else { power };
    let tariff = if code.e == 0 { String::new() } else { format!("tariff {}", code.e) };
    let billing = if code.f == u8::MAX { String::new() } else { format!("billing {}", code.f) };
    // Instantaneous values above 0 in group E are harmonics.
    if code.d == 7 && code.e > 0 {
        return None;
    }
    let words = [quantity, phase, follows, &tariff, &billing];
    Some(words.into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_in_every_way_of_writing_have_their_names() {
        assert!(NAMES.is_some(), "the table is read");
        for (code, name) in [
            ("1.0.1.8.0.255:2", Some("active energy import")),
            ("3/1.0.1.8.2.255:2", Some("active energy import tariff 2")),
            ("1-0:2.8.0*255", Some("active energy export")),
            ("1.8.0", Some("active energy import")),
            ("1.0.52.7.0.255:2", Some("voltage L2")),
            ("1.0.91.7.0.255:2", Some("neutral current")),
            ("1.0.1.29.0.255:2", Some("active energy import of the interval")),
            ("1.0.1.6.0.255:5", Some("active power import maximum")),
            ("1.0.1.8.0.101:2", Some("active energy import billing 101")),
            ("0.0.96.10.1.255:2", Some("status")),
            ("1.0.32.7.5.255:2", None),
            ("0.0.96.50.0.255:2", None),
            ("(F.F)", None),
            ("", None),
            ("1.0.300.8.0.255", None),
        ] {
            assert_eq!(name_of(code).as_deref(), name, "{code}");
        }
    }
}
