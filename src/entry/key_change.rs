//! A key-change set into a meter: first section to last, each answer read, the whole read back.
//!
//! The meter tells how far a set is: what it holds after a lost reply, a kill or a power cut decides, never what was
//! sent. Entering it again finds the sections that went in and goes on, or starts over; a set is not used up before it
//! is complete.

use serde_json::json;
use time::OffsetDateTime;

use super::check::{self, Expected, Finding};
use super::{EntryDocument, EntryError, EntryState, EntryStep, read_status, readout, reference};
use crate::diagnosis::key_change_set::SetToken;
use crate::diagnosis::{Case, DiagnosisDocument, KeyChangeSet, Readout, Searcher, diagnose};
use crate::ledger::{Ending, EntryKind, IntentId, Ledger, MeterRef, Operation};
use crate::meter::entry::{Order, Step, Verdict, await_quiet, deliver};
use crate::meter::{Meter, MeterError, Status};
use crate::sts::{Token, TokenResult};

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
    /// What is to be done with it.
    pub finding: Finding,
    readout: Readout,
    /// Whether the meter was still at work on an earlier token when it was read.
    busy: bool,
}

/// What came of it.
#[derive(Debug)]
pub struct Entered {
    /// The end of it.
    pub verdict: Verdict,
    /// The whole story.
    pub document: EntryDocument,
}

impl Prepared {
    /// Reads the meter, once it is done with what it has at hand, and compares it with the set.
    ///
    /// # Errors
    /// [`EntryError`] when the set may not go into this meter.
    pub fn new(
        meter: &mut dyn Meter,
        tokens: &[Token],
        expected: &Expected,
        searcher: &Searcher,
    ) -> Result<Self, EntryError> {
        // A meter still at work on a section of an earlier run may yet take it.
        let busy = await_quiet(meter)?.is_none();
        let status = read_status(meter, searcher.vending_keys())?;
        let reference = reference(&status);
        expected.check(&reference)?;
        let readout = readout(&status);
        let set = KeyChangeSet::read(tokens, readout.drn, searcher);
        let finding = check::fit(tokens, &set, &readout, expected, searcher)?;
        Ok(Prepared { status, meter: reference, set, finding, readout, busy })
    }

    /// What a person should know before the first section goes in.
    pub fn cautions(&self) -> Vec<String> {
        let mut cautions = vec![
            "Credit tokens made on the present key cannot be entered after the key change: enter unused ones first."
                .to_owned(),
        ];
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
    /// [`EntryError`], only when nothing of this run reached the meter.
    pub fn enter(
        self,
        meter: &mut dyn Meter,
        ledger: &mut Ledger,
        searcher: &mut Searcher,
        job: Option<&str>,
        wall_clock: &dyn Fn() -> OffsetDateTime,
    ) -> Result<Entered, EntryError> {
        let document = EntryDocument::begun(meter.link_name(), self.meter, &self.status);
        let mut entry = Entry { meter, ledger, searcher, job, wall_clock, set: self.set, document };
        entry.learn_sections()?;
        entry.close_open_ends(&self.readout, self.finding, self.busy)?;
        let verdict = match self.finding {
            Finding::AlreadyApplied => {
                entry.note("the meter is on the key this set leads to: nothing was sent");
                entry.finish(Verdict::Accepted)
            }
            Finding::Fits | Finding::Blind => entry.enter(&self.readout)?,
        };
        entry.document.conclude(verdict);
        Ok(Entered { verdict, document: entry.document })
    }
}

/// One entry under way.
struct Entry<'a> {
    meter: &'a mut dyn Meter,
    ledger: &'a mut Ledger,
    searcher: &'a mut Searcher,
    job: Option<&'a str>,
    wall_clock: &'a dyn Fn() -> OffsetDateTime,
    set: KeyChangeSet,
    document: EntryDocument,
}

