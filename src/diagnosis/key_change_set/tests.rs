//! Sets of every kind against the one judgement.

use std::sync::Arc;

use super::*;
use crate::diagnosis::Reach;
use crate::sts::keyring::Keyring;
use crate::sts::{
    BaseDate, DecoderKeyGenerationAlgorithm, EncryptionAlgorithm, KeyExpiryNumber, KeyType, StaTables, TariffIndex,
    VendingKeyId, key_change_tokens,
};

const KEYS: [&str; 3] = ["0123456789abcdef", "abababababababab", "fedcba9876543210"];

fn vending(krn: u32, base_date: BaseDate) -> VendingKey {
    let id = VendingKeyId {
        sgc: "123456".parse().unwrap(),
        krn: krn.try_into().unwrap(),
        kt: KeyType::Unique,
        dkga: DecoderKeyGenerationAlgorithm::Dkga02,
        ea: EncryptionAlgorithm::Ea07,
        base_date,
        ken: KeyExpiryNumber::new(255).unwrap(),
    };
    VendingKey::from_hex(id, KEYS[krn as usize - 1]).unwrap()
}

fn drn() -> Drn {
    "01234567897".parse().unwrap()
}

fn ti(number: u32) -> TariffIndex {
    TariffIndex::new(number).unwrap()
}

fn searcher(keys: &[VendingKey]) -> Searcher {
    let keyring = Keyring::new(keys.iter().cloned(), [], StaTables::iec_sample().clone());
    Searcher::new(Arc::new(keyring), Reach::default())
}

/// Tokens from key revision 1 on tariff index 1.
fn tokens(to: &VendingKey, to_ti: u32, sgc: Option<&str>, rollover: bool) -> Vec<Token> {
    let id = to.id();
    let new = NewKey {
        key: to.decoder_key(Pan::of(drn()), ti(to_ti)),
        krn: id.krn,
        kt: id.kt,
        ti: ti(to_ti),
        ken: id.ken,
        sgc: sgc.map(|sgc| sgc.parse().unwrap()),
        rollover,
    };
    let current = vending(1, BaseDate::Base2014).decoder_key(Pan::of(drn()), ti(1));
    key_change_tokens(&current, &new, StaTables::iec_sample()).unwrap()
}

fn record(krn: u32, tariff: u32) -> Claim {
    let target = MeterParameters {
        sgc: "123456".parse().ok(),
        krn: krn.try_into().ok(),
        kt: Some(KeyType::Unique),
        ti: Some(ti(tariff)),
        ..MeterParameters::default()
    };
    Claim { source: ClaimSource::Record, target }
}

fn judged(tokens: &[Token], claims: &[Claim], keys: &[VendingKey]) -> Result<Proof, Contradiction> {
    let searcher = searcher(keys);
    judge(&KeyChangeSet::read(tokens, Some(drn()), &searcher), claims, &searcher)
}

fn a() -> VendingKey {
    vending(1, BaseDate::Base2014)
}

fn b() -> VendingKey {
    vending(2, BaseDate::Base2014)
}

fn c() -> VendingKey {
    vending(3, BaseDate::Base2014)
}

#[test]
fn the_strongest_proof_is_given() {
    let set = tokens(&b(), 1, None, false);
    assert_eq!(judged(&set, &[], &[a(), b()]), Ok(Proof::Proven));
    assert_eq!(judged(&set, &[], &[a()]), Ok(Proof::Unproven));
    assert_eq!(judged(&set, &[record(2, 1)], &[a()]), Ok(Proof::Recorded));
    assert_eq!(judged(&set, &[record(2, 1)], &[a(), b()]), Ok(Proof::Proven));
    // Nothing reads it, and the record is all there is.
    assert_eq!(judged(&set, &[record(2, 1)], &[]), Ok(Proof::Recorded));
    let part = Claim { target: MeterParameters { ti: None, ..record(2, 1).target }, ..record(2, 1) };
    assert_eq!(judged(&set, &[part], &[a()]), Ok(Proof::Unproven));
    let plan = Claim { source: ClaimSource::Plan, ..record(2, 1) };
    assert_eq!(judged(&set, &[plan], &[a()]), Ok(Proof::Unproven));
}

#[test]
fn halves_of_two_sets_are_refused_when_a_key_at_hand_knows_one() {
    let (one, other) = (tokens(&b(), 1, None, false), tokens(&b(), 7, None, false));
    let third = tokens(&c(), 1, None, false);
    for mixed in [[one[0], other[1]], [other[0], one[1]], [one[0], third[1]], [third[0], one[1]]] {
        let judged_with = |keys: &[VendingKey]| judged(&mixed, &[], keys);
        assert!(matches!(judged_with(&[a(), b()]), Err(Contradiction::MixedSets { .. })));
        assert_eq!(judged_with(&[a()]), Ok(Proof::Unproven));
    }
}

#[test]
fn two_tokens_for_one_section_are_of_different_sets_whatever_is_known() {
    let (one, other) = (tokens(&b(), 1, None, false), tokens(&c(), 1, None, false));
    let all: Vec<Token> = one.iter().chain(&other).copied().collect();
    for given in [all.as_slice(), &[one[0], other[0], other[1]], &[one[0], one[1], other[1]]] {
        for keys in [vec![a()], vec![a(), b()], vec![a(), b(), c()]] {
            assert!(matches!(judged(given, &[], &keys), Err(Contradiction::TwoOfOneSection { .. })));
        }
        let set = KeyChangeSet::read(given, Some(drn()), &searcher(&[a()]));
        assert!(!set.is_sound() && set.is_complete() == Some(false), "{:?}", set.problems);
    }
}

