//! Values in registers: width, sign, word order, and the patterns that mean "not measured".

/// How a value stands in its registers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum RegisterType {
    /// One register, unsigned.
    U16,
    /// One register, two's complement.
    I16,
    /// Two registers, unsigned.
    U32,
    /// Two registers, two's complement.
    I32,
    /// Four registers, unsigned.
    U64,
    /// Four registers, two's complement.
    I64,
    /// Two registers, IEEE 754 single.
    F32,
    /// Four registers, IEEE 754 double.
    F64,
    /// Text of two octets a register, the high one first; how many registers is said beside it.
    Text,
    /// A number of four decimal digits a register, one in each half octet; how many registers is said beside it.
    Bcd,
    /// The octets in hex, as serial numbers are printed on many labels; how many registers is said beside it.
    Hex,
    /// Four decimal digits a register, each register a number 0 to 9999; how many registers is said beside it.
    Digits,
    /// One bit: a coil, a discrete input, or one of a register.
    Bit,
}

/// Which octet of a register comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum OctetOrder {
    /// The high octet, as the standard has it.
    #[default]
    Big,
    /// The low octet.
    Swapped,
}

/// Which register of a value comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum WordOrder {
    /// High word first, as the standard's octets suggest.
    #[default]
    Big,
    /// Low word first.
    Swapped,
}

impl RegisterType {
    /// Whether how many registers it takes is said beside it.
    pub const fn has_length(self) -> bool {
        matches!(self, RegisterType::Text | RegisterType::Bcd | RegisterType::Hex | RegisterType::Digits)
    }

    /// Whether it is a text rather than a number.
    pub const fn is_text(self) -> bool {
        matches!(self, RegisterType::Text | RegisterType::Hex | RegisterType::Digits)
    }

    /// Registers the value takes; 1 for what has a length of its own.
    pub const fn registers(self) -> u16 {
        match self {
            RegisterType::U16
            | RegisterType::I16
            | RegisterType::Text
            | RegisterType::Bcd
            | RegisterType::Hex
            | RegisterType::Digits
            | RegisterType::Bit => 1,
            RegisterType::U32 | RegisterType::I32 | RegisterType::F32 => 2,
            RegisterType::U64 | RegisterType::I64 | RegisterType::F64 => 4,
        }
    }

    /// The raw number, read without and with a sign; `None` for what is no number of bits and for too few registers.
    pub fn integers(self, registers: &[u16], order: WordOrder) -> Option<(u64, i64)> {
        let bits = self.bits(registers, order)?;
        let low = u32::try_from(bits & 0xFFFF_FFFF).unwrap_or_default();
        let single = u16::try_from(bits & 0xFFFF).unwrap_or_default();
        match self {
            RegisterType::Text | RegisterType::Bcd | RegisterType::Hex | RegisterType::Digits | RegisterType::Bit => {
                None
            }
            RegisterType::U16 | RegisterType::I16 => Some((bits, i64::from(single.cast_signed()))),
            RegisterType::U32 | RegisterType::I32 | RegisterType::F32 => Some((bits, i64::from(low.cast_signed()))),
            RegisterType::U64 | RegisterType::I64 | RegisterType::F64 => Some((bits, bits.cast_signed())),
        }
    }

    fn bits(self, registers: &[u16], order: WordOrder) -> Option<u64> {
        let words = registers.get(..usize::from(self.registers()))?;
        let join = |value: u64, word: &u16| value << 16 | u64::from(*word);
        Some(match order {
            WordOrder::Big => words.iter().fold(0, join),
            WordOrder::Swapped => words.iter().rev().fold(0, join),
        })
    }

