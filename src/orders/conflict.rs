//! Events that disagree about one order, and how a person settles an order.

use serde::Serialize;

use super::OrdersError;
use super::audit::Audit;
use super::key_set;
use super::order::State;
use super::result::ConflictKind;
use super::store::{Column, Row, Session, Store};

/// Cause of an order that the office has called off.
pub const CALLED_OFF: &str = "called-off";

/// Who settles what a rule settles.
const BY_RULE: &str = "rule";

/// Two events that disagree about one order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Conflict {
    /// Its name: of what it is about, so that it is noted once.
    #[serde(skip)]
    pub id: String,
    /// The order.
    pub order: String,
    /// What they disagree about.
    pub kind: String,
    /// The device whose event came last.
    pub device: String,
    /// Its row.
    pub seq: i64,
    /// The device whose event was there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub other_device: Option<String>,
    /// Its row.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub other_seq: Option<i64>,
    /// When it was found, RFC 3339 UTC.
    pub found: String,
    /// When it was settled, RFC 3339 UTC.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub settled: Option<String>,
    /// By whom; `rule` when nobody had to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub settled_by: Option<String>,
    /// As what.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub settled_as: Option<String>,
    /// Why.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
}

impl Conflict {
    /// One that was found now; a rule settles it where there is one.
    pub(super) fn found(
        order: &str,
        kind: ConflictKind,
        (device, seq): (&str, i64),
        other: Option<(String, i64)>,
        now: i64,
    ) -> Self {
        let at = super::time_text(now);
        let rule = kind.rule();
        let (other_device, other_seq) = other.unzip();
        Conflict {
            id: format!("{device}/{seq}/{}", kind.word()),
            order: order.to_owned(),
            kind: kind.word().to_owned(),
            device: device.to_owned(),
            seq,
            other_device,
            other_seq,
            settled: rule.map(|_| at.clone()),
            settled_by: rule.map(|_| BY_RULE.to_owned()),
            settled_as: rule.map(|_| State::Done.word().to_owned()),
            why: rule.map(str::to_owned),
            found: at,
        }
    }

    fn of_row(row: &Row) -> Result<Self, OrdersError> {
        Ok(Conflict {
            id: row.text(0)?,
            order: row.text(1)?,
            kind: row.text(2)?,
            device: row.text(3)?,
            seq: row.int(4)?,
            other_device: row.optional(5)?,
            other_seq: row.optional_int(6)?,
            found: row.text(7)?,
            settled: row.optional(8)?,
            settled_by: row.optional(9)?,
            settled_as: row.optional(10)?,
            why: row.optional(11)?,
        })
    }
}

const COLUMNS: &str =
    "id, order_id, kind, device, seq, other_device, other_seq, found, settled, settled_by, settled_as, why";

/// Notes a conflict, once.
pub(super) fn note(session: &mut dyn Session, conflict: &Conflict) -> Result<(), OrdersError> {
    let columns = [
        Column::text("id"),
        Column::text("order_id"),
        Column::text("kind"),
        Column::text("device"),
        Column::int("seq"),
        Column::text("other_device"),
        Column::int("other_seq"),
        Column::text("found"),
        Column::text("settled"),
        Column::text("settled_by"),
        Column::text("settled_as"),
        Column::text("why"),
    ];
    let row = vec![
        (&conflict.id).into(),
        (&conflict.order).into(),
        (&conflict.kind).into(),
        (&conflict.device).into(),
        conflict.seq.into(),
        conflict.other_device.as_ref().into(),
        conflict.other_seq.into(),
        (&conflict.found).into(),
        conflict.settled.as_ref().into(),
        conflict.settled_by.as_ref().into(),
        conflict.settled_as.as_ref().into(),
        conflict.why.as_ref().into(),
    ];
    session.insert_new("conflict", &columns, &[row])?;
    Ok(())
}

/// The event of another device that made the order what it is: that of the device with the credit, else the newest.
pub(super) fn event_behind(
    session: &mut dyn Session,
    order: &str,
    device: &str,
    done_by: Option<&str>,
) -> Result<Option<(String, i64)>, OrdersError> {
    let rows = session.query(
        "SELECT device, seq FROM event WHERE order_id = $1 AND device <> $2 ORDER BY received DESC, seq DESC",
        &[order.into(), device.into()],
    )?;
    let events = rows.iter().map(|row| Ok((row.text(0)?, row.int(1)?))).collect::<Result<Vec<_>, OrdersError>>()?;
    let of_credit = events.iter().find(|(device, _)| Some(device.as_str()) == done_by);
    Ok(of_credit.or_else(|| events.first()).cloned())
}

/// Conflicts that nobody has settled about orders of a device.
pub(super) fn open_of_device(session: &mut dyn Session, device: &str) -> Result<u64, OrdersError> {
    let row = session.first(
        "SELECT COUNT(*) FROM conflict WHERE settled IS NULL AND (device = $1 OR other_device = $1)",
        &[device.into()],
    )?;
    Ok(row.map(|row| row.int(0)).transpose()?.and_then(|count| u64::try_from(count).ok()).unwrap_or(0))
}

