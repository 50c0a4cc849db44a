//! The token: 66 bits, printed as 20 decimal digits (IEC 62055-41 clause 6.4).

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::decimal::decimal_text;
use super::identifiers::groups_of_four;

/// Digits of a printed token.
pub const DIGITS: usize = 20;

/// One more than the largest token.
const LIMIT: u128 = 1 << 66;

/// Place of the two class bits inside the 64-bit block after transposition.
const CLASS_PLACE: u32 = 27;

/// The two class bits of a token. They are never encrypted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TokenClass {
    /// Class 0: credit transfer, encrypted.
    Credit,
    /// Class 1: meter tests, in clear.
    Test,
    /// Class 2: management of one meter, encrypted.
    Management,
    /// Class 3: reserved by the STS Association.
    Reserved,
}

impl TokenClass {
    /// From the two low bits of `bits`.
    pub const fn from_bits(bits: u64) -> Self {
        match bits & 3 {
            0 => TokenClass::Credit,
            1 => TokenClass::Test,
            2 => TokenClass::Management,
            _ => TokenClass::Reserved,
        }
    }

    /// The class as a number, 0 to 3.
    pub const fn number(self) -> u8 {
        match self {
            TokenClass::Credit => 0,
            TokenClass::Test => 1,
            TokenClass::Management => 2,
            TokenClass::Reserved => 3,
        }
    }

    /// Whether the data block of this class is encrypted under the decoder key.
    pub const fn is_encrypted(self) -> bool {
        matches!(self, TokenClass::Credit | TokenClass::Management)
    }
}

/// A 66-bit token. Ordered and compared by its number.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Token(u128);

impl Token {
    /// The token of a number below 2^66, or `None`.
    pub const fn from_number(number: u128) -> Option<Self> {
        if number < LIMIT { Some(Token(number)) } else { None }
    }

    /// The 66-bit number.
    pub const fn number(self) -> u128 {
        self.0
    }

    /// Puts the class bits in place: block bits 28 and 27 move to 65 and 64, the class takes their place.
    /// `block` is the 64-bit data block as transmitted, encrypted where its class asks for it.
    pub const fn assemble(class: TokenClass, block: u64) -> Self {
        let moved = (block >> CLASS_PLACE) & 3;
        let cleared = block & !(3 << CLASS_PLACE);
        let transposed = cleared | ((class.number() as u64) << CLASS_PLACE);
        Token(((moved as u128) << 64) | transposed as u128)
    }

    /// Undoes [`Token::assemble`].
    pub const fn dissect(self) -> (TokenClass, u64) {
        let low = self.0 as u64;
        let moved = (self.0 >> 64) as u64;
        let class = TokenClass::from_bits(low >> CLASS_PLACE);
        (class, (low & !(3 << CLASS_PLACE)) | (moved << CLASS_PLACE))
    }

    /// The class, readable without any key.
    pub const fn class(self) -> TokenClass {
        TokenClass::from_bits((self.0 as u64) >> CLASS_PLACE)
    }

    /// The 20 digits as ASCII.
    pub fn to_ascii(self) -> [u8; DIGITS] {
        // Two halves of ten digits. A division by 10^10 = 2^10 * 5^10 fits 64 bits once the 2^10 are shifted out.
        let mut ascii = [b'0'; DIGITS];
        let high = (self.0 >> 10) as u64 / 9_765_625;
        let low = (self.0 as u64).wrapping_sub(high.wrapping_mul(10_000_000_000));
        let (left, right) = ascii.split_at_mut(DIGITS / 2);
        decimal_text(left, high);
        decimal_text(right, low);
        ascii
    }

    /// From exactly 20 ASCII digits, or what is wrong with them.
    ///
    /// # Errors
    /// [`TokenError`].
    pub fn from_ascii(digits: &[u8; DIGITS]) -> Result<Self, TokenError> {
        let (left, right) = digits.split_at(DIGITS / 2);
        let value = |half: &[u8]| {
            half.iter().try_fold(0u64, |value, byte| byte.is_ascii_digit().then(|| value * 10 + u64::from(byte - b'0')))
        };
        match (value(left), value(right)) {
            (Some(high), Some(low)) => Token::from_number(u128::from(high) * 10_000_000_000 + u128::from(low))
                .ok_or_else(|| {
                    let is_utrn = std::str::from_utf8(digits).is_ok_and(is_in_utrn_range);
                    if is_utrn { TokenError::Utrn } else { TokenError::TooLarge }
                }),
            _ => Err(first_strange(&String::from_utf8_lossy(digits))),
        }
    }