    /// The value, or `None` for too few registers and for a float that is no number.
    pub fn decode(self, registers: &[u16], order: WordOrder) -> Option<f64> {
        let bits = self.bits(registers, order)?;
        let low = u32::try_from(bits & 0xFFFF_FFFF).unwrap_or_default();
        let single = u16::try_from(bits & 0xFFFF).unwrap_or_default();
        match self {
            RegisterType::U16 => Some(f64::from(single)),
            RegisterType::I16 => Some(f64::from(single.cast_signed())),
            RegisterType::U32 => Some(f64::from(low)),
            RegisterType::I32 => Some(f64::from(low.cast_signed())),
            // The nearest float; [`RegisterType::integers`] is exact.
            RegisterType::U64 => Some(bits as f64),
            RegisterType::I64 => Some(bits.cast_signed() as f64),
            RegisterType::F64 => Some(f64::from_bits(bits)).filter(|value| value.is_finite()),
            RegisterType::Text | RegisterType::Bcd | RegisterType::Hex | RegisterType::Digits | RegisterType::Bit => {
                None
            }
            RegisterType::F32 => Some(f64::from(f32::from_bits(low))).filter(|value| value.is_finite()),
        }
    }

    /// The registers of a value, or `None` when it does not fit.
    pub fn encode(self, value: f64, order: WordOrder) -> Option<Vec<u16>> {
        let whole = value.round();
        let bits = match self {
            RegisterType::F32 if (value as f32).is_finite() => u64::from((value as f32).to_bits()),
            RegisterType::F64 if value.is_finite() => value.to_bits(),
            RegisterType::I64 if whole.abs() < 9_007_199_254_740_992.0 => (whole as i64).cast_unsigned(),
            RegisterType::U16 if (0.0..=65_535.0).contains(&whole) => whole as u64,
            RegisterType::I16 if (-32_768.0..=32_767.0).contains(&whole) => u64::from((whole as i16).cast_unsigned()),
            RegisterType::U32 if (0.0..=4_294_967_295.0).contains(&whole) => whole as u64,
            RegisterType::I32 if (-2_147_483_648.0..=2_147_483_647.0).contains(&whole) => {
                u64::from((whole as i32).cast_unsigned())
            }
            RegisterType::U64 if (0.0..9_007_199_254_740_992.0).contains(&whole) => whole as u64,
            _ => return None,
        };
        let [w3, w2, w1, w0] = [48, 32, 16, 0].map(|shift| u16::try_from(bits >> shift & 0xFFFF).unwrap_or_default());
        let mut words = match self.registers() {
            1 => vec![w0],
            2 => vec![w1, w0],
            _ => vec![w3, w2, w1, w0],
        };
        if order == WordOrder::Swapped {
            words.reverse();
        }
        Some(words)
    }
}

/// The registers joined to one number, the first highest; `None` for more than four.
pub fn joined(registers: &[u16]) -> Option<u64> {
    (registers.len() <= 4).then(|| registers.iter().fold(0, |value, word| value << 16 | u64::from(*word)))
}

/// The octets of `registers` in hex, four digits each, the first register first.
pub fn hex_digits(registers: &[u16]) -> String {
    registers.iter().map(|register| format!("{register:04X}")).collect()
}

/// The decimal number whose digits stand in the half octets of `registers`; `None` where one is no digit, and for more
/// than four registers.
pub fn decimal(registers: &[u16]) -> Option<u64> {
    if registers.len() > 4 {
        return None;
    }
    hex_digits(registers).parse().ok()
}

/// Four decimal digits a register, one after the other; `None` where a register is above 9999.
pub fn four_digits_each(registers: &[u16]) -> Option<String> {
    registers.iter().map(|register| (*register <= 9_999).then(|| format!("{register:04}"))).collect()
}

/// The text in `registers`, two octets each, the high one first; zeros and blanks at its end are left out. `None` when
/// it holds anything but printable ASCII.
pub fn text(registers: &[u16]) -> Option<String> {
    let octets: Vec<u8> = registers.iter().flat_map(|register| register.to_be_bytes()).collect();
    let end = octets.iter().position(|octet| *octet == 0).unwrap_or(octets.len());
    let meat = octets.get(..end)?;
    meat.iter()
        .all(|octet| (0x20..0x7F).contains(octet))
        .then(|| String::from_utf8_lossy(meat).trim_end().to_owned())
        .filter(|text| !text.is_empty())
}

