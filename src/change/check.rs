//! Whether a set may go into the meter at hand: nothing is sent unless it may.

use super::ChangeError;
use crate::diagnosis::candidates::Candidate;
use crate::diagnosis::fit::Fit;
use crate::diagnosis::identity::differences;
use crate::diagnosis::key_change::{MeterKey, already_held};
use crate::diagnosis::key_change_set::{self, Claim, Contradiction, Proof, Repair};
use crate::diagnosis::{KeyChangeSet, Readout, Searcher};
use crate::meter::MeterRef;
use crate::meter::status::same_number;
use crate::sts::{Drn, MeterParameters, Token, TokenClass, TokenContent};

/// What is said of the meter that is meant.
#[derive(Debug, Clone, Default)]
pub struct Expected {
    /// Its meter number.
    pub drn: Option<Drn>,
    /// Its serial number.
    pub serial: Option<String>,
    /// What is said of the key that a set leads to.
    pub claims: Vec<Claim>,
    /// Whether a set may move to a later base date without the roll-over bit.
    pub accept_no_rollover: bool,
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

/// How a set fits a meter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Judgement {
    /// What is to be done with it.
    pub fit: SetFit,
    /// What stands behind it.
    pub proof: Proof,
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
pub fn judge(
    tokens: &[Token],
    set: &KeyChangeSet,
    meter: &Readout,
    expected: &Expected,
    searcher: &Searcher,
) -> Result<Judgement, ChangeError> {
    // The class stands in the digits: no key is needed to see that a token is no section.
    if let Some(stray) = tokens.iter().find(|token| token.class() != TokenClass::Management) {
        return Err(ChangeError::Stray { last4: stray.last_four() });
    }
    let judged = key_change_set::judge(set, &expected.claims, searcher);
    if let Err(contradiction @ Contradiction::TwoOfOneSection { .. }) = judged {
        return Err(contradiction.into());
    }
    let fit = fit(tokens, set, meter, expected, searcher)?;
    let proof = match judged {
        Ok(proof) => proof,
        // Nothing will be sent: the meter is on that key.
        Err(_) if fit == SetFit::AlreadyApplied => Proof::Unproven,
        Err(contradiction) => return Err(contradiction.into()),
    };
    let lacks = key_change_set::lacks_rollover(set, meter.base_date, &expected.claims);
    if let Some((from, to)) = lacks.filter(|_| fit == SetFit::Fits && !expected.accept_no_rollover) {
        return Err(ChangeError::NoRollover { from, to });
    }
    Ok(Judgement { fit, proof })
}

/// The key-change sections among tokens of any kind, as far as the keys at hand read them, judged as the set they make;
/// `None` with fewer than two.
///
/// # Errors
/// When they are of different sets.
pub fn judge_sections(tokens: &[Token], meter: &Readout, searcher: &Searcher) -> Result<Option<Proof>, ChangeError> {
    let management: Vec<Token> =
        tokens.iter().copied().filter(|token| token.class() == TokenClass::Management).collect();
    // The search for the key that reads them is for sets alone: most entries are one credit token.
    if management.len() < 2 {
        return Ok(None);
    }
    let set = KeyChangeSet::read(&management, meter.drn, searcher);
    if set.tokens.iter().filter(|token| token.section.is_some()).count() < 2 {
        return Ok(None);
    }
    Ok(Some(key_change_set::judge(&set, &[], searcher)?))
}

fn fit(
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
    let is_held = |fit: &Fit| already_held(fit, meter, &own).map(|held| held.key_compared);
    let sections =
        set.tokens.iter().filter_map(|token| Some(Fit { content: token.content.clone()?, identity: *from, ken: None }));
    // Each that carries a part of the key must carry one of the meter's key.
    let carries_key = |fit: &Fit| !matches!(fit.content, TokenContent::KeyChangeSupplyGroup { .. });
    let held: Vec<bool> =
        sections.map(|fit| is_held(&fit).is_some_and(|compared| compared || !carries_key(&fit))).collect();
    if !held.is_empty() && held.iter().all(|held| *held) {
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
    let slip = set.tokens.iter().find_map(|token| Some((token.token, token.repair.clone()?)));
    if let Some((typed, Repair { token, section, change })) = slip {
        return Err(ChangeError::SectionMistyped { last4: typed.last_four(), change, section, token });
    }
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
    let key = MeterParameters { sgc: meter.sgc, krn: meter.krn, kt: meter.kt, ti: meter.ti, ..Default::default() };
    let known = key.key_facts();
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
            ..Expected::default()
        };
        assert!(expect(None, Some("88000018")).check(&meter).is_ok());
        assert_eq!(expect(None, Some("88000019")).check(&meter).unwrap_err().code(), Code::WrongMeter);
        assert_eq!(expect(Some("01234567897"), None).check(&meter).unwrap_err().code(), Code::WrongMeter);
    }
}
