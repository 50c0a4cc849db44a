//! Checked rows on their way to the store: signed in one thread, sealed and written in another.

use std::collections::{HashMap, HashSet};
use std::sync::mpsc::{Receiver, sync_channel};
use std::thread;

use super::draft::{Drafter, Plans, Signed, is_known};
use super::{LoadRequest, Loaded, OpenList, list_failed};
use crate::bulk::list::read_rows;
use crate::orders::key_set::{NOTHING_SEALED, Recipients};
use crate::orders::office::OfficeKey;
use crate::orders::store::{Column, Session, Store, Value};
use crate::orders::{OrdersError, statement};

/// Rows of one transaction.
const BATCH: usize = 4000;
/// Batches that wait for the store.
const WAITING: usize = 2;

/// Signs in one thread and writes in this one.
pub(super) fn write_all(
    store: &mut Store,
    open: OpenList<'_>,
    request: &LoadRequest,
    office: &OfficeKey,
    plans: &Plans,
) -> Result<Loaded, OrdersError> {
    let (sender, receiver) = sync_channel::<Vec<Signed>>(WAITING);
    thread::scope(|scope| {
        let signer = scope.spawn(move || -> Result<(), OrdersError> {
            let mut batch = Vec::with_capacity(BATCH);
            let mut failed = None;
            let mut drafter = Drafter::new(request, plans);
            read_rows(open().map_err(list_failed)?, &is_known, &mut |line, cells| {
                if failed.is_some() {
                    return;
                }
                let signed = drafter
                    .draft(line, cells)
                    .map_err(|problems| OrdersError::Unknown(format!("line {line}: {}", problems.join("; "))))
                    .and_then(|draft| draft.sign(office));
                match signed {
                    Ok(signed) => batch.push(signed),
                    // The list was sound a moment ago: somebody has changed it.
                    Err(error) => failed = Some(error),
                }
                if batch.len() >= BATCH && sender.send(std::mem::take(&mut batch)).is_err() {
                    failed = Some(OrdersError::Content("the store has stopped taking orders".to_owned()));
                }
            })?;
            // A receiver that is gone has an error of its own.
            let _ = sender.send(batch);
            failed.map_or(Ok(()), Err)
        });
        let written = write_batches(store, request, office, receiver);
        let signed = signer.join().unwrap_or_else(|_| Err(OrdersError::Content("signing broke off".to_owned())));
        // The store's own error says more than that nobody took what was signed.
        let written = written?;
        signed?;
        Ok(written)
    })
}

fn write_batches(
    store: &mut Store,
    request: &LoadRequest,
    office: &OfficeKey,
    batches: Receiver<Vec<Signed>>,
) -> Result<Loaded, OrdersError> {
    let public = office.public();
    let mut groups: HashMap<String, Recipients> = HashMap::new();
    let mut loaded = Loaded::default();
    for batch in batches {
        let areas: HashSet<&String> =
            batch.iter().filter(|order| order.plain.is_some()).map(|order| &order.content.area).collect();
        for area in areas {
            if !groups.contains_key(area) {
                let recipients = store.run(|session| {
                    let recipients = Recipients::of_area(session, area, &public)?;
                    recipients.note(session)?;
                    Ok(recipients)
                })?;
                groups.insert(area.clone(), recipients);
            }
        }
        let rows = batch.iter().map(|order| Written::new(order, &groups)).collect::<Result<Vec<_>, _>>()?;
        let one = store.run(|session| write_batch(session, request, &rows))?;
        loaded.added = loaded.added.saturating_add(one.added);
        loaded.replaced = loaded.replaced.saturating_add(one.replaced);
        loaded.sealed = loaded.sealed.saturating_add(one.sealed);
    }
    Ok(loaded)
}

/// An order as rows of the store.
struct Written<'a> {
    order: &'a Signed,
    sealed: Option<String>,
    group: String,
}

impl<'a> Written<'a> {
    fn new(order: &'a Signed, groups: &HashMap<String, Recipients>) -> Result<Self, OrdersError> {
        let (mut sealed, mut group) = (None, NOTHING_SEALED.to_owned());
        if let Some(plain) = &order.plain
            && let Some(recipients) = groups.get(&order.content.area)
        {
            sealed = Some(recipients.seal(plain)?);
            group.clone_from(&recipients.group);
        }
        Ok(Written { order, sealed, group })
    }