impl Entry<'_> {
    fn note(&mut self, text: impl Into<String>) {
        self.document.notes.push(text.into());
    }

    /// Without the keys a token does not show which section it is. What the meter answered when it took it does: as
    /// the ledger has it of an earlier run, or as the meter tells of its last token.
    fn learn_sections(&mut self) -> Result<(), EntryError> {
        if self.set.tokens.iter().all(|token| token.section.is_some()) {
            return Ok(());
        }
        let last = self.meter.token_report().unwrap_or_default();
        let mut learned = Vec::with_capacity(self.set.tokens.len());
        for token in &self.set.tokens {
            let digits = token.token.to_string();
            let told = last.result.filter(|_| last.token.as_deref() == Some(digits.as_str()));
            let answered = match told {
                Some(result) => Some(result.word().to_owned()),
                None => self.answer_in_ledger(&digits)?,
            };
            learned.push(token.section.or_else(|| section_of(answered.as_deref()?)));
        }
        for (token, section) in self.set.tokens.iter_mut().zip(learned) {
            token.section = section;
        }
        Ok(())
    }

    /// What this meter answered when it took the token the last time.
    fn answer_in_ledger(&self, digits: &str) -> Result<Option<String>, EntryError> {
        let rows = self.ledger.token_history(digits)?;
        let taken = rows.iter().rev().find(|row| row.ending == Some(Ending::Accepted) && self.is_this(&row.meter));
        Ok(taken.and_then(|row| row.detail.get("result")?.as_str().map(str::to_owned)))
    }

    fn is_this(&self, other: &MeterRef) -> bool {
        let this = &self.document.meter;
        (other.drn.is_some() && other.drn == this.drn) || (other.serial.is_some() && other.serial == this.serial)
    }

    /// Concludes what an earlier run left open, by what the meter holds now.
    fn close_open_ends(&mut self, meter: &Readout, finding: Finding, busy: bool) -> Result<(), EntryError> {
        let marks: Vec<(String, Option<u8>)> = self
            .set
            .tokens
            .iter()
            .map(|token| (self.ledger.mark(&token.token.to_string()).hash, token.section))
            .collect();
        for open in self.ledger.open_intents(&self.document.meter)? {
            let Some(mark) = &open.token else { continue };
            let Some((_, section)) = marks.iter().find(|(hash, _)| *hash == mark.hash) else { continue };
            let held = section.is_some_and(|section| meter.kct_pending.contains(&section));
            let ending = match finding {
                Finding::AlreadyApplied => Ending::Accepted,
                _ if held => Ending::Accepted,
                Finding::Fits if !busy => Ending::Failed,
                Finding::Fits | Finding::Blind => Ending::Unknown,
            };
            let detail = json!({"read_back": true, "kct_pending": meter.kct_pending});
            if let Some(intent) = IntentId::of(&open) {
                self.ledger.conclude(intent, ending, detail, (self.wall_clock)())?;
            }
            let word = ending.word();
            self.document.notes.push(format!(
                "an earlier run sent the token ending {} and did not see the end; by what the meter holds: {word}",
                mark.last4
            ));
        }
        Ok(())
    }

    /// Enters what the meter lacks; when it forgot sections meanwhile, the whole set once more.
    fn enter(&mut self, before: &Readout) -> Result<Verdict, EntryError> {
        let mut todo = self.lacking(before)?;
        for round in 0..2 {
            for token in todo {
                if let Some(verdict) = self.step(&token)? {
                    return Ok(verdict);
                }
            }
            let now = self.read_after();
            match now {
                Some(now) if self.is_on_target(&now) == Some(true) => return Ok(self.finish(Verdict::Accepted)),
                Some(now) if round == 0 && !now.kct_pending.is_empty() => {
                    self.note("the meter had forgotten sections: they were entered again");
                    todo = self.without(&now.kct_pending);
                }
                Some(now) => return Ok(self.compare(&now)),
                None => {
                    self.note("the meter could not be read back");
                    return Ok(self.finish(Verdict::Unknown));
                }
            }
        }
        self.note("the meter still waits for a section");
        Ok(self.finish(Verdict::Unknown))
    }

    /// The sections to enter: those the meter does not hold, when it holds sections of this very set by the ledger;
    /// else all of them, which takes the place of what it holds.
    fn lacking(&self, meter: &Readout) -> Result<Vec<SetToken>, EntryError> {
        let mut ours = !meter.kct_pending.is_empty();
        for section in &meter.kct_pending {
            let token = self.set.tokens.iter().find(|token| token.section == Some(*section));
            ours = match token {
                // Not among the tokens given: then it must be there already.
                None => ours,
                Some(token) => ours && self.was_sent(&token.token)?,
            };
        }
        Ok(if ours { self.without(&meter.kct_pending) } else { self.set.tokens.clone() })
    }

    fn was_sent(&self, token: &Token) -> Result<bool, EntryError> {
        let history = self.ledger.token_history(&token.to_string())?;
        Ok(history.iter().any(|row| {
            row.kind == EntryKind::Outcome && row.ending == Some(Ending::Accepted) && self.is_this(&row.meter)
        }))
    }

    fn without(&self, held: &[u8]) -> Vec<SetToken> {
        let lacks = |token: &&SetToken| token.section.is_none_or(|section| !held.contains(&section));
        self.set.tokens.iter().filter(lacks).cloned().collect()
    }

    /// Enters one section. Gives the verdict when it ends here.
    fn step(&mut self, token: &SetToken) -> Result<Option<Verdict>, EntryError> {
        let before = self.meter.token_report().unwrap_or_default();
        let order = Order {
            token: token.token,
            meter: &self.document.meter,
            operation: Operation::KeyChange,
            job: self.job,
            before: &before,
        };
        let step = match deliver(self.meter, self.ledger, &order, self.wall_clock) {
            Ok(step) => step,
            // The meter is in the midst of a set: that has to be told, not the line's trouble alone.
            Err(error) if !self.document.steps.is_empty() => return Ok(Some(self.cut_short(token, &error))),
            Err(error) => return Err(error.into()),
        };
        let kind = token.content.as_ref().map_or("encrypted-management", |content| content.kind().word());
        let mut shown = EntryStep::new(token.token, kind, &step);
        if step.verdict != Verdict::Accepted && step.read_back && self.meter_holds(token) {
            (shown.result, shown.outcome) = (None, Verdict::Accepted.word());
            self.document.steps.push(shown);
            self.note("an answer was lost; the meter holds the section");
            return Ok(None);
        }
        self.document.steps.push(shown);
        Ok(match step.verdict {
            Verdict::Accepted => None,
            Verdict::Refused if step.result.is_some() || !step.read_back => Some(self.refused(token, &step)),
            Verdict::Refused | Verdict::Unknown => {
                self.note(AGAIN);
                Some(Verdict::Unknown)
            }
        })
    }

    fn cut_short(&mut self, token: &SetToken, error: &MeterError) -> Verdict {
        self.note(format!("the token ending {} did not reach the meter: {error}", token.token.last_four()));
        self.note(AGAIN);
        Verdict::Unknown
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
    fn compare(&mut self, now: &Readout) -> Verdict {
        match self.is_on_target(now) {
            Some(true) => self.finish(Verdict::Accepted),
            Some(false) => {
                self.note("the meter took the sections, and what it tells of its key is not what the set leads to");
                self.finish(Verdict::Unknown)
            }
            None => {
                let accepted = self.document.steps.last().and_then(|step| step.result) == Some(TokenResult::Accept);
                self.note("the meter does not tell KRN and TI, so the new key was not compared");
                self.finish(if accepted { Verdict::Accepted } else { Verdict::Unknown })
            }
        }
    }

    fn refused(&mut self, token: &SetToken, step: &Step) -> Verdict {
        let meter = self.read_after();
        match step.result {
            Some(TokenResult::NotReady) => self.note(AGAIN),
            // The meter did not say why: nothing but its refusal of the call is known, and the step's note tells it.
            None => return Verdict::Refused,
            Some(_) => {}
        }
        let mut case = Case::of_token(&token.token.to_string(), (self.wall_clock)());
        case.result = step.result;
        case.meter = meter;
        self.document.diagnosis = Some(DiagnosisDocument::new(&case, diagnose(&case, self.searcher)));
        Verdict::Refused
    }

    fn finish(&mut self, verdict: Verdict) -> Verdict {
        if self.document.after.sts.is_none() {
            self.read_after();
        }
        verdict
    }
}

/// The section that the meter took when it gave this answer.
fn section_of(answer: &str) -> Option<u8> {
    [TokenResult::FirstKct, TokenResult::SecondKct, TokenResult::ThirdKct, TokenResult::FourthKct]
        .into_iter()
        .zip(1..)
        .find_map(|(result, section)| (result.word() == answer).then_some(section))
}