#[test]
fn what_the_tokens_say_beside_the_halves_must_be_the_key_that_the_halves_make() {
    let key = b();
    let made = key.decoder_key(Pan::of(drn()), ti(1));
    let current = a().decoder_key(Pan::of(drn()), ti(1));
    let said = |krn: u32, tariff: u32, kt: KeyType, sgc: Option<&str>| {
        let new = NewKey {
            key: made.clone(),
            krn: krn.try_into().unwrap(),
            kt,
            ti: ti(tariff),
            ken: key.id().ken,
            sgc: sgc.map(|sgc| sgc.parse().unwrap()),
            rollover: false,
        };
        let set = key_change_tokens(&current, &new, StaTables::iec_sample()).unwrap();
        judged(&set, &[], &[a(), b()])
    };
    assert_eq!(said(2, 1, KeyType::Unique, None), Ok(Proof::Proven));
    assert_eq!(said(2, 1, KeyType::Unique, Some("000000")), Ok(Proof::Proven), "a group of zeros names none");
    for wrong in [
        said(3, 1, KeyType::Unique, None),
        said(2, 5, KeyType::Unique, None),
        said(2, 1, KeyType::Default, None),
        said(2, 1, KeyType::Unique, Some("654321")),
    ] {
        assert!(matches!(wrong, Err(Contradiction::OtherTarget { .. })), "{wrong:?}");
    }
}

#[test]
fn what_a_record_or_plan_says_must_be_what_the_set_leads_to() {
    let set = tokens(&b(), 7, None, false);
    for keys in [vec![a()], vec![a(), b()]] {
        for claim in [record(2, 1), record(3, 7), Claim { source: ClaimSource::Plan, ..record(2, 1) }] {
            assert!(matches!(judged(&set, &[claim], &keys), Err(Contradiction::OtherTarget { .. })), "{claim:?}");
        }
    }
    // The key of the group, revision and tariff index that are named makes other sections.
    let stranger = VendingKey::from_hex(*b().id(), KEYS[2]).unwrap();
    assert!(matches!(judged(&set, &[record(2, 7)], &[a(), stranger]), Err(Contradiction::NotThatKey { .. })));
}

#[test]
fn a_third_token_names_the_group() {
    let set = tokens(&b(), 1, Some("123456"), false);
    assert_eq!(set.len(), 3);
    assert_eq!(judged(&set, &[], &[a(), b()]), Ok(Proof::Proven));
    let elsewhere = tokens(&b(), 1, Some("654321"), false);
    assert_eq!(judged(&elsewhere, &[], &[a()]), Ok(Proof::Unproven));
    let other_group =
        Claim { target: MeterParameters { sgc: "654321".parse().ok(), ..Default::default() }, ..record(2, 1) };
    assert!(judged(&set, &[other_group], &[a()]).is_err());
}

#[test]
fn a_later_base_date_wants_the_roll_over_bit() {
    let old = vending(1, BaseDate::Base1993);
    let lacking = |rollover: bool, keys: &[VendingKey], present: Option<BaseDate>| {
        let searcher = searcher(keys);
        let set = KeyChangeSet::read(&tokens(&b(), 1, None, rollover), Some(drn()), &searcher);
        lacks_rollover(&set, present, &[])
    };
    let both = Some((BaseDate::Base1993, BaseDate::Base2014));
    assert_eq!(lacking(false, &[old.clone(), b()], None), both);
    assert_eq!(lacking(false, &[a(), b()], Some(BaseDate::Base1993)), both);
    assert_eq!(lacking(true, &[old.clone(), b()], None), None);
    assert_eq!(lacking(false, &[a(), b()], None), None);
    assert_eq!(lacking(false, std::slice::from_ref(&old), None), None, "the new base date is not known");
    // Under DKGA02 two base dates make one key: which it is cannot be told.
    assert_eq!(lacking(false, &[old, a(), b()], None), None);
}

#[test]
fn a_wrong_digit_in_one_section_is_named_with_its_repair() {
    let searcher = searcher(&[a(), b()]);
    let set = tokens(&b(), 1, None, false);
    let mut digits = set[1].to_string().into_bytes();
    digits[7] = if digits[7] == b'9' { b'0' } else { digits[7] + 1 };
    let typed: Token = String::from_utf8(digits).unwrap().parse().unwrap();
    let read = KeyChangeSet::read(&[set[0], typed], Some(drn()), &searcher);
    let repairs: Vec<_> = read.tokens.iter().filter_map(|token| token.repair.clone()).collect();
    assert_eq!(repairs.iter().map(|repair| (repair.token, repair.section)).collect::<Vec<_>>(), [(set[1], 2)]);
    assert!(repairs[0].change.starts_with("with digit 8 as "), "{}", repairs[0].change);
    assert!(read.problems.iter().all(|problem| !problem.contains("missing")), "{:?}", read.problems);
}