/// Registers read from one place, looked up by their own numbers.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Registers {
    blocks: Vec<(u16, Vec<u16>)>,
}

impl Registers {
    /// Adds what a read of `values.len()` registers from `first` on gave.
    pub fn add(&mut self, first: u16, values: Vec<u16>) {
        self.blocks.push((first, values));
    }

    /// `count` registers from `first` on, when one read covered them all.
    pub fn get(&self, first: u16, count: u16) -> Option<&[u16]> {
        self.blocks.iter().find_map(|(start, values)| {
            let offset = usize::from(first.checked_sub(*start)?);
            values.get(offset..offset.checked_add(usize::from(count))?)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn floats_in_both_orders() {
        assert_eq!(RegisterType::F32.decode(&[0x4366, 0x8000], WordOrder::Big), Some(230.5));
        assert_eq!(RegisterType::F32.decode(&[0x8000, 0x4366], WordOrder::Swapped), Some(230.5));
        assert_eq!(RegisterType::F32.decode(&[0x7FC0, 0], WordOrder::Big), None);
        assert_eq!(RegisterType::F32.decode(&[0x4366], WordOrder::Big), None);
    }

    #[test]
    fn integers_round_trip() {
        for kind in [
            RegisterType::U16,
            RegisterType::I16,
            RegisterType::U32,
            RegisterType::I32,
            RegisterType::U64,
            RegisterType::I64,
        ] {
            for order in [WordOrder::Big, WordOrder::Swapped] {
                for value in [0.0, 1.0, 32_767.0] {
                    let registers = kind.encode(value, order).unwrap();
                    assert_eq!(kind.decode(&registers, order), Some(value), "{kind:?} {order:?} {value}");
                }
            }
        }
        assert_eq!(RegisterType::I16.decode(&[0xFFFF], WordOrder::Big), Some(-1.0));
        assert_eq!(RegisterType::U16.encode(-1.0, WordOrder::Big), None);
    }

    #[test]
    fn digits_in_their_forms() {
        assert_eq!(hex_digits(&[0x0012, 0x89AB]), "001289AB");
        assert_eq!(decimal(&[0x0012, 0x3456]), Some(123_456));
        assert_eq!(decimal(&[0x001A]), None);
        assert_eq!(decimal(&[0; 5]), None);
        assert_eq!(four_digits_each(&[12, 3_456]).as_deref(), Some("00123456"));
        assert_eq!(four_digits_each(&[10_000]), None);
        assert_eq!((joined(&[1, 2]), joined(&[0; 5])), (Some(0x0001_0002), None));
    }

    #[test]
    fn text_ends_at_a_zero() {
        assert_eq!(text(&[0x5344, 0x4D36, 0x3330, 0x2000, 0x4142]).as_deref(), Some("SDM630"));
        assert_eq!(text(&[0]), None);
        assert_eq!(text(&[0x01FF]), None);
    }

    #[test]
    fn wide_values() {
        assert_eq!(RegisterType::I64.decode(&[0xFFFF; 4], WordOrder::Big), Some(-1.0));
        let pi = RegisterType::F64.encode(3.5, WordOrder::Swapped).unwrap();
        assert_eq!(RegisterType::F64.decode(&pi, WordOrder::Swapped), Some(3.5));
        assert_eq!(RegisterType::F32.encode(1e300, WordOrder::Big), None);
    }

    #[test]
    fn registers_are_found_by_number() {
        let mut registers = Registers::default();
        registers.add(0x46, vec![1, 2, 3, 4]);
        assert_eq!(registers.get(0x48, 2), Some(&[3, 4][..]));
        assert_eq!(registers.get(0x49, 2), None);
        assert_eq!(registers.get(0x45, 1), None);
    }
}
