//! Every row looked at before the first is written: for itself, against the others, and against what the store has.

use std::collections::HashMap;
use std::collections::hash_map::RandomState;
use std::hash::BuildHasher;

use super::draft::{Draft, Drafter, Plans, is_known};
use super::{LoadRequest, OpenList, list_failed};
use crate::bulk::list::{BadRow, read_rows};
use crate::orders::conflict::CALLED_OFF;
use crate::orders::error::MOST_BAD_ROWS;
use crate::orders::office::OfficeKey;
use crate::orders::store::{Row, Store, Value};
use crate::orders::{OrdersError, statement};

/// Rows asked about in one statement.
const ASKED: usize = 500;

/// Bad rows in order, as many as are named.
#[derive(Default)]
struct BadRows {
    bad: Vec<BadRow>,
}

impl BadRows {
    fn add(&mut self, line: u64, problems: Vec<String>) {
        if self.bad.len() < MOST_BAD_ROWS {
            self.bad.push(BadRow { line, problems });
        }
    }
}

/// Where names were seen: their hashes with the lines, sorted at the end.
struct Seen {
    hasher: RandomState,
    seen: Vec<(u64, u32)>,
    what: &'static str,
}

impl Seen {
    fn new(what: &'static str) -> Self {
        Seen { hasher: RandomState::new(), seen: Vec::new(), what }
    }

    fn add(&mut self, name: &str, line: u64) {
        self.seen.push((self.hasher.hash_one(name), u32::try_from(line).unwrap_or(u32::MAX)));
    }

    /// Names every line whose name was on an earlier one.
    fn duplicates(mut self, bad: &mut BadRows) {
        self.seen.sort_unstable();
        for pair in self.seen.windows(2) {
            if let [(first, line), (second, again)] = pair
                && first == second
            {
                bad.add(
                    u64::from(*again),
                    vec![format!("{} is that of line {line} too: take one of them out", self.what)],
                );
            }
        }
    }
}

/// Looks at every row, and at what the store has of it; tells how many there are.
pub(super) fn check_all(
    store: &mut Store,
    open: OpenList<'_>,
    request: &LoadRequest,
    office: &OfficeKey,
    plans: &Plans,
    has_orders: bool,
) -> Result<u64, OrdersError> {
    let mut bad = BadRows::default();
    let (mut rows, mut failed) = (0u64, None);
    let (mut ids, mut meters) = (Seen::new("id"), Seen::new("the meter number"));
    let mut waiting: Vec<Draft> = Vec::new();
    let mut drafter = Drafter::new(request, plans);
    read_rows(open().map_err(list_failed)?, &is_known, &mut |line, cells| {
        rows = rows.saturating_add(1);
        match drafter.draft(line, cells) {
            Err(problems) => bad.add(line, problems),
            Ok(draft) => {
                ids.add(&draft.content.id, line);
                if let Some(drn) = &draft.content.drn {
                    meters.add(drn, line);
                }
                if has_orders && failed.is_none() {
                    waiting.push(draft);
                    if waiting.len() >= ASKED {
                        failed = compare(store, request, office, std::mem::take(&mut waiting), &mut bad).err();
                    }
                }
            }
        }
    })?;
    if let Some(error) = failed {
        return Err(error);
    }
    compare(store, request, office, waiting, &mut bad)?;
    ids.duplicates(&mut bad);
    meters.duplicates(&mut bad);
    if rows == 0 {
        return Err(OrdersError::Unknown("the list names no order".to_owned()));
    }
    if !bad.bad.is_empty() {
        bad.bad.sort_by_key(|row| row.line);
        return Err(OrdersError::Rows { rows, bad: bad.bad });
    }
    Ok(rows)
}

/// What the store has of these rows: other content under their names, or other orders for their meters.
fn compare(
    store: &mut Store,
    request: &LoadRequest,
    office: &OfficeKey,
    drafts: Vec<Draft>,
    bad: &mut BadRows,
) -> Result<(), OrdersError> {
    if drafts.is_empty() {
        return Ok(());
    }
    let ids: Vec<Value> = drafts.iter().map(|draft| (&draft.content.id).into()).collect();
    let meters: Vec<Value> = drafts.iter().filter_map(|draft| draft.content.drn.as_ref().map(Into::into)).collect();
    // CROSS JOIN has SQLite walk along the few that are wanted, and not along all orders.
    let (there, orders_of_meters) = store.run(|session| {
        let mut there = HashMap::new();
        let sql = format!(
            "WITH wanted (id) AS ({}) SELECT w.id, w.signature, w.state, w.queue, w.cause, k.wiped FROM wanted
             CROSS JOIN work_order w LEFT JOIN key_set k ON k.order_id = w.id WHERE w.id = wanted.id",
            statement::values(1, ids.len())
        );
        for row in session.query(&sql, &ids)? {
            there.insert(row.text(0)?, OrderThere::of_row(&row)?);
        }
        let mut of_meters = Vec::new();
        if !meters.is_empty() {
            let sql = format!(
                "WITH wanted (drn) AS ({}) SELECT w.drn, w.id FROM wanted CROSS JOIN work_order w
                 WHERE w.drn = wanted.drn AND w.campaign = $1 AND (w.state = 'open' OR w.state = 'leased')",
                statement::values(2, meters.len())
            );
            let mut parameters = vec![Value::from(&request.campaign)];
            parameters.extend(meters.iter().cloned());
            for row in session.query(&sql, &parameters)? {
                of_meters.push((row.text(0)?, row.text(1)?));
            }
        }
        Ok((there, of_meters))
    })?;
    for draft in drafts {
        let line = draft.line;
        let other = orders_of_meters
            .iter()
            .find(|(drn, id)| draft.content.drn.as_deref() == Some(drn.as_str()) && *id != draft.content.id);
        if let Some((drn, id)) = other {
            bad.add(line, vec![format!("meter {drn} has the order {id:?} in this campaign, which is not done yet")]);
            continue;
        }
        let Some(found) = there.get(&draft.content.id) else { continue };
        let signed = draft.sign(office)?;
        let is_same = signed.signature == found.signature;
        if is_same && !(request.replace && found.is_wiped) {
            continue;
        }
        let id = &signed.content.id;
        if !request.replace {
            let problem =
                format!("there is an order {id:?} with other content: give the job another id, or give --replace");
            bad.add(signed.line, vec![problem]);
        } else if let Some(why) = found.stays() {
            // What is done and the same is no mistake of the list.
            if !is_same {
                bad.add(signed.line, vec![format!("the order {id:?} {why}, and cannot be replaced")]);
            }
        }
    }
    Ok(())
}

/// What the store has under the name of a row.
struct OrderThere {
    signature: String,
    state: String,
    queue: Option<String>,
    cause: Option<String>,
    is_wiped: bool,
}

impl OrderThere {
    fn of_row(row: &Row) -> Result<Self, OrdersError> {
        Ok(OrderThere {
            signature: row.text(1)?,
            state: row.text(2)?,
            queue: row.optional(3)?,
            cause: row.optional(4)?,
            is_wiped: row.optional(5)?.is_some(),
        })
    }

    /// Why it cannot get new content and be opened again; `None` when it can.
    fn stays(&self) -> Option<String> {
        match (self.state.as_str(), self.queue.as_deref()) {
            (_, Some("supervisor")) => Some("waits for the supervisor".to_owned()),
            ("open" | "failed", _) => None,
            ("stopped", _) if self.cause.as_deref() != Some(CALLED_OFF) => None,
            (state, _) => Some(format!("is {state}")),
        }
    }
}
