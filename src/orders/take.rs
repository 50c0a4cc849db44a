//! Taking orders: a lease by compare-and-set, with a number that grows with every lease of an order.

use std::collections::HashSet;

use super::audit::Audit;
use super::device::{Device, require_enrolled};
use super::key_set::{NOTHING_SEALED, areas_of};
use super::order::Content;
use super::order_file::{CampaignLine, OrderLine, PlanLine};
use super::store::{Column, Row, Session, Store, Value};
use super::{OrdersError, statement};

/// Orders looked for and taken in one statement.
const AT_ONCE: usize = 200;
/// Looks at a list that others take from, too, before what was had is enough.
const ATTEMPTS: usize = 20;
/// Areas that are looked through one by one.
const MOST_AREAS: usize = 500;

/// What a device wants.
#[derive(Debug, Clone)]
pub struct TakeRequest {
    /// Orders at most.
    pub count: usize,
    /// Only orders of these areas; empty for all the device is for.
    pub areas: Vec<String>,
    /// Only orders of this campaign.
    pub campaign: Option<String>,
    /// How long the lease is, in seconds.
    pub lease_s: i64,
    /// Names the request: carried out twice, it takes once.
    pub lease: String,
    /// Who takes.
    pub who: String,
    /// When, RFC 3339 UTC.
    pub now: String,
}

/// What a device got.
#[derive(Debug, Clone, Default)]
pub struct Taken {
    /// The orders, the most urgent first.
    pub orders: Vec<OrderLine>,
    /// Plans they need.
    pub plans: Vec<PlanLine>,
    /// Their campaigns.
    pub campaigns: Vec<CampaignLine>,
    /// When the leases end, seconds since 1970.
    pub expires: i64,
    /// Orders that are open and sealed to other devices: the office has to reseal them.
    pub sealed_to_others: u64,
}

/// Takes orders.
///
/// # Errors
/// [`OrdersError::Revoked`] and the like; an area the device is not for; the store.
pub fn take(store: &mut Store, device: &Device, request: &TakeRequest) -> Result<Taken, OrdersError> {
    let audit = Audit::new("take", &request.lease, &request.who, &request.now)?;
    let (ids, sealed_to_others) = store.run(|session| {
        require_enrolled(session, device)?;
        let now = session.now()?;
        let had = of_lease(session, device, &request.lease)?;
        if !had.is_empty() {
            // This very request was carried out, and its end was not heard of.
            return Ok((had, 0));
        }
        let selection = Selection::of(session, device, request)?;
        let mut taken: Vec<String> = Vec::new();
        for _ in 0..ATTEMPTS {
            let wanted = request.count.saturating_sub(taken.len()).min(AT_ONCE);
            if wanted == 0 {
                break;
            }
            let candidates = selection.candidates(session, wanted, now)?;
            if candidates.is_empty() {
                break;
            }
            taken.extend(compare_and_set(session, device, request, &candidates, now)?);
        }
        let waiting = if taken.len() < request.count { selection.sealed_to_others(session)? } else { 0 };
        if !taken.is_empty() {
            let expires = now.saturating_add(request.lease_s);
            audit.clone().detail(format!("{} orders until {expires}", taken.len())).write(session, Some(&device.id))?;
        }
        Ok((taken, waiting))
    })?;
    let mut taken = held(store, device, Some(&ids))?;
    taken.sealed_to_others = sealed_to_others;
    Ok(taken)
}

/// The orders a device holds, all or some of them, with everything that is needed to work on them.
///
/// # Errors
/// As [`take`].
pub fn held(store: &mut Store, device: &Device, only: Option<&[String]>) -> Result<Taken, OrdersError> {
    let only: Option<HashSet<&String>> = only.map(|ids| ids.iter().collect());
    store.run(|session| {
        require_enrolled(session, device)?;
        let mut taken = Taken::default();
        let sql = format!(
            "SELECT {}, signature, version, expires FROM work_order WHERE state = 'leased' AND holder = $1
             ORDER BY priority DESC, id",
            Content::COLUMNS
        );
        for row in session.query(&sql, &[(&device.id).into()])? {
            let content = Content::of_row(&row)?;
            if only.as_ref().is_some_and(|only| !only.contains(&content.id)) {
                continue;
            }
            let expires = row.int(Content::COLUMN_COUNT + 2)?;
            taken.expires = taken.expires.max(expires);
            let sealed = match &content.fingerprint {
                Some(_) => sealed_of(session, &content.id)?,
                None => None,
            };
            taken.orders.push(OrderLine {
                signature: row.text(Content::COLUMN_COUNT)?,
                version: row.int(Content::COLUMN_COUNT + 1)?,
                expires,
                order: content,
                sealed,
            });
        }
        taken.plans = plans(session, &taken.orders)?;
        taken.campaigns = campaigns(session, &taken.orders)?;
        Ok(taken)
    })
}

