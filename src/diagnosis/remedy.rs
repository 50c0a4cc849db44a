//! What to do about a cause, for the person in front of the meter.

use super::cause::Cause;
use super::evidence::{Case, Readout};
use super::fit::Fit;
use super::meter_word;
use crate::sts::{Iin, MeterTest, TestForm, TestName, Token};

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

/// Steps against `cause`, in order, with the codes of this vendor that would tell more.
pub fn of(cause: Cause, situation: &Situation<'_>) -> Vec<String> {
    let mut steps = cause.steps(situation);
    steps.extend(vendor_codes(cause, situation.case));
    steps
}

pub(super) fn supply_group(situation: &Situation<'_>) -> Vec<String> {
    with_reading(
        "supply group",
        &situation.test_token(TestName::SupplyGroup),
        "Have vending correct the supply group in this meter's record and issue a replacement, or issue a key change that \
         brings the meter to the group of the token.",
    )
}

pub(super) fn tariff_index(situation: &Situation<'_>) -> Vec<String> {
    with_reading(
        "tariff index",
        &situation.test_token(TestName::TariffIndex),
        "Ask vending for the key-change tokens that go with the new tariff, or for a replacement on the meter's tariff index.",
    )
}

pub(super) fn mistyped(situation: &Situation<'_>) -> Vec<String> {
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

pub(super) fn wrong_meter(situation: &Situation<'_>) -> Vec<String> {
    match situation.fit.and_then(|fit| fit.identity.drn) {
        Some(drn) => vec![
            format!("Take the token to meter {drn}, or have vending issue one for this meter."),
            "Check the meter number on the label, on the display and on the slip.".into(),
        ],
        None => vec!["Compare the meter number on the label, on the display and on the slip.".into()],
    }
}

fn with_reading(what: &str, token: &str, step: &str) -> Vec<String> {
    vec![step.to_owned(), format!("Confirm the meter's {what} with test token {token}.")]
}

pub(super) fn key_revision(situation: &Situation<'_>) -> Vec<String> {
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

pub(super) fn unknown_key(situation: &Situation<'_>) -> Vec<String> {
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

pub(super) fn lockout(situation: &Situation<'_>) -> Vec<String> {
    let wait = match situation.meter.lockout_s {
        0 => "Stop typing and wait until the meter takes tokens again.".to_owned(),
        seconds => format!("Stop typing and wait {seconds} s; every wrong token makes the wait longer."),
    };
    vec![wait, "Then enter the token once, carefully. Test tokens work during the lockout on most meters.".into()]
}

pub(super) fn incomplete(situation: &Situation<'_>) -> Vec<String> {
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

/// Whether the meter itself says that it took the token.
fn was_accepted(situation: &Situation<'_>) -> bool {
    let token = situation.case.token.parse::<Token>().ok();
    token.and_then(|token| meter_word::answer(situation.case, token)).is_some()
}

pub(super) fn no_fault(situation: &Situation<'_>) -> Vec<String> {
    match situation.fit.and_then(|fit| fit.section()) {
        Some(section) => vec![
            format!("Enter section {section} together with the rest of its set, without a pause."),
            "Enter unused credit made on the present key first.".into(),
        ],
        None if was_accepted(situation) => vec![
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
