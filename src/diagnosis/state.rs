//! What the state of the meter says about a token that reads under its key and was not yet answered.

use super::cause::Cause;
use super::evidence::{Case, Readout};
use super::fit::{Fit, key_type_is_allowed};
use crate::sts::{KeyType, Token, TokenClass, TokenContent};

/// A cause and what shows it.
pub type Shown = (Cause, Vec<String>);

/// The first rule of the state that holds, in the order in which a meter would refuse.
pub fn explain(fit: &Fit, accepted: &[Accepted], case: &Case, meter: &Readout) -> Shown {
    locked_out(meter)
        .or_else(|| key_type_not_allowed(fit, meter))
        .or_else(|| credit_on_default_key(fit, meter))
        .or_else(|| key_expired(fit, meter))
        .or_else(|| used(fit, meter))
        .or_else(|| old(fit, meter))
        .or_else(|| accepted_before(fit, accepted, case))
        .or_else(|| other_manufacturer(fit, meter))
        .or_else(|| other_commodity(fit, meter))
        .unwrap_or_else(|| no_fault(fit))
}

/// A token the meter took before, as far as it reads under the same key as the token in question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Accepted {
    /// The token.
    pub token: Token,
    /// What it says.
    pub content: TokenContent,
}

fn locked_out(meter: &Readout) -> Option<Shown> {
    (meter.lockout_s > 0)
        .then(|| (Cause::Lockout, vec![format!("the meter takes no tokens for another {} s", meter.lockout_s)]))
}

fn key_type_not_allowed(fit: &Fit, meter: &Readout) -> Option<Shown> {
    let next = fit.new_key_type()?;
    let current = meter.kt.or(fit.identity.kt)?;
    (!key_type_is_allowed(current, next)).then(|| {
        let change = format!(
            "the key change leads from key type {current} ({}) to {next} ({})",
            current.abbreviation(),
            next.abbreviation()
        );
        (Cause::KeyTypeNotAllowed, vec![change])
    })
}

fn credit_on_default_key(fit: &Fit, meter: &Readout) -> Option<Shown> {
    let on_default = meter.kt.or(fit.identity.kt) == Some(KeyType::Default);
    (fit.is_credit() && on_default)
        .then(|| (Cause::DefaultKey, vec!["the meter is on key type 1, which takes key changes and no credit".into()]))
}

fn key_expired(fit: &Fit, meter: &Readout) -> Option<Shown> {
    let tid = fit.content.tid()?;
    let (ken, whose) = match (meter.ken, fit.ken) {
        (Some(ken), _) => (ken, "the meter's"),
        (None, Some(ken)) => (ken, "the key file's"),
        (None, None) => return None,
    };
    ken.has_expired_at(tid).then(|| {
        let high = tid.minutes() >> 16;
        (Cause::KeyExpired, vec![format!("TID {tid} div 65536 is {high}, above {whose} key expiry number {ken}")])
    })
}

fn used(fit: &Fit, meter: &Readout) -> Option<Shown> {
    let tid = fit.content.tid()?;
    meter.stores_tid(tid).then(|| (Cause::TokenUsed, vec![format!("TID {tid} is among those the meter remembers")]))
}

fn old(fit: &Fit, meter: &Readout) -> Option<Shown> {
    let tid = fit.content.tid()?;
    let oldest = meter.oldest_tid()?;
    (tid < oldest)
        .then(|| (Cause::TokenOld, vec![format!("TID {tid} lies below the oldest the meter remembers ({oldest})")]))
}

/// The same token, or another with its TID, was taken before, though the meter does not list its TIDs.
fn accepted_before(fit: &Fit, accepted: &[Accepted], case: &Case) -> Option<Shown> {
    let tid = fit.content.tid()?;
    let token: Token = case.token.parse().ok()?;
    if case.previous_tokens.contains(&token) {
        return Some((Cause::TokenUsed, vec!["it is among the tokens this meter took before".to_owned()]));
    }
    accepted.iter().find(|earlier| earlier.content.tid() == Some(tid)).map(|earlier| {
        let last = earlier.token.last_four();
        (
            Cause::TokenUsed,
            vec![format!("the token ending {last}, which this meter took before, has the same TID {tid}")],
        )
    })
}

/// A test token carries a manufacturer code; 0 stands for every maker.
fn other_manufacturer(fit: &Fit, meter: &Readout) -> Option<Shown> {
    let TokenContent::MeterTest(test) = &fit.content else { return None };
    let drn = meter.drn?;
    let own = drn.manufacturer_code();
    let code = test.manufacturer_code();
    (code != 0 && code != own).then(|| {
        (Cause::ManufacturerMismatch, vec![format!("the token is for manufacturer {code}, meter {drn} is of {own}")])
    })
}

/// A credit token for another commodity than the register counts. Money says nothing of the commodity.
fn other_commodity(fit: &Fit, meter: &Readout) -> Option<Shown> {
    let TokenContent::Credit { commodity, .. } = &fit.content else { return None };
    let unit = meter.credit_unit.as_deref()?;
    let counted = match unit.trim().to_lowercase().replace('³', "3").as_str() {
        "kwh" | "wh" | "mwh" => "kWh",
        "m3" => "m3",
        "min" | "minutes" => "min",
        _ => return None,
    };
    (commodity.unit() != counted).then(|| {
        let sold = format!("{commodity:?}").to_lowercase();
        let told =
            format!("the token is credit for {sold} ({}), and the meter's register counts {unit}", commodity.unit());
        (Cause::CommodityMismatch, vec![told])
    })
}

