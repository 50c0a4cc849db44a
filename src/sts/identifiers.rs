//! The meter's number: IIN, DRN and the PAN they make (IEC 62055-41 clauses 6.1.2 to 6.1.4).

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize, Serializer};

use super::decimal::decimal_text;
use super::error::FieldError;
use super::luhn::check_digit;

/// Issuer identification number. It fixes the length of the DRN.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(try_from = "String")]
pub enum Iin {
    /// `0000`: DRN of 13 digits with a 4-digit manufacturer code.
    N0000,
    /// `600727`: DRN of 11 digits with a 2-digit manufacturer code.
    N600727,
}

impl Iin {
    /// The digits.
    pub const fn code(self) -> &'static str {
        match self {
            Iin::N0000 => "0000",
            Iin::N600727 => "600727",
        }
    }

    /// Digits of a DRN under this issuer.
    pub const fn drn_length(self) -> usize {
        match self {
            Iin::N0000 => 13,
            Iin::N600727 => 11,
        }
    }

    /// 10 to the power of the DRN's length.
    const fn drn_scale(self) -> u64 {
        match self {
            Iin::N0000 => 10_000_000_000_000,
            Iin::N600727 => 100_000_000_000,
        }
    }

    /// The number the digits make.
    const fn number(self) -> u64 {
        match self {
            Iin::N0000 => 0,
            Iin::N600727 => 600_727,
        }
    }
}

impl fmt::Display for Iin {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.code())
    }
}

impl FromStr for Iin {
    type Err = FieldError;

    fn from_str(text: &str) -> Result<Self, FieldError> {
        match text {
            "0000" => Ok(Iin::N0000),
            "600727" => Ok(Iin::N600727),
            _ => Err(FieldError::new(
                "IIN",
                text,
                "STS meters have 600727 or 0000",
                "600727 goes with an 11-digit DRN, 0000 with a 13-digit one",
            )),
        }
    }
}

/// Decoder reference number: the meter's own number, 11 or 13 digits, the last a Luhn check digit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(try_from = "String")]
pub struct Drn {
    iin: Iin,
    number: u64,
}

/// Digits with a blank behind every fourth, as labels and slips print them.
pub(super) fn groups_of_four(digits: impl Iterator<Item = char>) -> String {
    // The longest are the twenty digits of a token.
    let mut text = String::with_capacity(24);
    for (index, digit) in digits.enumerate() {
        if index > 0 && index.is_multiple_of(4) {
            text.push(' ');
        }
        text.push(digit);
    }
    text
}

impl Drn {
    /// The digits in groups of four, as on a meter's label: `0123 4567 897`.
    pub fn grouped(self) -> String {
        groups_of_four(self.to_string().chars())
    }

    /// From the number its digits make, the check digit included.
    ///
    /// # Errors
    /// Too many digits for the issuer, or a wrong check digit.
    pub fn new(iin: Iin, number: u64) -> Result<Self, FieldError> {
        let drn = Drn { iin, number };
        if number >= iin.drn_scale() {
            return Err(wrong_length(&number.to_string()));
        }
        let expected = check_digit(number / 10);
        if number % 10 != u64::from(expected) {
            return Err(FieldError::new(
                "DRN",
                &drn.to_string(),
                format!("the check digit is {}, where the other digits make {expected}", number % 10),
                "compare every digit with the meter's label",
            ));
        }
        Ok(drn)
    }

    /// From manufacturer code and serial number; the check digit is made here.
    ///
    /// # Errors
    /// A manufacturer code of more than 2 (IIN 600727) or 4 digits (0000), or a serial number of more than 8.
    pub fn from_parts(iin: Iin, manufacturer_code: u16, serial: u32) -> Result<Self, FieldError> {
        if u64::from(serial) > 99_999_999 {
            return Err(FieldError::new(
                "serial number",
                &serial.to_string(),
                "it has 8 digits at most",
                "read it again",
            ));
        }
        let body = u64::from(manufacturer_code) * 100_000_000 + u64::from(serial);
        Drn::new(iin, body * 10 + u64::from(check_digit(body)))
    }

    /// The issuer whose numbers have this length.
    pub const fn iin(self) -> Iin {
        self.iin
    }

    /// The number the digits make, the check digit included.
    pub const fn number(self) -> u64 {
        self.number
    }

    /// Manufacturer code: the first 2 or 4 digits.
    pub const fn manufacturer_code(self) -> u16 {
        (self.number / 1_000_000_000) as u16
    }
}

fn wrong_length(text: &str) -> FieldError {
    FieldError::new(
        "DRN",
        text,
        "a meter number has 11 digits (IIN 600727) or 13 (IIN 0000)",
        "copy all digits from the meter's label",
    )
}

impl fmt::Display for Drn {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:0width$}", self.number, width = self.iin.drn_length())
    }
}

impl FromStr for Drn {
    type Err = FieldError;

    /// Reads 11 or 13 digits; the length tells the issuer.
    fn from_str(text: &str) -> Result<Self, FieldError> {
        let iin = match text.len() {
            11 => Iin::N600727,
            13 => Iin::N0000,
            _ => return Err(wrong_length(text)),
        };
        match number(text) {
            Some(number) => Drn::new(iin, number),
            None => Err(FieldError::new(
                "DRN",
                text,
                "a meter number has digits only",
                "copy it from the meter's label without spaces",
            )),
        }
    }
}

/// Primary account number of the meter: IIN, DRN and a second Luhn digit, 18 digits in all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(try_from = "String")]
pub struct Pan(Drn);

