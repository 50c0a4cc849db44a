//! Base64 as in XML Schema: standard alphabet, padded, with white space anywhere.

/// Why text is not base64.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Base64Error {
    /// A character outside the alphabet.
    #[error("it holds a character that is not base64")]
    Character,
    /// Padding missing, doubled or in the middle.
    #[error("its length or padding is wrong")]
    Padding,
}

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// Six bits of each byte of text; 255 is not in the alphabet, 254 is white space, 253 is padding.
const VALUES: [u8; 256] = values();

const SPACE: u8 = 254;
const PAD: u8 = 253;

#[allow(clippy::indexing_slicing, reason = "evaluated while compiling; every index is below its bound")]
const fn values() -> [u8; 256] {
    let mut values = [255; 256];
    let mut index = 0;
    while index < 64 {
        values[ALPHABET[index] as usize] = index as u8;
        index += 1;
    }
    values[b' ' as usize] = SPACE;
    values[b'\t' as usize] = SPACE;
    values[b'\r' as usize] = SPACE;
    values[b'\n' as usize] = SPACE;
    values[b'=' as usize] = PAD;
    values
}

/// Decodes text into `bytes`, which is emptied first.
///
/// # Errors
/// [`Base64Error`] when it is not base64.
pub fn decode_into(text: &[u8], bytes: &mut Vec<u8>) -> Result<(), Base64Error> {
    bytes.clear();
    bytes.reserve(text.len() / 4 * 3 + 3);
    let (mut group, mut count, mut padding) = (0u32, 0u8, 0u8);
    for &byte in text {
        let value = VALUES.get(usize::from(byte)).copied().unwrap_or(255);
        match value {
            SPACE => continue,
            PAD if count >= 2 && count + padding < 4 => padding += 1,
            0..64 if padding == 0 => {
                group = group << 6 | u32::from(value);
                count += 1;
                if count == 4 {
                    let [_, a, b, c] = group.to_be_bytes();
                    bytes.extend_from_slice(&[a, b, c]);
                    (group, count) = (0, 0);
                }
            }
            0..64 | PAD => return Err(Base64Error::Padding),
            _ => return Err(Base64Error::Character),
        }
    }
    let [_, a, b, _] = (group << (6 * (4 - u32::from(count)))).to_be_bytes();
    match (count, padding) {
        (0, 0) => {}
        (2, 2) => bytes.push(a),
        (3, 1) => bytes.extend_from_slice(&[a, b]),
        _ => return Err(Base64Error::Padding),
    }
    Ok(())
}

/// Decodes text.
///
/// # Errors
/// [`Base64Error`] when it is not base64.
pub fn decode(text: &str) -> Result<Vec<u8>, Base64Error> {
    let mut bytes = Vec::new();
    decode_into(text.as_bytes(), &mut bytes)?;
    Ok(bytes)
}

/// Encodes bytes, padded, on one line.
pub fn encode(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let mut padded = [0; 4];
        for (to, from) in padded.iter_mut().skip(1).zip(chunk) {
            *to = *from;
        }
        let group = u32::from_be_bytes(padded);
        for place in 0..4 {
            let index = (group >> (18 - 6 * place)) as usize & 63;
            let letter = ALPHABET.get(index).copied().unwrap_or(b'=');
            text.push(if place <= chunk.len() { char::from(letter) } else { '=' });
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn vectors_of_rfc_4648() {
        for (plain, text) in
            [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("foobar", "Zm9vYmFy")]
        {
            assert_eq!(encode(plain.as_bytes()), text);
            assert_eq!(decode(text).as_deref(), Ok(plain.as_bytes()));
        }
        assert_eq!(decode(" Zm9v\r\n Yg = = ").as_deref(), Ok(b"foob".as_slice()));
    }

    #[test]
    fn damage_is_told_apart() {
        assert_eq!(decode("Zm9*"), Err(Base64Error::Character));
        for text in ["Z", "Zg", "Zg=", "Zg===", "Zg==Zg==", "=", "Zm9v="] {
            assert_eq!(decode(text), Err(Base64Error::Padding), "{text}");
        }
    }

    proptest! {
        #[test]
        fn round_trip(bytes in proptest::collection::vec(any::<u8>(), 0..80)) {
            prop_assert_eq!(decode(&encode(&bytes)), Ok(bytes));
        }
    }
}