    /// The 20 digits in groups of four, as slips print them.
    pub fn grouped(self) -> String {
        groups_of_four(self.to_ascii().into_iter().map(char::from))
    }

    /// The last four digits, which may be shown where the token itself must not be.
    pub fn last_four(self) -> String {
        format!("{:04}", self.0 % 10_000)
    }
}

/// Smallest 20-digit number that is a UTRN, the top-up number of GB smart meters, without its check digit (GBCS
/// chapter 14).
pub const UTRN_BASE: u64 = 7_394_156_990_786_306_048;

/// Bits of a UTRN above [`UTRN_BASE`].
pub const UTRN_BITS: u32 = 57;

/// Whether a text has 20 digits in the range of UTRNs, which lies above every STS token. The check digit is not asked
/// for, so that a mistyped UTRN is still known as one.
pub fn is_in_utrn_range(text: &str) -> bool {
    let digits: String = text.chars().filter(|c| !is_separator(*c)).collect();
    let body = digits.get(..DIGITS - 1).filter(|_| digits.len() == DIGITS).and_then(|body| body.parse::<u64>().ok());
    body.and_then(|body| body.checked_sub(UTRN_BASE)).is_some_and(|rest| rest >> UTRN_BITS == 0)
}

/// Why a text is no token. Positions count the digits from 1, spaces and hyphens left out.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TokenError {
    /// Nothing but spaces and hyphens.
    #[error("there are no digits; a token has 20")]
    Empty,
    /// A letter that is easily taken for a digit.
    #[error("position {position} is the letter {letter}, not the digit {digit}; a token has digits only")]
    LetterForDigit {
        /// Place of the letter.
        position: usize,
        /// The letter.
        letter: char,
        /// The digit it looks like.
        digit: char,
    },
    /// Any other character.
    #[error("position {position} is {character:?}; a token has digits only")]
    NotADigit {
        /// Place of the character.
        position: usize,
        /// The character.
        character: char,
    },
    /// Fewer than 20 digits.
    #[error("{found} digits, {} missing after position {found} or before it; a token has 20", 20 - found)]
    TooShort {
        /// Digits found.
        found: usize,
    },
    /// More than 20 digits.
    #[error("{found} digits, {} too many from position 21 or before it; a token has 20", found - 20)]
    TooLong {
        /// Digits found.
        found: usize,
    },
    /// 20 digits whose number is 2^66 or more.
    #[error(
        "the number is 2^66 or more (from 73786976294838206464), which no token can be; \
         a digit near position 1 is wrong"
    )]
    TooLarge,
    /// 20 digits whose number is a UTRN's.
    #[error(
        "the number is 2^66 or more, in the range of a UTRN, the top-up number of a GB smart meter, which is not STS; \
         `wattkey smets utrn check` reads it"
    )]
    Utrn,
}

impl FromStr for Token {
    type Err = TokenError;

    /// Reads 20 digits, with spaces and hyphens anywhere.
    fn from_str(text: &str) -> Result<Self, TokenError> {
        if let Ok(digits) = <&[u8; DIGITS]>::try_from(text.as_bytes())
            && digits.iter().all(u8::is_ascii_digit)
        {
            return Token::from_ascii(digits);
        }
        let mut digits = [b'0'; DIGITS];
        let mut found = 0usize;
        for byte in text.chars().filter(|c| !is_separator(*c)) {
            if !byte.is_ascii_digit() {
                return Err(first_strange(text));
            }
            if let Some(place) = digits.get_mut(found) {
                *place = byte as u8;
            }
            found += 1;
        }
        match found {
            0 => Err(TokenError::Empty),
            1..DIGITS => Err(TokenError::TooShort { found }),
            DIGITS => Token::from_ascii(&digits),
            _ => Err(TokenError::TooLong { found }),
        }
    }
}

/// Spaces of any kind, hyphens and the dashes that word processors put in their place.
pub(crate) fn is_separator(character: char) -> bool {
    character.is_whitespace() || matches!(character, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}')
}

