//! Rules of key-change tokens: what the meter already holds, and changes begun and not finished.

use super::evidence::Readout;
use super::fit::Fit;
use crate::sts::{MeterParameters, TokenContent};

/// A key that the meter may be on, by its readout and the key file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MeterKey {
    /// What is known of it.
    pub identity: MeterParameters,
    /// Its 32-bit parts in the order of the sections 1 to 4 that would carry them; 64-bit keys have two.
    pub parts: [Option<u32>; 4],
}

/// That a section carries what the meter holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlreadyHeld {
    /// Whether the part of the key itself was compared, not only the numbers beside it.
    pub key_compared: bool,
    /// What was found equal.
    pub evidence: String,
}

/// Whether a key-change section carries what the meter already holds: part of the key, KRN, KT, TI, supply group.
///
/// `own` are the keys the meter may be on; when it is empty only the numbers beside the key part can be compared,
/// and then all that the section carries must be known of the meter.
pub fn already_held(fit: &Fit, meter: &Readout, own: &[MeterKey]) -> Option<AlreadyHeld> {
    let section = fit.section()?;
    let carried = Carried::of(&fit.content)?;
    let numbers = carried.agreement(meter)?;
    let Some(key_part) = carried.key_part else {
        return (numbers == Agreement::All && is_of_another_group(&fit.identity, meter)).then(|| AlreadyHeld {
            key_compared: false,
            evidence: format!("section {section} carries the {} the meter already has", numbers_of(section)),
        });
    };
    if own.is_empty() {
        return (numbers == Agreement::All).then(|| AlreadyHeld {
            key_compared: false,
            evidence: format!(
                "section {section} carries the {} the meter already has; its part of the key could not be compared",
                numbers_of(section)
            ),
        });
    }
    let place = usize::from(section).checked_sub(1)?;
    own.iter().any(|key| key.parts.get(place).copied().flatten() == Some(key_part)).then(|| AlreadyHeld {
        key_compared: true,
        evidence: format!("section {section} carries a part of the very key the meter is on now"),
    })
}

/// Whether a key is of another supply group than the meter's: what led from there to here has been applied. Within one
/// group every set carries the same number, which tells nothing.
fn is_of_another_group(key: &MeterParameters, meter: &Readout) -> bool {
    matches!((key.sgc, meter.sgc), (Some(key), Some(own)) if key != own)
}

/// How far the numbers of a section agree with the readout.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Agreement {
    /// None differs, but some are unknown.
    Some,
    /// Every one is known and equal.
    All,
}

/// What a section carries: part of the key, and up to two numbers beside it.
struct Carried {
    /// `None` where the section carries numbers alone.
    key_part: Option<u32>,
    krn: Option<u32>,
    kt: Option<u32>,
    ti: Option<u32>,
    sgc_low: Option<u32>,
    sgc_high: Option<u32>,
}

impl Carried {
    fn of(content: &TokenContent) -> Option<Self> {
        let bare = Carried { key_part: None, krn: None, kt: None, ti: None, sgc_low: None, sgc_high: None };
        Some(match content {
            TokenContent::KeyChange1 { krn, kt, key_part, .. } => Carried {
                key_part: Some(key_part.bits()),
                krn: Some(u32::from(*krn)),
                kt: Some(u32::from(*kt)),
                ..bare
            },
            TokenContent::KeyChange2 { ti, key_part, .. } => {
                Carried { key_part: Some(key_part.bits()), ti: Some(u32::from(*ti)), ..bare }
            }
            TokenContent::KeyChange3 { sgc_low, key_part } => {
                Carried { key_part: Some(key_part.bits()), sgc_low: Some(u32::from(*sgc_low)), ..bare }
            }
            TokenContent::KeyChange4 { sgc_high, key_part } => {
                Carried { key_part: Some(key_part.bits()), sgc_high: Some(u32::from(*sgc_high)), ..bare }
            }
            TokenContent::KeyChangeSupplyGroup { sgc } => {
                Carried { sgc_low: Some(sgc.number() & 0xFFF), sgc_high: Some(sgc.number() >> 12), ..bare }
            }
            _ => return None,
        })
    }

    /// `None` when a known number differs.
    fn agreement(&self, meter: &Readout) -> Option<Agreement> {
        let sgc = meter.sgc.map(|sgc| sgc.number());
        let pairs = [
            (self.krn, meter.krn.map(u32::from)),
            (self.kt, meter.kt.map(u32::from)),
            (self.ti, meter.ti.map(u32::from)),
            (self.sgc_low, sgc.map(|sgc| sgc & 0xFFF)),
            (self.sgc_high, sgc.map(|sgc| sgc >> 12)),
        ];
        let mut agreement = Agreement::All;
        for (carried, held) in pairs.into_iter().filter_map(|(carried, held)| Some((carried?, held))) {
            match held {
                Some(held) if held != carried => return None,
                Some(_) => {}
                None => agreement = Agreement::Some,
            }
        }
        Some(agreement)
    }
}

