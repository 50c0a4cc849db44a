//! The Luhn (modulus 10) check digit of ISO/IEC 7812-1, as used in DRN and PAN.

/// Check digit to put behind the decimal digits of `number`.
///
/// The doubled places start at the rightmost digit. Leading zeros add nothing to the sum.
pub const fn check_digit(mut number: u64) -> u8 {
    let mut sum = 0;
    let mut doubled = true;
    while number > 0 {
        let mut digit = number % 10;
        if doubled {
            digit *= 2;
            if digit > 9 {
                digit -= 9;
            }
        }
        sum += digit;
        doubled = !doubled;
        number /= 10;
    }
    ((10 - sum % 10) % 10) as u8
}

#[cfg(test)]
mod tests {
    use super::check_digit;

    #[test]
    fn examples_of_the_field() {
        assert_eq!(check_digit(60_072_700_000_000_000), 9);
        assert_eq!(check_digit(10_000_000_000), 8);
        assert_eq!(check_digit(100_000_000_008), 2);
        assert_eq!(check_digit(123_456_789), 7);
        assert_eq!(check_digit(60_072_701_234_567_897), 7);
    }
}
