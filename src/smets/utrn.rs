//! UTRN: the 20-digit top-up code of a SMETS2 meter (GBCS). What can be told of it without keys.
//!
//! The first 19 digits are a fixed base plus a 57-bit transaction: 10 bits of the sender's counter, 2 bits of
//! value class, 13 bits of value, 32 bits of MAC. The 20th digit is a check digit. Every UTRN is above 2^66, so
//! none can be an STS token. UTRNs for SMETS1 meters are made by other means and are not covered.

use crate::sts::token::{UTRN_BASE, UTRN_BITS};
use std::fmt;

use serde::Serialize;

/// What is added to the transaction to give the first 19 digits.
pub const BASE: u64 = UTRN_BASE;

/// The lowest UTRN there is: no value, no MAC.
pub const LOWEST: &str = "73941569907863060480";

/// Bits of the transaction.
const TRANSACTION_BITS: u32 = UTRN_BITS;

/// Multiplication in the dihedral group of ten elements (Verhoeff).
const PRODUCT: [[u8; 10]; 10] = [
    [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
    [1, 2, 3, 4, 0, 6, 7, 8, 9, 5],
    [2, 3, 4, 0, 1, 7, 8, 9, 5, 6],
    [3, 4, 0, 1, 2, 8, 9, 5, 6, 7],
    [4, 0, 1, 2, 3, 9, 5, 6, 7, 8],
    [5, 9, 8, 7, 6, 0, 4, 3, 2, 1],
    [6, 5, 9, 8, 7, 1, 0, 4, 3, 2],
    [7, 6, 5, 9, 8, 2, 1, 0, 4, 3],
    [8, 7, 6, 5, 9, 3, 2, 1, 0, 4],
    [9, 8, 7, 6, 5, 4, 3, 2, 1, 0],
];

/// Verhoeff's permutation; the one for a position is this applied as often as the position says, modulo 8.
const PERMUTATION: [u8; 10] = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4];

/// The permutation of the leftmost digit.
const FIRST_POWER: usize = 4;

/// From the product of all digits to the check digit; the UTRN's own table, not Verhoeff's inverse.
const CHECK_DIGIT: [u8; 10] = [1, 2, 6, 7, 5, 8, 3, 0, 9, 4];

/// Unit of the value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ValueClass {
    /// The value counts pence.
    Pence,
    /// The value counts pounds.
    Pounds,
    /// A class no public description uses.
    Reserved,
}

/// A UTRN whose shape, range and check digit are right. Nothing is known of its authenticity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Utrn {
    transaction: u64,
}

/// Why digits are no UTRN.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum UtrnError {
    /// Something other than digits, spaces and hyphens.
    #[error("it holds {0:?}, and a UTRN has digits only")]
    Character(char),
    /// Not 20 digits.
    #[error("it has {0} digits, and a UTRN has 20")]
    Length(usize),
    /// Outside the range of the transaction.
    #[error("it is outside the range of a UTRN, which starts with 73, 74 or 75")]
    Range,
    /// The last digit does not follow from the others.
    #[error("its check digit is {found}, the other digits ask for {expected}")]
    CheckDigit {
        /// Digit that would be right.
        expected: u8,
        /// Digit that is there.
        found: u8,
    },
}

impl Utrn {
    /// Reads 20 digits; spaces and hyphens are ignored.
    ///
    /// # Errors
    /// The first thing that is wrong, in the order shape, range, check digit.
    pub fn parse(text: &str) -> Result<Self, UtrnError> {
        Self::from_digits(&digits(text)?)
    }

    fn from_digits(digits: &[u8]) -> Result<Self, UtrnError> {
        let (found, body) = match digits.split_last() {
            Some((last, body)) if body.len() == 19 => (*last, body),
            _ => return Err(UtrnError::Length(digits.len())),
        };
        let number = body.iter().fold(0u64, |number, digit| number * 10 + u64::from(*digit));
        let transaction = number.checked_sub(BASE).filter(|rest| rest >> TRANSACTION_BITS == 0);
        let transaction = transaction.ok_or(UtrnError::Range)?;
        let expected = check_digit(body);
        if expected == found { Ok(Utrn { transaction }) } else { Err(UtrnError::CheckDigit { expected, found }) }
    }

