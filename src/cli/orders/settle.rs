//! `wattkey orders conflicts`, `settle`, `close`: what only a person decides.

use super::store::{StoreArguments, now, who};
use crate::cli::{CommandError, CommandResult, Context};
use wattkey::error::{Code, Exit};
use wattkey::orders::conflict::{self, Settlement};
use wattkey::orders::documents::{ConflictsDocument, NotesDocument, OrderNote};

/// List events that disagree about an order
#[derive(Debug, clap::Args)]
#[command(after_long_help = include_str!("../../../data/help/orders/settle.txt"))]
pub struct ConflictsArguments {
    /// Those that are settled, too
    #[arg(long)]
    all: bool,

    /// Only this campaign
    #[arg(long, value_name = "NAME")]
    campaign: Option<String>,

    #[command(flatten)]
    store: StoreArguments,
}

/// Lists.
pub(super) fn conflicts(arguments: &ConflictsArguments, context: &mut Context) -> CommandResult {
    let mut open = arguments.store.open(context)?;
    let conflicts = conflict::list(&mut open.store, arguments.all, arguments.campaign.as_deref())?;
    let document = ConflictsDocument { conflicts };
    context.print(&document)?;
    Ok(if document.open() == 0 { Exit::Done } else { Exit::AnswerNo })
}

/// Settle an order that only a person can settle
#[derive(Debug, clap::Args)]
#[command(after_long_help = include_str!("../../../data/help/orders/settle-2.txt"))]
pub struct SettleArguments {
    /// The order
    #[arg(value_name = "ORDER")]
    order: String,

    /// What it is from now on
    #[arg(long = "as", value_enum, value_name = "STATE")]
    as_what: As,

    /// Why, for whoever looks at it later
    #[arg(long, value_name = "TEXT")]
    why: String,

    #[command(flatten)]
    store: StoreArguments,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum As {
    /// To be taken anew
    Open,
    /// Done: somebody has looked at the meter
    Done,
    /// Not done, and not to be tried again
    Failed,
    /// Called off
    Stopped,
}

/// Settles.
pub(super) fn settle(arguments: &SettleArguments, context: &mut Context) -> CommandResult {
    let mut open = arguments.store.open(context)?;
    if arguments.why.trim().is_empty() {
        return Err(CommandError::new(Code::BadValue, "--why is empty").hint("Say what was found, in a few words."));
    }
    let as_what = match arguments.as_what {
        As::Open => Settlement::Open,
        As::Done => Settlement::Done,
        As::Failed => Settlement::Failed,
        As::Stopped => Settlement::Stopped,
    };
    let settled = conflict::settle(&mut open.store, &arguments.order, as_what, &arguments.why, &who(), &now())?;
    let state = as_what.state().word();
    let note = format!(
        "{} is {state}, it was {}; {} conflicts are settled",
        arguments.order,
        settled.from.word(),
        settled.conflicts
    );
    let orders =
        vec![OrderNote { order: arguments.order.clone(), note: format!("{} → {state}", settled.from.word()) }];
    context.print(&NotesDocument { action: "settle", count: 1, orders, note })?;
    Ok(Exit::Done)
}

/// Close a campaign: nothing more is taken from it
#[derive(Debug, clap::Args)]
#[command(after_long_help = include_str!("../../../data/help/orders/settle-3.txt"))]
pub struct CloseArguments {
    /// The campaign
    #[arg(value_name = "CAMPAIGN")]
    campaign: String,

    #[command(flatten)]
    store: StoreArguments,
}

/// Closes.
pub(super) fn close(arguments: &CloseArguments, context: &mut Context) -> CommandResult {
    let mut open = arguments.store.open(context)?;
    open.store.run(|session| conflict::closed_at(session, &arguments.campaign))?;
    if !context.confirm(&format!("Close the campaign {}? Nothing more is taken from it.", arguments.campaign))? {
        return Err(CommandError::new(Code::NotConfirmed, "nothing was changed"));
    }
    let closed = conflict::close(&mut open.store, &arguments.campaign, &who(), &now())?;
    let note = if closed {
        format!("the campaign {} is closed", arguments.campaign)
    } else {
        format!("the campaign {} was closed before", arguments.campaign)
    };
    context.print(&NotesDocument { action: "close", count: u64::from(closed), orders: Vec::new(), note })?;
    Ok(Exit::Done)
}
