//! Amounts as tokens carry them: a decimal floating form with integer arithmetic (IEC 62055-41 clause 6.3.6).

use std::fmt;

use super::error::FieldError;

/// One more than the largest mantissa.
const MANTISSAS: u32 = 1 << 14;

/// Smallest value of each exponent 0 to 3.
const BAND_STARTS: [u32; 4] = [0, 16_384, 180_224, 1_818_624];

/// Weight of one step of the mantissa for each exponent 0 to 3.
const WEIGHTS: [u32; 4] = [1, 10, 100, 1_000];

/// A 16-bit amount field: bits 15 and 14 are the exponent, 13 to 0 the mantissa.
///
/// Credit counts tenths of kWh, m³ or minutes; power limits count watts. The field means
/// 10^e × m + the sum over n = 1..e of 2^14 × 10^(n−1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Amount(u16);

impl Amount {
    /// Largest number of units a field can hold.
    pub const MAX_UNITS: u32 = 18_201_624;

    /// From the field of a token.
    pub const fn from_field(field: u16) -> Self {
        Amount(field)
    }

    /// The smallest field that holds at least `units`: rounding is in the customer's favour (clause 6.3.6.2).
    ///
    /// # Errors
    /// More than [`Amount::MAX_UNITS`].
    pub fn at_least(units: u32) -> Result<Self, FieldError> {
        if units > Self::MAX_UNITS {
            return Err(FieldError::new(
                "amount",
                &units.to_string(),
                "the largest amount a token holds is 18201624 units (1820162.4 kWh, or 18201624 W)",
                "split it over several tokens",
            ));
        }
        let bands = [0u32, 1, 2, 3].into_iter().zip(BAND_STARTS).zip(WEIGHTS);
        let ((exponent, start), weight) =
            bands.take_while(|((_, start), _)| *start <= units).last().unwrap_or(((0, 0), 1));
        let mantissa = (units - start).div_ceil(weight);
        // A mantissa rounded up to 2^14 is the start of the next band, which is this same addition.
        Ok(Amount((exponent * MANTISSAS + mantissa) as u16))
    }

    /// The 16-bit field.
    pub const fn field(self) -> u16 {
        self.0
    }

    /// The number of units: tenths of a credit unit, or watts.
    pub fn units(self) -> u32 {
        let exponent = usize::from(self.0 >> 14);
        let mantissa = u32::from(self.0) % MANTISSAS;
        match (BAND_STARTS.get(exponent), WEIGHTS.get(exponent)) {
            (Some(start), Some(weight)) => start + weight * mantissa,
            _ => 0,
        }
    }

    /// The amount in whole credit units with one decimal, such as `25.6`.
    pub fn tenths(self) -> Tenths {
        Tenths(self.units())
    }
}

/// A number of tenths, printed with one decimal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Tenths(pub u32);

impl fmt::Display for Tenths {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}.{}", self.0 / 10, self.0 % 10)
    }
}

/// An amount of money: units of 0.00001 of the base currency, with sign.
///
/// The 16-bit amount field gives mantissa and the low two bits of the exponent; the S&E field, which stands where
/// other credit tokens have their random number, gives three more exponent bits (bits 0 to 2) and the sign (bit 3,
/// set for negative). This layout rests on a single source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct CurrencyAmount {
    field: u16,
    sign_and_exponent: u8,
}

impl CurrencyAmount {
    /// Largest magnitude in units that [`CurrencyAmount::at_least`] makes; the field could hold far more.
    pub const MAX_UNITS: u64 = 1 << 62;

    /// From the amount field and the low four bits of the S&E field of a token.
    pub const fn from_fields(field: u16, sign_and_exponent: u8) -> Self {
        CurrencyAmount { field, sign_and_exponent: sign_and_exponent & 0xF }
    }

    /// The nearest amount that is not below `units` of 0.00001: a credit is rounded up, a debit towards zero, both in
    /// the customer's favour (IEC 62055-41 clause 6.3.6.2).
    ///
    /// # Errors
    /// A magnitude above [`CurrencyAmount::MAX_UNITS`].
    pub fn at_least(units: i64) -> Result<Self, FieldError> {
        let magnitude = units.unsigned_abs();
        if magnitude > Self::MAX_UNITS {
            return Err(FieldError::new(
                "amount",
                &units.to_string(),
                "it is too large",
                "split it over several tokens",
            ));
        }
        let magnitude = u128::from(magnitude);
        let mut exponent = 0u32;
        let mut start = 0u128;
        let mut weight = 1u128;
        while magnitude >= start + weight * u128::from(MANTISSAS) {
            start += weight * u128::from(MANTISSAS);
            weight *= 10;
            exponent += 1;
        }
        let steps = if units < 0 { (magnitude - start) / weight } else { (magnitude - start).div_ceil(weight) };
        let code = exponent * MANTISSAS + steps as u32;
        let sign = if units < 0 { 0b1000 } else { 0 };
        Ok(CurrencyAmount { field: (code & 0xFFFF) as u16, sign_and_exponent: ((code >> 16) as u8 & 0b111) | sign })
    }