    /// Bits 32 to 41 of the sender's 64-bit counter.
    pub fn counter_bits(self) -> u16 {
        (self.transaction >> 47 & 0x3ff) as u16
    }

    /// Unit of the value.
    pub fn value_class(self) -> ValueClass {
        match self.transaction >> 45 & 0b11 {
            0 => ValueClass::Pence,
            1 => ValueClass::Pounds,
            _ => ValueClass::Reserved,
        }
    }

    /// The value, 0 to 8191, in the unit of its class.
    pub fn value(self) -> u16 {
        (self.transaction >> 32 & 0x1fff) as u16
    }

    /// The amount in pounds with two decimals; none for a reserved class.
    pub fn amount_gbp(self) -> Option<String> {
        match self.value_class() {
            ValueClass::Pence => Some(format!("{}.{:02}", self.value() / 100, self.value() % 100)),
            ValueClass::Pounds => Some(format!("{}.00", self.value())),
            ValueClass::Reserved => None,
        }
    }

    /// The 32 bits of the MAC, which only the meter and the supplier can check.
    pub fn mac(self) -> u32 {
        (self.transaction & 0xffff_ffff) as u32
    }
}

impl fmt::Display for Utrn {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let body = (BASE + self.transaction).to_string();
        let digits: Vec<u8> = body.bytes().map(|byte| byte - b'0').collect();
        write!(formatter, "{body}{}", check_digit(&digits))
    }
}

/// One slip of the hand that turns what was typed into a UTRN.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Repair {
    /// The UTRN it would have been.
    pub utrn: String,
    /// What was done wrong, counted from 1 at the left.
    pub slip: String,
    /// Its amount in pounds.
    pub amount_gbp: String,
}

/// Every UTRN of a known value class that one wrong digit, one swap of neighbours, one digit too many or one too
/// few explains. A check digit alone leaves several, so an amount known from the receipt narrows them.
pub fn repairs(text: &str, amount_gbp: Option<&str>) -> Vec<Repair> {
    let Ok(typed) = digits(text) else { return Vec::new() };
    let mut repairs: Vec<Repair> = Vec::new();
    let mut consider = |digits: &[u8], slip: String| {
        let Some((utrn, amount)) =
            Utrn::from_digits(digits).ok().and_then(|utrn| Some((utrn.to_string(), utrn.amount_gbp()?)))
        else {
            return;
        };
        let wanted = amount_gbp.is_none_or(|wanted| wanted == amount);
        if wanted && repairs.iter().all(|known| known.utrn != utrn) {
            repairs.push(Repair { utrn, slip, amount_gbp: amount });
        }
    };
    match typed.len() {
        20 => {
            for at in 0..19 {
                let mut swapped = typed.clone();
                swapped.swap(at, at + 1);
                if swapped != typed {
                    consider(&swapped, format!("digits {} and {} swapped", at + 1, at + 2));
                }
            }
            for (at, old) in typed.iter().enumerate() {
                for digit in (0..10).filter(|digit| digit != old) {
                    let mut changed = typed.clone();
                    changed.splice(at..=at, [digit]);
                    consider(&changed, format!("digit {} is {old}, should be {digit}", at + 1));
                }
            }
        }
        19 => {
            for at in 0..=19 {
                for digit in 0..10 {
                    let mut longer = typed.clone();
                    longer.insert(at, digit);
                    consider(&longer, format!("digit {} is missing, should be {digit}", at + 1));
                }
            }
        }
        21 => {
            for at in 0..21 {
                let mut shorter = typed.clone();
                let digit = shorter.remove(at);
                consider(&shorter, format!("digit {}, {digit}, is one too many", at + 1));
            }
        }
        _ => {}
    }
    repairs
}

fn digits(text: &str) -> Result<Vec<u8>, UtrnError> {
    text.chars()
        .filter(|c| !c.is_whitespace() && *c != '-')
        .map(|c| c.to_digit(10).map(|digit| digit as u8).ok_or(UtrnError::Character(c)))
        .collect()
}

