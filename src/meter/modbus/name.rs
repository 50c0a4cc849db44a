//! How the user names a register: by its role, by the name its profile gives it, by OBIS code, or by number.

use crate::meter::MeterError;
use crate::meter::profile::modbus::RegisterPlace;
use crate::meter::profile::{Profile, Role};
use crate::protocol::modbus::{RegisterType, WordOrder};

/// OBIS codes (C.D.E of IEC 62056-61) of what a register map may hold.
const OBIS: &[(&str, Role)] = &[
    ("1.8.0", Role::EnergyImport),
    ("2.8.0", Role::EnergyExport),
    ("16.7.0", Role::Power),
    ("1.7.0", Role::Power),
    ("36.7.0", Role::PowerL1),
    ("56.7.0", Role::PowerL2),
    ("76.7.0", Role::PowerL3),
    ("31.7.0", Role::CurrentL1),
    ("51.7.0", Role::CurrentL2),
    ("71.7.0", Role::CurrentL3),
    ("32.7.0", Role::VoltageL1),
    ("52.7.0", Role::VoltageL2),
    ("72.7.0", Role::VoltageL3),
    ("13.7.0", Role::PowerFactor),
    ("33.7.0", Role::PowerFactorL1),
    ("53.7.0", Role::PowerFactorL2),
    ("73.7.0", Role::PowerFactorL3),
    ("14.7.0", Role::Frequency),
    ("96.1.0", Role::Serial),
    ("1.8.1", Role::EnergyImportTariff1),
    ("1.8.2", Role::EnergyImportTariff2),
    ("1.8.3", Role::EnergyImportTariff3),
    ("1.8.4", Role::EnergyImportTariff4),
    ("2.8.1", Role::EnergyExportTariff1),
    ("2.8.2", Role::EnergyExportTariff2),
    ("2.8.3", Role::EnergyExportTariff3),
    ("2.8.4", Role::EnergyExportTariff4),
    ("3.8.0", Role::ReactiveEnergyImport),
    ("4.8.0", Role::ReactiveEnergyExport),
    ("9.8.0", Role::ApparentEnergy),
    ("3.7.0", Role::ReactivePower),
    ("9.7.0", Role::ApparentPower),
    ("23.7.0", Role::ReactivePowerL1),
    ("43.7.0", Role::ReactivePowerL2),
    ("63.7.0", Role::ReactivePowerL3),
    ("29.7.0", Role::ApparentPowerL1),
    ("49.7.0", Role::ApparentPowerL2),
    ("69.7.0", Role::ApparentPowerL3),
    ("91.7.0", Role::CurrentNeutral),
    ("1.4.0", Role::Demand),
    ("1.6.0", Role::MaximumDemand),
];

/// The role an OBIS code stands for: `1.8.0`, `1-0:1.8.0` or `1.0.1.8.0.255`.
pub fn role_of_code(text: &str) -> Option<Role> {
    let text = text.split_once('*').map_or(text, |(code, _)| code);
    let short = match text.split_once(':') {
        Some((_, code)) => code.to_owned(),
        None => match text.split('.').collect::<Vec<_>>().as_slice() {
            [_, _, c, d, e, "255"] => format!("{c}.{d}.{e}"),
            _ => text.to_owned(),
        },
    };
    OBIS.iter().find(|(code, _)| *code == short).map(|(_, role)| *role)
}

/// What a name means.
#[derive(Debug, Clone, PartialEq)]
pub enum Target {
    /// A role.
    Role(Role),
    /// A register with everything that is known of it.
    Place(RegisterPlace),
}

/// Looks a name up.
///
/// # Errors
/// [`MeterError::BadValue`] when it is none of the forms; [`MeterError::NotOffered`] when the profile has no such.
pub fn target(name: &str, profile: &Profile) -> Result<Target, MeterError> {
    if let Some(place) = by_number(name, profile.modbus.word_order).transpose()? {
        return Ok(Target::Place(place));
    }
    if let Some(place) = profile.modbus.named_place(name) {
        return Ok(Target::Place(place));
    }
    let role = Role::named(name).or_else(|| role_of_code(name)).ok_or_else(|| {
        let known: Vec<String> = profile.modbus.registers.keys().map(|role| role.word()).collect();
        let known: Vec<String> = known.into_iter().chain(profile.modbus.names()).collect();
        MeterError::BadValue(format!(
            "{name:?} is no register of {}: it has {}; others are read as holding:NUMBER:TYPE, input:NUMBER:TYPE, coil:NUMBER or discrete:NUMBER",
            profile.name,
            if known.is_empty() { "none by name".to_owned() } else { known.join(", ") }
        ))
    })?;
    match profile.modbus.registers.get(&role) {
        Some(place) => Ok(Target::Place(place.clone())),
        None if profile.modbus.sunspec => Ok(Target::Role(role)),
        None => Err(MeterError::NotOffered(format!("register for {}", role.word()))),
    }
}

