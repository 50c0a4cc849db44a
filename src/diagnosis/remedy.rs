//! What to do about a cause, for the person in front of the meter.

use super::cause::Cause;
use super::evidence::{Case, Readout};
use super::fit::Fit;
use crate::sts::{Iin, MeterTest, TestForm, TestName};

/// What a remedy is chosen by.
#[derive(Debug, Clone, Copy)]
pub struct Situation<'a> {
    /// The case.
    pub case: &'a Case,
    /// The meter, with what other tokens settled.
    pub meter: &'a Readout,
    /// How the token reads, when it does.
    pub fit: Option<&'a Fit>,
}

impl Situation<'_> {
    /// The test token for all makers' meters that shows what `test` names, in the variant for this meter's number.
    fn test_token(&self, test: TestName) -> String {
        let form = match self.meter.drn.map(|drn| drn.iin()) {
            Some(Iin::N0000) => TestForm::FourDigit,
            _ => TestForm::TwoDigit,
        };
        MeterTest::new(form, test, 0).map(|test| test.token().grouped()).unwrap_or_default()
    }
}

/// Steps against `cause`, in order.
pub fn of(cause: Cause, situation: &Situation<'_>) -> Vec<String> {
    let mut steps: Vec<String> = match cause {
        Cause::NotAToken => vec![
            "Read the slip again, digit by digit: a token has 20 digits and no letters.".into(),
            "Ask vending to reprint or resend it when digits are missing.".into(),
        ],
        Cause::Mistyped => mistyped(situation),
        Cause::WrongMeter => wrong_meter(situation),
        Cause::SgcMismatch => with_reading(
            "supply group",
            &situation.test_token(TestName::SupplyGroup),
            "Have vending correct the supply group in this meter's record and issue a replacement, or issue a \
             key change that brings the meter to the group of the token."
                .into(),
        ),
        Cause::KrnMismatch => key_revision(situation),
        Cause::KeyTypeMismatch => vec![
            "Meter and vending are on different key types: ask vending for the key-change tokens from the meter's \
             present key."
                .into(),
            "Enter all of them, first to last without a pause, then this token again; it is not used up.".into(),
        ],
        Cause::TiMismatch => with_reading(
            "tariff index",
            &situation.test_token(TestName::TariffIndex),
            "Ask vending for the key-change tokens that go with the new tariff, or for a replacement on the meter's \
             tariff index."
                .into(),
        ),
        Cause::BaseDateMismatch => vec![
            "Ask vending which base date this meter's vending key has; record and meter must agree.".into(),
            "Enter the key-change tokens with the roll-over bit when the meter is to move to the newer base date."
                .into(),
        ],
        Cause::AlgorithmMismatch => {
            vec!["Have vending correct the algorithm (EA, DKGA) in this meter's record and issue a replacement.".into()]
        }
        Cause::UnknownKey => unknown_key(situation),
        Cause::TokenOld => vec![
            "Look whether newer tokens of this customer were entered first; this one can no longer be used.".into(),
            "Ask vending for a replacement with a new identifier.".into(),
            "When every new token is old for this meter, ask vending to check its clock and base date.".into(),
        ],
        Cause::TokenUsed => vec![
            "Compare the balance and the last credit with the slip: this token, or its twin, was taken already.".into(),
            "Ask vending for a replacement only when no credit was added.".into(),
        ],
        Cause::KeyExpired => vec![
            "Ask vending for key-change tokens to a key revision with a later expiry number, enter them, then a \
             replacement."
                .into(),
        ],
        Cause::DefaultKey => vec![
            "Commission the meter: enter the key-change tokens from its default key to its unique key.".into(),
            "Then enter this credit's replacement, made on the new key.".into(),
        ],
        Cause::KeyTypeNotAllowed => vec![
            "Do not enter this set: have vending issue key-change tokens to key type 2 (the meter's unique key)."
                .into(),
        ],
        Cause::RegisterOverflow => vec![
            "Let the customer use up credit first, then enter the token again; it is not used up.".into(),
            "Ask vending to split the amount when it is above what the register can ever hold.".into(),
        ],
        Cause::ValueOutOfRange => {
            vec!["Ask vending for a token with a value this model takes; the limits are in its manual.".into()]
        }
        Cause::FunctionUnsupported => {
            vec!["This model has no such function: ask vending which token the model takes instead.".into()]
        }
        Cause::FormatError => vec![
            "Enter it again slowly; a pause of 20 s or more drops the entry on many keypads.".into(),
            "When it is refused again, ask vending for a replacement.".into(),
        ],
        Cause::ManufacturerMismatch => vec![
            "Use the test token for all makers (manufacturer code 0), in the short or the long variant.".into(),
            "`wattkey token test` prints both.".into(),
        ],
        Cause::CommodityMismatch => vec![
            "Take the token to the customer's meter for that commodity.".into(),
            "When it was sold for this meter, have vending correct the commodity in its record and issue a replacement."
                .into(),
        ],
        Cause::Lockout => lockout(situation),
        Cause::NotReady => vec!["Wait until the meter has finished, then enter the token once more.".into()],
        Cause::KeyChangeIncomplete => incomplete(situation),
        Cause::KeyChangeAlreadyApplied => vec![
            "Nothing to do with these tokens: the meter has the key they lead to.".into(),
            "Enter the credit token that was made on the new key.".into(),
        ],
        Cause::TidRollover => vec![
            "Ask vending for the key-change tokens with the roll-over bit and enter them all without a pause.".into(),
            "Enter unused credit made on the old key before them; it cannot be used afterwards.".into(),
            "Then enter this token again, or a replacement made on the new base date.".into(),
        ],
        Cause::NoFault => no_fault(situation),
    };
    steps.extend(vendor_codes(cause, situation.case));
    steps
}

