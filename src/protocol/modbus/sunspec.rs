//! SunSpec: meters that describe themselves by a chain of models in their holding registers.
//!
//! The chain begins with the registers of `SunS` at 40000 (or 0, or 50000); each model is an id, a length, and that
//! many registers; id FFFF ends it. Models 201 to 204 hold integers with scale factors, 211 to 214 floats. Offsets and
//! types are those of github.com/sunspec/models, json/model_1.json, model_203.json and model_213.json, counted behind
//! id and length; all meter models share the one or the other layout.

use super::{RegisterType, WordOrder};

/// Where the mark may stand, in the order to try.
pub const BASES: [u16; 3] = [40_000, 0, 50_000];

/// The registers of `SunS`.
pub const MARK: [u16; 2] = [0x5375, 0x6E53];

/// The id that ends the chain.
pub const END_OF_CHAIN: u16 = 0xFFFF;

/// No real device has more models; a longer chain is damaged.
pub const MAXIMUM_MODELS: usize = 64;

/// One model in the chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Model {
    /// The model's id.
    pub id: u16,
    /// Its first register behind id and length.
    pub first: u16,
    /// Its registers, id and length not counted.
    pub length: u16,
}

/// One step along the chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// A model; the next head stands at the register given.
    Model(Model, u16),
    /// The chain ends here.
    End,
    /// The chain runs past the last register.
    Damaged,
}

/// Reads the two registers of a model's head that stand at `at`.
pub fn step(at: u16, head: [u16; 2]) -> Step {
    let [id, length] = head;
    if id == END_OF_CHAIN {
        return Step::End;
    }
    let next = at.checked_add(2).and_then(|first| Some((first, first.checked_add(length)?)));
    match next {
        Some((first, next)) => Step::Model(Model { id, first, length }, next),
        None => Step::Damaged,
    }
}

/// A quantity that the meter models hold, with its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Point {
    /// The quantity, as status documents name it.
    pub quantity: Quantity,
    /// Offset from the model's first register.
    pub offset: u16,
    /// Offset of its scale factor, in the integer models.
    pub scale: Option<u16>,
}

/// The quantities taken from a meter model.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Quantity {
    /// Current of a phase in A; 0 is L1.
    Current(u8),
    /// Voltage of a phase against neutral in V.
    Voltage(u8),
    /// Frequency in Hz.
    Frequency,
    /// Active power in total, in W.
    Power,
    /// Active power of a phase in W.
    PhasePower(u8),
    /// Power factor of a phase.
    PowerFactor(u8),
    /// Power factor of all phases.
    TotalPowerFactor,
    /// Energy exported in total, in Wh.
    EnergyExported,
    /// Energy imported in total, in Wh.
    EnergyImported,
}

use Quantity::{
    Current, EnergyExported, EnergyImported, Frequency, PhasePower, Power, PowerFactor, TotalPowerFactor, Voltage,
};

const fn integer(quantity: Quantity, offset: u16, scale: u16) -> Point {
    Point { quantity, offset, scale: Some(scale) }
}

const fn float(quantity: Quantity, offset: u16) -> Point {
    Point { quantity, offset, scale: None }
}

/// Points of the integer models 201 to 204, in register order.
pub const INTEGER_POINTS: &[Point] = &[
    integer(Current(0), 1, 4),
    integer(Current(1), 2, 4),
    integer(Current(2), 3, 4),
    integer(Voltage(0), 6, 13),
    integer(Voltage(1), 7, 13),
    integer(Voltage(2), 8, 13),
    integer(Frequency, 14, 15),
    integer(Power, 16, 20),
    integer(PhasePower(0), 17, 20),
    integer(PhasePower(1), 18, 20),
    integer(PhasePower(2), 19, 20),
    integer(TotalPowerFactor, 31, 35),
    integer(PowerFactor(0), 32, 35),
    integer(PowerFactor(1), 33, 35),
    integer(PowerFactor(2), 34, 35),
    integer(EnergyExported, 36, 52),
    integer(EnergyImported, 44, 52),
];