    /// The 16-bit amount field.
    pub const fn field(self) -> u16 {
        self.field
    }

    /// The 4-bit S&E field.
    pub const fn sign_and_exponent(self) -> u8 {
        self.sign_and_exponent
    }

    /// Whether the sign bit is set.
    pub const fn is_negative(self) -> bool {
        self.sign_and_exponent & 0b1000 != 0
    }

    /// The magnitude in units of 0.00001. Below 2 × 10^35.
    pub fn magnitude(self) -> u128 {
        let exponent = (u32::from(self.sign_and_exponent) & 0b111) << 2 | u32::from(self.field >> 14);
        let mantissa = u128::from(self.field) % u128::from(MANTISSAS);
        let weight = 10u128.pow(exponent);
        // The geometric sum of 10^(n−1) for n = 1..e is (10^e − 1) / 9.
        weight * mantissa + u128::from(MANTISSAS) * ((weight - 1) / 9)
    }
}

impl fmt::Display for CurrencyAmount {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let magnitude = self.magnitude();
        let sign = if self.is_negative() && magnitude > 0 { "-" } else { "" };
        write!(formatter, "{sign}{}.{:05}", magnitude / 100_000, magnitude % 100_000)
    }
}

/// Reads a decimal number of at most `decimals` places as an integer count of its last place.
///
/// # Errors
/// Anything but digits with an optional point (and, where `signed`, a leading minus), or too many places.
pub fn parse_decimal(field: &'static str, text: &str, decimals: usize, signed: bool) -> Result<i64, FieldError> {
    let wrong = |problem: String| FieldError::new(field, text, problem, "write a number such as 25.6");
    let (negative, body) = match text.strip_prefix('-') {
        Some(body) if signed => (true, body),
        _ => (false, text),
    };
    let (whole, fraction) = body.split_once('.').unwrap_or((body, ""));
    let all_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || !all_digits(whole) || !all_digits(fraction) {
        return Err(wrong("it is not a decimal number".to_owned()));
    }
    if fraction.len() > decimals {
        return Err(wrong(format!(
            "it has more than {decimals} decimal place{}",
            if decimals == 1 { "" } else { "s" }
        )));
    }
    let padded = format!("{whole}{fraction:0<decimals$}");
    let magnitude: i64 = padded.parse().map_err(|_| wrong("it is too large".to_owned()))?;
    Ok(if negative { -magnitude } else { magnitude })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_is_its_own_smallest_form() {
        for field in 0..=u16::MAX {
            let amount = Amount::from_field(field);
            assert_eq!(Amount::at_least(amount.units()).unwrap(), amount, "{field:04x}");
        }
    }

    #[test]
    fn never_less_than_asked() {
        for units in (0..Amount::MAX_UNITS).step_by(997) {
            let amount = Amount::at_least(units).unwrap();
            assert!(amount.units() >= units);
            if amount.field() > 0 {
                assert!(Amount::from_field(amount.field() - 1).units() < units, "{units} is not the nearest above");
            }
        }
        assert!(Amount::at_least(Amount::MAX_UNITS + 1).is_err());
    }

    #[test]
    fn currency_in_both_directions() {
        for units in [0, 1, -1, 16_383, 16_384, 1_234_000, -1_234_000, 10_000_000_000_000, i64::from(u32::MAX)] {
            let amount = CurrencyAmount::at_least(units).unwrap();
            let asked = u128::from(units.unsigned_abs());
            assert!(if units < 0 { amount.magnitude() <= asked } else { amount.magnitude() >= asked });
            assert_eq!(amount.is_negative(), units < 0);
        }
        assert_eq!(CurrencyAmount::from_fields(0x5FF4, 10).to_string(), "-100004444.42624");
        assert_eq!(CurrencyAmount::from_fields(0x3FFF, 0).to_string(), "0.16383");
    }

    #[test]
    fn decimals_are_read_exactly() {
        assert_eq!(parse_decimal("amount", "25.6", 1, false).unwrap(), 256);
        assert_eq!(parse_decimal("amount", "25", 1, false).unwrap(), 250);
        assert_eq!(parse_decimal("amount", "-12.34", 5, true).unwrap(), -1_234_000);
        for wrong in ["", ".5", "1.25", "1,5", "-1", "1e3", "99999999999999999999"] {
            assert!(parse_decimal("amount", wrong, 1, false).is_err(), "{wrong}");
        }
    }
}
