//! A key-change set into a meter: first section to last, each answer read, the whole read back.
//!
//! The meter tells how far a set is: what it holds after a lost reply, a kill or a power cut decides, never what was
//! sent. Entering it again finds the sections that went in and goes on, or starts over; a set is not used up before it
//! is complete.

use serde_json::json;

use super::check::{self, Expected, Judgement, SetFit};
use super::context::ChangeContext;
use super::document::{EntryDocument, EntryFailure, EntryOutcome, EntryState, EntryStep};
use super::token::{TokenStep, await_idle, deliver, still_busy};
use super::{ChangeError, read_status, readout};
use crate::diagnosis::key_change_set::{Proof, SetToken};
use crate::diagnosis::{Case, DiagnosisDocument, KeyChangeSet, Readout, Searcher, diagnose};
use crate::error::Code;
use crate::ledger::{EntryKind, IntentId, LedgerError, Operation, Outcome};
use crate::meter::{Meter, MeterRef, Status};
use crate::sts::{Token, TokenResult};

/// Sections of the longest sets there are, those of EA11.
const MOST_SECTIONS: u8 = 4;

/// What to do when a set is half in.
const AGAIN: &str = "run the same command again: it goes on from what the meter holds";

/// A set that may go into a meter, nothing being sent yet.
#[derive(Debug)]
pub struct Prepared {
    /// What the meter told.
    pub status: Status,
    /// Which meter it is.
    pub meter: MeterRef,
    /// The set.
    pub set: KeyChangeSet,
    /// How it fits the meter.
    pub fit: SetFit,
    /// What stands behind it.
    pub proof: Proof,
    readout: Readout,
    /// Whether the meter was still at work on an earlier token when it was read.
    busy: bool,
}

/// What came of it.
#[derive(Debug)]
pub struct Entered {
    /// How it ended.
    pub outcome: EntryOutcome,
    /// Everything that is known of it.
    pub document: EntryDocument,
    /// Why an outcome could not be recorded; its intent then stays open.
    pub unrecorded: Option<LedgerError>,
}

impl Prepared {
    /// Reads the meter, once it is done with what it has at hand, and compares it with the set.
    ///
    /// # Errors
    /// [`ChangeError`] when the set may not go into this meter.
    pub fn new(
        meter: &mut dyn Meter,
        tokens: &[Token],
        expected: &Expected,
        searcher: &Searcher,
    ) -> Result<Self, ChangeError> {
        // A meter still at work on a section of an earlier run may yet take it.
        let busy = await_idle(meter)?.is_none();
        let status = read_status(meter, searcher.vending_keys())?;
        let reference = MeterRef::of(&status);
        expected.check(&reference)?;
        let readout = readout(&status);
        let set = KeyChangeSet::read(tokens, readout.drn, searcher);
        let Judgement { fit, proof } = check::judge(tokens, &set, &readout, expected, searcher)?;
        let most = status.sts.as_ref().and_then(|sts| sts.kct_supported).unwrap_or(MOST_SECTIONS);
        if fit != SetFit::AlreadyApplied && set.tokens.len() > usize::from(most) {
            return Err(ChangeError::TooManySections { given: set.tokens.len(), most });
        }
        Ok(Prepared { status, meter: reference, set, fit, proof, readout, busy })
    }

    /// What a person should know before the first section goes in.
    pub fn cautions(&self) -> Vec<String> {
        let mut cautions = vec![
            "Credit tokens made on the present key cannot be entered after the key change: enter unused ones first."
                .to_owned(),
        ];
        if self.proof == Proof::Unproven {
            cautions.push(
                "WARNING: unproven set: no vending key, record or plan at hand shows that its sections belong together. \
                 Compare them with the slip; a meter that takes sections of two sets is lost."
                    .to_owned(),
            );
        }
        if !self.readout.kct_pending.is_empty() {
            let held: Vec<String> = self.readout.kct_pending.iter().map(u8::to_string).collect();
            cautions.push(format!("The meter holds section {} of an unfinished set.", held.join(", ")));
        }
        if let (Some(new), Some(target)) = (&self.set.new, &self.set.leads_to) {
            let goes_back = target.sgc == self.readout.sgc
                && (target.krn < self.readout.krn
                    || target.base_date.zip(self.readout.base_date).is_some_and(|(to, now)| to < now));
            if new.rollover && goes_back {
                cautions.push(
                    "WARNING: this roll-over set leads back to an older key and clears the token identifiers: tokens \
                     that were used on that key could be entered again."
                        .to_owned(),
                );
            }
        }
        cautions
    }

