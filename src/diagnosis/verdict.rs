//! The verdict: the rules of the evidence in the order of thought.
//!
//! Shape of the string, the meter's own word, trial decryption, state of the meter. Roll-over and key changes come
//! before the plain causes. Where the evidence cannot tell, the verdict is undetermined and the causes are ranked.

use super::cause::{Cause, Strength};
use super::chance::{self, Plausibility};
use super::evidence::{Case, Readout};
use super::fit::Fit;
use super::identity::{self, Difference};
use super::meter_word::{self, Answer};
use super::search::{Group, SearchResult, Searcher};
use super::{key_change, remedy, rollover, settle, shape, state};
use crate::sts::{KeyType, Token, TokenClass, TokenResult};

/// One cause with what speaks for it and what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The cause.
    pub cause: Cause,
    /// How firmly it is named.
    pub strength: Strength,
    /// What speaks for it, one sentence each.
    pub evidence: Vec<String>,
    /// What to do, in order.
    pub remedy: Vec<String>,
}

/// A token and how it reads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// The token: as typed, or as mended.
    pub token: Token,
    /// The block and its key.
    pub fit: Fit,
}

/// Everything a diagnosis found.
#[derive(Debug, Clone, PartialEq)]
pub struct Diagnosis {
    /// The first cause, or `None` for undetermined.
    pub verdict: Option<Cause>,
    /// How firmly the verdict stands.
    pub strength: Strength,
    /// Causes, the most likely first.
    pub causes: Vec<Finding>,
    /// How the token reads, when it does.
    pub reading: Option<Reading>,
    /// The token as it should have been.
    pub corrected: Option<Token>,
    /// Facts beside the causes: what could not be read or used.
    pub notes: Vec<String>,
}

impl Diagnosis {
    /// A verdict that stands alone.
    pub(super) fn single(finding: Finding) -> Self {
        Diagnosis {
            verdict: Some(finding.cause),
            strength: finding.strength,
            causes: vec![finding],
            reading: None,
            corrected: None,
            notes: Vec::new(),
        }
    }

    /// No verdict, and suspicions in the order given.
    pub(super) fn undetermined(causes: Vec<Finding>) -> Self {
        Diagnosis {
            verdict: None,
            strength: Strength::Possible,
            causes,
            reading: None,
            corrected: None,
            notes: Vec::new(),
        }
    }

    /// Adds what the display says to the first cause, and the causes it may stand for that are not named yet.
    fn add_display(&mut self, case: &Case) {
        let Some(display) = &case.display else { return };
        let Some(first) = self.causes.first_mut() else { return };
        for sentence in display.evidence() {
            if !first.evidence.contains(&sentence) {
                first.evidence.push(sentence);
            }
        }
        first.remedy.splice(..0, display.steps().map(|step| format!("For the display: {step}.")));
        if display.readings.is_empty() && display.elsewhere.is_empty() {
            first
                .remedy
                .push(format!("`wattkey explain \"{}\"` looks for display texts that are near it.", display.text));
        }
        let unknown = Readout::default();
        let situation = remedy::Situation { case, meter: case.meter.as_ref().unwrap_or(&unknown), fit: None };
        for cause in display.causes() {
            if self.causes.iter().all(|finding| finding.cause != cause) {
                let evidence = display.evidence();
                let remedy = remedy::of(cause, &situation);
                self.causes.push(Finding { cause, strength: Strength::Possible, evidence, remedy });
            }
        }
    }

    /// Adds every difference between slip and readout to the first cause.
    fn add_slip(&mut self, case: &Case) {
        let (Some(meter), Some(first)) = (&case.meter, self.causes.first_mut()) else { return };
        for difference in case.slip.differences(meter) {
            if !first.evidence.contains(&difference.evidence) {
                first.evidence.push(difference.evidence);
            }
        }
        if let Some(date) = case.slip.date.filter(|_| !first.evidence.is_empty()) {
            first
                .evidence
                .push(format!("the slip is of {date}, {} days before now", (case.now.date() - date).whole_days()));
        }
    }

    fn reads(mut self, token: Token, fit: &Fit) -> Self {
        self.reading = Some(Reading { token, fit: fit.clone() });
        self
    }
}