impl Pan {
    /// The PAN of a meter.
    pub const fn of(drn: Drn) -> Self {
        Pan(drn)
    }

    /// Checks that issuer and number go together.
    ///
    /// # Errors
    /// A DRN whose length belongs to the other issuer.
    pub fn new(iin: Iin, drn: Drn) -> Result<Self, FieldError> {
        if drn.iin() == iin {
            return Ok(Pan(drn));
        }
        Err(FieldError::new(
            "IIN",
            iin.code(),
            format!("it goes with a DRN of {} digits, and {drn} has {}", iin.drn_length(), drn.iin().drn_length()),
            format!("give IIN {} or the other DRN", drn.iin()),
        ))
    }

    /// The issuer.
    pub const fn iin(self) -> Iin {
        self.0.iin
    }

    /// The meter's own number.
    pub const fn drn(self) -> Drn {
        self.0
    }

    /// The PAN under which a common key (key type 3) is derived: the same issuer, every digit of the DRN zero.
    pub const fn of_common_key(self) -> Self {
        Pan(Drn { number: 0, ..self.0 })
    }

    /// The check digit over IIN and DRN.
    pub const fn check_digit(self) -> u8 {
        check_digit(self.body())
    }

    /// IIN and DRN as one number of 17 digits.
    pub(crate) const fn body(self) -> u64 {
        self.0.iin.number() * self.0.iin.drn_scale() + self.0.number
    }
}

impl fmt::Display for Pan {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:017}{}", self.body(), self.check_digit())
    }
}

impl FromStr for Pan {
    type Err = FieldError;

    fn from_str(text: &str) -> Result<Self, FieldError> {
        let problem = |problem: String, remedy: &str| Err(FieldError::new("PAN", text, problem, remedy));
        let (Some(number), 18) = (number(text), text.len()) else {
            return problem("a meter PAN has 18 digits".to_owned(), "copy IIN, DRN and check digit without spaces");
        };
        let body = number / 10;
        let iin = if body / Iin::N600727.drn_scale() == Iin::N600727.number() {
            Iin::N600727
        } else if body < Iin::N0000.drn_scale() {
            Iin::N0000
        } else {
            return problem(
                "it starts with neither 600727 nor 0000".to_owned(),
                "only STS meter numbers are known here",
            );
        };
        let expected = check_digit(body);
        if number % 10 != u64::from(expected) {
            return problem(
                format!("the check digit is {}, where the other digits make {expected}", number % 10),
                "compare every digit with the card or label",
            );
        }
        Ok(Pan(Drn::new(iin, body % iin.drn_scale())?))
    }
}

macro_rules! text_form {
    ($($name:ident),+) => {$(
        impl TryFrom<String> for $name {
            type Error = FieldError;

            fn try_from(text: String) -> Result<Self, FieldError> {
                text.parse()
            }
        }
    )+};
}

text_form!(Iin, Drn, Pan);

impl Serialize for Iin {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

impl Serialize for Drn {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.iin {
            Iin::N600727 => serializer.serialize_str(decimal_text(&mut [b'0'; 11], self.number)),
            Iin::N0000 => serializer.serialize_str(decimal_text(&mut [b'0'; 13], self.number)),
        }
    }
}

impl Serialize for Pan {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let number = self.body() * 10 + u64::from(self.check_digit());
        serializer.serialize_str(decimal_text(&mut [b'0'; 18], number))
    }
}

/// The number of at most 19 decimal digits and nothing else.
fn number(text: &str) -> Option<u64> {
    if text.is_empty() || text.len() > 19 || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    text.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_forms_of_pan() {
        let short: Pan = "600727000000000009".parse().unwrap();
        assert_eq!((short.iin(), short.drn().to_string().as_str()), (Iin::N600727, "00000000000"));
        let long: Pan = "000001000000000082".parse().unwrap();
        assert_eq!((long.iin(), long.drn().to_string().as_str()), (Iin::N0000, "0100000000008"));
        assert_eq!(long.drn().manufacturer_code(), 100);
        assert_eq!(Pan::of("01234567897".parse().unwrap()).to_string(), "600727012345678977");
    }

    #[test]
    fn wrong_check_digits_are_named() {
        let error = "01234567890".parse::<Drn>().unwrap_err().to_string();
        assert!(error.contains("check digit is 0") && error.contains("make 7"), "{error}");
        assert!("600727012345678976".parse::<Pan>().unwrap_err().to_string().contains("check digit"));
        assert!("600727012345678907".parse::<Pan>().is_err());
        assert!("500727012345678977".parse::<Pan>().unwrap_err().to_string().contains("600727"));
    }

    #[test]
    fn issuer_and_length_go_together() {
        let drn: Drn = "01234567897".parse().unwrap();
        assert!(Pan::new(Iin::N0000, drn).unwrap_err().to_string().contains("13 digits"));
        assert!(Pan::new(Iin::N600727, drn).is_ok());
        assert!("123".parse::<Drn>().is_err());
        assert!("0123456789x".parse::<Drn>().is_err());
    }

    #[test]
    fn parts_make_a_number_with_its_check_digit() {
        assert_eq!(Drn::from_parts(Iin::N600727, 1, 23_456_789).unwrap().to_string(), "01234567897");
        assert_eq!(Drn::from_parts(Iin::N0000, 100, 0).unwrap().to_string(), "0100000000008");
        assert!(Drn::from_parts(Iin::N600727, 100, 0).is_err());
    }
}