/// Conflicts in the order they were found; only those nobody has settled, unless all are asked for.
///
/// # Errors
/// The store.
pub fn list(store: &mut Store, all: bool, campaign: Option<&str>) -> Result<Vec<Conflict>, OrdersError> {
    store.run(|session| {
        let mut sql = format!("SELECT {COLUMNS} FROM conflict WHERE 1 = 1");
        let mut parameters = Vec::new();
        if !all {
            sql.push_str(" AND settled IS NULL");
        }
        if let Some(campaign) = campaign {
            sql.push_str(" AND order_id IN (SELECT id FROM work_order WHERE campaign = $1)");
            parameters.push(campaign.into());
        }
        sql.push_str(" ORDER BY found, id");
        session.query(&sql, &parameters)?.iter().map(Conflict::of_row).collect()
    })
}

/// What a person settles an order as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Settlement {
    /// To be taken anew.
    Open,
    /// Done: somebody has looked at the meter.
    Done,
    /// Failed for good.
    Failed,
    /// Called off.
    Stopped,
}

impl Settlement {
    /// The state it leads to.
    pub const fn state(self) -> State {
        match self {
            Settlement::Open => State::Open,
            Settlement::Done => State::Done,
            Settlement::Failed => State::Failed,
            Settlement::Stopped => State::Stopped,
        }
    }
}

/// The state of an order before it was settled, and how many conflicts were settled with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settled {
    /// Before.
    pub from: State,
    /// Conflicts that this ended.
    pub conflicts: u64,
}

/// Settles an order and every open conflict about it.
///
/// # Errors
/// [`OrdersError::Unknown`]; [`OrdersError::Conflict`] for opening an order whose meter has another one, or that a crew
/// holds; the store.
pub fn settle(
    store: &mut Store,
    order: &str,
    as_what: Settlement,
    why: &str,
    who: &str,
    now: &str,
) -> Result<Settled, OrdersError> {
    let audit = Audit::new("settle", order, who, now)?.detail(format!("as {}: {why}", as_what.state().word()));
    store.run(|session| {
        let row = session
            .first("SELECT state, holder, campaign, drn, expires FROM work_order WHERE id = $1", &[order.into()])?;
        let row = row.ok_or_else(|| OrdersError::Unknown(format!("there is no order {order:?}")))?;
        let from = State::read(&row.text(0)?)?;
        let at = session.now()?;
        if from == State::Leased && as_what == Settlement::Open && row.optional_int(4)?.unwrap_or(0) >= at {
            let holder = row.optional(1)?.unwrap_or_default();
            return Err(OrdersError::Conflict(format!(
                "the device {holder} has the order {order:?}: it gives it back, or the lease ends"
            )));
        }
        if as_what == Settlement::Open
            && let Some(other) = session.first(
                "SELECT id FROM work_order WHERE campaign = $1 AND drn = $2 AND id <> $3
                 AND (state = 'open' OR state = 'leased') LIMIT 1",
                &[row.text(2)?.into(), row.optional(3)?.into(), order.into()],
            )?
        {
            return Err(OrdersError::Conflict(format!(
                "the meter of {order:?} has another order that is not done, {:?}",
                other.text(0)?
            )));
        }
        if as_what == Settlement::Open
            && session
                .first("SELECT order_id FROM key_set WHERE order_id = $1 AND wiped IS NOT NULL", &[order.into()])?
                .is_some()
        {
            return Err(OrdersError::Conflict(format!(
                "the set of {order:?} was taken out of the store when it was done: settle it as failed, and load it again \
                 with --replace"
            )));
        }
        let cause = (as_what == Settlement::Stopped).then_some(CALLED_OFF);
        session.execute(
            "UPDATE work_order SET state = $1, queue = NULL, cause = $2, holder = NULL, expires = NULL, lease = NULL,
             version = version + 1, changed = $3 WHERE id = $4",
            &[as_what.state().word().into(), cause.into(), at.into(), order.into()],
        )?;
        let conflicts = session.execute(
            "UPDATE conflict SET settled = $1, settled_by = $2, settled_as = $3, why = $4
             WHERE order_id = $5 AND settled IS NULL",
            &[now.into(), who.into(), as_what.state().word().into(), why.into(), order.into()],
        )?;
        if as_what == Settlement::Done {
            key_set::wipe(session, order, now)?;
        }
        audit.write(session, None)?;
        Ok(Settled { from, conflicts })
    })
}

/// When a campaign was closed; `None` while it is open.
///
/// # Errors
/// [`OrdersError::Unknown`]; the store.
pub fn closed_at(session: &mut dyn Session, campaign: &str) -> Result<Option<String>, OrdersError> {
    let row = session.first("SELECT closed FROM campaign WHERE name = $1", &[campaign.into()])?;
    row.ok_or_else(|| OrdersError::Unknown(format!("there is no campaign {campaign:?}")))?.optional(0)
}

/// Closes a campaign: nothing more is taken from it. `false` when it was closed before.
///
/// # Errors
/// [`OrdersError::Unknown`]; the store.
pub fn close(store: &mut Store, campaign: &str, who: &str, now: &str) -> Result<bool, OrdersError> {
    let audit = Audit::new("close", campaign, who, now)?;
    store.run(|session| {
        if closed_at(session, campaign)?.is_some() {
            return Ok(false);
        }
        session.execute("UPDATE campaign SET closed = $1 WHERE name = $2", &[now.into(), campaign.into()])?;
        audit.write(session, None)?;
        Ok(true)
    })
}