/// Reads `holding:NUMBER[:TYPE[:ORDER]]`: the number counted from 0 as on the wire, decimal or with 0x, the type one
/// of u16 (when left out), i16, u32, i32, u64, i64, f32, f64, bitN, or textN, bcdN, hexN, digitsN of N registers, the order
/// `big` or `swapped`. `coil:` and `discrete:` are single bits.
fn by_number(name: &str, usual: WordOrder) -> Option<Result<RegisterPlace, MeterError>> {
    let (table, rest) = name.split_once(':')?;
    let function = match table {
        "coil" => 1,
        "discrete" => 2,
        "holding" => 3,
        "input" => 4,
        _ => return None,
    };
    let mut parts = rest.split(':');
    let (number, kind, order, more) = (parts.next(), parts.next(), parts.next(), parts.next());
    let wrong = |why: String| {
        MeterError::BadValue(format!(
            "{name:?}: {why}; write {table}:NUMBER[:TYPE[:ORDER]], such as {table}:0x0048:f32"
        ))
    };
    let register = number.and_then(|text| match text.strip_prefix("0x") {
        Some(digits) => u16::from_str_radix(digits, 16).ok(),
        None => text.parse().ok(),
    });
    let Some(register) = register else {
        return Some(Err(wrong("the register is not a number 0 to 65535".to_owned())));
    };
    let usual_type = if function <= 2 { "bit" } else { "u16" };
    if function <= 2 && kind.is_some_and(|kind| kind != "bit") {
        return Some(Err(wrong("it is a single bit, and has no other type".to_owned())));
    }
    let bit = kind.and_then(|kind| kind.strip_prefix("bit")).filter(|number| !number.is_empty());
    let bit = match bit.map(|number| number.parse().ok().filter(|number| *number <= 15)) {
        Some(None) => return Some(Err(wrong("bit is followed by a number 0 to 15".to_owned()))),
        found => found.flatten(),
    };
    let with_length = |text: &str, word: &str| {
        text.strip_prefix(word).and_then(|length| length.parse().ok()).filter(|length| (1..=125).contains(length))
    };
    let (kind, length) = match kind.unwrap_or(usual_type) {
        "bit" => (RegisterType::Bit, None),
        _ if bit.is_some() => (RegisterType::Bit, None),
        "u16" => (RegisterType::U16, None),
        "i16" => (RegisterType::I16, None),
        "u32" => (RegisterType::U32, None),
        "i32" => (RegisterType::I32, None),
        "u64" => (RegisterType::U64, None),
        "i64" => (RegisterType::I64, None),
        "f32" => (RegisterType::F32, None),
        "f64" => (RegisterType::F64, None),
        other => {
            let kinds = [
                ("text", RegisterType::Text),
                ("bcd", RegisterType::Bcd),
                ("hex", RegisterType::Hex),
                ("digits", RegisterType::Digits),
            ];
            let found = kinds.iter().find_map(|(word, kind)| Some((*kind, with_length(other, word)?)));
            let Some((kind, length)) = found else { return Some(Err(wrong(format!("{other:?} is no type")))) };
            (kind, Some(length))
        }
    };
    let word_order = match order {
        None => usual,
        Some("big") => WordOrder::Big,
        Some("swapped") => WordOrder::Swapped,
        Some(other) => return Some(Err(wrong(format!("{other:?} is no word order")))),
    };
    if more.is_some() {
        return Some(Err(wrong("there is too much of it".to_owned())));
    }
    Some(Ok(RegisterPlace {
        function,
        register,
        kind,
        length,
        word_order: Some(word_order),
        octet_order: None,
        bit,
        bits: None,
        show: false,
        scale: 1.0,
        unit: None,
        minimum: None,
        maximum: None,
        limits: None,
        absent: Vec::new(),
        scale_by: None,
        negative_when: None,
        series: None,
        step: None,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_in_every_form() {
        for code in ["1.8.0", "1-0:1.8.0", "1.0.1.8.0.255", "1-0:1.8.0*255"] {
            assert_eq!(role_of_code(code), Some(Role::EnergyImport), "{code}");
        }
        assert_eq!(role_of_code("0.0.96.1.0.255"), Some(Role::Serial));
        assert_eq!(role_of_code("9.9.9"), None);
    }

    #[test]
    fn registers_by_number() {
        let place = by_number("holding:0x14:f32:swapped", WordOrder::Big).unwrap().unwrap();
        assert_eq!((place.function, place.register, place.kind), (3, 0x14, RegisterType::F32));
        assert_eq!(place.word_order, Some(WordOrder::Swapped));
        let text = by_number("input:40001:text8", WordOrder::Big).unwrap().unwrap();
        assert_eq!((text.function, text.register, text.registers()), (4, 40_001, 8));
        for bad in [
            "holding:x",
            "holding:1:bit16",
            "coil:0:u32",
            "holding:70000",
            "input:1:f16",
            "input:1:f32:odd",
            "input:1:u16:big:more",
            "input:1:text0",
        ] {
            assert!(by_number(bad, WordOrder::Big).unwrap().is_err(), "{bad}");
        }
        assert!(by_number("1-0:1.8.0", WordOrder::Big).is_none());
    }
}