/// The check digit of the first 19 digits, read from the left.
fn check_digit(digits: &[u8]) -> u8 {
    let at = |table: &[u8; 10], index: u8| table.get(usize::from(index)).copied().unwrap_or_default();
    let mut product = 0;
    for (position, digit) in digits.iter().enumerate() {
        let power = (FIRST_POWER + position) % 8;
        let permuted = (0..power).fold(*digit, |digit, _| at(&PERMUTATION, digit));
        product = PRODUCT.get(usize::from(product)).map_or(0, |row| at(row, permuted));
    }
    at(&CHECK_DIGIT, product)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sts::token::is_in_utrn_range;

    /// UTRN, value, class, counter bits, last four bytes of the GCM tag: published, made with public test keys.
    const SAMPLES: [(&str, u16, ValueClass, u16, u32); 4] = [
        ("73943333457189043313", 100, ValueClass::Pounds, 1, 0xd51c_a60b),
        ("73947252416745201637", 1234, ValueClass::Pence, 4, 0x3855_d663),
        ("73946144332040217315", 10, ValueClass::Pounds, 3, 0x9cd0_29e3),
        ("73950067887105178605", 1250, ValueClass::Pence, 6, 0xff67_4c64),
    ];

    #[test]
    fn published_samples() {
        for (text, value, class, counter, mac) in SAMPLES {
            let utrn = Utrn::parse(text).expect(text);
            assert_eq!((utrn.value(), utrn.value_class(), utrn.counter_bits()), (value, class, counter), "{text}");
            assert_eq!((utrn.mac(), utrn.to_string().as_str()), (mac, text));
            assert!(is_in_utrn_range(text));
        }
        assert!(Utrn::parse(LOWEST).is_ok_and(|lowest| lowest.transaction == 0));
        assert_eq!(Utrn::parse("7394 7252-4167 4520 1637").ok().and_then(Utrn::amount_gbp).as_deref(), Some("12.34"));
        let reserved = Utrn::parse("74301825837596672005").expect("a good check digit");
        assert_eq!((reserved.value_class(), reserved.amount_gbp()), (ValueClass::Reserved, None));
    }

    #[test]
    fn what_is_wrong_is_named() {
        assert_eq!(Utrn::parse("73947252416745201638"), Err(UtrnError::CheckDigit { expected: 7, found: 8 }));
        assert_eq!(Utrn::parse("7394725241674520163"), Err(UtrnError::Length(19)));
        assert_eq!(Utrn::parse("7394725241674520163O"), Err(UtrnError::Character('O')));
        for text in ["73941569907863060470", "75382721788621619200", "51043465443420856213"] {
            assert_eq!(Utrn::parse(text), Err(UtrnError::Range), "{text}");
            assert!(!is_in_utrn_range(text));
        }
    }

    #[test]
    fn every_single_slip_is_noticed_and_its_repair_offered() {
        for (text, ..) in SAMPLES {
            let good = digits(text).expect(text);
            let mut slips: Vec<Vec<u8>> = Vec::new();
            for at in 0..20 {
                slips.extend((0..10).filter(|digit| *digit != good[at]).map(|digit| {
                    let mut typed = good.clone();
                    typed[at] = digit;
                    typed
                }));
            }
            for at in 0..19 {
                let mut typed = good.clone();
                typed.swap(at, at + 1);
                slips.extend((typed != good).then_some(typed));
            }
            for typed in slips {
                assert!(Utrn::from_digits(&typed).is_err(), "{typed:?}");
                let typed: String = typed.iter().map(u8::to_string).collect();
                assert!(repairs(&typed, None).iter().any(|repair| repair.utrn == text), "{typed}");
            }
        }
    }

    #[test]
    fn a_digit_lost_or_doubled_is_repaired() {
        assert!(repairs("7394333345718904331", None).iter().any(|repair| repair.utrn == "73943333457189043313"));
        assert!(repairs("739433334571890433133", None).iter().any(|repair| repair.utrn == "73943333457189043313"));
        assert!(repairs("7394", None).is_empty());
        assert!(repairs("no token", None).is_empty());
    }

    #[test]
    fn the_amount_on_the_receipt_narrows_the_repairs() {
        let all = repairs("13943333457189043313", None);
        let narrowed = repairs("13943333457189043313", Some("100.00"));
        assert!(narrowed.len() <= all.len());
        assert!(narrowed.iter().all(|repair| repair.amount_gbp == "100.00"));
        assert!(repairs("73943333457189043312", Some("1.00")).is_empty());
    }
}
