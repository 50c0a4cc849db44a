//! The keypad protocol of STS customer units on DL/T 645-1997 frames: what a person would key in goes over the line.
//!
//! Control code 00, answered by 80. Item E002 carries a short code of three digits, item E001 a token of twenty. The facts
//! come from public captures of one maker's units; the marks of the answer beyond those named here are not understood.

use zeroize::Zeroizing;

use crate::sts::Token;

/// Item of a short code, low octet first.
const CODE: [u8; 2] = [0x02, 0xE0];
/// Item of a token.
const TOKEN: [u8; 2] = [0x01, 0xE0];
/// Status: the code is known, or the token was taken.
const GOOD: u8 = 0x50;
/// Descriptor of a text on the display.
const TEXT: u16 = 0xC320;

/// What is keyed in.
#[derive(Clone, PartialEq, Eq)]
pub enum KeyedIn {
    /// A short code of three digits.
    Code([u8; 3]),
    /// A token.
    Token(Token),
}

impl std::fmt::Debug for KeyedIn {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            KeyedIn::Code(digits) => write!(formatter, "Code({})", String::from_utf8_lossy(digits)),
            KeyedIn::Token(token) => write!(formatter, "Token(…{})", token.last_four()),
        }
    }
}

/// What the unit shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// Whether the code is known, or the token was taken.
    pub good: bool,
    /// What kind of value it is.
    pub descriptor: u16,
    /// The value's octets as on the wire, and what the unit sends behind them.
    pub octets: Vec<u8>,
}

/// Why the data of an answer is none to what was keyed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeypadError {
    /// It answers something else.
    Other,
    /// It ends too early.
    Short,
}

impl KeyedIn {
    /// The data of the request.
    pub fn data(&self) -> Zeroizing<Vec<u8>> {
        Zeroizing::new(match self {
            KeyedIn::Code(digits) => [&CODE[..], digits].concat(),
            KeyedIn::Token(token) => [&TOKEN[..], &token.to_ascii()].concat(),
        })
    }

    /// Octets of the data that must not be seen in a trace: all of a token but its last four digits.
    pub(super) fn secret(&self) -> Option<std::ops::Range<usize>> {
        matches!(self, KeyedIn::Token(_)).then_some(2..18)
    }

    /// Reads the data of an answer.
    ///
    /// # Errors
    /// [`KeypadError`] when it does not belong to what was keyed in.
    pub fn answer(&self, data: &[u8]) -> Result<Shown, KeypadError> {
        let rest = match self {
            KeyedIn::Code(digits) => {
                let rest = data.strip_prefix(&CODE).ok_or(KeypadError::Other)?;
                rest.strip_prefix(digits).ok_or(KeypadError::Other)?
            }
            // An octet 00 on either side of the status.
            KeyedIn::Token(_) => {
                let rest = data.strip_prefix(&TOKEN).ok_or(KeypadError::Other)?;
                match rest {
                    [_, status, _, rest @ ..] => return shown(*status, rest),
                    _ => return Err(KeypadError::Short),
                }
            }
        };
        let (status, rest) = rest.split_first().ok_or(KeypadError::Short)?;
        shown(*status, rest)
    }
}

fn shown(status: u8, rest: &[u8]) -> Result<Shown, KeypadError> {
    let (descriptor, octets) = rest.split_first_chunk::<2>().ok_or(KeypadError::Short)?;
    Ok(Shown { good: status == GOOD, descriptor: u16::from_le_bytes(*descriptor), octets: octets.to_vec() })
}

impl Shown {
    /// A number of `octets` octets, binary, low octet first.
    pub fn number(&self, octets: u8) -> Option<u64> {
        let value = self.octets.get(..usize::from(octets)).filter(|value| (1..=8).contains(&value.len()))?;
        Some(value.iter().rev().fold(0, |number, octet| number << 8 | u64::from(*octet)))
    }

    /// The text on the display: letters and digits behind the four octets of a text value.
    pub fn text(&self) -> Option<String> {
        let letters = self.octets.get(4..).filter(|_| self.descriptor == TEXT)?;
        let text: String = letters
            .iter()
            .take(8)
            .take_while(|octet| octet.is_ascii_graphic())
            .map(|octet| char::from(*octet))
            .collect();
        (!text.is_empty()).then_some(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_and_its_value() {
        let credit = KeyedIn::Code(*b"009");
        assert_eq!(credit.data().as_slice(), b"\x02\xE0009");
        let shown = credit.answer(b"\x02\xE0009\x50\x62\xC3\x53\x3F\0\0\x11\xC3").unwrap();
        assert!(shown.good);
        assert_eq!((shown.descriptor, shown.number(4)), (0xC362, Some(16_211)));
        assert_eq!(credit.answer(b"\x02\xE0030\x50\x62\xC3\x53\x3F\0\0"), Err(KeypadError::Other));
        assert_eq!(credit.answer(b"\x02\xE0009\x50\x62"), Err(KeypadError::Short));
    }

    #[test]
    fn a_token_is_taken_or_refused_with_a_word() {
        let token = KeyedIn::Token("12345678901234567890".parse().unwrap());
        let taken = token.answer(b"\x01\xE0\0\x50\0\x75\xC3\xF6\x09\0\0").unwrap();
        assert!(taken.good && taken.text().is_none());
        let used = token.answer(b"\x01\xE0\0\x0B\0\x20\xC3EE\xFF\xFFUsEd\0\0\0\0").unwrap();
        assert_eq!((used.good, used.text().as_deref()), (false, Some("UsEd")));
        assert_eq!(token.answer(b"\x02\xE0009\x50\x62\xC3"), Err(KeypadError::Other));
        assert_eq!(format!("{token:?}"), "Token(…7890)");
    }
}