fn sealed_of(session: &mut dyn Session, order: &str) -> Result<Option<String>, OrdersError> {
    let row = session.first("SELECT sealed FROM key_set WHERE order_id = $1 AND wiped IS NULL", &[order.into()])?;
    row.map(|row| row.text(0)).transpose()
}

fn plans(session: &mut dyn Session, orders: &[OrderLine]) -> Result<Vec<PlanLine>, OrdersError> {
    let digests: HashSet<&String> = orders.iter().map(|line| &line.order.plan_digest).collect();
    let mut plans = Vec::new();
    for digest in digests {
        let row = session.first("SELECT name, body FROM plan WHERE digest = $1", &[digest.into()])?;
        let row = row.ok_or_else(|| OrdersError::Content(format!("the plan {digest} is missing")))?;
        plans.push(PlanLine { digest: digest.clone(), name: row.text(0)?, text: row.text(1)? });
    }
    plans.sort_by(|one, other| one.digest.cmp(&other.digest));
    Ok(plans)
}

fn campaigns(session: &mut dyn Session, orders: &[OrderLine]) -> Result<Vec<CampaignLine>, OrdersError> {
    let names: HashSet<&String> = orders.iter().map(|line| &line.order.campaign).collect();
    let mut campaigns = Vec::new();
    for name in names {
        let row = session.first("SELECT kind FROM campaign WHERE name = $1", &[name.into()])?;
        let row = row.ok_or_else(|| OrdersError::Content(format!("the campaign {name:?} is missing")))?;
        campaigns.push(CampaignLine { name: name.clone(), kind: row.text(0)? });
    }
    campaigns.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(campaigns)
}

/// Orders taken by this very request.
fn of_lease(session: &mut dyn Session, device: &Device, lease: &str) -> Result<Vec<String>, OrdersError> {
    let rows = session.query(
        "SELECT id FROM work_order WHERE state = 'leased' AND holder = $1 AND lease = $2",
        &[(&device.id).into(), lease.into()],
    )?;
    rows.iter().map(|row| row.text(0)).collect()
}

/// The orders that a request may take.
struct Selection {
    campaigns: Vec<String>,
    /// Empty for all.
    areas: Vec<String>,
    /// Groups of devices this one belongs to, with that of orders that have nothing sealed.
    groups: Vec<String>,
}

impl Selection {
    fn of(session: &mut dyn Session, device: &Device, request: &TakeRequest) -> Result<Self, OrdersError> {
        let row = session.first("SELECT areas FROM device WHERE id = $1", &[(&device.id).into()])?;
        let own = areas_of(&row.map(|row| row.text(0)).transpose()?.unwrap_or_else(|| "[]".to_owned()))?;
        if let Some(foreign) = request.areas.iter().find(|area| !own.is_empty() && !own.contains(area)) {
            return Err(OrdersError::Unknown(format!(
                "this device is enrolled for the areas {}, and not for {foreign}",
                own.join(", ")
            )));
        }
        let areas = if request.areas.is_empty() { own } else { request.areas.clone() };
        if areas.len() > MOST_AREAS {
            return Err(OrdersError::Unknown(format!("at most {MOST_AREAS} areas can be named")));
        }
        let campaigns = match &request.campaign {
            Some(name) => {
                let row = session.first("SELECT closed FROM campaign WHERE name = $1", &[name.into()])?;
                match row.map(|row| row.optional(0)).transpose()? {
                    None => return Err(OrdersError::Unknown(format!("there is no campaign {name:?}"))),
                    Some(Some(closed)) => {
                        return Err(OrdersError::Conflict(format!("the campaign {name:?} was closed at {closed}")));
                    }
                    Some(None) => vec![name.clone()],
                }
            }
            None => {
                texts(&session.query("SELECT name FROM campaign WHERE closed IS NULL ORDER BY created, name", &[])?)?
            }
        };
        let rows = session.query("SELECT seal_group FROM seal_member WHERE device = $1", &[(&device.id).into()])?;
        let mut groups = texts(&rows)?;
        groups.push(NOTHING_SEALED.to_owned());
        Ok(Selection { campaigns, areas, groups })
    }