fn first_strange(text: &str) -> TokenError {
    let strange =
        text.chars().filter(|c| !is_separator(*c)).zip(1..).find(|(character, _)| !character.is_ascii_digit());
    match strange {
        None => TokenError::Empty,
        Some((letter, position)) => match lookalike(letter) {
            Some(digit) => TokenError::LetterForDigit { position, letter, digit },
            None => TokenError::NotADigit { position, character: letter },
        },
    }
}

/// The digit that a letter is commonly read for.
const fn lookalike(letter: char) -> Option<char> {
    match letter {
        'O' | 'o' | 'Q' | 'D' => Some('0'),
        'I' | 'i' | 'l' | 'L' => Some('1'),
        'Z' | 'z' => Some('2'),
        'S' | 's' => Some('5'),
        'B' => Some('8'),
        _ => None,
    }
}

impl fmt::Display for Token {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:020}", self.0)
    }
}

/// Tokens may carry key halves, so the debugging form shows the last four digits only.
impl fmt::Debug for Token {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Token(…{})", self.last_four())
    }
}

impl Serialize for Token {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let ascii = self.to_ascii();
        serializer.serialize_str(std::str::from_utf8(&ascii).unwrap_or_default())
    }
}

impl<'de> Deserialize<'de> for Token {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn worked_example_of_the_standard() {
        let token = Token::assemble(TokenClass::Credit, 0xC45E_D161_9406_DF95);
        assert_eq!(token.number(), 0x2_C45E_D161_8406_DF95);
        assert_eq!(token.to_string(), "51043465443420856213");
        assert_eq!(&token.to_ascii(), b"51043465443420856213");
        assert_eq!(token.dissect(), (TokenClass::Credit, 0xC45E_D161_9406_DF95));
        assert_eq!(token.grouped(), "5104 3465 4434 2085 6213");
    }

    #[test]
    fn digits_are_those_of_the_number() {
        let mut random = fastrand::Rng::with_seed(8);
        let edges = [0, 9_999_999_999, 10_000_000_000, LIMIT - 1];
        for number in edges.into_iter().chain((0..2_000).map(|_| random.u128(..LIMIT))) {
            let token = Token::from_number(number).unwrap();
            assert_eq!(std::str::from_utf8(&token.to_ascii()).unwrap(), format!("{number:020}"));
        }
    }

    #[test]
    fn reads_what_people_paste() {
        let token: Token = "51043465443420856213".parse().unwrap();
        for text in ["5104 3465 4434 2085 6213", " 5104-3465-4434-2085-6213\n", "5104\u{2013}3465\u{a0}443420856213"] {
            assert_eq!(text.parse::<Token>(), Ok(token), "{text:?}");
        }
    }

    #[test]
    fn names_the_problem_and_its_position() {
        let problem = |text: &str| text.parse::<Token>().unwrap_err();
        assert_eq!(
            problem("51O4 3465 4434 2085 6213"),
            TokenError::LetterForDigit { position: 3, letter: 'O', digit: '0' }
        );
        assert_eq!(problem("5104-3465x44342085621"), TokenError::NotADigit { position: 9, character: 'x' });
        assert_eq!(problem("5104346544342085621"), TokenError::TooShort { found: 19 });
        assert_eq!(problem("510434654434208562130"), TokenError::TooLong { found: 21 });
        assert_eq!(problem("73786976294838206464"), TokenError::TooLarge);
        assert_eq!(problem("7394 1569 9078 6306 0480"), TokenError::Utrn);
        assert_eq!(problem(" - "), TokenError::Empty);
        assert!("73786976294838206463".parse::<Token>().is_ok());
    }

    #[test]
    fn transposition_is_undone() {
        for class in [TokenClass::Credit, TokenClass::Test, TokenClass::Management, TokenClass::Reserved] {
            for block in [0, u64::MAX, 0x1800_0000, 0x0123_4567_89AB_CDEF] {
                let token = Token::assemble(class, block);
                assert_eq!(token.dissect(), (class, block));
                assert_eq!(token.class(), class);
            }
        }
    }

    #[test]
    fn debugging_form_hides_the_token() {
        let token: Token = "51043465443420856213".parse().unwrap();
        assert_eq!(format!("{token:?}"), "Token(…6213)");
    }
}
