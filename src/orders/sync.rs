//! Bringing a laptop and the store together: rows of the ledger up, leases and decisions down.
//!
//! Rows go up in the order of the ledger, a few hundred in a transaction that also moves the device's head from one row
//! to the next by compare-and-set. So a push may be broken off at any byte and begun anew: what was accepted is not sent
//! again, and nothing goes in twice.

use super::OrdersError;
use super::conflict::{self, Conflict};
use super::device::{Device, require_enrolled};
use super::key_set;
use super::order::{Queue, State};
use super::result::{CurrentOrder, Decision, JobResult, decide};
use super::store::{Column, Session, Store, Value};
use crate::bulk::JobOutcome;
use crate::ledger::{Entry, EntryKind, EntryText, Ledger, Operation, chain};

/// Rows in one transaction.
const BATCH: u32 = 400;

/// What stands before a row in the signed message.
const LABEL: &str = "wattkey orders event 1";

/// What a synchronisation did.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Synced {
    /// Rows that went up.
    pub sent: u64,
    /// Results of orders among them.
    pub results: u64,
    /// Orders that are this device's no more, with the reason.
    pub withdrawn: Vec<(String, String)>,
    /// Leases whose end has changed.
    pub extended: u64,
    /// Conflicts about orders of this device that nobody has settled.
    pub conflicts: u64,
    /// Orders this device still holds.
    pub held: u64,
}

/// The message that a device signs for each of its rows.
pub fn message(device: &str, seq: i64, hash: &str) -> Vec<u8> {
    format!("{LABEL}\n{device}\n{seq}\n{hash}\n").into_bytes()
}

/// Sends what is new and fetches what was decided.
///
/// # Errors
/// [`OrdersError::Chain`] when the ledger is not the one the store knows: nothing is changed then. The store; files.
pub fn sync(store: &mut Store, device: &Device, ledger: &Ledger, now: &str) -> Result<Synced, OrdersError> {
    let mut synced = push(store, device, ledger, now)?;
    pull(store, device, &mut synced)?;
    Ok(synced)
}

/// Where the store has the device's chain, once it is clear that the ledger goes on from there.
fn head(session: &mut dyn Session, device: &Device, ledger: &Ledger) -> Result<i64, OrdersError> {
    require_enrolled(session, device)?;
    let row = session.first("SELECT head_seq, head_hash FROM device WHERE id = $1", &[(&device.id).into()])?;
    let row = row.ok_or_else(|| OrdersError::NotEnrolled { store: device.store.clone() })?;
    let (seq, hash) = (row.int(0)?, row.text(1)?);
    match ledger.hash_at(seq)? {
        Some(own) if own == hash => Ok(seq),
        Some(_) => Err(OrdersError::Chain(format!(
            "row {seq} of this laptop's ledger is another than the one the store has of {}: the ledger was restored from \
             an older copy and has gone another way since, or was written anew",
            device.id
        ))),
        None => Err(OrdersError::Chain(format!(
            "the store has {seq} rows of {}, and this laptop's ledger ends before that: an older copy was restored",
            device.id
        ))),
    }
}

/// Sends the rows that the store does not have.
fn push(store: &mut Store, device: &Device, ledger: &Ledger, now: &str) -> Result<Synced, OrdersError> {
    let mut synced = Synced::default();
    loop {
        let (sent, results) = store.run(|session| {
            let from = head(session, device, ledger)?;
            let entries = ledger.entries_after(from, BATCH)?;
            if entries.is_empty() {
                return Ok((0, 0));
            }
            let previous = ledger.hash_at(from)?.unwrap_or_default();
            let results = send(session, device, from, previous, &entries)?;
            session.execute("UPDATE device SET synced = $1 WHERE id = $2", &[now.into(), (&device.id).into()])?;
            Ok((entries.len() as u64, results))
        })?;
        if sent == 0 {
            return Ok(synced);
        }
        synced.sent = synced.sent.saturating_add(sent);
        synced.results = synced.results.saturating_add(results);
    }
}

