//! Units of measurement and scalers, as attribute 3 of a register gives them.

use super::data::Data;

/// A unit by its number in the Blue Book.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Unit(pub u8);

impl Unit {
    /// Watt.
    pub const WATT: Unit = Unit(27);
    /// Volt-ampere.
    pub const VOLT_AMPERE: Unit = Unit(28);
    /// Var.
    pub const VAR: Unit = Unit(29);
    /// Watt-hour.
    pub const WATT_HOUR: Unit = Unit(30);
    /// Ampere.
    pub const AMPERE: Unit = Unit(33);
    /// Volt.
    pub const VOLT: Unit = Unit(35);
    /// Hertz.
    pub const HERTZ: Unit = Unit(44);
    /// No unit.
    pub const COUNT: Unit = Unit(255);

    /// The symbol; empty for a plain count, `None` for a number this program does not know.
    pub const fn symbol(self) -> Option<&'static str> {
        Some(match self.0 {
            1 => "a",
            2 => "mo",
            3 => "wk",
            4 => "d",
            5 => "h",
            6 => "min",
            7 => "s",
            8 => "°",
            9 => "°C",
            10 => "currency",
            11 => "m",
            12 => "m/s",
            13 | 14 => "m³",
            15 | 16 => "m³/h",
            17 | 18 => "m³/d",
            19 => "l",
            20 => "kg",
            21 => "N",
            22 => "Nm",
            23 => "Pa",
            24 => "bar",
            25 => "J",
            26 => "J/h",
            27 => "W",
            28 => "VA",
            29 => "var",
            30 => "Wh",
            31 => "VAh",
            32 => "varh",
            33 => "A",
            34 => "C",
            35 => "V",
            36 => "V/m",
            37 => "F",
            38 => "Ω",
            39 => "Ωm²/m",
            40 => "Wb",
            41 => "T",
            42 => "A/m",
            43 => "H",
            44 => "Hz",
            45 => "1/Wh",
            46 => "1/varh",
            47 => "1/VAh",
            48 => "V²h",
            49 => "A²h",
            50 => "kg/s",
            51 => "S",
            52 => "K",
            53 => "1/V²h",
            54 => "1/A²h",
            55 => "1/m³",
            56 => "%",
            57 => "Ah",
            60 => "Wh/m³",
            61 => "J/m³",
            62 => "mol%",
            63 => "g/m³",
            64 => "Pa s",
            65 => "J/kg",
            66 => "g/cm²",
            67 => "atm",
            70 => "dBm",
            71 => "dBµV",
            72 => "dB",
            254 => "other",
            255 => "",
            _ => return None,
        })
    }
}

/// Power of ten and unit of a register.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ScalerUnit {
    /// The value is the stored number times ten to this power.
    pub scaler: i8,
    /// The unit of the scaled value.
    pub unit: Unit,
}

impl ScalerUnit {
    /// Reads attribute 3 of a register: a structure of scaler and unit.
    pub fn from_data(data: &Data) -> Option<Self> {
        let Data::Structure(parts) = data else { return None };
        let [scaler, unit] = parts.as_slice() else { return None };
        Some(ScalerUnit {
            scaler: i8::try_from(scaler.as_i128()?).ok()?,
            unit: Unit(u8::try_from(unit.as_u64()?).ok()?),
        })
    }

    /// As a meter answers it.
    pub fn to_data(self) -> Data {
        Data::Structure(vec![Data::Int8(self.scaler), Data::Enum(self.unit.0)])
    }

    /// The scaled value of a stored number.
    pub fn apply(self, raw: &Data) -> Option<f64> {
        let raw = raw.as_f64()?;
        let factor = 10f64.powi(i32::from(self.scaler).abs());
        // Division by a whole power keeps 2301 × 10⁻¹ at 230.1, where multiplying by 0.1 would not.
        Some(if self.scaler < 0 { raw / factor } else { raw * factor })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scalers_keep_decimal_values() {
        let volts = ScalerUnit { scaler: -1, unit: Unit::VOLT };
        assert_eq!(ScalerUnit::from_data(&volts.to_data()), Some(volts));
        assert_eq!(volts.apply(&Data::UInt16(2301)), Some(230.1));
        assert_eq!(ScalerUnit { scaler: 1, unit: Unit::WATT_HOUR }.apply(&Data::UInt32(5)), Some(50.0));
        assert_eq!(volts.apply(&Data::Null), None);
        assert_eq!(Unit::WATT_HOUR.symbol(), Some("Wh"));
    }
}