fn numbers_of(section: u8) -> &'static str {
    match section {
        1 => "key revision and key type",
        2 => "tariff index",
        _ => "supply group",
    }
}

/// Whether credit that reads under another key than the meter's waits for the rest of a key change.
pub fn waits_for_sections(fit: &Fit, meter: &Readout) -> Option<String> {
    if !fit.is_credit() || meter.kct_pending.is_empty() {
        return None;
    }
    let held: Vec<String> = meter.kct_pending.iter().map(u8::to_string).collect();
    Some(format!(
        "the meter holds section {} of an unfinished key change, and the token was made under another key",
        held.join(", ")
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnosis::fit::tests::fit;
    use crate::sts::{KeyType, TokenClass};

    /// KENHO F, KRN 2, KT 2, part 89ABCDEF.
    const FIRST: u64 = 0x3F22_89AB_CDEF_0000;

    fn block(bits: u64) -> Fit {
        fit(TokenClass::Management, bits)
    }

    fn meter() -> Readout {
        Readout {
            krn: "2".parse().ok(),
            kt: Some(KeyType::Unique),
            ti: "7".parse().ok(),
            sgc: "123456".parse().ok(),
            ..Readout::default()
        }
    }

    fn key(parts: [Option<u32>; 4]) -> MeterKey {
        MeterKey { identity: MeterParameters::default(), parts }
    }

    #[test]
    fn a_section_with_the_meters_key_part_and_numbers_is_held() {
        let own = [key([Some(0x89AB_CDEF), Some(0x0123_4567), None, None])];
        assert!(already_held(&block(FIRST), &meter(), &own).is_some_and(|held| held.key_compared));
        // KENLO F, TI 7
        assert!(already_held(&block(0x4F07_0123_4567_0000), &meter(), &own).is_some());
        assert!(already_held(&block(0x4F08_0123_4567_0000), &meter(), &own).is_none(), "another TI");
        assert!(already_held(&block(0x4F07_0123_4568_0000), &meter(), &own).is_none(), "another key");
        assert!(already_held(&block(0x0F07_0123_4567_0000), &meter(), &own).is_none(), "not a section");
    }

    #[test]
    fn the_middle_sections_carry_the_supply_group() {
        let own = [key([None, None, Some(0xAAAA_AAAA), Some(0xBBBB_BBBB)])];
        let third = 0x8000_AAAA_AAAA_0000 | ((123_456u64 & 0xFFF) << 48);
        let fourth = 0x9000_BBBB_BBBB_0000 | ((123_456u64 >> 12) << 48);
        assert!(already_held(&block(third), &meter(), &own).is_some());
        assert!(already_held(&block(fourth), &meter(), &own).is_some());
        assert!(already_held(&block(third ^ (1 << 48)), &meter(), &own).is_none());
    }

    #[test]
    fn a_supply_group_token_is_held_only_when_it_led_from_another_group() {
        let third = |sgc: &str| {
            let identity = MeterParameters { sgc: sgc.parse().ok(), ..MeterParameters::default() };
            let content = TokenContent::KeyChangeSupplyGroup { sgc: "123456".parse().unwrap() };
            Fit { content, identity, ken: None }
        };
        let own = [key([Some(1), Some(2), None, None])];
        assert!(already_held(&third("654321"), &meter(), &own).is_some_and(|held| !held.key_compared));
        assert!(already_held(&third("123456"), &meter(), &own).is_none());
    }

    #[test]
    fn without_the_meters_key_all_numbers_must_be_known() {
        assert!(already_held(&block(FIRST), &meter(), &[]).is_some_and(|held| !held.key_compared));
        let hole = Readout { kt: None, ..meter() };
        assert!(already_held(&block(FIRST), &hole, &[]).is_none());
        let own = [key([Some(0x89AB_CDEF), None, None, None])];
        assert!(already_held(&block(FIRST), &hole, &own).is_some(), "the key part tells");
    }

    #[test]
    fn credit_waits_only_while_sections_are_pending() {
        let credit = fit(TokenClass::Credit, 0);
        let pending = Readout { kct_pending: vec![1], ..meter() };
        assert!(waits_for_sections(&credit, &pending).is_some());
        assert!(waits_for_sections(&credit, &meter()).is_none());
        assert!(waits_for_sections(&block(FIRST), &pending).is_none());
    }
}
