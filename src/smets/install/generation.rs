//! SMETS1 or SMETS2: what the marks on a meter and the inventory of the DCC say.

use serde::Serialize;

/// Generation of a meter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
pub enum Generation {
    /// First generation, reached through a service provider.
    #[serde(rename = "SMETS1")]
    Smets1,
    /// Second generation.
    #[serde(rename = "SMETS2")]
    Smets2,
}

impl Generation {
    /// The name.
    pub const fn word(self) -> &'static str {
        match self {
            Generation::Smets1 => "SMETS1",
            Generation::Smets2 => "SMETS2",
        }
    }
}

/// What is known of a meter.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Marks {
    /// Serial number on the case.
    pub serial: Option<String>,
    /// Other marking on the case, such as `SM1`.
    pub marking: Option<String>,
    /// SMETSCHTSVersion of the inventory, such as `SMETS V1.58`.
    pub version: Option<String>,
    /// CSPRegion of the inventory.
    pub region: Option<String>,
    /// Whether the inventory has an S1SP field.
    pub s1sp: bool,
}

/// One reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Reason {
    /// What it speaks for.
    pub generation: Generation,
    /// Whether it comes from the inventory and not from a rule of thumb.
    pub firm: bool,
    /// In words.
    pub reason: String,
}

/// What the marks say. Without firm reasons it is only likely; reasons that differ leave it open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct GenerationVerdict {
    /// The generation, when the reasons agree.
    pub generation: Option<Generation>,
    /// `certain`, `likely` or `open`.
    pub strength: &'static str,
    /// Why.
    pub reasons: Vec<Reason>,
}

/// Weighs the marks.
pub fn judge(marks: &Marks) -> GenerationVerdict {
    let mut reasons = Vec::new();
    let mut add = |generation, firm, reason: String| reasons.push(Reason { generation, firm, reason });
    if marks.s1sp {
        add(Generation::Smets1, true, "the inventory names an S1SP".to_owned());
    }
    if let Some(region) = marks.region.as_deref()
        && region.eq_ignore_ascii_case("SMETS1")
    {
        add(Generation::Smets1, true, "the inventory gives the region SMETS1".to_owned());
    }
    if let Some(version) = &marks.version {
        match version_number(version) {
            // The text of November 2014 is the first of the second generation.
            Some(number) if number >= 58 => {
                add(Generation::Smets2, true, format!("version {version} is a SMETS2 text"));
            }
            Some(_) => add(Generation::Smets1, false, format!("version {version} is older than the first SMETS2 text")),
            None => {}
        }
    }
    if let Some(marking) = &marks.marking {
        let plain = marking.to_ascii_uppercase();
        if plain.split(|c: char| !c.is_ascii_alphanumeric()).any(|word| word == "SM1" || word == "SMETS1") {
            add(Generation::Smets1, false, format!("the case is marked {marking}"));
        }
        if plain.split(|c: char| !c.is_ascii_alphanumeric()).any(|word| word == "SM2" || word == "SMETS2") {
            add(Generation::Smets2, false, format!("the case is marked {marking}"));
        }
    }
    if let Some(serial) = &marks.serial {
        let plain: String = serial.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_uppercase();
        if plain.starts_with("19P") {
            add(Generation::Smets1, false, format!("serial {serial} starts with 19P"));
        } else if plain.starts_with("19M") {
            add(Generation::Smets2, false, format!("serial {serial} starts with 19M"));
        }
    }
    let firm: Vec<&Reason> = reasons.iter().filter(|reason| reason.firm).collect();
    let certain = !firm.is_empty();
    let counted: Vec<Generation> = if certain {
        firm.iter().map(|reason| reason.generation).collect()
    } else {
        reasons.iter().map(|reason| reason.generation).collect()
    };
    let first = counted.first().copied();
    let generation = first.filter(|first| counted.iter().all(|other| other == first));
    let strength = match (generation, certain) {
        (Some(_), true) => "certain",
        (Some(_), false) => "likely",
        (None, _) => "open",
    };
    GenerationVerdict { generation, strength, reasons }
}

/// The number behind the point of a version such as `SMETS V1.58`; texts from 2.0 on count as above all of them.
fn version_number(version: &str) -> Option<u32> {
    let upper = version.trim().to_ascii_uppercase();
    let number = upper.strip_prefix("SMETS")?.trim_start().trim_start_matches('V');
    let (major, minor) = number.split_once('.')?;
    match major.parse::<u32>().ok()? {
        1 => minor.parse().ok(),
        0 => None,
        _ => Some(u32::MAX),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verdict(marks: Marks) -> (Option<Generation>, &'static str) {
        let verdict = judge(&marks);
        (verdict.generation, verdict.strength)
    }

    #[test]
    fn rules_of_thumb_are_only_likely_and_the_inventory_wins() {
        let serial = |serial: &str| Marks { serial: Some(serial.to_owned()), ..Marks::default() };
        assert_eq!(verdict(serial("19P0012345")), (Some(Generation::Smets1), "likely"));
        assert_eq!(verdict(serial("19m-0012345")), (Some(Generation::Smets2), "likely"));
        assert_eq!(verdict(serial("21E0012345")), (None, "open"));
        let both = Marks { marking: Some("SM1".to_owned()), ..serial("19M0012345") };
        assert_eq!(verdict(both.clone()), (None, "open"));
        let inventory = Marks { version: Some("SMETS V1.58".to_owned()), ..both };
        assert_eq!(verdict(inventory), (Some(Generation::Smets2), "certain"));
        let s1sp = Marks { s1sp: true, ..serial("19M0012345") };
        assert_eq!(verdict(s1sp), (Some(Generation::Smets1), "certain"));
        let hub = Marks { version: Some("CHTS V1.4".to_owned()), ..Marks::default() };
        assert_eq!(verdict(hub), (None, "open"));
    }
}
