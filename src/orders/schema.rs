//! The tables, and how they come about.
//!
//! Names are fixed: utilities query them. Columns are only ever added, by a migration that is appended to `MIGRATIONS`.

use time::OffsetDateTime;

use super::OrdersError;
use super::store::{Session, Store};
use crate::hex;
use crate::meter::time::rfc3339;

/// Statements of each version, the first version first.
const MIGRATIONS: &[&[&str]] = &[&[
    // The key that signs orders, and the recipient that every set is sealed to besides the devices.
    "CREATE TABLE office (one BIGINT PRIMARY KEY, verify_key TEXT NOT NULL, recipient TEXT NOT NULL, made TEXT NOT NULL)",
    "CREATE TABLE campaign (name TEXT PRIMARY KEY, kind TEXT NOT NULL, plan TEXT NOT NULL, created TEXT NOT NULL,
        created_by TEXT NOT NULL, closed TEXT)",
    "CREATE TABLE plan (digest TEXT PRIMARY KEY, name TEXT NOT NULL, body TEXT NOT NULL)",
    "CREATE TABLE work_order (id TEXT PRIMARY KEY, campaign TEXT NOT NULL, drn TEXT, serial TEXT, site TEXT,
        area TEXT NOT NULL, priority BIGINT NOT NULL, link TEXT, address TEXT, protocol TEXT, profile TEXT,
        plan TEXT NOT NULL, plan_digest TEXT NOT NULL, settings TEXT NOT NULL, fingerprint TEXT, signature TEXT NOT NULL,
        seal_group TEXT NOT NULL, state TEXT NOT NULL, version BIGINT NOT NULL, holder TEXT, expires BIGINT, lease TEXT,
        done_by TEXT, done_sent BIGINT NOT NULL, queue TEXT, cause TEXT, attempts BIGINT NOT NULL,
        changed BIGINT NOT NULL)",
    "CREATE INDEX work_order_open ON work_order (campaign, seal_group, priority DESC, id) WHERE state = 'open'",
    "CREATE INDEX work_order_open_area ON work_order (campaign, area, seal_group, priority DESC, id)
        WHERE state = 'open'",
    "CREATE INDEX work_order_leased ON work_order (expires) WHERE state = 'leased'",
    "CREATE INDEX work_order_holder ON work_order (holder) WHERE state = 'leased'",
    "CREATE INDEX work_order_queue ON work_order (queue) WHERE queue IS NOT NULL",
    "CREATE UNIQUE INDEX work_order_meter ON work_order (campaign, drn)
        WHERE drn IS NOT NULL AND (state = 'open' OR state = 'leased')",
    "CREATE TABLE key_set (order_id TEXT PRIMARY KEY, sealed TEXT NOT NULL, fingerprint TEXT NOT NULL, wiped TEXT)",
    "CREATE TABLE seal_member (seal_group TEXT NOT NULL, device TEXT NOT NULL, PRIMARY KEY (seal_group, device))",
    "CREATE TABLE lease (order_id TEXT NOT NULL, version BIGINT NOT NULL, device TEXT NOT NULL, at BIGINT NOT NULL,
        PRIMARY KEY (order_id, version))",
    "CREATE TABLE crew (name TEXT PRIMARY KEY, role TEXT NOT NULL, created TEXT NOT NULL)",
    "CREATE TABLE device (id TEXT PRIMARY KEY, crew TEXT NOT NULL, host TEXT NOT NULL, verify_key TEXT NOT NULL,
        recipient TEXT NOT NULL, areas TEXT NOT NULL, enrolled TEXT NOT NULL, revoked TEXT, base_seq BIGINT NOT NULL,
        base_hash TEXT NOT NULL, head_seq BIGINT NOT NULL, head_hash TEXT NOT NULL, synced TEXT)",
    "CREATE TABLE event (device TEXT NOT NULL, seq BIGINT NOT NULL, at TEXT NOT NULL, kind TEXT NOT NULL, intent BIGINT,
        serial TEXT, drn TEXT, operation TEXT NOT NULL, token_hash TEXT, token_last4 TEXT, job TEXT, detail TEXT NOT NULL,
        ending TEXT, operator TEXT NOT NULL, host TEXT NOT NULL, tool TEXT NOT NULL, previous TEXT NOT NULL,
        hash TEXT NOT NULL, signature TEXT NOT NULL, received BIGINT NOT NULL, order_id TEXT, fencing BIGINT,
        outcome TEXT, cause TEXT, already BIGINT, PRIMARY KEY (device, seq))",
    "CREATE INDEX event_order ON event (order_id) WHERE order_id IS NOT NULL",
    "CREATE TABLE conflict (id TEXT PRIMARY KEY, order_id TEXT NOT NULL, kind TEXT NOT NULL, device TEXT NOT NULL,
        seq BIGINT NOT NULL, other_device TEXT, other_seq BIGINT, found TEXT NOT NULL, settled TEXT, settled_by TEXT,
        settled_as TEXT, why TEXT)",
    "CREATE INDEX conflict_order ON conflict (order_id)",
    "CREATE TABLE audit (id TEXT PRIMARY KEY, at TEXT NOT NULL, who TEXT NOT NULL, device TEXT, action TEXT NOT NULL,
        subject TEXT NOT NULL, detail TEXT NOT NULL)",
    "CREATE INDEX audit_at ON audit (at)",
]];