    /// What an order is and how it stands when it is new, in the order of [`ORDER_COLUMNS`].
    fn row(&self, now: i64) -> Result<Vec<Value>, OrdersError> {
        let content = &self.order.content;
        Ok(vec![
            (&content.id).into(),
            (&content.campaign).into(),
            content.drn.as_ref().into(),
            content.serial.as_ref().into(),
            content.site.as_ref().into(),
            (&content.area).into(),
            content.priority.into(),
            content.link.as_ref().into(),
            content.address.as_ref().into(),
            content.protocol.as_ref().into(),
            content.profile.as_ref().into(),
            (&content.plan).into(),
            (&content.plan_digest).into(),
            content.settings_text()?.into(),
            content.fingerprint.as_ref().into(),
            (&self.order.signature).into(),
            (&self.group).into(),
            "open".into(),
            0.into(),
            0.into(),
            0.into(),
            now.into(),
        ])
    }

    fn key_set(&self) -> Option<Vec<Value>> {
        let fingerprint = self.order.content.fingerprint.as_ref()?;
        Some(vec![(&self.order.content.id).into(), self.sealed.as_ref()?.into(), fingerprint.into()])
    }
}

const ORDER_COLUMNS: [Column; 22] = [
    Column::text("id"),
    Column::text("campaign"),
    Column::text("drn"),
    Column::text("serial"),
    Column::text("site"),
    Column::text("area"),
    Column::int("priority"),
    Column::text("link"),
    Column::text("address"),
    Column::text("protocol"),
    Column::text("profile"),
    Column::text("plan"),
    Column::text("plan_digest"),
    Column::text("settings"),
    Column::text("fingerprint"),
    Column::text("signature"),
    Column::text("seal_group"),
    Column::text("state"),
    Column::int("version"),
    Column::int("done_sent"),
    Column::int("attempts"),
    Column::int("changed"),
];

const SET_COLUMNS: [Column; 3] = [Column::text("order_id"), Column::text("sealed"), Column::text("fingerprint")];

fn write_batch(session: &mut dyn Session, request: &LoadRequest, batch: &[Written<'_>]) -> Result<Loaded, OrdersError> {
    let now = session.now()?;
    let mut loaded = Loaded::default();
    let rows = batch.iter().map(|order| order.row(now)).collect::<Result<Vec<_>, _>>()?;
    loaded.added = session.insert_new("work_order", &ORDER_COLUMNS, &rows)?;
    if loaded.added < batch.len() as u64 {
        let ids: Vec<Value> = batch.iter().map(|order| (&order.order.content.id).into()).collect();
        let sql = format!("SELECT COUNT(*) FROM work_order WHERE id IN ({})", statement::list(1, ids.len()));
        let there = session.first(&sql, &ids)?.map(|row| row.int(0)).transpose()?.unwrap_or(0);
        if u64::try_from(there).unwrap_or(0) < batch.len() as u64 {
            // The check a moment ago found no such order.
            return Err(OrdersError::Conflict(
                "somebody loaded other orders for the same meters at the same time: load the list again".to_owned(),
            ));
        }
    }
    let sets: Vec<_> = batch.iter().filter_map(Written::key_set).collect();
    loaded.sealed = session.insert_new("key_set", &SET_COLUMNS, &sets)?;
    if request.replace && loaded.added < batch.len() as u64 {
        for order in batch {
            loaded.replaced = loaded.replaced.saturating_add(replace(session, order, now)?);
        }
    }
    Ok(loaded)
}

/// Gives an order that is there, and has another content, the new one.
fn replace(session: &mut dyn Session, order: &Written<'_>, now: i64) -> Result<u64, OrdersError> {
    let changed: Vec<&Column> =
        ORDER_COLUMNS.iter().filter(|column| !matches!(column.name, "id" | "version")).collect();
    let assignments: Vec<String> =
        changed.iter().zip(1..).map(|(column, place)| format!("{} = ${place}", column.name)).collect();
    let sql = format!(
        "UPDATE work_order SET {}, version = version + 1, queue = NULL, cause = NULL WHERE id = ${}
         AND (signature <> ${} OR EXISTS (SELECT 1 FROM key_set k WHERE k.order_id = work_order.id AND k.wiped IS NOT NULL))
         AND (queue IS NULL OR queue = 'office')
         AND (state = 'open' OR state = 'failed' OR (state = 'stopped' AND (cause IS NULL OR cause <> 'called-off')))",
        assignments.join(", "),
        changed.len() + 1,
        changed.len() + 2
    );
    let row = order.row(now)?;
    let mut parameters: Vec<Value> = ORDER_COLUMNS
        .iter()
        .zip(row)
        .filter(|(column, _)| !matches!(column.name, "id" | "version"))
        .map(|(_, value)| value)
        .collect();
    let id = &order.order.content.id;
    parameters.push(id.into());
    parameters.push((&order.order.signature).into());
    let replaced = session.execute(&sql, &parameters)?;
    if replaced > 0 {
        session.execute("DELETE FROM key_set WHERE order_id = $1", &[id.into()])?;
        if let Some(set) = order.key_set() {
            session.insert_new("key_set", &SET_COLUMNS, &[set])?;
        }
    }
    Ok(replaced)
}
