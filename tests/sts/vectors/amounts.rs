//! Check sums, check digits and amount fields.

use wattkey::sts::{Amount, crc, luhn};

use super::{check, number, text};

#[test]
fn crc_examples() {
    check("crc_examples", |row, result| {
        let hex = text(row, "input_hex");
        let bytes: Vec<u8> =
            (0..hex.len()).step_by(2).map(|at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap()).collect();
        result.equal("check sum", format!("{:04x}", crc::crc(&bytes)), text(row, "crc_hex").to_owned());
    });
}

#[test]
fn luhn_examples() {
    check("luhn_examples", |row, result| {
        let digit = luhn::check_digit(text(row, "digits").parse().unwrap());
        result.equal("check digit", digit.to_string(), text(row, "check").to_owned());
    });
}

#[test]
fn amount_examples() {
    check("amount_examples", |row, result| {
        let amount = Amount::at_least(u32::try_from(number(row, "tenths")).unwrap()).unwrap();
        result.equal("field", format!("{:04x}", amount.field()), text(row, "field_hex").to_owned());
        result.equal("units", u64::from(amount.units()), number(row, "decoded_tenths"));
    });
}