fn mistyped(situation: &Situation<'_>) -> Vec<String> {
    let mut steps = vec!["Compare the 20 digits with the slip or the message, in groups of four.".into()];
    if situation.fit.is_some() {
        steps.push("Enter the token once more, slowly, as vending printed it.".into());
        let token = situation.test_token(TestName::KeyRevision);
        steps.push(format!("If it is refused again, read the meter's KRN with test token {token}."));
    } else {
        steps.push("Enter it once more, slowly.".into());
    }
    steps
}

fn wrong_meter(situation: &Situation<'_>) -> Vec<String> {
    match situation.fit.and_then(|fit| fit.identity.drn) {
        Some(drn) => vec![
            format!("Take the token to meter {drn}, or have vending issue one for this meter."),
            "Check the meter number on the label, on the display and on the slip.".into(),
        ],
        None => vec!["Compare the meter number on the label, on the display and on the slip.".into()],
    }
}

fn with_reading(what: &str, token: &str, step: String) -> Vec<String> {
    vec![step, format!("Confirm the meter's {what} with test token {token}.")]
}

fn key_revision(situation: &Situation<'_>) -> Vec<String> {
    let made_for = situation.fit.and_then(|fit| fit.identity.krn);
    let test = situation.test_token(TestName::KeyRevision);
    match (made_for, situation.meter.krn) {
        (Some(token), Some(meter)) if token > meter => vec![
            format!("Ask vending for the key-change tokens from KRN {meter} to KRN {token} and enter them all."),
            "Then enter this token again; it is not used up.".into(),
            format!("Confirm the meter's KRN with test token {test}."),
        ],
        (Some(token), Some(meter)) => vec![
            format!("The meter is on KRN {meter} already: have vending correct its record, which says KRN {token}."),
            "Ask for a replacement of this token on the meter's revision.".into(),
        ],
        _ => vec![
            format!("Read the meter's KRN with test token {test} and compare it with the slip."),
            "Where they differ, ask vending for the key-change tokens or a replacement.".into(),
        ],
    }
}

fn unknown_key(situation: &Situation<'_>) -> Vec<String> {
    let meter = situation.meter;
    let mut steps = Vec::new();
    match (situation.fit, meter.sgc, meter.krn) {
        (Some(_), ..) => {
            steps.push("Enter the token once more; if it is refused again, the meter needs a key change.".into());
        }
        (None, Some(sgc), Some(krn)) => {
            steps.push(format!("Get the vending key of SGC {sgc}, KRN {krn} into the key file, then diagnose again."));
        }
        _ => steps.push("Get a key file with the vending keys of this utility, then diagnose again.".into()),
    }
    steps.push(format!(
        "Meanwhile compare meter number, SGC, KRN and TI of slip and meter: test tokens {} (KRN), {} (TI).",
        situation.test_token(TestName::KeyRevision),
        situation.test_token(TestName::TariffIndex)
    ));
    steps
}

fn lockout(situation: &Situation<'_>) -> Vec<String> {
    let wait = match situation.meter.lockout_s {
        0 => "Stop typing and wait until the meter takes tokens again.".to_owned(),
        seconds => format!("Stop typing and wait {seconds} s; every wrong token makes the wait longer."),
    };
    vec![wait, "Then enter the token once, carefully. Test tokens work during the lockout on most meters.".into()]
}

fn incomplete(situation: &Situation<'_>) -> Vec<String> {
    let held = &situation.meter.kct_pending;
    let first = if held.is_empty() {
        "Enter the other key-change tokens of the set now, without a pause.".to_owned()
    } else {
        let held: Vec<String> = held.iter().map(u8::to_string).collect();
        format!("Enter the other key-change tokens of the set now; the meter holds section {}.", held.join(", "))
    };
    vec![
        first,
        "When the meter has forgotten the first ones, enter the whole set again from the start; it is not used up."
            .into(),
        "Enter credit made on the new key last.".into(),
    ]
}

fn no_fault(situation: &Situation<'_>) -> Vec<String> {
    match situation.fit.and_then(|fit| fit.section()) {
        Some(section) => vec![
            format!("Enter section {section} together with the rest of its set, without a pause."),
            "Enter unused credit made on the present key first.".into(),
        ],
        None if situation.case.result.is_some() => vec![
            "Nothing to do: the meter took the token.".into(),
            "When there is no supply all the same, look at the relay and its reason: `wattkey status`.".into(),
        ],
        None => vec!["Enter the token.".into()],
    }
}

/// Short codes of this vendor that would tell more, where a reading would help.
fn vendor_codes(cause: Cause, case: &Case) -> Vec<String> {
    let would_help = matches!(
        cause,
        Cause::Mistyped
            | Cause::UnknownKey
            | Cause::KrnMismatch
            | Cause::SgcMismatch
            | Cause::TiMismatch
            | Cause::WrongMeter
    );
    if !would_help {
        return Vec::new();
    }
    case.short_codes.iter().map(|code| format!("Key in {} on this meter: {}.", code.code, code.shows)).collect()
}