fn no_fault(fit: &Fit) -> Shown {
    let what = match fit.section() {
        Some(section) => format!("section {section} of a key change reads under the meter's key"),
        None if fit.content.class() == TokenClass::Test => {
            "the test token's check sum is good; it needs no key".to_owned()
        }
        None => "the token reads under the meter's key and nothing the meter tells speaks against it".to_owned(),
    };
    (Cause::NoFault, vec![what])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnosis::fit::tests::{content, fit};
    use crate::sts::{KeyExpiryNumber, Tid};
    use time::macros::datetime;

    fn case() -> Case {
        Case::of_token("51043465443420856213", datetime!(2026-11-21 00:00 UTC))
    }

    fn credit(tid: u32) -> Fit {
        fit(TokenClass::Credit, u64::from(tid) << 32)
    }

    fn cause(fit: &Fit, meter: &Readout) -> Cause {
        explain(fit, &[], &case(), meter).0
    }

    fn ken(number: u32) -> Option<KeyExpiryNumber> {
        KeyExpiryNumber::new(number).ok()
    }

    #[test]
    fn nothing_known_is_no_fault() {
        assert_eq!(cause(&credit(1000), &Readout::default()), Cause::NoFault);
    }

    #[test]
    fn a_lockout_goes_first() {
        let meter = Readout { lockout_s: 40, kt: Some(KeyType::Default), ..Readout::default() };
        assert_eq!(cause(&credit(1000), &meter), Cause::Lockout);
    }

    #[test]
    fn a_first_section_to_a_common_key_is_not_allowed() {
        let meter = Readout { kt: Some(KeyType::Unique), ..Readout::default() };
        assert_eq!(cause(&fit(TokenClass::Management, 0x3F13_0000_0000_0000), &meter), Cause::KeyTypeNotAllowed);
        assert_eq!(cause(&fit(TokenClass::Management, 0x3F12_0000_0000_0000), &meter), Cause::NoFault);
    }

    #[test]
    fn only_credit_is_refused_on_the_default_key() {
        let meter = Readout { kt: Some(KeyType::Default), ..Readout::default() };
        assert_eq!(cause(&credit(1000), &meter), Cause::DefaultKey);
        assert_eq!(cause(&fit(TokenClass::Management, 0x5000_1000_0000_0000), &meter), Cause::NoFault);
    }

    #[test]
    fn the_meters_expiry_number_goes_before_the_key_files() {
        let mut fit = credit(101 << 16);
        fit.ken = ken(100);
        assert_eq!(cause(&fit, &Readout::default()), Cause::KeyExpired);
        assert_eq!(cause(&fit, &Readout { ken: ken(101), ..Readout::default() }), Cause::NoFault);
        fit.ken = ken(255);
        assert_eq!(cause(&fit, &Readout { ken: ken(100), ..Readout::default() }), Cause::KeyExpired);
    }

    #[test]
    fn a_stored_tid_is_used_and_a_lower_one_old() {
        let tids = [200, 300].into_iter().filter_map(|tid| Tid::new(tid).ok()).collect();
        let meter = Readout { tids, ..Readout::default() };
        assert_eq!(cause(&credit(300), &meter), Cause::TokenUsed);
        assert_eq!(cause(&credit(250), &meter), Cause::NoFault);
        assert_eq!(cause(&credit(199), &meter), Cause::TokenOld);
        let newest_alone = Readout { tid_newest: Tid::new(300).ok(), ..Readout::default() };
        assert_eq!(cause(&credit(300), &newest_alone), Cause::TokenUsed);
        assert_eq!(cause(&credit(299), &newest_alone), Cause::NoFault);
    }

    #[test]
    fn a_token_taken_before_is_used() {
        let mut case = case();
        case.previous_tokens = vec![case.token.parse().unwrap()];
        assert_eq!(explain(&credit(300), &[], &case, &Readout::default()).0, Cause::TokenUsed);
        let twin = Accepted {
            token: "00000000000150997584".parse().unwrap(),
            content: content(TokenClass::Credit, 300 << 32),
        };
        assert_eq!(explain(&credit(300), &[twin], &self::case(), &Readout::default()).0, Cause::TokenUsed);
    }

    #[test]
    fn credit_must_be_of_the_registers_commodity() {
        let of = |subclass: u64, unit: &str| {
            let meter = Readout { credit_unit: Some(unit.to_owned()), ..Readout::default() };
            cause(&fit(TokenClass::Credit, subclass << 60 | 1000 << 32), &meter)
        };
        assert_eq!(of(2, "kWh"), Cause::CommodityMismatch);
        assert_eq!(of(0, "m3"), Cause::CommodityMismatch);
        assert_eq!(of(3, "kWh"), Cause::CommodityMismatch);
        for (subclass, unit) in [(0, "kWh"), (1, "m3"), (2, "m³"), (3, "min"), (2, "ZAR"), (6, "kWh")] {
            assert_eq!(of(subclass, unit), Cause::NoFault, "{subclass} {unit}");
        }
    }

    #[test]
    fn a_test_token_is_for_its_maker_or_for_all() {
        let meter = Readout { drn: "01234567897".parse().ok(), ..Readout::default() };
        let test = |code: u64| fit(TokenClass::Test, code << 16);
        assert_eq!(cause(&test(0), &meter), Cause::NoFault);
        assert_eq!(cause(&test(1), &meter), Cause::NoFault);
        assert_eq!(cause(&test(2), &meter), Cause::ManufacturerMismatch);
        assert_eq!(cause(&test(2), &Readout::default()), Cause::NoFault);
    }
}
