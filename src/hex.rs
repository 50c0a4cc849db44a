//! Octets as hexadecimal digits.

use std::fmt::Write as _;

/// Two lower-case digits an octet.
///
/// ```
/// assert_eq!(wattkey::hex::encode(&[0x0f, 0xa0]), "0fa0");
/// ```
pub fn encode(octets: &[u8]) -> String {
    let mut text = String::with_capacity(octets.len().saturating_mul(2));
    for octet in octets {
        let _ = write!(text, "{octet:02x}");
    }
    text
}

/// Two lower-case digits an octet, octets apart by a space.
///
/// ```
/// assert_eq!(wattkey::hex::encode_spaced(&[0x0f, 0xa0]), "0f a0");
/// ```
pub fn encode_spaced(octets: &[u8]) -> String {
    let mut text = String::with_capacity(octets.len().saturating_mul(3));
    for octet in octets {
        let separator = if text.is_empty() { "" } else { " " };
        let _ = write!(text, "{separator}{octet:02x}");
    }
    text
}

/// The octets of an even number of digits of either case, with nothing between them.
///
/// ```
/// assert_eq!(wattkey::hex::decode("0FA0"), Some(vec![0x0f, 0xa0]));
/// assert_eq!(wattkey::hex::decode("+F"), None);
/// ```
pub fn decode(digits: &str) -> Option<Vec<u8>> {
    if !digits.len().is_multiple_of(2) {
        return None;
    }
    digits.as_bytes().chunks_exact(2).map(decode_pair).collect()
}

/// The octets of exactly `2 N` digits.
///
/// ```
/// assert_eq!(wattkey::hex::decode_array("0fa0"), Some([0x0f, 0xa0]));
/// assert_eq!(wattkey::hex::decode_array::<3>("0fa0"), None);
/// ```
pub fn decode_array<const N: usize>(digits: &str) -> Option<[u8; N]> {
    decode(digits)?.try_into().ok()
}

/// The octet of two digits.
pub fn decode_pair(pair: &[u8]) -> Option<u8> {
    let digit = |digit: &u8| char::from(*digit).to_digit(16).and_then(|value| u8::try_from(value).ok());
    let [high, low] = pair else { return None };
    Some(digit(high)? << 4 | digit(low)?)
}
