//! `wattkey kct enter`: a set into the meter, first section to last, each answer read, the whole read back.
//!
//! The meter tells how far a set is: what it holds after a lost reply, a kill or a power cut decides, never what was
//! sent. Running the command again finds the sections that went in and goes on, or starts over; a set is not used up
//! before it is complete.

use std::sync::Arc;

use serde_json::json;
use time::OffsetDateTime;

use super::SetArguments;
use super::check::{self, Expected, Finding};
use super::document::KeyChangeDocument;
use super::entry_document::{EntryDocument, EntryState, EntryStep};
use crate::cli::{CommandError, Context, Outcome, diagnose, ledger, meter};
use crate::diagnosis::key_change_set::SetToken;
use crate::diagnosis::{Case, DiagnosisDocument, KeyChangeSet, Reach, Readout, Searcher, diagnose as diagnose_case};
use crate::error::{Code, Exit};
use crate::ledger::{Ending, EntryKind, IntentId, Ledger, MeterRef, Operation};
use crate::meter::entry::{Order, Step, Verdict, deliver};
use crate::meter::{GatewayStatus, Meter, Status};
use crate::sts::{Token, TokenResult};

/// What to do when a set is half in.
const AGAIN: &str = "run the same command again: it goes on from what the meter holds";

/// Enter a set section by section and compare what the meter then holds
#[derive(Debug, clap::Args)]
#[command(after_long_help = "Examples:\n  \
    wattkey kct enter --file reply.xml --link /dev/ttyUSB0 --keys keys.json\n  \
    wattkey kct enter 57043592440241877489 00127001930957100147 --expect-drn 01234567897 --yes\n  \
    wattkey kct enter --file set.txt --keys keys.json --dry-run\n\n\
    With keys the set itself tells whether this is the right meter and whether it is on the right key; else say\n\
    which meter is meant. Interrupted? Run the same command again: it reads how far the meter is.\n\
    Exit code 1: the meter refused. 8: the set does not fit, or the outcome is unknown.")]
pub struct Arguments {
    #[command(flatten)]
    set: SetArguments,

    /// Meter number on the slip; another meter gets nothing
    #[arg(long, value_name = "DRN")]
    expect_drn: Option<String>,

    /// Serial number of the meter that is meant; another gets nothing
    #[arg(long, value_name = "SERIAL")]
    expect_serial: Option<String>,

    /// Show what would be entered, and send nothing
    #[arg(long)]
    dry_run: bool,
}

/// Checks, asks, enters, reads back.
///
/// # Errors
/// Exit 8 when the set may not go into this meter; those of line, meter and ledger.
pub fn run(arguments: &Arguments, context: &mut Context) -> Outcome {
    let tokens = arguments.set.tokens()?;
    let searcher = Searcher::new(Arc::new(diagnose::keyring(context)?), Reach::default());
    meter::with(context, |meter, context| {
        let status = read_status(meter, context)?;
        let reference = MeterRef {
            serial: status.meter.serial.clone().or_else(|| status.meter.device_name.clone()),
            drn: status.sts.as_ref().and_then(|sts| sts.drn.clone()),
        };
        let expected = Expected { drn: arguments.expect_drn.clone(), serial: arguments.expect_serial.clone() };
        expected.check(&reference)?;
        let readout = readout(&status);
        let set = KeyChangeSet::read(&tokens, readout.drn, &searcher);
        let finding = check::fit(&tokens, &set, &readout, &expected, &searcher)?;
        if arguments.dry_run {
            context.print(&KeyChangeDocument::new(&set))?;
            context.note("Dry run: nothing was sent.");
            return Ok(Exit::Done);
        }
        let document = EntryDocument {
            link: meter.link_name(),
            meter: reference,
            steps: Vec::new(),
            before: EntryState::from(&status),
            after: EntryState::default(),
            outcome: Verdict::Unknown.word(),
            diagnosis: None,
            notes: Vec::new(),
        };
        let ledger = ledger::open(context)?;
        let mut entry = Entry { meter, context, ledger, set, searcher, document };
        entry.close_open_ends(&readout, finding)?;
        match finding {
            Finding::AlreadyApplied => {
                entry.document.notes.push("the meter is on the key this set leads to: nothing was sent".to_owned());
                entry.finish(Verdict::Accepted)
            }
            Finding::Fits | Finding::Blind => {
                entry.warn(&readout);
                let count = entry.set.tokens.len();
                let name = entry.name();
                if !entry.context.confirm(&format!("Enter {count} key-change tokens into meter {name}?"))? {
                    return Err(CommandError::new(Code::NotConfirmed, "nothing was sent"));
                }
                entry.enter(&readout)
            }
        }
    })
}