/// Says why the token of `case` was or would be refused.
pub fn diagnose(case: &Case, searcher: &mut Searcher) -> Diagnosis {
    let mut diagnosis = match case.token.parse::<Token>() {
        Err(problem) => shape::not_a_token(case, &problem, searcher),
        Ok(token) => {
            let meter = settle::settled_readout(case, searcher);
            let found = searcher.search(token, case, &meter);
            Trial { case, token, meter: &meter, found: &found, searcher }.explain()
        }
    };
    diagnosis.add_display(case);
    diagnosis.add_slip(case);
    if let Some(meter) = &case.meter {
        diagnosis.notes.extend(meter.notes.iter().cloned());
        if let Some(drift) = meter.drift_s.filter(|drift| drift.abs() > 300) {
            diagnosis.notes.push(format!("the meter's clock is {drift} s off; tokens are not compared with it"));
        }
    }
    diagnosis
}

/// One token, everything known, and what the search found.
struct Trial<'a> {
    case: &'a Case,
    token: Token,
    meter: &'a Readout,
    found: &'a SearchResult,
    searcher: &'a Searcher,
}

/// A fit chosen from a group, with what its chance of being false allows.
struct Choice {
    fit: Fit,
    token: Token,
    plausibility: Plausibility,
    /// Another token of this meter reads under the same key.
    witnessed: bool,
    strength: Strength,
    chance: String,
    /// More than one fit is as good.
    ambiguous: bool,
    /// It is too likely an accident to explain anything.
    is_worthless: bool,
}

impl Choice {
    const fn rank(&self) -> (u8, bool) {
        (self.plausibility as u8, self.witnessed)
    }
}

/// Whether other tokens of the meter bear witness for a fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Witness {
    Counts,
    SaysNothing,
}

/// Where a fit was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Repaired,
    OtherMeter,
    OtherKey,
}

