//! Decimal digits of fixed width, written without allocation.

/// Fills `places` with the decimal digits of `number`, leading zeros included; digits that do not fit are lost.
pub(crate) fn decimal_text(places: &mut [u8], mut number: u64) -> &str {
    for place in places.iter_mut().rev() {
        *place = b'0' + (number % 10) as u8;
        number /= 10;
    }
    // Only ASCII digits were written.
    std::str::from_utf8(places).unwrap_or_default()
}

/// The decimal digits of `number` without leading zeros, written at the end of `places`.
pub(crate) fn plain_decimal(places: &mut [u8; 20], mut number: u64) -> &str {
    let mut first = places.len();
    for place in places.iter_mut().rev() {
        *place = b'0' + (number % 10) as u8;
        number /= 10;
        first -= 1;
        if number == 0 {
            break;
        }
    }
    std::str::from_utf8(places.get(first..).unwrap_or_default()).unwrap_or_default()
}