fn read_status(meter: &mut dyn Meter, context: &Context) -> Result<Status, CommandError> {
    let mut status = meter.status()?;
    if let Some(sts) = &mut status.sts {
        meter::derive_from_keys(sts, context)?;
    }
    Ok(status)
}

fn readout(status: &Status) -> Readout {
    // A status is made of texts and numbers: it always has a JSON form.
    Readout::from_status(&serde_json::to_value(status).unwrap_or_default())
}

/// One entry under way.
struct Entry<'a> {
    meter: &'a mut dyn Meter,
    context: &'a mut Context,
    ledger: Ledger,
    set: KeyChangeSet,
    searcher: Searcher,
    document: EntryDocument,
}

impl Entry<'_> {
    fn name(&self) -> String {
        let reference = &self.document.meter;
        reference.drn.clone().or_else(|| reference.serial.clone()).unwrap_or_else(|| "without a number".to_owned())
    }

    /// What the person should know before the first section goes in.
    fn warn(&self, meter: &Readout) {
        self.context.note(
            "Credit tokens made on the present key cannot be entered after the key change: enter unused ones first.",
        );
        if !meter.kct_pending.is_empty() {
            let held: Vec<String> = meter.kct_pending.iter().map(u8::to_string).collect();
            self.context.note(format!("The meter holds section {} of an unfinished set.", held.join(", ")));
        }
        let (Some(new), Some(target)) = (&self.set.new, &self.set.leads_to) else { return };
        let goes_back = target.sgc == meter.sgc
            && (target.krn < meter.krn || target.base_date.zip(meter.base_date).is_some_and(|(to, now)| to < now));
        if new.rollover && goes_back {
            self.context.note(
                "WARNING: this roll-over set leads back to an older key and clears the token identifiers: tokens that \
                 were used on that key could be entered again.",
            );
        }
    }

    /// Concludes what an earlier run left open, by what the meter holds now.
    fn close_open_ends(&mut self, meter: &Readout, finding: Finding) -> Result<(), CommandError> {
        let marks: Vec<(String, Option<u8>)> = self
            .set
            .tokens
            .iter()
            .map(|token| (self.ledger.mark(&token.token.to_string()).hash, token.section))
            .collect();
        // A meter still at work on a token may yet take it.
        let busy = self.meter.token_report().is_ok_and(|report| report.status == Some(GatewayStatus::Pending));
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
                self.ledger.conclude(intent, ending, detail, OffsetDateTime::now_utc())?;
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
    fn enter(&mut self, before: &Readout) -> Outcome {
        let mut todo = self.lacking(before)?;
        for round in 0..2 {
            for token in todo {
                if let Some(outcome) = self.step(&token)? {
                    return outcome;
                }
            }
            let now = self.read_after();
            match now {
                Some(now) if self.is_on_target(&now) == Some(true) => return self.finish(Verdict::Accepted),
                Some(now) if round == 0 && !now.kct_pending.is_empty() => {
                    self.document.notes.push("the meter had forgotten sections: they were entered again".to_owned());
                    todo = self.without(&now.kct_pending);
                }
                Some(now) => return self.compare(&now),
                None => {
                    self.document.notes.push("the meter could not be read back".to_owned());
                    return self.finish(Verdict::Unknown);
                }
            }
        }
        self.document.notes.push("the meter still waits for a section".to_owned());
        self.finish(Verdict::Unknown)
    }

    /// The sections to enter: those the meter does not hold, when it holds sections of this very set by the ledger;
    /// else all of them, which takes the place of what it holds.
    fn lacking(&self, meter: &Readout) -> Result<Vec<SetToken>, CommandError> {
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

    fn was_sent(&self, token: &Token) -> Result<bool, CommandError> {
        let history = self.ledger.token_history(&token.to_string())?;
        let of_this = |serial: &MeterRef| {
            (serial.drn.is_some() && serial.drn == self.document.meter.drn)
                || (serial.serial.is_some() && serial.serial == self.document.meter.serial)
        };
        Ok(history
            .iter()
            .any(|row| row.kind == EntryKind::Outcome && row.ending == Some(Ending::Accepted) && of_this(&row.meter)))
    }

    fn without(&self, held: &[u8]) -> Vec<SetToken> {
        let lacks = |token: &&SetToken| token.section.is_none_or(|section| !held.contains(&section));
        self.set.tokens.iter().filter(lacks).cloned().collect()
    }

    /// Enters one section. Gives the command's outcome when it ends here.
    fn step(&mut self, token: &SetToken) -> Result<Option<Outcome>, CommandError> {
        let before = self.meter.token_report().unwrap_or_default();
        let order = Order {
            token: token.token,
            meter: &self.document.meter,
            operation: Operation::KeyChange,
            job: None,
            before: &before,
        };
        let step = match deliver(self.meter, &mut self.ledger, &order, &OffsetDateTime::now_utc) {
            Ok(step) => step,
            // The meter is in the midst of a set: that has to be told, not the line's trouble alone.
            Err(error) if !self.document.steps.is_empty() => {
                let last4 = token.token.last_four();
                self.document.notes.push(format!("the token ending {last4} did not reach the meter: {error}"));
                self.document.notes.push(AGAIN.to_owned());
                return Ok(Some(self.ended(Verdict::Unknown)));
            }
            Err(error) => return Err(error.into()),
        };
        let kind = token.content.as_ref().map_or("encrypted-management", |content| content.kind().word());
        let token_last4 = token.token.last_four();
        let taken_after_all = step.verdict != Verdict::Accepted && step.read_back && self.meter_holds(token);
        let result = if taken_after_all { None } else { step.result };
        self.document.steps.push(EntryStep { token_last4, kind, result });
        if taken_after_all {
            self.document.notes.push("an answer was lost; the meter holds the section".to_owned());
            return Ok(None);
        }
        self.document.notes.extend(step.note.clone());
        Ok(match step.verdict {
            Verdict::Accepted => None,
            Verdict::Refused if step.result.is_some() || !step.read_back => Some(self.refused(token, &step)),
            Verdict::Refused | Verdict::Unknown => {
                self.document.notes.push(AGAIN.to_owned());
                Some(self.ended(Verdict::Unknown))
            }
        })
    }

    /// Whether the meter, read anew, holds the section or is on the key already.
    fn meter_holds(&mut self, token: &SetToken) -> bool {
        let Some(now) = self.read_after() else { return false };
        token.section.is_some_and(|section| now.kct_pending.contains(&section)) || self.is_on_target(&now) == Some(true)
    }

    fn read_after(&mut self) -> Option<Readout> {
        let status = read_status(self.meter, self.context).ok()?;
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
    fn compare(&mut self, now: &Readout) -> Outcome {
        match self.is_on_target(now) {
            Some(true) => self.finish(Verdict::Accepted),
            Some(false) => {
                self.document.notes.push(
                    "the meter took the sections, and what it tells of its key is not what the set leads to".to_owned(),
                );
                self.finish(Verdict::Unknown)
            }
            None => {
                let accepted = self.document.steps.last().and_then(|step| step.result) == Some(TokenResult::Accept);
                self.document
                    .notes
                    .push("the meter does not tell KRN and TI, so the new key was not compared".to_owned());
                self.finish(if accepted { Verdict::Accepted } else { Verdict::Unknown })
            }
        }
    }

    fn refused(&mut self, token: &SetToken, step: &Step) -> Outcome {
        let meter = self.read_after();
        let mut case = Case::of_token(&token.token.to_string(), OffsetDateTime::now_utc());
        case.result = step.result;
        case.meter = meter;
        self.document.diagnosis = Some(DiagnosisDocument::new(&case, diagnose_case(&case, &mut self.searcher)));
        self.ended(Verdict::Refused)
    }

    fn finish(&mut self, verdict: Verdict) -> Outcome {
        if self.document.after.sts.is_none() {
            self.read_after();
        }
        self.ended(verdict)
    }

    fn ended(&mut self, verdict: Verdict) -> Outcome {
        self.document.conclude(verdict);
        self.context.print(&self.document)?;
        Ok(match verdict {
            Verdict::Accepted => Exit::Done,
            Verdict::Refused => Exit::AnswerNo,
            Verdict::Unknown => Exit::Safety,
        })
    }
}