const EVENT_COLUMNS: [Column; 25] = [
    Column::text("device"),
    Column::int("seq"),
    Column::text("at"),
    Column::text("kind"),
    Column::int("intent"),
    Column::text("serial"),
    Column::text("drn"),
    Column::text("operation"),
    Column::text("token_hash"),
    Column::text("token_last4"),
    Column::text("job"),
    Column::text("detail"),
    Column::text("ending"),
    Column::text("operator"),
    Column::text("host"),
    Column::text("tool"),
    Column::text("previous"),
    Column::text("hash"),
    Column::text("signature"),
    Column::int("received"),
    Column::text("order_id"),
    Column::int("fencing"),
    Column::text("outcome"),
    Column::text("cause"),
    Column::int("already"),
];

/// Sends rows that follow `from`; tells how many results of orders were among them.
fn send(
    session: &mut dyn Session,
    device: &Device,
    from: i64,
    mut previous: String,
    entries: &[Entry],
) -> Result<u64, OrdersError> {
    let received = session.now()?;
    let mut rows = Vec::with_capacity(entries.len());
    let mut results = Vec::new();
    let mut expected = from;
    for entry in entries {
        expected = expected.saturating_add(1);
        let text = EntryText::from(entry);
        if entry.seq != expected {
            return Err(OrdersError::Chain(format!("row {expected} of this laptop's ledger is missing")));
        }
        if chain::link_text(&previous, &text) != text.hash {
            return Err(OrdersError::Chain(format!(
                "row {expected} of this laptop's ledger does not fit its hash: `wattkey ledger verify` tells more"
            )));
        }
        let told = ResultRow::of(entry, &device.store);
        rows.push(event_row(device, &text, &previous, told.as_ref(), received));
        if let Some(told) = told {
            results.push((entry.seq, told));
        }
        previous = text.hash;
    }
    // Moves the head only from where it was read: two pushes of one device cannot both go in.
    let moved = session.execute(
        "UPDATE device SET head_seq = $1, head_hash = $2 WHERE id = $3 AND head_seq = $4",
        &[expected.into(), (&previous).into(), (&device.id).into(), from.into()],
    )?;
    if moved != 1 {
        return Err(OrdersError::Busy {
            store: device.store.clone(),
            problem: "another process of this device is sending".to_owned(),
        });
    }
    let inserted = session.insert_new("event", &EVENT_COLUMNS, &rows)?;
    if inserted != rows.len() as u64 {
        return Err(OrdersError::Chain(format!(
            "the store has rows of {} beyond the head it names; an auditor has to look (`wattkey orders verify`)",
            device.id
        )));
    }
    for (seq, told) in &results {
        apply(session, device, *seq, told, received)?;
    }
    Ok(results.len() as u64)
}

/// What a row tells of an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ResultRow {
    pub order: String,
    pub version: i64,
    pub outcome: JobOutcome,
    pub cause: Option<String>,
    pub already: bool,
}

impl ResultRow {
    /// Only the end of a job that was begun for an order of this store tells of one.
    fn of(entry: &Entry, store: &str) -> Option<Self> {
        if entry.operation != Operation::BulkJob || entry.kind != EntryKind::Outcome {
            return None;
        }
        ResultRow::of_detail(&entry.detail, store)
    }

    /// The same of a row that is kept as texts.
    pub(super) fn of_text(entry: &EntryText, store: &str) -> Option<Self> {
        if entry.operation != Operation::BulkJob.word() || entry.kind != EntryKind::Outcome.word() {
            return None;
        }
        ResultRow::of_detail(&serde_json::from_str(&entry.detail).ok()?, store)
    }

