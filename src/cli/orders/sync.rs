//! `wattkey orders sync`, `give-back`, `extend`: a laptop and the store, and leases.

use std::collections::HashSet;
use std::time::Duration;

use super::store::{StoreArguments, now, parse_lease, who};
use crate::cli::{CommandError, CommandResult, Context, ledger_file};
use wattkey::error::{Code, Exit};
use wattkey::ledger::{Entry, Ledger, Operation};
use wattkey::orders::device::Device;
use wattkey::orders::documents::{NotesDocument, OrderNote, SyncDocument};
use wattkey::orders::sync::sync;
use wattkey::orders::take::{extend as extend_leases, give_back as give_orders_back};
use wattkey::orders::time_text;

/// Send results, and fetch what was decided meanwhile
#[derive(Debug, clap::Args)]
#[command(after_long_help = include_str!("../../../data/help/orders/sync.txt"))]
pub struct Arguments {
    #[command(flatten)]
    store: StoreArguments,
}

/// Sends and fetches.
pub(super) fn run(arguments: &Arguments, context: &mut Context) -> CommandResult {
    let (mut open, device, _lock) = arguments.store.open_as_device(context)?;
    let book = ledger_file::open(context)?;
    let synced = sync(&mut open.store, &device, &book, &now())?;
    context.print(&SyncDocument::new(&device.id, synced))?;
    Ok(Exit::Done)
}

/// Give orders back that were not begun
#[derive(Debug, clap::Args)]
#[command(after_long_help = include_str!("../../../data/help/orders/sync-2.txt"))]
pub struct GiveBackArguments {
    /// Orders to give back
    #[arg(value_name = "ORDER", required_unless_present = "all")]
    orders: Vec<String>,

    /// Give back every order this device holds
    #[arg(long, conflicts_with = "orders")]
    all: bool,

    #[command(flatten)]
    store: StoreArguments,
}

/// Gives back.
pub(super) fn give_back(arguments: &GiveBackArguments, context: &mut Context) -> CommandResult {
    let (mut open, device, _lock) = arguments.store.open_as_device(context)?;
    let book = ledger_file::open(context)?;
    sync(&mut open.store, &device, &book, &now())?;
    let under_way = under_way(&book, &device)?;
    let known = device.known()?;
    let wanted: Vec<String> =
        if arguments.all { known.orders.keys().cloned().collect() } else { arguments.orders.clone() };
    if let (false, Some(begun)) = (arguments.all, wanted.iter().find(|id| under_way.contains(*id))) {
        return Err(CommandError::new(Code::OrderConflict, format!("the order {begun:?} has a job under way"))
            .hint("Let it end, or go on with `wattkey bulk run FILE --resume`; then give back what is left."));
    }
    let free: Vec<String> = wanted.into_iter().filter(|id| !under_way.contains(id)).collect();
    let given = give_orders_back(&mut open.store, &device, &free, &who(), &now())?;
    let mut known = device.known()?;
    for id in &given {
        if let Some(order) = known.orders.get_mut(id) {
            order.withdrawn = Some("this device has given it back".to_owned());
        }
    }
    device.keep(&known)?;
    let missing: Vec<&String> = arguments.orders.iter().filter(|id| !given.contains(id)).collect();
    let count = given.len() as u64;
    let mut note = format!("{count} orders are open again");
    if let Some(first) = missing.first() {
        note.push_str(&format!("; {} were not this device's, as {first}", missing.len()));
    }
    let orders = given.into_iter().map(|order| OrderNote { order, note: "given back".to_owned() }).collect();
    context.print(&NotesDocument { action: "give-back", count, orders, note })?;
    Ok(if missing.is_empty() { Exit::Done } else { Exit::AnswerNo })
}

/// Orders of a device whose job began and has not ended.
fn under_way(book: &Ledger, device: &Device) -> Result<HashSet<String>, CommandError> {
    let mut orders = HashSet::new();
    for run in book.runs()? {
        for entry in book.open_jobs(&run)? {
            orders.extend(order_of(&entry, &device.store));
        }
    }
    Ok(orders)
}

fn order_of(entry: &Entry, store: &str) -> Option<String> {
    let order = entry.detail.get("order").filter(|_| entry.operation == Operation::BulkJob)?;
    let of_store = order.get("store").and_then(serde_json::Value::as_str) == Some(store);
    order.get("id").and_then(serde_json::Value::as_str).filter(|_| of_store).map(str::to_owned)
}

/// Give leases a later end
#[derive(Debug, clap::Args)]
#[command(after_long_help = include_str!("../../../data/help/orders/sync-3.txt"))]
pub struct ExtendArguments {
    /// Orders [default: every order the device holds]
    #[arg(value_name = "ORDER")]
    orders: Vec<String>,

    /// How long from now: 3d, 12h, 45m
    #[arg(long, value_name = "TIME", value_parser = parse_lease)]
    lease: Duration,

    /// The device that holds them [default: this one]
    #[arg(long, value_name = "DEVICE")]
    device: Option<String>,

    #[command(flatten)]
    store: StoreArguments,
}

/// Extends.
pub(super) fn extend(arguments: &ExtendArguments, context: &mut Context) -> CommandResult {
    let (mut open, own, _lock) = match &arguments.device {
        Some(_) => (arguments.store.open(context)?, None, None),
        None => {
            let (open, device, lock) = arguments.store.open_as_device(context)?;
            (open, Some(device), Some(lock))
        }
    };
    let holder = arguments.device.clone().or_else(|| own.as_ref().map(|device| device.id.clone())).unwrap_or_default();
    let only = (!arguments.orders.is_empty()).then_some(arguments.orders.as_slice());
    let lease_s = i64::try_from(arguments.lease.as_secs()).unwrap_or(i64::MAX);
    let extended = extend_leases(&mut open.store, &holder, only, lease_s, &who(), &now())?;
    if let Some(device) = &own {
        let mut known = device.known()?;
        for (id, expires) in &extended {
            if let Some(order) = known.orders.get_mut(id) {
                order.expires = *expires;
            }
        }
        device.keep(&known)?;
    }
    let missing = arguments.orders.len().saturating_sub(extended.len());
    let count = extended.len() as u64;
    let mut note = format!("{count} leases have a later end");
    if missing > 0 {
        note.push_str(&format!("; {missing} orders are not held by {holder}, or end later anyway"));
    }
    let orders = extended
        .into_iter()
        .map(|(order, expires)| OrderNote { order, note: format!("until {}", time_text(expires)) })
        .collect();
    context.print(&NotesDocument { action: "extend", count, orders, note })?;
    Ok(if missing == 0 { Exit::Done } else { Exit::AnswerNo })
}