    /// Enters what the meter lacks and compares what it then tells.
    ///
    /// # Errors
    /// [`ChangeError`], only when nothing of this run reached the meter.
    pub fn enter(
        self,
        meter: &mut dyn Meter,
        context: &mut ChangeContext<'_>,
        searcher: &mut Searcher,
    ) -> Result<Entered, ChangeError> {
        let mut document = EntryDocument::begun(meter.link_name(), self.meter, &self.status);
        document.proof = Some(self.proof);
        let mut entry = Entry { meter, context, searcher, set: self.set, document, unrecorded: None };
        entry.learn_sections()?;
        entry.settle_earlier_run(&self.readout, self.fit, self.busy)?;
        let outcome = match self.fit {
            SetFit::AlreadyApplied => {
                entry.note("the meter is on the key this set leads to: nothing was sent");
                entry.finish(EntryOutcome::Accepted)
            }
            SetFit::Fits | SetFit::Blind => entry.enter(&self.readout)?,
        };
        entry.document.conclude(outcome);
        Ok(Entered { outcome, document: entry.document, unrecorded: entry.unrecorded })
    }
}

/// One entry under way.
struct Entry<'a, 'c> {
    meter: &'a mut dyn Meter,
    context: &'a mut ChangeContext<'c>,
    searcher: &'a mut Searcher,
    set: KeyChangeSet,
    document: EntryDocument,
    unrecorded: Option<LedgerError>,
}

impl Entry<'_, '_> {
    fn note(&mut self, text: impl Into<String>) {
        self.document.notes.push(text.into());
    }

    /// Without the keys a token does not show which section it is. What the meter answered when it took it does: as
    /// the ledger has it of an earlier run, or as the meter tells of its last token.
    fn learn_sections(&mut self) -> Result<(), ChangeError> {
        if self.set.tokens.iter().all(|token| token.section.is_some()) {
            return Ok(());
        }
        let last = self.meter.token_report().unwrap_or_default();
        let mut learned = Vec::with_capacity(self.set.tokens.len());
        for token in &self.set.tokens {
            let told = last.result.filter(|_| last.token == Some(token.token));
            let answered = match told {
                Some(result) => Some(result.word().to_owned()),
                None => self.answer_in_ledger(token.token)?,
            };
            learned.push(token.section.or_else(|| section_of(answered.as_deref()?)));
        }
        for (token, section) in self.set.tokens.iter_mut().zip(learned) {
            token.section = section;
        }
        Ok(())
    }

    /// What this meter answered when it took the token the last time.
    fn answer_in_ledger(&self, token: Token) -> Result<Option<String>, ChangeError> {
        let rows = self.context.ledger.token_history(token)?;
        let taken = rows
            .iter()
            .rev()
            .find(|row| row.outcome == Some(Outcome::Accepted) && row.meter.is_same(&self.document.meter));
        Ok(taken.and_then(|row| row.detail.get("result")?.as_str().map(str::to_owned)))
    }

    /// Concludes what an earlier run left open, by what the meter holds now.
    fn settle_earlier_run(&mut self, meter: &Readout, fit: SetFit, busy: bool) -> Result<(), ChangeError> {
        let marks: Vec<(String, Option<u8>)> = self
            .set
            .tokens
            .iter()
            .map(|token| (self.context.ledger.mark_token(token.token).hash, token.section))
            .collect();
        for open in self.context.ledger.open_intents(&self.document.meter)? {
            let Some(mark) = &open.token else { continue };
            let Some((_, section)) = marks.iter().find(|(hash, _)| *hash == mark.hash) else { continue };
            let held = section.is_some_and(|section| meter.kct_pending.contains(&section));
            let outcome = match fit {
                SetFit::AlreadyApplied => Outcome::Accepted,
                _ if held => Outcome::Accepted,
                SetFit::Fits if !busy => Outcome::Failed,
                SetFit::Fits | SetFit::Blind => Outcome::Unknown,
            };
            let detail = json!({"read_back": true, "kct_pending": meter.kct_pending});
            if let Some(intent) = IntentId::of(&open) {
                self.unrecorded = self.context.conclude(intent, outcome, detail).or(self.unrecorded.take());
            }
            let word = outcome.word();
            self.document.notes.push(format!(
                "an earlier run sent the token ending {} and did not see the end; by what the meter holds: {word}",
                mark.last4
            ));
        }
        Ok(())
    }