    fn of_detail(detail: &serde_json::Value, store: &str) -> Option<Self> {
        let order = detail.get("order")?;
        if order.get("store")?.as_str()? != store {
            return None;
        }
        let text = |name: &str| detail.get(name).and_then(serde_json::Value::as_str);
        Some(ResultRow {
            order: order.get("id")?.as_str()?.to_owned(),
            version: order.get("version")?.as_i64()?,
            // A word that a later version writes is for a person to look at.
            outcome: JobOutcome::from_word(text("verdict").unwrap_or_default()).unwrap_or(JobOutcome::Unknown),
            cause: text("cause").map(str::to_owned),
            already: detail.get("already").and_then(serde_json::Value::as_bool).unwrap_or(false),
        })
    }
}

fn event_row(device: &Device, text: &EntryText, previous: &str, told: Option<&ResultRow>, received: i64) -> Vec<Value> {
    vec![
        (&device.id).into(),
        text.seq.into(),
        (&text.at).into(),
        (&text.kind).into(),
        text.intent.into(),
        text.serial.as_ref().into(),
        text.drn.as_ref().into(),
        (&text.operation).into(),
        text.token_hash.as_ref().into(),
        text.token_last4.as_ref().into(),
        text.job.as_ref().into(),
        (&text.detail).into(),
        text.ending.as_ref().into(),
        (&text.operator).into(),
        (&text.host).into(),
        (&text.tool).into(),
        previous.into(),
        (&text.hash).into(),
        device.signing().sign(&message(&device.id, text.seq, &text.hash)).into(),
        received.into(),
        told.map(|told| &told.order).into(),
        told.map(|told| told.version).into(),
        told.map(|told| told.outcome.word()).into(),
        told.and_then(|told| told.cause.as_ref()).into(),
        told.map(|told| told.already).into(),
    ]
}

/// Puts a result into the order it is about.
fn apply(session: &mut dyn Session, device: &Device, seq: i64, told: &ResultRow, now: i64) -> Result<(), OrdersError> {
    let row = session.first(
        "SELECT state, version, holder, done_by, done_sent, cause FROM work_order WHERE id = $1",
        &[(&told.order).into()],
    )?;
    // An order that the store never had: the event stays as it is.
    let Some(row) = row else { return Ok(()) };
    let current = CurrentOrder {
        state: State::read(&row.text(0)?)?,
        version: row.int(1)?,
        holder: row.optional(2)?,
        done_by: row.optional(3)?,
        done_sent: row.int(4)? != 0,
        cause: row.optional(5)?,
    };
    let lease = session.first(
        "SELECT device FROM lease WHERE order_id = $1 AND version = $2",
        &[(&told.order).into(), told.version.into()],
    )?;
    let leased_to = lease.map(|row| row.text(0)).transpose()?;
    let result = JobResult {
        device: device.id.clone(),
        version: told.version,
        was_leased: leased_to.as_deref() == Some(device.id.as_str()),
        outcome: told.outcome,
        cause: told.cause.clone(),
        already: told.already,
    };
    let Decision { change, conflict: kind } = decide(&current, &result);
    if let Some(kind) = kind {
        let other = conflict::event_behind(session, &told.order, &device.id, current.done_by.as_deref())?;
        let found = Conflict::found(&told.order, kind, (&device.id, seq), other, now);
        conflict::note(session, &found)?;
    }
    let Some(change) = change else { return Ok(()) };
    // An order of this meter that was loaded meanwhile keeps this one from being opened again.
    let (state, queue) = if change.state == State::Open && has_other_open(session, &told.order)? {
        (State::Failed, Some(Queue::Office))
    } else {
        (change.state, change.queue)
    };
    let (done_by, done_sent) = match &change.done_by {
        Some((device, sent)) => (Some(device.clone()), *sent),
        None => (current.done_by.clone(), current.done_sent),
    };
    let keeps_lease = !change.releases;
    session.execute(
        "UPDATE work_order SET state = $1, queue = $2, cause = $3, done_by = $4, done_sent = $5,
         holder = CASE WHEN CAST($6 AS BIGINT) = 1 THEN holder ELSE NULL END,
         expires = CASE WHEN CAST($6 AS BIGINT) = 1 THEN expires ELSE NULL END,
         attempts = attempts + $7, changed = $8 WHERE id = $9",
        &[
            state.word().into(),
            queue.map(Queue::word).into(),
            change.cause.as_ref().into(),
            done_by.into(),
            done_sent.into(),
            keeps_lease.into(),
            i64::from(change.is_attempt).into(),
            now.into(),
            (&told.order).into(),
        ],
    )?;
    if state == State::Done {
        key_set::wipe(session, &told.order, &super::time_text(now))?;
    }
    Ok(())
}

