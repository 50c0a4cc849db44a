//! Base64 as in XML Schema: standard alphabet, padded, with white space anywhere.

use base64::engine::general_purpose::STANDARD;
use base64::{DecodeError, Engine};

/// Why text is not base64.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Base64Error {
    /// A character outside the alphabet.
    #[error("it holds a character that is not base64")]
    Character,
    /// Padding missing, doubled or in the middle, or bits behind the last octet.
    #[error("its length or padding is wrong")]
    Padding,
}

/// Decodes text into `bytes`, which is emptied first.
///
/// # Errors
/// [`Base64Error`] when it is not base64.
pub fn decode_into(text: &[u8], bytes: &mut Vec<u8>) -> Result<(), Base64Error> {
    bytes.clear();
    let is_space = |byte: &u8| matches!(byte, b' ' | b'\t' | b'\r' | b'\n');
    let decoded = if text.iter().any(is_space) {
        let compact: Vec<u8> = text.iter().copied().filter(|byte| !is_space(byte)).collect();
        STANDARD.decode_vec(compact, bytes)
    } else {
        STANDARD.decode_vec(text, bytes)
    };
    decoded.map_err(|error| match error {
        DecodeError::InvalidByte(_, byte) if byte != b'=' => Base64Error::Character,
        _ => Base64Error::Padding,
    })
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
    STANDARD.encode(bytes)
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