    /// Enters what the meter lacks; when it forgot sections meanwhile, the whole set once more.
    fn enter(&mut self, before: &Readout) -> Result<EntryOutcome, ChangeError> {
        let mut todo = self.lacking(before)?;
        for round in 0..2 {
            for token in todo {
                if let Some(outcome) = self.step(&token)? {
                    return Ok(outcome);
                }
            }
            let now = self.read_after();
            match now {
                Some(now) if self.is_on_target(&now) == Some(true) => return Ok(self.finish(EntryOutcome::Accepted)),
                Some(now) if round == 0 && !now.kct_pending.is_empty() => {
                    self.note("the meter had forgotten sections: they were entered again");
                    todo = self.without(&now.kct_pending);
                }
                Some(now) => return Ok(self.compare(&now)),
                None => {
                    self.note("the meter could not be read back");
                    return Ok(self.finish(EntryOutcome::Unknown));
                }
            }
        }
        self.note("the meter still waits for a section");
        Ok(self.finish(EntryOutcome::Unknown))
    }

    /// The sections to enter: those the meter does not hold, when it holds sections of this very set by the ledger;
    /// else all of them, which takes the place of what it holds.
    fn lacking(&self, meter: &Readout) -> Result<Vec<SetToken>, ChangeError> {
        let mut ours = !meter.kct_pending.is_empty();
        for section in &meter.kct_pending {
            let token = self.set.tokens.iter().find(|token| token.section == Some(*section));
            ours = match token {
                // Not among the tokens given: then it must be there already.
                None => ours,
                Some(token) => ours && self.was_accepted(token.token)?,
            };
        }
        if ours {
            return Ok(self.without(&meter.kct_pending));
        }
        // A section that the meter holds of another set is replaced first: the other section would complete that one.
        // Without keys the order in which the sections were given is the best that is known.
        let numbered = (1u8..).zip(&self.set.tokens).map(|(place, token)| (token.section.unwrap_or(place), token));
        let (held, free): (Vec<_>, Vec<_>) = numbered.partition(|(section, _)| meter.kct_pending.contains(section));
        Ok(held.into_iter().chain(free).map(|(_, token)| token.clone()).collect())
    }

    fn was_accepted(&self, token: Token) -> Result<bool, ChangeError> {
        let history = self.context.ledger.token_history(token)?;
        Ok(history.iter().any(|row| {
            row.kind == EntryKind::Outcome
                && row.outcome == Some(Outcome::Accepted)
                && row.meter.is_same(&self.document.meter)
        }))
    }

    fn without(&self, held: &[u8]) -> Vec<SetToken> {
        let lacks = |token: &&SetToken| token.section.is_none_or(|section| !held.contains(&section));
        self.set.tokens.iter().filter(lacks).cloned().collect()
    }

    /// Enters one section. Gives the outcome when the set ends here.
    fn step(&mut self, token: &SetToken) -> Result<Option<EntryOutcome>, ChangeError> {
        let mut step = match self.deliver(token.token) {
            Ok(step) => step,
            // The meter is in the midst of a set: that has to be told, not the line's trouble alone.
            Err(error) if !self.document.steps.is_empty() => return Ok(Some(self.cut_short(token, &error))),
            Err(error) => return Err(error),
        };
        self.unrecorded = step.unrecorded.take().or(self.unrecorded.take());
        let kind = token.content.as_ref().map_or("encrypted-management", |content| content.kind().word());
        let mut shown = EntryStep::new(token.token, kind, &step);
        if step.outcome != Outcome::Accepted && step.read_back && self.meter_holds(token) {
            (shown.result, shown.outcome) = (None, Outcome::Accepted.word());
            self.document.steps.push(shown);
            self.note("a reply was lost; the meter holds the section");
            return Ok(None);
        }
        self.document.steps.push(shown);
        Ok(match step.outcome {
            Outcome::Accepted => None,
            Outcome::Refused => Some(self.refused(token, &step)),
            // Nothing of the set is in the meter, and the line is the trouble.
            Outcome::Failed if self.document.steps.len() == 1 => {
                self.document.error(step.error.as_ref().map_or(Code::ConnectionLost, |error| error.code()), &step);
                Some(EntryOutcome::Incomplete)
            }
            Outcome::Failed | Outcome::Unknown => {
                self.note(AGAIN);
                Some(EntryOutcome::Unknown)
            }
        })
    }

    fn deliver(&mut self, token: Token) -> Result<TokenStep, ChangeError> {
        let Some(before) = await_idle(self.meter)? else {
            return Ok(still_busy(self.meter.token_report().unwrap_or_default()));
        };
        deliver(self.meter, self.context, Operation::KeyChange, token, &before)
    }