    /// The most urgent orders that may be taken: open ones first, then those whose lease is over.
    fn candidates(&self, session: &mut dyn Session, count: usize, now: i64) -> Result<Vec<String>, OrdersError> {
        let limit = Value::Int(i64::try_from(count).unwrap_or(i64::MAX));
        let mut found: Vec<(i64, String)> = Vec::new();
        // Each of these is one walk along an index, however many orders there are.
        for campaign in &self.campaigns {
            for group in &self.groups {
                let mut rows = Vec::new();
                if self.areas.is_empty() {
                    rows = session.query(
                        "SELECT priority, id FROM work_order WHERE campaign = $1 AND seal_group = $2 AND state = 'open'
                         ORDER BY priority DESC, id LIMIT $3",
                        &[campaign.into(), group.into(), limit.clone()],
                    )?;
                }
                for area in &self.areas {
                    rows.extend(session.query(
                        "SELECT priority, id FROM work_order WHERE campaign = $1 AND area = $2 AND seal_group = $3
                         AND state = 'open' ORDER BY priority DESC, id LIMIT $4",
                        &[campaign.into(), area.into(), group.into(), limit.clone()],
                    )?);
                }
                for row in rows {
                    found.push((row.int(0)?, row.text(1)?));
                }
            }
        }
        found.sort_by(|one, other| other.0.cmp(&one.0).then_with(|| one.1.cmp(&other.1)));
        found.truncate(count);
        let mut ids: Vec<String> = found.into_iter().map(|(_, id)| id).collect();
        if ids.len() < count {
            ids.extend(self.expired(session, count.saturating_sub(ids.len()), now)?);
        }
        Ok(ids)
    }

    /// Orders whose lease is over, the longest first.
    fn expired(&self, session: &mut dyn Session, count: usize, now: i64) -> Result<Vec<String>, OrdersError> {
        if self.campaigns.is_empty() {
            return Ok(Vec::new());
        }
        let mut parameters = vec![Value::Int(now)];
        let mut sql = "SELECT id FROM work_order WHERE state = 'leased' AND expires < $1".to_owned();
        for (column, values) in [("campaign", &self.campaigns), ("seal_group", &self.groups), ("area", &self.areas)] {
            if !values.is_empty() {
                sql.push_str(&format!(
                    " AND {column} IN ({})",
                    statement::list(parameters.len().saturating_add(1), values.len())
                ));
                parameters.extend(values.iter().map(Value::from));
            }
        }
        parameters.push(Value::Int(i64::try_from(count).unwrap_or(i64::MAX)));
        sql.push_str(&format!(" ORDER BY expires LIMIT ${}", parameters.len()));
        texts(&session.query(&sql, &parameters)?)
    }

    /// Open orders of the selection that are sealed to other devices.
    fn sealed_to_others(&self, session: &mut dyn Session) -> Result<u64, OrdersError> {
        if self.campaigns.is_empty() {
            return Ok(0);
        }
        let mut parameters: Vec<Value> = self.campaigns.iter().map(Value::from).collect();
        let mut sql = format!(
            "SELECT COUNT(*) FROM (SELECT id FROM work_order WHERE state = 'open' AND campaign IN ({}) AND seal_group NOT IN ({})",
            statement::list(1, parameters.len()),
            statement::list(parameters.len().saturating_add(1), self.groups.len())
        );
        parameters.extend(self.groups.iter().map(Value::from));
        if !self.areas.is_empty() {
            let first = parameters.len().saturating_add(1);
            sql.push_str(&format!(" AND area IN ({})", statement::list(first, self.areas.len())));
            parameters.extend(self.areas.iter().map(Value::from));
        }
        // Some thousand are as good a reason to reseal as all.
        sql.push_str(" LIMIT 5000) AS waiting");
        let row = session.first(&sql, &parameters)?;
        Ok(row.map(|row| row.int(0)).transpose()?.and_then(|count| u64::try_from(count).ok()).unwrap_or(0))
    }
}

