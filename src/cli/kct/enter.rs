//! `wattkey kct enter`: a set into the meter on the link.

use std::sync::Arc;

use super::SetArguments;
use crate::cli::{CommandError, CommandResult, Context, ledger_file, meter};
use wattkey::change::{Entered, EntryOutcome, Expected, Prepared, SetFit};
use wattkey::diagnosis::{Reach, Searcher};
use wattkey::documents::kct::KeyChangeDocument;
use wattkey::error::{Code, Exit};
use wattkey::ledger::Entry;
use wattkey::sts::{Drn, Token};

/// Enter a set section by section and compare what the meter then holds
#[derive(Debug, clap::Args)]
#[command(after_long_help = include_str!("../../../data/help/kct/enter.txt"))]
pub struct Arguments {
    #[command(flatten)]
    set: SetArguments,

    /// Meter number on the slip; another meter gets nothing
    #[arg(long, value_name = "DRN")]
    expect_drn: Option<Drn>,

    /// Serial number of the meter that is meant; another gets nothing
    #[arg(long, value_name = "SERIAL")]
    expect_serial: Option<String>,

    /// Enter the set although it moves to a later base date without the roll-over bit: the meter keeps its old token
    /// identifiers and calls new tokens old
    #[arg(long)]
    accept_no_rollover: bool,

    /// Show what would be entered, and send nothing
    #[arg(long)]
    dry_run: bool,
}

/// Checks, asks, enters, reads back.
pub fn run(arguments: &Arguments, context: &mut Context) -> CommandResult {
    let set = arguments.set.read()?;
    let expected = Expected {
        drn: arguments.expect_drn,
        serial: arguments.expect_serial.clone(),
        claims: set.claims(),
        accept_no_rollover: arguments.accept_no_rollover,
    };
    enter_set(&set.tokens, &expected, arguments.dry_run, context)
}

/// Enters a set into the meter that is meant; a dry run stops before the first section.
pub fn enter_set(tokens: &[Token], expected: &Expected, dry_run: bool, context: &mut Context) -> CommandResult {
    let mut searcher = Searcher::new(Arc::new(context.keyring()?), Reach::default());
    meter::with(context, |meter, context| {
        let prepared = Prepared::new(meter, tokens, expected, &searcher)?;
        if dry_run {
            context.print(&KeyChangeDocument::new(&prepared.set, Some(prepared.proof)))?;
            context.note("Dry run: nothing was sent.");
            return Ok(Exit::Done);
        }
        if prepared.fit != SetFit::AlreadyApplied {
            for caution in prepared.cautions() {
                context.note(caution);
            }
            let count = prepared.set.tokens.len();
            let name = prepared.meter.name();
            if !context.confirm(&format!("Enter {count} key-change tokens into meter {name}?"))? {
                return Err(CommandError::new(Code::NotConfirmed, "nothing was sent"));
            }
        }
        // Sections of this set that an earlier run sent are settled by the entry itself, which knows the set.
        let book = ledger_file::open(context)?;
        let marks: Vec<String> = tokens.iter().map(|token| book.mark_token(*token).hash).collect();
        let is_of_set = |entry: &Entry| entry.token.as_ref().is_some_and(|token| marks.contains(&token.hash));
        let reference = prepared.meter.clone();
        let entered = meter::with_changes(meter, context, &reference, &is_of_set, |meter, changes| {
            prepared.enter(meter, changes, &mut searcher)
        })?;
        let exit = match &entered.unrecorded {
            Some(error) => Err(meter::unrecorded(error)),
            None => exit_of(&entered),
        };
        context.finish(&entered.document, exit)
    })
}

/// The exit code of an entry.
fn exit_of(entered: &Entered) -> CommandResult {
    match (entered.outcome, &entered.document.error) {
        (EntryOutcome::Accepted, _) => Ok(Exit::Done),
        (EntryOutcome::Refused, _) => Ok(Exit::AnswerNo),
        (EntryOutcome::Incomplete, Some(failure)) => {
            let code =
                Code::ALL.iter().copied().find(|code| code.word() == failure.code).unwrap_or(Code::ConnectionLost);
            Err(CommandError::new(code, failure.message.clone()))
        }
        (EntryOutcome::Unknown | EntryOutcome::Incomplete, _) => Ok(Exit::Safety),
    }
}
