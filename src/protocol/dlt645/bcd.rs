//! Binary-coded decimal values: lowest pair of digits first, the top bit as minus where the item is signed.

/// How a value stands in its octets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct BcdFormat {
    /// Octets on the wire, 1 to 8.
    pub octets: u8,
    /// Digits behind the decimal point.
    pub decimals: u8,
    /// Whether the highest bit of the highest octet is a minus sign.
    pub signed: bool,
}

/// Why octets are no value, or a value fits no octets.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BcdError {
    /// Another number of octets than the format has.
    #[error("{found} octets where {wanted} are due")]
    Length {
        /// Octets of the format.
        wanted: usize,
        /// Octets found.
        found: usize,
    },
    /// A half octet above 9; all octets FF mean that the meter has no value.
    #[error("octet {0} is not two decimal digits")]
    Digit(usize),
    /// The meter fills an item it does not measure with FF.
    #[error("the meter has no value here")]
    Absent,
    /// The value needs more digits than the format has.
    #[error("the value does not fit in {0} digits")]
    Range(usize),
}

/// Reads a value in units of the format's last digit.
///
/// # Errors
/// [`BcdError`] for a wrong length, a half octet above 9, or FF throughout.
pub fn decode_bcd(octets: &[u8], format: BcdFormat) -> Result<i64, BcdError> {
    if octets.len() != usize::from(format.octets) || octets.len() > 8 {
        return Err(BcdError::Length { wanted: usize::from(format.octets), found: octets.len() });
    }
    if !octets.is_empty() && octets.iter().all(|octet| *octet == 0xFF) {
        return Err(BcdError::Absent);
    }
    let mut value = 0i64;
    let mut negative = false;
    for (position, octet) in octets.iter().enumerate().rev() {
        let mut octet = *octet;
        if format.signed && position.saturating_add(1) == octets.len() {
            negative = octet & 0x80 != 0;
            octet &= 0x7F;
        }
        let (high, low) = (i64::from(octet >> 4), i64::from(octet & 15));
        if high > 9 || low > 9 {
            return Err(BcdError::Digit(position));
        }
        value = value.saturating_mul(100).saturating_add(high.saturating_mul(10)).saturating_add(low);
    }
    Ok(if negative { value.saturating_neg() } else { value })
}

/// Writes a value given in units of the format's last digit.
///
/// # Errors
/// [`BcdError::Range`] when it does not fit.
pub fn encode_bcd(value: i64, format: BcdFormat) -> Result<Vec<u8>, BcdError> {
    let digits = usize::from(format.octets).saturating_mul(2);
    let mut rest = value.unsigned_abs();
    let mut octets = Vec::with_capacity(usize::from(format.octets));
    for _ in 0..format.octets {
        let pair = u8::try_from(rest % 100).unwrap_or_default();
        octets.push((pair / 10) << 4 | (pair % 10));
        rest /= 100;
    }
    let sign_taken = octets.last().is_some_and(|top| top & 0x80 != 0);
    if rest != 0 || (value < 0 && !format.signed) || (format.signed && sign_taken) {
        return Err(BcdError::Range(digits));
    }
    if value < 0
        && let Some(top) = octets.last_mut()
    {
        *top |= 0x80;
    }
    Ok(octets)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ENERGY: BcdFormat = BcdFormat { octets: 4, decimals: 2, signed: true };

    #[test]
    fn known_values() {
        assert_eq!(decode_bcd(&[0x56, 0x34, 0x12, 0x00], ENERGY), Ok(123_456));
        assert_eq!(decode_bcd(&[0x56, 0x34, 0x12, 0x80], ENERGY), Ok(-123_456));
        assert_eq!(decode_bcd(&[0xFF; 4], ENERGY), Err(BcdError::Absent));
        assert_eq!(decode_bcd(&[0x5A, 0, 0, 0], ENERGY), Err(BcdError::Digit(0)));
        assert!(matches!(decode_bcd(&[0, 0], ENERGY), Err(BcdError::Length { wanted: 4, found: 2 })));
    }

    #[test]
    fn round_trip() {
        let mut random = fastrand::Rng::with_seed(645);
        for _ in 0..2_000 {
            let value = random.i64(-79_999_999..=79_999_999);
            assert_eq!(decode_bcd(&encode_bcd(value, ENERGY).unwrap(), ENERGY), Ok(value));
        }
        assert_eq!(encode_bcd(80_000_000, ENERGY), Err(BcdError::Range(8)));
        assert_eq!(encode_bcd(-1, BcdFormat { signed: false, ..ENERGY }), Err(BcdError::Range(8)));
    }
}