fn texts(rows: &[Row]) -> Result<Vec<String>, OrdersError> {
    rows.iter().map(|row| row.text(0)).collect()
}

/// Leases those of the orders that nobody else has taken meanwhile.
fn compare_and_set(
    session: &mut dyn Session,
    device: &Device,
    request: &TakeRequest,
    ids: &[String],
    now: i64,
) -> Result<Vec<String>, OrdersError> {
    let sql = format!(
        "UPDATE work_order SET state = 'leased', holder = $1, expires = $2, lease = $3, version = version + 1,
         changed = $4 WHERE id IN ({}) AND (state = 'open' OR (state = 'leased' AND expires < $4))
         RETURNING id, version",
        statement::list(5, ids.len())
    );
    let mut parameters: Vec<Value> =
        vec![(&device.id).into(), now.saturating_add(request.lease_s).into(), (&request.lease).into(), now.into()];
    parameters.extend(ids.iter().map(Value::from));
    let mut taken = Vec::new();
    let mut leases = Vec::new();
    for row in session.query(&sql, &parameters)? {
        let id = row.text(0)?;
        leases.push(vec![(&id).into(), row.int(1)?.into(), (&device.id).into(), now.into()]);
        taken.push(id);
    }
    let columns = [Column::text("order_id"), Column::int("version"), Column::text("device"), Column::int("at")];
    session.insert_new("lease", &columns, &leases)?;
    Ok(taken)
}

/// Ends leases of a device that are still its own: the orders are open again. Tells which.
///
/// # Errors
/// [`OrdersError::Conflict`] naming orders it does not hold; the store.
pub fn give_back(
    store: &mut Store,
    device: &Device,
    ids: &[String],
    who: &str,
    now: &str,
) -> Result<Vec<String>, OrdersError> {
    let audit = Audit::new("give-back", &device.id, who, now)?;
    store.run(|session| {
        require_enrolled(session, device)?;
        let mut given = Vec::new();
        for id in ids {
            let at = session.now()?;
            let changed = session.execute(
                "UPDATE work_order SET state = 'open', holder = NULL, expires = NULL, lease = NULL, changed = $1
                 WHERE id = $2 AND state = 'leased' AND holder = $3",
                &[at.into(), id.into(), (&device.id).into()],
            )?;
            if changed > 0 {
                given.push(id.clone());
            }
        }
        if !given.is_empty() {
            audit.clone().detail(given.join(" ")).write(session, Some(&device.id))?;
        }
        Ok(given)
    })
}

/// Gives leases a later end. Tells which orders, with the end of each in seconds since 1970.
///
/// # Errors
/// The store.
pub fn extend(
    store: &mut Store,
    device: &str,
    ids: Option<&[String]>,
    lease_s: i64,
    who: &str,
    now: &str,
) -> Result<Vec<(String, i64)>, OrdersError> {
    let audit = Audit::new("extend", device, who, now)?;
    let only: Option<HashSet<&String>> = ids.map(|ids| ids.iter().collect());
    store.run(|session| {
        let expires = session.now()?.saturating_add(lease_s);
        let rows =
            session.query("SELECT id FROM work_order WHERE state = 'leased' AND holder = $1", &[device.into()])?;
        let mut extended = Vec::new();
        for id in texts(&rows)? {
            if only.as_ref().is_some_and(|only| !only.contains(&id)) {
                continue;
            }
            // A lease that ends later anyway stays.
            let later = session.execute(
                "UPDATE work_order SET expires = $1 WHERE id = $2 AND state = 'leased' AND holder = $3 AND expires < $1",
                &[expires.into(), (&id).into(), device.into()],
            )?;
            if later > 0 {
                extended.push((id, expires));
            }
        }
        if !extended.is_empty() {
            audit.clone().detail(format!("{} orders until {expires}", extended.len())).write(session, Some(device))?;
        }
        Ok(extended)
    })
}