/// Latest version known here.
pub const VERSION: i64 = MIGRATIONS.len() as i64;

/// The table that tells version and identifier of a store.
const VERSION_TABLE: &str = "orders_schema";

/// What `orders init` did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Initialised {
    /// Identifier of the store, for good.
    pub store: String,
    /// Version before; `None` when there were no tables.
    pub from: Option<i64>,
}

/// Makes the tables, or brings them up to date; does nothing where they are.
///
/// # Errors
/// [`OrdersError::Newer`]; those of the store.
pub fn migrate(store: &mut Store) -> Result<Initialised, OrdersError> {
    let fresh = random_id()?;
    let made = rfc3339(OffsetDateTime::now_utc());
    store.run(|session| {
        let from = version(session)?;
        if let Some((found, _)) = &from
            && *found > VERSION
        {
            return Err(OrdersError::Newer { found: *found, known: VERSION });
        }
        if from.is_none() {
            session.execute(
                &format!(
                    "CREATE TABLE {VERSION_TABLE} (store TEXT PRIMARY KEY, version BIGINT NOT NULL, made TEXT NOT NULL)"
                ),
                &[],
            )?;
            session.execute(
                &format!("INSERT INTO {VERSION_TABLE} (store, version, made) VALUES ($1, $2, $3)"),
                &[fresh.as_str().into(), 0.into(), made.as_str().into()],
            )?;
        }
        let done = from.as_ref().map_or(0, |(version, _)| *version);
        let left = usize::try_from(done).unwrap_or(usize::MAX);
        for statement in MIGRATIONS.iter().skip(left).copied().flatten() {
            session.execute(statement, &[])?;
        }
        session.execute(&format!("UPDATE {VERSION_TABLE} SET version = $1"), &[VERSION.into()])?;
        let (from, store) = from.map_or((None, fresh.clone()), |(version, store)| (Some(version), store));
        Ok(Initialised { store, from })
    })
}

/// The identifier of a store whose tables are of the version known here.
///
/// # Errors
/// [`OrdersError::NotInitialised`]; [`OrdersError::Newer`]; a version that `orders init` has to bring up to date.
pub fn require(store: &mut Store) -> Result<String, OrdersError> {
    let name = store.name().to_owned();
    match store.run(version)? {
        None => Err(OrdersError::NotInitialised { store: name }),
        Some((found, _)) if found > VERSION => Err(OrdersError::Newer { found, known: VERSION }),
        Some((found, _)) if found < VERSION => Err(OrdersError::NotInitialised { store: name }),
        Some((_, id)) => Ok(id),
    }
}

fn version(session: &mut dyn Session) -> Result<Option<(i64, String)>, OrdersError> {
    if !session.has_table(VERSION_TABLE)? {
        return Ok(None);
    }
    let row = session.first(&format!("SELECT version, store FROM {VERSION_TABLE}"), &[])?;
    row.map(|row| Ok((row.int(0)?, row.text(1)?))).transpose()
}

/// 128 random bits as hex digits: a name that nothing else has.
///
/// # Errors
/// [`OrdersError::Random`].
pub fn random_id() -> Result<String, OrdersError> {
    let mut octets = [0; 16];
    getrandom::fill(&mut octets).map_err(|error| OrdersError::Random(error.to_string()))?;
    Ok(hex::encode(&octets))
}
