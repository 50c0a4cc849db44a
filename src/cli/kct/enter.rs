//! `wattkey kct enter`: a set into the meter on the link.

use std::sync::Arc;

use time::OffsetDateTime;

use super::SetArguments;
use super::document::KeyChangeDocument;
use crate::cli::{CommandError, Context, Outcome, diagnose, ledger, meter};
use crate::diagnosis::{Reach, Searcher};
use crate::entry::{EntryError, Expected, Finding, Prepared};
use crate::error::{Code, Exit};
use crate::meter::entry::Verdict;
use crate::sts::Token;

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
    let expected = Expected { drn: arguments.expect_drn.clone(), serial: arguments.expect_serial.clone() };
    enter_set(&tokens, &expected, arguments.dry_run, context)
}

/// Enters a set into the meter that is meant; a dry run stops before the first section.
///
/// # Errors
/// As [`run`].
pub fn enter_set(tokens: &[Token], expected: &Expected, dry_run: bool, context: &mut Context) -> Outcome {
    let mut searcher = Searcher::new(Arc::new(diagnose::keyring(context)?), Reach::default());
    meter::with(context, |meter, context| {
        let prepared = Prepared::new(meter, tokens, expected, &searcher)?;
        if dry_run {
            context.print(&KeyChangeDocument::new(&prepared.set))?;
            context.note("Dry run: nothing was sent.");
            return Ok(Exit::Done);
        }
        if prepared.finding != Finding::AlreadyApplied {
            for caution in prepared.cautions() {
                context.note(caution);
            }
            let count = prepared.set.tokens.len();
            let name = prepared.meter.drn.as_ref().or(prepared.meter.serial.as_ref());
            let name = name.map_or("without a number", String::as_str);
            if !context.confirm(&format!("Enter {count} key-change tokens into meter {name}?"))? {
                return Err(CommandError::new(Code::NotConfirmed, "nothing was sent"));
            }
        }
        let mut book = ledger::open(context)?;
        let entered = prepared.enter(meter, &mut book, &mut searcher, None, &OffsetDateTime::now_utc)?;
        context.print(&entered.document)?;
        Ok(exit_of(entered.verdict))
    })
}

/// The exit code of an entry.
pub fn exit_of(verdict: Verdict) -> Exit {
    match verdict {
        Verdict::Accepted => Exit::Done,
        Verdict::Refused => Exit::AnswerNo,
        Verdict::Unknown => Exit::Safety,
    }
}

impl From<EntryError> for CommandError {
    fn from(error: EntryError) -> Self {
        let plain = CommandError::new(error.code(), error.to_string());
        match error {
            EntryError::Meter(error) => error.into(),
            EntryError::Ledger(error) => error.into(),
            EntryError::Nameless { .. } => {
                plain.hint("Compare the label, then leave the expectation out and give --keys instead.")
            }
            EntryError::OtherKey { present, .. } => {
                plain.hint(format!("A set that starts from {present} would fit; nothing was sent."))
            }
            EntryError::Unreadable { present } => plain
                .hint(format!("A set that starts from {present} would fit."))
                .hint("`wattkey diagnose TOKEN` on the same link tells more."),
            EntryError::CannotTell => {
                plain.hint("Give --keys with this meter's key, or --expect-drn or --expect-serial from the slip.")
            }
            EntryError::SectionMissing { .. } => plain.hint("Get the whole set from the head-end."),
            EntryError::Stray { .. } => plain.hint("`wattkey kct show` tells what each token is."),
            EntryError::OtherMeter { .. } | EntryError::SetForAnother { .. } | EntryError::NoKey { .. } => plain,
        }
    }
}