fn has_other_open(session: &mut dyn Session, order: &str) -> Result<bool, OrdersError> {
    let row = session.first(
        "SELECT o.id FROM work_order o JOIN work_order w ON o.campaign = w.campaign AND o.drn = w.drn
         WHERE w.id = $1 AND o.id <> w.id AND (o.state = 'open' OR o.state = 'leased') LIMIT 1",
        &[order.into()],
    )?;
    Ok(row.is_some())
}

/// Fetches how the orders stand that this device has taken, and keeps it.
fn pull(store: &mut Store, device: &Device, synced: &mut Synced) -> Result<(), OrdersError> {
    let mut known = device.known()?;
    let mut changed = false;
    let (found, conflicts) = store.run(|session| {
        let mut found = Vec::with_capacity(known.orders.len());
        for id in known.orders.keys() {
            let row = session.first(
                "SELECT w.state, w.version, w.holder, w.expires, w.cause, c.closed, w.done_by FROM work_order w
                 JOIN campaign c ON c.name = w.campaign WHERE w.id = $1",
                &[id.into()],
            )?;
            found.push((id.clone(), row));
        }
        Ok((found, conflict::open_of_device(session, &device.id)?))
    })?;
    synced.conflicts = conflicts;
    for (id, row) in found {
        let Some(order) = known.orders.get_mut(&id) else { continue };
        let Some(row) = row else {
            changed |= withdraw(order, &id, "the store has it no more".to_owned(), synced);
            continue;
        };
        let (state, version) = (State::read(&row.text(0)?)?, row.int(1)?);
        let holder = row.optional(2)?;
        let own = holder.as_deref() == Some(device.id.as_str()) && state == State::Leased;
        if own {
            let expires = row.int(3)?;
            synced.held = synced.held.saturating_add(1);
            if expires > order.expires {
                synced.extended = synced.extended.saturating_add(1);
            }
            if (expires, version) != (order.expires, order.version) || order.withdrawn.is_some() {
                order.expires = expires;
                order.version = version;
                order.withdrawn = None;
                changed = true;
            }
            continue;
        }
        let done_by = row.optional(6)?;
        let reason = match state {
            State::Done if done_by.as_deref() == Some(device.id.as_str()) => {
                // Nothing to say about one's own work.
                known.orders.remove(&id);
                changed = true;
                continue;
            }
            State::Done => format!("done by {}", done_by.unwrap_or_else(|| "another crew".to_owned())),
            State::Leased => format!("{} has it now", holder.unwrap_or_else(|| "another device".to_owned())),
            _ if row.optional(5)?.is_some() => "its campaign is closed".to_owned(),
            State::Stopped if row.optional(4)?.as_deref() == Some(conflict::CALLED_OFF) => {
                "the office has called it off".to_owned()
            }
            State::Unknown => "a supervisor has to settle it".to_owned(),
            // Open again after a failure, or waiting for the office: the crew may try it once more.
            State::Open | State::Failed | State::Stopped => continue,
        };
        changed |= withdraw(order, &id, reason, synced);
    }
    if changed { device.keep(&known) } else { Ok(()) }
}

fn withdraw(order: &mut super::device::KnownOrder, id: &str, reason: String, synced: &mut Synced) -> bool {
    if order.withdrawn.as_deref() == Some(reason.as_str()) {
        return false;
    }
    synced.withdrawn.push((id.to_owned(), reason.clone()));
    order.withdrawn = Some(reason);
    true
}