/// Points of the float models 211 to 214, in register order.
pub const FLOAT_POINTS: &[Point] = &[
    float(Current(0), 2),
    float(Current(1), 4),
    float(Current(2), 6),
    float(Voltage(0), 10),
    float(Voltage(1), 12),
    float(Voltage(2), 14),
    float(Frequency, 24),
    float(Power, 26),
    float(PhasePower(0), 28),
    float(PhasePower(1), 30),
    float(PhasePower(2), 32),
    float(TotalPowerFactor, 50),
    float(PowerFactor(0), 52),
    float(PowerFactor(1), 54),
    float(PowerFactor(2), 56),
    float(EnergyExported, 58),
    float(EnergyImported, 66),
];

/// The common model, which stands first and names the device.
pub const COMMON_MODEL: u16 = 1;

/// Texts of the common model: offset and registers of maker, model, version and serial number.
pub const COMMON_TEXTS: [(u16, u16); 4] = [(0, 16), (16, 16), (40, 8), (48, 16)];

/// The points of a meter model, or `None` when the id is no meter's.
pub fn points(id: u16) -> Option<&'static [Point]> {
    match id {
        201..=204 => Some(INTEGER_POINTS),
        211..=214 => Some(FLOAT_POINTS),
        _ => None,
    }
}

/// The value of a point in its model's registers; `None` when the meter does not measure it.
pub fn value(point: Point, registers: &[u16]) -> Option<f64> {
    let from = registers.get(usize::from(point.offset)..)?;
    let Some(scale) = point.scale else {
        return RegisterType::F32.decode(from, WordOrder::Big);
    };
    let exponent = registers.get(usize::from(scale)).copied()?.cast_signed();
    // 8000h marks an absent scale factor; SunSpec allows -10 to 10.
    if !(-10..=10).contains(&exponent) {
        return None;
    }
    let raw = match point.quantity {
        // Accumulators are 32 bits, and 0 means that they are not kept.
        EnergyExported | EnergyImported => RegisterType::U32.decode(from, WordOrder::Big).filter(|raw| *raw != 0.0),
        _ => RegisterType::I16.decode(from, WordOrder::Big).filter(|raw| *raw != -32_768.0),
    }?;
    let scaled = raw * 10f64.powi(i32::from(exponent));
    // The integer models give the factor in percent, though some makers send it as a fraction.
    let percent = matches!(point.quantity, PowerFactor(_) | TotalPowerFactor) && scaled.abs() > 1.0;
    Some(if percent { scaled / 100.0 } else { scaled })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_chain_is_walked() {
        assert_eq!(step(40_002, [1, 66]), Step::Model(Model { id: 1, first: 40_004, length: 66 }, 40_070));
        assert_eq!(step(40_070, [END_OF_CHAIN, 0]), Step::End);
        assert_eq!(step(65_000, [203, 1_000]), Step::Damaged);
    }

    #[test]
    fn integers_carry_their_scale_and_absent_ones_are_left_out() {
        let mut registers = vec![0x8000u16; 105];
        registers[6] = 2_305;
        registers[13] = (-1i16).cast_unsigned();
        registers[44..46].copy_from_slice(&[0x0001, 0x0000]);
        registers[52] = 1;
        let read = |quantity| {
            let point = INTEGER_POINTS.iter().find(|point| point.quantity == quantity).unwrap();
            value(*point, &registers)
        };
        assert!(read(Voltage(0)).is_some_and(|volts| (volts - 230.5).abs() < 1e-9));
        assert_eq!(read(Voltage(1)), None);
        assert_eq!(read(Current(0)), None, "its scale factor is absent");
        assert_eq!(read(EnergyImported), Some(655_360.0));
    }

    #[test]
    fn floats_stand_alone() {
        let mut registers = vec![0u16; 124];
        registers[24..26].copy_from_slice(&[0x4248, 0x0000]);
        registers[10..12].copy_from_slice(&[0x7FC0, 0x0000]);
        let frequency = FLOAT_POINTS.iter().find(|point| point.quantity == Frequency).unwrap();
        let voltage = FLOAT_POINTS.iter().find(|point| point.quantity == Voltage(0)).unwrap();
        assert_eq!(value(*frequency, &registers), Some(50.0));
        assert_eq!(value(*voltage, &registers), None);
    }
}
