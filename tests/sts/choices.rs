//! Where sources disagree, one test for each choice made.

use wattkey::sts::cipher::sta;
use wattkey::sts::derivation::{ControlBlock, PanBlock};
use wattkey::sts::{
    BaseDate, Commodity, CurrencyAmount, DecoderKey, EncryptionAlgorithm, KeyExpiryNumber, KeyType, StaTables, Tid,
    Token, TokenClass, TokenContent, VendingKey, VendingKeyId, crc,
};

fn id(dkga: &str, ea: &str) -> VendingKeyId {
    VendingKeyId {
        sgc: "123457".parse().unwrap(),
        krn: "1".parse().unwrap(),
        kt: KeyType::Unique,
        dkga: dkga.parse().unwrap(),
        ea: ea.parse().unwrap(),
        base_date: BaseDate::Base1993,
        ken: KeyExpiryNumber::NEVER,
    }
}

/// DKGA02: with an even-parity vending key the sources give two different decoder keys, so such a key is refused.
#[test]
fn even_parity_vending_keys_are_refused() {
    for hex in ["0abc12def3456789", "abababababababaa", "0000000000000000"] {
        let error = VendingKey::from_hex(id("02", "07"), hex).unwrap_err();
        assert!(error.to_string().contains("parity"), "{error}");
    }
}

/// DKGA01 has one unconfirmed description, EA09 and DKGA03 are withdrawn: refused with the reason.
#[test]
fn unconfirmed_and_withdrawn_algorithms_are_refused() {
    for (dkga, ea) in [("01", "07"), ("03", "07"), ("02", "09")] {
        let error = VendingKey::from_hex(id(dkga, ea), "0123456789abcdef").unwrap_err().to_string();
        assert!(error.contains("not supported, because"), "{error}");
    }
}

/// DKGA04: the input counts its items before the label and before the context.
#[test]
fn dkga04_input_has_item_counts() {
    let key = VendingKey::from_hex(id("04", "11"), "abababababababab949494949494949401234567").unwrap();
    let derived = key.decoder_key("600727000000000009".parse().unwrap(), "01".parse().unwrap());
    assert_eq!(&*derived.reveal(), "f94b6ed353c3bfdb113e2d3a7ea3c41d");
}

/// CRC: reflected A001 from FFFF with the bytes swapped; not CCITT (0F9A) and not plain division (D253).
#[test]
fn crc_is_the_reflected_one_with_swapped_bytes() {
    assert_eq!(crc::crc(&[0x00, 0x00, 0x4A, 0x2D, 0x90, 0x0F, 0xF2]), 0x0FFA);
}

/// EA07: permutation places are counted from the least significant bit.
#[test]
fn ea07_counts_bits_from_the_least_significant() {
    let block = sta::encrypt(StaTables::iec_sample(), 0x0ABC_12DE_F345_6789, 0x0B19_EB23_0100_C207);
    assert_eq!(Token::assemble(TokenClass::Credit, block).to_string(), "51043465443420856213");
}

/// Keys stand most significant byte first, not reversed.
#[test]
fn keys_are_written_most_significant_byte_first() {
    let key =
        VendingKey::from_hex(VendingKeyId { sgc: "123456".parse().unwrap(), ..id("02", "07") }, "abababababababab");
    let derived = key.unwrap().decoder_key("600727000000000009".parse().unwrap(), "01".parse().unwrap());
    assert_eq!(&*derived.reveal(), "e653341f9d5bf36f");
    assert_eq!(derived, DecoderKey::from_hex(EncryptionAlgorithm::Ea07, "e653341f9d5bf36f").unwrap());
}

/// KEN: the comparison is TID div 65536, not KEN × 65535.
#[test]
fn ken_is_compared_with_the_top_eight_bits_of_the_tid() {
    let ken = KeyExpiryNumber::new(133).unwrap();
    assert!(!ken.has_expired_at(Tid::new(133 * 65_535 + 200).unwrap()));
    assert!(!ken.has_expired_at(Tid::new(133 * 65_536 + 65_535).unwrap()));
    assert!(ken.has_expired_at(Tid::new(134 * 65_536).unwrap()));
}

/// Currency: five exponent bits with sign in the place of RND, and CRC_C.
#[test]
fn currency_has_sign_and_exponent_and_its_own_crc() {
    let content = TokenContent::CurrencyCredit {
        commodity: Commodity::Electricity,
        tid: Tid::new(6_681_713).unwrap(),
        amount: CurrencyAmount::from_fields(0x5FF4, 10),
    };
    assert_eq!(content.block(), 0x4A65_F471_5FF4_BFC1);
}

/// The two public sources round a debit differently; here it goes towards zero, in the customer's favour.
#[test]
fn a_debit_is_rounded_towards_zero_and_a_credit_up() {
    assert_eq!(CurrencyAmount::at_least(16_385).unwrap().to_string(), "0.16394");
    assert_eq!(CurrencyAmount::at_least(-16_385).unwrap().to_string(), "-0.16384");
    assert_eq!(CurrencyAmount::at_least(-10_000_000_000_000).unwrap(), CurrencyAmount::from_fields(0x5FF3, 10));
}

/// A TID counts minutes of UTC.
#[test]
fn tid_counts_utc() {
    let tid = Tid::at(time::macros::datetime!(2014-01-01 02:00 +2), BaseDate::Base2014).unwrap();
    assert_eq!(tid.minutes(), 0);
}

/// The base date enters the key under DKGA04 and not under DKGA02.
#[test]
fn base_date_enters_the_key_under_dkga04_only() {
    let derive = |dkga: &str, hex: &str, base_date| {
        let key = VendingKey::from_hex(VendingKeyId { base_date, ..id(dkga, "07") }, hex).unwrap();
        key.decoder_key("600727000000000009".parse().unwrap(), "01".parse().unwrap())
    };
    let under_02 = |base| derive("02", "abababababababab", base);
    let under_04 = |base| derive("04", "abababababababab949494949494949401234567", base);
    assert_eq!(under_02(BaseDate::Base1993), under_02(BaseDate::Base2014));
    assert_ne!(under_04(BaseDate::Base1993), under_04(BaseDate::Base2014));
}

/// TI: two decimal digits in the CONTROLBlock, plain binary in the second key-change section.
#[test]
fn tariff_index_has_two_forms() {
    let block =
        ControlBlock::new(KeyType::Unique, "999910".parse().unwrap(), "99".parse().unwrap(), "9".parse().unwrap());
    assert_eq!(block.to_string(), "2999910999FFFFFF");
    let section = TokenContent::KeyChange2 { ken_low: 15, ti: 99, key_part: wattkey::sts::KeyPart::new(0) };
    assert_eq!(section.block() >> 48 & 0xFF, 0x63);
    let pan_block = PanBlock::new("600727000000000009".parse().unwrap(), KeyType::Unique);
    assert_eq!(pan_block.to_string(), "0072700000000000");
}
