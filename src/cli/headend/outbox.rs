//! `wattkey headend outbox` and `wattkey headend send`: what waits for the utility, and its way there.

use time::OffsetDateTime;

use crate::cli::options::head_end::HeadEndOptions;
use crate::cli::{CommandError, CommandResult, Context};
use wattkey::documents::headend::outbox::Items;
use wattkey::error::{Code, Exit};
use wattkey::headend::outbox::{Item, ItemKind, ItemState, Outbox};
use wattkey::headend::{Found, HeadEnd, JobReport, Query, Verdict};

/// List what waits for the utility
#[derive(Debug, clap::Args)]
#[command(after_long_help = include_str!("../../../data/help/headend/outbox.txt"))]
pub struct ListArguments {
    /// Rows that were delivered, too
    #[arg(long)]
    all: bool,
}

/// Hand in what waits
#[derive(Debug, clap::Args)]
#[command(after_long_help = include_str!("../../../data/help/headend/outbox-2.txt"))]
pub struct SendArguments {
    #[command(flatten)]
    head_end: HeadEndOptions,
}

/// Lists.
pub fn list(arguments: &ListArguments, context: &mut Context) -> CommandResult {
    let state = context.folders.state()?;
    // Looking at an outbox that was never begun does not begin it.
    let items = if Outbox::exists(&state) { Outbox::open(&state)?.items(arguments.all)? } else { Vec::new() };
    context.print(&Items { items })?;
    Ok(Exit::Done)
}

/// Hands in row by row, oldest first.
pub fn send(arguments: &SendArguments, context: &mut Context) -> CommandResult {
    let state = context.folders.state()?;
    let waiting = if Outbox::exists(&state) { Outbox::open(&state)?.items(false)? } else { Vec::new() };
    let mut head_end = arguments.head_end.open(context)?;
    if head_end.is_offline() {
        return Err(CommandError::new(
            Code::NotSupported,
            format!("{} is a file and takes nothing in", head_end.name()),
        )
        .hint("Give --headend with a [headend.NAME] of kind xmlvend."));
    }
    let interrupt = context.interrupt();
    let mut rows = Vec::new();
    for item in waiting.iter().filter(|item| item.state != ItemState::Refused) {
        if interrupt.requested() {
            break;
        }
        match item.kind {
            ItemKind::Report => report(item, head_end.as_mut())?,
            ItemKind::Confirm => confirm(item, head_end.as_mut(), &mut Outbox::open(&state)?)?,
        }
        rows.push(item.row);
    }
    let mut items = if waiting.is_empty() { Vec::new() } else { Outbox::open(&state)?.items(true)? };
    items.retain(|item| item.state == ItemState::Refused || rows.contains(&item.row));
    let all_in = items.iter().all(|item| item.state == ItemState::Delivered);
    context.print(&Items { items })?;
    Ok(if interrupt.requested() {
        Exit::Interrupted
    } else if all_in {
        Exit::Done
    } else {
        Exit::AnswerNo
    })
}

fn unreadable(item: &Item, problem: &str) -> CommandError {
    CommandError::new(Code::Outbox, format!("row {} of the outbox cannot be understood: {problem}", item.row))
}

fn report(item: &Item, head_end: &mut dyn HeadEnd) -> Result<(), CommandError> {
    let report: JobReport =
        serde_json::from_value(item.body.clone()).map_err(|error| unreadable(item, &error.to_string()))?;
    // What became of it stands in the outbox.
    head_end.report(&report)?;
    Ok(())
}

/// Checks a code that a pack confirmed with the utility itself.
fn confirm(item: &Item, head_end: &mut dyn HeadEnd, outbox: &mut Outbox) -> Result<(), CommandError> {
    let drn = item.drn.parse().map_err(|error| unreadable(item, &format!("{error}")))?;
    let code = item.body.get("vend_code").and_then(serde_json::Value::as_str).unwrap_or_default();
    let code = code.parse().map_err(|error| unreadable(item, &format!("{error}")))?;
    outbox.sending(item.row)?;
    let (state, problem) = match head_end.check(&Query { drn, code: Some(code), found: Found::default() }) {
        Ok(answer) if answer.verdict == Verdict::RegisteredActive => (ItemState::Delivered, None),
        Ok(answer) if matches!(answer.verdict, Verdict::Busy | Verdict::ServerError | Verdict::MessageExpired) => {
            (ItemState::Queued, Some(answer.verdict.word().to_owned()))
        }
        Ok(answer) => (ItemState::Refused, Some(format!("{}: {}", answer.verdict.word(), answer.verdict.cause()))),
        Err(error) => (ItemState::Queued, Some(error.to_string())),
    };
    let reference = (state == ItemState::Delivered).then(|| wattkey::meter::time::rfc3339(OffsetDateTime::now_utc()));
    Ok(outbox.settle(item.row, state, reference.as_deref(), problem.as_deref())?)
}