    fn cut_short(&mut self, token: &SetToken, error: &ChangeError) -> EntryOutcome {
        self.note(format!("the token ending {} did not reach the meter: {error}", token.token.last_four()));
        self.note(AGAIN);
        self.document.error = Some(EntryFailure::new(error.code(), error.to_string()));
        EntryOutcome::Incomplete
    }

    /// Whether the meter, read anew, holds the section or is on the key already.
    fn meter_holds(&mut self, token: &SetToken) -> bool {
        let Some(now) = self.read_after() else { return false };
        token.section.is_some_and(|section| now.kct_pending.contains(&section)) || self.is_on_target(&now) == Some(true)
    }

    fn read_after(&mut self) -> Option<Readout> {
        let status = read_status(self.meter, self.searcher.vending_keys()).ok()?;
        self.document.after = EntryState::from(&status);
        Some(readout(&status))
    }

    /// Whether the meter is on the key the set leads to; `None` when that cannot be told.
    fn is_on_target(&self, meter: &Readout) -> Option<bool> {
        let Some(new) = &self.set.new else { return None };
        if !meter.kct_pending.is_empty() {
            return Some(false);
        }
        let sgc = new.sgc.or(self.set.leads_to.and_then(|target| target.sgc));
        let pairs = [
            meter.krn.map(|krn| krn == new.krn),
            meter.ti.map(|ti| ti == new.ti),
            meter.kt.map(|kt| kt == new.kt),
            meter.sgc.zip(sgc).map(|(meter, target)| meter == target),
        ];
        if pairs.contains(&Some(false)) {
            return Some(false);
        }
        // Key revision and tariff index are the least that must be told.
        (pairs[0].is_some() && pairs[1].is_some()).then_some(true)
    }

    /// Every section was taken; what does the meter say it is on?
    fn compare(&mut self, now: &Readout) -> EntryOutcome {
        match self.is_on_target(now) {
            Some(true) => self.finish(EntryOutcome::Accepted),
            Some(false) => {
                self.note("the meter took the sections, and what it tells of its key is not what the set leads to");
                self.finish(EntryOutcome::Unknown)
            }
            None => {
                let accepted = self.document.steps.last().and_then(|step| step.result) == Some(TokenResult::Accept);
                let is_told = now.krn.is_some() && now.ti.is_some();
                self.note(if is_told {
                    "nothing at hand says which key the set leads to, so the new key was not compared"
                } else {
                    "the meter does not tell KRN and TI, so the new key was not compared"
                });
                self.finish(if accepted { EntryOutcome::Accepted } else { EntryOutcome::Unknown })
            }
        }
    }

    fn refused(&mut self, token: &SetToken, step: &TokenStep) -> EntryOutcome {
        let meter = self.read_after();
        match step.result {
            Some(TokenResult::NotReady) => self.note(AGAIN),
            Some(_) if self.is_first_of_unknown_order() => {
                let others: Vec<String> = self.set.tokens.iter().skip(1).map(|other| other.token.last_four()).collect();
                self.note(format!(
                    "no key at hand tells which section the token ending {} is, and some meters refuse any but the first: \
                     enter the other section first, the one ending {}",
                    token.token.last_four(),
                    others.join(" or ")
                ));
            }
            // The meter did not say why: nothing but its refusal of the call is known, and the step's note tells it.
            None => return EntryOutcome::Refused,
            Some(_) => {}
        }
        let mut case = Case::of_token(&token.token.to_string(), (self.context.now)());
        case.result = step.result;
        case.meter = meter;
        self.document.diagnosis = Some(DiagnosisDocument::new(&case, diagnose(&case, self.searcher)));
        EntryOutcome::Refused
    }

    /// Whether the token just entered was the first of several whose sections no key tells.
    fn is_first_of_unknown_order(&self) -> bool {
        self.document.steps.len() == 1 && self.set.tokens.len() > 1 && self.set.from.is_none()
    }

    fn finish(&mut self, outcome: EntryOutcome) -> EntryOutcome {
        if self.document.after.sts.is_none() {
            self.read_after();
        }
        outcome
    }
}

/// The section that the meter took when it gave this answer.
fn section_of(answer: &str) -> Option<u8> {
    [TokenResult::FirstKct, TokenResult::SecondKct, TokenResult::ThirdKct, TokenResult::FourthKct]
        .into_iter()
        .zip(1..)
        .find_map(|(result, section)| (result.word() == answer).then_some(section))
}
