//! Whether a set may go into the meter at hand: nothing is sent unless it may.

use super::ChangeError;
use crate::diagnosis::candidates::Candidate;
use crate::diagnosis::fit::Fit;
use crate::diagnosis::identity::differences;
use crate::diagnosis::key_change::{MeterKey, already_held};
use crate::diagnosis::{KeyChangeSet, Readout, Searcher};
use crate::meter::MeterRef;
use crate::meter::status::same_number;
use crate::sts::{Drn, Token};

/// What is said of the meter that is meant.
#[derive(Debug, Clone, Default)]
pub struct Expected {
    /// Its meter number.
    pub drn: Option<Drn>,
    /// Its serial number.
    pub serial: Option<String>,
}

impl Expected {
    /// Compares with what the meter says of itself.
    ///
    /// # Errors
    /// When it is another meter, or does not tell.
    pub fn check(&self, meter: &MeterRef) -> Result<(), ChangeError> {
        let drn = |drn: Option<Drn>| drn.map(|drn| drn.to_string());
        for (name, wanted, found) in [
            ("meter number", drn(self.drn), drn(meter.drn)),
            ("serial number", self.serial.clone(), meter.serial.clone()),
        ] {
            match (wanted, found) {
                (Some(wanted), Some(found)) if !same_number(&wanted, &found) => {
                    return Err(ChangeError::OtherMeter { name, found, wanted });
                }
                (Some(wanted), None) => return Err(ChangeError::Nameless { name, wanted }),
                _ => {}
            }
        }
        Ok(())
    }

    fn is_given(&self) -> bool {
        self.drn.is_some() || self.serial.is_some()
    }
}

/// What is to be done with a set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SetFit {
    /// It reads under the key the meter is on.
    Fits,
    /// The meter holds already what it carries.
    AlreadyApplied,
    /// No key at hand tells; the expectation has been met.
    Blind,
}

/// Compares set and meter.
///
/// # Errors
/// When it may not go in, naming which set would fit.
pub fn fit(
    tokens: &[Token],
    set: &KeyChangeSet,
    meter: &Readout,
    expected: &Expected,
    searcher: &Searcher,
) -> Result<SetFit, ChangeError> {
    let own: Vec<MeterKey> = searcher.own_keys(meter).iter().map(Candidate::meter_key).collect();
    let Some(from) = &set.from else { return unread(tokens, meter, &own, expected, searcher) };
    let differences = differences(from, meter);
    if differences.is_empty() {
        return whole(set, meter).map(|()| SetFit::Fits);
    }
    let is_held = |fit: &Fit| already_held(fit, meter, &own).is_some_and(|held| held.key_compared);
    let mut sections = set
        .tokens
        .iter()
        .filter_map(|token| Some(Fit { content: token.content.clone()?, identity: *from, ken: None }))
        .peekable();
    if sections.peek().is_some() && sections.all(|fit| is_held(&fit)) {
        return Ok(SetFit::AlreadyApplied);
    }
    let why: Vec<String> = differences.iter().map(ToString::to_string).collect();
    Err(ChangeError::OtherKey { why: why.join("; "), present: key_of(meter) })
}

/// No key at hand reads the set for this meter.
fn unread(
    tokens: &[Token],
    meter: &Readout,
    own: &[MeterKey],
    expected: &Expected,
    searcher: &Searcher,
) -> Result<SetFit, ChangeError> {
    let elsewhere = KeyChangeSet::read(tokens, None, searcher);
    if let Some(drn) = elsewhere.from.and_then(|from| from.drn).filter(|drn| Some(*drn) != meter.drn) {
        return Err(ChangeError::SetForAnother { drn });
    }
    if !own.is_empty() {
        return Err(ChangeError::Unreadable { present: key_of(meter) });
    }
    if expected.is_given() { Ok(SetFit::Blind) } else { Err(ChangeError::CannotTell) }
}

/// Every section is there, or the meter holds those that are missing.
fn whole(set: &KeyChangeSet, meter: &Readout) -> Result<(), ChangeError> {
    let lacking: Vec<String> = set
        .missing
        .iter()
        .filter(|section| !meter.kct_pending.contains(section))
        .map(|section| section.to_string())
        .collect();
    if !lacking.is_empty() {
        return Err(ChangeError::SectionMissing { sections: lacking.join(" and ") });
    }
    if let Some(stray) = set.tokens.iter().find(|token| token.section.is_none()) {
        return Err(ChangeError::Stray { last4: stray.token.last_four() });
    }
    if set.missing.is_empty() && set.new.is_none() {
        let problem = set.problems.first().cloned().unwrap_or_else(|| "the set makes no key".to_owned());
        return Err(ChangeError::NoKey { problem });
    }
    Ok(())
}

/// The key a meter is on, in words.
pub fn key_of(meter: &Readout) -> String {
    let fields = [
        meter.sgc.map(|sgc| format!("SGC {sgc}")),
        meter.krn.map(|krn| format!("KRN {krn}")),
        meter.kt.map(|kt| format!("KT {kt}")),
        meter.ti.map(|ti| format!("TI {ti}")),
    ];
    let known: Vec<String> = fields.into_iter().flatten().collect();
    if known.is_empty() { "the meter's present key".to_owned() } else { known.join(", ") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Code;

    #[test]
    fn an_expected_meter_must_be_the_one_that_answers() {
        let meter = MeterRef { serial: Some("88000018".into()), drn: None };
        let expect = |drn: Option<&str>, serial: Option<&str>| Expected {
            drn: drn.map(|drn| drn.parse().unwrap()),
            serial: serial.map(str::to_owned),
        };
        assert!(expect(None, Some("88000018")).check(&meter).is_ok());
        assert_eq!(expect(None, Some("88000019")).check(&meter).unwrap_err().code(), Code::WrongMeter);
        assert_eq!(expect(Some("01234567897"), None).check(&meter).unwrap_err().code(), Code::WrongMeter);
    }
}