impl Trial<'_> {
    fn explain(&self) -> Diagnosis {
        let own = self.best_own().filter(|own| self.is_the_best_guess(own));
        match meter_word::answer(self.case, self.token) {
            Some(answer) => match Cause::of_result(answer.result) {
                Some(cause) => self.by_the_meters_word(answer, cause, own),
                None => self.check_sum_error(Some(answer), own),
            },
            None => match own {
                Some(own) => self.reads_under_own_key(own),
                None => self.does_not_read(None),
            },
        }
    }

    /// The meter named the cause; only a roll-over lies deeper, of which an old-error is the symptom.
    fn by_the_meters_word(&self, answer: Answer, cause: Cause, own: Option<Choice>) -> Diagnosis {
        let word = meter_word::evidence(answer, self.case);
        if answer.result == TokenResult::OldError
            && let Some(own) = &own
            && let Some(shown) = rollover::under_own_key(&own.fit, self.meter, self.case.now)
        {
            let evidence = vec![word, shown, own.chance.clone()];
            return Diagnosis::single(self.finding(Cause::TidRollover, own.strength, evidence, Some(&own.fit)))
                .reads(self.token, &own.fit);
        }
        let fit = own.map(|own| own.fit);
        let mut diagnosis = Diagnosis::single(self.finding(cause, Strength::Certain, vec![word], fit.as_ref()));
        let elsewhere = || {
            let (choice, place) = self.best_elsewhere()?;
            (place != Place::Repaired && choice.strength >= Strength::Strong).then_some(choice.fit)
        };
        if let Some(fit) = fit.or_else(elsewhere) {
            diagnosis = diagnosis.reads(self.token, &fit);
        }
        diagnosis
    }

    fn check_sum_error(&self, answer: Option<Answer>, own: Option<Choice>) -> Diagnosis {
        let word = answer.map(|answer| meter_word::evidence(answer, self.case));
        match own {
            None => self.does_not_read(word),
            Some(own) => {
                if let Some(held) = self.held_under_another_own_key(&own) {
                    let evidence = word.into_iter().chain([held, own.chance.clone()]).collect();
                    let cause = Cause::KeyChangeAlreadyApplied;
                    return Diagnosis::single(self.finding(cause, own.strength, evidence, Some(&own.fit)))
                        .reads(self.token, &own.fit);
                }
                match settle::key_of_earlier_tokens(self.case, self.meter, &own.fit, self.searcher) {
                    Some(differences) => self.differs_from_earlier_tokens(word, &own, &differences),
                    None => self.reads_yet_refused(word, &own),
                }
            }
        }
    }

    /// Where the readout leaves open which key the meter is on: that a section refused under one of them carries a
    /// part of another one, which the meter must then be on.
    fn held_under_another_own_key(&self, own: &Choice) -> Option<String> {
        let others: Vec<_> =
            self.found.own_keys.iter().filter(|key| key.identity != own.fit.identity).copied().collect();
        let held = key_change::already_held(&own.fit, self.meter, &others)?;
        held.key_compared.then_some(held.evidence)
    }

    /// The token is right for the key the meter claims, and the meter could not read it.
    fn reads_yet_refused(&self, word: Option<String>, own: &Choice) -> Diagnosis {
        let reads = self.reads_sentence(&own.fit);
        let mut evidence: Vec<String> = word.into_iter().collect();
        evidence.push(format!("{reads} ({})", own.chance));
        let mut causes = vec![self.finding(Cause::Mistyped, Strength::Possible, evidence.clone(), Some(&own.fit))];
        if own.fit.content.class().is_encrypted() {
            evidence.push("the meter's key register may hold another key than it claims".to_owned());
            causes.push(self.finding(Cause::UnknownKey, Strength::Possible, evidence, Some(&own.fit)));
        }
        Diagnosis::undetermined(causes).reads(self.token, &own.fit)
    }

    /// The readout leaves the difference open, but tokens the meter took before were made under another key.
    fn differs_from_earlier_tokens(&self, word: Option<String>, own: &Choice, differences: &[Difference]) -> Diagnosis {
        let Some(first) = differences.first() else { return self.reads_yet_refused(word, own) };
        let mut evidence: Vec<String> = word.into_iter().collect();
        evidence.push("the tokens this meter took before were made under another key than this one".to_owned());
        evidence.extend(differences.iter().map(Difference::to_string));
        let cause = first.parameter.cause();
        Diagnosis::single(self.finding(cause, Strength::Possible, evidence, Some(&own.fit))).reads(self.token, &own.fit)
    }

    /// No answer, and the token reads under the key the meter is on: its state tells.
    fn reads_under_own_key(&self, own: Choice) -> Diagnosis {
        let reads = format!("{} ({})", self.reads_sentence(&own.fit), own.chance);
        let accepted = settle::accepted_under(self.case, &own.fit, self.searcher);
        let (cause, mut evidence) = match rollover::under_own_key(&own.fit, self.meter, self.case.now) {
            Some(shown) => (Cause::TidRollover, vec![shown]),
            None => state::explain(&own.fit, &accepted, self.case, self.meter),
        };
        evidence.insert(0, reads);
        Diagnosis::single(self.finding(cause, own.strength, evidence, Some(&own.fit))).reads(self.token, &own.fit)
    }

    /// The token does not read under the key the meter is on.
    fn does_not_read(&self, word: Option<String>) -> Diagnosis {
        match self.best_elsewhere() {
            Some((choice, Place::Repaired)) => self.mistyped(word, &choice),
            Some((choice, Place::OtherMeter)) => self.other_meter(word, &choice),
            Some((choice, Place::OtherKey)) => self.other_key(word, &choice),
            None => self.nothing_fits(word),
        }
    }

    fn mistyped(&self, word: Option<String>, choice: &Choice) -> Diagnosis {
        let mut evidence: Vec<String> = word.into_iter().collect();
        if choice.ambiguous {
            evidence.push("more than one repair by a single digit or swap reads under the meter's key".to_owned());
            return Diagnosis::single(self.finding(Cause::Mistyped, Strength::Possible, evidence, None));
        }
        evidence.push(shape::repair_sentence(self.token, choice.token));
        evidence.push(choice.chance.clone());
        let mut diagnosis =
            Diagnosis::single(self.finding(Cause::Mistyped, choice.strength, evidence, Some(&choice.fit)))
                .reads(choice.token, &choice.fit);
        diagnosis.corrected = Some(choice.token);
        diagnosis
    }

    fn other_meter(&self, word: Option<String>, choice: &Choice) -> Diagnosis {
        let mut evidence: Vec<String> = word.into_iter().collect();
        if let (Some(made_for), Some(own)) = (choice.fit.identity.drn, self.meter.drn) {
            evidence.push(format!("it reads under the key of meter {made_for}; this is meter {own}"));
        }
        evidence.push(choice.chance.clone());
        Diagnosis::single(self.finding(Cause::WrongMeter, choice.strength, evidence, Some(&choice.fit)))
            .reads(self.token, &choice.fit)
    }

    /// It reads under another key of this meter: first what only looks like a mismatch, then the first difference.
    fn other_key(&self, word: Option<String>, choice: &Choice) -> Diagnosis {
        let differences = identity::differences(&choice.fit.identity, self.meter);
        let mut evidence: Vec<String> = word.into_iter().collect();
        evidence.extend(differences.iter().map(Difference::to_string));
        evidence.push(choice.chance.clone());
        let mut strength = choice.strength;
        let cause = if let Some(held) = key_change::already_held(&choice.fit, self.meter, &self.found.own_keys) {
            evidence.push(held.evidence);
            // Thirty-two bits of a key do not agree by accident.
            strength = if held.key_compared { Strength::Strong } else { Strength::Possible };
            Cause::KeyChangeAlreadyApplied
        } else if let Some(waiting) = key_change::waits_for_sections(&choice.fit, self.meter) {
            evidence.push(waiting);
            Cause::KeyChangeIncomplete
        } else if rollover::between_keys(&choice.fit.identity, self.meter, &differences) {
            Cause::TidRollover
        } else {
            match differences.first() {
                Some(first) => first.parameter.cause(),
                None => return self.nothing_fits(None),
            }
        };
        Diagnosis::single(self.finding(cause, strength, evidence, Some(&choice.fit))).reads(self.token, &choice.fit)
    }

    /// Nothing that was tried reads the token well enough to name a cause by it.
    fn nothing_fits(&self, word: Option<String>) -> Diagnosis {
        if let Some(aged) = self.reads_as_an_aged_token(word.clone()) {
            return aged;
        }
        let answered = word.is_some();
        let mut tried: Vec<String> = word.into_iter().collect();
        tried.push(match self.found.tried() {
            _ if self.searcher.has_no_keys() => "there are no keys to try it with".to_owned(),
            0 => "no key at hand is for this meter".to_owned(),
            count => format!("none of {count} combinations of key, parameter and typing error reads it"),
        });
        if self.found.too_vague_for_repairs {
            tried.push("too little is known of the meter's key to look for typing errors".to_owned());
        }
        let suspicions = |causes: &[Cause]| -> Vec<Finding> {
            causes.iter().map(|cause| self.finding(*cause, Strength::Possible, tried.clone(), None)).collect()
        };
        if let Some(unplaced) = self.best_unplaced() {
            return self.made_for_an_unplaced_meter(tried, unplaced);
        }
        if !answered && self.token.class() == TokenClass::Credit && self.meter.kt == Some(KeyType::Default) {
            tried.push("the meter is on key type 1, its default key, which takes key changes and no credit".to_owned());
            return Diagnosis::single(self.finding(Cause::DefaultKey, Strength::Strong, tried, None));
        }
        let differences = self.case.slip.differences(self.meter);
        if let Some(first) = differences.first() {
            tried.extend(differences.iter().map(|difference| difference.evidence.clone()));
            return Diagnosis::single(self.finding(first.cause, Strength::Strong, tried, None));
        }
        if let Some(shown) = self.by_the_display(&tried) {
            return shown;
        }
        if self.meter.names_its_key() && self.found.own_keys.is_empty() {
            let mut finding = self.finding(Cause::UnknownKey, Strength::Possible, tried.clone(), None);
            finding
                .evidence
                .push("neither the vending key the meter names nor a decoder key of it is at hand".to_owned());
            let mut diagnosis = Diagnosis::single(finding);
            diagnosis.causes.extend(suspicions(&[Cause::Mistyped, Cause::WrongMeter]));
            return diagnosis;
        }
        if let Some(crossed) = self.crossed_fit() {
            return crossed;
        }
        Diagnosis::undetermined(suspicions(self.ranked_suspicions()))
    }

    /// The token reads, and only its age makes that look like an accident: a suspicion, and others beside it.
    fn reads_as_an_aged_token(&self, word: Option<String>) -> Option<Diagnosis> {
        let (choice, place) = self.best_of_elsewhere(|choice| choice.plausibility == Plausibility::Aged)?;
        let mut diagnosis = match place {
            Place::Repaired => return None,
            Place::OtherMeter => self.other_meter(word, &choice),
            Place::OtherKey => self.other_key(word, &choice),
        };
        let named: Vec<Cause> = diagnosis.causes.iter().map(|finding| finding.cause).collect();
        let evidence =
            vec!["that it reads as a token dated more than a year before or after today may be an accident".to_owned()];
        let others = self.ranked_suspicions().iter().filter(|cause| !named.contains(cause));
        let others = others.map(|cause| self.finding(*cause, Strength::Possible, evidence.clone(), None));
        diagnosis.causes.extend(others);
        diagnosis.causes.iter_mut().for_each(|finding| finding.strength = Strength::Possible);
        Some(Diagnosis { verdict: None, strength: Strength::Possible, ..diagnosis })
    }

    /// Records of the display that each stand for some result, of which no single one is settled.
    fn by_the_display(&self, tried: &[String]) -> Option<Diagnosis> {
        let display = self.case.display.as_ref()?;
        let causes = display.causes();
        let finding = |cause: &Cause| self.finding(*cause, Strength::Possible, tried.to_vec(), None);
        let mut findings: Vec<Finding> = causes.iter().map(finding).collect();
        if findings.is_empty() {
            return None;
        }
        if let ([_], true) = (findings.as_slice(), display.is_of_one_result()) {
            return findings.pop().map(Diagnosis::single);
        }
        let others = self.ranked_suspicions().iter().filter(|cause| !causes.contains(cause));
        findings.extend(others.map(finding));
        Some(Diagnosis::undetermined(findings))
    }

    /// What the field has seen most, for a token of this class.
    fn ranked_suspicions(&self) -> &'static [Cause] {
        match (self.token.class(), self.found.own_keys.is_empty()) {
            // A test in clear with a bad check, and a class that is never sold, can only be copied wrongly.
            (TokenClass::Test | TokenClass::Reserved, _) => &[Cause::Mistyped],
            (_, true) => &[
                Cause::Mistyped,
                Cause::WrongMeter,
                Cause::KrnMismatch,
                Cause::SgcMismatch,
                Cause::TiMismatch,
                Cause::UnknownKey,
            ],
            (_, false) => &[Cause::Mistyped, Cause::WrongMeter, Cause::UnknownKey],
        }
    }

    /// It reads under a decoder key of the key file, and nothing tells whether that is the meter here.
    fn made_for_an_unplaced_meter(&self, mut evidence: Vec<String>, choice: Choice) -> Diagnosis {
        evidence.retain(|sentence| !sentence.starts_with("no key at hand"));
        if let Some(drn) = choice.fit.identity.drn {
            evidence.push(format!("it reads under the key of meter {drn}; the number of the meter here is not known"));
        }
        let causes = [Cause::WrongMeter, Cause::Mistyped]
            .into_iter()
            .map(|cause| self.finding(cause, Strength::Possible, evidence.clone(), Some(&choice.fit)))
            .collect();
        Diagnosis::undetermined(causes).reads(self.token, &choice.fit)
    }

    fn best_unplaced(&self) -> Option<Choice> {
        let group = &self.found.unplaced;
        let fits = group.fits.iter().map(|fit| (self.token, fit.clone()));
        let choice = self.choose(fits, group.tried, Witness::Counts);
        choice.filter(|choice| !choice.ambiguous && !choice.is_worthless)
    }

    /// It reads under a vending key crossed with another meter's number: asked for, and never more than possible.
    fn crossed_fit(&self) -> Option<Diagnosis> {
        let group = &self.found.crossed;
        let fit = group.fits.iter().find(|fit| chance::plausibility(fit, self.case.now) == Plausibility::Sane)?;
        let drn = fit.identity.drn?;
        let evidence = vec![
            format!("it reads under a vending key at hand combined with meter number {drn}"),
            format!("{} such combinations were tried, so this may be an accident", group.tried),
        ];
        let finding = self.finding(Cause::WrongMeter, Strength::Possible, evidence, Some(fit));
        Some(Diagnosis::single(finding).reads(self.token, fit))
    }

    fn reads_sentence(&self, fit: &Fit) -> String {
        match (fit.content.class(), fit.identity.sgc, fit.identity.krn, fit.identity.ti) {
            (TokenClass::Test, ..) => "the check sum is good; a test token needs no key".to_owned(),
            (_, Some(sgc), Some(krn), Some(ti)) => {
                format!("it reads under the key the meter is on: SGC {sgc}, KRN {krn}, TI {ti}")
            }
            _ => "it reads under the decoder key of this meter".to_owned(),
        }
    }

    /// The most plausible fit under the meter's own key.
    fn best_own(&self) -> Option<Choice> {
        // A test needs no key: the check alone was tried.
        let tried = if self.token.class().is_encrypted() { self.found.own.tried } else { 1 };
        let fits = self.found.own.fits.iter().map(|fit| (self.token, fit.clone()));
        self.choose(fits, tried, Witness::Counts).filter(|choice| !choice.is_worthless)
    }

    /// Whether a fit under one of several keys the meter may be on is not outdone by a saner one elsewhere.
    fn is_the_best_guess(&self, own: &Choice) -> bool {
        own.plausibility == Plausibility::Sane
            || self.found.own.tried <= 1
            || self.best_elsewhere().is_none_or(|(other, _)| other.rank() <= own.rank())
    }

    /// The best fit that is not under the meter's own key: the most plausible, and of those the first in the order
    /// of the rules. When two kinds of fit are equally good, neither is strong.
    fn best_elsewhere(&self) -> Option<(Choice, Place)> {
        self.best_of_elsewhere(|choice| !choice.is_worthless)
    }

    /// The best of the fits elsewhere that are `worth` naming.
    fn best_of_elsewhere(&self, worth: impl Fn(&Choice) -> bool) -> Option<(Choice, Place)> {
        let of_token = |group: &Group| group.fits.iter().map(|fit| (self.token, fit.clone())).collect::<Vec<_>>();
        let so_far = self.found.own.tried;
        let near = so_far + self.found.near.tried;
        let groups = [
            (self.found.repaired.clone(), so_far + self.found.repairs_tried, Place::Repaired),
            (of_token(&self.found.other_meter), so_far + self.found.other_meter.tried, Place::OtherMeter),
            (of_token(&self.found.near), near, Place::OtherKey),
            (of_token(&self.found.far), near + self.found.far.tried, Place::OtherKey),
        ];
        let mut best: Option<(Choice, Place)> = None;
        for (fits, tried, place) in groups {
            // That another token reads under the meter's key says nothing about a repair of this one.
            let witness = if place == Place::Repaired { Witness::SaysNothing } else { Witness::Counts };
            let Some(choice) = self.choose(fits.into_iter(), tried, witness).filter(&worth) else { continue };
            if choice.plausibility == Plausibility::Implausible {
                continue;
            }
            match &mut best {
                Some((leader, _)) if leader.rank() > choice.rank() => {}
                Some((leader, _)) if leader.rank() == choice.rank() => leader.strength = Strength::Possible,
                _ => best = Some((choice, place)),
            }
        }
        best
    }

    /// The most plausible of `fits` that were found among `tried` candidates; a key under which another token of
    /// this meter reads goes first.
    fn choose(&self, fits: impl Iterator<Item = (Token, Fit)>, tried: usize, witness: Witness) -> Option<Choice> {
        let mut ranked: Vec<(Plausibility, bool, Token, Fit)> = fits
            .map(|(token, fit)| {
                let witnessed = witness == Witness::Counts && settle::is_witnessed(self.case, &fit, self.searcher);
                (chance::plausibility(&fit, self.case.now), witnessed, token, fit)
            })
            .collect();
        ranked.sort_by_key(|(plausibility, witnessed, ..)| std::cmp::Reverse((*plausibility, *witnessed)));
        let (plausibility, witnessed, token, fit) = ranked.first()?;
        let (plausibility, witnessed) = (*plausibility, *witnessed);
        // The same block under two entries of the key file is one key with two names.
        let ambiguous = ranked.iter().any(|(p, w, other, rival)| {
            (*p, *w) == (plausibility, witnessed) && (other, &rival.content) != (token, &fit.content)
        });
        let is_sane = plausibility == Plausibility::Sane;
        let share = chance::share(plausibility, fit.content.class());
        let mut chance = chance::of_false_fit(tried, share);
        if witnessed {
            let others = self.case.previous_tokens.len() + self.case.companions.len();
            chance = chance::of_false_fit(others, chance);
        }
        let worthless_above = match plausibility {
            Plausibility::Sane => chance::WORTHLESS_ABOVE,
            Plausibility::Aged | Plausibility::Implausible => chance::WORTHLESS_ABOVE_UNLESS_SANE,
        };
        let is_worthless = chance > worthless_above;
        // What does not look sane is firm only under the one key the meter names.
        let doubtful = ambiguous || (!is_sane && tried > 1);
        let strength = if doubtful { Strength::Possible } else { chance::strength(chance) };
        let words = format!("tried {tried}; chance of a false fit {}", chance::in_words(chance));
        Some(Choice {
            fit: fit.clone(),
            token: *token,
            plausibility,
            witnessed,
            strength,
            chance: words,
            ambiguous,
            is_worthless,
        })
    }

    fn finding(&self, cause: Cause, strength: Strength, evidence: Vec<String>, fit: Option<&Fit>) -> Finding {
        let remedy = remedy::of(cause, &remedy::Situation { case: self.case, meter: self.meter, fit });
        Finding { cause, strength: strength.min(cause.firmest()), evidence, remedy }
    }
}
