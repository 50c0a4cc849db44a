//! Properties over seeded random inputs.

use proptest::prelude::*;
use wattkey::sts::{
    Amount, Commodity, CurrencyAmount, DecoderKey, Drn, Iin, Pan, RandomNumber, StaTables, Tid, Token, TokenClass,
    TokenContent,
};

/// One changed digit of an encrypted token passes the check sum as often as a random block: once in 65536, within
/// four standard deviations. Values of 2^66 and more are no tokens and do not count.
fn check_single_digit_changes(key: &DecoderKey, seed: u64) {
    const CHANGES: u32 = 1_000_000;
    let tables = StaTables::iec_sample();
    let mut random = fastrand::Rng::with_seed(seed);
    let mut tried = 0;
    let mut passed = 0;
    while tried < CHANGES {
        let content = TokenContent::Credit {
            commodity: Commodity::from_bits(random.u8(..)),
            rnd: RandomNumber::from_bits(random.u8(..)),
            tid: Tid::from_field(random.u32(..)),
            amount: Amount::from_field(random.u16(..)),
        };
        let token = key.make(&content, tables);
        for position in 0..20u32 {
            let weight = 10u128.pow(position);
            let digit = token.number() / weight % 10;
            for other in (0..10).filter(|other| *other != digit) {
                let changed = Token::from_number(token.number() - digit * weight + other * weight);
                // A change may reach the class bits; class 3 has no check sum that could pass.
                let Some(changed) = changed.filter(|token| token.class() != TokenClass::Reserved) else {
                    continue;
                };
                tried += 1;
                passed += u32::from(key.read(changed, tables).is_ok());
            }
        }
    }
    let expected = f64::from(tried) / 65_536.0;
    let deviation = (f64::from(passed) - expected).abs();
    assert!(deviation <= 4.0 * expected.sqrt(), "{passed} of {tried} passed, {expected:.1} expected");
}

#[test]
fn single_digit_changes_under_ea07() {
    check_single_digit_changes(&DecoderKey::sta(0x0ABC_12DE_F345_6789), 11);
}

#[test]
fn single_digit_changes_under_ea11() {
    check_single_digit_changes(&DecoderKey::misty1(0x0011_2233_4455_6677_8899_AABB_CCDD_EEFF), 12);
}

proptest! {
    #[test]
    fn digits_and_number_of_a_token_lead_back(number in 0u128..(1 << 66)) {
        let token = Token::from_number(number).unwrap();
        prop_assert_eq!(token.to_string().parse::<Token>().unwrap(), token);
        prop_assert_eq!(token.grouped().parse::<Token>().unwrap(), token);
        prop_assert_eq!(Token::from_ascii(&token.to_ascii()).unwrap(), token);
        let (class, block) = token.dissect();
        prop_assert_eq!(Token::assemble(class, block), token);
    }

    #[test]
    fn ciphers_undo_themselves(sta in any::<u64>(), misty1 in any::<u128>(), block in any::<u64>()) {
        let tables = StaTables::iec_sample();
        for key in [DecoderKey::sta(sta), DecoderKey::misty1(misty1)] {
            prop_assert_eq!(key.decrypt_block(key.encrypt_block(block, tables), tables), block);
        }
    }

    #[test]
    fn currency_is_rounded_in_the_customers_favour(units in -(1i64 << 62)..(1i64 << 62)) {
        let amount = CurrencyAmount::at_least(units).unwrap();
        let asked = u128::from(units.unsigned_abs());
        let in_favour = if units < 0 { amount.magnitude() <= asked } else { amount.magnitude() >= asked };
        prop_assert!(in_favour);
        prop_assert_eq!(amount.is_negative(), units < 0);
        // Rounding up may leave the range that `at_least` takes.
        if amount.magnitude() <= u128::from(CurrencyAmount::MAX_UNITS) {
            let again = CurrencyAmount::at_least(i64::try_from(amount.magnitude()).unwrap()).unwrap();
            prop_assert_eq!(again.magnitude(), amount.magnitude());
        }
    }

    #[test]
    fn meter_numbers_lead_back(code in 0u16..100, serial in 0u32..100_000_000, long in any::<bool>()) {
        let drn = Drn::from_parts(if long { Iin::N0000 } else { Iin::N600727 }, code, serial).unwrap();
        prop_assert_eq!(drn.to_string().parse::<Drn>().unwrap(), drn);
        prop_assert_eq!(Pan::of(drn).to_string().parse::<Pan>().unwrap(), Pan::of(drn));
    }

    /// A single wrong digit of a meter number never gets past its check digit.
    #[test]
    fn a_wrong_digit_of_a_meter_number_is_found(serial in 0u32..100_000_000, place in 0usize..11, by in 1u8..10) {
        let drn = Drn::from_parts(Iin::N600727, 7, serial).unwrap();
        let mut digits = drn.to_string().into_bytes();
        digits[place] = b'0' + (digits[place] - b'0' + by) % 10;
        prop_assert!(String::from_utf8(digits).unwrap().parse::<Drn>().is_err());
    }
}
